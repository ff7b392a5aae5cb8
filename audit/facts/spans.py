"""Durations, sets and expressions that point at no day."""

from __future__ import annotations

from audit.facts.calendar import MONTH, WEEKDAY
from audit.facts.resolve import (
    CLOCKWISE,
    Context,
    Outcome,
    Parts,
    count_of,
    duration_value,
    shifted,
    unit_of,
)


def the_past(ctx: Context, parts: Parts) -> Outcome:
    return ("DATE", "PAST_REF", None) if parts.words[-1] == "past" else None


def current(ctx: Context, parts: Parts) -> Outcome:
    return ("DATE", "PRESENT_REF", None) if parts.words[-1] == "current" else None


def duration_tail(ctx: Context, parts: Parts) -> Outcome:
    """the year-earlier nine months."""
    return duration(ctx, Parts(parts.letters[3:], parts.words[3:], parts.first, parts.last))


def bare_units(ctx: Context, parts: Parts) -> Outcome:
    """days, for months, decades-long."""
    unit = unit_of(ctx, parts)
    return "DURATION", duration_value(1 if "u" in parts.letters else None, unit), None


def span_of_units(ctx: Context, parts: Parts) -> Outcome:
    """the past three months, the next two weeks: a duration that ends or begins now."""
    unit = unit_of(ctx, parts)
    count, vague = count_of(parts)
    if parts.letters[-1] in "uQ":
        count, vague = count or 1.0, False
    if vague:
        if not parts.get("k"):
            return "DATE", "FUTURE_REF" if "X" in parts.letters else "PAST_REF", None
        return "DURATION", duration_value(None, unit), None
    interval = None
    if ctx.today and count is not None and unit not in CLOCKWISE:
        ahead = "X" in parts.letters
        other = shifted(ctx.today, count if ahead else -count, unit)
        if other:
            interval = (ctx.today, other) if ahead else (other, ctx.today)
    return "DURATION", duration_value(count, unit), interval


def duration(ctx: Context, parts: Parts) -> Outcome:
    """two weeks, 30-year, at least 72 hours, half an hour, decades."""
    count, _ = count_of(parts)
    unit = unit_of(ctx, parts)
    if unit == "quarter" and count in (1, 3) and "T" not in parts.letters:
        return None  # a fraction
    return "DURATION", duration_value(count, unit_of(ctx, parts)), None


def recent(ctx: Context, parts: Parts) -> Outcome:
    return "DATE", "PAST_REF", None


def coming(ctx: Context, parts: Parts) -> Outcome:
    return "DATE", "FUTURE_REF" if "X" in parts.letters else "PAST_REF", None


def reference(ctx: Context, parts: Parts) -> Outcome:
    words = ctx.tokens.words
    if parts.words[0] == "soon":
        after = words[parts.last : parts.last + 1]
        if after in (["as"], ["after"], ["before"]) or words[parts.first - 1 : parts.first] == [
            "as"
        ]:
            return None
    return "DATE", ctx.lex.reference[parts.get("R") or ""], None


def frequency(ctx: Context, parts: Parts) -> Outcome:
    return "SET", ctx.lex.frequency[parts.get("V") or ""], None


def repeated(ctx: Context, parts: Parts) -> Outcome:
    """every day, each July, every two weeks."""
    if "M" in parts.letters:
        return "SET", f"XXXX-{MONTH[parts.get('M') or '']:02d}", None
    if "D" in parts.letters:
        return "SET", f"XXXX-WXX-{WEEKDAY[(parts.get('D') or '').rstrip('s')]}", None
    count, _ = count_of(parts)
    return "SET", duration_value(count or 1, unit_of(ctx, parts)), None


def rate(ctx: Context, parts: Parts) -> Outcome:
    """a year, where it says how often: $3 million a year, twice a week."""
    return "SET", duration_value(1, unit_of(ctx, parts)), None
