"""What a copy changed: the dates, numbers, names, negations and quoted words that differ.

Two copies of one text are read along their alignment. What is changed in wording only (spelling,
case, punctuation, spacing, formats of numbers, titles, everyday synonyms, a sentence left out, a
line put before) is no alteration; a passage that was rewritten altogether is none either, since
nothing in it stands against anything. Lists: rules/facts/altered.toml.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from audit.facts.lexicon import built
from audit.facts.quotations import quotations
from audit.model import Altered, Pair, TextSpan
from audit.rules import Rules
from audit.tokens import Text

Kind = Literal["date", "number", "name", "negation", "quote"]
Op = tuple[str, int, int, int, int]

_LONGEST = 12  # words of a change on either side: longer ones are passages rewritten
_INSERTED = 4  # words put in or left out: longer ones are additions
_FRAMING = 2  # words exchanged round quotations: where there are more, the copy was reworded
_GARBLED = 4  # alterations from which a copy is asked whether it is merely garbled
_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%$£€¥]")
_MONTHS = {
    name: n
    for n, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|
        september sept sep|october oct|november nov|december dec""".split("|"),
        1,
    )
    for name in names.split()
}
_DAYS = {
    name: n
    for n, names in enumerate(
        """monday mon|tuesday tue tues|wednesday wed|thursday thu thur thurs|friday fri|
        saturday sat|sunday sun""".split("|")
    )
    for name in names.split()
}
_RELATIVE = frozenset("yesterday today tomorrow tonight".split())
_SEASONS = frozenset("spring summer autumn winter".split())
_ONES = {
    w: n
    for n, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        1,
    )
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12,
}
_PERCENT = frozenset(("%", "percent", "pct", "per", "cent"))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


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


@dataclass(frozen=True)
class _Piece:
    """A word of a change: as it stands, as it is compared, and where."""

    word: str
    key: str
    start: int
    end: int


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
        slips = [one for one in words if _similar(one.a.text, one.b.text)]
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
        ours, theirs = _pieces(self.a.plain, a1, a2), _pieces(self.b.plain, b1, b2)
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

    def _replaced(self, ours: list[_Piece], theirs: list[_Piece]) -> list[Altered]:
        """Words that stand where other words stood."""
        found: list[Altered] = []
        if _joined(ours) == _joined(theirs):
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
        self, ours: list[_Piece], theirs: list[_Piece], a_at: int, b_at: int
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
        self, kind: Kind, ours: list[_Piece], theirs: list[_Piece], a_at: int, b_at: int
    ) -> Altered:
        """An alteration by insertion: both spans reach to the next word, which both sides have."""
        a1, a2 = (ours[0].start, ours[-1].end) if ours else (a_at, a_at)
        b1, b2 = (theirs[0].start, theirs[-1].end) if theirs else (b_at, b_at)
        return self._spans(kind, a1, _next_word(self.a, a2), b1, _next_word(self.b, b2))

    def _altered(self, kind: Kind, ours: list[_Piece], theirs: list[_Piece]) -> Altered:
        return self._spans(kind, ours[0].start, ours[-1].end, theirs[0].start, theirs[-1].end)

    def _spans(self, kind: Kind, a1: int, a2: int, b1: int, b2: int) -> Altered:
        return Altered(
            kind=kind,
            a=TextSpan(a1, a2, self.a.raw[a1:a2]),
            b=TextSpan(b1, b2, self.b.raw[b1:b2]),
        )

    def _whole(self, words: list[_Piece], in_a: bool) -> bool:
        """Whether the words are a sentence or line of their own."""
        text = self.a if in_a else self.b
        before = text.plain[max(0, words[0].start - 4) : words[0].start].rstrip(" \"'(")
        after = text.plain[words[-1].end : words[-1].end + 3].lstrip(" \"')")
        opens = not before or before[-1] in ".!?\n"
        closes = not after or after[0] in ".!?\n"
        return opens and closes

    def _hard(self, pieces: list[_Piece]) -> bool:
        return any(p.key in self.lists.negations for p in pieces)

    def _soft(self, pieces: list[_Piece]) -> bool:
        """Words that do the work of a negation: "failed to" stands for "did not"."""
        return any(p.key in self.lists.soft for p in pieces)

    def _opposite(
        self, ours: list[_Piece], theirs: list[_Piece]
    ) -> tuple[list[_Piece], list[_Piece]] | None:
        """A word and its opposite by prefix: "legal" and "illegal"."""
        for p in ours:
            for q in theirs:
                short, long = sorted((p.key, q.key), key=len)
                if len(short) > 4 and long.endswith(short):
                    head = long[: -len(short)]
                    if head in self.lists.prefixes:
                        return [p], [q]
        return None

    def _dates(self, ours: list[_Piece], theirs: list[_Piece]) -> list[Altered]:
        mine = [(v, p) for p in ours if (v := _calendar(self.a.plain, p))]
        other = [(v, p) for p in theirs if (v := _calendar(self.b.plain, p))]
        found: list[Altered] = []
        for kind in ("month", "day", "year", "date"):
            x = [(v[1], p) for v, p in mine if v[0] == kind]
            y = [(v[1], p) for v, p in other if v[0] == kind]
            if x and y and Counter(v for v, _ in x) != Counter(v for v, _ in y):
                found.append(self._altered("date", [p for _, p in x], [p for _, p in y]))
        return found[:1]

    def _numbers(self, ours: list[_Piece], theirs: list[_Piece]) -> list[Altered]:
        x, y = _values(self.a.plain, ours), _values(self.b.plain, theirs)
        if not x or not y:
            scale = [p for p in ours if p.key in _SCALES], [p for p in theirs if p.key in _SCALES]
            if scale[0] and scale[1] and scale[0][0].key != scale[1][0].key:
                values = {_SCALES[side[0].key] for side in scale}
                if len(values) > 1:
                    return [self._altered("number", *scale)]
            return []
        left = [(v, p) for v, p in x if not any(_same(v, w) for w, _ in y)]
        right = [(v, p) for v, p in y if not any(_same(v, w) for w, _ in x)]
        if not left or not right:
            return []
        return [
            self._altered(
                "number", [q for _, p in left for q in p], [q for _, p in right for q in p]
            )
        ]

    def _names(self, ours: list[_Piece], theirs: list[_Piece]) -> list[Altered]:
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

    def _is_name(self, text: Text, p: _Piece) -> bool:
        """Whether a word has a capital and is no honorific or function word."""
        return p.word[:1].isupper() and p.key not in _FUNCTION and p.key not in _HONORIFICS

    def _placed(self, text: Text, p: _Piece) -> bool:
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

    def _retitled(self, p: _Piece, q: _Piece) -> bool:
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
        if len(x) > 3 and len(y) > 3 and _skeleton(x) == _skeleton(y):
            return True
        # a slip of a letter, unless both forms are names of the text: Johnson and Johnston
        return len(x) > 5 and _one_edit(x, y) and not (self._in_both(x) or self._in_both(y))

    def _in_both(self, key: str) -> bool:
        """Whether both texts have a name."""
        if self._names_in_both is None:
            ours, theirs = (
                {w.lower() for w in _NAME.findall(text.plain)} for text in (self.a, self.b)
            )
            self._names_in_both = frozenset(ours & theirs)
        return key in self._names_in_both

    def _initials(self, short: list[_Piece], long: list[_Piece]) -> bool:
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

    def _wording(self, ours: list[_Piece], theirs: list[_Piece]) -> bool:
        """Whether two sides differ in wording only."""
        left = [p.key for p in ours if not any(self._alike(p.key, q.key) for q in theirs)]
        right = [q.key for q in theirs if not any(self._alike(p.key, q.key) for p in ours)]
        small = _FUNCTION | _FILLERS
        return all(k in small for k in left) and all(k in small for k in right)

    def _alike(self, x: str, y: str) -> bool:
        if x == y or self._synonym(x, y) or _stem(x) == _stem(y):
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
        return len(x) > 3 and len(y) > 3 and _one_edit(x, y)

    def _frames(self, p: _Piece) -> bool:
        """Whether a word stands in a sentence with a quotation: it tells how that is to be read."""
        start, end = self.a.sentence_at(p.start)
        return '"' in self.a.plain[start:end] or "'" in self.a.plain[max(0, start - 2) : start]

    def _inside(self, ours: list[_Piece], theirs: list[_Piece]) -> bool:
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


def _pieces(plain: str, start: int, end: int) -> list[_Piece]:
    """The words of a span; contractions with "not" are parted, hyphens and currency set apart."""
    found: list[_Piece] = []
    for match in _PIECE.finditer(plain, start, end):
        word, at = match.group(), match.start()
        lower = word.lower()
        if lower.endswith("n't") and len(lower) > 3:
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(lower[:-3], lower[:-3])
            found.append(_Piece(word[:-3], stem, at, at + len(word) - 3))
            found.append(_Piece(word[-3:], "not", at + len(word) - 3, match.end()))
        elif lower == "cannot":
            found.append(_Piece(word[:3], "can", at, at + 3))
            found.append(_Piece(word[3:], "not", at + 3, match.end()))
        else:
            found.append(_Piece(word, _key(lower), at, match.end()))
    return found


def _key(word: str) -> str:
    if word[0].isdigit():
        return word.rstrip(".,:/").replace(",", "") if "/" not in word else word
    if not word.isascii():
        bare = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in bare if not unicodedata.combining(c)) or word
    if "." in word:
        word = word.replace(".", "")
    return word.removesuffix("'s").removesuffix("'") or word


def _calendar(plain: str, p: _Piece) -> tuple[str, object] | None:
    """What a word says in a calendar: a month, a weekday, a year, a day of a month."""
    word = plain[p.start : p.end]
    if p.key in _MONTHS and word[0].isupper():
        return "month", _MONTHS[p.key]
    if p.key in _DAYS and word[0].isupper() and p.key not in ("sun", "sat", "wed"):
        return "day", _DAYS[p.key]
    if p.key in _RELATIVE:
        return "relative", p.key
    if p.key in _SEASONS:
        return "season", p.key
    if _YEAR.match(p.key) and "," not in word:
        before = plain[max(0, p.start - 1) : p.start]
        after = plain[p.end : p.end + 9].lower()
        if before not in ("$", "£", "€", "#") and not _COUNTED.match(after):
            return "year", int(p.key)
    if p.key.isdigit() and len(p.key) <= 2 and _beside_month(plain, p):
        return "date", int(p.key)
    return None


_COUNTED = re.compile(r"\s*(?:%|percent|million|billion|people|miles|km\b)")
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? $")
_MONTH_AFTER = re.compile(
    r"(?:st|nd|rd|th)?(?: of)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
)


def _beside_month(plain: str, p: _Piece) -> bool:
    return bool(
        _MONTH_BEFORE.search(plain[max(0, p.start - 12) : p.start])
        or _MONTH_AFTER.match(plain[p.end : p.end + 20])
    )


def _values(plain: str, pieces: list[_Piece]) -> list[tuple[float, list[_Piece]]]:
    """The numbers of a run of words with the words they take: "1.2 million", "twenty-two"."""
    found: list[tuple[float, list[_Piece]]] = []
    at = 0
    while at < len(pieces):
        key = pieces[at].key
        taken = [pieces[at]]
        value: float | None = None
        if key[0].isdigit():
            value = _number(key) if _free(plain, pieces[at]) else None
        elif key in _TENS:
            value = _TENS[key]
            if at + 1 < len(pieces) and 0 < _ONES.get(pieces[at + 1].key, 0) < 10:
                value += _ONES[pieces[at + 1].key]
                taken.append(pieces[at + 1])
        elif key in _ONES:
            value = _ONES[key]
        elif key in _ORDINALS and key != "second":
            value = _ORDINALS[key]
        at += len(taken)
        if value is None:
            continue
        while at < len(pieces) and pieces[at].key in _SCALES:
            scale = pieces[at].key
            if len(scale) <= 2 and pieces[at].start != taken[-1].end:
                break
            value *= _SCALES[scale]
            taken.append(pieces[at])
            at += 1
        if len(taken) and at >= len(pieces):  # the scale may stand on the other side of the change
            follow = re.match(
                r"[ -]?(hundred|thousand|million|billion|trillion|bn|dozen)\b",
                plain[taken[-1].end : taken[-1].end + 10].lower(),
            )
            if follow:
                value *= _SCALES[follow.group(1)]
        found.append((value, taken))
    return found


_UNIT = re.compile(
    r"(?:st|nd|rd|th|s|m|k|b|bn|tn|mn|mln|km|cm|mm|kg|g|ft|mph|kph|am|pm|p|c|f|x|gb|mb|hr|hrs|min|lb"
    r"|lbs|in|mg|ml|mw|kw|hz|ghz|yr|yo|pc|pct)\b",
    re.IGNORECASE,
)


def _free(plain: str, p: _Piece) -> bool:
    """Whether a number stands for itself and is no part of a code or of a garbled word."""
    if p.start and plain[p.start - 1].isalpha() and plain[p.start - 1] != "A":
        return False
    return not plain[p.end : p.end + 1].isalpha() or bool(_UNIT.match(plain, p.end))


def _joined(pieces: list[_Piece]) -> str:
    return "".join(c for p in pieces for c in p.word.lower() if c.isalnum())


def _number(key: str) -> float | None:
    try:
        return float(key)
    except ValueError:
        digits = re.sub(r"\D", "", key)
        return float(digits) if digits else None


def _same(x: float, y: float) -> bool:
    return abs(x - y) <= 1e-9 * max(abs(x), abs(y))


def _skeleton(name: str) -> str:
    """A name without vowels and doubled letters: what its spellings have in common."""
    rest = re.sub(r"[aeiouyhw'’-]", "", name[1:].replace("q", "k").replace("c", "k"))
    return name[0] + re.sub(r"(.)\1+", r"\1", rest)


def _stem(word: str) -> str:
    """Plural and tense endings off: in a quotation "walk" for "walks" is wording."""
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def _one_edit(x: str, y: str) -> bool:
    """Whether one letter put in, left out or exchanged, or two turned round, makes them equal."""
    if abs(len(x) - len(y)) > 1 or x[0].isdigit() or y[0].isdigit():
        return False
    head = 0
    while head < min(len(x), len(y)) and x[head] == y[head]:
        head += 1
    p, q = x[head:], y[head:]
    return p[1:] == q[1:] or p[1:] == q or p == q[1:] or (p[:2] == q[1::-1] and p[2:] == q[2:])


def _similar(x: str, y: str) -> bool:
    return SequenceMatcher(None, x.lower(), y.lower(), False).ratio() >= 0.6


def _within(quotes: list[tuple[int, int]], at: int) -> bool:
    nth = bisect_right(quotes, (at, 1 << 60)) - 1
    return nth >= 0 and quotes[nth][0] <= at < quotes[nth][1]


def _next_word(text: Text, at: int) -> int:
    """The end of the word at or after an offset in the same line, or the offset itself."""
    nth = bisect_right(text.words, (at, at))
    if nth < len(text.words) and "\n" not in text.plain[at : text.words[nth][0]]:
        return text.words[nth][1]
    return at
