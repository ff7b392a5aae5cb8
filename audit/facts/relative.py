"""Days and times told from the day of publication: yesterday, Friday, this morning, last summer."""

from __future__ import annotations

import re

from audit.facts import calendar
from audit.facts.absolute import full
from audit.facts.calendar import WEEKDAY, day, shift_days, week
from audit.facts.resolve import PART, Context, Outcome, Parts, dated, future

_SEASON = {"spring": "SP", "springtime": "SP", "summer": "SU", "summertime": "SU"}

_SEASON |= {"fall": "FA", "autumn": "FA", "winter": "WI", "wintertime": "WI"}


def day_from(ctx: Context, parts: Parts) -> Outcome:
    """the day before yesterday, the day after tomorrow."""
    if not ctx.today or parts.words[1] != "day":
        return None
    step = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}
    when = shift_days(ctx.today, step.get((parts.words[2], parts.words[3]), 0))
    return dated(when.isoformat()) if when and when != ctx.today else None


def day_number(ctx: Context, parts: Parts) -> Outcome:
    """on the 15th: of the month last spoken of, else of this one."""
    number = re.sub(r"\D", "", parts.words[-1])
    base = ctx.start or ctx.today
    if not number or not base:
        return None
    when = day(base.year, base.month, int(number))
    return dated(when.isoformat()) if when else None


def deictic(ctx: Context, parts: Parts) -> Outcome:
    """today, yesterday evening, tonight, overnight."""
    word = parts.get("y") or "today"
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    when = shift_days(ctx.today, shift) if ctx.today else None
    head = when.isoformat() if when else "XXXX-XX-XX"
    if word in ("tonight", "overnight"):
        return dated(head + "TNI", "TIME")
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
        return dated(f"{head}T{PART[part]}", "TIME")
    clock = _clock(parts)
    return dated(f"{head}T{clock}", "TIME") if clock else dated(head)


def _clock(parts: Parts) -> str | None:
    noon = parts.get("K")
    if noon:
        return PART[noon]
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
        inner = Parts(parts.letters[back:], parts.words[back:], parts.first + back, parts.last)
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
    return dated(f"{head}T{clock}", "TIME")


def day_part(ctx: Context, parts: Parts) -> Outcome:
    """this morning, last night, the next evening, the morning of 11 September."""
    part = PART[parts.get("PK") or "night"]
    if parts.letters == "TP" and part in ("NI", "AF"):
        return None
    if "v" in parts.letters:
        return "SET", f"XXXX-XX-XXT{part}", None
    if "M" in parts.letters:
        found = full(ctx, parts)
        return dated(f"{found[1]}T{part}", "TIME") if found else None
    if "D" in parts.letters:
        return dated(f"{weekday_of(ctx, parts)}T{part}", "TIME")
    when = ctx.today
    if "L" in parts.letters:
        when = shift_days(ctx.today, -1) if ctx.today else None
    elif "X" in parts.letters:
        base = ctx.day or ctx.today
        when = shift_days(base, 1) if base else None
    elif ("T" in parts.letters or "t" in parts.letters) and ctx.day:
        when = ctx.day
    head = when.isoformat() if when else "XXXX-XX-XX"
    return dated(f"{head}T{part}", "TIME")


def season(ctx: Context, parts: Parts) -> Outcome:
    code = _SEASON[parts.get("S") or "summer"]
    if "v" in parts.letters:
        return "SET", f"XXXX-{code}", None
    given = parts.get("Y")
    if given:
        return dated(f"{given}-{code}")
    if not ctx.today:
        return dated(f"{ctx.year:04d}-{code}" if ctx.year else f"XXXX-{code}")
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
    return dated(f"{year:04d}-{code}")


def weekend(ctx: Context, parts: Parts) -> Outcome:
    if "v" in parts.letters or (parts.get("E") or "").endswith("s"):
        return "SET", "XXXX-WXX-WE", None
    if not ctx.today:
        return dated("XXXX-WXX-WE")
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
    return dated(week(when or ctx.today) + "-WE")
