"""What a document is about, so that two can be told to be of one story.

The words it writes with a capital, names mostly, and the words it opens with, each weighed by how
seldom news has them (tf-idf: Spärck Jones 1972, with the logarithm of the count); the days of the
week, the days of a year and the years it tells of.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import compress

import msgspec

from audit import model
from audit.facts.heads import head_day
from audit.facts.words import Words
from audit.tokens import Text

OPENING = 500  # characters a text opens with
MEETS = 16  # names under which a document meets others
MOST = 30  # words kept of either
DAYS = 24  # days kept of a document, and years
_LEAP = 2000
_FULL = len("2000-02-29")
_WEEKDAYS = {day: f"{day}day" for day in ("Fri", "Mon", "Satur", "Sun", "Thurs", "Tues", "Wednes")}
_YEAR = re.compile(r"\b\d{4}\b")
# By how telling a stem is beside a number (words.py), what it weighs in telling a story: the
# logarithm of one in how many articles has it, less that of what is in every seventh.
_WEIGHTS = {0.3: 0.3, 0.45: 1.2, 0.6: 2.2, 0.8: 3.2}
_RARE = 5.0
# By how often a text has a stem, how many times it weighs.
_TIMES = [0.0, *(1 + math.log(count) for count in range(1, 256))]


class Gist(msgspec.Struct, frozen=True, gc=False):
    """Stems with their weights, and days as they can be met in a text whose year is not known."""

    proper: dict[str, float] = {}  # the heaviest first
    opening: dict[str, float] = {}
    days: list[str] = []  # "07-14"
    weekdays: dict[str, int] = {}  # how often each is told
    years: list[str] = []
    day: int = 0  # of a leap year, on which the text appeared, whatever year; 0 where not known


NO_GIST = Gist()


def gist(
    text: Text, dates: Iterable[model.Timex], words: Words, published: model.Published
) -> Gist:
    """The gist of a text."""
    plain, keys = text.plain, text.told(words.key)
    often = Counter(filter(None, keys))
    opening = Counter(filter(None, keys[: bisect_left(text.starts, OPENING)]))
    proper = set(compress(keys, text.capital)) - {""}
    return Gist(
        _heaviest({key: often[key] for key in proper}, words),
        _heaviest(opening, words),
        days_of(dates),
        {day: n for day, name in _WEEKDAYS.items() if (n := _told(plain, name))},
        sorted(_years(plain))[:DAYS],
        _day_of(text, published),
    )


def _day_of(text: Text, published: model.Published) -> int:
    """The day of a leap year on which a text appeared: its day of publication, or what its head
    gives without a year; 0 where neither is known."""
    if published.value and len(published.value) >= _FULL:
        month, day = published.value[5:7], published.value[8:10]
        return date(_LEAP, int(month), int(day)).timetuple().tm_yday
    told = head_day(text)
    return date(_LEAP, told.month, told.number).timetuple().tm_yday if told else 0


def _told(plain: str, name: str) -> int:
    """How often a text has a word."""
    often, at = 0, plain.find(name)
    while at >= 0:
        end = at + len(name)
        often += not (_inside(plain[at - 1 : at]) or _inside(plain[end : end + 1]))
        at = plain.find(name, end)
    return often


def _inside(character: str) -> bool:
    return character.isalnum() or character == "_"


def _years(plain: str) -> set[str]:
    """The years a text names, 1900 to 2099."""
    found = set()
    for head in ("19", "20"):
        at = plain.find(head)
        while at >= 0:
            year = plain[at : at + 4]
            if len(year) == 4 and year not in found and year.isdecimal() and _YEAR.match(plain, at):
                found.add(year)
            at = plain.find(head, at + 1)
    return found


def _heaviest(often: Mapping[str, int], words: Words) -> dict[str, float]:
    """The MOST stems that weigh most, the heaviest first."""
    weights = words.common
    found = {
        key: (_TIMES[count] if count < len(_TIMES) else 1 + math.log(count))
        * (_WEIGHTS.get(weights[key], _RARE) if key in weights else _RARE)
        for key, count in often.items()
    }
    # The lesser first of those that weigh the same, for sorting moves none past its equals.
    kept = sorted(sorted(found), key=found.__getitem__, reverse=True)[:MOST]
    return {key: round(found[key], 2) for key in kept}


def meets(of: Gist) -> list[str]:
    """The stems under which a document's figures meet those of others: MEETS of its names."""
    return list(of.proper)[:MEETS]


_DAY = re.compile(r"(?:\d{4}|XXXX)-(\d\d-\d\d)")


def days_of(dates: Iterable[model.Timex]) -> list[str]:
    """The days of a year a text names; DAYS at most."""
    matches = (_DAY.match(one.value) for one in dates)
    return sorted({day[1] for day in matches if day})[:DAYS]


def length(of: Mapping[str, float]) -> float:
    """The length of a weighed bag of words."""
    return math.sqrt(math.fsum(w * w for w in of.values()))


def cosine(a: Mapping[str, float], b: Mapping[str, float], lengths: float) -> float:
    """How alike two weighed bags of words are, 0..1; ``lengths``: the product of theirs."""
    shared = a.keys() & b.keys()
    return math.fsum([a[k] * b[k] for k in shared]) / lengths if shared else 0.0
