"""Cues: the words that could attribute something to somebody, and whether they do.

A candidate is a verb, noun or phrase of the lists in rules/facts/attribution.toml, or a colon or
dash that sets off a speaker. Signs of its context (the verb group, what stands before and after,
quotation marks, its neighbours) are weighed by a logistic regression fitted in
tests/eval/attributions.py; the weights are data, rules/facts/attribution-model.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit.facts.cue_words import (
    ADVERBS,
    BE,
    CLAUSAL,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODAL,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    Entry,
    Lexicon,
    Tokens,
)

Sign = tuple[str, str]  # what it is about, and what it is: ("next", "that")

_SAID = frozenset("said says say told tells saying added wrote according".split())
_NEAR = 5  # words between two candidates that tell of each other
_QUANTIFIERS = frozenset("many some most several few all both others".split())


@dataclass(frozen=True)
class Candidate:
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
    total, memory = lex.weights.get("", 0.0), lex.memory
    for sign in one.signs:
        key = (*one.entry.words, *sign)
        value = memory.get(key)
        if value is None:
            value = sum(lex.weights.get(name, 0.0) for name in _names(one.entry, sign))
            memory[key] = value
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


def candidates(toks: Tokens, lex: Lexicon) -> list[Candidate]:
    """All possible cues of a text, in order."""
    found: list[Candidate] = []
    entries, lower = lex.entries, toks.lower
    reach = 0
    for i in [n for n, word in enumerate(lower) if word in entries]:
        if i < reach:
            continue
        for entry in entries[lower[i]]:
            width = len(entry.words)
            if width == 1 or tuple(lower[i : i + width]) == entry.words:
                found.append(_candidate(toks, i, i + width - 1, entry))
                reach = i + width
                break
    found = [_beside(toks, found, n) for n in range(len(found))]
    marks = [*_marks(toks)]
    return sorted([*found, *marks], key=lambda c: c.span(toks)) if marks else found


def _beside(toks: Tokens, found: list[Candidate], n: int) -> Candidate:
    """A candidate with signs of the candidates right before and after it."""
    one, signs = found[n], []
    for side, k in (("left", n - 1), ("right", n + 1)):
        if not 0 <= k < len(found):
            continue
        other = found[k]
        far = one.first - other.last if side == "left" else other.first - one.last
        if far > _NEAR or toks.sentence[other.head] != toks.sentence[one.head]:
            continue
        signs.append((side, "say" if "say" in other.entry.classes else other.entry.kind))
    return replace(one, signs=(*one.signs, *signs)) if signs else one


# "Venn: …" at the head of a line or sentence, and "…" - Orla Venn
_SIGNS = re.compile(r":(?=\s)|--?(?=\s?[A-Z@])")
_SPEAKER = re.compile(
    r"(?:(?<=[\n.!?\"'])|(?<=[.!?\"'] )|^)[ \t\"(]{0,3}"
    r"((?:[A-Z][\w.'-]*|of|the|and)(?:\s(?:[A-Z][\w.'-]*|of|the|and)){0,5}\s?)$"
)
_SIGNER = re.compile(r"\s?([A-Z@][\w.'-]{0,40}(?:\s[A-Z@][\w.'-]{0,40}){0,4}\s?)(?=[\n,.(\"]|$)")
_ENDS = frozenset(".!?,\"'")
_QUOTES = frozenset("\"'")
# Headings and labels of pages: no speakers.
_LABELS = frozenset(
    """related watch update updated breaking video videos photo photos more note read see exclusive
    clarification correction file q a contact tel phone email tickets news content image caption
    source sources via credit advertisement warning disclaimer editor's""".split()
)
_SIGN = Entry("sign", ("sign",))


def _marks(toks: Tokens) -> Iterator[Candidate]:
    """Speakers set before a colon or after a dash."""
    plain = toks.plain
    for sign in _SIGNS.finditer(plain):
        at, to = sign.span()
        colon = sign.group() == ":"
        window = max(0, at - 60)
        match = _SPEAKER.search(plain, window, at) if colon else _SIGNER.match(plain, to)
        before = plain[max(0, at - 3) : at].rstrip()[-1:]
        if match is None or not (colon or before in _ENDS):
            continue
        first = bisect_left(toks.spans, (match.start(1), 0))
        last = bisect_left(toks.spans, (match.end(1), 0)) - 1
        if last < first or last >= len(toks.spans):
            continue
        form = "colon" if colon else "dash"
        head = last if colon else max(0, first - 1)
        after = plain[to : to + 3].lstrip()[:1]
        quoted = (after if colon else before) in _QUOTES
        shout = match.group(1).isupper()
        opening = toks.sentence[head] == 0
        label = bool(_LABELS & set(toks.lower[first : last + 1]))
        if colon and (label or not (quoted or opening or shout)):
            continue
        signs = (
            ("sign", form),
            ("sign", f"{form}:words={min(last - first + 1, 4)}"),
            ("sign", f"{form}:quote={quoted}"),
            ("sign", f"{form}:shout={shout}"),
            ("sign", f"{form}:opening={opening}"),
            ("sign", f"{form}:capital={after.isupper()}"),
        )
        yield Candidate(head, head, head, _SIGN, signs, mark=(at, to), source=(first, last))


def _candidate(toks: Tokens, head: int, last: int, entry: Entry) -> Candidate:
    lower, sent = toks.lower, toks.sentence[head]
    opening = toks.first[sent]
    # the verb group on the left: adverbs, auxiliaries, "to"
    first, passive, group = head, False, ""
    k = head - 1
    while k >= opening and k >= head - 6:
        word = lower[k]
        gap = toks.gap(k)
        if gap.strip():
            break
        if word in BE:
            passive = entry.form == "past"
            group = group or "be"
        elif word in HAVE:
            group = group or "have"
        elif word in MODAL:
            group = "modal"
        elif word == "to":
            group = "to"
        elif not (word in ADVERBS or (word.endswith("ly") and len(word) > 4)):
            break
        first = k
        k -= 1
    before = lower[k] if k >= opening else "^"
    lead = toks.gap(k) if k >= opening else ""
    if before == "^":
        previous = "start"
    elif "," in lead:
        previous = "comma"
    elif lead.strip():
        previous = "quote" if '"' in lead else "punct"
    elif before in PRONOUNS:
        previous = "relative" if before in ("who", "which", "that") else "pronoun"
    elif before in _QUANTIFIERS and entry.form != "noun":
        previous = "pronoun"
    elif before in DETERMINERS:
        previous = "det"
    elif before.endswith(("'s", "s'")):
        previous = "poss"
    elif before in PREPOSITIONS:
        previous = "prep"
    elif before in CONJUNCTIONS:
        previous = "conj"
    elif before in SUBORDINATORS:
        previous = "sub"
    elif toks.capital[k]:
        previous = "Name"
    else:
        previous = "s-word" if before.endswith("s") else "word"
    gap = toks.gap(last)
    after = lower[last + 1] if last + 1 < len(lower) and toks.sentence[last + 1] == sent else "$"
    if '"' in gap or "'" in gap.strip():
        following = "quote"
    elif ":" in gap:
        following = "colon"
    elif after == "$" or gap.strip()[:1] in (".", "!", "?"):
        following = "end"
    elif "," in gap:
        following = "comma"
    elif gap.strip():
        following = "punct"
    elif after == "that":
        following = "that"
    elif after in CLAUSAL:
        following = "wh"
    elif after == "to":
        following = "to"
    elif after in ("by", "of", "in", "on", "for", "with", "about", "at"):
        following = after
    elif after in PREPOSITIONS:
        following = "prep"
    elif after in OBJECTS or after in PRONOUNS:
        following = "pronoun"
    elif after in DETERMINERS:
        following = "det"
    elif toks.capital[last + 1]:
        following = "Name"
    elif after in CONJUNCTIONS or after in SUBORDINATORS:
        following = "conj"
    elif after.endswith("ing"):
        following = "ing"
    elif after.endswith("ly") or after in ADVERBS:
        following = "adv"
    else:
        following = "word"
    near = _quote_near(toks, first, last)
    ahead = lower[last + 1 : last + 6] if following not in ("end", "comma", "punct") else []
    that = "that" if "that" in ahead else ("inf" if "to" in ahead else "")
    nested = any(w in _SAID for w in lower[max(opening, head - 25) : first] if first > opening)
    signs: list[Sign] = [
        ("entry", ""),
        ("prev", previous),
        ("next", following),
        ("prev next", f"{previous} {following}"),
        ("group", group),
        ("near", near),
        ("ahead", that),
    ]
    if nested:
        signs.append(("nested", "yes"))
    if sent == 0:
        signs.append(("opening", "yes"))
    if any(w == "not" or w.endswith("n't") for w in lower[first:head]):
        signs.append(("negated", "yes"))
    if passive:
        signs += [("passive", "yes"), ("passive", following)]
    if toks.quoted[head] >= 0:
        signs.append(("inside", "yes"))
    return Candidate(
        first, head, last, entry, tuple(signs), passive=passive, infinitive=group == "to"
    )


def _quote_near(toks: Tokens, first: int, last: int) -> str:
    """Whether a quotation stands next to the cue's clause: before, after, both or none."""
    start, end = toks.spans[first][0], toks.spans[last][1]
    nth = bisect_right(toks.quotes, (start, 1 << 60))
    before = nth > 0 and toks.quotes[nth - 1][1] <= start and start - toks.quotes[nth - 1][1] < 90
    if before:
        between = toks.plain[toks.quotes[nth - 1][1] : start]
        before = not any(mark in between for mark in ".!?\n")
    after = nth < len(toks.quotes) and 0 <= toks.quotes[nth][0] - end < 60
    if after:
        between = toks.plain[end : toks.quotes[nth][0]]
        after = not any(mark in between for mark in "!?\n")
    return ("b" if before else "") + ("a" if after else "")
