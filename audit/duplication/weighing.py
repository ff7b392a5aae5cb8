"""How many families of documents hold each feature that may be common: compiled loops.

Features are counted part by part: those of one part are gathered from all documents, counted
roughly in a table that fits the cache, and exactly only where that count is high.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_ODD = np.uint64(0x9E3779B97F4A7C15)
_ALSO = np.uint64(0xD6E8FEB86659FD93)
USUAL_BITS = 60  # bits of the features of most documents, which keep one in eight
USUAL = np.int64(1 << USUAL_BITS)
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
def gather(values, offsets, cursors, bits, first, end, starts, part, holders, places):
    """The features of some parts, part by part: their values, their documents, their places.

    ``cursors`` has where each document's begin, and is moved; ``starts`` where each part begins in
    what is filled, and is moved to where it ends.
    """
    wide, stop = _u64(bits), _u64(end)
    for n in range(len(cursors)):
        at, last = _u64(cursors[n]), _u64(offsets[n + 1])
        while at < last:
            value = values[at]
            number = _part(value, wide)
            if number >= stop:
                break
            to = _u64(starts[number - _u64(first)])
            starts[number - _u64(first)] += 1
            part[to] = value
            holders[to] = n
            places[to] = at
            at += _u64(1)
        cursors[n] = at


@compiled
def _slot(value, shift):
    return (_u64(value) * _ODD) >> shift


@compiled
def weigh(part, holders, places, families, alone, free, counters, most, values):
    """Put into the low bits of the features of a part how many families hold them, where that is
    more than ``free``; ``most`` at most.

    ``families`` has a document's family, ``alone`` whether it is the only one in it. ``counters``
    are zeros, a power of two of them.
    """
    shift = _u64(64)
    room = len(counters)
    while room > 1:
        room >>= 1
        shift -= _u64(1)
    for k in range(len(part)):
        slot = _slot(part[k], shift)
        counters[slot] += _u8(counters[slot] < FULL)
    often = _u64(0)  # the places in the part of what may be common, put down in its front
    for k in range(len(part)):
        seen = counters[_slot(part[k], shift)]
        part[often] = part[k]
        holders[often] = holders[k]
        places[often] = places[k]
        often += _u64(seen > free)
    bits = _u64(8)
    while (_u64(1) << bits) < often:
        bits += _u64(1)
    table = np.full(_i64(1) << (_i64(bits) + 1), -1, np.int64)
    counts = np.zeros(len(table), np.int32)
    room = 1024
    for k in range(often):
        room += _i64(not alone[holders[k]])
    size = _i64(1)
    while size < 2 * room:
        size *= 2
    met = np.full((size, 2), -1, np.int64)
    last, mask = _u64(len(table) - 1), _u64(size - 1)
    start = _u64(63) - bits
    for k in range(often):
        value = part[k]
        at = _slot(value, start)
        while table[at] >= 0 and table[at] != value:
            at = (at + _u64(1)) & last
        table[at] = value
        holder = holders[k]
        if not alone[holder]:
            family = families[holder]
            place = ((_u64(value) ^ (_u64(family) * _ALSO)) * _ODD >> _u64(20)) & mask
            while met[place, 0] >= 0 and (met[place, 0] != value or met[place, 1] != family):
                place = (place + _u64(1)) & mask
            if met[place, 0] >= 0:
                continue
            met[place, 0] = value
            met[place, 1] = family
        counts[at] += 1
    for k in range(often):
        value = part[k]
        at = _slot(value, start)
        while table[at] != value:
            at = (at + _u64(1)) & last
        values[places[k]] |= min(_i64(counts[at]), most)
