"""Dates that cannot be: no such day, the wrong weekday, told before it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from audit import model
from audit.article import Remark
from audit.facts.calendar import WEEKDAY, WEEKDAYS, day, last_of
from audit.facts.wording import evidence
from audit.tokens import Text

_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(rf"(?i)\b({'|'.join([*WEEKDAYS, *(n[:3] for n in WEEKDAYS)])})\b")
_YEAR = re.compile(r"\b[12]\d{3}\b")


def no_such_day(dates: list[model.Timex]) -> Iterator[Remark]:
    """Dates the calendar has no day for: 31 June, 29 February of a year that has none."""
    for timex in dates:
        found = _DAY.fullmatch(timex.value)
        if not found:
            continue
        month, number = int(found[2]), int(found[3])
        year = int(found[1]) if found[1] != "XXXX" and _YEAR.search(timex.text) else 2000
        if 1 <= month <= 12 and 1 <= number <= 31 and day(year, month, number) is None:
            last = last_of(year, month)
            message = f"There is no such day: that month has {last} days."
            yield Remark(timex.start, timex.end, message, 0.95)


def wrong_weekday(dates: list[model.Timex], published: model.Published) -> Iterator[Remark]:
    """Dates whose weekday is another one in the calendar; without a year, in every year near."""
    for timex in dates:
        found = _DAY.match(timex.value)
        named = _WEEKDAY.match(timex.text)
        if not found or not named or len(timex.text.split()) < 2:
            continue
        month, number = int(found[2]), int(found[3])
        wanted = WEEKDAY[named[1].lower()]
        if not re.search(rf"\b0?{number}(?:\D|$)", timex.text):
            continue
        if _YEAR.search(timex.text):
            years = [int(found[1])]
        elif published.value and len(published.value) >= 10:
            near = int(published.value[:4])
            years = [near - 1, near, near + 1]
        else:
            continue
        days = [d for d in (day(year, month, number) for year in years) if d]
        if days and all(d.isoweekday() != wanted for d in days):
            told = WEEKDAYS[days[len(days) // 2].isoweekday() - 1].capitalize()
            year_told = f" in {days[len(days) // 2].year}"
            message = (
                f"This date is a {told}{year_told}, not a {WEEKDAYS[wanted - 1].capitalize()}."
            )
            yield Remark(timex.start, timex.end, message, 0.9 if len(years) == 1 else 0.7)


# What a page owns to, or shows of another: a note of correction, a post, a caption.
_NOTE = re.compile(
    r"(?i)\b(?:correct(?:ed|ion)|updated?|amended|revised|edited|retrieved|accessed|(?:post|video"
    r"|photo|tweet) (?:shared|posted|published) by)\b|\(@\w+\)"
)
_CREDIT = re.compile(r"(?i)\((?:[\w ]{0,20}photos?\b|AP\b|file\b)|/\s?Getty|\bREUTERS/|\bAFP/")


def _added(plain: str, start: int, end: int) -> bool:
    """Whether a day stands in a note, a post or a caption, that may be later than its text."""
    line = max(plain.rfind("\n", 0, start) + 1, start - 120)
    stop = plain.find("\n", end)
    after = min(end + 400, stop if stop >= 0 else len(plain))
    return bool(_NOTE.search(plain, line, start) or _CREDIT.search(plain, end, after))


def contradicts(text: Text, published: model.Published) -> Iterator[Remark]:
    """Wordings that cannot have been written on the day that metadata, head or address give.

    A page that was changed later shows here too: it tells of days after its own date.
    """
    if published.method not in ("metadata", "header", "dateline", "url"):
        return
    if not published.from_ or not published.to:
        return
    first, last = date.fromisoformat(published.from_), date.fromisoformat(published.to)
    for told in evidence(text):
        dated = f"Dated {published.value or published.from_}, yet "
        if (told.low - last).days > told.slack:
            if told.high is None and _added(text.plain, told.start, told.end):
                continue
            if told.high is None:
                message = f"{dated}this tells of {told.low.isoformat()} as past."
            else:
                message = f"{dated}this was written in or after {told.low.isoformat()[:7]}."
            yield Remark(told.start, told.end, message, 0.7 if told.high is None else 0.85)
        elif told.high and (first - told.high).days > told.slack:
            said = text.plain[told.start : told.end]
            if " ago" in said.lower():  # whoever wrote it may have counted wrong
                message = (
                    f"{dated}\u201c{said}\u201d counts back from {told.high.year}: one of the two "
                    "is wrong, or the text is older."
                )
                yield Remark(told.start, told.end, message, 0.7)
                continue
            message = f"{dated}this was written by {told.high.isoformat()}: an older text."
            yield Remark(told.start, told.end, message, 0.8)
