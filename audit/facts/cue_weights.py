"""What tells a cue from another use of its words: the signs of its context, and their weights."""

from __future__ import annotations

import msgspec

from audit.facts.cue_words import Entry, Lexicon, Tokens

Sign = tuple[str, str]  # what it is about, and what it is: ("next", "that")


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A possible cue: words ``first`` to ``last`` (inclusive), ``head`` being the listed one.

    ``place`` is what stands before and after it and its verb group ("Name", "that", "have"), None
    for a sign that is no word; ``others`` are the signs beyond these.
    """

    first: int
    head: int
    last: int
    entry: Entry
    place: tuple[str, str, str] | None
    others: tuple[Sign, ...]
    passive: bool = False
    infinitive: bool = False
    mark: tuple[int, int] | None = None  # the characters of a cue that is no word: a colon, a dash
    source: tuple[int, int] | None = None  # the words of the source, where the form tells it

    def span(self, toks: Tokens) -> tuple[int, int]:
        """The characters of the cue."""
        return self.mark or (toks.spans[self.first][0], toks.spans[self.last][1])

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All signs of its context."""
        return (*_placed(self.place), *self.others) if self.place else self.others

    def features(self) -> list[str]:
        """The names of all that tells whether this is a cue."""
        return [name for sign in self.signs for name in _names(self.entry, sign)]


def _placed(place: tuple[str, str, str]) -> tuple[Sign, ...]:
    """The signs of the place of a cue."""
    before, after, group = place
    return (
        ("entry", ""),
        ("prev", before),
        ("next", after),
        ("prev next", f"{before} {after}"),
        ("group", group),
    )


def weigh(one: Candidate, lex: Lexicon) -> float:
    """The log odds that a candidate is a cue (logistic regression)."""
    entry = one.entry
    memory = lex.memory.get(entry.words)
    if memory is None:
        memory = lex.memory[entry.words] = {}
    total = memory.get(one.place)
    if total is None:  # by words of a small set: few places are ever met
        total = lex.weights.get("", 0.0)
        for sign in _placed(one.place) if one.place else ():
            total += sign_weight(entry, sign, lex)
        memory[one.place] = total
    for sign in one.others:
        value = memory.get(sign)
        if value is None:
            value = memory[sign] = sign_weight(entry, sign, lex)
        total += value
    return total


def sign_weight(entry: Entry, sign: Sign, lex: Lexicon) -> float:
    """What one sign of the context of an entry adds to the log odds."""
    return sum(lex.weights.get(name, 0.0) for name in _names(entry, sign))


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
