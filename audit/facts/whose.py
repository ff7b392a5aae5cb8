"""Of whom a figure tells, so that two texts' numbers are known for one thing by a name."""

from __future__ import annotations

from audit import model
from audit.facts import whose_age, whose_count
from audit.facts.figure_kinds import AGE, SHARE
from audit.facts.figure_scopes import POPULATION
from audit.facts.names import Name
from audit.tokens import Text


def whom(
    text: Text, q: model.Quantity, what: str, names: list[Name], room: tuple[int, int], scope: str
) -> list[str]:
    """The keys (name_keys.py) of whom a figure tells: whose age it is, who lives there, who has it.
    None where it does not say. ``room``: its sentence; ``what`` and ``scope``: as figures have
    them."""
    begin, end = room
    if what == AGE:
        return whose_age.whose(text, q, names)
    if scope == POPULATION:
        return whose_count.place(text, q, names, begin, end)
    if what == "money":
        return whose_count.market(text, q, begin, end)
    if what == SHARE:
        return whose_count.share(text, q, names, begin, end)
    return whose_count.owner(text, q, names, begin, end) if what.startswith("count:") else []
