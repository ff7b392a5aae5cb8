"""What shows that a text was made from another: cut off in mid-sentence, letters in disguise."""

from __future__ import annotations

import re

from audit.duplication.disguise import disguised

ENDING = 40  # characters that a text must end with for its end to be looked for in another
TAIL = 400  # characters of a text among which its end is
LEFT = 20  # words of its own that the other must have, at least
_MORE = re.compile(
    r"(?:\s*(?:\.\.\.+|\u2026|\[[^\]]{0,20}\]|(?:read|continue|see) (?:more|reading|the full \w+)"
    r"[^\n]{0,30}))+\s*$",
    re.IGNORECASE,
)
_SIGNS = ("...", "\u2026", "[", "read ", "continue ", "see ")  # one of them is in what that matches
_SIGNED = re.compile(r"[.!?\"')\u2019\u201d]\W*\b[A-Z/ ]{2,}$")  # initials, an agency
_GOES_ON = re.compile(r"[\w,;:%'\u2019)\u201d\"-]|\s+[a-z0-9]")


def made_from(mine: str, other: str) -> bool:
    """Whether ``mine`` shows that it was made from ``other``, which does not show the reverse.

    It breaks off within a sentence that the other completes, or the letters of its words are
    disguised and those of the other are not.
    """
    return cut_short(mine, other) or (disguised(mine) and not disguised(other))


def cut_short(mine: str, other: str) -> bool:
    """Whether a text ends in the middle of a sentence of another, which goes on."""
    mine = mine[-TAIL:].rstrip()
    last = mine[-ENDING * 3 :].lower()
    if any(sign in last for sign in _SIGNS):
        mine = _MORE.sub("", mine)
    mine = " ".join(mine.split())
    if len(mine) < ENDING or mine[-1] in ".!?\u3002\uff01\uff1f" or _SIGNED.search(mine):
        return False
    other = " ".join(other.split())
    at = other.find(mine[-ENDING:])
    return at >= 0 and _GOES_ON.match(other, at + ENDING) is not None
