"""The counts and sums of a report that no event carries: "seven rifles", "a 20 million loan".

Each is kept with the words of its clause, weighed by how seldom its text has them: what tells one
count from the other counts of a text is what two reports of one count share.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter

import msgspec

from audit import model
from audit.facts import durations, prices, tolls
from audit.facts.figure_kinds import (
    AGE,
    BY_UNIT,
    PEOPLE,
    SHARE,
    SPAN,
    WEIGHT,
    counts_of,
    lasts,
    measures,
    only_tells,
)
from audit.facts.figure_scopes import scope_of
from audit.facts.names import Name, within
from audit.facts.whose import whom
from audit.facts.whose_age import known
from audit.facts.words import Words, words_of
from audit.rules import Rules
from audit.tokens import Text

MOST = 16  # figures of a document that are compared, in order of the text
TOLLS = 10  # and counts of people by what befell them
SHARES = 6  # and percentages
LENGTHS = 6  # and measures
SPANS = 8  # and durations
AGES = 8  # and ages
_KILOS = {"t": 1000.0, "g": 0.001}
REACH = 25  # words of a sentence on either side of a number
NEAR = 6  # of them, those that count in full
CLAUSE = 12  # and those that count in part; the others count least
_AFTER = [1.0] * NEAR + [0.6] * (CLAUSE - NEAR) + [0.35] * (REACH - CLAUSE)  # by words away
_BEFORE = _AFTER[::-1]
EARLY = 0.3  # of a text: what is told there, it is about
_SOME = re.compile(
    r"\b(?:another|other|more|additional|further|extra|remaining|each|every)\s+$", re.I
)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions|several|few)\b", re.I)
_PER = re.compile(
    r" ?-?(?:(?:per|a|an|every)[ -](day|week|month|year|share|head|barrel|piece|ounce|hour|night"
    r"|person|ton(?:ne)?|unit|dose|kilo|gram|seat)|(each|apiece))\b"
)
_STOCK = re.compile(r"\bshares?\b[^.!?]*$", re.IGNORECASE)
_CHILDREN = re.compile(r"\b(?:child(?:ren)?|kids|babies|infants|toddlers)\b", re.IGNORECASE)
_EMPLOYS = re.compile(
    r"\b(?:employ(?:s|ed|ing)?|(?:workforce|payroll|staff) (?:of|is|was|numbers))(?: \w+){0,3} ?$",
    re.I,
)
_DIGIT = re.compile(r"\d")
# The same sum in another currency, at the rate of the day: "$9m (£5m)", "9m euros ($11m; £6m)".
_CONVERTED = re.compile(
    r"(?:[$£€¥]\s?\d[\d.,]*\s?\w{0,8}"
    r"|\d\s?\w{0,8}\s(?:euros?|pounds?|dollars?|yen|yuan|francs?|rupees?|roubles?|rubles?|kron\w+))"
    r"\s?\((?:[^()\d]{0,8}|[$£€¥]\s?[\d.,]+\s?\w{0,8}[;,] ?[^()\d]{0,4})$"
)
# "His mother and 10 other people": the one named before is no part of the ten.
_ON_TOP = re.compile(r"\band (?:the |at least |about |some )?$", re.IGNORECASE)
# A toll that may come, beside one that was counted.
_FEARED = re.compile(r"\b(?:[Ff]ear\w*|could|may|might|would|will|[Ii]f|[Pp]resumed)\b[^.,;]*$")
_NO_DAY = model.Published()
_OTHER = re.compile(r"\bothers?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHOLES = ("total", "altogether", "in all", "so far", "overall", "since", "combined")
_WHOLE = re.compile(r"\b(?:total|altogether|in all|so far|overall|since|combined)\b", re.I)


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A number, what it counts, and the words of its clause with their weights."""

    number: model.Quantity
    counts: str
    sentence: tuple[int, int]
    quote: str
    start: int
    stems: dict[str, float]
    names: list[str]  # of its sentence
    whole: bool
    early: bool = False
    other: bool = False  # "three other rifles": beside others that were counted before
    years: list[str] = []  # that its sentence names
    deal: list[str] = []  # whose purchase it may be the price of (prices.py)
    whose: list[str] = []  # of whom it tells (whose.py)
    scope: str = ""  # where it is no total of what the text is about: an earlier event, a part

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


def one_kind(x: Figure, y: Figure) -> bool:
    """Whether two figures that count alike can be of one thing: of people, both of an earlier event
    or neither, both of a part or neither; two magnitudes far apart are two quakes', and so are one
    and one of several. Earlier events are of one year, or nothing tells of which."""
    far = x.counts == "magnitude" and abs(x.number.value - y.number.value) > tolls.QUAKE
    if x.scope.startswith("past") and (x.years or y.years) and not set(x.years) & set(y.years):
        return False
    if only_tells(x.counts):
        return False
    return not far and (x.scope == y.scope or _all_aboard(x, y) or _all_aboard(y, x))


def _all_aboard(x: Figure, y: Figure) -> bool:
    """Whether one figure is of some with others ("19 passengers and crew"), the other of people."""
    return x.scope.startswith("and ") and not y.scope and y.counts == "count:person"


def figures(
    text: Text,
    quantities: list[model.Quantity],
    names: list[Name],
    rules: Rules,
    published: model.Published = _NO_DAY,
    dates: list[model.Timex] | None = None,
) -> list[Figure]:
    """The figures of a text, in order; at most MOST, so that those of its head are among them. The
    tolls of what a text is about are compared by claims too (toll_verdicts.py), by what caused
    them. ``dates``: its time expressions, durations among them."""
    spans = durations.durations(dates or [])
    if spans:
        quantities = sorted((*quantities, *spans), key=lambda q: q.start)
    quantities = [_in_kilos(q) if q.slot == WEIGHT else q for q in quantities]
    kept = [
        (q, what + _rate(text, q) if what == "money" else what)
        for q in quantities
        if (what := counts_of(_slot(text, q)) or (q.slot in BY_UNIT and f"{q.slot}:{q.unit}"))
        and (q.value >= 2 or q.slot == WEIGHT or _first_report(q))
        and not _aside(text, q)
    ]
    if not kept:
        return []
    often, words = Counter(text.lower), words_of(rules)
    costly = any(what == "money" and q.value >= prices.LEAST for q, what in kept)
    bought = prices.buyer(text, names) if costly else ""
    told = [
        _figure(text, q, what, _room(text, q, quantities), names, often, words, published, bought)
        for q, what in _head(kept)
    ]
    if not any(f.whose for f in told):
        return told
    people = known([(f.number.value, f.whose) for f in told], text.plain)
    return [
        f if f.whose == whom else msgspec.structs.replace(f, whose=whom)
        for f, whom in zip(told, people, strict=True)
    ]


def _slot(text: Text, q: model.Quantity) -> str:
    """The slot of a quantity; children that the authorities took are none arrested, and people
    whom a firm employs its staff."""
    if q.slot == "arrested" and _CHILDREN.search(q.text):
        return "count:child"
    if q.slot == "count:person" and _EMPLOYS.search(text.plain[max(0, q.start - 40) : q.start]):
        return "count:employee"
    return q.slot


def _first_report(q: model.Quantity) -> bool:
    """Whether a toll of one is a first report: "at least one dead". One dead may be one among the
    others."""
    return q.slot == "killed" and q.value == 1 and q.bound == "at_least"


def _in_kilos(q: model.Quantity) -> model.Quantity:
    """A weight in kilograms: "1.8 tonnes" beside "1,800 kilos"."""
    times = _KILOS.get(q.unit or "")
    if times is None:
        return q
    to = q.value_to and q.value_to * times
    return msgspec.structs.replace(q, value=q.value * times, value_to=to, unit="kg")


def _head(kept: list[tuple[model.Quantity, str]]) -> list[tuple[model.Quantity, str]]:
    """The first MOST figures, and of those that some texts have a table of, so many of each."""
    left = {"people": TOLLS, "length": LENGTHS, SHARE: SHARES, SPAN: SPANS, AGE: AGES, "": MOST}
    first = []
    for pair in kept:
        what = pair[1]
        kind = "people" if what in PEOPLE else "length" if measures(what) else what
        kind = SPAN if lasts(what) else kind if kind in left else ""
        if left[kind]:
            left[kind] -= 1
            first.append(pair)
    return first


def _aside(text: Text, q: model.Quantity) -> bool:
    """Whether a number is a rate, no number, a sum in another currency, a toll that is feared, or
    comes on top of one or of somebody told of before it."""
    before = text.plain[max(0, q.start - 20) : q.start]
    if q.slot in PEOPLE and _OTHER.search(q.text) and _ON_TOP.search(before):
        return True
    if q.slot in PEOPLE and _FEARED.search(text.plain[max(0, q.start - 40) : q.end]):
        return True
    return bool(
        _SOME.search(text.plain[max(0, q.start - 14) : q.start])
        or _SOME.match(text.plain[q.start : q.start + 8] + " ")
        or (q.slot != "money" and _PER.match(text.plain[q.end : q.end + 12]))
        or (_VAGUE.search(q.text) and not _DIGIT.search(q.text))
        or tolls.with_whoever_did_it(text, q)
        or (q.slot == "money" and _CONVERTED.search(text.plain[max(0, q.start - 40) : q.start]))
    )


def _rate(text: Text, q: model.Quantity) -> str:
    """ "a share" after a sum, as its figures' kind has it: " per share"; "" where it is no rate."""
    told = _PER.match(text.plain[q.end : q.end + 14])
    if told and not told[1] and _STOCK.search(text.plain[max(0, q.start - 160) : q.start]):
        return " per share"
    return f" per {told[1] or 'piece'}" if told else ""


def _of_all(sentence: str) -> bool:
    """Whether a sentence tells of a whole: its words are looked for first, which is quicker."""
    low = sentence.lower()
    return any(word in low for word in _WHOLES) and _WHOLE.search(sentence) is not None


def _room(text: Text, q: model.Quantity, quantities: list[model.Quantity]) -> tuple[int, int]:
    """Where the words of a number begin and end: between the numbers before and after it."""
    at = bisect_left(quantities, q.start, key=lambda other: other.start)
    before = quantities[at - 1].end if at else 0
    after = next(
        (o.start for o in quantities[at + 1 : at + 3] if o.start >= q.end), len(text.plain)
    )
    starts = text.starts
    first, last = bisect_left(starts, before), bisect_left(starts, after) - 1
    return (
        starts[first] if first < len(starts) else q.start,
        text.ends[last] if last >= 0 else q.end,
    )


def _figure(
    text: Text,
    q: model.Quantity,
    what: str,
    room: tuple[int, int],
    names: list[Name],
    often: Counter[str],
    words: Words,
    published: model.Published,
    bought: str,
) -> Figure:
    plain, starts, lower = text.plain, text.starts, text.lower
    begin, end = text.sentence_at(q.start)
    first, last = bisect_left(starts, q.start), bisect_left(starts, q.end)
    low = max(bisect_left(starts, begin), first - REACH)
    high = min(bisect_left(starts, end), last + REACH)
    stems: dict[str, float] = {}
    around = lower[low:first] + lower[last:high]
    nearness = _BEFORE[low - first :] + _AFTER if low < first else _AFTER
    for word, near in zip(around, nearness, strict=False):
        told = words.beside[word]
        if told is not None:
            key, rare = told
            weight = near * rare / (1 + 0.5 * math.log(often[word]))
            if weight > stems.get(key, 0.0):
                stems[key] = weight
    start = starts[max(low, first - NEAR)] if low < first else q.start
    stop = text.ends[min(high, last + NEAR) - 1] if high > last else q.end
    # The quote names this number and none of its neighbours.
    start, stop = min(max(start, room[0]), q.start), max(min(stop, room[1]), q.end)
    scope = scope_of(text, q, what, begin, end, published)
    return Figure(
        number=q,
        counts=what,
        sentence=(begin, end),
        quote=text.raw[start:stop],
        start=start,
        stems={key: round(weight, 3) for key, weight in stems.items()},
        names=sorted({n.name for n in within(names, begin, end)}),
        whole=what != "magnitude" and _of_all(plain[begin:end]),
        early=q.start < EARLY * len(plain),
        other=_OTHER.search(q.text) is not None,
        years=_YEAR.findall(plain, begin, end),
        deal=prices.parties(text, q, begin, end, names, bought) if what == "money" else [],
        whose=whom(text, q, what, names, (begin, end), scope),
        scope=scope,
    )
