"""The shingles of texts as sets, and what two of them have in common: compiled loops."""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.kernels import shingles

_u64, _i64 = np.uint64, np.int64  # unsigned places are looked up without a test


@compiled
def _mask(count):
    """The highest place in a hash table of so many values: a power of two, less one."""
    mask = _i64(63)
    while mask < 2 * count:
        mask = 2 * mask + 1
    return _u64(mask)


@compiled
def _empty(most):
    """A hash table for so many values at most, and the stamps of what was put into it last."""
    room = _i64(_mask(most)) + 1
    return np.empty(room, np.uint64), np.full(room, -1, np.int32)


@compiled
def _place(value, mask, table, stamps, stamp):
    """Where a value stands in a hash table, or would."""
    at = value & mask
    while stamps[at] == stamp and table[at] != value:
        at = (at + _u64(1)) & mask
    return at


@compiled
def shingle_sets(words, counts, size, out, offsets):
    """The different ones of ``shingles`` of each text, in the order they come."""
    longest = _i64(0)
    for n in range(len(counts)):
        longest = max(longest, counts[n])
    own = np.empty(longest + 2, np.uint64)
    table, stamps = _empty(longest)
    ends = np.zeros(2, np.int64)
    used = start = _i64(0)
    for n in range(len(counts)):
        total = shingles(words[start : start + counts[n]], counts[n : n + 1], size, own, ends)
        mask = _mask(total)
        for value in own[:total]:
            at = _place(value, mask, table, stamps, n)
            out[used] = value
            used += _i64(stamps[at] != n)
            table[at], stamps[at] = value, n
        start += counts[n]
        offsets[n + 1] = used


@compiled
def meet(sets, offsets, first, second, out):
    """How many values two sets have in common, for each pair of them; quicker where pairs of one
    first set follow each other."""
    longest = _i64(0)
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    table, stamps = _empty(longest)
    noted = stamp = _i64(-1)
    mask = _u64(0)
    for n in range(len(first)):
        a, b = first[n], second[n]
        if a != noted:
            noted, stamp, mask = a, n, _mask(offsets[a + 1] - offsets[a])
            for value in sets[offsets[a] : offsets[a + 1]]:
                at = _place(value, mask, table, stamps, stamp)
                table[at], stamps[at] = value, stamp
        both = _i64(0)
        for value in sets[offsets[b] : offsets[b + 1]]:
            both += stamps[_place(value, mask, table, stamps, stamp)] == stamp
        out[n] = both
