"""What the words of a change say: the dates and numbers in a run of words, as values.

A format is no content: 1,000 and 1000, two and 2, $19 million and $19m, Sept. and September read
the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%$£€¥]")
MONTHS = {
    name: n
    for n, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|
        september sept sep|october oct|november nov|december dec""".split("|"),
        1,
    )
    for name in names.split()
}
DAYS = {
    name: n
    for n, names in enumerate(
        """monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|
        saturday sat|sunday sun""".split("|")
    )
    for name in names.split()
}
_RELATIVE = frozenset("yesterday today tomorrow tonight".split())
_SEASONS = frozenset("spring summer autumn winter".split())
_ONES = {
    w: n
    for n, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        1,
    )
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12,
}
_PERCENT = frozenset(("%", "percent", "pct", "per", "cent"))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


@dataclass(frozen=True)
class Piece:
    """A word of a change: as it stands, as it is compared, and where."""

    word: str
    key: str
    start: int
    end: int


def pieces(plain: str, start: int, end: int) -> list[Piece]:
    """The words of a span; contractions with "not" are parted, hyphens and currency set apart."""
    found: list[Piece] = []
    for match in _PIECE.finditer(plain, start, end):
        word, at = match.group(), match.start()
        lower = word.lower()
        if lower.endswith("n't") and len(lower) > 3:
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(lower[:-3], lower[:-3])
            found.append(Piece(word[:-3], stem, at, at + len(word) - 3))
            found.append(Piece(word[-3:], "not", at + len(word) - 3, match.end()))
        elif lower == "cannot":
            found.append(Piece(word[:3], "can", at, at + 3))
            found.append(Piece(word[3:], "not", at + 3, match.end()))
        else:
            found.append(Piece(word, _key(lower), at, match.end()))
    return found


def _key(word: str) -> str:
    if word[0].isdigit():
        return word.rstrip(".,:/").replace(",", "") if "/" not in word else word
    if not word.isascii():
        bare = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in bare if not unicodedata.combining(c)) or word
    if "." in word:
        word = word.replace(".", "")
    return word.removesuffix("'s").removesuffix("'") or word


def calendar(plain: str, p: Piece) -> tuple[str, object] | None:
    """What a word says in a calendar: a month, a weekday, a year, a day of a month."""
    word = plain[p.start : p.end]
    if p.key in MONTHS and word[0].isupper():
        return "month", MONTHS[p.key]
    if p.key in DAYS and word[0].isupper() and p.key not in ("sun", "sat", "wed"):
        return "day", DAYS[p.key]
    if p.key in _RELATIVE:
        return "relative", p.key
    if p.key in _SEASONS:
        return "season", p.key
    if _YEAR.match(p.key) and "," not in word:
        before = plain[max(0, p.start - 1) : p.start]
        after = plain[p.end : p.end + 9].lower()
        if before not in ("$", "£", "€", "#") and not _COUNTED.match(after):
            return "year", int(p.key)
    if p.key.isdigit() and len(p.key) <= 2 and _beside_month(plain, p):
        return "date", int(p.key)
    return None


_COUNTED = re.compile(r"\s*(?:%|percent|million|billion|people|miles|km\b)")
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? $")
_MONTH_AFTER = re.compile(
    r"(?:st|nd|rd|th)?(?: of)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
)


def _beside_month(plain: str, p: Piece) -> bool:
    return bool(
        _MONTH_BEFORE.search(plain[max(0, p.start - 12) : p.start])
        or _MONTH_AFTER.match(plain[p.end : p.end + 20])
    )


def values(plain: str, pieces: list[Piece]) -> list[tuple[float, list[Piece]]]:
    """The numbers of a run of words with the words they take: "1.2 million", "twenty-two"."""
    found: list[tuple[float, list[Piece]]] = []
    at = 0
    while at < len(pieces):
        key = pieces[at].key
        taken = [pieces[at]]
        value: float | None = None
        if key[0].isdigit():
            value = _number(key) if _free(plain, pieces[at]) else None
        elif key in _TENS:
            value = _TENS[key]
            if at + 1 < len(pieces) and 0 < _ONES.get(pieces[at + 1].key, 0) < 10:
                value += _ONES[pieces[at + 1].key]
                taken.append(pieces[at + 1])
        elif key in _ONES:
            value = _ONES[key]
        elif key in _ORDINALS and key != "second":
            value = _ORDINALS[key]
        at += len(taken)
        if value is None:
            continue
        while at < len(pieces) and pieces[at].key in SCALES:
            scale = pieces[at].key
            if len(scale) <= 2 and pieces[at].start != taken[-1].end:
                break
            value *= SCALES[scale]
            taken.append(pieces[at])
            at += 1
        if len(taken) and at >= len(pieces):  # the scale may stand on the other side of the change
            follow = re.match(
                r"[ -]?(hundred|thousand|million|billion|trillion|bn|dozen)\b",
                plain[taken[-1].end : taken[-1].end + 10].lower(),
            )
            if follow:
                value *= SCALES[follow.group(1)]
        found.append((value, taken))
    return found


_UNIT = re.compile(
    r"(?:st|nd|rd|th|s|m|k|b|bn|tn|mn|mln|km|cm|mm|kg|g|ft|mph|kph|am|pm|p|c|f|x|gb|mb|hr|hrs|min|lb"
    r"|lbs|in|mg|ml|mw|kw|hz|ghz|yr|yo|pc|pct)\b",
    re.IGNORECASE,
)


def _free(plain: str, p: Piece) -> bool:
    """Whether a number stands for itself and is no part of a code or of a garbled word."""
    if p.start and plain[p.start - 1].isalpha() and plain[p.start - 1] != "A":
        return False
    return not plain[p.end : p.end + 1].isalpha() or bool(_UNIT.match(plain, p.end))


def joined(pieces: list[Piece]) -> str:
    return "".join(c for p in pieces for c in p.word.lower() if c.isalnum())


def _number(key: str) -> float | None:
    try:
        return float(key)
    except ValueError:
        digits = re.sub(r"\D", "", key)
        return float(digits) if digits else None


def same_value(x: float, y: float) -> bool:
    return abs(x - y) <= 1e-9 * max(abs(x), abs(y))


_PARTS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_MIXED = re.compile(r"(\d{1,3})(?:[ -]?([½¼¾⅓⅔])|(?:[ -]| and )(\d) ?/ ?(\d))")
_DECIMAL = re.compile(r"\d{1,3}\. ?\d+")
_WHOLE_BEFORE = re.compile(r"(?<![\d.,/])\d{1,3}(?:\.? ?| and )$")


def mixed(plain: str, start: int, end: int) -> float | None:
    """The value of "4 1/2", "4½" or "4.5" at a place, its whole part included; else None."""
    whole = _WHOLE_BEFORE.search(plain[max(0, start - 8) : start])
    said = (whole[0] if whole else "") + plain[start:end]
    if _DECIMAL.fullmatch(said):
        return float(said.replace(" ", ""))
    found = _MIXED.fullmatch(said)
    if found is None or found[4] == "0":
        return None
    part = _PARTS[found[2]] if found[2] else int(found[3]) / int(found[4])
    return int(found[1]) + part
