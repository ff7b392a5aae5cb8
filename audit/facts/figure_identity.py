"""How likely two figures of two documents count one thing: a fitted score, and its parts.

Two logistic scores (rules/facts/identity.toml, fitted by ``python -m tests.eval.fit_identity``):
whether two documents tell one story, by the names and the rare words they share; and whether two
figures in them count one thing, by that, by the words of their clauses, and by their place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from audit import model
from audit.facts import events
from audit.facts.events import Story
from audit.facts.figures import Figure
from audit.facts.lexicon import built
from audit.facts.words import Words, words_of
from audit.rules import Rules

MOST = 4.0  # weight of shared words, and logarithm of two numbers' ratio, at most
CERTAIN = 4.0  # log-odds of one story, at most either way

# The parts of either score, as an editor says them.
PARTS = {
    "story": "one story",
    "shared": "words beside both numbers",
    "share": "most words beside them",
    "lead": "no other number fits as well",
    "both early": "told early in both",
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
    a: Document, b: Document, likeness: float, known: frozenset[str]
) -> dict[str, float]:
    """What two documents share, 0..1 each: names (``likeness``), rare words, foremost names."""
    least = min(sum(a.terms.values()), sum(b.terms.values()))
    shared = sum(min(w, b.terms[k]) for k, w in a.terms.items() if k in b.terms)
    return {
        "names": likeness,
        "terms": shared / least if least else 0.0,
        "leads": min(_leads(a.story, b.story, known), _leads(b.story, a.story, known)),
    }


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
        "one early": float(x.early != y.early),
        "both early": float(x.early and y.early),
    }


def odds(parts: dict[str, float], weights: dict[str, float]) -> float:
    """The log-odds of a score."""
    return weights.get("", 0.0) + sum(weights.get(k, 0.0) * v for k, v in parts.items())


def chance(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-log_odds))
