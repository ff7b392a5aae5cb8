"""What hangs on a conflict: what differs, in what class of event, and what may lie between the two
texts: a count that grew, a figure of another year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from audit import model

_KIND = {"number": 0.95, "date": 0.85, "status": 0.9, "negation": 0.95, "identity": 0.8}
DISPUTED = 0.6
UNSURE = 0.6  # a conflict less sure than this weighs half
# What is counted again as a story goes on: of two texts without a date one may be the earlier.
_COUNTED = frozenset("death injury disappearance arrest charge verdict sentence".split())
_GROWS = frozenset("killed injured missing arrested displaced evacuated infected".split())
_SO_FAR = re.compile(r"(?i)\bthis (?:year|season|month|week)\b")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
LATER = 0.4  # what such a difference weighs then where the one is half of the other
FAR = 0.5  # what a difference of figures weighs whose texts appeared further apart than this:
DAYS = 60
COARSE = 0.5  # what one weighs whose greater figure has two digits and is so many times the other:
ROUND = 1.03
LONE = 0.8  # what a difference of figures weighs where its texts have no other statement in common

Figures = Mapping[tuple[str, int], model.Quantity]


def conflict(
    event: model.Event,
    one: model.Comparison,
    said: Figures,
    together: Mapping[tuple[str, ...], int],
    days: Mapping[str, str],
    gravity: Mapping[str, float],
) -> float:
    """What hangs on a conflict of an event, 0 to 1.6; how sure it is comes on top.

    said: ``figures`` of the event. together: ``shared`` of all events. days: when a document
    appeared, where that is known. gravity: the weights of rules/facts/events.toml.
    """
    weight = _KIND[one.kind] * (DISPUTED if one.verdict == "disputed" else 1.0)
    weight *= _gravity(one.event, gravity) * (0.5 if one.confidence < UNSURE else 1.0)
    if one.event == "count" and together[_pair(one)] == len(event.comparisons) == 1:
        weight *= LONE
    return weight * _settled(one, said, days)


def figures(event: model.Event) -> dict[tuple[str, int], model.Quantity]:
    """The figure of each statement of an event, by document and where the statement begins."""
    return {
        (one.document, one.claim.start): one.claim.value
        for one in event.claims
        if one.claim.value is not None
    }


def shared(events: Sequence[model.Event]) -> Counter[tuple[str, ...]]:
    """How many statements two documents make of one thing, be they alike or not."""
    every = (one for event in events for one in event.comparisons)
    return Counter(_pair(one) for one in every if one.verdict != "coexists")


def _gravity(event: str, weights: Mapping[str, float]) -> float:
    """What hangs on a class being wrong; what a verb without a class tells of counts less."""
    return weights.get("open" if event.startswith("open:") else event, 1.0)


def _pair(one: model.Comparison) -> tuple[str, ...]:
    return tuple(sorted((one.a.document, one.b.document)))


def _settled(one: model.Comparison, said: Figures, days: Mapping[str, str]) -> float:
    """The share of its weight, 0 to 1, that a difference of figures keeps for what may lie between
    two texts: a count that grows and was taken twice, the nearer the less likely; a figure "this
    year", or of texts that appeared months apart."""
    if one.kind != "number":
        return 1.0
    sides = (one.a, one.b)
    when = [_DAY.match(days.get(side.document, "")) for side in sides]
    known = [date.fromisoformat(day[0]) for day in when if day]
    apart = abs((known[0] - known[1]).days) if len(known) == 2 else None
    found = [said.get((side.document, side.start)) for side in sides]
    grows = one.event in _COUNTED or any(f is not None and f.slot in _GROWS for f in found)
    low, high = sorted(f.value if f is not None else 0.0 for f in found)
    if grows and low == 1 and high > 1:
        return LATER * 0.5  # a first report
    if grows and apart is None:
        tolls = all(f is not None and f.slot in _GROWS for f in found)
        return LATER * (0.5 + low / high) if tolls and low > 0 else LATER
    if low >= 100 and high / low < ROUND and float(f"{high:.1e}") == high:
        return COARSE  # "167,000" and "over 170,000"
    if (apart is None or apart > 1) and all(_SO_FAR.search(side.quote) for side in sides):
        return LATER
    return FAR if one.event == "count" and apart is not None and apart > DAYS else 1.0
