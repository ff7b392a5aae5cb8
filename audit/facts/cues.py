"""Cues: the words that could attribute something to somebody, and whether they do.

A candidate is a verb, noun or phrase of the lists in rules/facts/attribution.toml, or a colon or
dash that sets off a speaker. Signs of its context (the verb group, what stands before and after,
quotation marks, its neighbours) are weighed by a logistic regression fitted in
tests/eval/attributions.py; the weights are data, rules/facts/attribution-model.toml. This file is
what they are fitted with; ``audit.facts.cue_loop`` does the same compiled, and without the signs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from audit.facts.cue_loop import GROUPED, NEAR, NESTED, QUOTE_AFTER, QUOTE_BEFORE
from audit.facts.cue_signs import speakers
from audit.facts.cue_weights import Candidate, Sign
from audit.facts.cue_words import (
    ADVERBS,
    AFTER,
    BEFORE,
    CONJUNCTIONS,
    GROUPING,
    QUANTIFIERS,
    SAID,
    SUBORDINATORS,
    Entry,
    Lexicon,
    Tokens,
)


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
    said = [n for n, word in enumerate(lower) if word in SAID]
    worded = [
        _candidate(toks, one, left, right, said)
        for left, one, right in zip(sides, found, sides[2:], strict=False)
    ]
    signed = [*speakers(toks)]
    return sorted([*worded, *signed], key=lambda one: one.span(toks)) if signed else worded


def _group(toks: Tokens, head: int, last: int, entry: Entry) -> _Group:
    lower, between = toks.lower, toks.between
    opening = toks.first[toks.sentence[head]]
    passive, group = False, ""
    k = head - 1
    stop = max(opening, head - GROUPED)
    while k >= stop:
        gap = between[k + 1]
        if gap != " " and gap.strip():
            break
        word = lower[k]
        kind = GROUPING.get(word)
        if kind is None:
            if not (word.endswith("ly") and len(word) > 4):
                break
        elif kind == "be":
            passive = entry.form == "past"
            group = group or kind
        elif kind == "have":
            group = group or kind
        elif kind != "adverb":
            group = kind
        k -= 1
    return _Group(k + 1, head, last, entry, group, passive, k)


_THAT, _INFINITIVE, _NEITHER = ("ahead", "that"), ("ahead", "inf"), ("ahead", "")
_NESTED, _OPENING, _NEGATED = ("nested", "yes"), ("opening", "yes"), ("negated", "yes")
_INSIDE, _PASSIVE = ("inside", "yes"), ("passive", "yes")


def _candidate(
    toks: Tokens, one: _Group, left: _Group | None, right: _Group | None, said: list[int]
) -> Candidate:
    """A candidate with the signs of its context, those of its neighbours among them. ``said``:
    the places of the commonest cues."""
    lower, head, first, last = toks.lower, one.head, one.first, one.last
    sent = toks.sentence[head]
    opening = toks.first[sent]
    following = _following(toks, last, sent)
    near = ("near", _quote_near(toks, first, last)) if toks.quotes else _FAR
    if following in ("end", "comma", "punct"):
        signs: list[Sign] = [near, _NEITHER]
    else:
        ahead = lower[last + 1 : last + 6]
        signs = [near, _THAT if "that" in ahead else _INFINITIVE if "to" in ahead else _NEITHER]
    if first > opening and said:
        nth = bisect_left(said, first) - 1
        if nth >= 0 and said[nth] >= opening and said[nth] >= head - NESTED:
            signs.append(_NESTED)
    if sent == 0:
        signs.append(_OPENING)
    if first < head and any(w == "not" or w.endswith("n't") for w in lower[first:head]):
        signs.append(_NEGATED)
    if one.passive:
        signs += [_PASSIVE, ("passive", following)]
    if toks.quoted[head] >= 0:
        signs.append(_INSIDE)
    if left and first - left.last <= NEAR and toks.sentence[left.head] == sent:
        signs.append(("left", _beside(left)))
    if right and right.first - last <= NEAR and toks.sentence[right.head] == sent:
        signs.append(("right", _beside(right)))
    return Candidate(
        first,
        head,
        last,
        one.entry,
        (_previous(toks, one, opening), following, one.group),
        tuple(signs),
        one.passive,
        one.group == "to",
    )


_FAR = ("near", "")


def _beside(other: _Group) -> str:
    return "say" if "say" in other.entry.classes else other.entry.kind


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
    kind = BEFORE.get(before)
    if before in QUANTIFIERS and one.entry.form != "noun" and kind != "relative":
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
    kind = AFTER.get(after)
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
    quotes = toks.quotes
    start, end = toks.spans[first][0], toks.spans[last][1]
    nth = bisect_right(quotes, (start, 1 << 60))
    near = ""
    if nth and 0 <= start - quotes[nth - 1][1] < QUOTE_BEFORE:
        between = toks.plain[quotes[nth - 1][1] : start]
        if not ("." in between or "!" in between or "?" in between or "\n" in between):
            near = "b"
    if nth < len(quotes) and 0 <= quotes[nth][0] - end < QUOTE_AFTER:
        between = toks.plain[end : quotes[nth][0]]
        if not ("!" in between or "?" in between or "\n" in between):
            near += "a"
    return near
