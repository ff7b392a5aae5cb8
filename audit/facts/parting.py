"""The compiled loop that parts a text into tokens and gives each word its letter, in one walk.

The words of the rules stand in a tree: a state a beginning of a word, a move a letter. What is in
digits, and what stands after an apostrophe, is found before by a pattern (``audit.facts.letters``)
and only stepped over here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from audit.compiled import compiled

AROUND, OWN = 0, 1  # told in the place of a letter: a look around it tells, or the token by itself
_OTHER, _BREAK = ord("0"), ord("|")
_BETWEEN = "\xff"  # between two tokens: no byte of a text in ASCII
_BLANK, _LINE, _SIGN = 26, 27, 28  # kinds of bytes that are no letter from a to z, in any case


def _kind(byte: int) -> int:
    char = chr(byte)
    if char.isascii() and char.isalpha():
        return ord(char.lower()) - ord("a")
    return _LINE if char == "\n" else _BLANK if byte < 128 and char.isspace() else _SIGN


_KINDS = np.array([_kind(byte) for byte in range(256)], np.uint8)


def tree(letters: Mapping[str, str]) -> tuple[Any, Any]:
    """The moves of the tree of words of the letters a to z, and what each state tells.

    State 0 is that of no word, 1 that of none yet. A word whose letter is empty tells ``AROUND``.
    """
    moves = [[0] * 26, [0] * 26]
    told = [_OTHER, _OTHER]
    for word, letter in letters.items():
        if not (word.isascii() and word.isalpha() and word.islower()):
            continue
        state = 1
        for char in word:
            at = ord(char) - ord("a")
            if not moves[state][at]:
                moves[state][at] = len(moves)
                moves.append([0] * 26)
                told.append(_OTHER)
            state = moves[state][at]
        told[state] = ord(letter) if letter else AROUND
    return np.array(moves, np.int32), np.array(told, np.uint8)


def part(
    data: Any, signs: Any, marks: list[tuple[int, int]], words: tuple[Any, Any]
) -> tuple[Any, Any, Any, list[str]]:
    """The starts, ends, letters (ASCII codes) and small letters of the tokens of a text.

    data: the bytes of a text in ASCII; signs: the letter of each byte that is a token by itself;
    marks: the tokens found before, whose letter is ``OWN``; words: a ``tree``.
    """
    edges = np.array(marks, np.int32).reshape(-1, 2)
    starts, ends = np.empty((2, len(data)), np.int32)
    letters = np.empty(len(data), np.uint8)
    small = np.empty(2 * len(data), np.uint8)  # a string of all is parted sooner than many sliced
    count, size = _part(data, _KINDS, signs, edges, *words, starts, ends, letters, small)
    low = small[: max(0, size - 1)].tobytes().decode("latin-1").split(_BETWEEN) if count else []
    return starts[:count], ends[:count], letters[:count], low


@compiled
def _part(data, kinds, signs, marks, moves, told, starts, ends, letters, small):  # type: ignore[no-untyped-def]
    """Writes the tokens; how many they are, and how many bytes in small letters."""
    count, at, mark, written = 0, 0, 0, 0
    size = len(data)
    while at < size:
        kind = kinds[data[at]]
        if kind == _BLANK:
            at += 1
            continue
        begin = at
        if mark < len(marks) and marks[mark, 0] == at:
            letter = OWN
            at = marks[mark, 1]
            mark += 1
        elif kind < _BLANK:
            state = 1
            while at < size and kinds[data[at]] < _BLANK:
                state = moves[state, kinds[data[at]]]
                at += 1
            letter = told[state]
        elif kind == _LINE:  # a break if only blanks stand between it and the next one
            at += 1
            while at < size and (data[at] == 32 or data[at] == 9):
                at += 1
            if at == size or kinds[data[at]] != _LINE:
                continue
            while at < size and (kinds[data[at]] == _BLANK or kinds[data[at]] == _LINE):
                at += 1
            letter = _BREAK
        else:
            letter = signs[data[at]]
            at += 1
        starts[count], ends[count], letters[count] = begin, at, letter
        count += 1
        for place in range(begin, at):
            byte = data[place]
            small[written] = byte + 32 if 65 <= byte <= 90 else byte
            written += 1
        small[written] = 255
        written += 1
    return count, written
