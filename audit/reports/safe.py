"""Article text made harmless for a terminal and for a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, escape sequences' lead bytes, bidirectional overrides, and invisible marks.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f]|[\ud800-\udfff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(text: str) -> str:
    """One line of text with no control or direction character left in it."""
    return " ".join(_CONTROL.sub(" ", text).split())


def cell(text: str) -> str:
    """A CSV cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = _CONTROL.sub(" ", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def width(text: str) -> int:
    """Columns a terminal uses: wide characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(text: str, columns: int, first: str = "", more: str = "") -> list[str]:
    """The text in lines of at most that many columns: ``first`` before the first, ``more`` before
    the others. Words are broken only where one is wider than a line."""
    lines: list[str] = []
    start, held = first, ""
    for word in line(text).split(" "):
        while word:
            room = columns - width(start)
            joined = f"{held} {word}" if held else word
            if width(joined) <= room:
                held, word = joined, ""
            elif held and width(word) <= columns - width(more):
                lines.append(start + held)
                start, held = more, ""
            else:  # wider than a line: as much of it as fits
                fits = _head(joined, room)
                lines.append(start + fits)
                start, held, word = more, "", joined[len(fits) :].lstrip(" ")
    return [*lines, start + held] if held else lines


def _head(text: str, columns: int) -> str:
    """As many characters as fit, one at least."""
    used = 0
    for place, c in enumerate(text):
        used += width(c)
        if used > columns and place:
            return text[:place]
    return text


def fit(text: str, columns: int) -> str:
    """The text in exactly that many columns: padded, or cut with an ellipsis."""
    text = line(text)
    if width(text) > columns:
        kept, used = [], 0
        for c in text:
            w = width(c)
            if used + w > columns - 1:
                break
            kept.append(c)
            used += w
        text = "".join(kept) + "…"
    return text + " " * (columns - width(text))
