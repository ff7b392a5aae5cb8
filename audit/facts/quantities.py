"""The numbers of one text, each with what it counts and how it is bounded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from audit import model
from audit.facts import numbers
from audit.facts.alongside import (
    again,
    joined,
    listed,
    of_group,
    shaking,
    shares,
    told_apart,
)
from audit.facts.befell import Found, befallen
from audit.facts.counting import Number, Page, is_person, lexicon, page_of
from audit.facts.lexicon import built
from audit.facts.numerals import bound_before, numbers_in, upper
from audit.facts.scan import scan
from audit.facts.slots import counted, measured, person, state_after
from audit.facts.sums import sums
from audit.rules import Rules
from audit.tokens import Text

_NOBODY = re.compile(r"(?<!\w)(?:no one|nobody|none|no (?:[a-z]{1,20} )?[a-z]{1,20})\b", re.I)
_LONGEST = 50  # characters, and more, that it matches
_INNER = re.compile(r"[\W_]")
_NO = frozenset(("no", "nobody", "none"))


def quantities(
    text: Text, rules: Rules, dates: list[model.Timex] | None = None
) -> list[model.Quantity]:
    """The quantities of a text in order, without the numbers of its time expressions (``dates``).

    ``slot`` is killed, injured, missing, arrested, displaced, infected, kidnapped, rescued,
    hospitalized, money, age, magnitude, percentage, distance, weight, area, volume, speed,
    temperature, power, votes, or ``count:`` and the singular of the noun counted. ``unit`` is an
    ISO 4217 code for money
    (``USD/100`` for cents), %, pp, or the unit's symbol; null for counts. People told together are
    one number (audit/facts/sums.py); an age may stand inside it.
    """
    page = page_of(scan(text.plain, rules), built(rules, lexicon), dates or [])
    read: list[Found] = []
    end = 0
    for number in numbers_in(page):
        one = quantity(page, text, number)
        if one is None or one.start >= end:
            read.append((number, one))
            end = one.end if one else end
    found = befallen(page, text, read, rules)
    found += again(page, text, [n for n, one in read if one is None], found)
    found = [*_together(page, text, found), *nobody(page, text)]
    found.sort(key=lambda q: (q.start, q.end))
    return found


def _together(page: Page, text: Text, found: list[model.Quantity]) -> list[model.Quantity]:
    """The quantities with sums of people in place of their members; ages stay."""
    for slot, value, bound, first, last in sums(page):
        start, end = page.starts[first], page.ends[last - 1]
        found = [q for q in found if q.slot == "age" or q.end <= start or end <= q.start]
        told = text.raw[start:end]
        found.append(model.Quantity(start, end, told, slot, value, bound=bound))  # type: ignore[arg-type]
    return found


def quantity(page: Page, text: Text, number: Number) -> model.Quantity | None:
    first, last = number.first, number.last
    value_to: float | None = None
    bound = number.bound
    second = upper(page, last)
    if second and page.words[last] == "or" and not _either(number, second):
        second = None
    if second:
        value_to, bound, last = second.value, "between", second.last
        if second.scaled and not number.scaled and second.value:
            scale = second.value / (numbers.digits(page.words[second.first]) or second.value)
            number = Number(number.first, number.last, number.value * scale)
        if value_to <= number.value:
            return None
    lead, kind = bound_before(page, first)
    if value_to is not None and first and page.words[first - 1] == "between":
        lead = first - 1
    if kind and bound == "exact":
        bound = kind
    if bound == "exact" and number.value == 12 and "dozen" in page.words[first:last]:
        bound = "about"  # a dozen is a round number
    if bound == "exact" and last < len(page.words):
        tail = page.words[last : last + 2]
        if tail == ["or", "more"] or tail[:1] == ["+"] or tail == ["-", "plus"]:
            bound = "at_least"
            last += len(tail) if tail[0] != "+" else 1
        elif tail in (["or", "so"], ["or so"]) or tail[:1] == ["or so"]:
            bound = "about"
            last += 1 if tail[0] == "or so" else 2
    placed = (
        measured(page, first, last, number)
        or shaking(page, first, last, number)
        or person(page, lead, first, last)
        or counted(page, first, last, number)
        or joined(page, first, last, number)
        or of_group(page, lead, first, last, number)
        or told_apart(page, lead, first, last, number)
        or _shared(page, first, last)
    )
    if placed is None:
        return None
    slot, unit, begin, stop = placed
    begin = min(begin, lead)
    start, end = page.starts[begin], page.ends[stop - 1]
    value = number.value
    return model.Quantity(
        start=start,
        end=end,
        text=text.raw[start:end],
        slot=slot,
        value=value,
        value_to=value_to,
        unit=unit,
        bound=bound,  # type: ignore[arg-type]
    )


def _either(number: Number, second: Number) -> bool:
    """Whether "3 or 4" leaves open which."""
    return number.value < second.value <= 1.5 * number.value + 1


def _shared(page: Page, first: int, last: int) -> tuple[str, str | None, int, int] | None:
    """What a number counts by the unit of the one it stands in a list with."""
    other = listed(page, first, last)
    placed = measured(page, *other) if other else None
    if placed is None or not shares(placed):
        return None
    return placed[0], placed[1], first, last


def nobody(page: Page, text: Text) -> list[model.Quantity]:
    """ "No one was killed", "no deaths": nought, as a quantity."""
    found = []
    for match in _noughts(text):
        end = match.end()
        at = bisect_right(page.starts, match.start()) - 1
        words = page.words
        stop = at
        while stop < len(words) and page.starts[stop] < end:
            stop += 1
        told = next(
            (
                (entry.slot, end)
                for end in range(at + 2, min(stop, at + 3) + 1)
                for entry in page.lex.people
                if words[end - 1] in entry.noun
            ),
            None,
        )
        if told:
            found.append(_nought(text, page, at, told[1], told[0]))
        else:
            low = match.group().lower()
            rest = at + (2 if low.startswith("no ") else 1)
            after = state_after(page, rest)
            if after and (low in ("no one", "nobody", "none") or is_person(page, rest - 1)):
                found.append(_nought(text, page, at, rest, after[0]))
    return found


def _noughts(text: Text) -> Iterator[re.Match[str]]:
    """The matches of ``_NOBODY``, in order, without overlaps."""
    done = 0
    for at in text.where(_is_no):
        start, end = text.starts[at], text.ends[at]
        while match := _NOBODY.search(text.plain, max(done, start), end + _LONGEST):
            if match.start() >= end:
                break
            yield match
            done = match.end()


def _is_no(word: str) -> bool:
    """Whether a word is one that ``_NOBODY`` begins with, or holds one: "second-to-none"."""
    return not _NO.isdisjoint(_INNER.split(word.lower()))


def _nought(text: Text, page: Page, first: int, last: int, slot: str) -> model.Quantity:
    start, end = page.starts[first], page.ends[last - 1]
    return model.Quantity(start=start, end=end, text=text.raw[start:end], slot=slot, value=0.0)
