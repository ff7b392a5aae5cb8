"""Weeks, months, quarters and years told from publication or from what was spoken of last."""

from __future__ import annotations

import re
from datetime import date

from audit.facts import calendar, numbers
from audit.facts.absolute import decade, full, year_only
from audit.facts.calendar import MONTH, shift_days, shift_months
from audit.facts.resolve import (
    CLOCKWISE,
    UNKNOWN,
    Context,
    Outcome,
    Parts,
    at_unit,
    count_of,
    dated,
    duration_value,
    future,
    shifted,
    unit_of,
)
from audit.facts.spans import span_of_units


def the_unit(ctx: Context, parts: Parts) -> Outcome:
    """the year, the week: the present one; "the year ended …" is a span of a year."""
    unit = unit_of(ctx, parts)
    if unit not in ("year", "week"):
        return None
    words = ctx.tokens.words
    if words[parts.last : parts.last + 1] in (["ended"], ["ending"], ["to"], ["through"]):
        return "DURATION", duration_value(1, unit), None
    if words[parts.last : parts.last + 1] in (["of"], ["in"], ["when"], ["that"]):
        return None
    return dated(at_unit(ctx.today, unit) if ctx.today else UNKNOWN.get(unit, "XXXX"))


def unit_deictic(ctx: Context, parts: Parts) -> Outcome:
    """last year, this week, the following month, earlier this quarter, that day."""
    unit = unit_of(ctx, parts)
    at = ctx.tokens.starts[parts.last - 1]
    if ctx.tokens.text[at].isupper() and "C" in parts.letters and len(parts.words) == 2:
        return None  # a title: This Week
    anchor: date | None = ctx.today
    step = 0
    if "l" in parts.letters:
        step = -1
    if "past" in parts.words and unit in ("decade", "century"):
        return span_of_units(ctx, parts)
    if "L" in parts.letters:
        step = -1
        if {"previous", "preceding", "prior"} & set(parts.words) and ctx.day:
            anchor = ctx.start or ctx.day
    elif "X" in parts.letters:
        step = 1
        if {"following", "subsequent", "ensuing"} & set(parts.words):
            anchor = ctx.start or ctx.day or ctx.today
        elif parts.letters.startswith("T") and unit == "day":
            anchor = ctx.day or ctx.today
    elif "t" in parts.letters:
        if unit in CLOCKWISE:
            return None
        anchor = ctx.day if unit == "day" else ctx.start or ctx.day
        if not anchor:
            inner = calendar.covers(ctx.value) if ctx.value else None
            anchor = inner[0] if inner else ctx.today
    if unit in CLOCKWISE:
        return "DURATION", duration_value(1, unit), None
    if not anchor:
        if unit == "year" and ctx.year:
            return dated(f"{ctx.year + step:04d}")
        return dated(UNKNOWN.get(unit, "XXXX"))
    when = shifted(anchor, step, unit)
    if not when:
        return None
    value = at_unit(when, unit)
    if unit == "quarter":
        ctx.period = value
    return dated(value)


def unit_ago(ctx: Context, parts: Parts) -> Outcome:
    """two years ago, a week earlier, three days later."""
    unit = unit_of(ctx, parts)
    count, vague = count_of(parts)
    later = "later" in parts.words
    if vague or count is None:
        if unit in CLOCKWISE:
            return "DURATION", duration_value(None, unit), None
        return "DATE", "FUTURE_REF" if later else "PAST_REF", None
    if unit in CLOCKWISE:
        base = ctx.today
        return ("DATE", base.isoformat() if base else "XXXX-XX-XX", None)
    ago = "G" in parts.letters
    if unit == "year" and count == 1 and not later and ctx.period:
        covered = calendar.covers(ctx.period)
        if covered:
            return dated(f"{int(ctx.period[:4]) - 1:04d}{ctx.period[4:]}")
    base = ctx.today if ago else (ctx.day or ctx.today)
    if not base:
        if unit == "year" and ctx.year and ago:
            return dated(f"{int(ctx.year - count):04d}")
        return dated(UNKNOWN.get(unit, "XXXX"))
    when = shifted(base, count if later else -count, unit)
    if not when:
        return None
    return dated(at_unit(when, unit))


def year_earlier(ctx: Context, parts: Parts) -> Outcome:
    """the year-earlier period, year-ago: the period spoken of, a year before."""
    if ctx.period:
        return dated(f"{int(ctx.period[:4]) - 1:04d}{ctx.period[4:]}")
    if not ctx.today:
        return dated("XXXX")
    if "q" in parts.letters or "r" in parts.letters:
        return dated(at_unit(shift_months(ctx.today, -15) or ctx.today, "quarter"))
    return dated(f"{ctx.today.year - 1:04d}")


def quarter(ctx: Context, parts: Parts) -> Outcome:
    """the third quarter, this year's second quarter, the 1988 quarter, the first half."""
    ordinal = parts.get("os")
    given = parts.get("Y")
    year: int | None = int(given) if given else None
    half = "F" in parts.letters
    if year is None and "u" in parts.letters and ctx.today:
        year = ctx.today.year + (-1 if "L" in parts.letters else "X" in parts.letters)
    if ordinal is None:
        if year is None:
            return None
        if not (ctx.period and ctx.period[5:6] == "Q"):
            return dated(f"{year:04d}" if "r" in parts.letters else f"{year:04d}-QX")
        return dated(f"{year:04d}{ctx.period[4:]}")
    which = numbers.ORDINALS.get(ordinal) or int(re.sub(r"\D", "", ordinal) or 0)
    if not 1 <= which <= (2 if half else 4):
        return None
    if year is None and ctx.today:
        length = 6 if half else 3
        start = length * (which - 1) + 1
        year = ctx.today.year
        ahead = future(ctx, parts.first, parts.last)
        if start > ctx.today.month and not ahead:
            year -= 1
        elif ahead and start + length - 1 < ctx.today.month - 3:
            year += 1
    value = f"{year:04d}" if year else f"{ctx.year:04d}" if ctx.year else "XXXX"
    value += f"-{'H' if half else 'Q'}{which}"
    ended = calendar.covers(value) if year else None
    if ended and (not ctx.today or ended[1] <= ctx.today):
        ctx.period = value
    return dated(value)


def this_quarter(ctx: Context, parts: Parts) -> Outcome:
    """the quarter, the latest period: the one spoken of, else the one before publication."""
    words = ctx.tokens.words
    if words[parts.last : parts.last + 1] in (["ended"], ["ending"]):
        inner = re.match("M[do]", ctx.tokens.letters[parts.last + 1 : parts.last + 3])
        if inner and ctx.today:
            month = MONTH[words[parts.last + 1]]
            year = ctx.today.year - (month > ctx.today.month)
            middle = shift_days(date(year, month, calendar.last_of(year, month)), -45)
            ctx.period = at_unit(middle or ctx.today, "quarter")
            return dated(ctx.period)
    if "C" in parts.letters and "q" in parts.letters and ctx.today:
        return dated(at_unit(ctx.today, "quarter"))
    if ctx.period:
        return dated(ctx.period)
    if not ctx.today:
        return dated("XXXX-QX")
    value = at_unit(shift_months(ctx.today, -3) or ctx.today, "quarter")
    ctx.period = value
    return dated(value)


def edge(ctx: Context, parts: Parts) -> Outcome:
    """year-end, the end of the month, the beginning of October, the middle of 1994."""
    if "M" in parts.letters:
        return full(ctx, parts)
    if "Y" in parts.letters:
        return year_only(ctx, parts)
    if "9" in parts.letters:
        return decade(ctx, parts)
    if parts.get("uqQ") is None:
        return None
    if "L" in parts.letters or "X" in parts.letters:
        return unit_deictic(ctx, parts)
    if not ctx.today:
        return dated(UNKNOWN.get(unit_of(ctx, parts), "XXXX"))
    return dated(at_unit(ctx.today, unit_of(ctx, parts)))
