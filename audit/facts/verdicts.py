"""The verdict on two claims of one event or one chain: of numbers, parts, days, status, or steps.

Each returns None where it has nothing to say. What they ask of the claims alone comes first, in
``tells`` and ``steps_tell``: false where no verdict can have anything to say, whatever the event.
Long, for these are read beside the verdicts."""

from __future__ import annotations

from audit import model
from audit.facts import ages, events, tolls
from audit.facts.events import Identity
from audit.facts.grounds import (
    NEAR_DAYS,
    agreeing,
    anchored,
    appeared,
    before,
    chain,
    chains,
    compatible,
    finely,
    later,
    loose,
    mistaken,
    named_days,
    once,
    other_weekday,
    two_speakers,
)
from audit.facts.sides import Side
from audit.facts.telling import label_of, made_of, name_of, number_of, ties_of, when_of
from audit.rules import Rules

SURE = 0.6  # identity from which a difference is called a conflict
_DONE = ("asserted",)
_AHEAD = ("planned", "considered", "proposed", "threatened", "predicted")
_AGAINST = ("denied", "negated")


def tells(x: Side, y: Side) -> bool:
    """Whether two claims of one class can have anything to say to each other, asked before it is
    asked if they are of one event: most have not, and that takes far longer."""
    one, two = x.statement, y.statement
    left, right = one.claim, two.claim
    apart = left.status != right.status
    against = (left.status in _AGAINST) + (right.status in _AGAINST)
    if left.value is not None and right.value is not None and _measured(left.value, right.value):
        return True
    dated = left.date is not None or right.date is not None
    if (apart or dated) and (left.qualifier is not None or right.qualifier is not None):
        return True
    if left.date is not None and right.date is not None and not against:
        return True
    if not apart:
        if left.status not in _DONE or x.document == y.document or not (one.finite or two.finite):
            return False
        return bool(one.theme and two.theme) and bool(one.agent) == bool(two.agent)
    if against:
        return against == 1 and one.lemma[:5] == two.lemma[:5]
    if left.status in _DONE:
        return not two.nominal
    return right.status in _DONE and not one.nominal


def _measured(a: model.Quantity, b: model.Quantity) -> bool:
    """Whether two values are of one thing that claims are compared by; of tolls, only the totals of
    the main event are (audit/facts/tolls.py)."""
    if a.slot != b.slot or a.slot in tolls.TOLLS or a.slot in ("age", "percentage"):
        return False
    return (a.unit or "") == (b.unit or "")


def steps_tell(x: Side, y: Side) -> bool:
    """The same of two claims of two classes: both told as done, of days that are known."""
    left, right = x.statement.claim, y.statement.claim
    told = left.status in _DONE and right.status in _DONE
    return told and left.date is not None and right.date is not None


def numbers(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    a, b = x.statement.claim.value, y.statement.claim.value
    if a is None or b is None or not _measured(a, b) or same.probability < 0.5:
        return None
    what = label_of(x, y, rules)
    if compatible(a, b):
        return made_of(x, y, "number", "corroborates", same.probability,
                     f"Both give {number_of(a)} for {what}.")  # fmt: skip
    if not anchored(same) or (events.gap(x.statement, y.statement) or 0) > 0:
        return None
    ratio = max(a.value, b.value) / max(1e-9, min(a.value, b.value))
    if ratio > 3 and not 900 < ratio < 1100:
        return None  # another amount of the same deal; a thousandfold is a slip of the unit
    return clash(x, y, "number", same, f"{what}: {number_of(a)} against {number_of(b)}", rules)


def aged(x: Side, y: Side, rules: Rules) -> model.Comparison | None:
    """An age against another age of the same person, or against the date of birth."""
    one, two = x.statement, y.statement
    if {one.claim.event, two.claim.event} - {ages.EVENT, ages.BIRTH} or not one.theme & two.theme:
        return None
    gap = ages.apart(one, two, x.published, y.published)
    if gap is None:
        return None
    who = sorted(one.theme & two.theme)[0]
    told = [
        f"{s.claim.value.value:g}" if s.claim.value else f"born {when_of(side)}"
        for s, side in ((one, x), (two, y))
    ]
    if gap == 0:
        return made_of(x, y, "number", "corroborates", 0.8,
                       f"Both give {who} an age that fits: {told[0]} and {told[1]}.")  # fmt: skip
    return made_of(x, y, "number", "conflict", 0.8,
                   f"Age of {who}: {told[0]} against {told[1]}, at the time of either text; "
                   "no day of birth fits both.")  # fmt: skip


def dates(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    a, b = events.days(x.statement), events.days(y.statement)
    if a is None and b is None and other_weekday(x, y, same):
        told = f"{when_of(x)} against {when_of(y)}, in two reports of the same news"
        return clash(x, y, "date", same, f"{label_of(x, y, rules)}: {told}", rules)
    if a is None or b is None or same.probability < 0.5:
        return None
    left, right = x.statement.claim, y.statement.claim
    what = label_of(x, y, rules)
    coming = [_coming(side) for side in (x, y)]
    ahead = sum(coming)
    if left.status in _AGAINST or right.status in _AGAINST:
        return None
    if any(
        s.statement.claim.status in _AHEAD and not c for s, c in zip((x, y), coming, strict=True)
    ):
        return None  # "since 1988 only the council may waive it" is no plan
    if named_days(x, y, same):
        why = f"{what}: {when_of(x)} against {when_of(y)}, in two reports of the same news"
        return clash(x, y, "date", same, why, rules)
    apart = events.gap(x.statement, y.statement)
    if not anchored(same) and not (apart == 0 and agreeing(x, y, same)):
        return None
    if apart == 0:
        if left.status in _AHEAD or right.status in _AHEAD:
            return None
        return made_of(x, y, "date", "corroborates", same.probability,
                     f"Both date the {what} alike: {when_of(x)} and {when_of(y)}.")  # fmt: skip
    if ahead == 1:
        plan, done = (x, y) if coming[0] else (y, x)
        if plan.statement.nominal or loose(x, y, rules):
            return None
        return made_of(x, y, "date", "coexists", same.probability,
                     f"{what}: one looks ahead to {when_of(plan)}, "
                     f"the other reports {when_of(done)}.",
                     )  # fmt: skip
    if loose(x, y, rules) or "subject" in {name for name, _ in same.parts}:
        return None
    if same.has("focus") and not (same.has("partner") or same.has("qualifier")):
        return None
    why = f"{what}: {when_of(x)} against {when_of(y)}; the days do not meet"
    if ahead == 2 and (appeared(x.published, y.published) or 0) != 0:
        return made_of(x, y, "date", "update", same.probability,
                     f"{why}; the plan was reported again later.")  # fmt: skip
    return clash(x, y, "date", same, why, rules)


def _coming(side: Side) -> bool:
    """Whether a claim looks ahead: by its words, or "opens on 14 August" in a text of July."""
    claim, days = side.statement.claim, events.days(side.statement)
    if days is None or not (side.published.from_ and side.published.to):
        return claim.status in _AHEAD
    if claim.status != "asserted":
        return claim.status in _AHEAD and days[1].isoformat() >= side.published.from_[:10]
    return days[0].isoformat() > side.published.to[:10]


def parts(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """First batch against second batch: alike, and two events."""
    if not (same.has("other qualifier") or same.has("one qualifier")):
        return None
    if not (same.has("theme") or same.has("focus")) or same.has("other agent"):
        return None
    left, right = x.statement.claim, y.statement.claim
    dated = left.date is not None or right.date is not None
    if not dated and left.status == right.status:
        return None
    said = [f"\u201c{q}\u201d" for q in (left.qualifier, right.qualifier) if q]
    told = " against ".join(said) if len(said) > 1 else f"only one side says {''.join(said)}"
    sure = 0.6 + 0.1 * (left.date is not None) + 0.1 * (right.date is not None)
    return made_of(x, y, "identity", "coexists", sure,
                 f"Two events, not one: {told} ({label_of(x, y, rules)}).",
                 )  # fmt: skip


def status(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    left, right = x.statement.claim.status, y.statement.claim.status
    if left == right or same.probability < SURE or not anchored(same):
        return None
    what = label_of(x, y, rules)
    gap = events.gap(x.statement, y.statement)
    alike = x.statement.lemma[:5] == y.statement.lemma[:5]
    if (left in _AGAINST or right in _AGAINST) and not alike:
        return None
    if left in _AGAINST or right in _AGAINST:
        if left in _AGAINST and right in _AGAINST:
            return None
        against, other = (left, right) if left in _AGAINST else (right, left)
        no, yes = (x, y) if left in _AGAINST else (y, x)
        entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
        if entry.get("lasts") or (x.statement.nominal and y.statement.nominal):
            return None
        if against == "denied":
            if (gap or 0) > 0:
                return None
            if later(no, yes) > NEAR_DAYS:
                return made_of(x, y, "status", "coexists", same.probability * 0.7,
                             f"{what}: denied at first, {other} later.")  # fmt: skip
            return made_of(x, y, "status", "disputed", same.probability * 0.8,
                         f"{what}: {other} in one place, denied in the other.")  # fmt: skip
        if other != "asserted" or not (x.statement.finite and y.statement.finite):
            return None
        agents = bool(x.statement.agent) + bool(y.statement.agent)
        tied = same.has("theme") or same.has("sole")
        if not tied or agents == 1 or (agents == 2 and not same.has("agent")):
            return None
        if before(no, yes):
            return made_of(x, y, "status", "coexists", same.probability * 0.7,
                         f"{what}: at first not, then reported as done.")  # fmt: skip
        if (gap or 0) > 0 and not (entry.get("repeats") == "rare" and before(yes, no)):
            return None
        return clash(
            x, y, "negation", same, f"{what}: said to have happened, and not to have", rules
        )
    if left in _DONE or right in _DONE:
        ahead = left if left in _AHEAD else right
        if (x if left == ahead else y).statement.nominal or same.probability < 0.86:
            return None
        if (
            rules.facts["events"]["class"].get(x.statement.claim.event, {}).get("repeats")
            == "often"
        ):
            return None
        return made_of(x, y, "status", "coexists", same.probability * 0.7,
                     f"{what}: first {ahead}, then reported as done.")  # fmt: skip
    return None


def both(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """Two documents that report one event, with nothing to set against each other."""
    if x.document == y.document or same.probability < 0.85 or not anchored(same):
        return None
    one, two = x.statement, y.statement
    if one.claim.status not in _DONE or two.claim.status not in _DONE:
        return None
    if (events.gap(one, two) or 0) > 0 or not (one.finite or two.finite):
        return None
    if not same.has("theme") or not (same.has("agent") or not (one.agent or two.agent)):
        return None
    entry = rules.facts["events"]["class"].get(one.claim.event, {})
    if entry.get("repeats") == "often":
        return None
    return made_of(x, y, "identity", "corroborates", same.probability * 0.9,
                 f"Both report the {label_of(x, y, rules)}.")  # fmt: skip


def steps(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """Claims of two classes: steps of one chain, or one date under two names."""
    one, two = x.statement, y.statement
    if same.probability < 0.5 or not (same.has("theme") or same.has("focus")):
        return None
    if one.claim.status not in _DONE or two.claim.status not in _DONE:
        return None
    gap = events.gap(one, two)
    if gap is None or same.has("other agent") or same.has("other partner"):
        return None
    a, b = name_of(one, rules), name_of(two, rules)
    fine = finely(one) and finely(two)
    if gap == 0 and fine and mistaken(one, two, rules) and x.document != y.document:
        return made_of(x, y, "identity", "class-mismatch", min(0.9, same.probability * 0.9),
                     f"Both speak of {when_of(x)}: one calls it the {a}, the other calls that date "
                     f"the {b} ({label_of(x, y, rules)}).")  # fmt: skip
    order = chain(one, two, rules)
    if order is None or gap == 0:
        return None
    if "life" in chains(one, two, rules) and not same.has("theme"):
        return None
    first, then = (x, y) if order < 0 else (y, x)
    start, end = events.days(first.statement), events.days(then.statement)
    if start and end and start[1] <= end[0]:
        return made_of(x, y, "date", "coexists", same.probability,
                     "Two steps of one matter, in their order: "
                     f"{name_of(first.statement, rules)} "
                     f"{when_of(first)}, {name_of(then.statement, rules)} {when_of(then)}.",
                     )  # fmt: skip
    return None


def clash(
    x: Side, y: Side, kind: str, same: Identity, why: str, rules: Rules
) -> model.Comparison | None:
    """A difference that cannot both hold: of two documents, or of two speakers.

    In one document it takes what hardly happens twice, dated in full: a text that tells a thing
    with two dates mostly tells two things."""
    if same.probability < SURE:
        return None
    if x.document == y.document and not once(x, y, kind, rules):
        return None
    if x.speaker and y.speaker and two_speakers(x.speaker, y.speaker):
        return made_of(x, y, kind, "disputed", same.probability * 0.85,
                     f"{why}. Two speakers differ: {x.speaker} and {y.speaker}.")  # fmt: skip
    return made_of(
        x, y, kind, "conflict", same.probability * 0.9, f"{why}. In common: {ties_of(same)}."
    )
