"""What the wording of a text tells of when it was written: "last year, in July 2019" was 2020."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from audit.facts.calendar import MONTH, MONTH_NAMES, MONTHS, day, last_of
from audit.facts.numbers import CARDINALS
from audit.tokens import Text

_SHORT = tuple(name[:3] for name in MONTHS)
# A day of a month of a year, written out or in ISO 8601.
FULL = re.compile(
    rf"\b(?:(?P<m1>{MONTH_NAMES})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH_NAMES})\.?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d))",
    re.IGNORECASE,
)
_WHEN = (
    r"(?:(?:in|on|of|by|around|late|early|mid)[\s-]+)*(?:(?P<d>\d{1,2})\s+)?"
    rf"(?P<m>{MONTH_NAMES})?\.?\s*(?:(?P<e>\d{{1,2}}),)?\s*(?:of\s+)?(?P<y>(?:19|20)\d\d)\b(?!\s*[-%])"
)
_SAID = re.compile(
    rf"\b(?:(?P<last>last year)|(?P<next>next year)|(?P<this>this year)"
    rf"|(?P<n>\d{{1,2}}|{'|'.join(w for w in CARDINALS if w != 'zero')}) years? ago"
    rf"|(?P<past>this past|this|last|next) (?P<pm>{MONTH_NAMES})\b)"
    rf"(?:,\s*|\s*\(|\s+-+\s*|\s+)(?=in\b|on\b|of\b|by\b|late|early|mid|{MONTH_NAMES}|\d)" + _WHEN,
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"\b{_WHEN}\s*(?:,|\(|-+)\s*(?:(?P<last>last year)|(?P<this>this year)|(?P<next>next year))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)(?<!\d..)\d\d(?!\d)")  # first what is fast to search for
_DEICTIC = re.compile(r"(?i)year|this|last|next")
_ON = re.compile(
    r"\b(?:was|were|had|did|has|have|said|told|began|took|came|made|held|met|died|became|fell|won"
    r"|[a-z]{3,}ed)\b[^.;:]{0,60}\b(?:on|since|dated)\s(?:\w+day,?\s)?$|(?:^|[.\n\"]\s*)On\s$"
)
_AHEAD = re.compile(
    r"(?i)\b(?:will|would|until|till|due|expires?|scheduled|planned|expected|set|deadline|effective"
    r"|postponed|delayed|slated|going to|rescheduled|upcoming|to (?:be|begin|start))\b|\w'll\b"
)
_CAPTION = re.compile(r"(?i)\W*(?:file|photo|picture|image|handout|screen|video|frame)")
_SPAN = 60_000  # characters read: the rest of a longer text is not looked at


@dataclass(frozen=True)
class Evidence:
    """A wording at ``start`` .. ``end`` and the days on which it can have been written.

    ``high`` is None where it only tells what was already past; ``slack`` is how many days it may
    reasonably be off.
    """

    start: int
    end: int
    low: date
    high: date | None
    slack: int = 0


def evidence(text: Text) -> list[Evidence]:
    """The wordings of a text that tell when it was written, in order of the text.

    Inside quotation marks now is another's now, so nothing is read there.
    """
    body = text.plain[:_SPAN]
    found: dict[tuple[int, int], Evidence] = {}
    years = [m.start() for m in _YEAR.finditer(body)]
    for at in years:
        low, high = max(0, at - 60), min(len(body), at + 30)
        if not _DEICTIC.search(body, low, high):
            continue
        for pattern in (_SAID, _EARLIER):
            for match in pattern.finditer(body, low, high):
                span = _tied(match) if match.start("y") == at else None
                if span and not _quoted(body, match.start()):
                    slack = 366 if match.groupdict().get("n") else 31
                    found[match.span()] = Evidence(*match.span(), *span, slack)
    for past in _past(body, years):
        found.setdefault((past.start, past.end), past)
    return [found[key] for key in sorted(found)]


def _quoted(body: str, at: int) -> bool:
    """Whether a place stands inside quotation marks of its paragraph."""
    line = body.rfind("\n", max(0, at - 600), at) + 1
    return body.count('"', max(line, at - 600), at) % 2 == 1


def _tied(match: re.Match[str]) -> tuple[date, date] | None:
    """The days on which a wording such as "last year, in 2019" can have been written."""
    groups = match.groupdict()
    year = int(groups["y"])
    if not 1900 <= year <= 2200:
        return None
    shift = None
    if groups.get("last"):
        shift = 1
    elif groups.get("next"):
        shift = -1
    elif groups.get("this"):
        shift = 0
    elif groups.get("n"):
        text = groups["n"].lower()
        shift = int(text) if text.isdigit() else CARDINALS[text]
    if shift is not None:
        return date(year + shift, 1, 1), date(year + shift, 12, 31)
    named = MONTH.get((groups.get("pm") or "").lower())
    if not named or groups.get("d") or groups.get("e"):
        return None
    if _CAPTION.match(match.string, match.end()):
        return None
    first = date(year, named, 1)
    word = groups["past"].lower()
    if word == "next":
        return date(year - 1, named, 1), first
    if word == "this":
        return date(year, 1, 1), date(year, 12, 31)
    return first + timedelta(days=last_of(year, named)), first + timedelta(days=364)


def _past(body: str, years: list[int]) -> list[Evidence]:
    """Full dates of what sentences in the past tense tell: the text is no older than these."""
    found = []
    for at in years:
        near = body[max(0, at - 24) : at + 11]
        if near.isascii() and "-" not in near and not any(map(near.lower().__contains__, _SHORT)):
            continue  # no month
        match = FULL.search(body, max(0, at - 24), at + 11)
        when = day_of(match) if match else None
        if match is None or when is None or not 1900 <= when.year <= 2200:
            continue
        low = max(0, match.start() - 160)
        start = max(body.rfind(". ", low, match.start()), body.rfind("\n", low, match.start()), low)
        before = body[start : match.start()]
        past = _ON.search(before) and not _AHEAD.search(before)
        if past and _AHEAD.search(body[match.end() : match.end() + 90]) is None:
            found.append(Evidence(*match.span(), when, None, 2))
    return found


def day_of(match: re.Match[str]) -> date | None:
    """The day a match of FULL names; None where the calendar has none."""
    groups = match.groupdict()
    for n in "123":
        if groups[f"y{n}"]:
            month = groups[f"m{n}"].lower()
            number = int(month) if month.isdigit() else MONTH[month]
            return day(int(groups[f"y{n}"]), number, int(groups[f"d{n}"]))
    return None
