"""Ages as claims: how old a text says a named person is, and when that person was born then.

"Ida Voss, 42," printed on 3 May 2017 says she was born between 4 May 1974 and 3 May 1975; what
another text says on another day, or her date of birth, must meet those days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from audit import model
from audit.facts import events
from audit.facts.names import Name
from audit.facts.statement import Statement
from audit.tokens import Text

EVENT = "age"
BIRTH = "birth"
SLACK = 40  # days beyond which two spans of birth are apart: a text may be printed again later
YEAR = 400  # days between two texts, at most: of the dead the age at death is told for ever
NAMESAKE = 6  # years between two births from which two people of one name are meant
_YEAR = 365.25
_BEFORE = re.compile(r"(?: \([^()]{1,30}\))?, ?(?:now |aged? )?$")
_AFTER = re.compile(r" (?:(?!and |or |when |whose )[a-z-]+ ){0,2}(?=[A-Z])")
_THEN = re.compile(
    r"\b(?:was|were|when|then|as|at|since|before|after|being|became) (?:just |only |a |an |the )*$",
    re.I,
)


def ages(text: Text, found: list[Name], quantities: list[model.Quantity]) -> list[Statement]:
    """The ages a text gives people named in full beside them, as claims of the class ``age``."""
    told = [q for q in quantities if q.slot == EVENT and 1 <= q.value <= 110]
    if not told:
        return []
    people = [n for n in found if n.kind == "name" and " " in n.name]
    ends, starts = {n.end: n for n in people}, {n.start: n for n in people}
    out = []
    for q in told:
        who = _beside(text.plain, q, ends, starts)
        if who is None or _THEN.search(text.plain[max(0, q.start - 24) : q.start]):
            continue
        start, end = min(q.start, who.start), max(q.end, who.end)
        role = model.Role(who.start, who.end, text.raw[who.start : who.end], who.name)
        claim = model.Claim(start, end, EVENT, model.Roles(theme=role), value=q)
        out.append(
            Statement(
                claim,
                EVENT,
                (q.start, q.end),
                text.sentence_at(q.start),
                theme=frozenset((who.name,)),
            )
        )
    return out


def _beside(
    plain: str, q: model.Quantity, ends: dict[int, Name], starts: dict[int, Name]
) -> Name | None:
    """Whose age it is: "Ida Voss, 42", "42-year-old (painter) Ida Voss"."""
    low = max(0, q.start - 40)
    before = _BEFORE.search(plain[low : q.start])
    if before and (who := ends.get(low + before.start())) is not None:
        return who
    after = _AFTER.match(plain[q.end : q.end + 40])
    return starts.get(q.end + after.end()) if after else None


def born(statement: Statement, published: model.Published) -> tuple[date, date] | None:
    """The days on which a person was born by a claim of an age, or of a birth; None where the
    text's own day is not known to a month or so."""
    if statement.claim.event == BIRTH:
        return events.days(statement)
    value = statement.claim.value
    if value is None or not (published.from_ and published.to):
        return None
    first, last = (date.fromisoformat(d[:10]) for d in (published.from_, published.to))
    if (last - first).days > SLACK:
        return None
    return (
        first - timedelta(round((int(value.value) + 1) * _YEAR)),
        last - timedelta(round(int(value.value) * _YEAR)),
    )


def apart(
    one: Statement, two: Statement, left: model.Published, right: model.Published
) -> int | None:
    """Days by which two claims set a person's birth apart; 0 where they meet, None where that
    cannot be told or two people of one name are meant."""
    a, b = born(one, left), born(two, right)
    if a is None or b is None:
        return None
    if one.claim.event == two.claim.event == EVENT and left.from_ and right.from_:
        days = date.fromisoformat(left.from_[:10]) - date.fromisoformat(right.from_[:10])
        if abs(days.days) > YEAR:
            return None
    gap = max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)
    if gap > NAMESAKE * _YEAR:
        return None
    return gap if gap > SLACK else 0
