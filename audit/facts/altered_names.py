"""Whether two runs of words name different people, places or bodies."""

from __future__ import annotations

import re

from audit.facts.altered_lists import FUNCTION, Lists
from audit.facts.change_words import Piece
from audit.facts.spellings import one_edit, skeleton
from audit.tokens import Text

_HONORIFICS = frozenset("mr mrs ms miss dr prof sir mister professor doctor".split())
_NAME = re.compile(r"\b[A-Z]\w+")
_NEXT = re.compile(r" ([A-Z]\w+)")
_SMALL = re.compile(r"\b[a-z]+\b")


class Names:
    """The names of two copies under comparison, with what is computed once for both."""

    def __init__(self, a: Text, b: Text, lists: Lists) -> None:
        self.a, self.b, self.lists = a, b, lists
        self._small: frozenset[str] | None = None
        self._names_in_both: frozenset[str] | None = None

    def differ(
        self, ours: list[Piece], theirs: list[Piece]
    ) -> tuple[list[Piece], list[Piece]] | None:
        """The names of either side that the other side does not have in any spelling."""
        mine = [p for p in ours if self._is_name(self.a, p)]
        other = [p for p in theirs if self._is_name(self.b, p)]
        if not mine or not other:
            return None
        keys = {p.key for p in other}
        if len(mine) == len(other) == 1 and self._retitled(mine[0], other[0]):
            return None
        left = [p for p in mine if not any(self._same_name(p.key, k) for k in keys)]
        keys = {p.key for p in mine}
        right = [p for p in other if not any(self._same_name(p.key, k) for k in keys)]
        if all(self._placed(self.a, p) for p in left) and all(
            self._placed(self.b, p) for p in right
        ):
            return None
        if self._ranked(left, right):
            return None  # "Warship Verl" for "HMS Verl"
        if len(left) == len(right) == 1 and self._one_name(left[0].word, right[0].word):
            return None  # Clinton for Hillary, where the text has Hillary Clinton
        if not left or not right or self._initials(mine, other) or self._initials(other, mine):
            return None
        return left, right

    def _one_name(self, x: str, y: str) -> bool:
        """Whether two names stand side by side as one name in either text."""
        both = f"{x} {y}", f"{y} {x}"
        return any(name in text.plain for name in both for text in (self.a, self.b))

    def _is_name(self, text: Text, p: Piece) -> bool:
        """Whether a word has a capital and is no honorific or function word."""
        return p.word[:1].isupper() and p.key not in FUNCTION and p.key not in _HONORIFICS

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

    def _ranked(self, left: list[Piece], right: list[Piece]) -> bool:
        """Whether two single words stand before one name, and either is no name: it opens a
        sentence and is elsewhere written small."""
        if not len(left) == len(right) == 1:
            return False
        p, q = left[0], right[0]
        after = _NEXT.match(self.a.plain, p.end), _NEXT.match(self.b.plain, q.end)
        if after[0] is None or after[1] is None or after[0][1] != after[1][1]:
            return False
        sides = ((self.a, p), (self.b, q))
        return any(self._placed(text, w) and self._common(w.key) for text, w in sides)

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
        if x == y or self.lists.synonym(x, y):
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
