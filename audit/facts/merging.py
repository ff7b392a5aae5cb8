"""One statement where a verb and its object noun tell of one event: "made a purchase"."""

from __future__ import annotations

import msgspec

from audit import model
from audit.facts.statement import Statement


def _joined(one: Statement, other: Statement) -> Statement:
    """A statement with what another one of the same event adds: date, value, roles."""
    mine, theirs = one.claim, other.claim
    roles = {
        key: getattr(mine.roles, key) or getattr(theirs.roles, key)
        for key in ("agent", "theme", "partner", "place")
    }
    claim = msgspec.structs.replace(
        mine,
        start=min(mine.start, theirs.start),
        end=max(mine.end, theirs.end),
        roles=model.Roles(**roles),
        date=mine.date or theirs.date,
        value=mine.value or theirs.value,
        qualifier=mine.qualifier or theirs.qualifier,
    )
    return msgspec.structs.replace(
        one,
        claim=claim,
        agent=one.agent or other.agent,
        theme=one.theme or other.theme,
        partner=one.partner or other.partner,
        place=one.place or other.place,
    )


def _filled(one: Statement) -> int:
    roles = one.claim.roles
    return sum(r is not None for r in (roles.agent, roles.theme, roles.partner, roles.place)) + (
        one.claim.date is not None
    )


def merged(made: list[Statement]) -> list[Statement]:
    """One statement where a verb and its object noun name the same event."""
    if len(made) < 2:
        return made
    kept: list[Statement] = []
    for one in made:
        twin = next(
            (
                k
                for k, other in enumerate(kept)
                if other.claim.event == one.claim.event
                and other.claim.value == one.claim.value
                and abs(other.trigger[0] - one.trigger[0]) < 40
                and (other.nominal != one.nominal)
            ),
            None,
        )
        if twin is None:
            kept.append(one)
        else:
            kept[twin] = _joined(*sorted((kept[twin], one), key=_filled, reverse=True))
    return sorted(kept, key=lambda k: (k.trigger, k.claim.event))
