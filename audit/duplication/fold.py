"""What characters count as the same when texts are compared: case, accents, width, look-alikes.

A character folds to one letter or digit, or parts words, or is dropped. Folding only serves
fingerprints: offsets, quotes and findings always speak of the text as kept.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from audit.duplication.units import UNSPACED_RANGES

SEPARATOR, DROPPED, EXPANDED = 1, 2, 3  # 0: not looked at yet; else the folded code point
UNSPACED = 1 << 30  # flag: a script without spaces, the character stands for a word
LONG = 1 << 29  # flag: of those, an alphabet, where a word takes several characters
POINT = LONG - 1

# Letters of other scripts that pass for a Latin one, in lower case; capitals where the look
# differs. From the confusables of Unicode TR 39, those a reader cannot tell in running text.
# They fold in their own languages too: there they fold everywhere alike, which changes no match.
_LOOK_ALIKES = dict(
    zip(
        "авеёзікмнорстухѕјһԁԛԝүӏґ" + "αβεηικμνορτυχωϲϳ" + "օոսցքհ" + "ıɑɡɩʏʀøđłħæœðþ",
        "abee3ikmhopctyxsjhdqwylr" + "abehikmvoptuxwcj" + "onugqh" + "iagiyrodlhaodp",
        strict=True,
    )
) | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True))
_VOWEL_POINTS = ((0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x06D6, 0x06ED))
_ACCENTS = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE2F),
)


def fold(character: str) -> str:
    """What one character counts as: "" where it is dropped, " " where it parts words."""
    point = ord(character)
    category = unicodedata.category(character)
    if category == "Cf" or point in (0x0640, 0x0670) or point == 0x034F:
        return ""
    if any(lo <= point <= hi for lo, hi in (*_ACCENTS, *_VOWEL_POINTS)):
        return ""
    found = []
    for wide in unicodedata.normalize("NFKC", character):
        base = _base(wide)
        base = _LOOK_ALIKES.get(base, base)
        for small in base.casefold():
            small = _base(small)
            small = _LOOK_ALIKES.get(small, small)
            if unicodedata.category(small) == "Nd":
                small = str(unicodedata.decimal(small))
            if unicodedata.category(small)[0] in "LMN":
                found.append(small)
    return "".join(found) or " "


def _base(character: str) -> str:
    """The letter without its accents, where they are accents of Latin, Greek or Cyrillic."""
    first, *rest = list(unicodedata.normalize("NFD", character))
    return first if rest and all("\u0300" <= mark <= "\u036f" for mark in rest) else character


class Folder:
    """A table of folded code points, filled as characters are met; values as the constants say."""

    def __init__(self) -> None:
        self.table = np.zeros(0x110000, np.uint32)
        self.expansions: dict[int, str] = {}
        for point in range(0x250):
            self._add(point)

    def _add(self, point: int) -> None:
        folded = fold(chr(point))
        if folded == "":
            value = DROPPED
        elif folded == " ":
            value = SEPARATOR
        elif len(folded) > 1:
            value = EXPANDED
            self.expansions[point] = folded
        else:
            value = ord(folded)
            for first, last, long in UNSPACED_RANGES:
                if first <= value <= last:
                    value |= UNSPACED | (LONG if long else 0)
                    break
        self.table[point] = value

    def meet(self, points: np.ndarray) -> None:
        """Look at all code points of an array."""
        for point in np.unique(points[self.table[points] == 0]).tolist():
            self._add(int(point))


def words(text: str) -> list[str]:
    """The folded words of a text: the definition the compiled kernel is tested against."""
    found: list[str] = []
    run: list[str] = []
    for character in text:
        for folded in fold(character):
            if folded == " ":
                value = None
            elif any(lo <= ord(folded) <= hi for lo, hi, _ in UNSPACED_RANGES):
                value = folded
            else:
                run.append(folded)
                continue
            if run:
                found.append("".join(run))
                run = []
            if value:
                found.append(value)
    if run:
        found.append("".join(run))
    return found


def shingles(text: str, size: int = 5) -> list[str]:
    """Every run of ``size`` folded words, joined by spaces; all words if there are fewer."""
    parts = words(text)
    if len(parts) < size:
        return [" ".join(parts)] if parts else []
    return [" ".join(parts[i : i + size]) for i in range(len(parts) - size + 1)]
