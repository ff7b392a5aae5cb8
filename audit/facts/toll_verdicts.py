"""The totals two reports give of one main event, set side by side."""

from __future__ import annotations

from audit import model
from audit.facts import tolls
from audit.facts.events import Identity
from audit.facts.figure_identity import chance
from audit.facts.grounds import appeared, compatible
from audit.facts.sides import Doc, Side
from audit.facts.telling import made_of, number_of
from audit.facts.verdicts import clash
from audit.rules import Rules


def between(
    a: Doc,
    b: Doc,
    left: list[Side],
    right: list[Side],
    story: float,
    doubtful: set[tuple[int, int]],
    rules: Rules,
) -> list[tuple[model.Comparison, Side, Side]]:
    """The totals of two documents, as ``compare_tolls`` has them."""
    counts = [tolls.tolls(d.text, d.facts.statements, d.facts.published) for d in (a, b)]
    both = [
        [(next(s for s in found if s.statement is t.statement), t) for t in c if t.total]
        for found, c in zip((left, right), counts, strict=True)
    ]
    causes = (tolls.cause(a.facts.statements), tolls.cause(b.facts.statements))
    return compare_tolls(both[0], both[1], causes, story, doubtful, rules)


def compare_tolls(
    left: list[tuple[Side, tolls.Toll]],
    right: list[tuple[Side, tolls.Toll]],
    causes: tuple[str | None, str | None],
    story: float,
    doubtful: set[tuple[int, int]],
    rules: Rules,
) -> list[tuple[model.Comparison, Side, Side]]:
    """The totals two reports of one story give of its main event, set side by side.

    causes: the main cause of either report; story: the log-odds that they are of one story;
    doubtful: where tolls begin that are hardly of one thing."""
    if not left or not right or not tolls.one_event(*causes):
        return []
    sure = min(0.95, chance(story))
    same = Identity(sure, (("story", story), ("main event", 1.0)))
    out = []
    steady = causes[0] is not None and causes[0] == causes[1] and causes[0] not in tolls.ONGOING
    for x, one in left:
        for y, two in right:
            if (one.value.start, two.value.start) in doubtful:
                continue
            if tolls.comparable(one, two, 60.0 if steady else 3.0) and not _elsewhere(x, y):
                made = _count(x, y, one.value, two.value, same, rules)
                if made is not None:
                    out.append((made, x, y))
    return out


def _elsewhere(x: Side, y: Side) -> bool:
    """Whether two counts are of two places: nothing named beside them is the same, and either
    names what the other document has not at all."""
    one, two = (
        {n.rsplit(" ", 1)[-1] for n in s.statement.place | s.statement.context} for s in (x, y)
    )
    return not one & two and bool(one - y.story.ends) and bool(two - x.story.ends)


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
