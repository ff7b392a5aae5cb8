"""The day that the head of a text gives: in a dateline, a byline or a line of its own.

A dispatch gives its day mostly without the year ("NAIROBI, Feb. 24 (Wire) - "): that alone tells no
day of publication, but two reports months apart are of two events (figure_identity.py).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.facts.calendar import MONTH, MONTH_NAMES, day
from audit.tokens import Text

_HEAD = 600  # characters of a text
_LINES = 6  # of it, and so many lines
_FIRST = 4  # of which those that may be furniture,
_ABOVE = 250  # below so many characters
_LINE = 110  # characters of a line that is no more than furniture
_OPENS = 160  # of a line within which a dispatch gives its day
_MONTH = re.compile(
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JA|FE|MA|AP|JU|AU|SE|OC|NO|DE"
)  # where there is none, no day is looked for
_IN = r"(?:,?\s\(?(?P<y{}>(?:19|20)\d\d)\b\)?)?"  # the year, where it is given
_DAY = re.compile(
    rf"\b(?:(?P<m1>(?i:{MONTH_NAMES}))\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?{_IN.format(1)}"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>(?i:{MONTH_NAMES}))\b(?:\.(?=,|\s\d))?"
    rf"{_IN.format(2)})(?!\w|:\d|\s?-\s?\d)"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}|[A-Z]{3,6}DAY)\.?,?\s"
# What a day stands behind on such a line: nothing, a sign, or what was done on it.
_BEHIND = re.compile(
    rf"(?:^|[,.|/:;*-]\s*|\b(?i:on|posted|published|updated|issued|dated)\s)(?:{_WEEKDAY})?$"
)
_SMALL = frozenset(
    """a agencies al and am at bst bureau business by cet chief correspondent correspondents da de
    del desk di domestic du e economics edition editor edt el english est for foreign from gmt hrs
    in ist la last local news of on our own pm political politics posted press published report
    reporter reporters science service staff the time to updated utc van von weekly with world
    writer writers y""".split()
)
_WORD = re.compile(r"[^\W_][\w.'-]*")
_PLACE = r"[A-Z][\w.'-]*(?:[ /][A-Z][\w.'-]*){0,3}"
_FROM = re.compile(
    rf"(?:{_PLACE}(?:, ?{_PLACE}){{0,2}}(?:[,.:]| -{{1,2}})? ?(?:{_WEEKDAY})?)?"
    r"(?:\([^)]{2,40}\) ?)?"
)
_CRIED = re.compile(  # behind a headline on the same line
    rf".*[\w.'\"!?)] [A-Z][A-Z.' /-]{{2,30}}(?:, ?{_PLACE}){{0,2}}, ?(?:{_WEEKDAY})?$"
)
_GOES_ON = re.compile(
    r",? ?(?:\([^)]{2,40}\) ?)?(?:-{1,2}|:|/) ?(?=\S)|\.? ?\([^)]{2,40}\) |\. (?=[A-Z\"'])"
    rf"|, {_PLACE} - "
)


class Day(NamedTuple):
    """The year where it is given, the month, and the day of it; whether a dispatch gives it."""

    year: int | None
    month: int
    number: int
    dispatch: bool


def head_day(text: Text) -> Day | None:
    """The day that the head of a text gives; None where it gives none."""
    head = text.plain[:_HEAD]
    if not _MONTH.search(head):
        return None
    shown = [line for line in map(str.strip, head.split("\n")) if line]
    shown = [line for line in shown if not line.startswith("http")][:_LINES]
    above = 0  # characters
    for at, line in enumerate(shown):
        first = at < _FIRST and above <= _ABOVE
        above += len(line)
        for match in _DAY.finditer(line, 0, _OPENS):
            found = _day(match, line, first)
            if found is not None:
                return found
    return None


def _day(match: re.Match[str], line: str, first: bool) -> Day | None:
    before, after = line[: match.start()], line[match.end() :]
    dispatch = (
        (first or before != "")
        and _GOES_ON.match(after) is not None
        and (_FROM.fullmatch(before) is not None or _CRIED.match(before) is not None)
    )
    alone = first and len(line) <= _LINE and "(" not in after and _BEHIND.search(before)
    if not dispatch and not (alone and _furniture(f"{before} {after}")):
        return None
    name = match["m1"] or match["m2"]
    if not name[0].isupper():
        return None
    year = match["y1"] or match["y2"]
    if year and not before and after.startswith("."):  # a chronicle: "1 May, 2016. A photo"
        return None
    month, number = MONTH[name.lower()], int(match["d1"] or match["d2"])
    if day(int(year) if year else 2000, month, number) is None:
        return None
    return Day(int(year) if year else None, month, number, dispatch)


def _furniture(words: str) -> bool:
    """Whether what stands on a line beside its day tells nothing: names, a clock, small words."""
    return all(
        not word[0].islower() or word.lower().replace(".", "") in _SMALL
        for word in _WORD.findall(words)
    )
