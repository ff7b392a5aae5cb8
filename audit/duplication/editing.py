"""What shows that a text was made from another: cut off in mid-sentence, letters in disguise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np

from audit.duplication.disguise import disguised

ENDING = 40  # characters that a text must end with for its end to be looked for in another
TAIL = 400  # characters of a text among which its end is
HELD = 256  # texts whose white space is kept at hand as single spaces
LEFT = 20  # words of its own that the other must have, at least
_MORE = re.compile(
    r"(?:\s*(?:\.\.\.+|\u2026|\[[^\]]{0,20}\]|(?:read|continue|see) (?:more|reading|the full \w+)"
    r"[^\n]{0,30}))+\s*$",
    re.IGNORECASE,
)
_SIGNS = ("...", "\u2026", "[", "read ", "continue ", "see ")  # one of them is in what that matches
_ENDS = ".!?\u3002\uff01\uff1f"
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ/")  # what such initials end with
_SIGNED = re.compile(r"[.!?\"')\u2019\u201d]\W*\b[A-Z/ ]{2,}$")  # initials, an agency
_OTHER_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
_GOES_ON = re.compile(r"[\w,;:%'\u2019)\u201d\"-]|\s+[a-z0-9]")


def made_plainly(
    source: np.ndarray, offsets: np.ndarray, plain: np.ndarray, first: np.ndarray,
    second: np.ndarray, some: np.ndarray, found: np.ndarray, unsure: np.ndarray,
) -> None:  # fmt: skip
    """``made`` of pairs of texts as UTF-8, put down at the places ``some`` in ``found``, a row a
    side; ``plain`` texts are ASCII. Where ``made`` itself is to be asked, it is ``unsure``."""
    from audit.duplication import endings

    given = (ENDING, TAIL, endings.lowered(_SIGNS), some, found, unsure)
    endings.cut(source, offsets, plain, first, second, *given)


def made(
    texts: Sequence[str], first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of pairs of texts, whether the first shows that it was made from the second, and the reverse.

    A text does where it breaks off within a sentence that the other completes, or where the letters
    of its words are disguised and those of the other are not. Each text is looked at once.
    """
    ends: dict[int, tuple[str, str]] = {}  # and their longest words
    hidden: set[int] = set()
    shown = np.zeros(len(texts), np.bool_)
    asked = np.zeros(len(texts), np.bool_)
    asked[first] = asked[second] = True
    for n in np.flatnonzero(asked).tolist():
        text = texts[n]
        end = _broken_end(text)
        if end is not None:
            ends[n] = end, max(end.split(" "), key=len)
            shown[n] = True
        if not text.isascii() and disguised(text):
            hidden.add(n)
            shown[n] = True
    single = lru_cache(HELD)(lambda n: single_spaced(texts[n]))
    found = np.zeros((2, len(first)), np.bool_)
    some = np.flatnonzero(shown[first] | shown[second])
    for at, i, j in zip(some.tolist(), first[some].tolist(), second[some].tolist(), strict=True):
        for side, mine, other in ((0, i, j), (1, j, i)):
            if mine in ends:
                end, word = ends[mine]
                found[side, at] = _goes_on(end, word, texts[other], partial(single, other))
            if mine in hidden and other not in hidden:
                found[side, at] = True
    return found[0], found[1]


def _broken_end(text: str) -> str | None:
    """What a text ends with, white space as single spaces, where that seems to be no sentence's
    end; else None."""
    text = text[-TAIL:].rstrip()
    last = text[-ENDING * 3 :].lower()
    for sign in _SIGNS:
        if sign in last:
            text = _MORE.sub("", text).rstrip()
            break
    if text[-1:] in _ENDS:  # also where nothing is left
        return None
    text = " ".join(text.split())
    if len(text) < ENDING or (text[-1] in _CAPITALS and _SIGNED.search(text)):
        return None
    return text[-ENDING:]


def _goes_on(end: str, word: str, other: str, single: Callable[[], str]) -> bool:
    """Whether a text, white space as single spaces (``single``), has an end of another, of which
    ``word`` is a word, and goes on."""
    at = other.find(end)
    if at < 0 and word not in other:
        return False
    if at <= 0 or other.find(word, 0, at + len(word) - 1) >= 0:  # white space may hide it before
        spaced = single()
        at, other = spaced.find(end), spaced
    return at >= 0 and _GOES_ON.match(other, at + ENDING) is not None


def single_spaced(text: str) -> str:
    """A text with its white space as single spaces, none at its ends."""
    if text.isascii() and "  " not in text and not any(map(text.__contains__, _OTHER_SPACES)):
        return text.strip(" ")
    return " ".join(text.split())
