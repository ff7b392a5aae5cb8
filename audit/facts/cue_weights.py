"""What tells a cue from another use of its words: the signs of its context, and their weights."""

from __future__ import annotations

import msgspec

from audit.facts.cue_words import Entry, Lexicon, Tokens

Sign = tuple[str, str]  # what it is about, and what it is: ("next", "that")


class Candidate(msgspec.Struct, frozen=True):
    """A possible cue: words ``first`` to ``last`` (inclusive), ``head`` being the listed one."""

    first: int
    head: int
    last: int
    entry: Entry
    signs: tuple[Sign, ...]
    passive: bool = False
    infinitive: bool = False
    mark: tuple[int, int] | None = None  # the characters of a cue that is no word: a colon, a dash
    source: tuple[int, int] | None = None  # the words of the source, where the form tells it

    def span(self, toks: Tokens) -> tuple[int, int]:
        """The characters of the cue."""
        return self.mark or (toks.spans[self.first][0], toks.spans[self.last][1])

    def features(self) -> list[str]:
        """The names of all that tells whether this is a cue."""
        return [name for sign in self.signs for name in _names(self.entry, sign)]


def weigh(one: Candidate, lex: Lexicon) -> float:
    """The log odds that a candidate is a cue (logistic regression)."""
    total = lex.weights.get("", 0.0)
    memory = lex.memory.setdefault(one.entry.words, {})
    for sign in one.signs:
        value = memory.get(sign)
        if value is None:
            value = sum(lex.weights.get(name, 0.0) for name in _names(one.entry, sign))
            memory[sign] = value
        total += value
    return total


def _names(entry: Entry, sign: Sign) -> list[str]:
    """The features that one sign of the context stands for, with the entry it is met with."""
    what, value = sign
    kind, form, lemma = entry.kind, entry.form, entry.lemma
    if what == "entry":
        found = [f"form={form}", f"lemma={lemma}", f"lemma={lemma}:form={form}"]
        found += [f"class={c}" for c in entry.classes]
        found += [f"{c}:form={form}" for c in entry.classes]
        return [*found, "phrase"] if len(entry.words) > 1 else found
    if what in ("prev next", "passive", "sign", "opening"):
        return [f"{what}={value}"]
    found = [f"{what}={value}"]
    if what in ("prev", "next", "near"):
        found.append(f"kind={kind}:{what}={value}")
    if what in ("prev", "next", "group"):
        found.append(f"form={form}:{what}={value}")
    if what == "next":
        found.append(f"lemma={lemma}:next={value}")
    return found + [f"{c}:{what}={value}" for c in entry.classes]
