"""How likely two figures of two documents count one thing: a fitted score, and its parts.

Two logistic scores (rules/facts/identity.toml, fitted by ``python -m tests.eval.fit_identity``):
whether two documents tell one story, by the names and the rare words they share; and whether two
figures in them count one thing, by that, by the words of their clauses, and by their place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit import model
from audit.facts import events, tolls
from audit.facts.events import Story
from audit.facts.figures import SHARE, Figure
from audit.facts.lexicon import built
from audit.facts.words import Words, words_of
from audit.rules import Rules

MOST = 4.0  # weight of shared words, and logarithm of two numbers' ratio, at most
CERTAIN = 4.0  # log-odds of one story, at most either way
AGREE = 3  # days, or counts, that two documents share: more tell no more
DAYS = 24  # days kept of a document
APART = 21  # days between two publications of one story, at most
_TRIVIAL = 3  # a count below it is shared by chance
_ACTOR = 0.5  # how telling the name of a country or a body is

# The parts of either score, as an editor says them.
PARTS = {
    "story": "one story",
    "shared": "words beside both numbers",
    "share": "most words beside them",
    "lead": "no other number fits as well",
    "both early": "told early in both",
    "left": "all other numbers of the kind agree",
}


@dataclass(frozen=True)
class Model:
    """The fitted weights by part, "" being the constant; and the score that is reported."""

    story: dict[str, float]
    figure: dict[str, float]
    one_story: float
    one_thing: float
    words: Words


@dataclass(frozen=True)
class Document:
    """What comparing figures needs of one document."""

    id: str
    story: Story
    published: model.Published
    terms: dict[str, float]
    figures: list[Figure]
    days: list[str] = field(default_factory=list)  # days_of its dates


def model_of(rules: Rules) -> Model:
    """The model of a rule set."""
    return built(rules, _model)


def _model(rules: Rules) -> Model:
    table: dict[str, Any] = rules.facts.get("identity", {})
    least = table.get("least", {})
    return Model(
        dict(table.get("story", {})),
        dict(table.get("figure", {})),
        float(least.get("story", 1.0)),
        float(least.get("figure", 1.0)),
        words_of(rules),
    )


def story_parts(
    a: Document, b: Document, likeness: float, known: frozenset[str], words: Words
) -> dict[str, float]:
    """What two documents share: names (``likeness``), rare words, foremost names, rare names as a
    cosine, weekdays, all 0..1; days of the year and counts, as many as AGREE."""
    return {**_told(a, b, likeness, words), **_named(a.story, b.story, known, words)}


@dataclass(frozen=True)
class Told:
    """What two documents share but for their names, and between which log-odds of one story these
    can still decide."""

    parts: dict[str, float]
    low: float
    high: float


def told_of(a: Document, b: Document, likeness: float, fit: Model) -> Told | None:
    """What two documents share but for their names; None where they appeared too far apart to be
    of one story."""
    days = tolls.apart(a.published, b.published)
    if days is not None and days > APART:
        return None
    parts = _told(a, b, likeness, fit.words)
    ends = [odds({**parts, "leads": n, "rare names": n}, fit.story) for n in (0.0, 1.0)]
    return Told(parts, *ends)


def story_odds(
    a: Document, b: Document, told: Told, known: frozenset[str], fit: Model
) -> float | None:
    """The log-odds that two documents tell one story; None where no foremost name is shared."""
    named = _named(a.story, b.story, known, fit.words)
    return odds({**told.parts, **named}, fit.story) if named["leads"] else None


def _told(a: Document, b: Document, likeness: float, words: Words) -> dict[str, float]:
    least = min(sum(a.terms.values()), sum(b.terms.values()))
    shared = sum(min(w, b.terms[k]) for k, w in a.terms.items() if k in b.terms)
    one, two = ({d for d in x.days if d[0] == "W"} for x in (a, b))
    days = {d for d in a.days if d[0].isdigit()} & set(b.days)
    counted = [[f for f in x.figures if f.counts != SHARE] for x in (a, b)]  # as fitted
    numbers = [{(words.kin(f.counts), f.number.value) for f in of} for of in counted]
    return {
        "names": likeness,
        "terms": shared / least if least else 0.0,
        "days": float(min(AGREE, len(days))),
        "weekdays": len(one & two) / len(one | two) if one | two else 0.0,
        "numbers": float(min(AGREE, sum(v >= _TRIVIAL for _, v in numbers[0] & numbers[1]))),
    }


def _named(a: Story, b: Story, known: frozenset[str], words: Words) -> dict[str, float]:
    return {
        "leads": min(_leads(a, b, known), _leads(b, a, known)),
        "rare names": _cosine(a, b, known, words),
    }


def _cosine(a: Story, b: Story, known: frozenset[str], words: Words) -> float:
    """How alike two documents' names are, the rarer a name the more it counts."""

    def weight(name: str, of: Story) -> float:
        rare = _ACTOR if name in known else words.rare(name)
        return rare * rare * math.log1p(of.names[name])

    one, two = ({n: weight(n, x) for n in x.names} for x in (a, b))
    ends: dict[str, str] = {}
    for name, last in b.lasts.items():
        ends.setdefault(last, name)
    shared = 0.0
    for name, last in a.lasts.items():
        other = name if name in two else ends.get(last)
        if other is not None:
            shared += one[name] * two[other]
    whole = sum(w * w for w in one.values()) * sum(w * w for w in two.values())
    return min(1.0, shared / math.sqrt(whole)) if whole else 0.0


_DAY = re.compile(r"(?:\d{4}|XXXX)-(\d\d-\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")


def days_of(dates: Iterable[model.Timex]) -> list[str]:
    """The days a text names, as they can be met in a text whose year is not known: "07-14" for a
    day of the year, "W2" for a Tuesday; DAYS at most."""
    found: set[str] = set()
    for one in dates:
        day = _DAY.match(one.value)
        if day:
            found.add(day[1])
            if one.text[:3].lower() in _NAMES and one.value[:4] != "XXXX":
                found.add(f"W{_weekday(one.value[:10])}")
        else:
            day = _WEEKDAY.match(one.value)
            if day:
                found.add(f"W{day[1]}")
    return sorted(found)[:DAYS]


_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(iso: str) -> int:
    try:
        return date.fromisoformat(iso).isoweekday()
    except ValueError:
        return 0


def _leads(a: Story, b: Story, known: frozenset[str]) -> float:
    own = events.foremost(a, known)
    held = sum(events.meet(frozenset((n,)), frozenset(b.names)) for n in own)
    return held / len(own) if own else 0.0


def shared_words(x: Figure, y: Figure) -> dict[str, float]:
    """The words beside both numbers and what each weighs."""
    return {k: min(w, y.stems[k]) for k, w in x.stems.items() if k in y.stems}


def figure_parts(
    x: Figure, y: Figure, story: float, a: Document, b: Document, words: Words
) -> dict[str, float]:
    """What speaks for one thing, and against it. ``story`` are the log-odds of one story."""
    weight = sum(shared_words(x, y).values())
    poorer = min(sum(x.stems.values()), sum(y.stems.values()))
    kind = words.kin(x.counts)
    there = [f for f in b.figures if words.kin(f.counts) == kind]
    here = [f for f in a.figures if words.kin(f.counts) == kind]
    rival = max(
        [sum(shared_words(x, f).values()) for f in there if f is not y]
        + [sum(shared_words(f, y).values()) for f in here if f is not x],
        default=0.0,
    )
    low, high = sorted((x.number.value, y.number.value))
    told = any(f.number.value == x.number.value for f in there) or any(
        f.number.value == y.number.value for f in here
    )
    return {
        "story": max(-CERTAIN, min(CERTAIN, story)) / 2,
        "shared": min(MOST, weight),
        "share": weight / max(0.3, poorer),
        "lead": weight - rival,
        "ratio": min(MOST, math.log(high / max(0.5, low))) if high > 0 else 0.0,
        "other": float(x.other != y.other),
        "told": float(told),
        "whole": float(x.whole != y.whole),
        "left": float(_left(x, y, here, there)),
        "one early": float(x.early != y.early),
        "both early": float(x.early and y.early),
    }


def beside(x: Figure, y: Figure, a: Document, b: Document) -> bool:
    """Whether the sentences of two figures share another number, from 2 on."""
    one, two = (
        {
            f.number.value
            for f in d.figures
            if f.sentence == of.sentence and f is not of and f.counts != SHARE
        }
        for d, of in ((a, x), (b, y))
    )
    return any(value >= 2 for value in one & two)


def _left(x: Figure, y: Figure, here: list[Figure], there: list[Figure]) -> bool:
    """Whether two numbers are the only ones of their kind that the other text does not give."""
    own, other = ({f.number.value for f in side} for side in (here, there))
    return own - other == {x.number.value} and other - own == {y.number.value}


def odds(parts: dict[str, float], weights: dict[str, float]) -> float:
    """The log-odds of a score."""
    return weights.get("", 0.0) + sum(weights.get(k, 0.0) * v for k, v in parts.items())


def chance(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-log_odds))


def log_odds(probability: float) -> float:
    """The log-odds of a probability."""
    return math.log(probability / (1 - probability))
