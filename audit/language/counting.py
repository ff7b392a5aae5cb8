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
def occurrences(points, kinds, symbol_of, moves, met, strings, lengths):
    """How often each string occurs, as ``str.count`` tells, white space as single spaces.

    symbol_of: the symbols of code points, as far as strings have one, 0 for none, 1 for a space;
    moves, met, strings: the automaton of ``audit.language.automaton``.
    """
    counts = np.zeros(len(lengths), np.int64)
    free = np.zeros(len(lengths), np.int64)  # from where on the next one may begin
    size = state = 0
    space = False
    for point in points:
        if kinds[point] & SPACE:
            space = size > 0
            continue
        symbol = symbol_of[point] if point < len(symbol_of) else 0
        for one in (1, symbol) if space else (symbol, -1):
            if one < 0:
                break
            size += 1
            state = moves[state, one]
            for place in range(met[state], met[state + 1]):
                string = strings[place]
                if size - lengths[string] >= free[string]:
                    counts[string] += 1
                    free[string] = size
        space = False
    return counts
