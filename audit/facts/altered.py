"""What a copy changed: the dates, numbers, names, negations and quoted words that differ.

Two copies of one text are read along their alignment. What is changed in wording only (spelling,
case, punctuation, spacing, formats of numbers, titles, everyday synonyms, a sentence left out, a
line put before) is no alteration; a passage that was rewritten altogether is none either, since
nothing in it stands against anything. Lists: rules/facts/altered.toml. (One class, whose methods
are the kinds of change: kept whole.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from audit.facts.altered_around import address, furniture, held, kept, letters, stamped
from audit.facts.altered_lists import CLOCK, FUNCTION, Lists, build, unit_of
from audit.facts.altered_names import Names
from audit.facts.change_words import (
    SCALES,
    Piece,
    calendar,
    joined,
    mixed,
    pieces,
    same_value,
    values,
)
from audit.facts.lexicon import built
from audit.facts.quotations import quotations
from audit.facts.remarks import either
from audit.facts.spellings import similar
from audit.model import Altered, Finding, Pair, Quote, TextSpan
from audit.rules import Rules
from audit.tokens import Text

Kind = Literal["date", "number", "name", "negation", "quote"]
Op = tuple[str, int, int, int, int]

_LONGEST = 12  # words of a change on either side: longer ones are passages rewritten
_INSERTED = 4  # words put in or left out: longer ones are additions
_FRAMING = 2  # words exchanged round quotations: where there are more, the copy was reworded
_GARBLED = 4  # alterations from which a copy is asked whether it is merely garbled
_HEADLINE = 60  # characters at the head of a text, where a desk writes its own words
_WHOLE = 0.95  # of the shorter text's characters: where a copy keeps fewer, parts are written anew


def altered(a: Text, b: Text, aligned: Sequence[Op], rules: Rules) -> list[Altered]:
    """Every fact that two copies state differently, in order of ``a``, spans on both sides.

    ``aligned`` is what ``audit.duplication.align.align(a, b)`` returns: ``(op, a_start, a_end,
    b_start, b_end)`` in characters. Where a word was put in or left out, the span of the other
    side is the word it stands with, so that both sides can be shown.
    """
    lists = built(rules, build)
    sides = _Sides(a, b, lists)
    found: list[Altered] = []
    for op in aligned:
        if op[0] != "equal":
            found += sides.change(*op)
    if kept(a, b, aligned) < _WHOLE:
        found = [one for one in found if held(a, b, one)]
        sides.framing = [one for one in sides.framing if held(a, b, one)]
    found = [
        one for one in found if max(one.a.start, one.b.start) > _HEADLINE or held(a, b, one, 1)
    ]
    if len(found) >= _GARBLED:
        # scanned or garbled: what looks like the original is a slip
        words = [one for one in found if one.kind in ("name", "quote")]
        slips = [one for one in words if similar(one.a.text, one.b.text)]
        if 2 * len(slips) >= len(words):
            return [one for one in found if one not in slips]
    if 0 < len(sides.framing) <= _FRAMING:
        found += sides.framing
    return sorted(found, key=lambda one: (one.a.start, one.b.start))


def remarks(kind: Kind, pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """For each alteration of a kind a finding on each side, told what the other side says.

    Which of the two came first is not known here.
    """
    for one in pair.altered:
        if one.kind != kind:
            continue
        quotes = [
            Quote(span.start, span.end, document, text.raw[span.start : span.end])
            for document, text, span in ((pair.a, a, one.a), (pair.b, b, one.b))
        ]
        messages = [
            f"\u201c{mine.text}\u201d here, \u201c{theirs.text}\u201d in another copy of this text "
            f"({other}): one of them was changed."
            for mine, theirs, other in ((one.a, one.b, pair.b), (one.b, one.a, pair.a))
        ]
        yield from either(f"altered-{kind}", "altered", quotes, messages, 0.9, rules)


class _Sides:
    """The two texts under comparison, with what is computed once for both."""

    def __init__(self, a: Text, b: Text, lists: Lists) -> None:
        self.a, self.b, self.lists = a, b, lists
        self.framing: list[Altered] = []  # words exchanged in sentences that carry a quotation
        self.names = Names(a, b, lists)
        self._quotes: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None

    def change(self, op: str, a1: int, a2: int, b1: int, b2: int) -> list[Altered]:
        """The alterations within one step of the alignment."""
        if a2 - a1 > 400 or b2 - b1 > 400:
            return []
        if address(self.a.plain, a1, a2) or address(self.b.plain, b1, b2):
            return []
        ours, theirs = pieces(self.a.plain, a1, a2), pieces(self.b.plain, b1, b2)
        if len(ours) > _LONGEST or len(theirs) > _LONGEST:
            return []
        if [p.key for p in ours] == [p.key for p in theirs]:
            return []
        if not ours or not theirs:
            return self._one_sided(ours, theirs, a1, b1)
        if Counter(p.key for p in ours) == Counter(p.key for p in theirs):
            return []  # the same words in another order
        found: list[Altered] = []
        matcher = SequenceMatcher(None, [p.key for p in ours], [p.key for p in theirs], False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                continue
            mine, other = ours[i1:i2], theirs[j1:j2]
            if mine and other:
                found += self._replaced(mine, other)
            else:
                a_at = ours[i1].start if i1 < len(ours) else a2
                b_at = theirs[j1].start if j1 < len(theirs) else b2
                found += self._one_sided(mine, other, a_at, b_at)
        if len(found) > 1 and len(ours) + len(theirs) > 12:
            kinds = {one.kind for one in found}
            found = [one for one in found if one.kind != "quote"] if len(kinds) > 1 else found
        return found

    def _replaced(self, ours: list[Piece], theirs: list[Piece]) -> list[Altered]:
        """Words that stand where other words stood."""
        found: list[Altered] = []
        if joined(ours) == joined(theirs):
            return []  # spacing and hyphens: e-mail and email, 1 ,000 and 1,000
        spans = (
            self.a.plain[ours[0].start : ours[-1].end],
            self.b.plain[theirs[0].start : theirs[-1].end],
        )
        if letters(spans[0]) == letters(spans[1]) or any(map(furniture, spans)):
            return []  # one of them mangled, or what stands round an article
        if stamped(self.a.plain, ours) or stamped(self.b.plain, theirs):
            return []
        if self._hard(ours) != self._hard(theirs) and not (
            (self._hard(ours) and self._soft(theirs))
            or (self._hard(theirs) and self._soft(ours))
            or self._rewritten(ours, theirs)
        ):
            found.append(self._altered("negation", ours, theirs))
        elif opposite := self._opposite(ours, theirs):
            found.append(self._altered("negation", *opposite))
        dates = self._dates(ours, theirs)
        found += dates
        if not dates:
            found += self._numbers(ours, theirs)
        if not found:
            names = self.names.differ(ours, theirs)
            found += [self._altered("name", *names)] if names else []
        if not found and self.lists.wording(ours, theirs):
            return []
        if not found:
            change = self._altered("quote", ours, theirs)
            small = {
                ours[0].key,
                theirs[0].key,
            } & FUNCTION  # "told the post" for "said to the post"
            if self._inside(ours, theirs):
                found.append(change)
            elif len(ours) == len(theirs) == 1 and self._frames(ours[0]) and not small:
                self.framing.append(change)
        return found

    def _one_sided(
        self, ours: list[Piece], theirs: list[Piece], a_at: int, b_at: int
    ) -> list[Altered]:
        """Words put in (``ours`` empty) or left out (``theirs`` empty)."""
        words = ours or theirs
        if not words or len(words) > _INSERTED or self._whole(words, bool(ours)):
            return []
        keys = [p.key for p in words]
        hard = [p for p in words if p.key in self.lists.negations]
        if hard and not any(k in self.lists.soft for k in keys) and keys[-2:] != ["not", "only"]:
            return [self._with_neighbour("negation", ours, theirs, a_at, b_at)]
        return []

    def _with_neighbour(
        self, kind: Kind, ours: list[Piece], theirs: list[Piece], a_at: int, b_at: int
    ) -> Altered:
        """An alteration by insertion: both spans reach to the next word, which both sides have."""
        a1, a2 = (ours[0].start, ours[-1].end) if ours else (a_at, a_at)
        b1, b2 = (theirs[0].start, theirs[-1].end) if theirs else (b_at, b_at)
        return self._spans(kind, a1, _next_word(self.a, a2), b1, _next_word(self.b, b2))

    def _altered(self, kind: Kind, ours: list[Piece], theirs: list[Piece]) -> Altered:
        return self._spans(kind, ours[0].start, ours[-1].end, theirs[0].start, theirs[-1].end)

    def _spans(self, kind: Kind, a1: int, a2: int, b1: int, b2: int) -> Altered:
        return Altered(
            kind=kind,
            a=TextSpan(a1, a2, self.a.raw[a1:a2]),
            b=TextSpan(b1, b2, self.b.raw[b1:b2]),
        )

    def _whole(self, words: list[Piece], in_a: bool) -> bool:
        """Whether the words are a sentence or line of their own."""
        text = self.a if in_a else self.b
        before = text.plain[max(0, words[0].start - 4) : words[0].start].rstrip(" \"'(")
        after = text.plain[words[-1].end : words[-1].end + 3].lstrip(" \"')")
        opens = not before or before[-1] in ".!?\n"
        closes = not after or after[0] in ".!?\n"
        return opens and closes

    def _hard(self, words: list[Piece]) -> bool:
        return any(p.key in self.lists.negations for p in words)

    def _converted(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether two numbers stand in two units (30 miles, 48 km), or one of them is a clock's."""
        sides = ((self.a.plain, ours[-1].end), (self.b.plain, theirs[-1].end))
        units = [unit_of(text[end : end + 14]) for text, end in sides]
        clocks = [
            CLOCK.match(text[words[0].start : words[-1].end + 6]) is not None
            for text, words in ((self.a.plain, ours), (self.b.plain, theirs))
        ]
        return (all(units) and units[0] != units[1]) or clocks[0] != clocks[1]

    def _rewritten(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether two sides have several words each and no word in common."""
        left, right = (
            [p.key for p in side if p.key not in FUNCTION and p.key not in self.lists.negations]
            for side in (ours, theirs)
        )
        if min(len(left), len(right)) < 2:
            return False
        return not any(self.lists.alike(x, y) for x in left for y in right)

    def _soft(self, words: list[Piece]) -> bool:
        """Words that do the work of a negation: "failed to" stands for "did not"."""
        return any(p.key in self.lists.soft for p in words)

    def _opposite(
        self, ours: list[Piece], theirs: list[Piece]
    ) -> tuple[list[Piece], list[Piece]] | None:
        """A word and its opposite by prefix: "legal" and "illegal"."""
        for p in ours:
            for q in theirs:
                short, long = sorted((p.key, q.key), key=len)
                if len(short) > 4 and long.endswith(short):
                    head = long[: -len(short)]
                    if head in self.lists.prefixes:
                        return [p], [q]
        return None

    def _dates(self, ours: list[Piece], theirs: list[Piece]) -> list[Altered]:
        mine = [(v, p) for p in ours if (v := calendar(self.a.plain, p))]
        other = [(v, p) for p in theirs if (v := calendar(self.b.plain, p))]
        found: list[Altered] = []
        for kind in ("month", "day", "year", "date"):
            x = [(v[1], p) for v, p in mine if v[0] == kind]
            y = [(v[1], p) for v, p in other if v[0] == kind]
            if x and y and Counter(v for v, _ in x) != Counter(v for v, _ in y):
                found.append(self._altered("date", [p for _, p in x], [p for _, p in y]))
        return found[:1]

    def _numbers(self, ours: list[Piece], theirs: list[Piece]) -> list[Altered]:
        x, y = values(self.a.plain, ours), values(self.b.plain, theirs)
        whole = mixed(self.a.plain, ours[0].start, ours[-1].end)
        if whole is not None and whole == mixed(self.b.plain, theirs[0].start, theirs[-1].end):
            return []  # 4 1/2 and 4.5
        if not x or not y:
            scale = [p for p in ours if p.key in SCALES], [p for p in theirs if p.key in SCALES]
            if scale[0] and scale[1] and scale[0][0].key != scale[1][0].key:
                sizes = {SCALES[side[0].key] for side in scale}
                if len(sizes) > 1:
                    return [self._altered("number", *scale)]
            return []
        left = [(v, p) for v, p in x if not any(same_value(v, w) for w, _ in y)]
        right = [(v, p) for v, p in y if not any(same_value(v, w) for w, _ in x)]
        if not left or not right or self._converted(left[0][1], right[0][1]):
            return []
        return [
            self._altered(
                "number", [q for _, p in left for q in p], [q for _, p in right for q in p]
            )
        ]

    def _frames(self, p: Piece) -> bool:
        """Whether a word stands in a sentence with a quotation: it tells how that is to be read."""
        start, end = self.a.sentence_at(p.start)
        return '"' in self.a.plain[start:end] or "'" in self.a.plain[max(0, start - 2) : start]

    def _inside(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether the words stand in a quotation, on both sides."""
        if self._quotes is None:
            self._quotes = quotations(self.a), quotations(self.b)
        return _within(self._quotes[0], ours[0].start) and _within(self._quotes[1], theirs[0].start)


def _within(quotes: list[tuple[int, int]], at: int) -> bool:
    nth = bisect_right(quotes, (at, 1 << 60)) - 1
    return nth >= 0 and quotes[nth][0] <= at < quotes[nth][1]


def _next_word(text: Text, at: int) -> int:
    """The end of the word at or after an offset in the same line, or the offset itself."""
    nth = bisect_right(text.words, (at, at))
    if nth < len(text.words) and "\n" not in text.plain[at : text.words[nth][0]]:
        return text.words[nth][1]
    return at
