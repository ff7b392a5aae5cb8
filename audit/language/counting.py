"""The compiled loops of the translation models: tokens, strings, and how often each occurs."""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from audit.characters import DIGIT, LETTER, SPACE
from audit.compiled import compiled

_STOP, _COMMA, _COLON, _HYPHEN, _APOSTROPHE = map(ord, ".,:-'")
_STOPS = tuple(map(ord, ".,:!?;"))


@compiled
def tokens(points, kinds):
    """The starts and ends (int64) of words of letters, numbers and stops.

    Of a number only the first digit: all numbers are one word.
    """
    starts = np.empty(len(points), np.int64)
    ends = np.empty_like(starts)
    size = len(points)
    found = at = 0
    while at < size:
        point = points[at]
        kind = kinds[point]
        if kind & LETTER:
            starts[found] = at
            at += 1
            while at < size and (
                kinds[points[at]] & LETTER
                or (
                    (points[at] == _APOSTROPHE or points[at] == _HYPHEN)
                    and at + 1 < size
                    and kinds[points[at - 1]] & LETTER
                    and kinds[points[at + 1]] & LETTER
                )
            ):
                at += 1
            ends[found] = at
        elif kind & DIGIT:
            starts[found] = at
            ends[found] = at + 1
            at += 1
            while at < size and (
                kinds[points[at]] & DIGIT
                or points[at] == _STOP
                or points[at] == _COMMA
                or points[at] == _COLON
            ):
                at += 1
        elif point in _STOPS:
            starts[found] = at
            at += 1
            ends[found] = at
        else:
            at += 1
            continue
        found += 1
    return starts[:found], ends[:found]


@compiled
def runs(ordered):
    """The different values of an ordered array (int64), and how often each occurs (int64)."""
    values = np.empty(len(ordered), np.int64)
    counts = np.empty(len(ordered), np.int64)
    found = -1
    for at in range(len(ordered)):
        if found < 0 or ordered[at] != values[found]:
            found += 1
            values[found] = ordered[at]
            counts[found] = 0
        counts[found] += 1
    return values[: found + 1], counts[: found + 1]


@compiled
def parted(codes, numbers):
    """The fields of ``hashed.Read`` from codes by number."""
    size = len(numbers)
    hashes = np.empty(size, np.uint64)
    lower, plain, odd = np.empty(size, np.bool_), np.empty(size, np.bool_), np.empty(size, np.bool_)
    article, sound = np.empty(size, np.int64), np.empty(size, np.int64)
    for at in range(size):
        code = codes[numbers[at]]
        hashes[at] = code & 0xFFFFFFFF
        lower[at] = code >> 32 & 1
        plain[at] = code >> 33 & 1
        odd[at] = code >> 34 & 1
        article[at] = code >> 35 & 3
        sound[at] = code >> 37 & 3
    return hashes, lower, plain, odd, article, sound


@compiled
def occurrences(points, kinds, letters, bounds, by_first):
    """How often each string occurs, as ``str.count`` tells, white space as single spaces.

    letters: the code points of all strings; bounds: where each begins, and the end of the last;
    by_first: of code points below 256 the first string that begins so and the one after the last,
    strings being ordered by their first; what begins with another character comes last.
    """
    line = np.empty(len(points), np.uint32)
    size = 0
    for point in points:
        if not kinds[point] & SPACE:
            line[size] = point
            size += 1
        elif size and line[size - 1] != 32:
            line[size] = 32
            size += 1
    if size and line[size - 1] == 32:
        size -= 1
    strings = len(bounds) - 1
    wide = by_first[255, 1]
    counts = np.zeros(strings, np.int64)
    free = np.zeros(strings, np.int64)  # from where on the next one may begin
    for at in range(size):
        point = line[at]
        first, last = (by_first[point, 0], by_first[point, 1]) if point < 256 else (wide, strings)
        for string in range(first, last):
            begin, length = bounds[string], bounds[string + 1] - bounds[string]
            if at < free[string] or at + length > size:
                continue
            here = 0
            while here < length and line[at + here] == letters[begin + here]:
                here += 1
            if here == length:
                counts[string] += 1
                free[string] = at + length
    return counts
