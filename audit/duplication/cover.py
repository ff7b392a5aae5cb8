"""Which words of a text stand in another, and what that makes of the two: compiled loops.

They work on hashed runs of words of many texts, one text after the other.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.ties import numbers, scratch, tied

PHRASE = 3  # words of a phrase: short ones survive many edits
STRETCH = 0.25  # share of a text, and the least number of words, that make a stretch of it
STRETCH_WORDS = 20
BARE = 0.05  # share of a stretch covered by shared phrases below which it is the text's own
STORY_WORDS = 50  # words that two texts share and nobody else has: from here a part of a story
BEHIND = 50  # words of its own that a text may put before another's, with
BEHIND_SHARE = 0.1  # the share of it that they make
GOING = 0.009  # how far (``ties.tied``) a story's own words go with the rest: 19 in 20 do
WHOLLY = 0.6  # share of a text's words in phrases of another from which it is wholly in it
DENSE = 0.85  # share of the words of a passage that are shared, where it is no heavy edit
AROUND = 0.15  # share of a text around what it shares that may tell of a round-up
NO_PART, PARTIAL, BOILERPLATE = 0, 1, 2
_u64, _i64 = np.uint64, np.int64


@compiled
def _enter(values, mask, table, stamps, stamp):
    for value in values:
        at = value & mask  # unsigned: looked up without a test
        while stamps[at] == stamp and table[at] != value:
            at = (at + _u64(1)) & mask
        table[at] = value
        stamps[at] = stamp


@compiled
def _cover(values, mask, table, stamps, stamp, out):
    """The running count of words that stand in a phrase which the table has; returns the words."""
    words = len(values) + PHRASE - 1
    reach = _i64(0)
    out[0] = 0
    for n in range(words):
        if n < len(values):
            at = values[n] & mask
            while stamps[at] == stamp and table[at] != values[n]:
                at = (at + _u64(1)) & mask
            if stamps[at] == stamp:
                reach = n + PHRASE
        out[n + 1] = out[n] + _i64(n < reach)
    return words


@compiled
def _bare(total, words):
    """Whether a text has a stretch of its own: a single phrase in it may be chance."""
    width = min(words, max(STRETCH_WORDS, _i64(words * STRETCH)))
    least = total[words]
    for end in range(width, words + 1):
        least = min(least, total[end] - total[end - width])
    return least / width < max(BARE, (PHRASE + 0.5) / width)


@compiled
def _outside(total, words):
    """How many words stand before the shared part begins, and how many behind its end."""
    width = min(words, STRETCH_WORDS)
    first, last = _i64(-1), _i64(-1)
    for end in range(width, words + 1):
        if (total[end] - total[end - width]) / width > 0.5:
            last = end - width
            if first < 0:
                first = last
    if first < 0:
        return _i64(0), _i64(0)
    return first, words - last - width


@compiled
def _edges(total, words):
    """Between which words a text shares anything, stray phrases at its ends aside."""
    start, end = _i64(0), words
    for n in range(1, words + 1):
        if total[n] <= BARE * n:
            start = n
        if total[words] - total[words - n] <= BARE * n:
            end = words - n
    while start > 0 and total[start] > total[start - 1]:
        start -= 1
    while end < words and total[end + 1] > total[end]:
        end += 1
    return start, end


@compiled
def parts(phrases, offsets, words, telling, starts, first, second, told, common, spans, sides):
    """Whether the texts of each pair share a part only, from their phrases in order.

    ``told`` gets one of ``NO_PART``, ``PARTIAL``, ``BOILERPLATE``. Where each has a stretch of
    its own, which an edited copy does not have, for its edits lie scattered, ``common`` gets the
    number of words shared, which tells a part of a story from boilerplate as long as nobody else
    is known to hold it; else it is 0. Partial also where one puts text of its own before the
    other's, unless that goes with it: then the other is cut. ``spans`` gets where in the longer one
    the shared text starts and ends, as shares of it, if the shorter one is wholly in it and there
    is much around it, else -1; then where in it anything is shared, stray phrases at its ends
    aside. ``sides`` gets for the first and then for the second text how many words it has of its
    own and how far they go with the rest
    (``ties.tied``), then what numbers the two have in common (``ties.numbers``).
    """
    table, stamps = scratch(offsets)
    most = len(stamps[0]) // 2 + PHRASE
    own = np.empty((2, most), np.bool_)
    total = np.empty((2, most), np.int32)
    for n in range(len(first)):
        a, b = first[n], second[n]
        turned = offsets[a + 1] - offsets[a] > offsets[b + 1] - offsets[b]
        if turned:
            a, b = b, a
        short, long = phrases[offsets[a] : offsets[a + 1]], phrases[offsets[b] : offsets[b + 1]]
        mask = _i64(63)
        while mask + 1 < 2 * len(long):
            mask = 2 * mask + 1
        stamp = 4 * n
        bits = _u64(mask)
        _enter(short, bits, table[0], stamps[0], stamp)
        _enter(long, bits, table[1], stamps[1], stamp)
        many = _cover(short, bits, table[1], stamps[1], stamp, total[0])
        size = _cover(long, bits, table[0], stamps[0], stamp, total[1])
        here, there = slice(starts[a], starts[a + 1]), slice(starts[b], starts[b + 1])
        one, two = words[here], words[there]
        left, right = (2, 0) if turned else (0, 2)
        sides[n, left], sides[n, left + 1] = tied(
            one, telling[here], total[0], own[0], table, stamps, stamp + 1
        )
        sides[n, right], sides[n, right + 1] = tied(
            two, telling[there], total[1], own[1], table, stamps, stamp + 2
        )
        sides[n, 4], sides[n, 5] = numbers(one, two, own, table, stamps, stamp + 3)
        told[n], common[n] = NO_PART, 0
        spans[n, 0] = spans[n, 1] = -1.0
        start, end = _edges(total[1], size)
        spans[n, 2], spans[n, 3] = start / size, end / size
        shared = total[0, many]
        if _bare(total[0], many) and _bare(total[1], size):
            told[n] = PARTIAL if shared >= STORY_WORDS else BOILERPLATE
            common[n] = shared
            continue
        ahead, behind = _outside(total[1], size)
        around = ahead + behind
        if shared / many >= WHOLLY and around >= max(BEHIND, AROUND * size):
            inside = total[1, size - behind] - total[1, ahead]
            if inside / (size - around) >= DENSE:
                spans[n, 0] = ahead / size
                spans[n, 1] = 1 - behind / size
        its = sides[n, right + 1]
        if ahead >= BEHIND and ahead >= BEHIND_SHARE * size and not GOING <= its < np.inf:
            told[n] = PARTIAL
            if sides[n, left] >= AROUND * many and sides[n, right] >= AROUND * size:
                common[n] = shared
