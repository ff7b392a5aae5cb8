"""Which documents could be copies, and how much they share: compiled loops over fingerprints.

Candidates are documents that share keys, the least of their feature hashes; every candidate is
then verified on all features, weighted so that what many documents hold counts little.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled

CROWD = 32  # documents a key may have for all of them to be compared with each other
WINDOW = 12  # in a larger crowd, with how many of those that follow
ROW_BITS = 28  # of an entry for the document; the rest are the leading bits of its key
_u64, _i64 = np.uint64, np.int64
SLOT_BITS = 12  # of the table of features of a document that is compared with others
_ODD = np.uint64(0x9E3779B97F4A7C15)
_GREATEST = np.int64(0x7FFFFFFFFFFFFFFF)


@compiled
def put(part, documents, kept, target, out):
    """Copy the features of some documents to where ``target`` says, -1: nowhere."""
    start = 0
    for n in documents:
        place = target[n]
        if place >= 0:
            for k in range(kept[n]):
                out[place + k] = part[start + k]
        start += kept[n]


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
def places(entries, starts, out):
    """Where each document's keys stand among ascending entries, from its place in ``starts`` on.

    ``out`` gets each entry's place, and the place past the last entry of its key.
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
            out[at[n], 0] = i
            out[at[n], 1] = end if end - start <= CROWD else min(end, i + 1 + WINDOW)
            at[n] += 1
        start = end


@compiled
def list_pairs(entries, starts, places, least, few):
    """Pairs of documents that share at least ``least`` keys, or any where one has less than
    ``few``: the first of each, ascending, the second, ascending under it, and how many they share.
    """
    rows = len(starts) - 1
    row = (_u64(1) << _u64(ROW_BITS)) - _u64(1)
    met = np.zeros(rows, np.int32)
    others = np.empty(rows, np.int64)
    found = np.empty((3, 1024), np.int32)
    used = 0
    for a in range(rows):
        many = 0
        for k in range(starts[a], starts[a + 1]):
            for i in range(places[k, 0] + 1, places[k, 1]):
                b = entries[i] & row
                others[many] = b
                many += met[b] == 0
                met[b] += 1
        small = starts[a + 1] - starts[a] < few
        kept = 0
        for k in range(many):
            b = others[k]
            take = met[b] >= least or small or starts[b + 1] - starts[b] < few
            if take and b != a:
                others[kept] = b
                kept += 1
            else:
                met[b] = 0
        kept_ones = others[:kept]
        kept_ones.sort()
        if used + kept > found.shape[1]:
            more = np.empty((3, 2 * found.shape[1] + kept), np.int32)
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
def _coarser(features, weights, start, end, least):
    """Where the features up to ``least`` end, and their weight."""
    sum_ = 0.0
    at = start
    while at < end and features[at] <= least:
        sum_ += weights[at]
        at += 1
    return at, sum_


@compiled
def _slot(value):
    return (_u64(value) * _ODD) >> _u64(64 - SLOT_BITS)


@compiled
def _put(features, start, end, seen, table):
    """Note the features of a document: a bit each in ``seen``, their places in a hash table."""
    size = _i64(1) << SLOT_BITS
    while size < 2 * (end - start):
        size *= 2
    if len(table) < size:
        table = np.empty(size, np.int32)
    mask = _u64(size - 1)
    seen[:] = 0
    table[:size] = -1
    for k in range(start, end):
        slot = _slot(features[k])
        seen[slot >> _u64(6)] |= _u64(1) << (slot & _u64(63))
        at = _u64(features[k]) & mask
        while table[at] >= 0:
            at = (at + _u64(1)) & mask
        table[at] = k - start
    return table, mask


@compiled
def _probed(features, weights, i, i_end, j, j_end, seen, table, mask, hits):
    """The weight and the number of features that a noted document shares with another.

    ``i`` is where the noted one begins, ``i_end`` what is looked at of it.
    """
    if len(hits) < j_end - j:
        hits = np.empty(j_end - j, np.int64)
    maybe = _u64(0)
    for k in range(j, j_end):
        slot = _slot(features[k])
        hits[maybe] = features[k]
        maybe += seen[slot >> _u64(6)] >> (slot & _u64(63)) & _u64(1)
    both = 0.0
    plain = 0
    for k in range(maybe):
        value = hits[k]
        at = _u64(value) & mask
        while table[at] >= 0:
            place = i + table[at]
            if features[place] == value:
                if place < i_end:
                    both += weights[place]
                    plain += 1
                break
            at = (at + _u64(1)) & mask
    return both, plain, hits


@compiled
def _merged(features, weights, i, i_end, j, j_end):
    """The weight and the number of features that two documents share."""
    both = 0.0
    plain = 0
    while i < i_end and j < j_end:
        x, y = features[i], features[j]
        if x == y:
            both += weights[i]
            plain += 1
        i += _i64(x <= y)
        j += _i64(y <= x)
    return both, plain


@compiled
def share(features, weights, offsets, levels, totals, first, second, out):
    """For each pair the overlap, the share of each side that the other holds, the plain overlap.

    Overlap is the weight of what they share over that of the larger side, plain where every
    feature has the same weight. Where two documents are sampled unequally, both are read at the
    coarser sampling. Quicker where pairs of one first document follow each other.
    """
    tiny = 1e-9
    seen = np.empty((1 << SLOT_BITS) >> 6, np.uint64)
    table = np.empty(1 << SLOT_BITS, np.int32)
    hits = np.empty(1024, np.int64)
    mask = _u64(0)
    noted = -1
    for n in range(len(first)):
        a, b = first[n], second[n]
        i, i_end, left = offsets[a], offsets[a + 1], totals[a]
        j, j_end, right = offsets[b], offsets[b + 1], totals[b]
        if noted != a and n + 1 < len(first) and first[n + 1] == a:
            table, mask = _put(features, i, i_end, seen, table)
            noted = a
        if levels[a] != levels[b]:
            least = _GREATEST >> max(levels[a], levels[b])
            if levels[a] < levels[b]:
                i_end, left = _coarser(features, weights, i, i_end, least)
            else:
                j_end, right = _coarser(features, weights, j, j_end, least)
        if noted == a:
            both, plain, hits = _probed(
                features, weights, i, i_end, j, j_end, seen, table, mask, hits
            )
        else:
            both, plain = _merged(features, weights, i, i_end, j, j_end)
        out[n, 0] = both / max(left, right, tiny)
        out[n, 1] = both / max(left, tiny)
        out[n, 2] = both / max(right, tiny)
        out[n, 3] = plain / max(i_end - i, j_end - j, 1)
