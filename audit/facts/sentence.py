"""One sentence as tokens, with what stands between them, and its noun phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

import msgspec

from audit.facts.names import Name
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


def sentence_of(text: Text, start: int, end: int, first: int, last: int) -> Sentence:
    """The sentence that stands at ``start`` .. ``end`` and has the words ``first`` .. ``last``."""
    spans, low = text.words[first:last], text.lower[first:last]
    gaps = [text.plain[start : spans[0][0]], *text.gaps[first + 1 : last + 1]]
    if "'" in text.plain[start : end + 1]:
        owns = [
            word[-2:] == "'s" or after[:1] == "'" for word, after in zip(low, gaps[1:], strict=True)
        ]
        if True in owns:
            low = [word.removesuffix("'s") for word in low]
    else:
        owns = [False] * len(low)
    del gaps[-1]
    parted = [0 if gap == " " or not gap else _parting(gap) for gap in gaps]
    return Sentence(text.plain, start, end, spans, text.starts[first:last], low, owns, parted)


@lru_cache(maxsize=1 << 12)
def _parting(gap: str) -> int:
    """How strongly what stands between two words parts them: 0, 1 (a comma) or 2."""
    if _STRONG.search(gap) or gap.strip() in ("-", "--"):
        return 2
    return 1 if "," in gap else 0


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
