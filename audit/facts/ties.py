"""Which date, amount, ordinal and speaker of a sentence belong to a trigger."""

from __future__ import annotations

import re
from bisect import bisect_right

from audit import model
from audit.facts.claim_words import (
    CLAUSES,
    DETERMINERS,
    EACH,
    HAPPENED,
    MODALS,
    ORDINALS,
    PARTS,
    PREP,
    PRONOUNS,
    SAYING,
    SPEECH,
)
from audit.facts.phrases import Reader, stops
from audit.facts.plurals import singular
from audit.facts.sentence import Phrase
from audit.facts.triggers import Trigger


def date_of(r: Reader, i: int, verb: bool, end: int) -> model.Timex | None:
    best: tuple[float, model.Timex] | None = None
    for timex in r.dates:
        if timex.type not in ("DATE", "TIME"):
            continue
        if (timex.from_ is None or timex.to is None) and not timex.value.startswith("XXXX-WXX-"):
            continue
        first, last = r.s.at(timex.start), r.s.at(timex.end - 1)
        if first <= i <= last or not (
            ties(r, i, first, last) if verb else ties_noun(r, i, end, first, last)
        ):
            continue
        cost = distance_of(r, i, first, last)
        if best and abs(first - r.s.at(best[1].start)) <= 4 and _narrower(timex, best[1]):
            cost = min(cost, best[0] - 0.1)
        elif best and abs(first - r.s.at(best[1].end)) <= 4 and _narrower(best[1], timex):
            continue
        if cost < 16 and nearest(r, i, first, last, cost) and (best is None or cost < best[0]):
            best = (cost, timex)
    return best[1] if best else None


def ties(r: Reader, i: int, first: int, last: int) -> bool:
    """Whether a time expression is in the clause of a verb: nothing between opens another."""
    between = range(i + 1, first) if first > i else range(last + 1, i)
    if first > i and any(_gerund(r, k) for k in between):
        return False
    return not any(
        (r.s.low[k] in CLAUSES and r.s.low[k] not in ("and", "but", "as"))
        or r.s.low[k] in SPEECH
        for k in between
    )  # fmt: skip


def _gerund(r: Reader, k: int) -> bool:
    """Whether a deed of its own begins after a preposition: "found guilty of moving it in May"."""
    low = r.s.low
    deed = low[k].endswith("ing") and len(low[k]) > 5 and low[k] not in _NO_DEED
    return deed and low[k - 1] in _OF and k not in r.named


_NO_DEED = frozenset(
    "everything something anything nothing evening morning building wedding".split()
)
_OF = frozenset("of for after before by without from about over".split())


def ties_noun(r: Reader, i: int, end: int, first: int, last: int) -> bool:
    """Whether a time expression belongs to a noun: "the May 25 death", "purchase of X in 2017",
    "delivery arrived in July"; a caption's or a dateline's date is of something else."""
    low, gap = r.s.low, r.s.gap
    if last < i:
        return (last + 1 == i and not gap[i]) or (
            all(k in r.named or (low[k].isalpha() and low[k] not in DETERMINERS
                and not stops(r, k)) for k in range(last + 1, i))
            and i - last < 5 and not any(gap[last + 1 : i + 1])
            and last >= 0 and first > 0
        )  # fmt: skip
    if first - i > 16 or any(gap[i + 1 : first + 1]):
        return False
    for k in range(i + 1, first):
        word = low[k]
        if (word in CLAUSES and word != "as") or word in SPEECH or word in PRONOUNS:
            return False
        if k > end and k in r.places and k != i:
            return False
        if (word in MODALS or word in r.lex.verbs) and word not in HAPPENED:
            return False
    return True


def nearest(r: Reader, i: int, first: int, last: int, cost: float) -> bool:
    """Whether no other trigger stands clearly nearer to the time expression."""
    return not any(
        k != i
        and not first <= k <= last
        and distance_of(r, k, first, last) + 4.0 < cost
        and not _governs(r, i, k)
        for k, _ in r.triggers
    )


def _governs(r: Reader, i: int, k: int) -> bool:
    """Whether a trigger is the object of a verb: what "signed a contract in June" dates is both."""
    low = r.s.low
    return (
        0 < k - i < 7
        and low[i] in r.lex.verbs
        and not any(r.s.gap[i + 1 : k + 1])
        and all(low[m] not in PREP and low[m] not in CLAUSES for m in range(i + 1, k))
    )


def distance_of(r: Reader, i: int, first: int, last: int) -> float:
    """What it costs to tie a time expression to a trigger: tokens, commas, other triggers."""
    if first > i:
        between, extra = range(i + 1, first), 0.0
    else:
        between, extra = range(last + 1, i), 1.0
    cost = extra + 0.5 * len(between)
    gaps = range(i + 1, first + 1) if first > i else range(last + 1, i + 1)
    opening = first <= 3 and last < i  # an opening adverbial reaches the main verb
    for k in gaps:
        cost += (0, 1.0 if opening else 4.0, 12.0)[r.s.gap[k]]
    for k in between:
        if k in r.places and k != i:
            cost += 0.0 if first > i and _governs(r, i, k) else 2.0 if opening else 7.0
        elif r.s.low[k] in CLAUSES:
            cost += 5.0
        elif r.s.low[k] in SAYING:
            cost += 4.0
    return cost


def value_of(r: Reader, i: int, trigger: Trigger, theme: Phrase | None) -> model.Quantity | None:
    wanted = r.lex.slots.get(trigger.event, frozenset())
    best: tuple[float, model.Quantity] | None = None
    for quantity in r.quantities:
        first, last = r.s.at(quantity.start), r.s.at(quantity.end - 1)
        in_theme = theme is not None and theme.first <= first and last <= theme.last + 1
        counted = quantity.slot.rpartition(":")[2]
        named = theme is not None and counted == theme.head
        if not (quantity.slot in wanted or (in_theme and named)):
            continue
        if EACH.match(r.s.plain, quantity.end):
            continue
        cost = 0.0 if in_theme else distance_of(r, i, first, last)
        if first <= i <= last:
            cost = 0.0
        if cost < 14 and (best is None or cost < best[0]):
            best = (cost, quantity)
    if best is None and "duration" in wanted:
        return _term(r, i)
    return best[1] if best else None


def _term(r: Reader, i: int) -> model.Quantity | None:
    """How long somebody is sent to prison, in years: "to nine years", "for 18 months"."""
    best: tuple[float, model.Quantity] | None = None
    for timex in r.dates:
        told = _TERM.fullmatch(timex.value) if timex.type == "DURATION" else None
        if told is None:
            continue
        first, last = r.s.at(timex.start), r.s.at(timex.end - 1)
        cost = distance_of(r, i, first, last)
        if {"to", "for"}.isdisjoint(r.s.low[max(i, first - 4) : first]):
            continue
        if cost < 16 and ties(r, i, first, last) and (best is None or cost < best[0]):
            years = int(told[1]) / (1 if told[2] == "Y" else 12)
            made = model.Quantity(
                timex.start, timex.end, timex.text, "duration", years, None, "year"
            )
            best = (cost, made)
    return best[1] if best else None


_TERM = re.compile(r"P(\d{1,3})([YM])")


def qualifier_of(r: Reader, i: int, theme: Phrase | None) -> str | None:
    low = r.s.low
    reach = [range(max(0, i - 4), i)]
    if theme is not None and abs(theme.first - i) < 12:
        reach.append(range(max(0, theme.first - 2), theme.last + 1))
    for span in reach:
        for k in span:
            order = ORDINALS.get(low[k])
            if order is None or k in r.s.dated:
                continue
            noun = next((singular(low[m]) for m in range(k + 1, min(k + 4, len(low)))
                         if singular(low[m]) in PARTS), None)  # fmt: skip
            if order == "another" and low[k] in ("new",) and noun is None:
                continue
            if order == "last" and noun is None:
                continue
            return f"{order} {noun}" if noun else order
    return None


def attribution_of(r: Reader, offset: int) -> int | None:
    at = bisect_right(r.said, (offset, 1 << 60, 0)) - 1
    while at >= 0 and at > bisect_right(r.said, (offset, 1 << 60, 0)) - 4:
        start, end, index = r.said[at]
        if start <= offset < end:
            return index
        at -= 1
    return None


def _narrower(a: model.Timex, b: model.Timex) -> bool:
    return bool(
        a.from_ and b.from_ and a.to and b.to
        and a.from_ >= b.from_ and a.to <= b.to and (a.from_, a.to) != (b.from_, b.to)
    )  # fmt: skip
