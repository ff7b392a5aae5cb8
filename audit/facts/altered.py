"""What a copy changed: the dates, numbers, names, negations and quoted words that differ.

Two copies of one text are read along their alignment. What is changed in wording only (spelling,
case, punctuation, spacing, formats of numbers, titles, everyday synonyms, a sentence left out, a
line put before) is no alteration; a passage that was rewritten altogether is none either, since
nothing in it stands against anything. Lists: rules/facts/altered.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from audit.facts.change_words import (
    SCALES,
    Piece,
    calendar,
    joined,
    pieces,
    same_value,
    values,
)
from audit.facts.lexicon import built
from audit.facts.quotations import quotations
from audit.facts.spellings import one_edit, similar, skeleton, stem
from audit.model import Altered, Pair, TextSpan
from audit.rules import Rules
from audit.tokens import Text

Kind = Literal["date", "number", "name", "negation", "quote"]
Op = tuple[str, int, int, int, int]

_LONGEST = 12  # words of a change on either side: longer ones are passages rewritten
_INSERTED = 4  # words put in or left out: longer ones are additions
_FRAMING = 2  # words exchanged round quotations: where there are more, the copy was reworded
_GARBLED = 4  # alterations from which a copy is asked whether it is merely garbled


@dataclass(frozen=True)
class _Lists:
    synonyms: dict[str, frozenset[int]]
    aliases: dict[str, int]
    titles: frozenset[str]
    negations: frozenset[str]
    soft: frozenset[str]
    prefixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]


def _build(rules: Rules) -> _Lists:
    data = rules.facts["altered"]
    groups: dict[str, set[int]] = {}
    for n, entry in enumerate(data["synonyms"]):
        for word in entry.split():
            groups.setdefault(word, set()).add(n)
    return _Lists(
        synonyms={word: frozenset(ids) for word, ids in groups.items()},
        aliases={w: n for n, entry in enumerate(data["aliases"]) for w in entry.split()},
        titles=frozenset(data["titles"].split()),
        negations=frozenset(data["negation"]["words"]),
        soft=frozenset(data["negation"]["soft"]),
        prefixes=tuple(data["negation"]["prefixes"]),
        endings=tuple((a, b) for a, b in data["spelling"]["endings"]),
    )


def altered(a: Text, b: Text, aligned: Sequence[Op], rules: Rules) -> list[Altered]:
    """Every fact that two copies state differently, in order of ``a``, spans on both sides.

    ``aligned`` is what ``audit.duplication.align.align(a, b)`` returns: ``(op, a_start, a_end,
    b_start, b_end)`` in characters. Where a word was put in or left out, the span of the other
    side is the word it stands with, so that both sides can be shown.
    """
    lists = built(rules, _build)
    sides = _Sides(a, b, lists)
    found: list[Altered] = []
    for op in aligned:
        if op[0] != "equal":
            found += sides.change(*op)
    if len(found) >= _GARBLED:
        # scanned or garbled: what looks like the original is a slip
        words = [one for one in found if one.kind in ("name", "quote")]
        slips = [one for one in words if similar(one.a.text, one.b.text)]
        if 2 * len(slips) >= len(words):
            return [one for one in found if one not in slips]
    if 0 < len(sides.framing) <= _FRAMING:
        found += sides.framing
    return sorted(found, key=lambda one: (one.a.start, one.b.start))


def remarks(pair: Pair, a: Text, b: Text, kind: Kind) -> Iterator[tuple[str, Text, TextSpan, str]]:
    """For each alteration of a kind and each side: the document, its text, the span, a sentence.

    Which of the two came first is not known here: both are told what the other one says.
    """
    for one in pair.altered:
        if one.kind != kind:
            continue
        sides = ((pair.a, a, one.a, pair.b, one.b), (pair.b, b, one.b, pair.a, one.a))
        for document, text, mine, other, theirs in sides:
            yield (
                document,
                text,
                mine,
                f"\u201c{mine.text}\u201d here, \u201c{theirs.text}\u201d in another copy of this "
                f"text ({other}): one of them was changed.",
            )


class _Sides:
    """The two texts under comparison, with what is computed once for both."""

    def __init__(self, a: Text, b: Text, lists: _Lists) -> None:
        self.a, self.b, self.lists = a, b, lists
        self.framing: list[Altered] = []  # words exchanged in sentences that carry a quotation
        self._small: frozenset[str] | None = None
        self._names_in_both: frozenset[str] | None = None
        self._quotes: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None

    def change(self, op: str, a1: int, a2: int, b1: int, b2: int) -> list[Altered]:
        """The alterations within one step of the alignment."""
        if a2 - a1 > 400 or b2 - b1 > 400:
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
        if self._hard(ours) != self._hard(theirs) and not (
            (self._hard(ours) and self._soft(theirs)) or (self._hard(theirs) and self._soft(ours))
        ):
            found.append(self._altered("negation", ours, theirs))
        elif opposite := self._opposite(ours, theirs):
            found.append(self._altered("negation", *opposite))
        dates = self._dates(ours, theirs)
        found += dates
        if not dates:
            found += self._numbers(ours, theirs)
        if not found:
            found += self._names(ours, theirs)
        if not found and self._wording(ours, theirs):
            return []
        if not found:
            change = self._altered("quote", ours, theirs)
            if self._inside(ours, theirs):
                found.append(change)
            elif len(ours) == len(theirs) == 1 and self._frames(ours[0]):
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
        if not x or not y:
            scale = [p for p in ours if p.key in SCALES], [p for p in theirs if p.key in SCALES]
            if scale[0] and scale[1] and scale[0][0].key != scale[1][0].key:
                sizes = {SCALES[side[0].key] for side in scale}
                if len(sizes) > 1:
                    return [self._altered("number", *scale)]
            return []
        left = [(v, p) for v, p in x if not any(same_value(v, w) for w, _ in y)]
        right = [(v, p) for v, p in y if not any(same_value(v, w) for w, _ in x)]
        if not left or not right:
            return []
        return [
            self._altered(
                "number", [q for _, p in left for q in p], [q for _, p in right for q in p]
            )
        ]

    def _names(self, ours: list[Piece], theirs: list[Piece]) -> list[Altered]:
        mine = [p for p in ours if self._is_name(self.a, p)]
        other = [p for p in theirs if self._is_name(self.b, p)]
        if not mine or not other:
            return []
        keys = {p.key for p in other}
        if len(mine) == len(other) == 1 and self._retitled(mine[0], other[0]):
            return []
        left = [p for p in mine if not any(self._same_name(p.key, k) for k in keys)]
        keys = {p.key for p in mine}
        right = [p for p in other if not any(self._same_name(p.key, k) for k in keys)]
        if all(self._placed(self.a, p) for p in left) and all(
            self._placed(self.b, p) for p in right
        ):
            return []
        if not left or not right or self._initials(mine, other) or self._initials(other, mine):
            return []
        return [self._altered("name", left, right)]

    def _is_name(self, text: Text, p: Piece) -> bool:
        """Whether a word has a capital and is no honorific or function word."""
        return p.word[:1].isupper() and p.key not in _FUNCTION and p.key not in _HONORIFICS

    def _placed(self, text: Text, p: Piece) -> bool:
        """Whether the capital may be that of a sentence or a headline, over an ordinary word."""
        before = text.plain[max(0, p.start - 3) : p.start].rstrip(" \"'([-")
        opens = not before or before[-1] in ".!?:\n"
        if not opens and not self._headline(text, p.start):
            return False
        if self._common(p.word.lower()):
            return True
        if not opens or p.word[1:].isupper():
            return False
        after = text.plain[p.end : p.end + 3].lstrip(" ")[:1]
        return not after.isupper() and f" {p.word}" not in text.plain[p.end : p.end + 20_000]

    def _headline(self, text: Text, at: int) -> bool:
        """Whether most longer words of the line's sentence have capitals."""
        start, end = text.sentence_at(at)
        words = [w for w in text.plain[start : min(end, start + 300)].split() if len(w) > 3]
        return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.6 * len(words)

    def _common(self, word: str) -> bool:
        """Whether either text has the word in small letters."""
        if self._small is None:
            self._small = frozenset(_SMALL.findall(self.a.plain)) | frozenset(
                _SMALL.findall(self.b.plain)
            )
        return word in self._small

    def _retitled(self, p: Piece, q: Piece) -> bool:
        """President Obama, Barack Obama: a title for a first name, before the same surname."""
        titled = (p.key in self.lists.titles) != (q.key in self.lists.titles)
        return titled and self.a.plain[p.end : p.end + 3].strip()[:1].isupper()

    def _same_name(self, x: str, y: str) -> bool:
        """Two spellings of one name: Mohamed and Mohammed, US and U.S."""
        if x == y or self._synonym(x, y):
            return True
        aliases = self.lists.aliases
        if x in aliases and aliases[x] == aliases.get(y):
            return True
        if len(x) > 3 and len(y) > 3 and skeleton(x) == skeleton(y):
            return True
        # a slip of a letter, unless both forms are names of the text: Johnson and Johnston
        return len(x) > 5 and one_edit(x, y) and not (self._in_both(x) or self._in_both(y))

    def _in_both(self, key: str) -> bool:
        """Whether both texts have a name."""
        if self._names_in_both is None:
            ours, theirs = (
                {w.lower() for w in _NAME.findall(text.plain)} for text in (self.a, self.b)
            )
            self._names_in_both = frozenset(ours & theirs)
        return key in self._names_in_both

    def _initials(self, short: list[Piece], long: list[Piece]) -> bool:
        """Whether one side abbreviates the other: WHO for World Health Organization."""
        for p in short:
            if 2 <= len(p.key) <= 6 and p.word.isupper():
                heads = "".join(q.key[0] for q in long if q.word[:1].isupper())
                if p.key in heads or (heads and heads in p.key and len(heads) > 1):
                    return True
        joined = "-".join(p.key for p in long)
        aliases = self.lists.aliases
        return any(p.key in aliases and aliases[p.key] == aliases.get(joined) for p in short)

    def _synonym(self, x: str, y: str) -> bool:
        groups = self.lists.synonyms
        return bool(groups.get(x, frozenset()) & groups.get(y, frozenset()))

    def _wording(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether two sides differ in wording only."""
        left = [p.key for p in ours if not any(self._alike(p.key, q.key) for q in theirs)]
        right = [q.key for q in theirs if not any(self._alike(p.key, q.key) for p in ours)]
        small = _FUNCTION | _FILLERS
        return all(k in small for k in left) and all(k in small for k in right)

    def _alike(self, x: str, y: str) -> bool:
        if x == y or self._synonym(x, y) or stem(x) == stem(y):
            return True
        for long, short in self.lists.endings:
            for p, q in ((x, y), (y, x)):
                if p.endswith(long) and p[: -len(long)] + short == q:
                    return True
                if len(long) < 4 and long in p and p.replace(long, short) == q:
                    return True
        aliases = self.lists.aliases
        if x in aliases and aliases[x] == aliases.get(y):
            return True
        # one slip of the keyboard or the scanner in a longer word
        return len(x) > 3 and len(y) > 3 and one_edit(x, y)

    def _frames(self, p: Piece) -> bool:
        """Whether a word stands in a sentence with a quotation: it tells how that is to be read."""
        start, end = self.a.sentence_at(p.start)
        return '"' in self.a.plain[start:end] or "'" in self.a.plain[max(0, start - 2) : start]

    def _inside(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether the words stand in a quotation, on both sides."""
        if self._quotes is None:
            self._quotes = quotations(self.a), quotations(self.b)
        return _within(self._quotes[0], ours[0].start) and _within(self._quotes[1], theirs[0].start)


_FUNCTION = frozenset(
    """a an the of to in on at by for from with and or but as is are was were be been being has
    have had do does did this that these those it its he she they his her their i we you my our
    your so if then than there here what which who whom when where while into onto upon about
    not no yes oh well also too very just only""".split()
)
_HONORIFICS = frozenset("mr mrs ms miss dr prof sir mister professor doctor".split())
_NAME = re.compile(r"\b[A-Z]\w+")
_SMALL = re.compile(r"\b[a-z]+\b")
_FILLERS = frozenset(
    """um uh er like know mean really actually basically sort kind okay ok yeah s re ve ll d m t
    gonna going wanna want gotta got cause because em them""".split()
)


def _within(quotes: list[tuple[int, int]], at: int) -> bool:
    nth = bisect_right(quotes, (at, 1 << 60)) - 1
    return nth >= 0 and quotes[nth][0] <= at < quotes[nth][1]


def _next_word(text: Text, at: int) -> int:
    """The end of the word at or after an offset in the same line, or the offset itself."""
    nth = bisect_right(text.words, (at, at))
    if nth < len(text.words) and "\n" not in text.plain[at : text.words[nth][0]]:
        return text.words[nth][1]
    return at
