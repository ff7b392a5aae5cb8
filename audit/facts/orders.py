"""Orders that cannot be: what is delivered before it is bought, who is buried before being born.

Which class of event must come before which stands in rules/facts/events.toml under ``orders``.
"""

from __future__ import annotations

from audit import model
from audit.facts import events
from audit.facts.events import Identity
from audit.facts.grounds import chains
from audit.facts.sides import Side
from audit.facts.statement import Statement
from audit.facts.telling import made_of, name_of, when_of
from audit.rules import Rules

EVENT = "order"
SURE = 0.85  # identity from which two steps are of one matter
FAR = 1500  # days between them from which they rather are of two, where a thing can come twice


def ordered(one: Statement, two: Statement, rules: Rules) -> int:
    """Below 0 where the first claim's class must come before the second's, above where after."""
    pairs = rules.facts["events"].get("orders", {}).get("pairs", [])
    a, b = one.claim.event, two.claim.event
    return int([b, a] in pairs) - int([a, b] in pairs)


def impossible(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """A conflict where the step that must come first is dated after the other, wholly."""
    one, two = x.statement, y.statement
    order = ordered(one, two, rules)
    if not order:
        return None
    first, then = (x, y) if order < 0 else (y, x)
    if same.probability < SURE or not same.has("theme"):
        return None
    if any(s.claim.qualifier or s.claim.status != "asserted" for s in (one, two)):
        return None
    start, end = events.days(first.statement), events.days(then.statement)
    if not start or not end or start[0] <= end[1]:
        return None
    life = "life" in chains(one, two, rules)
    if not life and ((start[0] - end[1]).days > FAR or not _parties(same)):
        return None
    made = made_of(
        x,
        y,
        "date",
        "conflict",
        same.probability * 0.85,
        f"{name_of(then.statement, rules)} {when_of(then)}, before "
        f"{name_of(first.statement, rules)} {when_of(first)}: that order cannot be.",
    )
    return model.Comparison(EVENT, *(getattr(made, f) for f in made.__struct_fields__[1:]))


def _parties(same: Identity) -> bool:
    """Whether somebody or some place is shared beside the thing itself."""
    return same.has("agent") or same.has("partner") or same.has("place")
