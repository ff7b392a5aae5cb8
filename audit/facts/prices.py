"""What a purchase costs, known by who buys and what is bought: one price, whatever the story.

A text names both parties once ("Tarn to buy Vell Mills") and tells the price elsewhere ("will pay
13 million", "the 13 million bid"). Two texts that tell of one pair tell of one purchase.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from audit import model
from audit.facts.names import Name, same, within
from audit.tokens import Text

REACH = 70  # characters between a word of buying and a party
NEAR = 110  # and a price
SENTENCE = 500  # of a sentence, either way
LEAST = 1e6  # what a purchase of this kind costs at least
_SHORT = 3  # letters of a word that tells no firm
_BUYS = re.compile(
    r"\b(?:buy(?:s|ing)?|bought|acquir(?:e|es|ed|ing)|acquisition|takeover|tak(?:e|es|ing) over"
    r"|took over|purchas(?:e|es|ed|ing)|merg(?:e|es|ed|er|ing)|bid|snap(?:s|ped)? up|swallow\w*)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r" of .{1,120}? (?:with|and|by) (?=[A-Z])")
_PRICE = re.compile(
    rf"(?:{_BUYS.pattern}|\b(?:deal|pay(?:s|ing)?|paid|price|offer(?:s|ed)?)\b)", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What a sentence tells of an earlier purchase with.
_PAST = re.compile(
    rf"{_YEAR.pattern}|\b(?:last (?:year|month|(?:\w+ )?(?:deal|acquisition|purchase))"
    r"|years? (?:ago|earlier|later)|months ago|previous|when it"
    r"|had (?:offered|bid|paid)|rival bidder|original|first offer|at closing|must pay)\b",
    re.IGNORECASE,
)
# What a sum beside one of these is, and no price.
_OTHER = re.compile(
    r"\b(?:market|revenues?|sales|profits?|turnover|savings?|capitali[sz]\w+|fees?|worth|combined"
    r"|loans?|costs|synergies|stake|debts?|borrowings|write-?downs?|break-?up)\b",
    re.IGNORECASE,
)
_AWAY = 30  # characters between them
# Words of many firms' names, which make none of them.
_FIRMS = frozenset(
    """company corp corporation group holdings holding international systems services industries
    bank partners technologies technology software media global national limited brothers capital
    chief executive president chairman maker chipmaker rival giant""".split()
)
_DEBT = re.compile(r"\b(?:includ\w+|with|plus|assum\w+)\b[^.;]{0,30}\bdebts?\b", re.IGNORECASE)


def buyer(text: Text, names: list[Name]) -> str:
    """Who buys what, as "one|other": what a text tells most often, of no year if it can be;
    "" where it tells of no purchase."""
    told: Counter[str] = Counter()
    past: Counter[str] = Counter()
    for match in _BUYS.finditer(text.plain):
        begin, end = _near(*text.sentence_at(match.start()), match.start())
        pair = _beside(text, names, match, begin, end)
        if pair:
            (past if _YEAR.search(text.plain, begin, end) else told)[pair] += 1
    return next((pair for pair, _ in (told or past).most_common(1)), "")


def _near(begin: int, end: int, at: int) -> tuple[int, int]:
    """Of a sentence what is near a place: a text without a full stop is one sentence."""
    return max(begin, at - SENTENCE), min(end, at + SENTENCE)


def _beside(text: Text, names: list[Name], match: re.Match[str], begin: int, end: int) -> str:
    """The names before and behind a word of buying, in its sentence, or both behind it ("merger of
    Tarn with Vell Mills"); "" where either is missing."""
    start, stop = match.span()
    found = [n for n in within(names, begin, end) if n.kind == "name"]
    before = [n for n in found if n.end <= start and start - n.end <= REACH]
    behind = [n for n in found if n.start >= stop and n.start - stop <= REACH]
    joined = _JOINED.match(text.plain, stop, end)
    if joined:
        before, behind = behind, [n for n in found if n.start >= joined.end()]
        before = before[:1]
    if not (before and behind):
        return ""
    one, other = before[-1].name, behind[0].name
    return "" if same(one, other) else f"{one}|{other}"


def parties(
    text: Text, q: model.Quantity, begin: int, end: int, names: list[Name], told: str
) -> list[str]:
    """The pairs of parties of which a sum, in a sentence from ``begin`` to ``end``, can be the
    price; none where it is no price. ``told``: the pair of the text."""
    plain = text.plain
    if q.value < LEAST or not told:
        return []
    begin, end = _near(begin, end, q.start)
    low, high = max(begin, q.start - NEAR), min(end, q.end + NEAR)
    if not _PRICE.search(plain, low, high) or _DEBT.search(plain, low, high):
        return []
    if _OTHER.search(plain, max(begin, q.start - _AWAY), min(end, q.end + _AWAY)):
        return []
    own: set[str] = set()
    for match in _BUYS.finditer(plain, begin, end):
        pair = _beside(text, names, match, begin, end)
        if pair:
            own.add(pair)
        elif not _of(text, names, match, end, told):
            return []
    if own:
        return sorted(own)
    return [] if _PAST.search(plain, begin, end) else [told]


def _of(text: Text, names: list[Name], match: re.Match[str], end: int, pair: str) -> bool:
    """Whether what stands behind a word of buying is one of a pair, or nobody."""
    behind = within(names, match.end(), min(end, match.end() + REACH))[:1]
    return all(
        name.kind != "name" or any(_like(name.name, party) for party in pair.split("|", 1))
        for name in behind
    )


def one_deal(one: list[str], other: list[str]) -> bool:
    """Whether two prices are of one pair of parties."""
    return any(
        (_like(a, x) and _like(b, y)) or (_like(a, y) and _like(b, x))
        for a, b in (pair.split("|", 1) for pair in one)
        for x, y in (pair.split("|", 1) for pair in other)
    )


@lru_cache(maxsize=1 << 12)
def _like(one: str, other: str) -> bool:
    """Whether two names may be one firm's: forms of one, or with a telling word in common."""
    return same(one, other) or not _telling(one).isdisjoint(_telling(other))


def _telling(name: str) -> set[str]:
    return {word for word in name.lower().split() if len(word) > _SHORT} - _FIRMS
