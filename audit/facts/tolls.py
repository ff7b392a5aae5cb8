"""The counts a report gives of its main event: killed, injured, missing, arrested, magnitude.

A report on an earthquake also tells the tolls of earlier ones, and of parts of this one. What is
compared across reports is the total of the main event: background is told by its own older date,
its own cause (a tsunami in a report on a quake) or its place in the text. Long, for what makes a
count a part, the worst or no total is asked of one clause, here and in figures.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from audit import model
from audit.facts.calendar import MONTH, MONTHS
from audit.facts.claim_words import CAUSES, TOLLS
from audit.facts.events import meet
from audit.facts.statement import Statement
from audit.tokens import Text

ONGOING = ("outbreak", "protest")  # what goes on for months has no total of one day
QUAKE = 0.6  # between two magnitudes told of one quake, at most
_PAST = re.compile(
    r"\b(?:last|previous|earlier (?:this|that)|same) (?:year|month|week|decade|century)"
    r"|\b(?:years?|months?|weeks|decades?) (?:ago|earlier|before)"
    r"|\b(?:in|of|since|during|the|early|late) (?:[A-Z][a-z]+\.? (?:\d{1,2}, )?)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LATE = re.compile(r"(?:last|previous|earlier this) (?:week|month)", re.IGNORECASE)
_OPENS = 0.3  # of a text: what is told there, it is about
_YEAR_AFTER = re.compile(
    r"[^.;:,\n\d]{0,60}?\bin (?:the )?(?:[A-Z][a-z]+\.? (?:of )?)?((?:19|20)\d\d)\b"
)
_IN_MONTH = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Ll]ast) (?:early |late |mid-)?"
    rf"({'|'.join(month.title() for month in MONTHS)})\b(?! \d)"
)
_OVER = 10  # day of a month from which the one before it is past
_TOTAL = re.compile(r"\b(?:toll|total|altogether|in all|bring(?:s|ing)|ris(?:en|es|ing)|rose)\b")
_PART = re.compile(
    r"\b(?:of (?:the|them|those|whom)|among|including|when a|in one|another|more)\b", re.IGNORECASE
)
# Those hurt worst are a part of those hurt.
_WORST = re.compile(r"\b(?:seriously|critically|severely|gravely|badly|critical|serious)\b", re.I)
_WORSE = re.compile(r"\b(?:seriously|critically|severely|gravely|badly) \w+ $", re.IGNORECASE)
# Whoever did it is counted in, or told to be left out: another report may do otherwise.
_WITH_HIM = re.compile(
    r"[^.;\n]{0,40},? (?:(?:not )?(?:including|counting)|among them|besides|plus|in addition to)"
    r" (?:himself|herself|themselves|(?:the|its|one) (?:suicide )?(?:gunm[ae]n|shooters?|attackers?"
    r"|assailants?|bombers?|killers?|suspects?|perpetrators?|hijackers?))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|(?: - \w+){4}|/ ?\w+ ?/|\w_\w")
# What is captured or lost with people; and quakes told together, of which none is the main one.
_OBJECTS = re.compile(
    r"\b(?:boats?|ships?|vessels?|skiffs?|planes?|aircraft|jets?|cars?|trucks?|tanks?|guns?|rifles?"
    r"|weapons?|towns?|villages?|cities|houses|homes|buildings?|animals?|birds?|dogs?)\b",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:quakes|earthquakes|tremors|series|aftershocks?|one of (?:the|several)"
    r"|one \d[\d. ]*-? ?magnitude)\b",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(r"\bof whom\b", re.IGNORECASE)
_OF_THE = re.compile(r"\bof (?:the|them|those|these)\b", re.IGNORECASE)
# Bodies that were found, or seen at one place; those some hospital has; those that are named as a
# part: "three of whom", "were among the dead", "the dead include five firemen".
_BODIES = re.compile(r"\b(?:bod(?:y|ies)|corpses?|coffins?|graves?|remains|names)\b", re.IGNORECASE)
_CARE = re.compile(
    r"\b(?:patients?|treat(?:ed|ing|s)?|hospitals?|clinics?|wards?|surger(?:y|ies)|operat\w+"
    r"|admitted|discharged|flown|airlifted|went home|gone home)\b",
    re.IGNORECASE,
)
_NAMED_PART = re.compile(
    r"\b(?:among (?:the|those|them|whom)(?: \w+){0,3}|includ(?:e[sd]?|ing)"
    r"|of (?:them|those|whom|these|the (?:dead|deceased|victims|fatalities|casualties|killed"
    r"|injured|wounded|bodies|missing|arrested|detained))),?"
    r"(?: at least| about| some| the)?\s*$",
    re.IGNORECASE,
)
# Another place's share, after the first: "five died in Orm, two in Vell".
_SHARE = re.compile(r"(?:,|;| and)(?: at least| about| some)? $")
_THERE = re.compile(r" (?:in|at|near|on) (?:the \w+ of )?[A-Z]")
# "The dead were two men", but not "the dead were 22".
_LISTED = re.compile(
    r"\b(?:dead|victims|killed|injured|wounded|detained) (?:were|are) $", re.IGNORECASE
)
_AMONG_THEM = re.compile(
    r" ?(?:of (?:them|whom|those|these|the (?:dead|deceased|victims|fatalities|casualties|killed"
    r"|injured|wounded|bodies|missing|arrested|detained))\b"
    r"|[\w ,]{0,40}\b(?:were|are|was|is) (?:among|children|women|men|foreigners)\b"
    r"|[\w ]{0,40}\b(?:been|were|was|are) (?:\w+ly |so far )?(?:identified|named|buried)\b)",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:first|last|next|final|latest|remaining) $", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|several|many|few)\b", re.I)


@dataclass(frozen=True)
class Toll:
    """A count of the main event, with the claim it stands in."""

    statement: Statement
    value: model.Quantity
    total: bool


def tolls(text: Text, statements: list[Statement], published: model.Published) -> list[Toll]:
    """The counts of the document's main event, totals marked, in order of the text."""
    main = cause(statements)
    chosen: dict[tuple[str, int], Statement] = {}
    for one in statements:
        value = one.claim.value
        if value is None or value.slot not in TOLLS or _background(text, one, published, main):
            continue
        key = (value.slot, value.start)
        best = chosen.get(key)
        if best is None or _rank(one) < _rank(best):
            chosen[key] = one
    found: list[Toll] = []
    for slot in sorted({slot for slot, _ in chosen}):
        of = [chosen[key] for key in sorted(chosen) if key[0] == slot]
        exact = [
            s
            for s in of
            if s.claim.value
            and not _VAGUE.search(s.claim.value.text)
            and not (slot == "injured" and of_worst(text, s.claim.value))
            and not of_things(s.claim.value)
            and not _OF_THE.search(s.claim.value.text)
            and not _SOME.search(text.plain[max(0, s.claim.value.start - 16) : s.claim.value.start])
            and not with_whoever_did_it(text, s.claim.value)
            and not part_told(text, s.claim.value, s.sentence[0])
            and not (slot == "magnitude" and of_series(text, s.sentence))
        ]
        whole = _total(text, exact, slot)
        for one in exact:
            value = one.claim.value
            if value is not None:
                found.append(Toll(one, value, whole is not None and _whole(value, whole)))
    return sorted(found, key=lambda t: t.value.start)


def of_series(text: Text, sentence: tuple[int, int], number: tuple[int, int] | None = None) -> bool:
    """Whether a sentence tells of several quakes together, of which none is the main one; "the
    quake, put at 6.5, had 86 aftershocks" does not, where ``number`` says which is meant."""
    told = [m[0].lower() for m in _SERIES.finditer(text.plain, *sentence)]
    if number is None or not told or not all(word.startswith("aftershock") for word in told):
        return bool(told)
    beside = text.plain[max(sentence[0], number[0] - 25) : min(sentence[1], number[1] + 20)]
    return "aftershock" in beside.lower()


def of_things(value: model.Quantity) -> bool:
    """Whether a count is of things that are captured or lost as people are."""
    return _OBJECTS.search(value.text) is not None


def with_whoever_did_it(text: Text, value: model.Quantity) -> bool:
    """Whether a count says that whoever did it is among those counted, or is not."""
    return _WITH_HIM.match(text.plain[value.end : value.end + 100]) is not None


def part_told(text: Text, value: model.Quantity, start: int) -> str:
    """What part of a toll a count is by the words round it, in a sentence from ``start`` on: bodies
    seen or found, those in care, those told as some of all; "" where nothing tells one."""
    if value.slot == "killed" and _BODIES.search(value.text):
        return "bodies"
    before = text.plain[max(start, value.start - 60) : value.start]
    after = text.plain[value.end : value.end + 60].partition(".")[0]
    alone = " " not in value.text
    if alone and _SHARE.search(before) and _THERE.match(text.plain[value.end : value.end + 40]):
        return "part"
    if not alone and _LISTED.search(before):
        return "part"
    if _NAMED_PART.search(before) or _AMONG_THEM.match(after) or _OF_WHOM.search(value.text):
        return "part"
    if value.slot == "injured":
        near = before[-24:].rpartition(",")[2] + value.text + after[:40].partition(",")[0]
        if _CARE.search(near):
            return "care"
    return ""


def of_worst(text: Text, value: model.Quantity) -> bool:
    """Whether a count is of the seriously injured only."""
    if _WORSE.search(text.plain[max(0, value.start - 24) : value.start]):
        return True
    before = text.plain[max(0, value.start - 12) : value.start]
    return _WORST.search(before + text.plain[value.start : value.end + 20]) is not None


def _whole(value: model.Quantity, whole: float) -> bool:
    """Whether a count is the total: the same number, or "more than 200" where it is 249."""
    low = value.value
    return low == whole or (value.bound == "at_least" and 0.5 * whole <= low < whole)


def cause(statements: list[Statement]) -> str | None:
    """The class of the document's main event: the cause it names most, the first on a tie."""
    counts: dict[str, int] = {}
    for one in statements:
        if one.claim.event in CAUSES:
            counts[one.claim.event] = counts.get(one.claim.event, 0) + 1
    return max(counts, key=lambda k: counts[k]) if counts else None


def one_event(left: str | None, right: str | None) -> bool:
    """Whether the main events of two reports of one story are one: their causes do not differ."""
    return left is None or right is None or left == right


def comparable(a: Toll, b: Toll, most: float) -> bool:
    """Whether two totals of one slot can be of one thing: magnitudes far apart are two quakes,
    counts more than ``most`` times apart are of a part and a whole, and places must not differ."""
    if a.value.slot != b.value.slot or not (a.total and b.total):
        return False
    low, high = sorted((a.value.value, b.value.value))
    if high > most * max(low, 1):
        return False
    if a.value.slot == "magnitude" and abs(a.value.value - b.value.value) > QUAKE:
        return False
    one, two = a.statement, b.statement
    return not (one.place and two.place and not meet(one.place | one.context, two.place))


def _rank(one: Statement) -> tuple[bool, int]:
    value = one.claim.value
    own = value is not None and one.claim.event == TOLLS.get(value.slot)
    return (not own, one.claim.end - one.claim.start)


def _total(text: Text, of: list[Statement], slot: str) -> float | None:
    """The first count; or a later, higher one that is called a total or stands early."""
    if not of:
        return None
    whole = of[0].claim.value.value  # type: ignore[union-attr]
    if slot == "magnitude":
        return whole
    for one in of[1:]:
        value = one.claim.value
        if value is None or value.value <= whole or value.value > 40 * max(whole, 1):
            continue
        start, end = one.sentence
        sentence = text.plain[start:end]
        early = start < 0.4 * len(text.plain)
        if _TOTAL.search(sentence) or (early and not _PART.search(sentence)):
            whole = value.value
    return whole


def _background(text: Text, one: Statement, published: model.Published, main: str | None) -> bool:
    value = one.claim.value
    if value is None or one.claim.status not in ("asserted", "planned"):
        return True
    start, _ = one.sentence
    if _ADDRESS.search(text.plain[max(start, value.start - 24) : value.end + 24]):
        return True
    before = text.plain[start : value.start]
    when = one.claim.date
    if when is not None and when.to and published.from_ and _days(published.from_, when.to) > 10:
        return True
    if of_past(text, start, value.start, published):
        return True
    direct = re.search(r"(\w+) (?:that|which|and) (?:killed|left|injured|wounded)\s*$", before)
    own = _own_cause(one) or (_CLASS.get(direct.group(1).lower()) if direct else None)
    return own is not None and main is not None and own != main


def told_past_after(text: Text, at: int, published: model.Published) -> bool:
    """Whether the words after a count, which ends at ``at``, date it in a year before the text's:
    "26 people died in Verl in 2014"."""
    year = _YEAR_AFTER.match(text.plain, at, at + 80)
    return bool(year and published.from_ and year[1] < published.from_[:4])


def of_past(text: Text, start: int, at: int, published: model.Published) -> bool:
    """Whether a count at ``at``, in a sentence from ``start`` on, is told of an earlier event."""
    before = text.plain[start:at]
    if _told_before(text, start, at, before, published):
        return True
    if _months_ago(before[-110:], published):
        return True
    past = _PAST.search(before[-110:])
    if past is None or (past["year"] and past["year"] == (published.from_ or "")[:4]):
        return False
    # A report that opens with last week's quake goes on about it.
    return not (at < _OPENS * len(text.plain) and _LATE.fullmatch(past[0]))


def _months_ago(before: str, published: model.Published) -> bool:
    """Whether a count is told of a month that was over when the text appeared: "in April", "since
    January" in a text of June."""
    told = _IN_MONTH.search(before)
    if told is None or not published.from_ or published.from_ != published.to:
        return False
    ago = (int(published.from_[5:7]) - MONTH[told[1].lower()]) % 12
    return ago > 1 or (ago == 1 and int(published.from_[8:10]) > _OVER)


def _told_before(text: Text, start: int, at: int, before: str, published: model.Published) -> bool:
    """Whether a sentence goes on about what the one before dates in the past: "In April last year
    a quake struck. Five people died": deep in the text, with no day of its own."""
    if start < _OPENS * len(text.plain) or start < 2 or _FRESH.search(before):
        return False
    if _FRESH.search(text.plain[at : at + _GOES_ON].partition(".")[0]):
        return False  # "five people have now been killed"
    first, end = text.sentence_at(start - 2)
    if first > 1 and not text.plain[first].isupper():  # cut in a number: "an 8. 6 quake"
        first, _ = text.sentence_at(first - 2)
    if "\n\n" in text.plain[first:start].strip():
        return False
    past = _PAST.search(text.plain[first:end])
    if past is None:
        return False
    return not (past["year"] and past["year"] == (published.from_ or "")[:4])


_GOES_ON = 30  # characters from a count on that may tell that it is of today
_FRESH = re.compile(
    r"\b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:week|time)|now|latest"
    r"|so far)\b",
    re.IGNORECASE,
)
_CLASS = {"tsunami": "flood", "quake": "earthquake", "earthquake": "earthquake", "storm": "storm"}


def _own_cause(one: Statement) -> str | None:
    return one.claim.event if one.claim.event in CAUSES else None


def _days(later: str, earlier: str) -> int:
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return 0


def apart(a: model.Published, b: model.Published) -> int | None:
    """Days between two publications, None where either is not known."""
    if not (a.from_ and a.to and b.from_ and b.to):
        return None
    return max(0, _days(a.from_, b.to), _days(b.from_, a.to))
