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
