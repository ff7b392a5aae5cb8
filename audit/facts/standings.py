"""What people and states are said to be, set against each other: offices, memberships.

Neither is an event: what two texts call one person holds for weeks, so texts further apart than
that, or of a day unknown, are not compared; "Mr" and "Ms" hold for ever.
"""

from __future__ import annotations

from datetime import date

from audit import model
from audit.facts import memberships, offices
from audit.facts.offices import DAYS
from audit.facts.sides import Side
from audit.facts.telling import made_of

EVENTS = (offices.EVENT, memberships.EVENT)
LIKE = 0.25  # likeness of two documents below which one name may be that of two people


def contradicted(x: Side, y: Side, likeness: float) -> model.Comparison | None:
    """Two offices of which one person holds one, or a member that is told to be none."""
    one, two = x.statement, y.statement
    if one.claim.event != two.claim.event or one.theme != two.theme:
        return None
    office = one.claim.event == offices.EVENT
    if not (offices.differ(one, two) if office else memberships.differ(one, two)):
        return None
    sure = 0.85
    if x.document != y.document:
        if not (one.finite and two.finite) or likeness < LIKE:
            return None
        if one.head != offices.PERSON and not _near(x.published, y.published):
            return None
        if not office and not (
            memberships.before(one, y.published) and memberships.before(two, x.published)
        ):
            return None
        sure = 0.75
    who = sorted(one.theme)[0]
    if office:
        why = f"{who}: {one.lemma} against {two.lemma}; one person is not both"
        if one.head != offices.PERSON:
            why += " at one time"
    else:
        body = sorted(one.partner)[0]
        why = f"{who}: a member of {body} against no member of {body}"
    return made_of(x, y, "identity", "conflict", sure - 0.1 * (not one.finite or not two.finite),
                   f"{why}.")  # fmt: skip


def _near(a: model.Published, b: model.Published) -> bool:
    """Whether two texts surely appeared within DAYS of each other."""
    if not (a.from_ and a.to and b.from_ and b.to):
        return False
    days = [date.fromisoformat(d[:10]) for d in (a.from_, a.to, b.from_, b.to)]
    return (max(days) - min(days)).days <= DAYS
