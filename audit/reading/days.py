"""Dates as publishers write them, made ISO 8601 where only one day can be meant.

``03/04/2020`` could be two days and stays unknown; nothing is invented, and no clock is read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

# English, German, French, Spanish, Italian, Portuguese, Dutch; by the letters that start them.
_MONTHS: tuple[str, ...] = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février fevrier févr fevr febrero febbraio fevereiro fev februari",
    "march mar märz maerz mrz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
_MONTH = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d{4})(?:-(\d\d))?$")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?Z?)?$")
_NUMBERS = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})\b")
_WORDS_FIRST = re.compile(
    r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?([^\W\d_]{3,10})\.?,?"
    r"\s+(?:de\s+|del\s+)?(\d{4})\b",
    re.IGNORECASE,
)
_RFC = re.compile(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")


def normal(given: str) -> tuple[str | None, str, float]:
    """A date in ISO 8601, how it was read, and how sure that is (0..1).

    ``2020-03-01``, with a time and an offset where they are given; ``2020-03`` or ``2020``
    where no more is said; None with the reason where no single day can be meant.
    """
    value = given.strip()
    if not value or len(value) > 120:
        return None, "no date", 0.0
    if found := _ISO.match(value):
        return _moment(found, value)
    if re.fullmatch(r"-?\d{9,13}(?:\.\d{1,9})?", value):
        return _epoch(value)
    if found := _COMPACT.match(value):
        return _day(found[1], found[2], found[3], "written in one number", 0.9, value)
    if found := _PART.match(value):
        return _part(found, value)
    if _RFC.match(value):
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None, f"“{value}” is no date", 0.0
        return moment.isoformat(), "RFC 2822", 1.0
    for pattern, (year, month, day) in ((_WORDS_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
        for found in pattern.finditer(value):
            number = _MONTH.get(found[month].lower())
            if number:
                return _day(found[year], str(number), found[day], "in words", 0.95, value)
    if found := _NUMBERS.search(value):
        return _numbers(found, value)
    return None, f"“{value}” is no date that can be read", 0.0


def _moment(found: re.Match[str], value: str) -> tuple[str | None, str, float]:
    day, how, sure = _day(found[1], found[2], found[3], "ISO 8601", 1.0, value)
    if day is None or found[4] is None:
        return day, how, sure
    hour, minute, second = int(found[4]), int(found[5]), int(found[6] or 0)
    if hour > 23 or minute > 59 or second > 60:
        return day, "ISO 8601, its time left out: there is no such time", 0.9
    zone = (found[7] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return f"{day}T{hour:02}:{minute:02}:{min(second, 59):02}{zone}", how, sure


def _part(found: re.Match[str], value: str) -> tuple[str | None, str, float]:
    year, month = int(found[1]), int(found[2] or 1)
    if 1400 <= year <= 2200 and 1 <= month <= 12:
        return value, "ISO 8601", 1.0
    return None, f"“{value}” is no date", 0.0


def _epoch(value: str) -> tuple[str | None, str, float]:
    """Seconds or milliseconds since 1970, where they fall between 1990 and 2100."""
    seconds = float(value)
    unit = "seconds"
    if abs(seconds) >= 1e11:
        seconds, unit = seconds / 1000, "milliseconds"
    if not 631152000 <= seconds < 4102444800:
        return None, f"“{value}” is no date", 0.0
    moment = datetime.fromtimestamp(int(seconds), UTC)
    return moment.isoformat(), f"{unit} since 1970", 0.95


def _numbers(found: re.Match[str], value: str) -> tuple[str | None, str, float]:
    first, sign, middle, last = found[1], found[2], found[3], found[4]
    if len(first) == 4 and len(last) <= 2:
        return _day(first, middle, last, "year first", 0.95, value)
    if len(last) != 4 or len(first) > 2:
        return None, f"“{value}” could be several days", 0.0
    if sign == ".":
        return _day(last, middle, first, "day first, as written with full stops", 0.9, value)
    if int(first) > 12 or first.zfill(2) == middle.zfill(2):
        return _day(last, middle, first, "in numbers", 0.95, value)
    if int(middle) > 12:
        return _day(last, first, middle, "in numbers", 0.95, value)
    return None, f"“{value}” could be two days", 0.0


def _day(
    year: str, month: str, day: str, how: str, sure: float, value: str
) -> tuple[str | None, str, float]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None, f"“{value}” is no date", 0.0
    if not 1400 <= found.year <= 2200:
        return None, f"“{value}” is no date", 0.0
    return found.isoformat(), how, sure
