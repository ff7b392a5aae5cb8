"""The compiled loop that finds the words of a text: one pass, no way back.

A word begins with a letter or digit. From a letter it is an abbreviation with its stops (``U.S.``)
where no letter follows them, else letters and digits with inner apostrophes and hyphens
(``don't``, ``S-400``); from a digit it is a number (``1,200.5``, ``12:30``), with what is hung on
by hyphen or apostrophe, and a percent sign. ``tests/test_words.py`` holds it equal to a pattern.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from audit.characters import DIGIT, LETTER
from audit.compiled import compiled

_STOP, _COMMA, _COLON, _HYPHEN, _APOSTROPHE, _PERCENT, _LOW = map(ord, ".,:-'%_")
_ALNUM = LETTER | DIGIT


@compiled
def _hung(points, kinds, at):
    """The end of what is hung on by hyphens and apostrophes."""
    size = len(points)
    while (
        at + 1 < size
        and (points[at] == _HYPHEN or points[at] == _APOSTROPHE)
        and kinds[points[at + 1]] & _ALNUM
    ):
        at += 2
        while at < size and kinds[points[at]] & _ALNUM:
            at += 1
    return at


@compiled
def _stopped(points, kinds, at):
    """The end of the letters with a stop each that begin at ``at``."""
    while at + 1 < len(points) and kinds[points[at]] & LETTER and points[at + 1] == _STOP:
        at += 2
    return at


@compiled
def _lettered(points, kinds, at):
    """The end of the word that begins with the letter at ``at`` and is no abbreviation."""
    while at < len(points) and kinds[points[at]] & _ALNUM:
        at += 1
    return _hung(points, kinds, at)


@compiled
def _numeral(points, kinds, at):
    """The end of the word that begins with the digit at ``at``."""
    size = len(points)
    while at < size and kinds[points[at]] & DIGIT:
        at += 1
    while (
        at + 1 < size
        and (points[at] == _STOP or points[at] == _COMMA or points[at] == _COLON)
        and kinds[points[at + 1]] & DIGIT
    ):
        at += 2
        while at < size and kinds[points[at]] & DIGIT:
            at += 1
    at = _hung(points, kinds, at)
    return at + 1 if at < size and points[at] == _PERCENT else at


@compiled
def words(points, kinds, starts, ends):
    """Writes the starts and ends (int64) of the words of a text; how many they are.

    Arrays that a loop makes cost more to hand over than to make beforehand.
    """
    found = at = 0
    barred = 0  # up to where letters with stops are no abbreviation
    while at < len(points):
        kind = kinds[points[at]]
        if not kind & _ALNUM:
            at += 1
            continue
        starts[found] = at
        if kind & DIGIT:
            at = _numeral(points, kinds, at)
        else:
            end = at if at < barred else _stopped(points, kinds, at)
            if end < at + 4:
                at = _lettered(points, kinds, at)
            elif end < len(points) and (kinds[points[end]] & _ALNUM or points[end] == _LOW):
                barred = end
                at = _lettered(points, kinds, at)
            else:
                at = end
        ends[found] = at
        found += 1
    return found
