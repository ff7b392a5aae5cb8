"""Dates that name their day, month, year or decade, and days known by name."""

from __future__ import annotations

import re

from audit.facts import calendar, numbers
from audit.facts.calendar import MONTH, WEEKDAY, day
from audit.facts.resolve import Context, Outcome, Parts, dated, future

_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6}

_DECADES |= {"seventies": 7, "eighties": 8, "nineties": 9}


def iso(ctx: Context, parts: Parts) -> Outcome:
    text = parts.words[0].upper()
    exact = day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if not exact:
        return None
    return dated(text, "TIME" if "T" in text else "DATE")


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
    return dated(found.isoformat()) if found else None


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
    if number and _counts(ctx, parts):
        return None
    year = int(year_word) if year_word else _shared_year(ctx, parts.last)
    if year is None and number and "D" in parts.letters:
        year = _year_of_weekday(ctx, parts, month, number)
    if year is None and (month, number) == (9, 11) and _attacks(ctx, parts.last):
        year = 2001
    if year is None:
        year = _year_for(ctx, parts, month, number)
    head = f"{year:04d}" if year else "XXXX"
    if number is None:
        return dated(f"{head}-{month:02d}")
    if not 1 <= number <= 31:
        return None
    return dated(f"{head}-{month:02d}-{number:02d}")


def _counts(ctx: Context, parts: Parts) -> bool:
    """Whether what follows a month counts and names no day: "in January 15 people died"."""
    words, at = ctx.tokens.words, parts.first
    if parts.letters != "Md" or words[at - 1 : at] != ["in"]:
        return False
    following = "".join(words[parts.last : parts.last + 1])
    return following in _COUNTED or (following.endswith("s") and following not in _SINGULAR)


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
    return dated(value)


def spoken_month(ctx: Context, parts: Parts) -> Outcome:
    """January nineteen ninety-seven."""
    year = numbers.spoken_year([w for w in parts.words if w not in MONTH and w != "-"])
    month = MONTH[parts.get("M") or ""]
    return dated(f"{year:04d}-{month:02d}") if year else None


def year_words(ctx: Context, parts: Parts) -> Outcome:
    found = numbers.spoken_year([w for c, w in zip(parts.letters, parts.words) if c in "wh"])  # noqa: B905
    return dated(f"{found:04d}") if found else None


def decade(ctx: Context, parts: Parts) -> Outcome:
    """1990s, the '90s, the nineties."""
    text = parts.get("9") or ""
    if text in _DECADES:
        return dated(f"19{_DECADES[text]}") if "T" in parts.letters else None
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
        return dated(found[:3])
    if len(found) == 2:
        return dated(("19" if found[0] != "1" and found[0] != "0" else "20") + found[0])
    return None


def century(ctx: Context, parts: Parts) -> Outcome:
    word = parts.get("os") or ""
    number = numbers.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    return dated(f"{number - 1:02d}") if 1 <= number <= 30 else None


def nine_eleven(ctx: Context, parts: Parts) -> Outcome:
    return dated("2001-09-11") if parts.words[0] == "9/11" else None


def half_or_quarter(ctx: Context, parts: Parts) -> Outcome:
    """Q3 2017, H1."""
    kind, which = parts.words[0][0].upper(), parts.words[0][1]
    if kind == "H" and which > "2":
        return None
    given = parts.get("Y")
    year = int(given) if given else ctx.today.year if ctx.today else ctx.year
    if not given and kind == "H":
        return None
    return dated(f"{year:04d}-{kind}{which}" if year else f"XXXX-{kind}{which}")


def holiday(ctx: Context, parts: Parts) -> Outcome:
    spec = ctx.lex.holiday[parts.get("H") or ""]
    given = parts.get("Y")
    if "v" in parts.letters:
        simple = len(spec) == 2 and spec[0] != "easter"
        return "SET", f"XXXX-{spec[0]:02d}-{spec[1]:02d}" if simple else "P1Y", None
    if given:
        found = calendar.holiday(spec, int(given))
        return dated(found.isoformat()) if found else None
    if not ctx.today:
        simple = len(spec) == 2 and spec[0] != "easter"
        return dated(f"XXXX-{spec[0]:02d}-{spec[1]:02d}" if simple else "XXXX-XX-XX")
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
    return dated(pick[0].isoformat()) if pick else None
