"""The compiled loop that cuts a text into what could be a foreign passage: one pass, no way back.

Pieces are sentences and lines, then quotations. Those with two words of English grammar in a row
of words are known as such, so that an English text is hardly read again.
``tests/language/test_foreign.py`` holds the loop equal to patterns.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from audit.characters import DIGIT, LETTER, SPACE
from audit.compiled import compiled

_FIRST = "the of and to that was with by from has have which for is".split()
_SECOND = [*_FIRST, *"in at be are been his their".split()]
_LONGEST = 5  # letters of the longest of these
_LOW, _LINE = ord("_"), ord("\n")
_A, _Z = ord("a"), ord("z")
_STOPS = tuple(map(ord, ".!?…"))
_WIDE = tuple(map(ord, "。！？"))
_CLOSING = tuple(map(ord, "\"'”’»)]"))
_CORNERS = tuple(map(ord, "」』"))
_OPENS = tuple(map(ord, '"“„«”'))
_CLOSES = tuple(map(ord, '"”“»'))
_MARKS = tuple(map(ord, '"“”„«»\n'))
_SHORTEST_QUOTED, _LONGEST_QUOTED = 24, 600  # characters


def _table() -> np.ndarray:
    """The words in an open-addressing table (uint64): their letters, and how they may stand."""
    table = np.zeros((128, 2), np.uint64)
    for word in _SECOND:
        packed = int.from_bytes(word.encode(), "big")
        at = packed % 127
        while table[at, 0]:
            at = (at + 1) % 128
        table[at] = packed, 3 if word in _FIRST else 2
    return table


WORDS = _table()


@compiled
def _english(points, kinds, words, start, end):
    """Whether a word of the first kind stands before one of the second, on one line."""
    armed = False
    at = start
    while at < end:
        point = points[at]
        if not (kinds[point] & (LETTER | DIGIT) or point == _LOW):
            armed &= point != _LINE
            at += 1
            continue
        first = at
        packed = np.uint64(0)
        small = at == 0 or not (kinds[points[at - 1]] & (LETTER | DIGIT) or points[at - 1] == _LOW)
        while at < end:
            point = points[at]
            if _A <= point <= _Z:
                packed = packed << np.uint64(8) | np.uint64(point)
            elif kinds[point] & (LETTER | DIGIT) or point == _LOW:
                small = False
            else:
                break
            at += 1
        if not small or at - first > _LONGEST:
            continue
        slot = np.int64(packed % np.uint64(127))
        while words[slot, 0] and words[slot, 0] != packed:
            slot = (slot + 1) % 128
        if words[slot, 0]:
            if armed:
                return True
            armed = words[slot, 1] & np.uint64(1) != 0
    return False


@compiled
def pieces(points, kinds, words, shortest, english):
    """The starts and ends (int64) of sentences, lines and quotations of ``shortest`` characters.

    Where ``english``, those that are surely English are left out.
    """
    size = len(points)
    spans = np.empty((size // shortest + size // _SHORTEST_QUOTED + 2, 2), np.int64)
    count = at = begin = 0
    while at < size:
        point = points[at]
        end = after = -1
        if point in _STOPS:
            close = at + 1
            while close < size and points[close] in _CLOSING:
                close += 1
            after = close
            while after < size and kinds[points[after]] & SPACE:
                after += 1
            if after > close and after < size and not _A <= points[after] <= _Z:
                end = close
        elif point == _LINE:
            end, after = at, at + 1
            while after < size and points[after] == _LINE:
                after += 1
        elif point in _WIDE:
            after = at + 1
            while after < size and points[after] in _WIDE:
                after += 1
            if after < size and points[after] in _CORNERS:
                after += 1
            end = after
        if end < 0:
            at += 1
            continue
        if end - begin >= shortest:
            spans[count, 0], spans[count, 1] = begin, end
            count += not (english and _english(points, kinds, words, begin, end))
        at = begin = after
    if size - begin >= shortest:
        spans[count, 0], spans[count, 1] = begin, size
        count += not (english and _english(points, kinds, words, begin, size))
    at = 0
    while at < size:
        if points[at] not in _OPENS:
            at += 1
            continue
        begin = at = at + 1
        if begin < size and kinds[points[begin]] & SPACE:
            continue
        while at < size and at - begin <= _LONGEST_QUOTED and points[at] not in _MARKS:
            at += 1
        if (
            at < size
            and _SHORTEST_QUOTED <= at - begin <= _LONGEST_QUOTED
            and points[at] in _CLOSES
        ):
            spans[count, 0], spans[count, 1] = begin, at
            count += not (english and _english(points, kinds, words, begin, at))
            at += 1
        else:
            at = begin
    return spans[:count]
