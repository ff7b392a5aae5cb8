"""Features of many documents, in parcels that are given up one by one as they are put in order.

Documents are ordered by their digests, which are as good as random: written there in the order they
came, the features would fill all of the new array while all of the old ones are still held. So
they are held by the leading bits of the digest, in memory that goes back to the system at once, and
packed: 47 of the 63 bits of a feature.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator

import numpy as np

BITS = 4  # leading bits of a digest that documents of one parcel have in common
TOGETHER = 1 << 16  # features of a parcel that are put into one piece of memory

# Private, and filled at once: pages that are shared, or met one by one, take half as long again.
_MAPPED: dict[str, int] = (
    {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_POPULATE", 0)}
    if hasattr(mmap, "MAP_PRIVATE")
    else {}
)

# Documents by their place, the features of all of them: a row of ``packing.UNITS`` numbers each.
Parcel = tuple[np.ndarray, np.ndarray]


class Parcels:
    """What is held; documents are numbered as they are added."""

    def __init__(self) -> None:
        self._held: list[list[Parcel]] = [[] for _ in range(1 << BITS)]
        self._loose: list[list[Parcel]] = [[] for _ in range(1 << BITS)]
        self._sizes = [0] * (1 << BITS)  # features in each of what is loose
        self._count = 0

    def add(self, digests: np.ndarray, kept: np.ndarray, features: np.ndarray) -> None:
        """Documents by the first halves of their digests, how many features each has, and those."""
        from audit.duplication import packing

        lead = (digests >> np.uint64(64 - BITS)).astype(np.int64)
        order = np.argsort(lead, kind="stable")
        starts = np.zeros(len(order) + 1, np.int64)
        np.cumsum(kept[order], out=starts[1:])
        target = np.empty(len(order), np.int64)
        target[order] = starts[:-1]
        packed = np.empty((starts[-1], packing.UNITS), np.uint16)
        part = np.ascontiguousarray(features, np.int64)
        packing.pack(part, np.array(kept, np.int64), target, packed)
        edges = np.searchsorted(lead[order], np.arange((1 << BITS) + 1))
        ends = starts[edges]
        for n, loose in enumerate(self._loose):
            if edges[n] < edges[n + 1]:
                its = packed[ends[n] : ends[n + 1]].copy()
                loose.append((self._count + order[edges[n] : edges[n + 1]], its))
                self._sizes[n] += len(its)
                if self._sizes[n] >= TOGETHER:
                    self._held[n].append(_joined(loose))
                    self._sizes[n] = 0
                    loose.clear()
        self._count += len(order)

    def each(self) -> Iterator[Parcel]:
        """All parcels, by the leading bits."""
        for held, loose in zip(self._held, self._loose, strict=True):
            yield from held
            yield from loose

    def taken(self) -> Iterator[Parcel]:
        """The same, each given up once the next is asked for."""
        for held, loose in zip(self._held, self._loose, strict=True):
            for parts in (held, loose):
                parts.reverse()
                while parts:
                    yield parts.pop()


def _joined(parts: list[Parcel]) -> Parcel:
    """Parcels as one, in a mapping of its own: what an allocator frees it may well keep."""
    size, units = sum(len(features) for _, features in parts), parts[0][1].shape[1]
    mapped = mmap.mmap(-1, 2 * units * size, **_MAPPED)
    joined = np.frombuffer(mapped, np.uint16).reshape(size, units)
    np.concatenate([features for _, features in parts], out=joined)
    return np.concatenate([documents for documents, _ in parts]), joined
