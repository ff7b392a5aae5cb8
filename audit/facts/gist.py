"""What a document is about, so that two can be told to be of one story.

The words it writes with a capital, names mostly, and the words it opens with, each weighed by how
seldom news has them (tf-idf: Spärck Jones 1972, with the logarithm of the count); the days of the
week, the days of a year and the years it tells of.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from audit import model
from audit.facts.words import Words
from audit.tokens import Text

OPENING = 500  # characters a text opens with
MEETS = 16  # names under which a document meets others
MOST = 30  # words kept of either
DAYS = 24  # days kept of a document, and years
_WEEKDAYS = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
# By how telling a stem is beside a number (words.py), what it weighs in telling a story: the
# logarithm of one in how many articles has it, less that of what is in every seventh.
_WEIGHTS = {0.3: 0.3, 0.45: 1.2, 0.6: 2.2, 0.8: 3.2}
_RARE = 5.0


class Gist(msgspec.Struct, frozen=True, gc=False):
    """Stems with their weights, and days as they can be met in a text whose year is not known."""

    proper: dict[str, float] = {}  # the heaviest first
    opening: dict[str, float] = {}
    days: list[str] = []  # "07-14"
    weekdays: dict[str, int] = {}  # how often each is told
    years: list[str] = []


NO_GIST = Gist()


def gist(text: Text, dates: Iterable[model.Timex], words: Words) -> Gist:
    """The gist of a text."""
    often: Counter[str] = Counter()
    proper: dict[str, float] = {}
    opening: Counter[str] = Counter()
    weights: dict[str, float] = {}
    plain = text.plain
    for (start, _), word in zip(text.words, text.lower, strict=True):
        told = words.telling(word)
        if told is None or not word[0].isalpha():
            continue
        key = told[0]
        often[key] += 1
        if key not in weights:
            weights[key] = _WEIGHTS.get(told[1], _RARE)
        if start < OPENING:
            opening[key] += 1
        if plain[start].isupper():
            proper[key] = 0.0
    return Gist(
        _heaviest({k: (1 + math.log(often[k])) * weights[k] for k in proper}),
        _heaviest({k: (1 + math.log(n)) * weights[k] for k, n in opening.items()}),
        days_of(dates),
        dict(sorted(Counter(_WEEKDAYS.findall(plain)).items())),
        sorted(set(_YEARS.findall(plain)))[:DAYS],
    )


def _heaviest(found: dict[str, float]) -> dict[str, float]:
    kept = sorted(found, key=lambda k: (-found[k], k))[:MOST]
    return {k: round(found[k], 2) for k in kept}


def meets(of: Gist) -> list[str]:
    """The stems under which a document's figures meet those of others: MEETS of its names."""
    return list(of.proper)[:MEETS]


_DAY = re.compile(r"(?:\d{4}|XXXX)-(\d\d-\d\d)")


def days_of(dates: Iterable[model.Timex]) -> list[str]:
    """The days of a year a text names; DAYS at most."""
    matches = (_DAY.match(one.value) for one in dates)
    return sorted({day[1] for day in matches if day})[:DAYS]


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """How alike two weighed bags of words are, 0..1."""
    shared = sum(w * b[k] for k, w in a.items() if k in b)
    if not shared:
        return 0.0
    whole = sum(w * w for w in a.values()) * sum(w * w for w in b.values())
    return shared / math.sqrt(whole)
