"""One sentence as tokens, with what stands between them, and its noun phrases."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

import msgspec
import numpy as np

from audit.facts.names import Name
from audit.facts.remembered import Remembered
from audit.tokens import Text

_APOSTROPHE = ord("'")
_STRONG = re.compile(r'[;:()"\[\]\n]')


class Sentence(msgspec.Struct, gc=False):
    """One sentence's tokens, with what stands between them."""

    plain: str
    start: int
    end: int
    spans: list[tuple[int, int]]
    begun: list[int]  # where they start
    low: list[str]  # without 's
    owns: list[bool]  # ends in 's
    gap: list[int]  # 0 none, 1 comma, 2 stronger, before the token
    dated: set[int] = set()

    def at(self, offset: int) -> int:
        return bisect_right(self.begun, offset) - 1


def owners(text: Text) -> list[int]:
    """The words of a text that end in 's, or that an apostrophe stands behind."""
    points, (_, ends) = text.points, text.edges
    if not len(ends):
        return []
    after = points[np.minimum(ends, len(points) - 1)]  # at the end of a text: of the word itself
    owns = text.vocabulary.column(_owns, bool)[text.numbers] | (after == _APOSTROPHE)
    found: list[int] = owns.nonzero()[0].tolist()
    return found


def _owns(word: str) -> bool:
    return word[-2:].lower() == "'s"


def sentence_of(
    text: Text, owned: list[int], start: int, end: int, first: int, last: int
) -> Sentence:
    """The sentence that stands at ``start`` .. ``end`` and has the words ``first`` .. ``last``.

    owned: the ``owners`` of the text."""
    low, owns = text.lower[first:last], [False] * (last - first)
    for at in owned[bisect_left(owned, first) : bisect_left(owned, last)]:
        owns[at - first] = True
        low[at - first] = low[at - first].removesuffix("'s")
    gap = list(map(_PARTINGS.__getitem__, text.gaps[first:last]))
    gap[0] = _PARTINGS[text.plain[start : text.starts[first]]]
    spans, begun = text.words[first:last], text.starts[first:last]
    return Sentence(text.plain, start, end, spans, begun, low, owns, gap)


def _parting(gap: str) -> int:
    """How strongly what stands between two words parts them: 0, 1 (a comma) or 2."""
    if _STRONG.search(gap) or gap.strip() in ("-", "--"):
        return 2
    return 1 if "," in gap else 0


_PARTINGS = Remembered(_parting, 1 << 12)


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase: tokens first..last of a sentence, and the known names in it."""

    first: int
    last: int
    names: tuple[Name, ...]
    head: str


class It(msgspec.Struct, frozen=True, gc=False):
    """What "it" stands for at the head of a sentence: a noun, and its names where it has some."""

    head: str
    names: tuple[Name, ...]
