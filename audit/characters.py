"""The characters of a text as numbers, and what kind each is: what compiled loops read."""

from __future__ import annotations

import numpy as np

LETTER, DIGIT, SPACE = 1, 2, 4  # letters are whatever is alphanumeric and no decimal digit

_PAGE = 256  # characters whose kinds are looked up together
_KINDS = np.zeros(0x110000, np.uint8)
_KNOWN = np.zeros(len(_KINDS) // _PAGE, np.bool_)


def points(text: str) -> np.ndarray:
    """The code points of a text (uint32), lone surrogates too; ``kinds`` then knows them."""
    found = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if not text.isascii():
        pages = np.unique(found[found > 127] // _PAGE)
        for page in pages[~_KNOWN[pages]].tolist():
            _learn(page)
    return found


def kinds() -> np.ndarray:
    """The kinds of all characters that ``points`` has met, by code point."""
    if not _KNOWN[0]:
        _learn(0)
    return _KINDS


def _learn(page: int) -> None:
    first = page * _PAGE
    _KINDS[first : first + _PAGE] = [_kind(chr(point)) for point in range(first, first + _PAGE)]
    _KNOWN[page] = True


def _kind(char: str) -> int:
    if char.isspace():
        return SPACE
    return DIGIT if char.isdecimal() else LETTER if char.isalnum() else 0
