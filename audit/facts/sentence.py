"""One sentence as tokens, with what stands between them, and its noun phrases."""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from audit.facts.names import Name
from audit.facts.remembered import Remembered
from audit.tokens import Text

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


class Words(msgspec.Struct, frozen=True, gc=False):
    """The words of a text as its sentences have them: see ``Sentence``."""

    low: list[str]
    owns: list[bool]
    gap: list[int]


def words_of(text: Text) -> Words:
    """The words of a text, read once for all of its sentences."""
    low, gaps = text.told(_bare), text.gaps
    owns = [after[:1] == "'" for after in gaps[1:]]
    for at in text.where(_owns):
        owns[at] = True
    return Words(low, owns, list(map(_PARTINGS.__getitem__, gaps)))


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s")


def _owns(word: str) -> bool:
    return word.lower().endswith("'s")


def sentence_of(text: Text, words: Words, start: int, end: int, first: int, last: int) -> Sentence:
    """The sentence that stands at ``start`` .. ``end`` and has the words ``first`` .. ``last``."""
    gap = words.gap[first:last]
    gap[0] = _PARTINGS[text.plain[start : text.starts[first]]]
    return Sentence(
        text.plain,
        start,
        end,
        text.words[first:last],
        text.starts[first:last],
        words.low[first:last],
        words.owns[first:last],
        gap,
    )


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
