"""How many families of documents hold each feature that may be common: compiled loops.

Features are counted range by range: those of one range are counted roughly in a table that fits
the cache, and exactly only where that count is high.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled, soon
from audit.duplication.pairing import CODE_BITS

_u8, _u64, _i64, _uintp = np.uint8, np.uint64, np.int64, np.uintp
_ODD = np.uint64(0x9E3779B97F4A7C15)
_CODE = np.int64((1 << CODE_BITS) - 1)
USUAL_BITS = 60  # bits of the features of most documents, which keep one in eight
USUAL = np.int64(1 << USUAL_BITS)
_GREATEST = np.int64((1 << 63) - 1)
AHEAD = 8  # documents looked at after this one: theirs is fetched meanwhile
FULL = 255  # where a rough count stops


@compiled
def _part(value, bits):
    """The part of a feature, ascending: 2**bits up to ``USUAL``, and as many beyond."""
    if value < USUAL:
        return _u64(value) >> (_u64(USUAL_BITS) - bits)
    return (_u64(1) << bits) + (_u64(value) >> (_u64(63) - bits))


@compiled
def histogram(values, bits, out):
    """The number of features of each part, of 2**(bits + 1) parts."""
    wide = _u64(bits)
    for k in range(len(values)):
        out[_part(values[k], wide)] += 1


@compiled
def _first(part, bits):
    """The least feature of a part."""
    whole = _i64(1) << bits
    if part < whole:
        return part << (_i64(USUAL_BITS) - bits)
    return max(USUAL, (part - whole) << (_i64(63) - bits))


@compiled
def _before(values, start, end, value):
    """The first place of ascending values, between two, from which none is less than a value."""
    while start < end:
        middle = (start + end) // 2
        if values[middle] < value:
            start = middle + 1
        else:
            end = middle
    return start


@compiled
def weigh(values, offsets, bits, edges, sizes, families, order, free, most):
    """Put into the low bits of features how many families hold them, where that is more than
    ``free``; ``most`` at most.

    Those of the parts from ``edges[0]`` on, a range up to each of the others; ``sizes`` are the
    numbers of features of ranges. ``families`` has a document's family, ``order`` the documents,
    those of a family together.
    """
    rows = len(offsets) - 1
    begins, ends = np.empty(rows, np.int64), np.empty(rows, np.int64)
    least = _first(_i64(edges[0]), _i64(bits))
    for n in range(rows):
        begins[n] = _before(values, offsets[n], offsets[n + 1], least)
    largest = sizes.max()
    room, shift = _i64(1024), _u64(54)
    while room < 2 * largest:
        room *= 2
        shift -= _u64(1)
    counters = np.empty(room, np.uint8)
    often, holders = np.empty(largest + 1, np.int64), np.empty(largest + 1, np.int32)
    size = _i64(1024)
    address = _uintp(values.ctypes.data)
    for step in range(len(sizes)):
        last = _GREATEST
        if edges[step + 1] < _i64(2) << bits:
            last = _first(_i64(edges[step + 1]), _i64(bits)) - 1
        counters[:] = 0
        for n in range(rows):
            soon(address + _uintp(8 * begins[min(n + AHEAD, rows - 1)]))
            at, end = _u64(begins[n]), _u64(offsets[n + 1])
            while at < end and values[at] <= last:
                slot = (_u64(values[at]) * _ODD) >> shift
                counters[slot] += _u8(counters[slot] < FULL)
                at += _u64(1)
            ends[n] = at
        many = _u64(0)  # of those that may be common, where they stand
        for i in range(rows):
            soon(address + _uintp(8 * begins[order[min(i + AHEAD, rows - 1)]]))
            n = order[i]
            at, end = _u64(begins[n]), _u64(ends[n])
            while at < end:
                often[many] = at
                holders[many] = families[n]
                many += _u64(counters[(_u64(values[at]) * _ODD) >> shift] > free)
                at += _u64(1)
            begins[n] = ends[n]
        size = _exactly(values, often[: _i64(many)], holders, most, size)


@compiled
def _exactly(values, places, holders, most, size):
    """Count the holders of the features at some places, those of one holder being together, and put
    that into their low bits, up to ``most``; by a hash table of some size, or a larger one."""
    slots = np.empty(len(places), np.int32)
    while True:
        shift = _u64(64)
        room = size
        while room > 1:
            room >>= 1
            shift -= _u64(1)
        table = np.full(size, -1, np.int64)  # a feature, in its low bits how many hold it
        latest = np.full(size, -1, np.int32)  # the last of these
        mask, left = _u64(size - 1), size // 2
        for k in range(len(places)):
            value = values[_u64(places[k])]
            at = (_u64(value) * _ODD) >> shift
            while table[at] >> CODE_BITS != value >> CODE_BITS:
                if table[at] < 0:
                    table[at] = value
                    left -= 1
                    break
                at = (at + _u64(1)) & mask
            slots[k] = at
            if latest[at] != holders[k]:
                latest[at] = holders[k]
                table[at] += _i64(table[at] & _CODE < most)
            if left < 0:
                break
        if left >= 0:
            break
        size *= 4
    for k in range(len(places)):
        values[_u64(places[k])] |= table[_u64(slots[k])] & _CODE
    return size
