"""The numbers of people whom no listed words tell what befell, placed by the words around them."""

from __future__ import annotations

import msgspec

from audit import model
from audit.facts.befell_signs import SLOTS, Befell, Signs, Told, befell_of, weighed
from audit.facts.counting import Number, Page, gap
from audit.facts.lexicon import built
from audit.rules import Rules
from audit.tokens import Text

_BEFORE, _AFTER = 45, 25  # tokens from a number to a word that may tell what befell people
Found = tuple[Number, model.Quantity | None]
# Numbers that say how a thing is built, or what time it is: "a six-story hotel", "four o'clock".
# What somebody is charged with, or blamed for, doing to people that befell them.
_BEFALLS = frozenset(
    """abducting arresting bombing burning bringing burying capturing claiming detaining drowning
    endangering executing hitting holding hurting including injuring kidnapping killing leaving
    losing maiming massacring murdering poisoning rescuing saving shooting slaughtering slaying
    stabbing striking taking wounding""".split()
)
_NOT_AFTER = frozenset("o' o o'clock pm am a.m. p.m. per".split())
_PRONOUN = frozenset("of in at on was were is critical critically seriously dead killed".split())


_ALIVE = "count:survivor"  # who may be hurt, and whom another count of the hurt is not of


def told_of(page: Page, found: list[Found], lex: Befell) -> list[Told]:
    """The numbers of a page with their slots; open are those of people and those that stand alone,
    where a word near them may tell a slot."""
    return [
        Told(number, _slot(of), _open(page, number, of) and _near(page, number, lex))
        for number, of in found
    ]


def _near(page: Page, number: Number, lex: Befell) -> bool:
    words = page.words[max(0, number.first - _BEFORE) : number.last + _AFTER]
    return not lex.grave.isdisjoint(words)


def _slot(of: model.Quantity | None) -> str | None:
    return of.slot if of else None


def _open(page: Page, number: Number, of: model.Quantity | None) -> bool:
    first, last = number.first, number.last
    if of is not None and (not of.slot.startswith("count:") or of.slot == _ALIVE):
        return False
    if page.letters[first] in "khFq" or number.value != int(number.value) or number.value < 1:
        return False
    words = page.words
    after = words[last] if last < len(words) else ""
    before = words[first - 1] if first else ""
    if before == "." and not gap(page, first):  # a .45 pistol
        return False
    if first > 1 and before in ("of", ","):  # "a girl of 4", "the man, 82,"
        whose = words[first - 2]
        one = whose in page.lex.words["one_person"]
        if one and (before == "of" or after in (",", ".")):
            return False
    if first > 1 and before.endswith("ing") and words[first - 2] in ("with", "for", "of"):
        return before in _BEFALLS  # "charged with marrying 20 women"
    if after in _NOT_AFTER or (after == "-" and not gap(page, last)):
        return False
    return number.value > 1 or of is not None


def before_of(told: Told) -> str | None:
    """What a number counts, as those after it see it; None where it is no count."""
    if told.slot in SLOTS:
        return told.slot
    if told.slot is None or told.slot.startswith("count:"):
        return "none"
    return None


def befallen(page: Page, text: Text, found: list[Found], rules: Rules) -> list[model.Quantity]:
    """The quantities found, and those whose slot the words around them tell."""
    lex: Befell = built(rules, befell_of)
    kept = [of for _, of in found if of is not None]
    numbers = told_of(page, found, lex)
    if not any(told.open for told in numbers):
        return kept
    signs = Signs(page, lex, numbers)
    before: list[tuple[int, str]] = []
    out: list[model.Quantity] = []
    for (number, of), told in zip(found, numbers, strict=True):
        slot = before_of(told)
        if told.open:
            around, stop = signs.around(told, before)
            likely, chance = weighed(around, lex)
            if chance >= lex.least:
                of, slot = _placed(page, text, number, of, likely, stop), likely
        if slot is not None:
            before.append((number.first, slot))
        if of is not None:
            out.append(of)
    return out


def _placed(
    page: Page, text: Text, number: Number, of: model.Quantity | None, slot: str, stop: int
) -> model.Quantity:
    if of is not None:
        return msgspec.structs.replace(of, slot=slot)
    start, end = page.starts[number.first], page.ends[max(stop, number.last) - 1]
    bound = number.bound
    return model.Quantity(start, end, text.raw[start:end], slot, number.value, bound=bound)  # type: ignore[arg-type]
