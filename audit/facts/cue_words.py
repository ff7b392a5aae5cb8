"""The words of a text as the attribution room reads them, and the lists they are looked up in.

``Tokens`` holds each word with its sentence and quotation; ``Lexicon`` the entries of
rules/facts/attribution.toml by their first word, with the fitted weights.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from audit.facts.lexicon import built, forms
from audit.rules import Rules
from audit.tokens import Text

BE = frozenset("be been being is are was were am isn't aren't wasn't weren't".split())
HAVE = frozenset("have has had having hasn't haven't hadn't".split())
MODAL = frozenset(
    """will would shall should may might could can must won't wouldn't shouldn't couldn't can't
    cannot do does did don't doesn't didn't 'll""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your no any some every each another
    such several many few more most all both either neither what which whose""".split()
)
PRONOUNS = frozenset("i you he she it we they who which that".split())
OBJECTS = frozenset("me him her us them it you himself herself themselves itself this".split())
PREPOSITIONS = frozenset(
    """of on in at by for from with about over against into under between during after before
    without amid despite through as than toward towards upon within across per like""".split()
)
CONJUNCTIONS = frozenset("and but or so nor yet".split())
SUBORDINATORS = frozenset(
    """because although though while when after before since unless until if as whereas
    where""".split()
)
CLAUSAL = frozenset("that how why what whether if who where when which".split())
ADVERBS = frozenset(
    """also then now just even still again never ever always often once later not only repeatedly
    already soon once further thus therefore instead first long too yet sometimes""".split()
)
SAID = frozenset("said says say told tells saying added wrote according".split())
QUANTIFIERS = frozenset("many some most several few all both others".split())
# What a word left of a cue adds to its verb group; the earlier line wins.
GROUPING = {
    **dict.fromkeys(ADVERBS, "adverb"),
    "to": "to",
    **dict.fromkeys(MODAL, "modal"),
    **dict.fromkeys(HAVE, "have"),
    **dict.fromkeys(BE, "be"),
}


# What a word tells by standing before a cue, or after it; the later line wins.
BEFORE = {
    **dict.fromkeys(SUBORDINATORS, "sub"),
    **dict.fromkeys(CONJUNCTIONS, "conj"),
    **dict.fromkeys(PREPOSITIONS, "prep"),
    **dict.fromkeys(DETERMINERS, "det"),
    **dict.fromkeys(PRONOUNS, "pronoun"),
    **dict.fromkeys(("who", "which", "that"), "relative"),
}
AFTER = {
    **dict.fromkeys(DETERMINERS, "det"),
    **dict.fromkeys(OBJECTS | PRONOUNS, "pronoun"),
    **dict.fromkeys(PREPOSITIONS, "prep"),
    **{word: word for word in ("by", "of", "in", "on", "for", "with", "about", "at", "to")},
    **dict.fromkeys(CLAUSAL, "wh"),
    "that": "that",
}
_TAIL = 4  # characters after the last word that are looked at


@dataclass
class Tokens:
    """The words of a text with what the features need, as parallel lists."""

    text: Text
    plain: str
    spans: list[tuple[int, int]]
    lower: list[str]
    capital: list[bool]
    sentence: list[int]  # the sentence a word stands in
    first: list[int]  # by sentence: its first word
    quotes: list[tuple[int, int]]
    quoted: list[int]  # by word: the quotation it stands in, or -1
    between: list[str]  # what stands after each word; one more at the head, for "before the first"

    names: frozenset[str] | None = None

    def known(self, word: str) -> bool:
        """Whether the text has the word with a capital inside a sentence: then it is a name."""
        if self.names is None:
            begins = set(self.first)
            self.names = frozenset(
                w
                for i, w in enumerate(self.lower)
                if self.capital[i] and i not in begins and self.gap(i - 1) == " "
            )
        return word in self.names

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next one; "" before the first word."""
        return self.between[i + 1]


def tokens(text: Text, quotes: list[tuple[int, int]]) -> Tokens:
    """The words of a text, each with its sentence and its quotation."""
    plain, spans = text.plain, text.words
    first = text.openings[:] or [0]
    first[0] = 0
    bounds = np.array([*first, len(spans)])
    sentence: list[int] = np.arange(len(first)).repeat(bounds[1:] - bounds[:-1]).tolist()
    quoted = [-1] * len(spans)
    for nth, (start, end) in enumerate(quotes):
        low, high = bisect_left(text.starts, start), bisect_left(text.starts, end)
        quoted[low:high] = [nth] * (high - low)
    between = ["", *text.gaps[1:-1], text.gaps[-1][:_TAIL]]
    lower, capital = text.lower, text.capital
    return Tokens(text, plain, spans, lower, capital, sentence, first, quotes, quoted, between)


@dataclass(frozen=True)
class Entry:
    """A word or phrase of the lists: its classes, and the form of the verb."""

    kind: str  # verb | noun | before | adverb | other
    classes: tuple[str, ...]
    form: str = ""  # base | s | past | ing
    lemma: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Entries by their first word, longest first."""

    entries: dict[str, list[Entry]]
    sources: dict[str, frozenset[str]]
    finite: frozenset[str]  # verb forms that are no noun: they end a noun phrase
    weights: dict[str, float]
    threshold: float
    # By entry (its words): sums of the weights of the places and signs it was met with.
    memory: dict[tuple[str, ...], dict[tuple[str, ...] | None, float]] = field(default_factory=dict)


_FORMS = ("base", "s", "past", "past", "ing")


def lexicon(rules: Rules) -> Lexicon:
    """The lists of rules/facts/attribution.toml, made ready once a rule set."""
    return built(rules, _lexicon)


def _lexicon(rules: Rules) -> Lexicon:
    data: dict[str, Any] = rules.facts["attribution"]
    found: dict[tuple[str, ...], dict[str, Any]] = {}

    def add(words: tuple[str, ...], kind: str, group: str, form: str, lemma: str) -> None:
        entry = found.setdefault(
            words, {"kind": kind, "classes": set(), "form": form, "lemma": lemma, "words": words}
        )
        entry["classes"].add(group)
        if entry["kind"] != kind:
            entry["kind"] = "verb" if "verb" in (kind, entry["kind"]) else kind

    for group, entries in data["verbs"].items():
        for entry in entries:
            listed = forms(entry)
            for n, form in enumerate(listed):
                label = "ing" if n == len(listed) - 1 else _FORMS[min(n, 3)]
                add(tuple(form.split()), "verb", group, label, listed[0])
    for group, entries in data["nouns"].items():
        for entry in entries:
            add(tuple(entry.split()), "noun", f"noun-{group}", "noun", entry)
    for group, kind in (("before_source", "before"), ("adverbs", "adverb"), ("other", "other")):
        for entry in data["phrases"][group]:
            add(tuple(entry.split()), kind, kind, "", entry)
    entries_by: dict[str, list[Entry]] = {}
    for words, e in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        entries_by.setdefault(words[0], []).append(
            Entry(e["kind"], tuple(sorted(e["classes"])), e["form"], e["lemma"], words)
        )
    model: dict[str, Any] = rules.facts.get("attribution-model", {})
    finite = frozenset(
        e.words[0]
        for listed in entries_by.values()
        for e in listed
        if len(e.words) == 1
        and e.kind == "verb"
        and e.form in ("past", "s")
        and not any(c.startswith("noun") for c in e.classes)
    )
    return Lexicon(
        entries=entries_by,
        finite=finite,
        sources={key: frozenset(words) for key, words in data["sources"].items()},
        weights=model.get("weights", {}),
        threshold=model.get("threshold", 0.0),
    )
