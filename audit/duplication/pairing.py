"""Which documents could be copies, and how much they share: compiled loops over fingerprints.

Candidates are documents that share keys, the least of their feature hashes; every candidate is
then verified on all features, weighted so that what many documents hold counts little. The low bits
of a feature are no part of its hash: they say which weight of a scale it has.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled, soon

CROWD = 32  # documents a key may have for all of them to be compared with each other
WINDOW = 12  # in a larger crowd, with how many of those that follow
CODE_BITS = 16  # of a feature, the lowest, for the place of its weight in a scale
ROW_BITS = 28  # of an entry for the document; the rest are the leading bits of its key
_u64, _i64, _uintp = np.uint64, np.int64, np.uintp
LINE = 8  # features that the processor fetches at once
SEEN_BITS = 12  # of the bitmap of features of a document that is compared with others, in bytes
_GREATEST = np.int64(0x7FFFFFFFFFFFFFFF)
_CODE = np.int64((1 << CODE_BITS) - 1)


@compiled
def entries(part, documents, kept, target, keys, out, used):
    """The least features of some documents, ``keys`` of each at most, as leading bits and the
    document that ``target`` says, -1: none, put down from ``used`` on.

    Two keys that agree in their leading bits pass for one: every pair is verified anyway. Returns
    how many entries there are.
    """
    start = 0
    for n in documents:
        if target[n] >= 0:
            for k in range(start, start + min(kept[n], keys)):
                lead = _u64(part[k]) >> _u64(ROW_BITS - 1)
                out[used] = lead << _u64(ROW_BITS) | _u64(target[n])
                used += 1
        start += kept[n]
    return used


@compiled
def places(entries, starts, out, behind):
    """Where each document's keys stand among ascending entries, from its place in ``starts`` on.

    ``out`` gets each entry's place, ``behind`` with how many entries of its key that follow it is
    compared.
    """
    row = (_u64(1) << _u64(ROW_BITS)) - _u64(1)
    at = starts[:-1].copy()
    start = 0
    while start < len(entries):
        end = start + 1
        while end < len(entries) and entries[end] >> ROW_BITS == entries[start] >> ROW_BITS:
            end += 1
        for i in range(start, end):
            n = entries[i] & row
            out[at[n]] = i
            left = end - i - 1
            behind[at[n]] = left if end - start <= CROWD else min(left, WINDOW)
            at[n] += 1
        start = end


@compiled
def rows(words):
    """The documents of entries, given as words of 32 bits, the lower first; put into the front of
    them. Returns their number."""
    many = len(words) // 2
    for i in range(many):
        words[i] = words[2 * i] & np.uint32((1 << ROW_BITS) - 1)
    return many


@compiled
def list_pairs(documents, starts, places, behind, least, few):
    """Pairs of documents that share at least ``least`` keys, or any where one has less than
    ``few``: the first of each, ascending, the second, ascending under it, and how many they share.

    ``documents`` are those of ascending entries, ``places`` and ``behind`` as above.
    """
    rows, one = len(starts) - 1, _u64(1)  # unsigned places: looked up without a test
    met = np.zeros(rows, np.int32)
    others = np.empty(rows + 1, np.uint32)
    found = np.empty((3, 1024), np.int32)
    used = 0
    for a in range(rows):
        many = _u64(0)
        for k in range(starts[a], starts[a + 1]):
            i = _u64(places[k]) + one
            end = i + _u64(behind[k])
            while i < end:
                b = _u64(documents[i])
                others[many] = b
                many += _u64(met[b] == 0)
                met[b] += 1
                i += one
        small = starts[a + 1] - starts[a] < few
        kept = _u64(0)
        for k in range(_i64(many)):
            b = _u64(others[k])
            take = met[b] >= least or small or starts[b + one] - starts[b] < few
            if take and b != a:
                others[kept] = b
                kept += one
            else:
                met[b] = 0
        kept_ones = others[: _i64(kept)]
        kept_ones.sort()
        if used + len(kept_ones) > found.shape[1]:
            more = np.empty((3, found.shape[1] * 5 // 4 + len(kept_ones)), np.int32)
            more[:, :used] = found[:, :used]
            found = more
        for b in kept_ones:
            found[0, used] = a
            found[1, used] = b
            found[2, used] = met[b]
            met[b] = 0
            used += 1
    return found[:, :used]


@compiled
def _coarser(features, scale, start, end, least):
    """Where the features up to ``least`` end, and their weight."""
    sum_ = 0.0
    at = start
    while at < end and features[at] <= least:
        sum_ += scale[features[at] & _CODE]
        at += 1
    return at, sum_


@compiled
def _note(features, start, end, seen):
    """Set a bit of ``seen``, an empty bitmap of a power of two in size, for each feature of a
    document, by its hash. Returns the bitmap, a larger one for many, and its highest place."""
    size = _i64(1) << SEEN_BITS
    while size < 4 * (end - start):
        size *= 2
    if len(seen) < size:
        seen = np.zeros(size, np.uint8)
    mask, at, last = _u64(size - 1), _u64(start), _u64(end)  # unsigned: looked up without a test
    while at < last:
        bit = _u64(features[at]) >> _u64(CODE_BITS)
        seen[bit >> _u64(3) & mask] |= np.uint8(_u64(1) << (bit & _u64(7)))
        at += _u64(1)
    return seen, mask


@compiled
def share(features, scale, offsets, levels, totals, first, second, least, kept, out):
    """For each pair the overlap, the share of each side that the other holds, the plain overlap.

    Overlap is the weight of what they share over that of the larger side, plain where every
    feature has the same weight, 1 at most. Where two documents are sampled unequally, both are
    read at the coarser sampling. Quicker where pairs of one first document follow each other.
    Pairs whose overlap is below ``least`` are passed by: ``kept`` gets the places of the others,
    whose number is returned.
    """
    tiny = 1e-9
    address = _uintp(features.ctypes.data)
    seen, maybe = np.zeros(1 << SEEN_BITS, np.uint8), np.empty(1 << SEEN_BITS, np.int64)
    mask = _u64(0)
    noted, begin, end = _i64(-1), _i64(0), _i64(0)
    used = 0
    for n in range(len(first)):
        a, b = first[n], second[n]
        if noted != a:
            for k in range(begin, end):
                seen[_u64(features[_u64(k)]) >> _u64(CODE_BITS + 3) & mask] = 0
            begin, end = offsets[a], offsets[a + 1]
            seen, mask = _note(features, begin, end, seen)
            noted = a
        if n + 1 < len(first):
            for k in range(offsets[second[n + 1]], offsets[second[n + 1] + 1], LINE):
                soon(address + _uintp(8 * k))
        i_end, left = end, totals[a]
        j, j_end, right = offsets[b], offsets[b + 1], totals[b]
        if levels[a] != levels[b]:
            coarse = _GREATEST >> max(levels[a], levels[b])
            if levels[a] < levels[b]:
                i_end, left = _coarser(features, scale, begin, end, coarse)
            else:
                j_end, right = _coarser(features, scale, j, j_end, coarse)
        larger = max(left, right, tiny)
        if len(maybe) < j_end - j:
            maybe = np.empty(2 * (j_end - j), np.int64)
        many, at, last = _u64(0), _u64(j), _u64(j_end)  # unsigned: looked up without a test
        while at < last:  # where it has what they may share: others may have the same bit
            bit = _u64(features[at]) >> _u64(CODE_BITS)
            maybe[many] = at
            many += _u64(seen[bit >> _u64(3) & mask] >> (bit & _u64(7)) & _u64(1))
            at += _u64(1)
        if many < least * larger - 0.01:
            continue
        both = 0.0
        plain = 0
        place, stop = _u64(begin), _u64(i_end)
        for k in maybe[: _i64(many)]:  # both are ascending
            value = features[_u64(k)]
            while place < stop and features[place] < value:
                place += _u64(1)
            if place < stop and features[place] == value:
                both += scale[_u64(value & _CODE)]
                plain += 1
        if least > 0 and both / larger < least:
            continue
        kept[used] = n
        out[used, 0] = both / larger
        out[used, 1] = both / max(left, tiny)
        out[used, 2] = both / max(right, tiny)
        out[used, 3] = plain / max(i_end - begin, j_end - j, 1)
        used += 1
    return used
