"""The words that tell whether something happened, and those that stand on either side of a trigger.

``Lists`` is rules/facts/modality.toml by phrase; ``Side`` the words of a sentence before or after
a trigger, contractions split ("won't": "wo", "n't").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from audit.facts.lexicon import forms
from audit.rules import Rules
from audit.tokens import Text

LONGEST = 5  # words of the longest phrase of the lists
_SPLIT = re.compile(r"(?<=\w)(n't|'ll|'d|'re|'ve|'s|'m)$|(?<=^can)(not)$", re.IGNORECASE)
STOPS = frozenset(
    """who which whom whose but because after when while although though where before since
    and""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your 's any some every each another
    such no further more new first second third last""".split()
)
PREPOSITIONS = frozenset(
    """of on in at by for from with about over against into under between during after before
    without amid despite following through to""".split()
)
REPORTING = frozenset(
    """said says say told tells announced announces added adds promised pledged vowed warned
    confirmed believed thought knew stated insisted indicated noted reported that""".split()
)
BE = frozenset("be been being is are was were am 's 're 'm".split())
HAVE = frozenset("have has had having 've".split())


@dataclass(frozen=True)
class Phrases:
    """Phrases (their words) and the status each tells, with the words that end and open them."""

    status: dict[tuple[str, ...], str]
    last: frozenset[str]
    first: frozenset[str]


@dataclass(frozen=True)
class Lists:
    """rules/facts/modality.toml by construction."""

    modal: dict[str, str]
    to: Phrases
    gerund: Phrases
    clause: Phrases
    modifier: dict[str, str]
    after: Phrases
    negations: frozenset[str]
    subjects: frozenset[str]
    skip: frozenset[str]
    auxiliaries: frozenset[str]


def lists(rules: Rules) -> Lists:
    """The lists of a rule set, made ready for matching."""
    data = rules.facts["modality"]
    return Lists(
        modal=_words(data["modal"]),
        to=_phrases(data["to"], True),
        gerund=_phrases(data["gerund"], True),
        clause=_phrases(data["clause"], True),
        modifier=_words(data["modifier"]),
        after=_phrases(data["after"], False),
        negations=frozenset(data["negation"]["words"]),
        subjects=frozenset(data["negation"]["subjects"]),
        skip=frozenset(data["skip"]["words"]),
        auxiliaries=frozenset(data["skip"]["auxiliaries"]),
    )


def _phrases(table: dict[str, list[str]], verbs: bool) -> Phrases:
    found: dict[tuple[str, ...], str] = {}
    for key, entries in table.items():
        status = key.removesuffix("_words")
        for entry in entries:
            plain = not verbs or key.endswith("_words")
            for form in [entry] if plain else forms(entry):
                found.setdefault(tuple(form.split()), status)
    return Phrases(found, frozenset(p[-1] for p in found), frozenset(p[0] for p in found))


def _words(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: status for status, entries in table.items() for word in entries}


@dataclass(slots=True)
class Side:
    """The words on one side of a trigger, and where each starts and ends in the text."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def side(text: Text, start: int, end: int, most: int, forward: bool = False) -> Side:
    """Up to ``most`` words of ``[start, end)`` nearest to the trigger, contractions split."""
    low, high = bisect_left(text.starts, start), bisect_left(text.starts, end)
    low, high = (low, min(high, low + most)) if forward else (max(low, high - most), high)
    words, starts, ends = text.lower[low:high], text.starts[low:high], text.ends[low:high]
    if words and ends[-1] > end:  # a word that holds the trigger
        ends[-1] = end
        words[-1] = text.plain[starts[-1] : end].lower()
    if not words or not (
        "may" in words or "cannot" in words or "'" in text.plain[starts[0] : ends[-1]]
    ):
        return Side(words, starts, ends)
    for n in range(len(words) - 1, -1, -1):
        word = words[n]
        if "'" in word or word == "cannot":
            cut = _SPLIT.search(word)
            if cut:
                at = cut.start()
                words[n : n + 1] = word[:at], word[at:]
                starts.insert(n + 1, starts[n] + at)
                ends.insert(n, starts[n] + at)
        elif word == "may" and text.plain[max(0, starts[n] - 1) : starts[n] + 1] == " M":
            words[n] = "May"  # the month
    return Side(words, starts, ends)
