"""Verbs that are in no class of rules/facts/events.toml: each opens a class named by its lemma.

No list of verbs: a past form ("evacuated", "held") with a subject or an auxiliary before it, or a
base form after a modal. What tells no event, and past forms that no rule makes, stand in
rules/facts/open.toml; verbs of saying and thinking in rules/facts/attribution.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as day_of
from functools import lru_cache

from audit import model
from audit.facts.claim_words import (
    AUX,
    CONJ,
    DETERMINERS,
    GOVERNORS,
    PREP,
    PRONOUNS,
    SAYING,
    adverb,
)
from audit.facts.lexicon import built, forms
from audit.facts.phrases import Reader, before_of
from audit.facts.remembered import Remembered
from audit.facts.roles import finite
from audit.facts.sentence import Phrase
from audit.facts.triggers import Trigger, lexicon
from audit.rules import Rules

PREFIX = "open:"  # of the classes' names
MODAL = "+"  # marks a word after which a base form is a verb
DAYS = 31  # days of a date above which it tells too little of an event of no known kind
_MODALS = frozenset("will did didn't won't".split())
_NOT = frozenset("not never didn't won't wasn't weren't hasn't denied denies deny denying".split())
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class Open:
    """rules/facts/open.toml: what each word is, and the words that are no verb of an open class."""

    lemmas: Remembered[str]  # of a past form that can open a class; MODAL; "" of all other words
    none: frozenset[str]
    verb: Callable[[str], bool]  # whether a word as it is written can be such a verb, or a modal


def open_of(rules: Rules) -> Open:
    return built(rules, _open_of)


def _open_of(rules: Rules) -> Open:
    table = rules.facts.get("open", {})
    none = set(table.get("none", "").split())
    for entries in rules.facts.get("attribution", {}).get("verbs", {}).values():
        for entry in entries:
            if "+" not in entry:
                none.update(forms(entry))
    verbs = lexicon(rules).verbs
    none |= {lemma_of(word) for word in verbs if word.endswith("ed")}  # "name" of "named"
    none |= verbs | SAYING | GOVERNORS | AUX | PRONOUNS | PREP | DETERMINERS
    past = {word: lemma for lemma, words in table.get("past", {}).items() for word in words.split()}

    def lemma(word: str) -> str:
        if word in _MODALS:
            return MODAL
        found = past.get(word, "")
        if not found and word.endswith("ed") and len(word) > 4:
            found = lemma_of(word)
        return "" if found in none or word in none else found

    def verb(word: str) -> bool:
        return bool(lemma(word.lower().removesuffix("'s")))

    return Open(Remembered(lemma), frozenset(none), verb)


def open_triggers(r: Reader) -> list[tuple[int, Trigger]]:
    """The verbs of a sentence that open a class of their own, with their places: where it has a
    name, and a day, a count, a denial, or names on both sides of the verb."""
    if all(name.kind == "actor" for name in r.names):
        return []
    known, low = open_of(r.rules), r.s.low
    told = (
        any(days_of(timex) <= DAYS for timex in r.dates)
        or any(q.slot[:6] == "count:" for q in r.quantities)
        or not _NOT.isdisjoint(low)
    )
    left, right = (0, len(low)) if told else (min(r.named), max(r.named))
    if right - left < len(r.named):
        return []  # no verb stands between two names
    found = []
    for i in r.verbs:
        lemma = known.lemmas[low[i]]
        if lemma == MODAL:
            i = _base(r, i, known.none) if told else -1
            lemma = low[i]
        elif not _finite(r, i):
            continue
        if left <= i <= right and i not in r.named and i not in r.s.dated and i not in r.places:
            found.append((i, Trigger(f"{PREFIX}{lemma}", True, lemma)))
    return found


def _finite(r: Reader, i: int) -> bool:
    """Whether a past form is a verb of its clause: after a noun, a name, an auxiliary, "who"."""
    j = before_of(r, i)
    if j < 0 or r.s.gap[j + 1]:
        return False
    word = r.s.low[j]
    if r.s.owns[j] or word in DETERMINERS or word in PREP:
        return False
    if word in ("who", "which", "that", "he", "she", "it", "they"):
        return True
    return word not in CONJ and word not in PRONOUNS


def _base(r: Reader, modal: int, none: frozenset[str]) -> int:
    """The verb after a modal ("will evacuate", "did not evacuate"), -1 where it opens no class."""
    low = r.s.low
    i = modal + 1
    while i < len(low) and (low[i] == "not" or adverb(low[i])):
        i += 1
    if i == len(low) or any(r.s.gap[modal + 1 : i + 1]):
        return -1
    return i if len(low[i]) > 3 and low[i] not in none and low[i].isalpha() else -1


def is_open(event: str) -> bool:
    return event.startswith(PREFIX)


def label(event: str) -> str:
    """What an open class is called: "evacuating" of "open:evacuate"."""
    verb = event.removeprefix(PREFIX)
    short = len(verb) < 6 and verb[-1:] not in "wxy" and verb[-1:] not in _VOWELS
    if short and verb[-2:-1] in _VOWELS and verb[-3:-2] not in _VOWELS:
        return f"{verb}{verb[-1]}ing"  # stop, plan; not help, rain
    return forms(verb)[-1]


def named(roles: Mapping[str, Phrase | None]) -> bool:
    """Whether who acts, or on what, has a name, and one of the roles a name that is no country or
    body known to every story."""
    sides = (roles.get("agent"), roles.get("theme"))
    return any(p and p.names for p in sides) and any(
        n.kind != "actor" for p in roles.values() if p is not None for n in p.names
    )


def worth(
    r: Reader,
    i: int,
    roles: Mapping[str, Phrase | None],
    date: model.Timex | None,
    value: model.Quantity | None,
) -> bool:
    """Whether a claim of an open class that is ``named`` may be compared: there is a day or a
    month, a number, a denial, or a name on either side."""
    if value is not None or not _NOT.isdisjoint(r.s.low):
        return True
    sides = (roles.get("agent"), roles.get("theme"))
    if all(p and p.names for p in sides) and finite(r, i):
        return True
    return date is not None and days_of(date) <= DAYS


def days_of(when: model.Timex) -> int:
    """How many days a date covers, many where it does not tell."""
    if not when.from_ or not when.to:
        return DAYS + 1
    return (day_of.fromisoformat(when.to[:10]) - day_of.fromisoformat(when.from_[:10])).days


@lru_cache(maxsize=1 << 14)
def lemma_of(past: str) -> str:
    """The base form of a regular past form, by the rules of English spelling.

    >>> [lemma_of(w) for w in ("evacuated", "visited", "stopped", "closed", "landed", "carried")]
    ['evacuate', 'visit', 'stop', 'close', 'land', 'carry']
    """
    stem = past.removesuffix("ed")
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfzeo":
        return stem[:-1]
    if len(stem) > 5 and stem.endswith(("ell", "oll")):
        return stem[:-1]  # cancelled, patrolled
    return f"{stem}e" if _wants_e(stem) else stem


# Endings before which a vowel is mostly spelt with a silent e, and stems that go otherwise.
_MOSTLY = tuple(
    """at ut ot ag eg ig og ug ar ir or ur in un id ud od ad ok ak ik uk im am om um ap op ip yp ib
    ab ob ub il ul ol yz iz az oz""".split()
)
_SELDOM = ("velop", "vor", "onor", "itor", "nsor", "thor", "bat", "rmat", "pilot", "oin", "alk")
_SILENT = frozenset(
    "cit unit invit ignit recit creat postpon phon quot delet deplet complet compet".split()
)


def _wants_e(stem: str) -> bool:
    """Whether a stem without its -ed is written with an e: "evacuat", "clos", "settl"."""
    if len(stem) < 2 or stem in _SILENT:
        return stem in _SILENT
    last, before = stem[-1], stem[-2]
    if last in "vcu" or (last == "s" and (before in _VOWELS or before in "nrlp")):
        return not stem.endswith("ocus")
    if last == "l" and before in "bcdfgkptz":
        return True
    if last == "g" and before in "rdn":
        return not stem.endswith("ong")
    if len(stem) > 2 and before in _VOWELS and stem[-3] in _VOWELS:
        return stem.endswith(("uat", "iat", "quir", "guid"))
    return stem.endswith(_MOSTLY) and not stem.endswith(_SELDOM)
