"""Tables on this machine: how their rows are stored, cut into batches, sorted and parted.

Rows are stored in Arrow files of about CHUNK bytes, the last of them in memory, so a small
table touches no disk and a large one is never held. Nothing here changes the order of rows
but ``ranges``, which puts them in the order of a key.
"""

from __future__ import annotations

import io
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import polars as pl

from audit import frames
from audit.engines import Schema

SIZE = 8 << 20  # bytes a batch: a giant document travels alone
CHUNK = 8 << 20  # bytes of a stored table in memory, and of each of its files
RANGE = 64 << 20  # bytes that are sorted or joined at once


class Store:
    """Frames written once and read many times, in the order they came; its files go with it."""

    def __init__(self, schema: Schema, place: Callable[[], Path], chunk: int = CHUNK) -> None:
        self.schema, self.size, self.rows = schema, 0, 0
        self._place, self._chunk = place, chunk
        self._files: list[Path] = []
        self._tail: list[pl.DataFrame] = []
        self._tail_size = 0
        weakref.finalize(self, _remove, self._files)

    def fill(self, batches: Iterable[pl.DataFrame]) -> Store:
        for batch in batches:
            self.add(batch)
        return self

    def add(self, frame: pl.DataFrame) -> None:
        if not frame.height:
            return
        size = int(frame.estimated_size())
        if size < self._chunk // 16:
            frame = compact(frame)
        self._tail.append(frame)
        self.size, self._tail_size = self.size + size, self._tail_size + size
        self.rows += frame.height
        if self._tail_size >= self._chunk:
            handle, name = tempfile.mkstemp(".arrow", dir=self._place())
            self._files.append(Path(name))
            with os.fdopen(handle, "wb") as file:
                pl.concat(self._tail).write_ipc(file, compression="lz4")
            self._tail, self._tail_size = [], 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return self.read(list(self.schema))

    def read(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        """Some columns of all rows, a chunk at a time."""
        for file in self._files:
            yield pl.read_ipc(file, columns=columns)
        if self._tail:
            self._tail = [pl.concat(self._tail)]
            yield self._tail[0].select(columns)

    def collect(self) -> pl.DataFrame:
        return pl.concat([frames.empty(self.schema), *self])


def compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows, which hold on to no others: what polars filters or slices keeps the strings
    of all the rows it was taken from, a whole batch of texts for one id."""
    with io.BytesIO() as held:
        frame.write_ipc_stream(held)
        held.seek(0)
        return pl.read_ipc_stream(held)


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def ranges(stores: list[Store], by: str) -> Iterator[list[pl.DataFrame]]:
    """The tables cut at the same values of a key, range by range, in the order of the key.

    Within a range rows stand in the order they were stored; null keys are in the first one. A
    range is about RANGE bytes of all tables, by quantiles of a sample of the keys; the rows of
    one key are never parted, however many they are.
    """
    count = sum(store.size for store in stores) // RANGE + 1
    if count == 1:
        yield [store.collect() for store in stores]
        return
    keys = [frame[by] for store in stores for frame in store.read([by])]
    every = max(1, sum(len(key) for key in keys) // (count * 512))
    sample = pl.concat([key.gather_every(every) for key in keys]).drop_nulls().sort()
    step = len(sample) // count + 1
    splits = sample[step::step].unique().sort()
    chunk = RANGE // (count * len(stores))
    parts = [[Store(s.schema, s._place, chunk) for s in stores] for _ in range(len(splits) + 1)]
    for at, store in enumerate(stores):
        for frame in store:
            number = splits.search_sorted(frame[by], "left").alias("\0range")
            split = frame.with_columns(number).partition_by(
                "\0range", include_key=False, as_dict=True
            )
            for (part,), rows in split.items():
                parts[part][at].add(rows)
    while parts:
        yield [store.collect() for store in parts.pop(0)]


def ends(frame: pl.DataFrame, by: str | None) -> np.ndarray:
    """Where a frame may be cut: after every row, or after the last row of every key."""
    if by is None or not frame.height:
        return np.arange(1, frame.height + 1)
    key = frame[by]
    last = (key[1:] != key[:-1]).to_numpy().nonzero()[0] + 1
    return np.append(last, frame.height)


def cut(
    frame: pl.DataFrame, by: str | None, rows: int, first: int | None = None
) -> Iterator[pl.DataFrame]:
    """The frame in batches of at most ``rows`` rows and SIZE bytes, or one row, or one key.

    A row's bytes are those of its strings, and an even share of everything else. Batches start
    at ``first`` rows, where that is given, and double.
    """
    if not frame.height:
        return
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    widths = np.full(frame.height, frame.drop(texts).estimated_size() / frame.height)
    for name in texts:
        widths += frame[name].str.len_bytes().fill_null(0).to_numpy()
    filled = widths.cumsum()
    marks = ends(frame, by)
    at, limit = 0, first or rows
    while at < frame.height:
        room = (filled[at - 1] if at else 0.0) + SIZE
        furthest = min(at + limit, int(np.searchsorted(filled, room, side="right")))
        mark = int(np.searchsorted(marks, furthest, side="right")) - 1
        least = int(np.searchsorted(marks, at, side="right"))
        end = int(marks[max(mark, least)])
        yield frame[at:end]
        at, limit = end, min(rows, 2 * limit)


def rebatch(batches: Iterable[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """The rows in batches of at most ``rows`` rows, the first ones smaller, and SIZE bytes."""
    limit = max(1, rows // 8)
    held: list[pl.DataFrame] = []
    height = size = 0
    for batch in chain(batches, [None]):
        if batch is not None:
            held.append(batch)
            height, size = height + batch.height, size + int(batch.estimated_size())
        if height and (batch is None or height >= limit or size >= SIZE):
            for part in cut(pl.concat(held), None, rows, limit):
                limit = min(rows, 2 * limit)
                yield part
            held, height, size = [], 0, 0
