"""What a verdict rests on: what ties two claims to one event, which differences can both hold."""

from __future__ import annotations

import re
from datetime import date

from audit import model
from audit.facts import events
from audit.facts.events import Identity
from audit.facts.sides import Side
from audit.facts.statement import Statement
from audit.rules import Rules

_AGAINST_IT = frozenset(
    ("other theme", "other agent", "other place", "other qualifier", "one qualifier", "far apart")
)


def anchored(same: Identity) -> bool:
    """Whether something specific ties two claims: a named theme, or agent and place or partner."""
    has = {name for name, _ in same.parts}
    if has & _AGAINST_IT:
        return False
    if "theme" in has or has >= {"thing", "head"} or has >= {"sole", "head", "trigger"}:
        return True
    if "focus" in has:
        return "agent" in has or "partner" in has or "qualifier" in has
    if "subject" in has and "qualifier" in has:
        return True
    if "other head" in has:
        return False
    return "agent" in has and bool(has & {"partner", "place"})


def agreeing(x: Side, y: Side, same: Identity) -> bool:
    """Whether two reports that date a deed alike, to a month or closer, are tied by less: the same
    one did it to a thing of the same name. What agrees on so much is hardly two events."""
    has = {name for name, _ in same.parts}
    if x.document == y.document or has & _AGAINST_IT or same.probability < 0.85:
        return False
    return has >= {"agent", "head"} and finely(x.statement) and finely(y.statement)


def twice(same: Identity) -> bool:
    """Whether two named things tie two claims: who, what, the other side, the place. Less does not
    tell one event of a kind that nothing is known of from the next."""
    return len({name for name, _ in same.parts} & {"theme", "agent", "partner", "place"}) > 1


def can_tie(one: Statement, two: Statement) -> bool:
    """Whether ``twice`` can be true of two claims of one class: both name two of these."""
    roles = (one.theme, two.theme), (one.agent, two.agent)
    others = (one.partner, two.partner), (one.place, two.place)
    return sum(bool(a and b) for a, b in (*roles, *others)) > 1


def compatible(a: model.Quantity, b: model.Quantity) -> bool:
    """Whether two numbers for one thing can both be meant.

    Equal, or near each other where one is rounded: a tenth where both are hedged; of "about 60"
    and "nearly 14 million", half of the last figure, or a twentieth.
    """
    low, high = sorted((a, b), key=lambda q: q.value)
    if low.value_to is not None and low.value <= high.value <= low.value_to:
        return True
    if high.value == low.value:
        return True
    if _rounded(low.value, high.value):
        return True
    if low.bound == "exact" and high.bound in ("exact", "at_least"):
        return high.bound == "exact" and _rounded(high.value, low.value)
    if _rounded(high.value, low.value):
        return True
    if low.bound == "at_least":
        return high.value <= low.value * (1.2 if high.bound == "at_least" else 1.5)
    if low.bound != "exact" and high.bound != "exact":
        dozen = low.value >= 10 and high.value - low.value <= 2  # "about a dozen", "at least 14"
        return dozen or high.value <= low.value * 1.1
    hedged = high.value if low.bound == "exact" else low.value
    return high.value - low.value <= min(0.1 * hedged, max(0.05 * hedged, _last(hedged) / 2))


def _last(value: float) -> float:
    """What one more in the last figure of a number would be: 1 million for 14 million."""
    digits = f"{value:.0f}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _rounded(coarse: float, fine: float) -> bool:
    """Whether a number of one to three figures is another one rounded: 13 billion for 13.2. Below
    a hundred, whole numbers are counted and not rounded."""
    if coarse < 100:
        return coarse >= 10 and fine != round(fine) and round(fine) == coarse
    figures = len(f"{coarse:.0f}".rstrip("0"))
    return figures <= 3 and f"{coarse:.{max(0, figures - 1)}e}" == f"{fine:.{figures - 1}e}"


_NAMED_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_PRINTED = frozenset(("publish", "post", "update", "republish"))  # of the page, not of an event
NEAR_DAYS = 3  # days between two named days of one event that either text can have wrong
TOLD = 1.5  # what the story part of an identity must weigh: two reports of the same news


def named_days(x: Side, y: Side, same: Identity) -> bool:
    """Whether two reports of the same news give one event two days by name, near each other:
    "on Thursday" against "on Friday". What days a week carries, a wrong reference cannot make."""
    one, two = x.statement, y.statement
    if not _same_news(x, y, same) or not 0 < (events.gap(one, two) or 0) <= NEAR_DAYS:
        return False
    for side in (one, two):
        days, text = events.days(side), side.claim.date.text if side.claim.date else ""
        if days is None or days[0] != days[1] or side.claim.status != "asserted":
            return False
        if _NAMED_DAY.search(text) is None or _OFFSET.search(text):
            return False
    return True


_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])\Z")


def other_weekday(x: Side, y: Side, same: Identity) -> bool:
    """Whether two reports of the same news, of days unknown, give one event two days of the week
    near each other."""
    if not _same_news(x, y, same) or same.has("subject"):
        return False
    days = []
    for side in (x.statement, y.statement):
        when = side.claim.date
        match = _WEEKDAY.match(when.value) if when else None
        if when is None or match is None or side.claim.status != "asserted" or not side.finite:
            return False
        if _OFFSET.search(when.text):
            return False
        days.append(int(match.group(1)))
    away = (days[0] - days[1]) % 7
    return 0 < min(away, 7 - away) <= NEAR_DAYS


def _same_news(x: Side, y: Side, same: Identity) -> bool:
    """Whether two claims are of one event in two reports of the same news: by one verb where the
    event is only near what the text is about."""
    one, two = x.statement, y.statement
    parts = dict(same.parts)
    if x.document == y.document or one.lemma in _PRINTED:
        return False
    if set(parts) & _AGAINST_IT or parts.get("story", 0.0) < TOLD or same.probability < 0.7:
        return False
    tied = set(parts) & {"theme", "thing", "head", "focus"}
    return bool(tied) or ("subject" in parts and one.lemma == two.lemma)


_OFFSET = re.compile(r"\b(?:later|earlier|after|before|following|previous|ago|same)\b", re.I)


def loose(x: Side, y: Side, rules: Rules) -> bool:
    """Whether two dates are too loosely known to clash: of something that lasts, counted from
    another day ("a week later"), with a year or a week that the text does not give."""
    entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
    if entry.get("lasts") and not (entry.get("years") and events.yearly(x.statement, y.statement)):
        return True
    gap = events.gap(x.statement, y.statement) or 0
    for side in (x, y):
        text = side.statement.claim.date.text if side.statement.claim.date else ""
        if _OFFSET.search(text):
            return True
        if not re.search(r"\d{4}", text) and gap > 200:
            return True
        if not re.search(r"\d", text) and (5 < gap < 9 or gap <= 1):
            return True  # "last Sunday": this week's or the one before; or the night between
        if (
            side.statement.claim.date
            and side.statement.claim.date.type == "TIME"
            and gap <= 1
            and not _same_hours(x, y)
        ):
            return True
    return False


def _same_hours(x: Side, y: Side) -> bool:
    """Whether both texts name one part of a day: "on Sunday evening", "on Monday evening"."""
    parts = [d.value[-3:] if d else "" for d in (s.statement.claim.date for s in (x, y))]
    return parts[0] == parts[1] and parts[0] in ("TMO", "TAF", "TEV", "TNI")


def once(x: Side, y: Side, kind: str, rules: Rules) -> bool:
    entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
    rare = entry.get("repeats") == "rare" or bool(entry.get("once"))
    dates = [s.statement.claim.date for s in (x, y)]
    full = all(d is not None and re.search(r"\d{4}", d.text) for d in dates)
    asserted = x.statement.claim.attribution is None and y.statement.claim.attribution is None
    return kind == "date" and rare and full and asserted


def two_speakers(a: str, b: str) -> bool:
    """Whether two speakers are surely two: both named, with no name in common."""
    left, right = (set(re.findall(r"\b[A-Z][\w'-]{2,}", text)) for text in (a, b))
    return bool(left and right) and not left & right


def chain(one: Statement, two: Statement, rules: Rules) -> int | None:
    """Below 0 where the first claim's class comes before the second's in a chain of events."""
    for chain in rules.facts["events"].get("chains", {}).values():
        if one.claim.event in chain and two.claim.event in chain:
            return int(chain.index(one.claim.event) - chain.index(two.claim.event))
    return None


def chains(one: Statement, two: Statement, rules: Rules) -> list[str]:
    table = rules.facts["events"].get("chains", {})
    return [n for n, c in table.items() if one.claim.event in c and two.claim.event in c]


def mistaken(one: Statement, two: Statement, rules: Rules) -> bool:
    table = rules.facts["events"].get("mistaken", {})
    a, b = one.claim.event, two.claim.event
    return b in table.get(a, []) or a in table.get(b, [])


def finely(statement: Statement) -> bool:
    days = events.days(statement)
    return days is not None and (days[1] - days[0]).days <= 31


def before(x: Side, y: Side) -> bool:
    """Whether one claim surely holds for days before those of another: its own date, or else when
    its document appeared."""
    one, two = _holds(x), _holds(y)
    return one is not None and two is not None and one[1] < two[0]


def later(x: Side, y: Side) -> int:
    """Days by which a claim was told, or holds, after a denial ``x``; 0 where that is unknown. What
    a claim says is ahead was told when its document appeared."""
    one, two = (
        _told(side) if side.statement.claim.status != "asserted" else _holds(side)
        for side in (x, y)
    )
    return (two[0] - one[1]).days if one and two else 0


def _holds(side: Side) -> tuple[date, date] | None:
    """The days a claim holds for, the first and the last."""
    return events.days(side.statement) or _told(side)


def _told(side: Side) -> tuple[date, date] | None:
    """The days a claim's document can have appeared on, the first and the last."""
    seen = side.published
    if not (seen.from_ and seen.to):
        return None
    try:
        return date.fromisoformat(seen.from_[:10]), date.fromisoformat(seen.to[:10])
    except ValueError:
        return None


def appeared(a: model.Published, b: model.Published) -> int | None:
    """Below 0 where ``a`` appeared before ``b``; None where that cannot be told."""
    if not (a.from_ and a.to and b.from_ and b.to):
        return None
    if a.to < b.from_:
        return -1
    if b.to < a.from_:
        return 1
    return 0 if a.from_ == a.to == b.from_ == b.to else None
