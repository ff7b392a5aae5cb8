"""The dates of a short statement set against those of another text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from audit import model
from audit.facts.differing import comparison
from audit.facts.stems import STOP, stem
from audit.tokens import Text

_CALENDAR = re.compile(r"\d|january|february|march|april|may\b|june|july|august|september|october"
                       r"|november|december|century", re.IGNORECASE)  # fmt: skip
_TITLE_YEAR = re.compile(r"\(((?:1[5-9]|20)\d\d)\)")
_EARLY_YEAR = re.compile(
    r"\b(?:in|by|until|since|from|the year|(?:around|circa|about) (?:the year)?) ?(\d{3})"
    r"(?= ?(?:[.,;)]|AD\b|CE\b|$|and\b|by\b|to\b|when\b|at\b|after\b|before\b))(?![.,]\d)"
)
_JOINED = re.compile(r",? and (?:the|a|an|in|into|at|for|on|to|of)\b")
_TO_OBJECT = re.compile(r"(?<= in)(?=to )|(?<= )(?=(?:in|at|for|on|to|of|as|by|with) )")
_LIFE = re.compile(r"\(([^()]{0,160})\)")


@dataclass(frozen=True, slots=True)
class _When:
    """A date as days, or as a month and day of no year; open to one side after "before"."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    month: int | None = None
    day: int | None = None


def dates_differ(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    left, right = _whens(a[1], a[2]), _whens(b[1], b[2])
    if not left or not right:
        return []
    left, right = _years(left, right), _years(right, left)
    left, right = _life(a[1], b[1], left, right)
    out = []
    short, long = (left, right) if len(a[1].words) <= len(b[1].words) else (right, left)
    swap = short is not left
    texts = (b[1], a[1]) if swap else (a[1], b[1])
    dates = a[2] if swap else b[2]
    spans = [w for w in short if (w.first and w.last and " " in w.text.strip()) or "-" in w.text]
    for one in short:
        if any(w is not one and w.start <= one.start and one.end <= w.end for w in spans):
            continue
        near = (
            _nearest(long, _local(texts[0], one, short), texts[1])
            if _year(one) and not _named(texts[0], one)
            else long
        )
        if any(_meet(one, other) for other in near) or _relative(texts[1], dates):
            continue
        other = min(long, key=lambda o: (_apart(one, o), o.start))
        x, y = (other, one) if swap else (one, other)
        out.append(
            comparison(a, b, x, y, "date", "conflict", 0.8,
                  f"{x.text} in one text; no date of the other meets it ({y.text}).")
        )  # fmt: skip
    return out


def _years(whens: list[_When], others: list[_When]) -> list[_When]:
    """Without the dates of no year, where the other side has only years to set against them."""
    if any(o.month is not None for o in others):
        return whens
    return [w for w in whens if w.first is not None] or whens


def _relative(text: Text, dates: list[model.Timex]) -> bool:
    """Whether a text dates something by "this year", which says no year."""
    return any(
        d.type == "DATE" and re.match(r"(?:this|last|next) (?:year|month|week)", d.text.lower())
        for d in dates
    )


def _year(when: _When) -> bool:
    return when.first is not None and when.month is None


def _named(text: Text, when: _When) -> bool:
    """Whether a year is part of a name: "the 2016 Olympics"."""
    return re.match(r" [A-Z]", text.plain[when.end : when.end + 2]) is not None


def _nearest(others: list[_When], words: set[str], text: Text) -> list[_When]:
    """The dates of the longer text whose own clause shares most words with the statement; all of
    them where none stands out."""
    if len(others) < 2:
        return others
    scores = [(len(_local(text, other, others) & words), other) for other in others]
    top = max(score for score, _ in scores)
    best = [other for score, other in scores if score == top]
    second = max((score for score, _ in scores if score < top), default=top)
    return best if top - second >= 1 else others


def _local(text: Text, when: _When, others: list[_When]) -> set[str]:
    """The stems of the clause a date closes: back to the date before it, or ninety characters."""
    before = max((o.end for o in others if o.end <= when.start), default=0)
    first = text.sentence_at(when.start)[0]
    start = max(before, first, when.start - 90)
    clause = text.plain[start : when.start].lower()
    if before > first and _JOINED.match(clause):  # "was led into A in 1996 and B in 2005"
        clause = _TO_OBJECT.split(text.plain[max(first, start - 90) : start].lower(), 1)[0] + clause
    return {stem(w) for w in re.findall(r"\w[\w'-]*", clause) if w not in STOP}


def _whens(text: Text, dates: list[model.Timex]) -> list[_When]:
    out = []
    dates = sorted([*dates, *_bracketed(text, dates)], key=lambda d: d.start)
    out.extend(_spans(text, dates))
    for timex in dates:
        stamp = text.plain[timex.start : timex.end + 4]
        if timex.type != "DATE" or re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", stamp):
            continue  # a time stamp is of the page, not of what it tells
        if not _CALENDAR.search(timex.text):
            continue
        value = timex.value
        partial = re.match(r"(?:XXXX|\d{4})-(\d\d)(?:-(\d\d))?$", value)
        yearless = value.startswith("XXXX") or (
            partial is not None and not re.search(r"\d{4}|'\d\d", timex.text)
        )
        if partial and yearless:
            day = int(partial.group(2)) if partial.group(2) else None
            out.append(
                _When(timex.start, timex.end, timex.text, None, None, int(partial.group(1)), day)
            )
            continue
        if not (timex.from_ and timex.to):
            continue
        first, last = date.fromisoformat(timex.from_[:10]), date.fromisoformat(timex.to[:10])
        before = text.plain[max(0, timex.start - 14) : timex.start].lower().split()
        if before and before[-1] in ("around", "about", "circa", "c."):
            first, last = first - timedelta(1826), last + timedelta(1826)
        elif before and before[-1] in ("before", "pre"):
            first, last = date.min, first - timedelta(1)
        elif before and before[-1] in ("after", "since"):
            last = date.max
        elif before and before[-1] == "by":
            first = date.min
        out.append(
            _When(timex.start, timex.end, timex.text, first, last, first.month
                  if (last - first).days < 32 else None, first.day if first == last else None)
        )  # fmt: skip
    return out


def _spans(text: Text, dates: list[model.Timex]) -> list[_When]:
    """Spans of time: "1491-1510", "from 1981 to 1989"."""
    out = []
    for one, two in pairwise(d for d in dates if d.type == "DATE" and d.from_ and d.to):
        between = text.plain[one.end : two.start]
        opened = text.plain[max(0, one.start - 9) : one.start].lower().split()[-1:]
        joined = between.strip() == "-" and len(between) < 2
        worded = (opened, between.strip()) in ((["from"], "to"), (["between"], "and"))
        start, end = one.from_ or "", two.to or ""
        if (joined or worded) and start < end:
            first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
            out.append(_When(one.start, two.end, text.plain[one.start : two.end], first, last))
    return out


def _bracketed(text: Text, dates: list[model.Timex]) -> list[model.Timex]:
    """Years in brackets behind a title: "The Apparition (2012)"; years of three digits."""
    known = {d.start for d in dates}
    return [
        model.Timex(m.start(1), m.end(1), m.group(1), "DATE", m.group(1).zfill(4),
                    f"{m.group(1).zfill(4)}-01-01", f"{m.group(1).zfill(4)}-12-31")
        for pattern in (_TITLE_YEAR, _EARLY_YEAR)
        for m in pattern.finditer(text.plain)
        if m.start(1) not in known
    ]  # fmt: skip


def _meet(a: _When, b: _When) -> bool:
    if a.first and b.first and a.last and b.last:
        return a.first <= b.last and b.first <= a.last
    if a.month is None or b.month is None:
        return True
    return a.month == b.month and (a.day is None or b.day is None or a.day == b.day)


def _apart(a: _When, b: _When) -> float:
    if a.first and b.first and a.last and b.last:
        return abs((a.first - b.first).days)
    return abs((a.month or 0) - (b.month or 0)) * 30.0


def _life(a: Text, b: Text, left: list[_When], right: list[_When]) -> tuple[list, list]:
    """A birth is set against the first date of a lifespan in brackets, a death against the last."""
    sides = [(a, left), (b, right)]
    for i, (text, whens) in enumerate(sides):
        other, others = sides[1 - i]
        for word, index in (("born", 0), ("birth", 0), ("died", -1), ("death", -1)):
            if not re.search(rf"\b{word}\b", text.plain, re.IGNORECASE) or len(whens) != 1:
                continue
            for life in _LIFE.finditer(other.plain):
                inside = [w for w in others if life.start() <= w.start < life.end()]
                years = [w for w in inside if w.first is not None]
                if len(years) >= 2 and "-" in life.group():
                    others = [years[index]]
                    sides[1 - i] = (other, others)
                    break
    return sides[0][1], sides[1][1]
