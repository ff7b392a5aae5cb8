"""Whether two claims speak of one event: an explicit score over what they share.

Each part of the score is a weight in log-odds, so that the sum is a probability by the logistic
function and the parts can be shown to an editor. The weights are set by hand
and held to the development data by floors (tests/eval/stories.py, fact_pairs.py). The
file is long because each part is read from the same two claims.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from audit.facts.lexicon import built
from audit.facts.names import aliases, same
from audit.facts.statement import Statement
from audit.rules import Rules

# Log-odds: how much each part speaks for one event, or against it.
WEIGHTS = {
    "prior": -1.2,
    "theme": 1.9,
    "other theme": -3.0,
    "head": 0.7,
    "other head": -1.3,
    "focus": 0.9,
    "subject": 0.7,
    "agent": 1.1,
    "other agent": -1.8,
    "partner": 0.9,
    "other partner": -1.2,
    "place": 1.2,
    "other place": -2.2,
    "thing": 1.2,
    "sole": 0.8,
    "trigger": 0.3,
    "qualifier": 0.8,
    "other qualifier": -4.0,
    "one qualifier": -2.0,
    "context": 1.0,
    "story": 2.0,
    "no story": -0.8,
    "rare": 0.7,
    "often": -0.9,
    "far apart": -1.5,
}


THING = 0.3  # likeness of documents from which "the contract" in both can be one
SOLE = 0.5  # likeness of documents from which the one dump that opens in both is the same
# Days between two dates from which they rather tell two events than one told wrongly.
_HORIZONS = {"rare": 36500, "some": 800, "often": 8}
HORIZON = {
    "resignation": 120,
    "dismissal": 120,
    "appointment": 120,
    "nomination": 120,
    "election": 60,
    "arrest": 120,
    "trial": 8,
    "death": 36500,
    "construction": 36500,
}


@dataclass(frozen=True, eq=False)
class Story:
    """The names of one document and how often it has them: what it is about."""

    names: Counter[str]
    focus: frozenset[str]  # specific names that recur: what an unnamed theme may stand for

    @cached_property
    def lasts(self) -> dict[str, str]:
        """The last word of each name."""
        return {name: name.rsplit(" ", 1)[-1] for name in self.names}

    @cached_property
    def ends(self) -> frozenset[str]:
        """The names and their last words."""
        return frozenset((*self.names, *self.lasts.values()))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """By what of ``ends`` a name is or ends in: the places in ``names`` of such names."""
        found: dict[str, list[int]] = {}
        for at, (name, last) in enumerate(self.lasts.items()):
            for end in {name, last}:
                found.setdefault(end, []).append(at)
        return found


@dataclass(frozen=True)
class Identity:
    """How likely two claims are of one event, and the parts that say so."""

    probability: float
    parts: tuple[tuple[str, float], ...]

    def has(self, part: str) -> bool:
        return any(name == part for name, _ in self.parts)


def story(found: Iterable[str], actors: frozenset[str]) -> Story:
    """What a document is about, from its names in order."""
    counts = Counter(found)
    often = {n: c for n, c in counts.items() if c >= 2 and n not in actors}
    least = 0.4 * max(often.values(), default=0)
    return Story(counts, frozenset([n for n, c in often.items() if c >= least]))


def foremost(of: Story, known: frozenset[str], most: int = 3) -> list[str]:
    """The names a document has most, actors aside: what it is about, whatever it says of it."""
    own = (n for n in of.names if n not in known)
    return sorted(own, key=lambda n: (-of.names[n], n))[:most]


def actors(rules: Rules) -> frozenset[str]:
    """The names of known actors: countries and bodies, which many stories share."""
    return built(rules, _actors)


def _actors(rules: Rules) -> frozenset[str]:
    return frozenset(aliases(rules).values())


def chains(rules: Rules) -> dict[str, Any]:
    table: dict[str, Any] = rules.facts.get("events", {})
    return table


def alike(a: Story, b: Story, known: frozenset[str]) -> float:
    """The share of the poorer document's names that the other has too, 0..1; actors count less."""

    ends = a.ends & b.ends
    if not ends:
        return 0.0
    places = a.places
    shared = sorted({at for end in ends for at in places[end]})
    (weights, one), (_, two) = _weights(a, known), _weights(b, known)
    whole = min(one, two)
    return min(1.0, sum([weights[at] for at in shared]) / whole) if whole else 0.0


@lru_cache(maxsize=1 << 12)
def _weights(of: Story, known: frozenset[str]) -> tuple[list[float], float]:
    """The weights of a document's names and of all of them, remembered: it meets many others."""
    found = [0.35 if name in known else 1.0 for name in of.names]
    return found, sum(found)


def meet(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of names have one in common, in any form."""
    if a & b:
        return True
    return any(same(x, y) for x in a for y in b)


def identity(
    x: Statement, y: Statement, likeness: float, left: Story, right: Story, rules: Rules
) -> Identity:
    """How likely two claims of one class, or of one chain, are of one event.

    ``likeness`` is ``alike`` of their documents.
    """
    known = actors(rules)
    found: list[str] = ["prior"]
    theme = _theme(x, y, left, right, known)
    if theme:
        found.append(theme)
    if x.claim.event != y.claim.event:
        # Who buys is to whom it is delivered: parties meet across roles.
        parties = x.agent | x.partner, y.agent | y.partner
        if all(parties):
            found.append("agent" if meet(*parties) else "other agent")
    else:
        for key, a, b in (("agent", x.agent, y.agent), ("partner", x.partner, y.partner)):
            if a and b:
                found.append(key if meet(a, b) else f"other {key}")
    places = _places(x, y, known)
    if places:
        found.append(places)
    if x.head == y.head and likeness >= THING and meet(x.thing - known, y.thing - known):
        found.append("thing")
    if x.sole and y.sole and x.head == y.head and likeness >= SOLE:
        found.append("sole")
    if x.lemma == y.lemma:
        found.append("trigger")
    qualifier = _qualifiers(x.claim.qualifier, y.claim.qualifier)
    if qualifier:
        found.append(qualifier)
    repeats = rules.facts["events"]["class"].get(x.claim.event, {}).get("repeats", "some")
    if repeats in ("rare", "often"):
        found.append(repeats)
    apart = gap(x, y)
    settled = x.sole and y.sole and yearly(x, y)  # in which year the only one was opened
    if not settled and apart is not None and apart > HORIZON.get(x.claim.event, _HORIZONS[repeats]):
        found.append("far apart")
    parts = [(name, WEIGHTS[name]) for name in found]
    shared = _shared_context(x, y, known)
    if shared:
        parts.append(("context", WEIGHTS["context"] * min(1.0, shared / 3)))
    if likeness >= 0.15:
        parts.append(("story", WEIGHTS["story"] * min(1.0, 1.5 * likeness)))
    else:
        parts.append(("no story", WEIGHTS["no story"]))
    total = sum(weight for _, weight in parts)
    return Identity(1 / (1 + math.exp(-total)), tuple(parts))


def _theme(
    x: Statement, y: Statement, left: Story, right: Story, known: frozenset[str]
) -> str | None:
    a, b = x.theme - known, y.theme - known
    if a and b:
        return "theme" if meet(a, b) else "other theme"
    if x.theme and y.theme and not a and not b:
        if not meet(x.theme, y.theme):
            return "other theme"
        # "Russia" is a theme; of "Russian diplomats", it only says which.
        own = [
            s.claim.roles.theme is not None and s.claim.roles.theme.name in known for s in (x, y)
        ]
        return "theme" if all(own) and x.head == y.head else "head"
    if (a and meet(a, right.focus)) or (b and meet(b, left.focus)):
        # One names it, the other's document is about it.
        other = y if a else x
        if other.head is None or not (other.theme or other.head in _SPECIFIC):
            return "focus"
    if x.head and y.head:
        return "head" if _one_head(x, y) else "other head"
    # Neither names it: what both documents are about.
    return "subject" if not (a or b) and meet(left.focus, right.focus) else None


def _one_head(x: Statement, y: Statement) -> bool:
    """Whether two themes are of one kind of thing: "the ferry Ulla Berg" is a ferry."""
    if x.head == y.head:
        return True
    for one, two in ((x, y), (y, x)):
        role = one.claim.roles.theme
        if role is not None and not two.theme and two.head in role.text.casefold().split():
            return True
    return False


# Heads that name another thing than the document's subject.
_SPECIFIC = frozenset("drone jet fighter gas oil tank submarine tie comment threat ship".split())


def _places(x: Statement, y: Statement, known: frozenset[str]) -> str | None:
    if not x.place or not y.place:
        return None
    if meet(x.place, y.place):
        return "place"
    # A country and a town in it do not contradict each other.
    one, two = x.place - known, y.place - known
    return "other place" if bool(one) == bool(two) else None


def _qualifiers(a: str | None, b: str | None) -> str | None:
    if a is None and b is None:
        return None
    first, second = (a or "").partition(" ")[0], (b or "").partition(" ")[0]
    if a is not None and b is not None:
        return "qualifier" if first == second else "other qualifier"
    alone = first or second
    return None if alone in ("first", "last") else "one qualifier"


def _shared_context(x: Statement, y: Statement, known: frozenset[str]) -> float:
    total = 0.0
    for name in sorted(x.context):
        if name in y.context or any(same(name, other) for other in y.context):
            total += 0.4 if name in known else 1.0
    return total


def yearly(x: Statement, y: Statement) -> bool:
    """Whether two dates are years, and not two that follow each other: "built in 1978"."""
    years = [
        int(s.claim.date.value)
        for s in (x, y)
        if s.claim.date is not None and re.fullmatch(r"\d{4}", s.claim.date.value)
    ]
    return len(years) == 2 and abs(years[0] - years[1]) > 1


def days(statement: Statement) -> tuple[date, date] | None:
    """The days a claim is dated to, first and last."""
    when = statement.claim.date
    if when is None or not when.from_ or not when.to:
        return None
    try:
        return date.fromisoformat(when.from_[:10]), date.fromisoformat(when.to[:10])
    except ValueError:
        return None


def gap(x: Statement, y: Statement) -> int | None:
    """Days between two dated claims: 0 where their intervals meet, None where one has no date."""
    a, b = days(x), days(y)
    if a is None or b is None:
        return None
    return max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)
