"""The grammar of English time expressions: which tokens make one, and what TIMEX3 value it has.

Each entry of ``GRAMMAR`` is a regular expression over the letters of ``audit.facts.scan`` and the
function that gives type and value. Entries are tried in order at each token; the first that
matches wins, so longer shapes stand above shorter ones. Values follow TimeML 1.2.1 (TIMEX3).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from audit.facts import calendar, numbers
from audit.facts.calendar import MONTH, WEEKDAY, day, shift_days, shift_months, week
from audit.facts.scan import Lexicon, Tokens

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
_CLOCKWISE = {"second", "minute", "hour"}
_PART = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nighttime": "NI"}
_PART |= {"mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI"}
_PART |= {"dawn": "MO", "dusk": "EV", "midnight": "24:00", "noon": "12:00", "midday": "12:00"}
_SEASON = {"spring": "SP", "springtime": "SP", "summer": "SU", "summertime": "SU"}
_SEASON |= {"fall": "FA", "autumn": "FA", "winter": "WI", "wintertime": "WI"}
_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6}
_DECADES |= {"seventies": 7, "eighties": 8, "nineties": 9}


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


@dataclass(frozen=True)
class Parts:
    """The tokens of one match by letter, each letter's in order."""

    letters: str
    words: list[str]
    first: int
    last: int
    by: dict[str, list[str]] = field(default_factory=dict)

    def get(self, letters: str) -> str | None:
        """The first token that has one of the letters."""
        for letter, word in zip(self.letters, self.words, strict=True):
            if letter in letters:
                return word
        return None


Outcome = tuple[str, str, tuple[date, date] | None] | None


def _dated(value: str, kind: str = "DATE") -> Outcome:
    return kind, value, calendar.covers(value)


_SHORT = frozenset("mr mrs ms dr gen sen rep gov inc corp co st jr u.s".split())


def _stops(words: list[str], at: int) -> bool:
    """Whether a token ends a sentence: not after initials, titles and the like."""
    if words[at] not in (".", "!", "?"):
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
    for at in range(first - 1, max(-1, first - 26), -1):
        if letters[at] == "|" or (at < first - 1 and _stops(words, at)):
            break
        told = _tense(ctx, at)
        if told is not None:
            return told
    for at in range(last, min(len(words), last + 14)):
        if letters[at] == "|" or _stops(words, at):
            break
        told = _tense(ctx, at)
        if told is not None:
            return told
    return None


def number(words: list[str]) -> float | None:
    """The number among the words of an expression, the first of two; None where there is none."""
    if len(words) > 2:
        for joint in ("to", "or", "-"):
            at = words.index(joint) if joint in words else 0
            if at and at + 1 < len(words) and _plain_number(words[at + 1]):
                if joint != "-" or words[at - 1][:1].isdigit():
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


def _count(parts: Parts) -> tuple[float | None, bool]:
    """How many units, and whether vaguely: (None, True) for "several"."""
    if "k" in parts.letters:
        return (2.0, False) if "couple" in parts.words else (None, True)
    if "F" in parts.letters:
        value = number(parts.words) or (1.0 if "&" in parts.letters else 0.0)
        return value + 0.5, False
    value = number(parts.words)
    if value is None:
        return (1.0, False) if "a" in parts.letters else (None, True)
    return value, False


def _unit(ctx: Context, parts: Parts) -> str:
    return ctx.lex.unit.get(parts.get("uUqQ") or "second", "second")


def _amount(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def duration_value(count: float | None, unit: str) -> str:
    """P3D, PT2H, PXY; half units are resolved downwards: PT5H30M, P2Y6M."""
    head = "PT" if unit in _CLOCKWISE else "P"
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
    if unit in _CLOCKWISE:
        return shift_days(when, 0)
    if unit in ("day", "week", "fortnight"):
        return shift_days(when, round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    return shift_months(when, round(count * months.get(unit, 12000)))


def at_unit(when: date, unit: str) -> str:
    """The value of the unit that holds a day: its week, month, quarter, year …"""
    if unit in _CLOCKWISE or unit == "day":
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


_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "decade": "XXX",
    "century": "XX",
}


# ---- absolute dates --------------------------------------------------------------------------


def iso(ctx: Context, parts: Parts) -> Outcome:
    text = parts.words[0].upper()
    exact = day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if not exact:
        return None
    return _dated(text, "TIME" if "T" in text else "DATE")


def numeric(ctx: Context, parts: Parts) -> Outcome:
    """11/02/89, 02.11.1989: the order of day and month is told by size, else as in American use
    for slashes and day first for full stops."""
    first, second, third = (int(p) for p in re.split(r"[/.]", parts.words[0]))
    if first > 999:
        found = day(first, second, third)
    else:
        year = third if third > 99 else third + (1900 if third > 49 else 2000)
        dotted = "." in parts.words[0]
        if dotted and len(parts.words[0].rpartition(".")[2]) < 4:
            return None
        swap = first > 12 or (dotted and second <= 12)
        found = day(year, second, first) if swap else day(year, first, second)
    return _dated(found.isoformat()) if found else None


def _year_for(ctx: Context, parts: Parts, month: int, number: int | None) -> int | None:
    """The year of a month or day given without one: by the clause's tense, else the nearest."""
    if not ctx.today:
        return ctx.year
    today = ctx.today
    if number is None:
        if "L" in parts.letters:
            return today.year if month < today.month else today.year - 1
        if "X" in parts.letters:
            return today.year if month > today.month else today.year + 1
        if "C" in parts.letters:
            past_december = "past" in parts.words and month > today.month
            return today.year - past_december
    ahead = future(ctx, parts.first, parts.last)
    years = (today.year - 1, today.year, today.year + 1)
    if number is None:
        gaps = {(y - today.year) * 12 + month - today.month: y for y in years}
        near, far = 2, 2
    else:
        days = {y: day(y, month, min(number, calendar.last_of(y, month))) for y in years}
        gaps = {(d - today).days: y for y, d in days.items() if d}
        near, far = 75, 45
    before = max((g for g in gaps if g <= 0), default=None)
    after = min((g for g in gaps if g >= 0), default=None)
    if before is None or after is None:
        return today.year
    if ahead:
        return gaps[before if -before <= far / 3 and after > near else after]
    if ahead is False:
        return gaps[after if after <= near and -before > 3 * near else before]
    return gaps[after if after < -before else before]


def _shared_year(ctx: Context, last: int) -> int | None:
    """The year of the second date of a pair, which is the first one's too: March and May 2015."""
    found = _PAIRED.match(ctx.tokens.letters, last)
    return int(ctx.tokens.words[found.end() - 1]) if found else None


def _year_of_weekday(ctx: Context, parts: Parts, month: int, number: int) -> int | None:
    """The year near publication in which a day of a month falls on the weekday named with it."""
    if not ctx.today:
        return ctx.year
    wanted = WEEKDAY[parts.get("D") or ""]
    fits = []
    for year in (ctx.today.year - 1, ctx.today.year, ctx.today.year + 1):
        when = day(year, month, number)
        if when and when.isoweekday() == wanted:
            fits.append((abs((when - ctx.today).days), year))
    return min(fits)[1] if fits else None


def _attacks(ctx: Context, last: int) -> bool:
    """Whether "attacks", "terrorist attacks" or the like follow at a token."""
    return any(w.startswith(("attack", "terror")) for w in ctx.tokens.words[last : last + 2])


_PAIRED = re.compile(r"(?:&|-)(?:M[do],?Y|[do]O?MY|MY)")


def full(ctx: Context, parts: Parts) -> Outcome:
    """A day of a month, with or without its year; or a month and its year."""
    month = MONTH[(parts.get("M") or "").rstrip(".")]
    at = parts.letters.index("M")
    year_word = next(
        (w for c, w in zip(parts.letters[at:], parts.words[at:], strict=True) if c == "Y"), None
    )
    number_word = parts.get("do")
    number = None
    if number_word:
        number = numbers.ORDINALS.get(number_word) or int(re.sub(r"\D", "", number_word))
    year = int(year_word) if year_word else _shared_year(ctx, parts.last)
    if year is None and number and "D" in parts.letters:
        year = _year_of_weekday(ctx, parts, month, number)
    if year is None and (month, number) == (9, 11) and _attacks(ctx, parts.last):
        year = 2001
    if year is None:
        year = _year_for(ctx, parts, month, number)
    head = f"{year:04d}" if year else "XXXX"
    if number is None:
        return _dated(f"{head}-{month:02d}")
    if not 1 <= number <= 31:
        return None
    return _dated(f"{head}-{month:02d}-{number:02d}")


def month_only(ctx: Context, parts: Parts) -> Outcome:
    """A month alone; "March" that a purpose follows is a march."""
    if (
        parts.words == ["march"]
        and ctx.tokens.letters[parts.first - 1 : parts.first] != "i"
        and ctx.tokens.words[parts.last : parts.last + 1]
        in (
            ["for"],
            ["of"],
            ["on"],
            ["against"],
        )
    ):
        return None
    return full(ctx, parts)


_SINGULAR = frozenset("was is has its this as us does".split())
_COUNTED = frozenset("people men women children troops police homes houses".split())


def year_only(ctx: Context, parts: Parts) -> Outcome:
    value = parts.get("Y")
    words, at = ctx.tokens.words, parts.first
    if not value or not "1400" <= value <= "2150":
        return None
    if at and words[at - 1] == "-" and parts.letters[0] == "Y":
        joined = ctx.tokens.starts[at] == ctx.tokens.ends[at - 1]
        if joined and at > 1 and ctx.tokens.letters[at - 2] not in "YM":
            prefix = words[at - 2] in ("post", "pre", "mid", "early", "late", "since")
            if not prefix:
                return None
    following = "".join(words[parts.last : parts.last + 1])
    if parts.letters == "Y" and ctx.tokens.letters[max(0, at - 1)] != "i":
        plural = following.endswith("s") and following not in _SINGULAR
        if following in _COUNTED or (value.endswith("00") and plural):
            return None
    return _dated(value)


def spoken_month(ctx: Context, parts: Parts) -> Outcome:
    """January nineteen ninety-seven."""
    year = numbers.spoken_year([w for w in parts.words if w not in MONTH and w != "-"])
    month = MONTH[parts.get("M") or ""]
    return _dated(f"{year:04d}-{month:02d}") if year else None


def the_past(ctx: Context, parts: Parts) -> Outcome:
    return ("DATE", "PAST_REF", None) if parts.words[-1] == "past" else None


def current(ctx: Context, parts: Parts) -> Outcome:
    return ("DATE", "PRESENT_REF", None) if parts.words[-1] == "current" else None


def the_unit(ctx: Context, parts: Parts) -> Outcome:
    """the year, the week: the present one; "the year ended …" is a span of a year."""
    unit = _unit(ctx, parts)
    if unit not in ("year", "week"):
        return None
    words = ctx.tokens.words
    if words[parts.last : parts.last + 1] in (["ended"], ["ending"], ["to"], ["through"]):
        return "DURATION", duration_value(1, unit), None
    if words[parts.last : parts.last + 1] in (["of"], ["in"], ["when"], ["that"]):
        return None
    return _dated(at_unit(ctx.today, unit) if ctx.today else _UNKNOWN.get(unit, "XXXX"))


def duration_tail(ctx: Context, parts: Parts) -> Outcome:
    """the year-earlier nine months."""
    return duration(ctx, Parts(parts.letters[3:], parts.words[3:], parts.first, parts.last))


def bare_units(ctx: Context, parts: Parts) -> Outcome:
    """days, for months, decades-long."""
    unit = _unit(ctx, parts)
    return "DURATION", duration_value(1 if "u" in parts.letters else None, unit), None


def year_words(ctx: Context, parts: Parts) -> Outcome:
    found = numbers.spoken_year([w for c, w in zip(parts.letters, parts.words) if c in "wh"])  # noqa: B905
    return _dated(f"{found:04d}") if found else None


def decade(ctx: Context, parts: Parts) -> Outcome:
    """1990s, the '90s, the nineties."""
    text = parts.get("9") or ""
    if text in _DECADES:
        return _dated(f"19{_DECADES[text]}") if "T" in parts.letters else None
    if ctx.tokens.words[parts.first - 1 : parts.first] and ctx.tokens.words[parts.first - 1] in (
        "his",
        "her",
        "their",
        "my",
        "our",
    ):
        return None  # an age
    found = re.sub(r"\D", "", text)
    if len(found) == 4:
        return _dated(found[:3])
    if len(found) == 2:
        return _dated(("19" if found[0] != "1" and found[0] != "0" else "20") + found[0])
    return None


def century(ctx: Context, parts: Parts) -> Outcome:
    word = parts.get("os") or ""
    number = numbers.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    return _dated(f"{number - 1:02d}") if 1 <= number <= 30 else None


# ---- relative days ---------------------------------------------------------------------------


def day_from(ctx: Context, parts: Parts) -> Outcome:
    """the day before yesterday, the day after tomorrow."""
    if not ctx.today or parts.words[1] != "day":
        return None
    step = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}
    when = shift_days(ctx.today, step.get((parts.words[2], parts.words[3]), 0))
    return _dated(when.isoformat()) if when and when != ctx.today else None


def day_number(ctx: Context, parts: Parts) -> Outcome:
    """on the 15th: of the month last spoken of, else of this one."""
    number = re.sub(r"\D", "", parts.words[-1])
    base = ctx.start or ctx.today
    if not number or not base:
        return None
    when = day(base.year, base.month, int(number))
    return _dated(when.isoformat()) if when else None


def nine_eleven(ctx: Context, parts: Parts) -> Outcome:
    return _dated("2001-09-11") if parts.words[0] == "9/11" else None


def half_or_quarter(ctx: Context, parts: Parts) -> Outcome:
    """Q3 2017, H1."""
    kind, which = parts.words[0].upper()
    if kind == "H" and which > "2":
        return None
    given = parts.get("Y")
    year = int(given) if given else ctx.today.year if ctx.today else ctx.year
    if not given and kind == "H":
        return None
    return _dated(f"{year:04d}-{kind}{which}" if year else f"XXXX-{kind}{which}")


def deictic(ctx: Context, parts: Parts) -> Outcome:
    """today, yesterday evening, tonight, overnight."""
    word = parts.get("y") or "today"
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    when = shift_days(ctx.today, shift) if ctx.today else None
    head = when.isoformat() if when else "XXXX-XX-XX"
    if word in ("tonight", "overnight"):
        return _dated(head + "TNI", "TIME")
    return _timed(ctx, parts, head)


def _coming_day(ctx: Context, parts: Parts) -> bool:
    """Whether a weekday is the coming one; one that owns something ("Friday's vote") is past."""
    if ctx.tokens.letters[parts.last : parts.last + 1] == "p":
        return False
    return bool(future(ctx, parts.first, parts.last))


def weekday_of(ctx: Context, parts: Parts) -> str:
    """The day a weekday stands for: with last, next or this; else by the clause's tense."""
    name = (parts.get("D") or "").rstrip(".")
    wanted = WEEKDAY.get(name) or WEEKDAY[name.rstrip("s")]
    today = ctx.today
    if not today:
        return f"XXXX-WXX-{wanted}"
    back = (today.isoweekday() - wanted) % 7
    ahead = (wanted - today.isoweekday()) % 7
    if "L" in parts.letters:
        move = -(back or 7)
    elif "X" in parts.letters and "following" not in parts.words:
        move = ahead or 7
    elif "following" in parts.words and ctx.day:
        gap = (wanted - ctx.day.isoweekday()) % 7 or 7
        return (shift_days(ctx.day, gap) or ctx.day).isoformat()
    else:
        move = ahead if back and _coming_day(ctx, parts) else -back
    return (shift_days(today, move) or today).isoformat()


def weekday(ctx: Context, parts: Parts) -> Outcome:
    if (parts.get("D") or "").endswith("days"):
        wanted = WEEKDAY[(parts.get("D") or "")[:-1]]
        return "SET", f"XXXX-WXX-{wanted}", None
    return _timed(ctx, parts, weekday_of(ctx, parts))


def _timed(ctx: Context, parts: Parts, head: str) -> Outcome:
    """A day with its part or its clock time, where one is given."""
    part = parts.get("P")
    if part:
        return _dated(f"{head}T{_PART[part]}", "TIME")
    clock = _clock(parts)
    return _dated(f"{head}T{clock}", "TIME") if clock else _dated(head)


def _clock(parts: Parts) -> str | None:
    noon = parts.get("K")
    if noon:
        return _PART[noon]
    word = parts.get("c")
    if word:
        hour, minute = (int(p) for p in word.split(":")[:2])
    elif "A" in parts.letters:
        word = parts.words[max(0, parts.letters.index("A") - 1)]
        if not word.replace(".", "").isdigit():
            return None
        hour, _, rest = word.partition(".")  # type: ignore[assignment]
        hour, minute = int(hour), int(rest or 0)
    elif "z" in parts.letters:
        word = parts.words[max(0, parts.letters.index("z") - 1)]
        if not word.isdigit() or len(word) not in (3, 4):
            return None
        hour, minute = int(word[:-2]), int(word[-2:])
    else:
        return None
    half = (parts.get("A") or "")[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}"


def clock_time(ctx: Context, parts: Parts) -> Outcome:
    """9 a.m., 9 a.m. EST Tuesday, 0900 GMT, noon Saturday."""
    clock = _clock(parts)
    if clock is None:
        return None
    head = "XXXX-XX-XX"
    if "M" in parts.letters:
        rest = parts.letters.index("M")
        back = rest
        while back and parts.letters[back - 1] in "doOT" and parts.letters[back - 2] not in "A":
            back -= 1
        inner = Parts(parts.letters[back:], parts.words[back:], parts.first + back, parts.last, {})
        found = full(ctx, inner)
        head = found[1] if found else head
    elif "D" in parts.letters:
        head = weekday_of(ctx, parts)
    elif "y" in parts.letters:
        found = deictic(ctx, Parts("y", [parts.get("y") or ""], parts.first, parts.last))
        head = found[1][:10] if found else head
    elif ctx.day:
        head = ctx.day.isoformat()
    elif ctx.today:
        head = ctx.today.isoformat()
    return _dated(f"{head}T{clock}", "TIME")


def day_part(ctx: Context, parts: Parts) -> Outcome:
    """this morning, last night, the next evening, the morning of 11 September."""
    part = _PART[parts.get("PK") or "night"]
    if parts.letters == "TP" and part in ("NI", "AF"):
        return None
    if "v" in parts.letters:
        return "SET", f"XXXX-XX-XXT{part}", None
    if "M" in parts.letters:
        found = full(ctx, parts)
        return _dated(f"{found[1]}T{part}", "TIME") if found else None
    if "D" in parts.letters:
        return _dated(f"{weekday_of(ctx, parts)}T{part}", "TIME")
    when = ctx.today
    if "L" in parts.letters:
        when = shift_days(ctx.today, -1) if ctx.today else None
    elif "X" in parts.letters:
        base = ctx.day or ctx.today
        when = shift_days(base, 1) if base else None
    elif ("T" in parts.letters or "t" in parts.letters) and ctx.day:
        when = ctx.day
    head = when.isoformat() if when else "XXXX-XX-XX"
    return _dated(f"{head}T{part}", "TIME")


def holiday(ctx: Context, parts: Parts) -> Outcome:
    spec = ctx.lex.holiday[parts.get("H") or ""]
    given = parts.get("Y")
    if "v" in parts.letters:
        simple = len(spec) == 2 and spec[0] != "easter"
        return "SET", f"XXXX-{spec[0]:02d}-{spec[1]:02d}" if simple else "P1Y", None
    if given:
        found = calendar.holiday(spec, int(given))
        return _dated(found.isoformat()) if found else None
    if not ctx.today:
        simple = len(spec) == 2 and spec[0] != "easter"
        return _dated(f"XXXX-{spec[0]:02d}-{spec[1]:02d}" if simple else "XXXX-XX-XX")
    days = [calendar.holiday(spec, ctx.today.year + n) for n in (-1, 0, 1)]
    known = [d for d in days if d]
    before = [d for d in known if d <= ctx.today]
    after = [d for d in known if d >= ctx.today]
    if "L" in parts.letters:
        pick = [d for d in before if d < ctx.today][-1:]
    elif "X" in parts.letters:
        pick = [d for d in after if d > ctx.today][:1]
    else:
        ahead = future(ctx, parts.first, parts.last)
        today = ctx.today
        near = sorted(known, key=lambda d: (abs((d - today).days), d))
        pick = after[:1] if ahead else before[-1:] if ahead is False else near[:1]
    return _dated(pick[0].isoformat()) if pick else None


# ---- relative units --------------------------------------------------------------------------


def unit_deictic(ctx: Context, parts: Parts) -> Outcome:
    """last year, this week, the following month, earlier this quarter, that day."""
    unit = _unit(ctx, parts)
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
        if unit in _CLOCKWISE:
            return None
        anchor = ctx.day if unit == "day" else ctx.start or ctx.day
        if not anchor:
            inner = calendar.covers(ctx.value) if ctx.value else None
            anchor = inner[0] if inner else ctx.today
    if unit in _CLOCKWISE:
        return "DURATION", duration_value(1, unit), None
    if not anchor:
        if unit == "year" and ctx.year:
            return _dated(f"{ctx.year + step:04d}")
        return _dated(_UNKNOWN.get(unit, "XXXX"))
    when = shifted(anchor, step, unit)
    if not when:
        return None
    value = at_unit(when, unit)
    if unit == "quarter":
        ctx.period = value
    return _dated(value)


def unit_ago(ctx: Context, parts: Parts) -> Outcome:
    """two years ago, a week earlier, three days later."""
    unit = _unit(ctx, parts)
    count, vague = _count(parts)
    later = "later" in parts.words
    if vague or count is None:
        if unit in _CLOCKWISE:
            return "DURATION", duration_value(None, unit), None
        return "DATE", "FUTURE_REF" if later else "PAST_REF", None
    if unit in _CLOCKWISE:
        base = ctx.today
        return ("DATE", base.isoformat() if base else "XXXX-XX-XX", None)
    ago = "G" in parts.letters
    if unit == "year" and count == 1 and not later and ctx.period:
        covered = calendar.covers(ctx.period)
        if covered:
            return _dated(f"{int(ctx.period[:4]) - 1:04d}{ctx.period[4:]}")
    base = ctx.today if ago else (ctx.day or ctx.today)
    if not base:
        if unit == "year" and ctx.year and ago:
            return _dated(f"{int(ctx.year - count):04d}")
        return _dated(_UNKNOWN.get(unit, "XXXX"))
    when = shifted(base, count if later else -count, unit)
    if not when:
        return None
    return _dated(at_unit(when, unit))


def year_earlier(ctx: Context, parts: Parts) -> Outcome:
    """the year-earlier period, year-ago: the period spoken of, a year before."""
    if ctx.period:
        return _dated(f"{int(ctx.period[:4]) - 1:04d}{ctx.period[4:]}")
    if not ctx.today:
        return _dated("XXXX")
    if "q" in parts.letters or "r" in parts.letters:
        return _dated(at_unit(shift_months(ctx.today, -15) or ctx.today, "quarter"))
    return _dated(f"{ctx.today.year - 1:04d}")


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
            return _dated(f"{year:04d}" if "r" in parts.letters else f"{year:04d}-QX")
        return _dated(f"{year:04d}{ctx.period[4:]}")
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
    return _dated(value)


def this_quarter(ctx: Context, parts: Parts) -> Outcome:
    """the quarter, the latest quarter, the latest period: the one spoken of, else the one before."""
    words = ctx.tokens.words
    if words[parts.last : parts.last + 1] in (["ended"], ["ending"]):
        inner = re.match("M[do]", ctx.tokens.letters[parts.last + 1 : parts.last + 3])
        if inner and ctx.today:
            month = MONTH[words[parts.last + 1]]
            year = ctx.today.year - (month > ctx.today.month)
            middle = shift_days(date(year, month, calendar.last_of(year, month)), -45)
            ctx.period = at_unit(middle or ctx.today, "quarter")
            return _dated(ctx.period)
    if "C" in parts.letters and "q" in parts.letters and ctx.today:
        return _dated(at_unit(ctx.today, "quarter"))
    if ctx.period:
        return _dated(ctx.period)
    if not ctx.today:
        return _dated("XXXX-QX")
    value = at_unit(shift_months(ctx.today, -3) or ctx.today, "quarter")
    ctx.period = value
    return _dated(value)


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
        return _dated(_UNKNOWN.get(_unit(ctx, parts), "XXXX"))
    return _dated(at_unit(ctx.today, _unit(ctx, parts)))


def season(ctx: Context, parts: Parts) -> Outcome:
    code = _SEASON[parts.get("S") or "summer"]
    if "v" in parts.letters:
        return "SET", f"XXXX-{code}", None
    given = parts.get("Y")
    if given:
        return _dated(f"{given}-{code}")
    if not ctx.today:
        return _dated(f"{ctx.year:04d}-{code}" if ctx.year else f"XXXX-{code}")
    start = calendar.SEASONS[code][0]
    year = ctx.today.year
    if "L" in parts.letters:
        year -= start >= ctx.today.month - 2 or code == "WI"
    elif "X" in parts.letters:
        year += start <= ctx.today.month
    elif code == "WI" and ctx.today.month <= 4 and future(ctx, parts.first, parts.last) is not True:
        year -= 1
    elif "C" not in parts.letters and start > ctx.today.month:
        year -= future(ctx, parts.first, parts.last) is False
    return _dated(f"{year:04d}-{code}")


def weekend(ctx: Context, parts: Parts) -> Outcome:
    if "v" in parts.letters or (parts.get("E") or "").endswith("s"):
        return "SET", "XXXX-WXX-WE", None
    if not ctx.today:
        return _dated("XXXX-WXX-WE")
    if "X" in parts.letters:
        when = shift_days(ctx.today, 7)
    elif "C" in parts.letters:
        when = ctx.today
        if ctx.today.isoweekday() < 3 and not future(ctx, parts.first, parts.last):
            when = shift_days(ctx.today, -7)
    elif ctx.today.isoweekday() >= 6 or future(ctx, parts.first, parts.last):
        when = ctx.today
    else:
        when = shift_days(ctx.today, -7)
    return _dated(week(when or ctx.today) + "-WE")


# ---- durations, sets, references -------------------------------------------------------------


def span_of_units(ctx: Context, parts: Parts) -> Outcome:
    """the past three months, the next two weeks: a duration that ends or begins now."""
    unit = _unit(ctx, parts)
    count, vague = _count(parts)
    if parts.letters[-1] in "uQ":
        count, vague = count or 1.0, False
    if vague:
        if not parts.get("k"):
            return "DATE", "FUTURE_REF" if "X" in parts.letters else "PAST_REF", None
        return "DURATION", duration_value(None, unit), None
    interval = None
    if ctx.today and count is not None and unit not in _CLOCKWISE:
        ahead = "X" in parts.letters
        other = shifted(ctx.today, count if ahead else -count, unit)
        if other:
            interval = (ctx.today, other) if ahead else (other, ctx.today)
    return "DURATION", duration_value(count, unit), interval


def duration(ctx: Context, parts: Parts) -> Outcome:
    """two weeks, 30-year, at least 72 hours, half an hour, decades."""
    count, _ = _count(parts)
    unit = _unit(ctx, parts)
    if unit == "quarter" and count in (1, 3) and "T" not in parts.letters:
        return None  # a fraction
    return "DURATION", duration_value(count, _unit(ctx, parts)), None


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
    count, _ = _count(parts)
    return "SET", duration_value(count or 1, _unit(ctx, parts)), None


def rate(ctx: Context, parts: Parts) -> Outcome:
    """a year, where it says how often: $3 million a year, twice a week."""
    return "SET", duration_value(1, _unit(ctx, parts)), None


# ---- the grammar -----------------------------------------------------------------------------

_CARD = r"(?:[dnY](?:-?f|&f)?h?|w(?:-?w)?h*(?:&?w(?:-?w)?)*|ah+|h|f)"
_RANGE = rf"(?:{_CARD}(?:(?:&|-){_CARD})?)"
_COUNT = rf"(?:{_RANGE}|a?k(?:O|j)?)"
_U = "[uUqsQ]"
_MD = r"M(?:d|o)(?:,?Y)?"
_DM = r"(?:T?o|d)O?M(?:,?Y)?"
_FULL = rf"(?:D,?(?:{_MD}|{_DM})|{_MD}|{_DM})"
_CLK = r"B?(?:(?:c|d|n|Y)(?:Az?|z)|c|K)"
_SPOKEN = r"(?:ww-?w|w-?w-?w|ww|wh&?w(?:-w)?)"

# Shapes of entries: (name, letters, function).
GRAMMAR: list[tuple[str, str, Callable[[Context, Parts], Outcome]]] = [
    ("iso", "I", iso),
    ("numeric", "(?<![$])N", numeric),
    ("clock", rf"{_CLK}(?:,?(?:{_FULL}|D|y))?", clock_time),
    ("partof", rf"e?T?PO(?:{_FULL}|[LXC]?D)", day_part),
    ("fullpart", rf"e?{_FULL},?P", day_part),
    ("spokenmonth", rf"e?M{_SPOKEN}", spoken_month),
    ("monthyear", r"(?:e-?|TbO|bO)?(?:T?[LXC]{1,2})?M,?O?(?:TuO)?Y(?![%h])", full),
    ("full", rf"B?e?{_FULL}(?![%h])", full),
    ("deictic", r"e?y(?:P|,?(?:d|c)A)?", deictic),
    ("weekday", r"(?:e?|T)[LXC]?DP?", weekday),
    ("monthset", r"v(?:M|D)", repeated),
    ("month", r"(?:T?bO|e-?)?(?:T?[LXC]{1,2})?M", month_only),
    ("quarterof", r"e?(?:T?[LXC]up)(?:Z-?)?[os]-?(?:q|F)", quarter),
    (
        "quarteryear",
        r"e?T?Y(?:Z-?)?[os]-?[qF]|e?T?(?:Z-?)?[os]-?Z?[qF](?:O?Z?Y|OT?[LXC]u)",
        quarter,
    ),
    ("quarteradj", r"(?<=T)(?:Z-)?[os]-q(?=0)", quarter),
    (
        "quarter",
        r"e?(?:T(?![os]-q0))?(?:Z-?)?[os]-?Z?q|T[os]-?F(?:O(?:TuO)?(?:Y|T?[LXC]?u))?",
        quarter,
    ),
    ("dayfrom", "Tugy", day_from),
    ("period", "W(?:O?Y)?", half_or_quarter),
    ("daynumber", "(?<=i)To(?=[.,|1&i]|$)", day_number),
    ("attacks", "f", nine_eleven),
    ("unitsago", "UG", recent),
    ("quarteryearly", r"TY(?:q|r)|T?[LXC]up(?:q|r)", quarter),
    ("yearagounits", rf"Tu-?[Ge]{_CARD}U", duration_tail),
    ("yearago", r"Tu-?[Ge](?:q|r)|u-[Ge](?:q|r)?|(?:Tq|Tr)auG", year_earlier),
    ("latest", r"T(?:l|C)(?:q|r)|Tq", this_quarter),
    ("ago", rf"B?(?:a|{_COUNT})(?:j|-)?{_U}j?(?:G|e(?!{_U}))", unit_ago),
    ("spanunits", rf"T?[LXl]{_COUNT}-?j?(?:{_U}|S|P|E)", span_of_units),
    ("fiscal", r"T[lLCX]?Zu(?!Y)", unit_deictic),
    ("firstunits", rf"T(?:[os]|L|X){_CARD}-?j?{_U}", duration),
    ("unit", r"(?:ei?|TbO|bO)?T?[LXCt][uqQ](?!p?[os]-?q)", unit_deictic),
    ("earlierin", r"eiT[uq]", edge),
    ("edge", r"B?(?:TbO(?:T?[uq]|T?Y|T?9)|bOT?[uq]|up?-?b|bO?Y)", edge),
    ("past", r"(?<=i)TL", the_past),
    ("setunits", rf"v{_COUNT}?-?{_U}", repeated),
    ("partset", r"vP", day_part),
    ("part", r"(?:eiT|e?T?[LXCt]|T)P", day_part),
    ("weekend", r"(?:e?T?[LXCtv]?)E", weekend),
    ("season", r"(?:e-?|TbO)?T?[LXCtv]S(?:O?Y)?|(?:e-?)T?S(?:O?Y)?|T?S(?:O?Y)|(?<=i)TS", season),
    ("holiday", r"(?:T?[LXCv])?H(?:,?Y)?", holiday),
    ("decade", r"T?(?:e-?)?9", decade),
    ("century", r"T?(?:e-?)?[os]-?Q", century),
    ("fiscalyear", r"(?:e-?)?T?Zu?Y", year_only),
    ("halves", rf"aFu|Fau|F-u|(?:a|{_CARD})[uU]&aF|{_CARD}&aF{_U}", duration),
    ("recent", r"T?[CL]?~U", recent),
    ("coming", r"T?[XL]U", coming),
    ("adjective", rf"{_COUNT}-(?:j-)?[uUqs](?:-j)?(?![Fx]|-?x)", duration),
    ("duration", rf"B?(?:T(?!{_CARD}-u))?{_COUNT}-?j?{_U}(?!-?x)", duration),
    ("rate", r"(?<=[0Uhn%dnY])au(?=[.,1|0&i])", rate),
    ("aunit", r"B?aj?u(?!-?x|-[Ge])", duration),
    ("theyear", r"Tu(?=[.,|10&ip])", the_unit),
    ("unitslong", r"[Uu]-j|(?<=[i&0])U(?=[.,|10])", bare_units),
    ("reference", "R", reference),
    ("currentalone", "C(?=0)", current),
    ("frequency", "V", frequency),
    ("yearwords", rf"(?:Tu)?{_SPOKEN}(?![%hUuq])|Tuwh", year_words),
    ("year", r"(?<!\$)(?:(?:e-?|B|TbO|bO|Tu|u)?Y)(?![%hUuqx$]|-[wUu]|,n)", year_only),
]
# Letters no expression begins with are passed over before any entry is tried.
_BEGINS = r"(?=[^01.,|p%gO&i$rjzATa-]|T[^01.,|]|a[uUkhFjsqQ~])"
PATTERN = re.compile(
    _BEGINS + "(?:" + "|".join(f"(?P<{name}>{shape})" for name, shape, _ in GRAMMAR) + ")"
)
HANDLER = {name: handler for name, _, handler in GRAMMAR}
