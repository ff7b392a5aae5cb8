"""Writing a segment of the index: from new documents, or from all that is alive in others."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audit.duplication.segments import (
    ARRAYS,
    BLOCK,
    MAGIC,
    DamagedError,
    Segment,
    Written,
    checksum,
    rows_at,
    views,
)

ALIGN = 64  # bytes to which arrays are aligned
MERGED = 1 << 22  # postings merged at once
COPIED = 1 << 13  # documents copied at once


def write(path: Path, arrays: dict[str, np.ndarray]) -> Written:
    """A segment file from its arrays, without ``fences``: ``keys`` in any order, with ``rows``."""
    order = np.argsort(arrays["keys"], kind="stable")
    ordered = {**arrays, "keys": arrays["keys"][order], "rows": arrays["rows"][order]}
    with _Draft(path, {name: len(values) for name, values in ordered.items()}) as draft:
        for name, values in ordered.items():
            draft.arrays[name][:] = values
        return draft.seal()


def merge(path: Path, segments: Sequence[Segment]) -> Written:
    """One segment file of all that is alive in others; memory stays small."""
    places, first = [], 0
    for segment in segments:
        alive = segment.alive()
        place = np.where(alive, np.cumsum(alive) - 1 + first, -1)
        first += int(alive.sum())
        places.append(place)
    sizes = dict.fromkeys(("digests", "signatures", "counts", "levels"), first)
    sizes |= dict.fromkeys(("feature_at", "about_at"), first + 1)
    for name, offsets in (("features", "feature_at"), ("about", "about_at")):
        sizes[name] = sum(
            int(np.diff(getattr(segment, offsets))[place >= 0].sum())
            for segment, place in zip(segments, places, strict=True)
        )
    postings = 0
    for segment, place in zip(segments, places, strict=True):
        for at in range(0, len(segment.rows), MERGED):
            rows = rows_at(segment, at, at + MERGED)
            postings += int((place[rows] >= 0).sum())
    sizes["keys"] = sizes["rows"] = postings
    with _Draft(path, sizes) as draft:
        _copy_documents(draft.arrays, segments, places)
        _merge_postings(draft.arrays, segments, places)
        return draft.seal()


def _copy_documents(
    out: dict[str, np.ndarray], segments: Sequence[Segment], places: list[np.ndarray]
) -> None:
    row = 0
    used = {"feature": 0, "about": 0}
    out["feature_at"][0] = out["about_at"][0] = 0
    for segment, place in zip(segments, places, strict=True):
        for start in range(0, len(segment), COPIED):
            stop = min(start + COPIED, len(segment))
            keep = place[start:stop] >= 0
            many = int(keep.sum())
            for name in ("digests", "signatures", "counts", "levels"):
                out[name][row : row + many] = getattr(segment, name)[start:stop][keep]
            for name, flat in (("feature", "features"), ("about", "about")):
                at = np.asarray(getattr(segment, f"{name}_at")[start : stop + 1])
                lengths = np.diff(at)
                if at[0] < 0 or lengths.min() < 0 or at[-1] > len(getattr(segment, flat)):
                    raise DamagedError(segment.path, "a document lies outside the file")
                values = getattr(segment, flat)[at[0] : at[-1]]
                if many < len(keep):
                    values = values[np.repeat(keep, lengths)]
                out[flat][used[name] : used[name] + len(values)] = values
                ends = used[name] + np.cumsum(lengths[keep])
                out[f"{name}_at"][row + 1 : row + 1 + many] = ends
                used[name] += len(values)
            row += many


def _merge_postings(
    out: dict[str, np.ndarray], segments: Sequence[Segment], places: list[np.ndarray]
) -> None:
    """Ranges of keys, one after the other: what all segments have in one is sorted at once."""
    if not segments:
        return
    largest = max((segment.keys for segment in segments), key=len)
    total = sum(len(segment.keys) for segment in segments)
    step = max(len(largest) * MERGED // max(total, 1), 1)
    limits = np.unique(largest[step::step])
    bounds = [np.searchsorted(segment.keys, limits) for segment in segments]
    used = 0
    for n in range(len(limits) + 1):
        keys, rows = [], []
        for segment, place, bound in zip(segments, places, bounds, strict=True):
            start = int(bound[n - 1]) if n else 0
            end = int(bound[n]) if n < len(limits) else len(segment.keys)
            now = place[rows_at(segment, start, end)]
            keys.append(segment.keys[start:end][now >= 0])
            rows.append(now[now >= 0])
        joined = np.concatenate(keys)
        order = np.argsort(joined, kind="stable")
        out["keys"][used : used + len(order)] = joined[order]
        out["rows"][used : used + len(order)] = np.concatenate(rows)[order]
        used += len(order)


class _Draft:
    """A segment file while its arrays are filled; nobody knows of it until a manifest names it."""

    def __init__(self, path: Path, sizes: dict[str, int]) -> None:
        self.path = path
        self.contents: dict[str, tuple[int, int]] = {}
        sizes = {**sizes, "fences": -(-sizes["keys"] // BLOCK)}
        at = -(-len(MAGIC) // ALIGN) * ALIGN
        for name, (dtype, width) in ARRAYS.items():
            self.contents[name] = at, sizes[name]
            at += -(-sizes[name] * width * np.dtype(dtype).itemsize // ALIGN) * ALIGN
        self.size = at
        self.file = open(path, "w+b")  # noqa: SIM115
        try:
            if hasattr(os, "posix_fallocate"):  # a full disk is told here, not while arrays fill
                os.posix_fallocate(self.file.fileno(), 0, at)
            self.file.truncate(at)
            self.map = mmap.mmap(self.file.fileno(), at)
        except BaseException:
            self.file.close()
            raise
        self.arrays = views(self.map, self.contents)

    def __enter__(self) -> _Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self.arrays.clear()
        self.file.close()

    def seal(self) -> Written:
        """Fences, the table of contents at the end, and all of it on the disk."""
        self.map[: len(MAGIC)] = MAGIC
        self.arrays["fences"][:] = self.arrays["keys"][::BLOCK]
        sums = {name: checksum(values) for name, values in self.arrays.items()}
        contents = {name: [*self.contents[name], sums[name]] for name in ARRAYS}
        self.map.flush()
        footer = json.dumps(contents).encode()
        self.file.seek(self.size)
        self.file.write(footer + len(footer).to_bytes(8, "little") + MAGIC)
        self.file.flush()
        os.fsync(self.file.fileno())
        return Written(self.file.tell(), hashlib.blake2b(footer, digest_size=16).hexdigest())
