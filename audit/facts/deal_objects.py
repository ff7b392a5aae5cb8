"""What a deal is about, where its noun goes on: "contract for ships", "agreement to supply gas"."""

from __future__ import annotations

from audit.facts.deals import HEADS
from audit.facts.phrases import Reader, right_of
from audit.facts.sentence import Phrase
from audit.facts.triggers import Trigger

# What is agreed on is bought, sold or brought: verbs and nouns of these classes lead to it.
_SUPPLY = frozenset(("purchase", "delivery", "construction"))
# What is done with a deal that is done with what it is about.
_DONE = frozenset(("signing", "agreement", "approval", "rejection", "cancellation"))
_GIVES = frozenset(("supply", "provide", "equip"))  # somebody with something


def about(r: Reader, i: int, trigger: Trigger, theme: Phrase | None) -> Phrase | None:
    """The theme of a claim of a deal, or of what is done with one, with the names of what the deal
    is about; the theme as it was where that has no names."""
    if not trigger.verb and trigger.lemma in HEADS:
        first = last = i
        if theme is not None and theme.names:
            return theme
    elif theme is not None and theme.head in HEADS and not theme.names and trigger.event in _DONE:
        first, last = theme.first, theme.last
    else:
        return theme
    bought = _object(r, last + 1)
    if bought is None or not bought.names:
        return theme
    return Phrase(first, bought.last, bought.names, r.s.low[last].removesuffix("s"))


def _object(r: Reader, at: int) -> Phrase | None:
    """What stands after "for", "on the supply of" or "to buy"."""
    low, gap = r.s.low, r.s.gap
    if at + 1 > r.n or gap[at] or gap[at + 1] or low[at] not in ("for", "on", "to"):
        return None
    verbs = dict(r.triggers)
    if low[at] != "to":
        k = at + 1 + (low[at + 1] in ("the", "a"))
        supply = k + 1 <= r.n and k in verbs and low[k + 1] == "of"
        return right_of(r, k + 2 if supply and k + 2 <= r.n else at + 1)
    verb = verbs.get(at + 1)
    if verb is None or not verb.verb or verb.event not in _SUPPLY or at + 2 > r.n:
        return None
    found = right_of(r, at + 2)
    return found and with_what(r, verb, found)


def with_what(r: Reader, trigger: Trigger, obj: Phrase) -> Phrase:
    """Of "supplied Norway with ships", the ships."""
    after = obj.last + 1
    if trigger.lemma in _GIVES and after < r.n and r.s.low[after] == "with":
        return right_of(r, after + 1) or obj
    return obj


def struck(trigger: Trigger, theme: Phrase | None) -> bool:
    """Whether "struck" has a deal for its object: no attack, and the deal's noun tells of it."""
    return trigger.verb and trigger.event == "attack" and theme is not None and theme.head in HEADS
