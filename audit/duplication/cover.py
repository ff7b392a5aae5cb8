"""Which words of a text stand in another, and what that makes of the two: compiled loops.

Phrases, runs of a few words, come as numbers (``looking``).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.ties import numbers, tied

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
def _cover(phrases, noted, stamp, out):
    """The running count of words that stand in a phrase that is noted; returns the words."""
    words = len(phrases) + PHRASE - 1
    reach = _i64(0)
    out[0] = 0
    for n in range(words):
        if n < len(phrases) and noted[_u64(phrases[n])] == stamp:
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
        if 2 * (total[end] - total[end - width]) > width:
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
    most = BARE * words  # with more shared words before it than that no place may be one
    for n in range(1, words + 1):
        if total[n] > most:
            break
        if total[n] <= BARE * n:
            start = n
    for n in range(1, words + 1):
        if total[words] - total[words - n] > most:
            break
        if total[words] - total[words - n] <= BARE * n:
            end = words - n
    while start > 0 and total[start] > total[start - 1]:
        start -= 1
    while end < words and total[end + 1] > total[end]:
        end += 1
    return start, end


@compiled
def part(
    short, long, one, two, places, its_places, turned, known, weights, noted, total, own, table,
    stamps, pair, spans, sides,
):  # fmt: skip
    """Whether two texts share a part only, from their phrases in order, those of the text with less
    of them first: numbers that are the same where the phrases are.

    Returns one of ``NO_PART``, ``PARTIAL``, ``BOILERPLATE``; and, where each has a stretch of its
    own, which an edited copy does not have, for its edits lie scattered, the number of words
    shared, which tells a part of a story from boilerplate as long as nobody else is known to hold
    it; else 0. Partial also where one puts text of its own before the other's, unless that goes
    with it: then the other is cut. ``spans`` gets where in the longer one the shared text starts
    and ends, as shares of it, if the shorter one is wholly in it and there is much around it, else
    -1; then where in it anything is shared, stray phrases at its ends aside. ``sides`` gets for
    each text, first the longer one where they are ``turned``, how many words it has of its own and
    how far they go with the rest (``ties.tied``), then what numbers the two have in common
    (``ties.numbers``), which ``one`` and ``two``, the words of both, and the next four are for.
    ``pair`` is another number for each pair of texts; the rest is scratch.
    """
    for phrase in short:
        noted[_u64(phrase)] = 2 * pair
    size = _cover(long, noted, 2 * pair, total[1])
    for phrase in long:
        noted[_u64(phrase)] = 2 * pair + 1
    many = _cover(short, noted, 2 * pair + 1, total[0])
    stamp = 4 * pair
    left, right = (2, 0) if turned else (0, 2)
    sides[left], sides[left + 1] = tied(one, known, weights, total[0], own[0], table, stamps, stamp)
    sides[right], sides[right + 1] = tied(
        two, known, weights, total[1], own[1], table, stamps, stamp + 1
    )
    sides[4], sides[5] = numbers(one, two, places, its_places, own, table, stamps, stamp + 2)
    start, end = _edges(total[1], size)
    spans[2], spans[3] = start / size, end / size
    shared = _i64(total[0, many])
    if _bare(total[0], many) and _bare(total[1], size):
        return PARTIAL if shared >= STORY_WORDS else BOILERPLATE, shared
    ahead, behind = _outside(total[1], size)
    around = ahead + behind
    if shared / many >= WHOLLY and around >= max(BEHIND, AROUND * size):
        inside = total[1, size - behind] - total[1, ahead]
        if inside / (size - around) >= DENSE:
            spans[0] = ahead / size
            spans[1] = 1 - behind / size
    its = sides[right + 1]
    if ahead >= BEHIND and ahead >= BEHIND_SHARE * size and not GOING <= its < np.inf:
        if sides[left] >= AROUND * many and sides[right] >= AROUND * size:
            return PARTIAL, shared
        return PARTIAL, _i64(0)
    return NO_PART, _i64(0)
