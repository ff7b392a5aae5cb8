"""A segment of the index: one file of arrays, written once, mapped into memory and searched there.

It holds some documents and the postings of their keys: which rows have a key, sorted by key. A
fence (every ``BLOCK``-th key) tells the one page a key can stand on, so a look-up reads little.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audit.duplication.fingerprint import PERMUTATIONS
from audit.model import AuditError

MAGIC = b"source-audit segment\n"
BLOCK = 512  # keys between two fences: one page of memory
SPREAD = 1 << 16  # keys from which fences are asked first

# Each array: the type of its values, and how many of them a row has.
ARRAYS: dict[str, tuple[str, int]] = {
    "digests": ("<u8", 2),
    "signatures": ("<u4", PERMUTATIONS),
    "counts": ("<u4", 3),  # words, letters, shingles
    "levels": ("<i1", 1),  # of the features; below 0 where only the signature is known
    "feature_at": ("<i8", 1),  # where each document's features begin, and where the last ones end
    "about_at": ("<i8", 1),
    "features": ("<i8", 1),
    "about": ("<u1", 1),  # JSON: id, source, published, title
    "keys": ("<u8", 1),  # ascending
    "rows": ("<u4", 1),  # the document that has the key in the same place
    "fences": ("<u8", 1),
}


class DamagedError(AuditError):
    """The index cannot be used as it lies on disk."""

    def __init__(self, place: Path, what: str) -> None:
        super().__init__(
            f"{place}: the index is damaged: {what}; put a copy of it back, or delete the folder"
            " and add the documents again"
        )


@dataclass(frozen=True)
class Segment:
    """The arrays of one segment (see ``ARRAYS``) and the rows in it that were removed since."""

    path: Path
    digests: np.ndarray
    signatures: np.ndarray
    counts: np.ndarray
    levels: np.ndarray
    feature_at: np.ndarray
    about_at: np.ndarray
    features: np.ndarray
    about: np.ndarray
    keys: np.ndarray
    rows: np.ndarray
    fences: np.ndarray
    dead: np.ndarray  # rows, ascending

    def __len__(self) -> int:
        return len(self.levels)

    def alive(self) -> np.ndarray:
        """For each row, whether it was not removed."""
        alive = np.ones(len(self), bool)
        alive[self.dead] = False
        return alive


@dataclass(frozen=True)
class Written:
    """A file as it was written: its size in bytes, and the digest of its table of contents."""

    bytes: int
    digest: str


def find(segment: Segment, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the rows of each key begin and end in ``segment.rows``."""
    held = segment.keys
    if len(held) <= SPREAD or len(keys) > BLOCK:
        return np.searchsorted(held, keys, "left"), np.searchsorted(held, keys, "right")
    low = np.maximum(np.searchsorted(segment.fences, keys, "left") - 1, 0) * BLOCK
    high = np.maximum(np.searchsorted(segment.fences, keys, "right") - 1, 0) * BLOCK
    starts, ends = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64)
    for n, (key, at, last) in enumerate(zip(keys, low.tolist(), high.tolist(), strict=True)):
        start = at + int(held[at : at + BLOCK].searchsorted(key))
        starts[n] = ends[n] = start
        if start < len(held) and held[start] == key:
            ends[n] = last + int(held[last : last + BLOCK].searchsorted(key, "right"))
    return starts, ends


def rows_at(segment: Segment, start: int, end: int) -> np.ndarray:
    """The rows from one place in the postings to another."""
    rows = segment.rows[start:end].astype(np.int64)
    if len(rows) and int(rows.max()) >= len(segment):
        raise DamagedError(segment.path, "a key points behind the last document")
    return rows


def features(segment: Segment, row: int) -> np.ndarray:
    """The sampled n-grams of a document, ascending."""
    return _span(segment, segment.features, segment.feature_at, row)


def about(segment: Segment, row: int) -> bytes:
    """What is known of a document, as JSON: id, source, published, title."""
    return _span(segment, segment.about, segment.about_at, row).tobytes()


def _span(segment: Segment, values: np.ndarray, at: np.ndarray, row: int) -> np.ndarray:
    start, end = at[row : row + 2].tolist()
    if not 0 <= start <= end <= len(values):
        raise DamagedError(segment.path, "a document lies outside the file")
    return values[start:end]


def checksum(values: np.ndarray) -> int:
    """CRC-32 of an array's bytes."""
    flat = memoryview(values.reshape(-1).view(np.uint8))  # type: ignore[arg-type]
    found = 0
    for at in range(0, len(flat), 1 << 24):
        found = zlib.crc32(flat[at : at + (1 << 24)], found)
    return found


def views(mapped: mmap.mmap | bytes, contents: dict[str, tuple[int, int]]) -> dict[str, np.ndarray]:
    found = {}
    for name, (dtype, width) in ARRAYS.items():
        at, rows = contents[name]
        values = np.frombuffer(mapped, dtype, rows * width, at)
        found[name] = values.reshape(rows, width) if width > 1 else values
    return found


def opened(path: Path, written: Written, dead: np.ndarray) -> Segment:
    """A segment as it was written; size, contents and digest are held against what is known.

    Raises DamagedError, and FileNotFoundError where the file is gone.
    """
    table, mapped = contents(path, written)
    try:
        places = {name: (int(table[name][0]), int(table[name][1])) for name in ARRAYS}
        arrays = views(mapped, places)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise DamagedError(path, "its table of contents cannot be read") from error
    documents = len(arrays["levels"])
    if len(dead) and int(dead.max()) >= documents:
        raise DamagedError(path, "a document that is not there was removed")
    return Segment(path=path, **arrays, dead=dead)


def verify(path: Path, written: Written) -> None:
    """Read every byte; raises DamagedError where one is not as it was written."""
    table, mapped = contents(path, written)
    places = {name: (at, rows) for name, (at, rows, _) in table.items()}
    for name, values in views(mapped, places).items():
        if checksum(values) != table[name][2]:
            raise DamagedError(path, f"its {name} are not as they were written")


def contents(path: Path, written: Written) -> tuple[dict[str, list[int]], mmap.mmap]:
    """Where each array of a segment file lies, its rows and its checksum; and the file, mapped."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size != written.bytes:
            raise DamagedError(path, f"it has {size:,} bytes instead of {written.bytes:,}")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    end = size - len(MAGIC) - 8
    length = int.from_bytes(mapped[end : end + 8], "little")
    footer = mapped[max(end - length, 0) : end]
    if hashlib.blake2b(footer, digest_size=16).hexdigest() != written.digest:
        raise DamagedError(path, "its table of contents is not as it was written")
    return json.loads(footer), mapped
