"""The compiled loop that finds where sentences may end: one pass, no way back.

A stop counts where white space or the end of the paragraph follows. After a word of Latin letters
that is no abbreviation, and before no small letter, a full stop surely ends a sentence; what is
less clear is asked of ``audit.tokens``. A test holds it equal to the pattern there.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from audit.characters import SPACE
from audit.compiled import compiled

_DOT, _A, _Z, _CAPITAL_A, _CAPITAL_Z, _SMALL = ord("."), *map(ord, "azAZ"), 32
_STOPS = tuple(map(ord, ".!?…"))
_CLOSING = tuple(map(ord, "\"')]"))
_OPENING = tuple(map(ord, "\"'(["))
_WIDE = tuple(map(ord, "。！？」』"))
_LONGEST = 8  # letters that are packed into a number


def packed(words: Iterable[str]) -> np.ndarray:
    """Words of up to eight Latin letters in an open-addressing table (uint64)."""
    known = sorted(int.from_bytes(word.encode(), "big") for word in words if word.isalpha())
    table = np.zeros(509, np.uint64)
    for one in known:
        at = one % 509
        while table[at]:
            at = (at + 1) % 509
        table[at] = one
    return table


@compiled
def _sure(points, kinds, words, begin, dot):
    """Whether a word of two Latin letters or more that is no abbreviation ends before ``dot``."""
    at = dot
    word = np.uint64(0)
    while at > begin:
        point = points[at - 1]
        if _CAPITAL_A <= point <= _CAPITAL_Z:
            point += _SMALL
        if not _A <= point <= _Z:
            break
        if dot - at < _LONGEST:
            word |= np.uint64(point) << np.uint64(8 * (dot - at))
        at -= 1
    if dot - at < 2:
        return False
    if at > begin and not kinds[points[at - 1]] & SPACE and points[at - 1] not in _OPENING:
        return False
    if dot - at > _LONGEST:
        return True
    slot = np.int64(word % np.uint64(509))
    while words[slot]:
        if words[slot] == word:
            return False
        slot = (slot + 1) % 509
    return True


@compiled
def stops(points, kinds, words, paragraphs):
    """Where sentences may end, a row each (int64): paragraph, stop, end of it and of what closes,
    and whether that is sure; and whether all could be read, for wide stops are not.

    words: abbreviations and titles as ``packed`` has them; paragraphs: half-open spans, a row each.
    """
    room = 0
    for point in points:
        if point in _WIDE:
            return np.empty((0, 4), np.int64), False
        room += point in _STOPS
    found = np.empty((room, 4), np.int64)
    count = 0
    for paragraph in range(len(paragraphs)):
        begin, end = paragraphs[paragraph, 0], paragraphs[paragraph, 1]
        at = begin
        while at < end:
            if points[at] not in _STOPS:
                at += 1
                continue
            after = at + 1
            while after < end and points[after] in _STOPS:
                after += 1
            while after < end and points[after] in _CLOSING:
                after += 1
            if after < end and not kinds[points[after]] & SPACE:
                at += 1
                continue
            sure = True
            if points[at] == _DOT:
                following = after
                while following < end and kinds[points[following]] & SPACE:
                    following += 1
                if following < end:
                    point = points[following]
                    if _A <= point <= _Z:
                        at = after
                        continue
                    sure = point < 128 and _sure(points, kinds, words, begin, at)
            found[count, 0], found[count, 1], found[count, 2] = paragraph, at, after
            found[count, 3] = sure
            count += 1
            at = after
    return found[:count], True
