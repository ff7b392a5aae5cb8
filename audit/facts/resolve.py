"""What resolving a time expression rests on: the day of publication, tense, counts and units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from audit.facts import calendar, numbers
from audit.facts.calendar import shift_days, shift_months, week
from audit.facts.letters import Lexicon
from audit.facts.scan import Tokens

CODE = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "millennium": "L",
}

CLOCKWISE = {"second", "minute", "hour"}

PART = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nighttime": "NI"}

PART |= {"mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI"}

PART |= {"dawn": "MO", "dusk": "EV", "midnight": "24:00", "noon": "12:00", "midday": "12:00"}


@dataclass
class Context:
    """What resolving needs to know: the day of publication and what was spoken of last."""

    tokens: Tokens
    lex: Lexicon
    today: date | None
    year: int | None  # of publication, where only that is known
    day: date | None = None  # the last day spoken of
    start: date | None = None  # the first day of the last date spoken of
    value: str | None = None  # the last value of type DATE
    period: str | None = None  # the last quarter or month or span of a year spoken of


class Parts(msgspec.Struct, frozen=True, gc=False):
    """The tokens of one match by letter, each letter's in order."""

    letters: str
    words: list[str]
    first: int
    last: int

    def get(self, letters: str) -> str | None:
        """The first token that has one of the letters."""
        for letter, word in zip(self.letters, self.words, strict=True):
            if letter in letters:
                return word
        return None


Outcome = tuple[str, str, tuple[date, date] | None] | None


def dated(value: str, kind: str = "DATE") -> Outcome:
    return kind, value, calendar.covers(value)


_SHORT = frozenset("mr mrs ms dr gen sen rep gov inc corp co st jr u.s".split())


_STOPS = frozenset(".!?")


def _stops(words: list[str], at: int) -> bool:
    """Whether a token ends a sentence: not after initials, titles and the like."""
    if words[at] not in _STOPS:
        return False
    return not at or not (len(words[at - 1]) == 1 or words[at - 1] in _SHORT)


def _tense(ctx: Context, at: int) -> bool | None:
    """What one word says of tense: True ahead, False past."""
    words, lex = ctx.tokens.words, ctx.lex
    word = words[at]
    if word in lex.future:
        return words[max(0, at - 2) : at] != ["had", "been"]
    if word == "to":
        return True if at and words[at - 1] in lex.infinitive else None
    if word in lex.past or (len(word) > 4 and word.endswith("ed")):
        before = words[at - 1] if at else ""
        return None if before in ("be", "to", "will") else False
    return None


def future(ctx: Context, first: int, last: int) -> bool | None:
    """Whether the clause around tokens speaks of the future (True), the past (False), or neither.

    The nearest cue before the expression in its sentence decides, else the nearest one after.
    """
    words, letters = ctx.tokens.words, ctx.tokens.letters
    if first > 2 and words[first - 1] == "as" and words[first - 2] in ("soon", "early", "late"):
        return True
    tensed = ctx.lex.tensed
    for at in range(first - 1, max(-1, first - 26), -1):
        word = words[at]
        if word in tensed or word.endswith("ed"):
            told = _tense(ctx, at)
            if told is not None:
                return told
        elif letters[at] == "|" or (word in _STOPS and at < first - 1 and _stops(words, at)):
            break
    for at in range(last, min(len(words), last + 14)):
        word = words[at]
        if word in tensed or word.endswith("ed"):
            told = _tense(ctx, at)
            if told is not None:
                return told
        elif letters[at] == "|" or (word in _STOPS and _stops(words, at)):
            break
    return None


def number(words: list[str]) -> float | None:
    """The number among the words of an expression, the first of two; None where there is none."""
    if len(words) > 2:
        for joint in ("to", "or", "-"):
            at = words.index(joint) if joint in words else 0
            joined = at and at + 1 < len(words) and _plain_number(words[at + 1])
            if joined and (joint != "-" or words[at - 1][:1].isdigit()):
                words = words[:at]
                break
    kept = [
        w
        for w in words
        if w in numbers.CARDINALS or w in numbers.SCALES or w[:1].isdigit() or w in ("and",)
    ]
    return numbers.words(kept) if any(w != "and" for w in kept) else None


def _plain_number(word: str) -> bool:
    return word in numbers.CARDINALS or word.isdigit()


def count_of(parts: Parts) -> tuple[float | None, bool]:
    """How many units, and whether vaguely: (None, True) for "several"."""
    if "k" in parts.letters:
        return (2.0, False) if "couple" in parts.words else (None, True)
    value = number(parts.words)
    if "F" in parts.letters:
        return (value or (1.0 if "&" in parts.letters else 0.0)) + 0.5, False
    if value is None:
        return (1.0, False) if "a" in parts.letters else (None, True)
    return value, False


def unit_of(ctx: Context, parts: Parts) -> str:
    return ctx.lex.unit.get(parts.get("uUqQ") or "second", "second")


def _amount(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def duration_value(count: float | None, unit: str) -> str:
    """P3D, PT2H, PXY; half units are resolved downwards: PT5H30M, P2Y6M."""
    head = "PT" if unit in CLOCKWISE else "P"
    if count is None:
        return "PXY" if unit == "decade" else f"{head}X{CODE[unit]}"
    if unit == "fortnight":
        count *= 2
    whole, rest = int(count), count - int(count)
    if rest == 0.5 and unit in ("hour", "minute", "year", "day"):
        small = {"hour": "30M", "minute": "30S", "year": "6M", "day": "12H"}[unit]
        big = f"{whole}{CODE[unit]}" if whole else ""
        if unit == "day":
            small = "T" + small
        return f"{head}{big}{small}"
    if unit in ("decade", "century") and whole:
        return f"P{_amount(count * (10 if unit == 'decade' else 100))}Y"
    return f"{head}{_amount(count)}{CODE[unit]}"


def shifted(when: date, count: float, unit: str) -> date | None:
    """The day some units away; clock units stay on the day."""
    if abs(count) > 100_000:
        return None
    if unit in CLOCKWISE:
        return shift_days(when, 0)
    if unit in ("day", "week", "fortnight"):
        return shift_days(when, round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    return shift_months(when, round(count * months.get(unit, 12000)))


def at_unit(when: date, unit: str) -> str:
    """The value of the unit that holds a day: its week, month, quarter, year …"""
    if unit in CLOCKWISE or unit == "day":
        return when.isoformat()
    if unit in ("week", "fortnight"):
        return week(when)
    if unit == "month":
        return f"{when.year:04d}-{when.month:02d}"
    if unit == "quarter":
        return f"{when.year:04d}-Q{(when.month + 2) // 3}"
    if unit == "decade":
        return f"{when.year // 10:03d}"
    if unit == "century":
        return f"{when.year // 100:02d}"
    return f"{when.year:04d}"


UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "decade": "XXX",
    "century": "XX",
}
