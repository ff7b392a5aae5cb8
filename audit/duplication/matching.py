"""What was done to the words of one text to give another: compiled loops.

Words come as numbers. Between the runs that two texts share (``runs``) the words are compared one
by one, as difflib does (Ratcliff and Metzener 1988). A block is a row: where it starts in ``a``,
where in ``b``, its words.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.runs import before, blocks_of

SEED = 5  # words a run must share to be seen without neighbours
AREA = 250_000  # gaps with more pairs of words than this are seeded again, not compared
EDITED = 3  # words at most between what adjoins a moved run and the next words it shares
BOTH, LEFT, RIGHT = 0, 1, 2  # the sides of a gap that are held to be in order
EQUAL, REPLACE, INSERT, DELETE = 0, 1, 2, 3
_i32, _i64 = np.int32, np.int64


@compiled
def _longest(a, b, i, i2, j, j2, row):
    """The longest run of words in both, the first in a, then in b, of those as long."""
    start, other, best = i, j, _i64(0)
    row[j:j2] = 0
    for x in range(i, i2):
        left = _i32(0)
        for y in range(j, j2):
            up = row[y]
            if a[x] == b[y]:
                row[y] = left + 1
                if left + 1 > best:
                    best = _i64(left + 1)
                    start, other = x - left, y - left
            else:
                row[y] = 0
            left = up
    return start, other, best


@compiled
def _matches(a, b):
    """The blocks that difflib finds: the longest run, then what is before it and behind."""
    most = min(len(a), len(b))
    found = np.empty((most, 3), np.int64)
    waiting = np.empty((most + 2, 4), np.int64)
    row = np.empty(len(b), np.int32)
    waiting[0, 0], waiting[0, 1], waiting[0, 2], waiting[0, 3] = 0, len(a), 0, len(b)
    depth, used = 1, 0
    while depth:
        depth -= 1
        i, i2, j, j2 = waiting[depth]
        start, other, size = _longest(a, b, i, i2, j, j2, row)
        if not size:
            continue
        found[used, 0], found[used, 1], found[used, 2] = start, other, size
        used += 1
        if i < start and j < other:
            waiting[depth, 0], waiting[depth, 1] = i, start
            waiting[depth, 2], waiting[depth, 3] = j, other
            depth += 1
        if start + size < i2 and other + size < j2:
            waiting[depth, 0], waiting[depth, 1] = start + size, i2
            waiting[depth, 2], waiting[depth, 3] = other + size, j2
            depth += 1
    found = found[:used]
    found = found[np.argsort(found[:, 0], kind="mergesort")]
    kept = 0
    for n in range(1, used):
        i, j, size = found[n]
        if found[kept, 0] + found[kept, 2] == i and found[kept, 1] + found[kept, 2] == j:
            found[kept, 2] += size
        else:
            kept += 1
            found[kept, 0], found[kept, 1], found[kept, 2] = i, j, size
    return found[: min(used, kept + 1)]


@compiled
def _chain_only(blocks):
    kept = np.zeros(len(blocks), np.bool_)
    end = _i64(0)
    for n in range(len(blocks)):
        if blocks[n, 1] >= end:
            kept[n] = True
            end = blocks[n, 1] + blocks[n, 2]
    return blocks[kept]


@compiled
def _near(matches, side, size_a, size_b):
    """Those matches that adjoin the anchored side of a gap, a few edited words between."""
    if side == LEFT:
        i = j = _i64(0)
        for n in range(len(matches)):
            x, y, size = matches[n]
            if x - i > EDITED or y - j > EDITED:
                return matches[:n]
            i, j = x + size, y + size
        return matches
    i, j = size_a, size_b
    for n in range(len(matches) - 1, -1, -1):
        x, y, size = matches[n]
        if i - x - size > EDITED or j - y - size > EDITED:
            return matches[n + 1 :]
        i, j = x, y
    return matches


@compiled
def _compared(a, b, i, i2, j, j2, side, free):
    """The words that two gaps have in common, as blocks; ``free`` words of b are in none yet."""
    while j < j2 and not free[j]:
        j += 1
    while j2 > j and not free[j2 - 1]:
        j2 -= 1
    none = np.empty((0, 3), np.int64)
    if i >= i2 or j >= j2:
        return none
    for y in range(j, j2):
        if not free[y]:
            return none
    if (i2 - i) * (j2 - j) > AREA:
        if side != BOTH:
            return none
        matches = _chain_only(blocks_of(a[i:i2], b[j:j2], 2))
    else:
        matches = _matches(a[i:i2], b[j:j2])
    if side != BOTH:
        matches = _near(matches, side, i2 - i, j2 - j)
    found = matches.copy()
    for n in range(len(found)):
        found[n, 0] += i
        found[n, 1] += j
        for y in range(found[n, 1], found[n, 1] + found[n, 2]):
            free[y] = False
    return found


@compiled
def _added(found, used, more):
    if used + len(more) > len(found):
        wider = np.empty((2 * len(found) + len(more), 3), np.int64)
        wider[:used] = found[:used]
        found = wider
    found[used : used + len(more)] = more
    return found, used + len(more)


@compiled
def _filled(a, b, blocks):
    """The blocks with the words that neighbours enclose, or that adjoin a moved run."""
    count = len(blocks)
    starts, ends = np.sort(blocks[:, 1]), np.sort(blocks[:, 1] + blocks[:, 2])
    free = np.ones(len(b), np.bool_)
    for n in range(count):
        for y in range(blocks[n, 1], blocks[n, 1] + blocks[n, 2]):
            free[y] = False
    found = np.empty((2 * count + 16, 3), np.int64)
    found[:count] = blocks
    used = count
    i, j = _i64(0), _i64(0)
    for n in range(count + 1):
        i2, right = _i64(len(a)), _i64(len(b))
        if n < count:
            i2, right = blocks[n, 0], blocks[n, 1]
        if i < i2:
            at = before(starts, count, j)
            after = starts[at] if at < count else _i64(len(b))
            if after == right:
                more = _compared(a, b, i, i2, j, after, BOTH, free)
                found, used = _added(found, used, more)
            else:
                more = _compared(a, b, i, i2, j, after, LEFT, free)
                found, used = _added(found, used, more)
                first = i
                if len(more):
                    first = more[-1, 0] + more[-1, 2]
                at = before(ends, count, right + 1) - 1
                from_ = ends[at] if at >= 0 else _i64(0)
                more = _compared(a, b, first, i2, from_, right, RIGHT, free)
                found, used = _added(found, used, more)
        if n < count:
            i, j = blocks[n, 0] + blocks[n, 2], blocks[n, 1] + blocks[n, 2]
    found = found[:used]
    return found[np.argsort(found[:, 0], kind="mergesort")]


@compiled
def _ends(a, b):
    """What two texts begin and end with, where they have no seed in common."""
    size = min(len(a), len(b))
    head = _i64(0)
    while head < size and a[head] == b[head]:
        head += 1
    tail = _i64(0)
    while tail < size - head and a[len(a) - 1 - tail] == b[len(b) - 1 - tail]:
        tail += 1
    found = np.empty((2, 3), np.int64)
    found[0, 0], found[0, 1], found[0, 2] = 0, 0, head
    found[1, 0], found[1, 1], found[1, 2] = len(a) - tail, len(b) - tail, tail
    return found[found[:, 2] > 0]


@compiled
def operations(a, b):
    """The alignment in words: rows of what was done, and its start and end in a and in b."""
    blocks = blocks_of(a, b, SEED if min(len(a), len(b)) >= 4 * SEED else 2)
    if not len(blocks):
        blocks = _ends(a, b)
    blocks = _filled(a, b, blocks)
    count = len(blocks)
    order = np.argsort(blocks[:, 1], kind="mergesort")
    rank = np.empty(count + 1, np.int64)
    rank[count] = count
    gaps = np.empty((count + 1, 2), np.int64)  # between the blocks in order of b
    start = _i64(0)
    for n in range(count):
        block = order[n]
        rank[block] = n
        gaps[n, 0], gaps[n, 1] = start, blocks[block, 1]
        start = blocks[block, 1] + blocks[block, 2]
    gaps[count, 0], gaps[count, 1] = start, len(b)
    inserted = np.zeros(count + 1, np.bool_)
    ops = np.empty((3 * count + 3, 5), np.int64)
    used = 0
    at, last = _i64(0), _i64(-1)
    for n in range(count + 1):
        start = blocks[n, 0] if n < count else _i64(len(a))
        here = rank[n]
        low = high = _i64(0)
        if here == last + 1:
            low, high = gaps[here]
        if high > low:
            inserted[here] = True
            ops[used, 0] = REPLACE if start > at else INSERT
            ops[used, 1], ops[used, 2], ops[used, 3], ops[used, 4] = at, start, low, high
            used += 1
        elif start > at:
            place = gaps[last + 1, 0] if last >= 0 else _i64(0)
            ops[used, 0] = DELETE
            ops[used, 1], ops[used, 2], ops[used, 3], ops[used, 4] = at, start, place, place
            used += 1
        if n < count:
            size = blocks[n, 2]
            ops[used, 0] = EQUAL
            ops[used, 1], ops[used, 2] = start, start + size
            ops[used, 3], ops[used, 4] = blocks[n, 1], blocks[n, 1] + size
            used += 1
            at, last = start + size, here
    for n in range(count + 1):
        low, high = gaps[n]
        if high > low and not inserted[n]:
            place = _i64(0)
            if n:
                place = blocks[order[n - 1], 0] + blocks[order[n - 1], 2]
            ops[used, 0] = INSERT
            ops[used, 1], ops[used, 2], ops[used, 3], ops[used, 4] = place, place, low, high
            used += 1
    return ops[:used]
