"""The counts and sums of a report that no event carries: "seven rifles", "a 20 million loan".

Each is kept with the words of its clause, weighed by how seldom its text has them: what tells one
count from the other counts of a text is what two reports of one count share.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import msgspec

from audit import model
from audit.facts.names import Name, within
from audit.facts.stems import STOP, stem
from audit.tokens import Text

MOST = 16  # figures of a document that are compared, in order of the text
REACH = 12  # words of a clause on either side of a number
NEAR = 6  # of them, those that count in full
_FAR = 0.6
# Nouns that say too little of what is counted.
_HOLLOW = frozenset(
    """other time year day month week hour minute second way part thing point reason example
    question step kind side word page story percent inch quarter decade century term""".split()
)
_ALIKE = {"home": "house", "vessel": "ship", "kid": "child", "automobile": "car", "firm": "company"}
_CALENDAR = frozenset(
    """january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year day
    night morning""".split()
)
_SOME = re.compile(
    r"\b(?:another|other|more|additional|further|extra|remaining|each|every)\s+$", re.I
)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions|several|few)\b", re.I)
_PER = re.compile(
    r" ?(?:per|each|apiece|a (?:day|week|month|year|share|head|barrel|piece)|an ounce)\b"
)
_WHOLE = re.compile(r"\b(?:total|altogether|in all|so far|overall|since|combined)\b", re.I)


class Figure(msgspec.Struct, frozen=True):
    """A number, what it counts, and the words of its clause with their weights."""

    number: model.Quantity
    counts: str
    sentence: tuple[int, int]
    quote: str
    start: int
    stems: dict[str, float]
    names: list[str]
    whole: bool

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


def counts_of(slot: str) -> str | None:
    """What a slot counts as far as figures go: a noun, or money; None for all else."""
    if slot == "money":
        return slot
    head, _, noun = slot.partition(":")
    if head != "count" or not noun or noun in _HOLLOW:
        return None
    return f"count:{_ALIKE.get(noun, noun)}"


def figures(text: Text, quantities: list[model.Quantity], found: list[Name]) -> list[Figure]:
    """The figures of a text, in order; at most MOST, so that those of its head are among them."""
    kept = [
        (q, what)
        for q in quantities
        if (what := counts_of(q.slot)) and q.value >= 2 and not _aside(text, q)
    ]
    if not kept:
        return []
    often = Counter(text.lower)
    return [_figure(text, q, what, found, often) for q, what in kept[:MOST]]


def _aside(text: Text, q: model.Quantity) -> bool:
    """Whether a number is a rate, no number, or what comes on top of another one."""
    return bool(
        _SOME.search(text.plain[max(0, q.start - 14) : q.start])
        or _SOME.match(text.plain[q.start : q.start + 8] + " ")
        or _PER.match(text.plain[q.end : q.end + 12])
        or _VAGUE.search(q.text)
    )


def _figure(
    text: Text, q: model.Quantity, what: str, found: list[Name], often: Counter[str]
) -> Figure:
    plain, words, lower = text.plain, text.words, text.lower
    begin, end = text.sentence_at(q.start)
    first, last = bisect_left(words, (q.start, 0)), bisect_left(words, (q.end, 0))
    low = max(bisect_left(words, (begin, 0)), first - REACH)
    high = min(bisect_left(words, (end, 0)), last + REACH)
    stems: dict[str, float] = {}
    for n in (*range(low, first), *range(last, high)):
        word = lower[n]
        if word in STOP or len(word) < 3 or word[0].isdigit() or word in _CALENDAR:
            continue
        weight = (1.0 if first - NEAR <= n < last + NEAR else _FAR) / (1 + math.log(often[word]))
        key = stem(word)
        if weight > stems.get(key, 0.0):
            stems[key] = round(weight, 3)
    start = words[max(low, first - NEAR)][0] if low < first else q.start
    stop = words[min(high, last + NEAR) - 1][1] if high > last else q.end
    start, stop = min(start, q.start), max(stop, q.end)
    return Figure(
        number=q,
        counts=what,
        sentence=(begin, end),
        quote=text.raw[start:stop],
        start=start,
        stems=stems,
        names=sorted({n.name for n in within(found, begin, end)}),
        whole=_WHOLE.search(plain[begin:end]) is not None,
    )


@dataclass(frozen=True)
class Match:
    """Two figures that count one thing, and how much of their clauses they share."""

    a: Figure
    b: Figure
    weight: float
    share: float
    words: tuple[str, ...]
