"""How likely two figures of two documents count one thing: a fitted score, and its parts.

Logistic scores (rules/facts/identity.toml, fitted by ``python -m tests.eval.fit_identity``):
whether two documents tell one story, by the names, the words and the days they share; and whether
two figures in them count one thing, by that, by the words of their clauses, how near the numbers
are, and by their place. Long, for the second score holds the first, and both are one model of parts
that editors are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from audit import model
from audit.facts import tolls
from audit.facts.events import Story
from audit.facts.figure_kinds import AGE, SHARE, lasts
from audit.facts.figure_scopes import SEVERAL
from audit.facts.figures import Figure
from audit.facts.gist import Gist, cosine, length
from audit.facts.lexicon import built
from audit.facts.name_keys import named, one_of
from audit.facts.piles import Pile
from audit.facts.prices import one_deal
from audit.facts.words import Words, words_of
from audit.rules import Rules

MOST = 4.0  # weight of shared words, and logarithm of two numbers' ratio, at most
CERTAIN = 4.0  # log-odds of one story, at most either way
_YEAR = 366  # days of the years that days are counted in (gist.py)
AGREE = 3  # days, or years, that two documents share: more tell no more
APART = 21  # days between two publications of one story, at most
# Logarithm of two numbers' ratio within which they are near each other; shares of two months are.
NEAR = 0.2
STRANGE = 3  # names beside either figure that the other document has not: more tell no more
TWO = -2.5  # log-odds of one story below which nothing is set against anything of another
# Where two documents are all that is known, those from which more is than what names tell: .3.
ALONE = -0.85
_NOUGHT = 0.5  # what nought counts as beside another number
_TRIVIAL = 3  # a count below it is shared by chance

# The parts of either score, as an editor says them.
PARTS = {
    "story": "one story",
    "shared": "words beside both numbers",
    "share": "most words beside them",
    "lead": "no other number fits as well",
    "both early": "told early in both",
    "both first": "first of the kind in both",
    "near": "numbers near each other",
    "beside": "the same number beside both",
    "left": "all other numbers of the kind agree",
    "deal": "one buyer and one bought",
    "whom": "one person, place or owner",
}


@dataclass(frozen=True)
class Model:
    """The fitted weights by part, "" being the constant; and the scores that are enough: of a story
    where the texts' tolls may rest on it, of a figure, of a story where figures are compared."""

    story: dict[str, float]
    figure: dict[str, float]
    one_story: float
    one_thing: float
    likely: float
    words: Words
    pile: dict[str, float]
    toll: dict[str, float]
    one_toll: float


@dataclass(frozen=True)
class Document:
    """What comparing figures needs of one document."""

    id: str
    story: Story
    published: model.Published
    figures: list[Figure]


class Told(msgspec.Struct, frozen=True, gc=False):
    """What shows which story one document tells."""

    gist: Gist
    published: model.Published
    numbers: list[tuple[str, float]]  # what it counts, and how many
    lengths: tuple[float, float, float]  # of its bags: capitals, opening, weekdays


def as_told(
    gist: Gist, published: model.Published, figures: Iterable[Figure], words: Words
) -> Told:
    """What shows the story of a document of this gist and these figures."""
    numbers = {
        (words.kin(f.counts), f.number.value)
        for f in figures
        if f.counts not in (SHARE, AGE) and not lasts(f.counts) and f.number.value >= _TRIVIAL
    }
    lengths = length(gist.proper), length(gist.opening), length(gist.weekdays)
    return Told(gist, published, sorted(numbers), lengths)


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
        float(least.get("likely", 1.0)),
        words_of(rules),
        dict(table.get("pile", {})),
        dict(table.get("toll", {})),
        float(least.get("toll", 1.0)),
    )


def pile_of(rules: Rules) -> Pile:
    """How a pile of documents decides which tell one story."""
    fit = model_of(rules)
    return Pile(fit.story.get("", 0.0), fit.pile, TWO)


def story_parts(a: Told, b: Told) -> dict[str, float]:
    """What two documents share: the words they write with a capital, those they open with and the
    days of the week they tell of, as cosines; figures, as a share; days and years, as many as
    AGREE."""
    one, two, long, other = a.gist, b.gist, a.lengths, b.lengths
    fewer = min(len(a.numbers), len(b.numbers))
    return {
        "names": cosine(one.proper, two.proper, long[0] * other[0]),
        "opening": cosine(one.opening, two.opening, long[1] * other[1]),
        "weekdays": cosine(one.weekdays, two.weekdays, long[2] * other[2]),
        "numbers": len({*a.numbers} & {*b.numbers}) / fewer if fewer else 0.0,
        "days": _agreeing(one.days, two.days),
        "years": _agreeing(one.years, two.years),
    }


def _agreeing(one: list[str], two: list[str]) -> float:
    """How many of two lists are the same, AGREE at most."""
    return float(min(AGREE, len({*one} & {*two}))) if one and two else 0.0


def story_odds(a: Told, b: Told, fit: Model) -> float | None:
    """The log-odds that two documents tell one story; None where they appeared too far apart."""
    days = tolls.apart(a.published, b.published)
    if (days is not None and days > APART) or of_other_days(a, b):
        return None
    return odds(story_parts(a, b), fit.story)


def of_other_days(a: Told, b: Told) -> bool:
    """Whether two documents appeared on days of a year too far apart, as their heads say, whatever
    the year: "NAIROBI, Feb. 24" and "NAIROBI, Oct. 11"."""
    days = _between(a.gist.day, b.gist.day)
    return days is not None and days > APART


def _between(one: int, two: int) -> int | None:
    """Days between two days of a year, whatever year; None where either is not known."""
    days = abs(one - two)
    return min(days, _YEAR - days) if one and two else None


def together(one: int, two: int) -> bool:
    """Whether two documents appeared near each other, by the days of a year that they did; not
    where either is not known."""
    days = _between(one, two)
    return days is not None and days <= APART


def shared_words(x: Figure, y: Figure) -> dict[str, float]:
    """The words beside both numbers and what each weighs."""
    return {k: min(w, y.stems[k]) for k, w in x.stems.items() if k in y.stems}


def figure_parts(
    x: Figure, y: Figure, story: float, a: Document, b: Document, words: Words
) -> dict[str, float]:
    """What speaks for one thing, and against it. ``story`` are the log-odds of one story."""
    weight = sum(shared_words(x, y).values())
    poorer = min(sum(x.stems.values()), sum(y.stems.values()))
    mine, its = words.kin(x.counts), words.kin(y.counts)
    here, there = _rivals(x, mine, a, words), _rivals(y, its, b, words)
    rival = max(
        [sum(shared_words(x, f).values()) for f in there if f is not y]
        + [sum(shared_words(f, y).values()) for f in here if f is not x],
        default=0.0,
    )
    low, high = sorted((x.number.value, y.number.value))
    quakes = x.counts == "magnitude"
    ratio = math.log(high / (low or _NOUGHT)) if high > 0 and not quakes else 0.0
    told = any(f.number.value == x.number.value for f in there) or any(
        f.number.value == y.number.value for f in here
    )
    share = weight / max(0.3, poorer)
    deal = one_deal(x.deal, y.deal)
    if deal:  # whatever else they tell, both tell of one purchase
        story = max(story, CERTAIN)
    return {
        "story": max(-CERTAIN, min(CERTAIN, story)) / 2,
        "shared": min(MOST, weight),
        "share": share,
        "lead": weight - rival,
        "ratio": min(MOST, ratio),
        "near": 0.0 if quakes or x.counts == SHARE else max(0.0, 1 - ratio / NEAR),
        "quakes": float(quakes),
        "apart": min(1.0, high - low) if quakes else 0.0,
        "other": float(x.other != y.other),
        "told": float(told),
        "whole": float(x.whole != y.whole),
        "left": float(_left(x, y, here, there)),
        "one early": float(x.early != y.early),
        "both early": float(x.early and y.early),
        "both first": float(
            x.number.value == here[0].number.value and y.number.value == there[0].number.value
        ),
        "strange": float(min(STRANGE, _strange(x, b) + _strange(y, a))),
        "other noun": float(mine != its),
        "sum": float(x.counts.startswith("money")),
        "share of all": float(x.counts == SHARE),
        # A text gives the ages of many; not so where most words beside two are the same.
        "age": max(0.0, 1 - share) if x.counts == AGE else 0.0,
        "lasts": float(lasts(x.counts)),
        "beside": float(beside(x, y, a, b)),
        "deal": float(deal),
        "whom": _whom(x, y),
    }


def _whom(x: Figure, y: Figure) -> float:
    """1 where two figures tell of one person, place or firm by name, a half where by what somebody
    is ("the driver")."""
    if not one_of(x.whose, y.whose, person=x.counts == AGE):
        return 0.0
    return 1.0 if named(x.whose) and named(y.whose) else 0.5


def _rivals(of: Figure, kin: str, document: Document, words: Words) -> list[Figure]:
    """The figures of a document that count what one of them does, that one among them; what several
    deeds came to is no rival of what one did."""
    return [
        f
        for f in document.figures
        if words.kin(f.counts) == kin
        and f.number.unit == of.number.unit
        and (f.scope == of.scope or SEVERAL not in (f.scope, of.scope))
    ]


def elsewhere(x: Figure, y: Figure, a: Document, b: Document) -> bool:
    """Whether two figures of people are of two places: their sentences have no name in common, and
    either has one that the other document has not at all."""
    ends = [{name.rsplit(" ", 1)[-1] for name in of.names} for of in (x, y)]
    return not ends[0] & ends[1] and bool(_strange(x, b)) and bool(_strange(y, a))


def two_people(x: Figure, y: Figure, a: Document, b: Document) -> bool:
    """Whether two figures are told of two people: names of several words stand beside both, none
    of them in common, and either document has none of the other's."""
    ends = [{name.rsplit(" ", 1)[-1] for name in of.names if " " in name} for of in (x, y)]
    if not all(ends) or ends[0] & ends[1]:
        return False
    return not ends[0] & b.story.ends and not ends[1] & a.story.ends


def _strange(of: Figure, other: Document) -> int:
    """How many names stand beside a figure that the other document has not at all."""
    return sum(name.rsplit(" ", 1)[-1] not in other.story.ends for name in of.names)


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
    total = 0.0
    for part, value in parts.items():
        if value:
            total += weights.get(part, 0.0) * value
    return weights.get("", 0.0) + total


def chance(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-log_odds))


def log_odds(probability: float) -> float:
    """The log-odds of a probability."""
    return math.log(probability / (1 - probability))
