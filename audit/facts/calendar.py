"""The calendar: days, weeks, quarters and holidays, and which days a TIMEX3 value covers."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

MONTHS = (
    "january february march april may june july august september october november december".split()
)
MONTH = {
    **{name: n for n, name in enumerate(MONTHS, 1)},
    **{name[:3]: n for n, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
# In full or cut short, as a pattern: the longer first.
MONTH_NAMES = "|".join([*MONTHS, "sept", *(name[:3] for name in MONTHS if name != "may")])
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY = {
    **{name: n for n, name in enumerate(WEEKDAYS, 1)},
    **{name[:3]: n for n, name in enumerate(WEEKDAYS, 1)},
    "tues": 2,
    "thur": 4,
    "thurs": 4,
}
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_VALUE = re.compile(
    r"(?P<y>\d{2,4})(?:-(?:W(?P<w>\d{1,2})(?:-(?P<wd>WE|[1-7]))?|Q(?P<q>[1-4])|H(?P<h>[12])"
    r"|(?P<s>SP|SU|FA|WI)|(?P<m>\d{2})(?:-(?P<d>\d{2}))?))?(?:T[0-9A-Z:.+-]*)?"
)


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has no such day (31 June)."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def last_of(year: int, month: int) -> int:
    """The number of days in a month."""
    return calendar.monthrange(year, month)[1]


def shift_months(when: date, months: int) -> date | None:
    """The same day some months away, or the last of that month where it is shorter."""
    total = when.year * 12 + when.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(when.day, last_of(year, month + 1)))


def shift_days(when: date, days: int) -> date | None:
    """The day some days away, or None outside the calendar."""
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return None


@lru_cache(maxsize=256)
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, number + 1)


def holiday(spec: list[Any], year: int) -> date | None:
    """The day of a named holiday in a year; ``spec`` as in rules/facts/dates.toml."""
    if not 1583 <= year <= 9998:
        return None
    if spec[0] == "easter":
        return easter(year) + timedelta(days=int(spec[1]))
    if len(spec) == 2:
        return day(year, int(spec[0]), int(spec[1]))
    month, weekday, which = (int(part) for part in spec)
    if which < 0:
        end = date(year, month, last_of(year, month))
        return end - timedelta(days=(end.isoweekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.isoweekday()) % 7 + 7 * (which - 1))


def week(when: date) -> str:
    """The TIMEX3 value of a day's ISO week."""
    year, number, _ = when.isocalendar()
    return f"{year:04d}-W{number:02d}"


@lru_cache(maxsize=1 << 12)
def covers(value: str) -> tuple[date, date] | None:
    """The first and last day a TIMEX3 value of type DATE or TIME covers; None where it has none.

    Weeks run from Monday (ISO 8601); winter is December to February of the year after.
    """
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    digits = found["y"]
    scale = 10 ** (4 - len(digits))
    year = int(digits) * scale
    if not 1 <= year <= 9998:
        return None
    if found["w"]:
        try:
            monday = date.fromisocalendar(year, int(found["w"]), 1)
        except ValueError:
            return None
        first, last = {"WE": (5, 6), None: (0, 6)}.get(found["wd"], (-1, -1))
        if first < 0:
            first = last = int(found["wd"]) - 1
        return monday + timedelta(days=first), monday + timedelta(days=last)
    if found["d"]:
        exact = day(year, int(found["m"]), int(found["d"]))
        return (exact, exact) if exact else None
    months = (1, 12)
    if found["m"]:
        months = (int(found["m"]), int(found["m"]))
    elif found["q"]:
        months = (3 * int(found["q"]) - 2, 3 * int(found["q"]))
    elif found["h"]:
        months = (6 * int(found["h"]) - 5, 6 * int(found["h"]))
    elif found["s"]:
        months = SEASONS[found["s"]]
    if not 1 <= months[0] <= 12:
        return None
    final = year + scale - 1 + (months[1] > 12)
    month = (months[1] - 1) % 12 + 1
    return date(year, months[0], 1), date(final, month, last_of(final, month))
