"""The verdict on two stances: whether what one text says of somebody, the other reverses.

What holds first and turns later is no conflict: nobody has conceded until somebody does.
"""

from __future__ import annotations

from datetime import date

from audit import model
from audit.facts import events
from audit.facts.grounds import NEAR_DAYS, two_speakers
from audit.facts.sides import Side
from audit.facts.stance_words import KINDS, Kind
from audit.facts.stances import ALL, alike
from audit.facts.statement import Statement
from audit.facts.telling import made_of

DAYS = 10  # between two days of one matter, at most
LIKE = 0.25  # likeness of two dated documents below which one name may be that of two people
SAME = 0.5  # and of documents of which one has no day
_BY_NAME = {kind.name: kind for kind in KINDS}


def _meet(kind: Kind, one: Statement, two: Statement) -> bool:
    """Whether two stances of a kind are about one matter."""
    a, b = one.claim.qualifier or "", two.claim.qualifier or ""
    if kind.name == "outcome":
        if a == b or ALL in (a, b):
            return True
        bare = one if not a else two if not b else None
        return bare is not None and bare.lemma == "acquitted"
    if kind.name in ("admission", "intent"):
        return alike(a, b)
    if kind.name == "result":
        (thing, period, share), (other, later, part) = ((*w.split("|"), "")[:3] for w in (a, b))
        one_time = period == later if period and later else bool(share) and share == part
        return thing == other and one_time
    return a == b


def _of_one(kind: Kind, one: Statement, two: Statement) -> bool:
    """Whether two stances are of one name; of what a body decides, of a word of the names near."""
    if kind.name != "approval":
        return events.meet(one.theme, two.theme)
    left, right = ({w for name in s.theme for w in name.split()} for s in (one, two))
    return not left.isdisjoint(right)


def opposed(x: Side, y: Side, likeness: float) -> model.Comparison | None:
    """A conflict where two texts hold the two sides of one matter of one name; where the second
    side may follow the first, and did, both hold."""
    one, two = x.statement, y.statement
    if one.head != two.head or one.lemma == two.lemma or x.document == y.document:
        return None
    kind = _BY_NAME[one.head or ""]
    if not _of_one(kind, one, two) or not _meet(kind, one, two):
        return None
    days = _day(x), _day(y)
    if likeness < (LIKE if all(days) else SAME):
        return None
    who = sorted(one.theme)[0] if kind.name not in ("appeal", "approval") else kind.name
    why = f"{who}: {one.lemma} against {two.lemma}"
    matter = one.claim.qualifier or two.claim.qualifier
    if kind.name == "outcome" and matter and matter != ALL:
        why += f" of {matter}"
    if kind.name == "done":
        why = f"{who}: {matter} against not {matter}"
    sure = 0.7 if all(days) else 0.6
    if days[0] and days[1]:
        early, late = (days[0], days[1]) if one.lemma == kind.sides[0] else (days[1], days[0])
        away = events.gap(one, two) if days[0][1] and days[1][1] else None
        away = abs((days[0][0] - days[1][0]).days) if away is None else away
        if away > (DAYS if kind.name != "intent" else NEAR_DAYS):
            return None
        one_day = late[0] == early[0] and (not kind.soon or (late[1] and early[1]))
        if kind.turns and not (late[0] < early[0] or one_day):
            turned = _made(x, y, kind, "coexists", 0.55, f"{why}, which came later.")
            return turned if early[0] < late[0] else None
    if x.speaker and y.speaker and two_speakers(x.speaker, y.speaker):
        return _made(x, y, kind, "disputed", sure, f"{why}. Two speakers differ: {x.speaker} and "
                     f"{y.speaker}.")  # fmt: skip
    return _made(x, y, kind, "conflict", sure, f"{why}, in two reports of the same days.")


def _day(side: Side) -> tuple[date, bool] | None:
    """The day a stance holds for and whether it is its own: else its document appeared on it."""
    dated = events.days(side.statement)
    if dated is not None:
        return dated[0], True
    if not (side.published.from_ and side.published.to):
        return None
    first, last = (date.fromisoformat(d[:10]) for d in (side.published.from_, side.published.to))
    return (last, False) if (last - first).days < DAYS else None


def _made(x: Side, y: Side, kind: Kind, verdict: str, sure: float, why: str) -> model.Comparison:
    made = made_of(x, y, "status", verdict, sure, why)
    return model.Comparison(kind.event, *(getattr(made, f) for f in made.__struct_fields__[1:]))
