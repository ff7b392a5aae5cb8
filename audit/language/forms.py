"""Forms that never stand after a small word: "would triggered", "are know", "they dogs".

``forms.npz`` says of some ten thousand words after which of the small words edited English never
has them. ``tests/eval/fit_forms.py`` counts that in news and asks a language model besides; it
holds hashes of words, no text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from audit.article import Article
from audit.language.patterns import Quotations, machine, search
from audit.model import Finding
from audit.rules import Rules
from audit.tokens import key

MODALS = tuple("will would can could may might must should".split())
SUBJECTS = tuple("he she they".split())
VERBS = (
    *MODALS,
    *"do does did don't doesn't didn't can't have has had am is are was were be".split(),
)
# Each has a bit, by its place.
SMALL = (
    *VERBS,
    "to",
    *SUBJECTS,
    *"""been being we you who a an the his their our my your every each of in for on at by from with
    about into after before against between during without than because there""".split(),
)
_BIT = {word: 1 << at for at, word in enumerate(SMALL)}
_OVER = frozenset("not never also".split())  # "did not wanted"
# Before a verb that stands before its subject, and "all they do is talk".
_TURNED = frozenset("as so nor neither than only do does did done".split())
_BLANK = re.compile(r"[ \t]+\Z|[ \t]*\n[ \t]*\Z")


@cache
def _table() -> dict[int, int]:
    """By the key of a word the bits of the small words after which it never stands."""
    with np.load(Path(__file__).parent / "forms.npz", allow_pickle=False) as held:
        return dict(zip(held["words"].tolist(), held["after"].tolist(), strict=True))


def _small(word: str) -> int:
    return _BIT.get(word, 0)


def _verb(word: str) -> int:
    """The bit of a small word that may have "not" behind it."""
    return _BIT[word] if word in VERBS else 0


def _never_after(word: str) -> int:
    return _table().get(key(word), 0) if word.islower() and word.isascii() else 0


def wrong_forms(article: Article, rules: Rules) -> Iterator[Finding]:
    """Words that never stand after the small word before them, with nothing but a blank between.

    One alone may be a slip of the pen, two are a habit and weigh more. Silent in quotations, where
    a verb may stand before its subject, and where a rule of grammar speaks already.
    """
    text = article.text
    numbers = text.numbers
    if article.language.code != "en" or len(numbers) < 3:
        return
    column = text.vocabulary.column
    small = column(_small, np.uint64)[numbers]
    never = column(_never_after, np.uint64)[numbers]
    verbs = column(_verb, np.uint64)[numbers]
    places = [(at, 2) for at in np.flatnonzero(small[:-1] & never[1:]).tolist()]
    apart = np.flatnonzero(verbs[:-2] & never[2:]).tolist()
    places += [(at, 3) for at in apart if text.lower[at + 1] in _OVER]
    found: list[tuple[int, int]] = []
    quoted: Quotations | None = None
    ruled: _Ruled | None = None
    for at, count in sorted(places):
        if at and _turned(text.lower[at - 1], text.lower[at]):
            continue
        if not all(map(_BLANK.match, text.gaps[at + 1 : at + count])):
            continue
        start, end = text.words[at][0], text.words[at + count - 1][1]
        if "\xad" in text.raw[max(start - 1, 0) : end + 1]:  # a word that is cut in two
            continue
        quoted = quoted or Quotations(text)
        if quoted.hold(start, end):
            continue
        ruled = ruled or _Ruled(article, rules)
        if ruled.touch(start, end):
            continue
        found.append((at, at + count - 1))
    name = "wrong-form" if len(found) > 1 else "wrong-form-alone"
    for at, last in found:
        start, end = text.words[at][0], text.words[last][1]
        yield Finding(
            rule="wrong-form",
            family="grammar",
            group="language",
            severity=int(rules.checks.get(name, {}).get("severity", 2)),
            start=start,
            end=end,
            quote=text.raw[start:end],
            message=f"“{text.lower[last]}” does not follow “{text.lower[at]}” in English",
            confidence=0.75,
        )


def _turned(before: str, first: str) -> bool:
    """Whether the word before shows that a verb stands before its subject: "are they friends"."""
    return before in _TURNED or (first in SUBJECTS and before in VERBS)


class _Ruled:
    """Where the pattern rules of grammar speak in an article."""

    def __init__(self, article: Article, rules: Rules) -> None:
        found = search(article.text, machine(rules, "en"), article)
        self.spans = sorted((one.start, one.end) for one in found if one.family == "grammar")

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them speaks within a span, or begins before it and ends in it."""
        at = bisect_left(self.spans, (end, 0))
        return any(right > start for _, right in self.spans[max(at - 2, 0) : at])
