"""The local engine: polars, a temporary folder, and worker processes once they pay.

A table is a recipe for a sequence of frames. What is stored stands in files of about CHUNK
bytes, the last of them in memory, so a small corpus touches no disk and a large one is never
held. Functions first run in this process; when that has taken PATIENCE seconds, workers are
started (``audit.engines.worker``), fed by one thread each. Where a function runs and how its
input is cut changes no row and no order.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl

from audit import frames
from audit.engines import Function, Schema, WorkerError, columns_to_sort, name_of
from audit.engines.worker import keep, pack, receive, send, unpack
from audit.model import AuditError

ROWS = 256  # rows a call without a key; the first calls are smaller, so that cores fill early
ROWS_BY = 4096  # rows a call with a key: rows there are small
SIZE = 8 << 20  # bytes a call: a giant document travels alone
CHUNK = 8 << 20  # bytes of a stored table in memory, and of each of its files
RANGE = 64 << 20  # bytes sorted or joined at once
PATIENCE = 0.2  # seconds of work in this process before workers (0.5 s to start) are worth it
DEATHS = 24  # workers that may die in a row on one function before it is given up


@dataclass(frozen=True)
class Table:
    """A recipe for frames of one schema; each use computes them again unless they are kept."""

    schema: Schema
    frames: Callable[[], Iterator[pl.DataFrame]]


class Store:
    """Frames written once and read many times, in the order they came; files go with it."""

    def __init__(self, schema: Schema, folder: Callable[[], Path], chunk: int) -> None:
        self.schema, self.folder, self.chunk = schema, folder, chunk
        self.size = self.tail_size = 0
        self.files: list[Path] = []
        self.tail: list[pl.DataFrame] = []
        weakref.finalize(self, _remove, self.files)

    def add(self, frame: pl.DataFrame) -> None:
        if not frame.height:
            return
        size = int(frame.estimated_size())
        self.tail.append(frame)
        self.size, self.tail_size = self.size + size, self.tail_size + size
        if self.tail_size >= self.chunk:
            handle, name = tempfile.mkstemp(".arrow", dir=self.folder())
            self.files.append(Path(name))
            with os.fdopen(handle, "wb") as file:
                pl.concat(self.tail).write_ipc(file, compression="lz4")
            self.tail, self.tail_size = [], 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return self.read(list(self.schema))

    def read(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        for file in self.files:
            yield pl.read_ipc(file, columns=columns)
        if self.tail:
            yield pl.concat(self.tail).select(columns)

    def collect(self) -> pl.DataFrame:
        return pl.concat([frames.empty(self.schema), *self])


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


@dataclass
class Task:
    """A function on its way to the workers."""

    name: str
    payload: bytes
    schema: Schema
    by: str | None
    on_lost: Function | None
    digest: bytes = b""
    deaths: int = field(default=0)  # since the last call that came back


class Worker:
    """One worker process, as the thread that feeds it sees it. Raises EOFError when it dies."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *(os.path.abspath(path) for path in sys.path if path != root)]
        single = ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "audit.engines.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(single, "1") | {"PYTHONPATH": os.pathsep.join(paths)},
            process_group=0,  # Ctrl-C is this process's to handle
        )
        self.kept: dict[bytes, None] = {}
        self.started = False

    def run(self, task: Task, frame: pl.DataFrame) -> pl.DataFrame:
        assert self.process.stdin and self.process.stdout
        if not self.started:
            receive(self.process.stdout)
            self.started = True
        try:
            if task.digest not in self.kept:
                send(self.process.stdin, b"F", task.payload)
                keep(self.kept, task.digest, None)
            send(self.process.stdin, b"R", task.digest, pack(frame))
        except BrokenPipeError:
            raise EOFError from None
        kind, body = receive(self.process.stdout)
        if kind == b"O":
            return unpack(body)
        sentence, error = pickle.loads(body)
        if isinstance(error, AuditError):
            raise error
        raise WorkerError(f"{task.name} failed on {_rows(frame, task.by)}:\n{sentence}")

    def stop(self) -> int:
        """Ends the process, whatever it is doing, and returns its exit code."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                pipe.close()  # type: ignore[union-attr]
        return self.process.wait()


class LocalEngine:
    """Runs on this machine's cores, in bounded memory; also a context manager.

    jobs: processes at work, 0 for one a core; with 1 nothing leaves this process, and a row that
    crashes it ends the run. spill: where temporary files go (default: the system's place).
    rows: most rows a call without a key gets.

    Order of rows: ``read`` and ``keep`` as given; ``map`` in the order of its input, with
    ``by`` in the order of the key; ``join`` in the order of the key, then of the left and the
    right table.
    """

    def __init__(self, jobs: int = 0, spill: Path | None = None, rows: int = ROWS) -> None:
        self.jobs, self.rows = jobs or _cores(), rows
        self._spill = spill
        self._folder: Path | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._workers: set[Worker] = set()
        self._closed = False

    def read(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Table:
        return self._stored((frames.conform(batch, schema) for batch in batches), schema)

    def keep(self, table: Table) -> Table:
        return self._stored(table.frames(), table.schema)

    def batches(self, table: Table) -> Iterator[pl.DataFrame]:
        return table.frames()

    def collect(self, table: Table) -> pl.DataFrame:
        return pl.concat([frames.empty(table.schema), *table.frames()])

    def map(
        self,
        table: Table,
        function: Function,
        schema: Schema,
        by: str | None = None,
        on_lost: Function | None = None,
    ) -> Table:
        payload = pickle.dumps((function, schema))
        digest = hashlib.sha256(payload).digest()
        task = Task(name_of(function), payload, schema, by, on_lost, digest)
        if by is None:
            return Table(schema, lambda: self._run(_rebatch(table.frames(), self.rows), task))
        return Table(schema, lambda: self._run(self._grouped(table, by), task))

    def join(self, left: Table, right: Table, on: str, how: str = "inner") -> Table:
        schema = dict(left.schema)
        if how in ("inner", "left"):
            added = {name: kind for name, kind in right.schema.items() if name != on}
            if both := sorted(schema.keys() & added.keys()):
                raise ValueError(f"both tables of a join have {', '.join(both)}")
            schema |= added
        order = "left_right" if how in ("inner", "left") else "left"

        def joined() -> Iterator[pl.DataFrame]:
            sides = [self._store(table.frames(), table.schema) for table in (left, right)]
            for a, b in self._ranges(sides, on):
                a = a.sort(on, maintain_order=True)
                frame = a.join(b, on=on, how=how, maintain_order=order)  # type: ignore[arg-type]
                if frame.height:
                    yield frame.select(list(schema))

        return Table(schema, joined)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.process.kill()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        for worker in workers:
            worker.stop()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- storing, sorting, cutting

    def _place(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="source-audit-", dir=self._spill))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def _store(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Store:
        store = Store(schema, self._place, CHUNK)
        for batch in batches:
            store.add(batch)
        return store

    def _stored(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Table:
        store = self._store(batches, schema)
        return Table(schema, lambda: iter(store))

    def _ranges(self, stores: list[Store], by: str) -> Iterator[list[pl.DataFrame]]:
        """The tables cut at the same values of the key, range by range, in order of the key."""
        count = sum(store.size for store in stores) // RANGE + 1
        if count == 1:
            yield [store.collect() for store in stores]
            return
        keys = [frame[by] for store in stores for frame in store.read([by])]
        every = max(1, sum(len(key) for key in keys) // (count * 512))
        sample = pl.concat([key.gather_every(every) for key in keys]).drop_nulls().sort()
        splits = sample.gather_every(max(1, len(sample) // count), 1).unique().sort()
        parts = [
            [Store(s.schema, self._place, CHUNK // 8) for s in stores]
            for _ in range(len(splits) + 1)
        ]
        for at, store in enumerate(stores):
            for frame in store:
                part = splits.search_sorted(frame[by]).alias("\0part")
                for (number,), rows in (
                    frame.with_columns(part)
                    .partition_by("\0part", include_key=False, as_dict=True)
                    .items()
                ):
                    parts[number][at].add(rows)
        while parts:
            yield [store.collect() for store in parts.pop(0)]

    def _grouped(self, table: Table, by: str) -> Iterator[pl.DataFrame]:
        """The rows that have a key, sorted, in frames that never part the rows of one key."""
        known = (frame.filter(pl.col(by).is_not_null()) for frame in table.frames())
        order = columns_to_sort(table.schema, by)
        for (frame,) in self._ranges([self._store(known, table.schema)], by):
            frame = frame.sort(order, maintain_order=True)
            yield from _cut(frame, _ends(frame, by), max(self.rows, ROWS_BY))

    # -- running

    def _run(self, batches: Iterable[pl.DataFrame], task: Task) -> Iterator[pl.DataFrame]:
        """What the task makes of each batch, in order; at most two batches a worker under way."""
        spent, first = 0.0, True
        batches = iter(batches)
        for batch in batches:
            if self.jobs > 1 and spent > PATIENCE:
                batches = chain([batch], batches)
                break
            began = time.monotonic()
            result = self._call_here(task, batch)
            spent += 0.0 if first else time.monotonic() - began  # the first one warms up
            first = False
            yield result
        pending: deque[Future[pl.DataFrame]] = deque()
        try:
            for batch in batches:
                if self._pool is None:
                    self._pool = ThreadPoolExecutor(self.jobs, "audit-worker")
                pending.append(self._pool.submit(self._call_there, task, batch))
                if len(pending) > 2 * self.jobs:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def _call_here(self, task: Task, frame: pl.DataFrame) -> pl.DataFrame:
        function, schema = pickle.loads(task.payload)
        try:
            return frames.conform(function(frame), schema)
        except AuditError:
            raise
        except Exception as error:
            rows = _rows(frame, task.by)
            raise WorkerError(f"{task.name} failed on {rows}: {error!r}") from error

    def _call_there(self, task: Task, frame: pl.DataFrame) -> pl.DataFrame:
        """One call in a worker; a batch that kills it is cut in halves until one row is left."""
        with self._lock:
            if self._closed:
                raise WorkerError("the engine was closed")
            worker = self._idle.pop() if self._idle else Worker()
            self._workers.add(worker)
        try:
            result = worker.run(task, frame)
        except EOFError:
            code = worker.stop()
            with self._lock:
                self._workers.discard(worker)
                task.deaths += 1
                hopeless = self._closed or not worker.started or task.deaths > DEATHS
        except BaseException:
            self._idle.append(worker)
            raise
        else:
            self._idle.append(worker)
            task.deaths = 0
            return result
        if hopeless:
            raise WorkerError(f"workers keep dying in {task.name} (exit code {code})")
        ends = _ends(frame, task.by)
        if len(ends) > 1:
            half = int(ends[(len(ends) - 1) // 2])
            return pl.concat(
                [self._call_there(task, part) for part in (frame[:half], frame[half:])]
            )
        if task.on_lost:
            return frames.conform(task.on_lost(frame), task.schema)
        raise WorkerError(
            f"a worker died (exit code {code}) in {task.name} on {_rows(frame, task.by)}"
        )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _rebatch(batches: Iterable[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """The rows in batches of at most ``rows`` rows, the first ones smaller, and SIZE bytes."""
    limit = max(1, rows // 8)
    held: list[pl.DataFrame] = []
    height = size = 0
    for batch in chain(batches, [None]):
        if batch is not None:
            held.append(batch)
            height, size = height + batch.height, size + int(batch.estimated_size())
        if height and (batch is None or height >= limit or size >= SIZE):
            frame = pl.concat(held)
            held, height, size = [], 0, 0
            for part in _cut(frame, _ends(frame, None), rows, limit):
                limit = min(rows, 2 * limit)
                yield part


def _ends(frame: pl.DataFrame, by: str | None) -> np.ndarray:
    """Where the frame may be cut: after every row, or after the last row of every key."""
    if by is None or not frame.height:
        return np.arange(1, frame.height + 1)
    key = frame[by]
    last = (key[1:] != key[:-1]).to_numpy().nonzero()[0] + 1
    return np.append(last, frame.height)


def _cut(
    frame: pl.DataFrame, ends: np.ndarray, rows: int, first: int = 0
) -> Iterator[pl.DataFrame]:
    """The frame in pieces of at most ``rows`` rows and SIZE bytes, or one unit, cut at ``ends``.

    A row's bytes are those of its strings, and an even share of everything else. Pieces start
    at ``first`` rows, where that is given, and double.
    """
    if not frame.height:
        return
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    other = frame.drop(texts).estimated_size() / frame.height
    widths = np.full(frame.height, other)
    for name in texts:
        widths += frame[name].str.len_bytes().fill_null(0).to_numpy()
    filled = widths.cumsum()
    at, limit = 0, first or rows
    while at < frame.height:
        before = filled[at - 1] if at else 0.0
        stop = min(at + limit, int(np.searchsorted(filled, before + SIZE, side="right")))
        unit = int(np.searchsorted(ends, stop, side="right"))
        end = int(ends[unit - 1]) if unit else 0
        if end <= at:
            end = int(ends[np.searchsorted(ends, at, side="right")])
        yield frame[at:end]
        at, limit = end, min(rows, 2 * limit)


def _rows(frame: pl.DataFrame, by: str | None) -> str:
    """The rows of a batch as a person knows them: by the key, else the id, else column one."""
    names = [by, "id", "document", "a", *frame.columns]
    name = next(name for name in names if name in frame.columns)
    values = frame[name].unique(maintain_order=True)
    more = f" and {len(values) - 8} more" if len(values) > 8 else ""
    return f"{name} {', '.join(map(str, values[:8].to_list()))}{more}"
