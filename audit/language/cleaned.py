"""A text without its punctuation, its words and sentences as textstat cuts and counts them.

textstat parts a text at white space, drops all that is no letter, digit, low line, apostrophe of a
contraction or stop, and ends a sentence at every stop; its words have no stops. One pass.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from audit.characters import DIGIT, LETTER, SPACE
from audit.compiled import compiled
from audit.language.formulas import FIRST

_ALNUM = LETTER | DIGIT
_APOSTROPHE, _LOW = ord("'"), ord("_")
_STOPS = tuple(map(ord, ".!?"))
_TSD = tuple(map(ord, "tsd"))
_V, _L, _R, _E = map(ord, "vlre")


@compiled
def _contracts(points, at, end):
    """Whether an apostrophe stands before t, s, d, ve, ll or re."""
    if at + 1 >= end:
        return False
    one = points[at + 1]
    if one in _TSD:
        return True
    if at + 2 >= end:
        return False
    two = points[at + 2]
    return (one == _V and two == _E) or (one == _L and two == _L) or (one == _R and two == _E)


@compiled
def cut(points, kinds, parts):
    """The words of parts of a text, which are half-open spans (int64, a row each), and figures.

    The code points of all words, where each word begins and ends among them, how many words there
    are before each part and in all; and a row a part (int64): the tokens between white space, their
    characters, the letters in words, the sentences, of three words or more; and the sentences in
    what the first hundred words take of the part, and the offset after it.
    """
    total = 0
    for part in range(len(parts)):
        total += parts[part, 1] - parts[part, 0]
    letters = np.empty(total, np.uint32)
    starts = np.empty(total // 2 + len(parts), np.int64)
    ends = np.empty_like(starts)
    bounds = np.zeros(len(parts) + 1, np.int64)
    figures = np.zeros((len(parts), 6), np.int64)
    size = found = 0
    for part in range(len(parts)):
        end = parts[part, 1]
        tokens = chars = apostrophes = sentences = pieces = first = 0
        after = -1  # where what follows the first words begins
        inside = piece = used = False
        begun = begin = size
        for at in range(parts[part, 0], end + 1):
            blank = at == end or kinds[points[at]] & SPACE != 0
            if blank:
                pieces += piece
                piece = False
                if inside:
                    inside = False
                    tokens += 1
                    if size > begun:
                        starts[found], ends[found] = begun, size
                        begun = size
                        found += 1
                        if found == bounds[part] + FIRST:
                            used = True
                            first = max(1, sentences + (pieces > 2))
                continue
            point = points[at]
            chars += 1
            if not inside:
                inside = True
                if used and after < 0:
                    after = at
            if point in _STOPS:
                pieces += piece
                piece = False
                sentences += pieces > 2
                pieces = 0
            elif point == _APOSTROPHE:
                if _contracts(points, at, end):
                    letters[size] = point
                    size += 1
                    apostrophes += 1
                    piece = True
            elif kinds[point] & _ALNUM or point == _LOW:
                letters[size] = point
                size += 1
                piece = True
        sentences += pieces > 2
        if end > parts[part, 0]:
            sentences = max(1, sentences)
        bounds[part + 1] = found
        figures[part] = (
            tokens,
            chars,
            size - begin - apostrophes,
            sentences,
            first if used else sentences if tokens else 0,
            after if after >= 0 else end,
        )
    return letters[:size], starts[:found], ends[:found], bounds, figures


@compiled
def tallied(numbers, bounds, rows):
    """Of the words of each part (int64, a row each): the sums of their rows; how many different
    ones are hard (column 4); how many of the first hundred have up to two syllables, and more."""
    size = rows.shape[1]
    told = np.zeros((len(bounds) - 1, size + 3), np.int64)
    seen = np.zeros(len(rows), np.int64)  # the last part, from 1, that a word was hard in
    for part in range(len(bounds) - 1):
        for at in range(bounds[part], bounds[part + 1]):
            row = rows[numbers[at]]
            for column in range(size):
                told[part, column] += row[column]
            if row[4] and seen[numbers[at]] != part + 1:
                seen[numbers[at]] = part + 1
                told[part, size] += 1
            if at < bounds[part] + FIRST and row[0]:
                told[part, size + 1 + (row[0] > 2)] += 1
    return told
