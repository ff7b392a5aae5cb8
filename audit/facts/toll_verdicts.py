"""The totals two reports give of one main event, set side by side."""

from __future__ import annotations

from audit import model
from audit.facts import events, tolls
from audit.facts.events import Identity
from audit.facts.grounds import appeared, compatible
from audit.facts.sides import Doc, Side
from audit.facts.telling import made_of, number_of
from audit.facts.verdicts import clash
from audit.rules import Rules


def between(
    a: Doc, b: Doc, left: list[Side], right: list[Side], likeness: float, rules: Rules
) -> list[model.Comparison]:
    counts = [tolls.tolls(d.text, d.facts.statements, d.facts.published) for d in (a, b)]
    both = [
        [(next(s for s in found if s.statement is t.statement), t) for t in c]
        for found, c in zip((left, right), counts, strict=True)
    ]
    causes = (tolls.cause(a.facts.statements), tolls.cause(b.facts.statements))
    known = events.actors(rules)
    leads = (
        tolls.lead(a.text, a.facts.names, counts[0]) - known,
        tolls.lead(b.text, b.facts.names, counts[1]) - known,
    )
    return [c for c, _, _ in compare_tolls(both[0], both[1], causes, leads, likeness, rules)]


def compare_tolls(
    left: list[tuple[Side, tolls.Toll]],
    right: list[tuple[Side, tolls.Toll]],
    causes: tuple[str | None, str | None],
    leads: tuple[frozenset[str], frozenset[str]],
    likeness: float,
    rules: Rules,
) -> list[tuple[model.Comparison, Side, Side]]:
    """The totals two reports give of what both take for their main event, set side by side.

    causes, leads: the main cause and the names at the head of either report."""
    if not left or not right:
        return []
    days = tolls.apart(left[0][0].published, right[0][0].published)
    if not tolls.one_event(causes[0], causes[1], likeness, days):
        return []
    if leads[0] and leads[1] and not events.meet(*leads):
        return []
    sure = min(0.95, 0.55 + 0.5 * likeness)
    same = Identity(sure, (("story", likeness), ("main event", 1.0)))
    out = []
    steady = causes[0] is not None and causes[0] == causes[1] and causes[0] not in tolls.ONGOING
    for x, one in left:
        for y, two in right:
            if tolls.comparable(one, two, 60.0 if steady else 3.0):
                made = _count(x, y, one.value, two.value, same, rules)
                if made is not None:
                    out.append((made, x, y))
    return out


def _count(
    x: Side, y: Side, a: model.Quantity, b: model.Quantity, same: Identity, rules: Rules
) -> model.Comparison | None:
    what = f"{a.slot}, main event"
    if compatible(a, b):
        return made_of(x, y, "number", "corroborates", same.probability,
                     f"Both give {number_of(a)} ({what}).")  # fmt: skip
    why = f"{what}: {number_of(a)} against {number_of(b)}"
    if (a.value == 1) != (b.value == 1) and a.slot != "magnitude":
        return made_of(x, y, "number", "coexists", same.probability * 0.6,
                     f"{why}; the one may be a first report, or one among the others.")  # fmt: skip
    first = appeared(x.published, y.published)
    if first:
        early, late = (a, b) if first < 0 else (b, a)
        higher = late.value >= early.value
        if higher or a.slot == "missing":  # whom the days find
            return made_of(x, y, "number", "update", same.probability,
                         f"{why}; the {'higher' if higher else 'lower'} count was published later.",
                         )  # fmt: skip
    return clash(x, y, "number", same, why, rules)
