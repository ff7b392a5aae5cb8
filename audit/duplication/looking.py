"""The words of pairs of texts, looked at together: compiled loops.

Pairs of texts that are connected follow each other, and what they are made of is numbered once for
all of them: then what two have in common is looked up in an array. A number is the place of a value
among those met so far, so that a run of them in one text has mostly numbers in a row in its copy.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled, mix
from audit.duplication.cover import NO_PART, PHRASE, part
from audit.duplication.kernels import words as words_of
from audit.duplication.ties import numbers, scratch

_ODD, _ODDER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_u64, _i64 = np.uint64, np.int64  # unsigned places are looked up without a test


@compiled
def _runs(words, size, out):
    """Hashes of the runs of ``size`` words of a text, of all words if there are fewer."""
    count = len(words)
    if count < size:
        value = _u64(count)
        for word in words:
            value = mix(value * _ODD ^ word)
        if count:
            out[0] = value
        return min(count, 1)
    value, last = _u64(0), _u64(1)
    for _ in range(size):
        last *= _ODD
    for n in range(size - 1):
        value = value * _ODD + words[n]
    before, at, gone = _u64(0), _u64(size - 1), _u64(0)
    while at < _u64(count):
        value = value * _ODD + (words[at] - before * last)
        before = words[gone]
        out[gone] = value
        at += _u64(1)
        gone += _u64(1)
    return count - size + 1


@compiled
def _numbered(values, known, many, mask, slots, stamps, stamp, out):
    """Number values as they come; those met with this ``stamp`` before have a number, up to
    ``many``. ``known`` has the value of each number. Returns how many numbers there are now."""
    follows = _u64(0)
    used = _u64(many)
    for n in range(len(values)):
        value = values[n]
        if follows < used and known[follows] == value:
            out[n] = follows
            follows += _u64(1)
            continue
        at = ((value * _ODDER) >> _u64(32)) & mask
        while stamps[at] == stamp and known[_u64(slots[at])] != value:
            at = (at + _u64(1)) & mask
        if stamps[at] != stamp:
            stamps[at], slots[at], known[used] = stamp, used, value
            used += _u64(1)
        out[n] = slots[at]
        follows = _u64(slots[at]) + _u64(1)
    return _i64(used)


@compiled
def _different(ids, seen, document):
    """Move the different ones of some numbers to the front; returns how many there are."""
    used = _u64(0)
    for n in range(len(ids)):
        number = _u64(ids[n])
        ids[used] = number
        used += _u64(seen[number] != document)
        seen[number] = document
    return _i64(used)


@compiled
def _mask(count):
    """The highest place in a hash table of so many values: a power of two, less one."""
    mask = _i64(63)
    while mask < 2 * count:
        mask = 2 * mask + 1
    return _u64(mask)


@compiled
def _sizes(starts, first, second, groups):
    """The words of all texts of the group of each pair, where a group begins, and the most."""
    sizes = np.zeros(len(first), np.int64)
    seen = np.full(len(starts) - 1, -1, np.int64)
    begin, most = 0, _i64(0)
    for n in range(len(first)):
        if n and groups[n] != groups[n - 1]:
            begin = n
        for text in (first[n], second[n]):
            if seen[text] != begin:
                seen[text] = begin
                sizes[begin] += starts[text + 1] - starts[text]
        most = max(most, sizes[begin])
    return sizes, most


@compiled
def look(
    source, offsets, table, known, weights, size, least, first, second, groups, copied, uneven,
    some, similarity, inside, asked, told, common, spans, sides, wider,
):  # fmt: skip
    """Look at pairs of the texts of a batch, ``first`` and ``second``, pairs of one of ``groups``
    being behind each other. What is found is put down at the places ``some`` of the columns.

    ``similarity`` and ``inside``: resemblance and containments of the runs of ``size`` words
    (Broder 1997). Of the ``copied`` pairs that are ``uneven`` it is ``asked``, where one has a
    share of ``least`` of the other, where that stands: what ``cover.part`` tells. Of the other
    copied ones it is told what numbers they have in common. ``known`` and ``weights`` are as in
    ``ties.tied``; ``wider`` says whether the first has more words than the second.
    """
    rows = len(offsets) - 1
    counts = np.empty(rows, np.int64)
    words = words_of(source, offsets, table, counts)
    starts = np.zeros(rows + 1, np.int64)
    for n in range(rows):
        starts[n + 1] = starts[n] + counts[n]
    sizes, most = _sizes(starts, first, second, groups)
    places, listed = np.empty(len(words), np.int32), np.zeros(rows + 1, np.int64)
    for n in range(rows):  # where numbers stand
        used = _u64(listed[n])
        for k in range(counts[n]):
            places[used] = k
            used += words[starts[n] + k] >> _u64(1) & _u64(1)
        listed[n + 1] = used
    longest = _i64(2)
    for n in range(rows):
        longest = max(longest, counts[n])
    hashes = np.empty(longest + 2, np.uint64)
    room = _i64(_mask(most)) + 1
    # Of runs of ``size`` words, then of phrases: number a slot, value a number, text or pair that a
    # number was met in last, numbers of texts, up to where, whether a text has them.
    slots, stamps = np.empty((2, room), np.int32), np.full((2, room), -1, np.int32)
    value_of = np.empty((2, most + 2), np.uint64)
    seen, noted = np.full(most + 2, -1, np.int32), np.full((2, most + 2), -1, np.int32)
    ids = np.empty((2, len(words) + rows + 1), np.int32)
    ends, has = np.zeros((2, rows), np.int64), np.zeros((2, rows), np.bool_)
    scratch_table, scratch_stamps = scratch(longest)
    own = np.zeros((2, longest + PHRASE), np.bool_)
    none = np.zeros((2, longest + PHRASE), np.bool_)
    total = np.empty((2, longest + PHRASE), np.int32)
    many = np.zeros(2, np.int64)
    mask = _u64(0)
    group = last = stamp = mark = _i64(-1)
    for n in range(len(first)):
        a, b, to = first[n], second[n], some[n]
        if groups[n] != group:
            group, mask, stamp = groups[n], _mask(sizes[n]), n
            many[0] = many[1] = 0
        for text in (a, b):
            if not has[0, text]:
                has[0, text] = True
                begin = starts[text] + text
                runs = _runs(words[starts[text] : starts[text + 1]], size, hashes)
                its = ids[0, begin : begin + runs]
                many[0] = _numbered(
                    hashes[:runs], value_of[0], many[0], mask, slots[0], stamps[0], stamp, its
                )
                ends[0, text] = begin + _different(its, seen, text)
        if a != last:
            last = a
            for number in ids[0, starts[a] + a : ends[0, a]]:
                noted[0, _u64(number)] = n
            mark = n
        both = _i64(0)
        for number in ids[0, starts[b] + b : ends[0, b]]:
            both += _i64(noted[0, _u64(number)] == mark)
        one, two = ends[0, a] - starts[a] - a, ends[0, b] - starts[b] - b
        either = one + two - both
        similarity[to] = both / either if either else 1.0
        inside[0, to], inside[1, to] = both / max(one, 1), both / max(two, 1)
        wider[to] = _phrases(counts[a]) > _phrases(counts[b])
        told[to], common[to] = NO_PART, 0
        spans[to, :] = -1.0
        sides[to, 0], sides[to, 1], sides[to, 2], sides[to, 3] = 0.0, np.inf, 0.0, np.inf
        sides[to, 4] = sides[to, 5] = 0.0
        asked[to] = copied[n] and uneven[n] and max(inside[0, to], inside[1, to]) >= least
        if not asked[to]:
            if copied[n]:
                sides[to, 4], sides[to, 5] = numbers(
                    words[starts[a] : starts[a + 1]], words[starts[b] : starts[b + 1]],
                    places[listed[a] : listed[a + 1]], places[listed[b] : listed[b + 1]],
                    none, scratch_table, scratch_stamps, 4 * n + 3,
                )  # fmt: skip
            continue
        for text in (a, b):
            here = slice(starts[text], starts[text + 1])
            if not has[1, text]:
                has[1, text] = True
                begin = starts[text] + text
                runs = _runs(words[here], PHRASE, hashes)
                ends[1, text] = begin + runs
                many[1] = _numbered(
                    hashes[:runs], value_of[1], many[1], mask, slots[1], stamps[1], stamp,
                    ids[1, begin : begin + runs],
                )  # fmt: skip
        turned = _phrases(counts[a]) > _phrases(counts[b])
        if turned:
            a, b = b, a
        here, there = slice(starts[a], starts[a + 1]), slice(starts[b], starts[b + 1])
        told[to], common[to] = part(
            ids[1, starts[a] + a : ends[1, a]], ids[1, starts[b] + b : ends[1, b]],
            words[here], words[there],
            places[listed[a] : listed[a + 1]], places[listed[b] : listed[b + 1]],
            turned, known, weights, noted[1], total, own, scratch_table, scratch_stamps,
            n, spans[to], sides[to],
        )  # fmt: skip


@compiled
def _phrases(count):
    """The number of phrases of a text with so many words."""
    return count - PHRASE + 1 if count >= PHRASE else min(count, 1)
