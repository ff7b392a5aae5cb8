"""The runs of words that two texts share, in order and moved: compiled loops.

Words come as numbers. Runs are found on seeds of a few words that are rare in both texts; the
heaviest chain of them that is in order is kept, with long runs that moved elsewhere. A block is a
row: where it starts in ``a``, where in ``b``, its words.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled

MOVED = 8  # words a run must have to be believed out of order
REPEATED = 8  # a seed that occurs more often in either text is no seed
_u64, _i64 = np.uint64, np.int64
_PLACE = np.int64(0xFFFFFFFF)


@compiled
def _grams(ids, size):
    """A hash of every run of ``size`` words."""
    mixed = np.empty(len(ids), np.uint64)
    for n in range(len(ids)):
        value = (_u64(ids[n]) + _u64(1)) * _u64(0x9E3779B97F4A7C15)
        mixed[n] = value ^ (value >> _u64(29))
    found = np.empty(len(ids) - size + 1, np.uint64)
    for n in range(len(found)):
        value = _u64(0)
        for k in range(size):
            value = value * _u64(0xBF58476D1CE4E5B9) + mixed[n + k]
            value ^= value >> _u64(31)
        found[n] = value
    return found


@compiled
def _meetings(a, b, size):
    """All places where a rare value of ``a`` stands in ``b``, as one number each, ascending: how
    far ahead of that it is, plus ``size``, then its place in ``a`` in 32 bits.
    """
    room = _i64(64)
    while room < 2 * len(b):
        room *= 2
    mask = _u64(room - 1)
    slots = np.full(room, -1, np.int32)  # the first place in b of the value that hashes there
    following = np.full(len(b), -1, np.int32)  # the next place of the same value
    in_a, in_b = np.zeros(len(b), np.uint8), np.zeros(len(b), np.uint8)  # of the value, by place
    for n in range(len(b) - 1, -1, -1):
        at = (b[n] * _u64(0x9E3779B97F4A7C15) >> _u64(20)) & mask
        while slots[at] >= 0 and b[slots[at]] != b[n]:
            at = (at + _u64(1)) & mask
        if slots[at] >= 0:
            following[n] = slots[at]
            in_b[n] = min(in_b[slots[at]] + 1, REPEATED + 1)
        else:
            in_b[n] = 1
        slots[at] = n
    heads = np.empty(len(a), np.int32)
    for n in range(len(a)):
        at = (a[n] * _u64(0x9E3779B97F4A7C15) >> _u64(20)) & mask
        while slots[at] >= 0 and b[slots[at]] != a[n]:
            at = (at + _u64(1)) & mask
        head = slots[at]
        heads[n] = head
        if head >= 0:
            in_a[head] = min(in_a[head] + 1, REPEATED + 1)
    many = _i64(0)
    for n in range(len(a)):
        head = heads[n]
        if head >= 0:
            if in_a[head] > REPEATED or in_b[head] > REPEATED:
                heads[n] = -1
            else:
                many += in_b[head]
    met = np.empty(many, np.int64)
    used = 0
    for n in range(len(a)):
        place = heads[n]
        while place >= 0:
            met[used] = (_i64(n - place + size) << 32) + n
            used += 1
            place = following[place]
    return met[np.argsort(met, kind="mergesort")]


@compiled
def _longest_first(met, size, seed):
    """The runs that meetings make, the longest first, then by their places in a and b."""
    count = _i64(0)
    for n in range(len(met)):
        count += n == 0 or met[n] - met[n - 1] != 1
    runs = np.empty((count, 3), np.int64)
    order = np.empty(count, np.int64)
    at = _i64(-1)
    for n in range(len(met)):
        if n == 0 or met[n] - met[n - 1] != 1:
            at += 1
            runs[at, 0] = met[n] & _PLACE
            runs[at, 1] = runs[at, 0] - ((met[n] >> 32) - size)
            runs[at, 2] = seed - 1
        runs[at, 2] += 1
    for n in range(count):  # turned round: of runs that begin at one place in a, the last is
        last = count - 1 - n  # the first in b
        order[n] = ((_PLACE >> 1) - runs[last, 2] << 32) + runs[last, 0]
    return runs[count - 1 - np.argsort(order, kind="mergesort")]


@compiled
def _tiles(runs, size_a, size_b, least):
    """The longest runs first, each cut back to the longest of what is still free on both sides."""
    used_a, used_b = np.zeros(size_a, np.bool_), np.zeros(size_b, np.bool_)
    tiles = np.empty_like(runs)
    used = 0
    for n in range(len(runs)):
        i, j, size = runs[n]
        start, best, free = _i64(0), _i64(0), _i64(0)
        for k in range(size):
            if used_a[i + k] or used_b[j + k]:
                free = 0
                continue
            free += 1
            if free > best:
                start, best = k + 1 - free, free
        if best < least:
            continue
        for k in range(start, start + best):
            used_a[i + k] = True
            used_b[j + k] = True
        tiles[used, 0], tiles[used, 1], tiles[used, 2] = i + start, j + start, best
        used += 1
    found = tiles[:used]
    return found[np.argsort(found[:, 0], kind="mergesort")]


@compiled
def before(values, count, value):
    """How many of the first ascending values are less than a value."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _in_order(blocks):
    """The heaviest chain that is in order in both texts, and long runs out of order."""
    count = len(blocks)
    ends = np.empty(count + 1, np.int64)  # chain ends in b, ascending, with ascending weights
    weights = np.empty(count + 1, np.int64)
    tails = np.empty(count + 1, np.int64)
    back = np.full(count, -1, np.int64)
    used = 0
    for n in range(count):
        size = blocks[n, 2]
        k = before(ends, used, blocks[n, 1] + 1) - 1
        weight = size
        if k >= 0:
            weight += weights[k]
            back[n] = tails[k]
        end = blocks[n, 1] + size
        k = before(ends, used, end)
        if k and weights[k - 1] >= weight:
            continue
        stop = k
        while stop < used and weights[stop] <= weight:
            stop += 1
        if stop == k:
            for at in range(used, k, -1):
                ends[at], weights[at], tails[at] = ends[at - 1], weights[at - 1], tails[at - 1]
            used += 1
        elif stop > k + 1:
            gone = stop - k - 1
            for at in range(stop, used):
                ends[at - gone] = ends[at]
                weights[at - gone] = weights[at]
                tails[at - gone] = tails[at]
            used -= gone
        ends[k], weights[k], tails[k] = end, weight, n
    kept = blocks[:, 2] >= MOVED
    at = tails[used - 1] if used else _i64(-1)
    while at >= 0:
        kept[at] = True
        at = back[at]
    return blocks[kept]


@compiled
def blocks_of(a, b, seed):
    """Shared runs of at least ``seed`` words that do not overlap, in order of ``a``."""
    if len(a) < seed or len(b) < seed:
        return np.empty((0, 3), np.int64)
    met = _meetings(_grams(a, seed), _grams(b, seed), len(b))
    return _in_order(_tiles(_longest_first(met, len(b), seed), len(a), len(b), seed))
