"""Which documents could be copies, and how much they share: compiled loops over fingerprints.

Candidates are documents that share keys, the least of their feature hashes; every candidate is
then verified on all features, weighted so that what many documents hold counts little.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.duplication.compiled import compiled

CROWD = 32  # documents a key may have for all of them to be compared with each other
WINDOW = 12  # in a larger crowd, with how many of those that follow
ROW_BITS = 28  # of an entry for the document; the rest are the leading bits of its key
_u64, _i64 = np.uint64, np.int64
_GREATEST = np.int64(0x7FFFFFFFFFFFFFFF)
_ODD = np.uint64(0x9E3779B97F4A7C15)


@compiled
def put(part, kept, at, target, out):
    """Copy the features of the documents from ``at`` on to where ``target`` says, -1: nowhere.

    Returns the first document that is not in ``part``.
    """
    start = 0
    while start < len(part):
        place = target[at]
        if place >= 0:
            for k in range(kept[at]):
                out[place + k] = part[start + k]
        start += kept[at]
        at += 1
    return at


@compiled
def entries(values, offsets, keys, out):
    """Each document's least features, ``keys`` at most, as leading bits and document.

    Two keys that agree in their leading bits pass for one: every pair is verified anyway.
    """
    used = 0
    for n in range(len(offsets) - 1):
        for k in range(offsets[n], min(offsets[n + 1], offsets[n] + keys)):
            lead = _u64(values[k]) >> _u64(ROW_BITS - 1)
            out[used] = lead << _u64(ROW_BITS) | _u64(n)
            used += 1
    return used


@compiled
def list_pairs(entries, rows, out):
    """Pairs of documents under one key as ``first * rows + second``, first < second.

    ``entries`` are ascending. With an empty ``out`` pairs are only counted. Returns their number.
    """
    used = 0
    start = 0
    row = (_u64(1) << _u64(ROW_BITS)) - _u64(1)
    while start < len(entries):
        end = start + 1
        while end < len(entries) and entries[end] >> ROW_BITS == entries[start] >> ROW_BITS:
            end += 1
        for i in range(start, end - 1):
            stop = end if end - start <= CROWD else min(end, i + 1 + WINDOW)
            if len(out):
                first = _i64(entries[i] & row) * rows
                for j in range(i + 1, stop):
                    out[used + j - i - 1] = first + _i64(entries[j] & row)
            used += stop - i - 1
        start = end
    return used


@compiled
def enough(codes, offsets, keys, least, few, first, second, shared):
    """The pairs of ``list_pairs``, ascending, that share at least ``least`` keys, or any where a
    document has less than ``few``; returns how many there are."""
    rows = _i64(len(offsets) - 1)
    used = 0
    start = 0
    while start < len(codes):
        end = start + 1
        while end < len(codes) and codes[end] == codes[start]:
            end += 1
        if end - start >= least:
            take = True
        else:
            a = codes[start] // rows
            b = codes[start] - a * rows
            take = min(offsets[a + 1] - offsets[a], offsets[b + 1] - offsets[b], keys) < few
        if take:
            if len(first):
                first[used] = codes[start] // rows
                second[used] = codes[start] - first[used] * rows
                shared[used] = end - start
            used += 1
        start = end
    return used


@compiled
def _slot(value, size):
    """Where a feature stands in a table whose size is a power of two."""
    return _i64(((_u64(value) * _ODD) >> _u64(20)) & _u64(size - 1))


@compiled
def count(values, offsets, cursors, limit, free, counters, ends):
    """Count how often each feature up to ``limit`` occurs, from each document's cursor on.

    Counters are shared by features of one slot and stop at 255; ``ends`` gets the new cursors.
    Returns how many occurrences have a counter above ``free``.
    """
    for n in range(len(cursors)):
        at = cursors[n]
        while at < offsets[n + 1] and values[at] <= limit:
            slot = _slot(values[at], len(counters))
            counters[slot] += counters[slot] < 255
            at += 1
        ends[n] = at
    often = 0
    for n in range(len(cursors)):
        for at in range(cursors[n], ends[n]):
            often += counters[_slot(values[at], len(counters))] > free
    return often


@compiled
def common(values, families, cursors, ends, free, counters, out, holders):
    """The occurrences that ``count`` counted, and the family of the document of each."""
    used = 0
    for n in range(len(cursors)):
        for at in range(cursors[n], ends[n]):
            if counters[_slot(values[at], len(counters))] > free:
                out[used] = values[at]
                holders[used] = families[n]
                used += 1


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
def number(found, holders, known, rows, slots, out):
    """Fill ``slots`` with the known features; each occurrence as place * rows + holder."""
    _table(known, slots)
    for n in range(len(found)):
        out[n] = _find(found[n], known, slots) * rows + holders[n]


@compiled
def lower(values, cursors, ends, used, free, counters, known, slots, share, weights):
    """Give common features of the documents that are used their weight."""
    for n in range(len(cursors)):
        if used[n]:
            for at in range(cursors[n], ends[n]):
                if counters[_slot(values[at], len(counters))] > free:
                    weights[at] = share[_find(values[at], known, slots)]


@compiled
def cap(values, offsets, used, shift, known, limits, seen, slots, weights):
    """Lower weights to the limit of each known value, of which features are longer by ``shift``.

    ``seen`` is an empty bitmap and ``slots`` an empty hash table (-1), powers of two in size.
    """
    _table(known, slots)
    bits = _i64(8 * len(seen) - 1)
    for n in range(len(known)):
        bit = known[n] & bits
        seen[bit >> 3] |= np.uint8(1 << (bit & 7))
    for n in used:
        for at in range(offsets[n], offsets[n + 1]):
            value = values[at] >> shift
            bit = value & bits
            if seen[bit >> 3] >> (bit & 7) & 1:
                place = _find(value, known, slots)
                if place >= 0:
                    weights[at] = min(weights[at], limits[place])


@compiled
def total(weights, offsets, used, out):
    """The sum of the weights of each document that is used."""
    for n in used:
        sum_ = 0.0
        for at in range(offsets[n], offsets[n + 1]):
            sum_ += weights[at]
        out[n] = sum_


@compiled
def _coarser(features, weights, start, end, least):
    """Where the features up to ``least`` end, and their weight."""
    sum_ = 0.0
    at = start
    while at < end and features[at] <= least:
        sum_ += weights[at]
        at += 1
    return at, sum_


@compiled
def share(features, weights, offsets, levels, totals, first, second, out):
    """For each pair the overlap, the share of each side that the other holds, the plain overlap.

    Overlap is the weight of what they share over that of the larger side, plain where every
    feature has the same weight. Where two documents are sampled unequally, both are read at the
    coarser sampling.
    """
    tiny = 1e-9
    for n in range(len(first)):
        a, b = first[n], second[n]
        i, i_end, left = offsets[a], offsets[a + 1], totals[a]
        j, j_end, right = offsets[b], offsets[b + 1], totals[b]
        if levels[a] != levels[b]:
            least = _GREATEST >> max(levels[a], levels[b])
            if levels[a] < levels[b]:
                i_end, left = _coarser(features, weights, i, i_end, least)
            else:
                j_end, right = _coarser(features, weights, j, j_end, least)
        largest = max(i_end - i, j_end - j, 1)
        both = 0.0
        plain = 0
        while i < i_end and j < j_end:
            x, y = features[i], features[j]
            if x == y:
                both += weights[i]
                plain += 1
            i += _i64(x <= y)
            j += _i64(y <= x)
        out[n, 0] = both / max(left, right, tiny)
        out[n, 1] = both / max(left, tiny)
        out[n, 2] = both / max(right, tiny)
        out[n, 3] = plain / largest


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
def holders(features, offsets, families, known, seen, slots, rows, out):
    """Who holds the known features: place * rows + family of each occurrence, -1 being no family.

    With an empty ``out`` they are only counted. ``seen`` is a bitmap of 8 times its length and
    ``slots`` a hash table, empty at first. Returns the number of occurrences.
    """
    bits = _i64(8 * len(seen) - 1)
    if not len(out):
        _table(known, slots)
        for n in range(len(known)):
            bit = known[n] & bits
            seen[bit >> 3] |= np.uint8(1 << (bit & 7))
    used = 0
    for n in range(len(families)):
        if families[n] >= 0:
            for at in range(offsets[n], offsets[n + 1]):
                bit = features[at] & bits
                if seen[bit >> 3] >> (bit & 7) & 1:
                    place = _find(features[at], known, slots)
                    if place >= 0:
                        if len(out):
                            out[used] = place * rows + families[n]
                        used += 1
    return used


@compiled
def held_alone(features, offsets, families, known, counts, first, second, out):
    """For each pair, the share of the features it shares that no family beside its own holds.

    ``counts`` has the families of each of ``known`` (ascending); a family of -1 is counted in none.
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
                alone += counts[np.searchsorted(known, features[i])] <= mine
                shared += 1
                i += 1
                j += 1
            elif features[i] < features[j]:
                i += 1
            else:
                j += 1
        out[n] = alone / shared if shared else 0.0
