"""A claim made of its parts, and the claims that an amount makes without a word of an event: "24
dead", "the price of 30 million".
"""

from __future__ import annotations

import msgspec

from audit import model
from audit.facts.claim_words import CAUSES, EACH, TOLLS
from audit.facts.deals import Deal, price
from audit.facts.modality import status as status_of
from audit.facts.names import Name
from audit.facts.phrases import Reader, phrase_of, role_of
from audit.facts.roles import finite
from audit.facts.sentence import Phrase
from audit.facts.statement import Statement
from audit.facts.ties import attribution_of, date_of, qualifier_of
from audit.facts.triggers import Trigger


def build(
    r: Reader,
    i: int,
    trigger: Trigger,
    roles: dict[str, Phrase | None],
    date: model.Timex | None,
    value: model.Quantity | None,
    status: model.Status,
    start: int,
    end: int,
) -> Statement:
    filled = {key: role_of(r, phrase) for key, phrase in roles.items()}
    edges = [(start, end)]
    for role in filled.values():
        if role is not None and abs(role.start - start) < 240:
            edges.append((role.start, role.end))
    for extra in (date, value):
        if extra is not None and min(abs(extra.start - end), abs(start - extra.end)) < 120:
            edges.append((extra.start, extra.end))
    first, last = min(a for a, _ in edges), max(b for _, b in edges)
    claim = model.Claim(
        first,
        last,
        trigger.event,
        model.Roles(**filled),
        qualifier_of(r, i, roles.get("theme")),
        date,
        value,
        status,
        attribution_of(r, start),
    )
    known = {
        key: frozenset(n.name for n in phrase.names) if phrase else frozenset()
        for key, phrase in roles.items()
    }
    theme = roles.get("theme")
    return Statement(
        claim,
        trigger.lemma,
        (start, end),
        (r.s.start, r.s.end),
        known.get("agent", frozenset()),
        known.get("theme", frozenset()),
        known.get("partner", frozenset()),
        known.get("place", frozenset()),
        r.context,
        theme.head if theme else None,
        not trigger.verb,
        trigger.verb and finite(r, i),
        r.deal.names
        if r.deal and theme and theme.head == r.deal.head and not theme.names
        else frozenset(),
    )


def toll_of(r: Reader, quantity: model.Quantity) -> Statement:
    """A count of people, or a magnitude, that no trigger took: "24 dead"."""
    i = r.s.at(quantity.start)
    trigger = Trigger(TOLLS[quantity.slot], False, quantity.slot)
    places = [n for n in r.names if located(r, n)]
    roles: dict[str, Phrase | None] = {}
    if places:
        first, last = r.s.at(places[0].start), r.s.at(places[0].end - 1)
        roles["place"] = phrase_of(r, first, last)
    cause = next((k for k, t in r.triggers if t.event in CAUSES and not t.verb), None)
    if cause is not None:
        roles["agent"] = phrase_of(r, cause, cause)
    status, _ = status_of(r.text, quantity.start, quantity.end, r.rules)
    return build(
        r,
        i,
        trigger,
        roles,
        date_of(r, i, True, i),
        quantity,
        status,
        quantity.start,
        quantity.end,
    )


def is_price(r: Reader, quantity: model.Quantity) -> bool:
    return price(r.s.plain, r.s.start, quantity.start) and not EACH.match(r.s.plain, quantity.end)


def price_of(r: Reader, quantity: model.Quantity, deal: Deal) -> Statement:
    """What the text's deal costs: "is worth 30 million", "the price of 30 million"."""
    i = r.s.at(quantity.start)
    low = r.s.low
    at = next((k for k in range(i - 1, -1, -1) if low[k] == deal.head), None)
    theme = Phrase(at, at, (), deal.head) if at is not None else None
    status, _ = status_of(r.text, quantity.start, quantity.end, r.rules)
    made = build(
        r,
        i,
        Trigger("price", False, "price"),
        {"theme": theme},
        None,
        quantity,
        status,
        *worded(r, quantity),
    )
    return msgspec.structs.replace(made, head=deal.head, thing=deal.names)


def worded(r: Reader, quantity: model.Quantity) -> tuple[int, int]:
    """The words that make an amount a price, and the amount."""
    i = r.s.at(quantity.start)
    return r.s.spans[max(0, i - 2)][0], quantity.end


def located(r: Reader, name: Name) -> bool:
    at = r.s.at(name.start)
    return at > 0 and r.s.low[at - 1] in ("in", "at", "near", "of", "off", "hit", "struck")
