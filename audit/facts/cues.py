"""Cues: the words that could attribute something to somebody, and whether they do.

A candidate is a verb, noun or phrase of the lists in rules/facts/attribution.toml, or a colon or
dash that sets off a speaker. Signs of its context (the verb group, what stands before and after,
quotation marks, its neighbours) are weighed by a logistic regression fitted in
tests/eval/attributions.py; the weights are data, rules/facts/attribution-model.toml.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from audit.facts.cue_signs import speakers
from audit.facts.cue_weights import Candidate, Sign
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

_SAID = frozenset("said says say told tells saying added wrote according".split())
_NEAR = 5  # words between two candidates that tell of each other
_QUANTIFIERS = frozenset("many some most several few all both others".split())


class _Group(msgspec.Struct):
    """A listed word or phrase, and the verb group on its left: adverbs, auxiliaries, "to"."""

    first: int
    head: int
    last: int
    entry: Entry
    group: str
    passive: bool
    before: int  # the word left of the group, which may be in the sentence before


def candidates(toks: Tokens, lex: Lexicon) -> list[Candidate]:
    """All possible cues of a text, in order."""
    found: list[_Group] = []
    entries, lower = lex.entries, toks.lower
    reach = 0
    for i in [n for n, word in enumerate(lower) if word in entries]:
        if i < reach:
            continue
        for entry in entries[lower[i]]:
            width = len(entry.words)
            if width == 1 or tuple(lower[i : i + width]) == entry.words:
                found.append(_group(toks, i, i + width - 1, entry))
                reach = i + width
                break
    sides: list[_Group | None] = [None, *found, None]
    worded = [
        _candidate(toks, one, left, right)
        for left, one, right in zip(sides, found, sides[2:], strict=False)
    ]
    signed = [*speakers(toks)]
    return sorted([*worded, *signed], key=lambda one: one.span(toks)) if signed else worded


def _group(toks: Tokens, head: int, last: int, entry: Entry) -> _Group:
    lower, between = toks.lower, toks.between
    opening = toks.first[toks.sentence[head]]
    first, passive, group = head, False, ""
    k = head - 1
    while k >= opening and k >= head - 6:
        word = lower[k]
        gap = between[k + 1]
        if gap != " " and gap.strip():
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
    return _Group(first, head, last, entry, group, passive, k)


def _candidate(toks: Tokens, one: _Group, left: _Group | None, right: _Group | None) -> Candidate:
    """A candidate with the signs of its context, those of its neighbours among them."""
    lower, head, first, last, entry = toks.lower, one.head, one.first, one.last, one.entry
    sent = toks.sentence[head]
    opening = toks.first[sent]
    previous = _previous(toks, one, opening)
    following = _following(toks, last, sent)
    ahead = lower[last + 1 : last + 6] if following not in ("end", "comma", "punct") else ()
    signs: list[Sign] = [
        ("entry", ""),
        ("prev", previous),
        ("next", following),
        ("prev next", f"{previous} {following}"),
        ("group", one.group),
        ("near", _quote_near(toks, first, last) if toks.quotes else ""),
        ("ahead", "that" if "that" in ahead else "inf" if "to" in ahead else ""),
    ]
    if first > opening and not _SAID.isdisjoint(lower[max(opening, head - 25) : first]):
        signs.append(("nested", "yes"))
    if sent == 0:
        signs.append(("opening", "yes"))
    if first < head and any(w == "not" or w.endswith("n't") for w in lower[first:head]):
        signs.append(("negated", "yes"))
    if one.passive:
        signs += [("passive", "yes"), ("passive", following)]
    if toks.quoted[head] >= 0:
        signs.append(("inside", "yes"))
    if left and first - left.last <= _NEAR and toks.sentence[left.head] == sent:
        signs.append(("left", _beside(left)))
    if right and right.first - last <= _NEAR and toks.sentence[right.head] == sent:
        signs.append(("right", _beside(right)))
    return Candidate(
        first,
        head,
        last,
        entry,
        tuple(signs),
        passive=one.passive,
        infinitive=one.group == "to",
    )


def _beside(other: _Group) -> str:
    return "say" if "say" in other.entry.classes else other.entry.kind


# What a word tells by standing before a cue, or after it; the later line wins.
_BEFORE = {
    **dict.fromkeys(SUBORDINATORS, "sub"),
    **dict.fromkeys(CONJUNCTIONS, "conj"),
    **dict.fromkeys(PREPOSITIONS, "prep"),
    **dict.fromkeys(DETERMINERS, "det"),
    **dict.fromkeys(PRONOUNS, "pronoun"),
    **dict.fromkeys(("who", "which", "that"), "relative"),
}
_AFTER = {
    **dict.fromkeys(DETERMINERS, "det"),
    **dict.fromkeys(OBJECTS | PRONOUNS, "pronoun"),
    **dict.fromkeys(PREPOSITIONS, "prep"),
    **{word: word for word in ("by", "of", "in", "on", "for", "with", "about", "at", "to")},
    **dict.fromkeys(CLAUSAL, "wh"),
    "that": "that",
}


def _previous(toks: Tokens, one: _Group, opening: int) -> str:
    """What stands before a verb group."""
    k = one.before
    if k < opening:
        return "start"
    lead = toks.between[k + 1]
    if lead != " ":
        if "," in lead:
            return "comma"
        if lead.strip():
            return "quote" if '"' in lead else "punct"
    before = toks.lower[k]
    kind = _BEFORE.get(before)
    if before in _QUANTIFIERS and one.entry.form != "noun" and kind != "relative":
        return "pronoun"
    if kind:
        return kind
    if before.endswith("'s"):
        return "poss"
    if toks.capital[k]:
        return "Name"
    return "s-word" if before.endswith("s") else "word"


def _following(toks: Tokens, last: int, sent: int) -> str:
    """What stands after a cue."""
    gap, nxt = toks.between[last + 1], last + 1
    within = nxt < len(toks.lower) and toks.sentence[nxt] == sent
    if gap != " ":
        mark = gap.strip()
        if '"' in gap or "'" in mark:
            return "quote"
        if ":" in gap:
            return "colon"
        if not within or mark[:1] in (".", "!", "?"):
            return "end"
        if "," in gap:
            return "comma"
        if mark:
            return "punct"
    if not within:
        return "end"
    after = toks.lower[nxt]
    kind = _AFTER.get(after)
    if kind:
        return kind
    if toks.capital[nxt]:
        return "Name"
    if after in CONJUNCTIONS or after in SUBORDINATORS:
        return "conj"
    if after.endswith("ing"):
        return "ing"
    return "adv" if after.endswith("ly") or after in ADVERBS else "word"


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
