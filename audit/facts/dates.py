"""The time expressions of one text, each with its TIMEX3 value and the days it covers."""

from __future__ import annotations

from datetime import date, timedelta

from audit import model
from audit.facts import calendar
from audit.facts.expressions import HANDLER, PATTERN
from audit.facts.letters import lexicon
from audit.facts.resolve import Context, Parts
from audit.facts.scan import scan
from audit.rules import Rules
from audit.tokens import Text


def dates(text: Text, published: model.Published, rules: Rules) -> list[model.Timex]:
    """The time expressions of a text in order, as TIMEX3 (TimeML 1.2.1), relative to publication.

    ``from`` and ``to`` are the first and last day an expression covers, null where it decides
    little. Without a day of publication relative expressions keep X for what is unknown.
    """
    tokens = scan(text.plain, rules)
    today, year = _anchor(published)
    ctx = Context(tokens=tokens, lex=lexicon(rules), today=today, year=year, day=today)
    found: list[model.Timex] = []
    at = 0
    while match := PATTERN.search(tokens.letters, at):
        name = match.lastgroup or ""
        first, last = match.start(), match.end(name)
        parts = Parts(tokens.letters[first:last], tokens.words[first:last], first, last)
        outcome = HANDLER[name](ctx, parts)
        if outcome is None:
            at = first + 1
            continue
        at = last
        kind, value, interval = outcome
        start, end = tokens.starts[first], tokens.ends[last - 1]
        if interval and ("e" in parts.letters or "b" in parts.letters):
            interval = _narrowed(parts.words, interval, today)
        if kind in ("DATE", "TIME") and interval:
            ctx.value, ctx.start = value, interval[0]
            if interval[0] == interval[1]:
                ctx.day = interval[0]
        found.append(
            model.Timex(
                start=start,
                end=end,
                text=text.raw[start:end],
                type=kind,  # type: ignore[arg-type]
                value=value,
                from_=interval[0].isoformat() if interval else None,
                to=interval[1].isoformat() if interval else None,
            )
        )
    return found


def _narrowed(
    words: list[str], interval: tuple[date, date], today: date | None
) -> tuple[date, date]:
    """The part of a span that early, mid, late, the end of, earlier and later leave of it.

    Early and late are taken as halves, mid as the middle half: wide, so that nothing true is
    shut out.
    """
    low, high = interval
    days = (high - low).days
    if days < 1:
        return interval
    half, quarter = timedelta(days // 2), timedelta(days // 4)
    for word in words:
        if word in ("early", "beginning", "start"):
            return low, low + half + timedelta(days % 2)
        if word in ("late", "end", "close"):
            return low + half, high
        if word in ("mid", "middle"):
            return low + quarter, high - quarter
        if word == "earlier" and today and low <= today <= high:
            return low, today
        if word == "later" and today and low <= today <= high:
            return today, high
    return interval


def _anchor(published: model.Published) -> tuple[date | None, int | None]:
    """The day of publication where it is known, and its year where that is."""
    for given in (published.value, published.from_ if published.from_ == published.to else None):
        covered = calendar.covers(given[:10]) if given else None
        if covered:
            return (covered[0] if covered[0] == covered[1] else None), covered[0].year
    if published.from_ and published.to and published.from_[:4] == published.to[:4]:
        return None, int(published.from_[:4])
    return None, None
