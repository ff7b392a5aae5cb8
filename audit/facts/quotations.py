"""Where a text quotes: passages between quotation marks, whatever marks it uses.

Marks are told apart by what stands next to them, not by their shape, so straight quotes in one
long paragraph read as typographic ones do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from audit.tokens import Text

_MARK = re.compile(r"\"|''|``")
# The mark first, then what stands before it: a search for one character is the fastest.
_SINGLE = re.compile(r"'(?<![\w']')(?=[\w$\[(.])")
_SINGLE_END = re.compile(r"'(?<=[\w.,!?\])%]')(?![\w'])")
_LONGEST = 3000  # characters of a quotation whose closing mark was forgotten
_LONGEST_SINGLE = 400


def quotations(text: Text) -> list[tuple[int, int]]:
    """Half-open spans of the quotations, marks included, in order and disjoint.

    A quotation that is left open at the end of its paragraph is closed there; a paragraph that
    opens with a mark then goes on with it.
    """
    return list(_quotations(text.plain))


@lru_cache(maxsize=8)
def _quotations(plain: str) -> tuple[tuple[int, int], ...]:
    """The same of the plain text, remembered for the next reader of the same article."""
    found: list[tuple[int, int]] = []
    opened = -1
    for mark in _MARK.finditer(plain):
        at, end = mark.span()
        before = plain[at - 1] if at else " "
        after = plain[end] if end < len(plain) else " "
        opens = (before.isspace() or before in "([{-/:'") and not after.isspace()
        closes = not opens or before in "-'" or (opened >= 0 and after in ".,;:!?)")
        if opened >= 0:
            gap = plain.find("\n", opened, at)
            if gap >= 0 and (opens or gap < at - _LONGEST):  # left open: it ends with its paragraph
                found.append((opened, _rstrip(plain, opened, gap)))
                opened = at if opens else -1
                continue
            if closes and end - opened <= _LONGEST:
                found.append((opened, end))
                opened = -1
                continue
            opened = at if opens else -1  # the one before was never closed
        elif opens or not closes:
            opened = at
    if opened >= 0:
        gap = plain.find("\n", opened)
        gap = len(plain) if gap < 0 else gap
        if gap - opened <= _LONGEST:
            found.append((opened, _rstrip(plain, opened, gap)))
    return tuple(_singles(plain, found))


def _rstrip(plain: str, start: int, end: int) -> int:
    while end > start + 1 and plain[end - 1].isspace():
        end -= 1
    return end


def _singles(plain: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quotations between double marks, and those between single marks outside them."""
    if "'" not in plain:
        return found
    singles: list[tuple[int, int]] = []
    at, nth = 0, 0
    for mark in _SINGLE.finditer(plain):
        start = mark.start()
        if start < at:
            continue
        while nth < len(found) and found[nth][1] <= start:
            nth += 1
        if nth < len(found) and found[nth][0] <= start:
            continue
        limit = min(len(plain), start + _LONGEST_SINGLE)
        if nth < len(found):
            limit = min(limit, found[nth][0])
        closing = _SINGLE_END.search(plain, start + 1, limit)
        if closing is None or "\n" in plain[start : closing.end()]:
            continue
        inner = plain[start + 1 : closing.start()]
        # 'em, '90s, and the apostrophe of a plural possessive close nothing
        if len(inner) < 3 or (inner[-1] == "s" and " " not in inner) or inner[:2].isdigit():
            continue
        singles.append((start, closing.end()))
        at = closing.end()
    return sorted(found + singles)
