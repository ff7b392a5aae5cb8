"""One sentence as tokens, with what stands between them, and its noun phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from audit.facts.names import Name

# Words that give a verb's tense away where its form is also a noun ("to launch", "will attack").
_STRONG = re.compile(r'[;:()"\[\]\n]')


@dataclass(slots=True)
class Sentence:
    """One sentence's tokens, with what stands between them."""

    plain: str
    start: int
    end: int
    spans: list[tuple[int, int]]
    low: list[str] = field(default_factory=list)
    owns: list[bool] = field(default_factory=list)  # ends in 's
    gap: list[int] = field(default_factory=list)  # 0 none, 1 comma, 2 stronger, before the token
    dated: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        before = self.start
        plain = self.plain
        for start, end in self.spans:
            word = plain[start:end].lower()
            owns = ("'" in word and word.endswith(("'s", "s'"))) or plain[end : end + 1] == "'"
            self.owns.append(owns)
            self.low.append(word.removesuffix("'s") if owns else word)
            if start <= before + 1 and (start == before or plain[before] == " "):
                self.gap.append(0)
            else:
                between = plain[before:start]
                strong = _STRONG.search(between) or between.strip() in ("-", "--")
                self.gap.append(2 if strong else 1 if "," in between else 0)
            before = end

    def at(self, offset: int) -> int:
        return bisect_right(self.spans, (offset, 1 << 60)) - 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: tokens first..last of a sentence, and the known names in it."""

    first: int
    last: int
    names: tuple[Name, ...]
    head: str


@dataclass(frozen=True, slots=True)
class It:
    """What "it" stands for at the head of a sentence: a noun, and its names where it has some."""

    head: str
    names: tuple[Name, ...]
