"""The words of rules/facts/events.toml that open a claim, by class of event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from audit.facts.claim_words import STOPS
from audit.facts.lexicon import built, forms
from audit.rules import Rules


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that opens a claim: its class, whether it is a verb, and how its roles run."""

    event: str
    verb: bool
    lemma: str
    converse: bool = False
    tail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """rules/facts/events.toml, by the first word of every form."""

    triggers: dict[str, list[Trigger]]
    tailed: dict[str, list[Trigger]]  # those of more than one word, the longest first
    bare: dict[str, tuple[Trigger | None, Trigger | None]]  # of one word: the verb, the noun
    opens: Callable[[str], bool]  # whether a word as it is written can open a claim, also with 's
    verbs: frozenset[str]
    stops: frozenset[str]  # at which a noun phrase ends: also forms that are a verb's only
    bases: frozenset[str]  # verb forms without an ending: also nouns or adjectives, often
    themes: frozenset[str]  # classes whose intransitive subject is the theme
    suffered: frozenset[str]  # classes whose noun is owned by its theme ("Voss's arrest")
    makers: frozenset[str]  # classes whose noun is modified by its agent ("Senate bill")
    slots: dict[str, frozenset[str]]
    # Verbs that open their class only where their subject is one of these things: "arrived".
    things: dict[str, frozenset[str]] = field(default_factory=dict)


def lexicon(rules: Rules) -> Lexicon:
    return built(rules, _lexicon)


def _lexicon(rules: Rules) -> Lexicon:
    triggers: dict[str, list[Trigger]] = {}
    verbs: set[str] = set()
    bases: set[str] = set()
    slots: dict[str, frozenset[str]] = {}
    themes: set[str] = set()
    makers: set[str] = set()
    suffered: set[str] = set()
    things: dict[str, frozenset[str]] = {}

    def add(event: str, words: list[str], verb: bool, converse: bool) -> None:
        for entry in words:
            shapes = forms(entry) if verb else _plural(entry)
            for shape in shapes:
                first, *tail = shape.split()
                lemma = shapes[0]
                triggers.setdefault(first, []).append(
                    Trigger(event, verb, lemma, converse, tuple(tail))
                )
                if verb and not tail:
                    verbs.add(first)
                    if shape == lemma and not lemma.endswith("ed"):
                        bases.add(first)

    for event, entry in sorted(rules.facts.get("events", {}).get("class", {}).items()):
        add(event, entry.get("verbs", []), True, False)
        add(event, entry.get("nouns", []), False, False)
        other = entry.get("converse", {})
        add(event, other.get("verbs", []), True, True)
        add(event, other.get("nouns", []), False, True)
        slots[event] = frozenset(entry.get("slots", []))
        if entry.get("subject") == "theme":
            themes.add(event)
        if entry.get("owner") == "theme":
            suffered.add(event)
        if entry.get("modifier") == "agent":
            makers.add(event)
        of = entry.get("arrivals", {})
        add(event, of.get("verbs", []), True, False)
        things.update((forms(verb)[0], frozenset(of["things"])) for verb in of.get("verbs", []))
    for options in triggers.values():
        options.sort(key=lambda t: -len(t.tail))
    bare = {
        word: (
            next((t for t in options if t.verb and not t.tail), None),
            next((t for t in options if not t.verb and not t.tail), None),
        )
        for word, options in triggers.items()
    }
    return Lexicon(
        triggers=triggers,
        tailed={
            word: tailed
            for word, options in triggers.items()
            if (tailed := [t for t in options if t.tail])
        },
        bare=bare,
        opens=lambda word: word.lower().removesuffix("'s") in triggers,
        verbs=frozenset(verbs),
        stops=STOPS.union(
            word
            for word in verbs  # but no participle in -ing
            if not word.endswith("ing") and all(trigger.verb for trigger in triggers[word])
        ),
        bases=frozenset(bases),
        themes=frozenset(themes),
        suffered=frozenset(suffered),
        makers=frozenset(makers),
        slots=slots,
        things=things,
    )


def _plural(noun: str) -> list[str]:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun, noun[:-1] + "ies"]
    return [noun, noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")]
