"""Which words of a text are cues, in one compiled pass over its words and characters.

The same candidates, signs and weights as ``audit.facts.cues`` and ``audit.facts.cue_weights``,
which are what the weights are fitted with and tests hold this file to. What a word can be to a cue
is a number of bits, told once a word of the vocabulary; a weight is looked up when it is first
met, and is no number till then. The file is long because the codes of words, the table of weights
and the loop that reads both must agree column by column.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from audit.characters import SPACE, kinds
from audit.compiled import compiled
from audit.facts.cue_weights import Candidate, sign_weight
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

NEAR = 5  # words between two candidates that tell of each other
GROUPED = 6  # words of a verb group before the listed word
NESTED = 25  # words before a cue in which one of the commonest cues tells of it
QUOTE_BEFORE, QUOTE_AFTER = 90, 60  # characters between a cue and a quotation that tells of it
TAIL = 4  # characters after the last word that are looked at
_GROUPS = ("", "adverb", "to", "modal", "have", "be")
_PREVIOUS = ("start", "comma", "quote", "punct", "sub", "conj", "prep", "det", "pronoun",
             "relative", "poss", "Name", "s-word", "word")  # fmt: skip
_FOLLOWING = ("quote", "colon", "end", "comma", "punct", "det", "pronoun", "prep", "by", "of", "in",
              "on", "for", "with", "about", "at", "to", "wh", "that", "Name", "conj", "ing", "adv",
              "word")  # fmt: skip
_NEARS = ("", "b", "a", "ba")
_AHEADS = ("", "that", "inf")
_BESIDES = ("say", "verb", "noun", "before", "adverb", "other")
_START, _COMMA, _QUOTE, _PUNCT, _PRONOUN, _RELATIVE, _POSS, _NAME, _S_WORD, _WORD = map(
    _PREVIOUS.index,
    ("start", "comma", "quote", "punct", "pronoun", "relative", "poss", "Name", "s-word", "word"),
)
_QUOTED, _COLON, _END, _COMMA_AFTER, _PUNCT_AFTER, _NAMED, _WORD_AFTER = map(
    _FOLLOWING.index, ("quote", "colon", "end", "comma", "punct", "Name", "word")
)
_TO, _MODAL, _HAVE, _BE = map(_GROUPS.index, ("to", "modal", "have", "be"))

# What a word is to a cue: three numbers, then bits.
_BEFORE_AT, _AFTER_AT, _LESS_AT = 3, 7, 12  # the first is its part of a verb group
_BITS = [1 << at for at in range(17, 25)]
_QUANTIFIER, _OWNS, _ENDS_S, _CAPITAL, _IS_THAT, _IS_TO, _NEGATES, _SAYS = _BITS

# The columns of a candidate's row: which it is, then what tells, each with the place of its first
# weight; a sign that may be missing is -1 then.
_FIRST, _HEAD, _LAST, _ENTRY, _PASSIVE, _SIGNS = range(6)
_KINDS: list[tuple[str, tuple[str, ...]]] = [
    ("prev", _PREVIOUS), ("next", _FOLLOWING), ("group", _GROUPS), ("near", _NEARS),
    ("ahead", _AHEADS), ("nested", ("yes",)), ("opening", ("yes",)), ("negated", ("yes",)),
    ("passive", ("yes",)), ("passive", _FOLLOWING), ("inside", ("yes",)), ("left", _BESIDES),
    ("right", _BESIDES),
]  # fmt: skip
_OFFSETS = np.cumsum([0, *(len(values) for _, values in _KINDS)])
_PREV, _NEXT, _GROUP, _NEAR, _AHEAD, _NESTED = range(_SIGNS, _SIGNS + 6)
_OPENING, _NEGATED, _BY, _BY_NEXT, _INSIDE, _LEFT, _RIGHT = range(_SIGNS + 6, _SIGNS + 13)
_WIDTH = _SIGNS + len(_KINDS)


def _seen(word: str) -> int:
    """What a word, as it is written, is to a cue."""
    low = word.lower()
    group = GROUPING.get(low) or ("adverb" if low.endswith("ly") and len(low) > 4 else "")
    before, after = BEFORE.get(low), AFTER.get(low)
    less = "word"
    if low in CONJUNCTIONS or low in SUBORDINATORS:
        less = "conj"
    elif low.endswith("ing"):
        less = "ing"
    elif low.endswith("ly") or low in ADVERBS:
        less = "adv"
    told = (
        low in QUANTIFIERS,
        low.endswith("'s"),
        low.endswith("s"),
        word[0].isupper(),
        low == "that",
        low == "to",
        low == "not" or low.endswith("n't"),
        low in SAID,
    )
    return (
        _GROUPS.index(group)
        | (_PREVIOUS.index(before) if before else 0) << _BEFORE_AT
        | (_FOLLOWING.index(after) if after else 0) << _AFTER_AT
        | _FOLLOWING.index(less) << _LESS_AT
        | sum(bit for bit, true in zip(_BITS, told, strict=True) if true)
    )


@dataclass(frozen=True, eq=False)
class Table:
    """The entries of a lexicon as the loop reads them, and the weights met so far."""

    entries: list[Entry]
    known: Callable[[str], int]  # the number of a word, as it is written; 0: of none
    first: np.ndarray  # by number of a word: the first of the entries that begin with it
    words: np.ndarray  # by entry: the numbers of its words, 0 after the last
    forms: np.ndarray  # by entry: whether it is a past form, a noun, and what it is beside a cue
    alone: np.ndarray  # by entry: the weight of itself
    weights: np.ndarray  # by entry and sign
    pairs: np.ndarray  # by what stands before and after


def table_of(lex: Lexicon) -> Table:
    """The table of a lexicon."""
    numbers: dict[str, int] = {}
    for word in lex.entries:
        numbers[word] = len(numbers) + 1
    entries = [entry for listed in lex.entries.values() for entry in listed]
    for entry in entries:
        for word in entry.words:
            numbers.setdefault(word, len(numbers) + 1)
    widest = max((len(entry.words) for entry in entries), default=0)
    words = np.zeros((len(entries), widest + 1), np.int32)
    for at, entry in enumerate(entries):
        words[at, : len(entry.words)] = [numbers[word] for word in entry.words]
    lengths = [0, *map(len, lex.entries.values())]
    begun = [0, *np.cumsum(lengths).tolist()]
    forms = [
        (
            entry.form == "past",
            entry.form == "noun",
            _BESIDES.index("say" if "say" in entry.classes else entry.kind),
        )
        for entry in entries
    ]
    return Table(
        entries,
        lambda word: numbers.get(word.lower(), 0),
        np.array(begun + [begun[-1]] * (len(numbers) + 2 - len(begun)), np.int32),
        words,
        np.array(forms, np.int32).reshape(-1, 3),
        np.full(len(entries), np.nan),
        np.full((len(entries), int(_OFFSETS[-1])), np.nan),
        np.full((len(_PREVIOUS), len(_FOLLOWING)), np.nan),
    )


def worded(toks: Tokens, lex: Lexicon, table: Table) -> list[Candidate]:
    """The cues of a text that are words, in order, without the signs of their context."""
    text = toks.text
    numbers = text.numbers
    known = text.vocabulary.column(table.known, np.int32)[numbers]
    places = known.nonzero()[0]
    if not len(places):
        return []
    seen = text.vocabulary.column(_seen, np.int32)[numbers]
    quotes = np.array(toks.quotes, np.int64).reshape(-1, 2)
    first = np.array(toks.first, np.int64)
    after = np.array([*toks.first[1:], len(numbers)])
    sentences = np.arange(len(first)).repeat(after - first)
    most = len(places)
    rows, total = np.full((most, _WIDTH), -1, np.int32), np.empty(most)
    count = _cues(
        rows, total, known, seen, sentences, first, quotes, text.points, kinds(), *text.edges,
        table.first, table.words, table.forms, table.alone, table.weights, table.pairs, _OFFSETS,
    )  # fmt: skip
    total = total[:count]
    for at in (total != total).nonzero()[0].tolist():  # no number
        total[at] = _learned(rows[at].tolist(), lex, table)
    found = []
    for at in (total > lex.threshold).nonzero()[0].tolist():
        begin, head, last, entry, passive, _, _, group, *_ = rows[at].tolist()
        listed = table.entries[entry]
        found.append(Candidate(begin, head, last, listed, None, (), bool(passive), group == _TO))
    return found


def _learned(row: list[int], lex: Lexicon, table: Table) -> float:
    """The weight of a candidate some of whose weights were not met before; they are kept."""
    at = row[_ENTRY]
    entry, weights = table.entries[at], table.weights[at]
    table.alone[at] = lex.weights.get("", 0.0) + sign_weight(entry, ("entry", ""), lex)
    for (what, values), offset, value in zip(_KINDS, _OFFSETS[:-1], row[_SIGNS:], strict=True):
        if value >= 0:
            weights[offset + value] = sign_weight(entry, (what, values[value]), lex)
    both = f"{_PREVIOUS[row[_PREV]]} {_FOLLOWING[row[_NEXT]]}"
    table.pairs[row[_PREV], row[_NEXT]] = sign_weight(entry, ("prev next", both), lex)
    return float(_sum(np.array(row), table.alone, table.weights, table.pairs, _OFFSETS))


@compiled
def _sum(row, alone, weights, pairs, offsets):
    """The log odds of a candidate, added up in the order of its signs."""
    own = weights[row[_ENTRY]]
    total = alone[row[_ENTRY]]
    total += own[offsets[0] + row[_PREV]]
    total += own[offsets[1] + row[_NEXT]]
    total += pairs[row[_PREV], row[_NEXT]]
    for at in range(_GROUP, _WIDTH):
        if row[at] >= 0:
            total += own[offsets[at - _SIGNS] + row[at]]
    return total


@compiled
def _gap(points, kinds, start, end):
    """What stands between two words: 0 a space or nothing; bits for what else there is, and the
    first character that is no space in the bits above."""
    found = 0
    for at in range(start, end):
        point = points[at]
        if kinds[point] & SPACE:
            continue
        if not found:
            found = 1 | np.int64(point) << 8  # type: ignore[assignment]
        if point == 44:  # a comma
            found |= 2
        elif point == 34:  # a double mark
            found |= 4
        elif point == 39:  # a single mark
            found |= 8
        elif point == 58:  # a colon
            found |= 16
    return found


@compiled
def _free(points, start, end, stops):
    """Whether no sentence ends between two offsets; a full stop ends none unless ``stops``."""
    for at in range(start, end):
        point = points[at]
        if point == 33 or point == 63 or point == 10 or (stops and point == 46):
            return False
    return True


@compiled
def _before(seen, points, kinds, ends, starts, k, opening, noun):
    """What stands before a verb group: the place in ``_PREVIOUS``."""
    if k < opening:
        return _START
    gap = _gap(points, kinds, ends[k], starts[k + 1])
    if gap & 2:
        return _COMMA
    if gap:
        return _QUOTE if gap & 4 else _PUNCT
    word = seen[k]
    kind = word >> _BEFORE_AT & 15
    if word & _QUANTIFIER and not noun and kind != _RELATIVE:
        return _PRONOUN
    if kind:
        return kind
    if word & _OWNS:
        return _POSS
    if word & _CAPITAL:
        return _NAME
    return _S_WORD if word & _ENDS_S else _WORD


@compiled
def _after(seen, sentences, points, kinds, starts, ends, last, sent):
    """What stands after a cue: the place in ``_FOLLOWING``."""
    nxt = last + 1
    size = len(seen)
    within = nxt < size and sentences[nxt] == sent
    stop = starts[nxt] if nxt < size else min(len(points), ends[last] + TAIL)
    gap = _gap(points, kinds, ends[last], stop)
    if gap & 12:
        return _QUOTED
    if gap & 16:
        return _COLON
    lead = gap >> 8
    if not within or lead == 46 or lead == 33 or lead == 63:
        return _END
    if gap & 2:
        return _COMMA_AFTER
    if gap:
        return _PUNCT_AFTER
    word = seen[nxt]
    kind = word >> _AFTER_AT & 31
    if kind:
        return kind
    return _NAMED if word & _CAPITAL else word >> _LESS_AT & 31


@compiled
def _cues(
    rows, total, known, seen, sentences, first, quotes, points, kinds, starts, ends,
    entry_first, entry_words, forms, alone, weights, pairs, offsets,
):  # fmt: skip
    """Writes the rows of all candidates, and their log odds, no number where a weight is not known;
    how many they are."""
    size = len(known)
    count = reach = 0
    for head in range(size):
        number = known[head]
        if not number or head < reach:
            continue
        for entry in range(entry_first[number], entry_first[number + 1]):
            width = 1
            while (
                entry_words[entry, width]
                and head + width < size
                and known[head + width] == entry_words[entry, width]
            ):
                width += 1
            if entry_words[entry, width]:
                continue
            _grouped(
                rows[count], seen, points, kinds, starts, ends, first[sentences[head]], head,
                head + width - 1, entry, forms[entry, 0],
            )  # fmt: skip
            count += 1
            reach = head + width
            break
    near = held = 0
    for at in range(count):
        row = rows[at]
        begin, head, last, entry = row[_FIRST], row[_HEAD], row[_LAST], row[_ENTRY]
        sent = sentences[head]
        opening = first[sent]
        following = _after(seen, sentences, points, kinds, starts, ends, last, sent)
        row[_PREV] = _before(seen, points, kinds, ends, starts, begin - 1, opening, forms[entry, 1])
        row[_NEXT] = following
        start, end = starts[begin], ends[last]
        row[_NEAR] = 0
        while near < len(quotes) and quotes[near, 0] <= start:
            near += 1
        while near and quotes[near - 1, 0] > start:
            near -= 1
        if near and 0 <= start - quotes[near - 1, 1] < QUOTE_BEFORE:
            row[_NEAR] = np.int32(_free(points, quotes[near - 1, 1], start, True))
        if near < len(quotes) and 0 <= quotes[near, 0] - end < QUOTE_AFTER:
            row[_NEAR] += 2 * np.int32(_free(points, end, quotes[near, 0], False))
        row[_AHEAD] = 0
        if following != _END and following != _COMMA_AFTER and following != _PUNCT_AFTER:
            for k in range(last + 1, min(size, last + 6)):
                if seen[k] & _IS_THAT:
                    row[_AHEAD] = 1
                    break
                if seen[k] & _IS_TO:
                    row[_AHEAD] = 2
        for k in range(max(opening, head - NESTED), begin):
            if seen[k] & _SAYS:
                row[_NESTED] = 0
        if sent == 0:
            row[_OPENING] = 0
        for k in range(begin, head):
            if seen[k] & _NEGATES:
                row[_NEGATED] = 0
        if row[_PASSIVE]:
            row[_BY], row[_BY_NEXT] = 0, following
        while held < len(quotes) and quotes[held, 0] <= starts[head]:
            held += 1
        if held and starts[head] < quotes[held - 1, 1]:
            row[_INSIDE] = 0
        if at:
            other = rows[at - 1]
            if begin - other[_LAST] <= NEAR and sentences[other[_HEAD]] == sent:
                row[_LEFT] = forms[other[_ENTRY], 2]
        if at + 1 < count:
            other = rows[at + 1]
            if other[_FIRST] - last <= NEAR and sentences[other[_HEAD]] == sent:
                row[_RIGHT] = forms[other[_ENTRY], 2]
        total[at] = _sum(row, alone, weights, pairs, offsets)
    return count


@compiled
def _grouped(row, seen, points, kinds, starts, ends, opening, head, last, entry, past):
    """Writes a listed word or phrase with the verb group on its left."""
    group = passive = 0
    k = head - 1
    stop = max(opening, head - GROUPED)
    while k >= stop:
        if _gap(points, kinds, ends[k], starts[k + 1]):
            break
        kind = seen[k] & 7
        if kind == 0:
            break
        if kind == _BE:
            passive = past
            group = group or kind
        elif kind == _HAVE:
            group = group or kind
        elif kind in (_TO, _MODAL):
            group = kind
        k -= 1
    row[_FIRST], row[_HEAD], row[_LAST], row[_ENTRY] = k + 1, head, last, entry
    row[_PASSIVE], row[_GROUP] = passive, group
