"""What stands round a change in a copy: like words, or an address, a caption, the line that says
when a page was put out, which are no facts of an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from audit.facts.change_words import Piece
from audit.model import Altered
from audit.tokens import Text

HELD = 2  # words on either side of a change that are alike in a copy written anew in part


def kept(a: Text, b: Text, aligned: Sequence[tuple[str, int, int, int, int]]) -> float:
    """The share of the shorter text that the other has in the same letters, 0 to 1."""
    same = sum(op[2] - op[1] for op in aligned if op[0] == "equal")
    return same / max(1, min(len(a.plain), len(b.plain)))


def held(a: Text, b: Text, one: Altered, most: int = HELD) -> bool:
    """Whether a change stands between words that are alike, or at the end of both texts: what
    stands elsewhere in a text written anew is another sentence, headline or dateline."""
    sides = ((a, one.a), (b, one.b))
    left, right = set(), set()
    for text, span in sides:
        start, end = (bisect_left(text.words, (at,)) for at in (span.start, span.end))
        left.add(tuple(text.lower[max(0, start - most) : start]))
        right.add(tuple(text.lower[end : end + most]))
    return len(left) == len(right) == 1


_SPACED = re.compile(r"https? ?: ?/ ?/|www ?\. ")


def address(text: str, start: int, end: int) -> bool:
    """Whether a change stands inside an address of the web."""
    low = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    if start - low > 400:
        return False
    token = text[low : max(start, end)]
    if "://" in token or token.startswith("www."):
        return True
    line = text.rfind("\n", 0, start) + 1
    # taken apart: "http: / / www. lorn. example / 12"
    return start - line < 200 and _SPACED.match(text, line) is not None


def letters(span: str) -> str:
    """The ASCII letters and digits of a span: what mangled quotation marks leave of a word."""
    return re.sub(r":00\b|[^a-z0-9]", "", span.lower())


def furniture(span: str) -> bool:
    """Whether a change goes over paragraphs, or is a caption with its credit."""
    return "\n\n" in span or re.search(r"[a-z]{3}[.!?] [A-Z]\w+ \w", span) is not None


# When a page was put out: "Updated 04 / 09", "June 11th, 2012 at 1:23 PM", "9: 06 AM", "EDT".
_PUT_OUT = re.compile(
    r"(?i)\b(?:first )?(?:posted|published|updated)\b(?: on)?[:,]? ?(?:[a-z]+,? )?$"
)
_AT_CLOCK = re.compile(
    r"(?i)(?:st|nd|rd|th)?,? ?(?:\d{4},? ?)?(?:at |[-|] ?)?\d{1,2} ?: ?\d\d(?: ?: ?\d\d)?"
    r" ?[ap]\.?m\b"
)
_BEFORE_ZONE = re.compile(r"(?i)\d ?(?:[ap]\.?m\.? ?)?$")
_AFTER_YEAR = re.compile(r"(?i)\b(?:19|20)\d\d,? ?(?:at |[-|] ?)?$")
# The name an account of a network shows, which its owner changes at will: "Mara Q. (@maraq)".
_ACCOUNT = re.compile(r"[^()\n]{0,30}\(@\w+\)")
_ZONES = frozenset(
    "am pm gmt utc et est edt ct cst cdt mst mdt pt pst pdt bst cet cest ist".split()
)


def stamped(text: str, words: Sequence[Piece]) -> bool:
    """Whether words are of the line that says when a page was put out: a day after "posted" or
    with the time of day behind it, the letters after a time of day, or the name of an account."""
    before = text[max(0, words[0].start - 32) : words[0].start]
    if words[0].key in _ZONES and _BEFORE_ZONE.search(before):
        return True
    clock = ":" in text[words[0].start : words[0].end] and _AFTER_YEAR.search(before)
    if clock or _PUT_OUT.search(before):
        return True
    if _ACCOUNT.match(text, words[-1].end):
        return True
    told = any(w.key in ("posted", "published", "updated") for w in words)
    if told and re.search(r"\d", text[words[0].start : words[-1].end + 24]):
        return True
    return any(w.key[:1].isdigit() for w in words) and bool(_AT_CLOCK.match(text, words[-1].end))
