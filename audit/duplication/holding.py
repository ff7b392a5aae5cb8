"""Who holds which features, and how little a common one counts: compiled loops."""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.pairing import CODE_BITS

_u64, _i64 = np.uint64, np.int64
_ODD = np.uint64(0x9E3779B97F4A7C15)
_CODE = np.int64((1 << CODE_BITS) - 1)


@compiled
def _slot(value, size):
    """Where a feature stands in a table whose size is a power of two."""
    return _i64(((_u64(value) * _ODD) >> _u64(20)) & _u64(size - 1))


@compiled
def _find(value, known, slots):
    """The place of a feature among the known ones, -1 where it is none of them."""
    at = _slot(value, len(slots))
    while slots[at] >= 0:
        if known[slots[at]] == value:
            return slots[at]
        at = (at + 1) & (len(slots) - 1)
    return _i64(-1)


@compiled
def _table(known, slots):
    """Fill an empty hash table (-1) with the places of the known features."""
    for n in range(len(known)):
        at = _slot(known[n], len(slots))
        while slots[at] >= 0:
            at = (at + 1) & (len(slots) - 1)
        slots[at] = n


@compiled
def cap(values, shift, known, limits, seen, slots, scale):
    """Lower weights to the limit of each known value, of which features are longer by ``shift``.

    ``limits`` are places in the ``scale`` of weights, as the low bits of each feature are one.
    ``seen`` is an empty bitmap and ``slots`` an empty hash table (-1), powers of two in size.
    """
    _table(known, slots)
    bits, seven = _u64(8 * len(seen) - 1), _u64(7)  # unsigned: looked up without a test
    for n in range(len(known)):
        bit = _u64(known[n]) & bits
        seen[bit >> _u64(3)] |= np.uint8(1 << (bit & seven))
    for at in range(len(values)):
        value = values[at] >> shift
        bit = _u64(value) & bits
        if seen[bit >> _u64(3)] >> (bit & seven) & 1:
            place = _find(value, known, slots)
            if place >= 0 and scale[limits[place]] < scale[values[at] & _CODE]:
                values[at] = values[at] & ~_CODE | limits[place]


@compiled
def total(values, offsets, scale, out):
    """The sum of the weights of each document."""
    for n in range(len(out)):
        sum_ = 0.0
        for at in range(offsets[n], offsets[n + 1]):
            sum_ += scale[values[at] & _CODE]
        out[n] = sum_


@compiled
def shared(features, offsets, first, second, out):
    """The features that each pair shares, one pair after the other; with an empty ``out`` they are
    only counted. Returns their number."""
    used = 0
    for n in range(len(first)):
        i, i_end = offsets[first[n]], offsets[first[n] + 1]
        j, j_end = offsets[second[n]], offsets[second[n] + 1]
        while i < i_end and j < j_end:
            x, y = features[i], features[j]
            if x == y:
                if len(out):
                    out[used] = x
                used += 1
            i += _i64(x <= y)
            j += _i64(y <= x)
    return used


@compiled
def note(features, offsets, first, second, seen):
    """Set the bits of all features that a pair shares in a bitmap, a power of two in size."""
    bits = _i64(8 * len(seen) - 1)
    for n in range(len(first)):
        i, i_end = _u64(offsets[first[n]]), _u64(offsets[first[n] + 1])
        j, j_end = _u64(offsets[second[n]]), _u64(offsets[second[n] + 1])
        while i < i_end and j < j_end:  # unsigned: looked up without a test
            x, y = features[i], features[j]
            if x == y:
                bit = _u64(x >> CODE_BITS & bits)
                seen[bit >> _u64(3)] |= np.uint8(1 << (bit & _u64(7)))
            i += _u64(x <= y)
            j += _u64(y <= x)


@compiled
def thin(features, offsets, whole, seen, out):
    """Leave of the documents that are not ``whole`` only features whose bits are set; all move to
    the front. ``out`` gets where those of each begin and end; returns their number."""
    bits = _i64(8 * len(seen) - 1)
    used = _i64(0)
    for n in range(len(whole)):
        for at in range(offsets[n], offsets[n + 1]):
            value = features[at]
            features[used] = value
            if whole[n]:
                used += 1
            else:
                bit = value >> CODE_BITS & bits
                used += _i64(seen[bit >> 3] >> (bit & 7) & 1)
        out[n + 1] = used
    return used


@compiled
def holders(features, offsets, families, order, known, seen, slots, counts):
    """Count how many families hold each known feature, -1 being no family.

    ``order`` has the documents, those of a family together; ``counts`` are zeros; ``seen`` is an
    empty bitmap of 8 times its length and ``slots`` an empty hash table (-1).
    """
    bits = _i64(8 * len(seen) - 1)
    _table(known, slots)
    for n in range(len(known)):
        bit = known[n] >> CODE_BITS & bits
        seen[bit >> 3] |= np.uint8(1 << (bit & 7))
    last = np.full(len(known), -1, np.int64)
    maybe = np.empty(4096, np.int64)
    for n in order:
        family = families[n]
        if family < 0:
            continue
        if offsets[n + 1] - offsets[n] > len(maybe):
            maybe = np.empty(2 * (offsets[n + 1] - offsets[n]), np.int64)
        many = 0
        for at in range(offsets[n], offsets[n + 1]):
            bit = features[at] >> CODE_BITS & bits
            maybe[many] = features[at]
            many += _i64(seen[bit >> 3] >> (bit & 7) & 1)
        for k in range(many):
            place = _find(maybe[k], known, slots)
            if place >= 0 and last[place] != family:
                last[place] = family
                counts[place] += 1


@compiled
def held_alone(features, offsets, families, known, slots, counts, first, second, out):
    """For each pair, the share of the features it shares that no family beside its own holds.

    ``counts`` has the families of each of ``known``, which ``slots`` is the table of; a family of
    -1 is counted in none.
    """
    for n in range(len(first)):
        a, b = first[n], second[n]
        mine = 0
        if families[a] >= 0:
            mine += 1
        if families[b] >= 0 and families[b] != families[a]:
            mine += 1
        i, j = offsets[a], offsets[b]
        shared = alone = 0
        while i < offsets[a + 1] and j < offsets[b + 1]:
            if features[i] == features[j]:
                alone += counts[_find(features[i], known, slots)] <= mine
                shared += 1
                i += 1
                j += 1
            elif features[i] < features[j]:
                i += 1
            else:
                j += 1
        out[n] = alone / shared if shared else 0.0
