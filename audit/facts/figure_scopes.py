"""Of what a figure tells: of less than all, or of something else than it seems.

Less: an earlier event, a part, bodies, those in care. Else: who lives in a place, two firms taken
as one, what shares were traded at.
"""

from __future__ import annotations

import re

from audit import model
from audit.facts import tolls
from audit.facts.figure_kinds import PEOPLE, SHARE
from audit.tokens import Text

POPULATION = "population"
SEVERAL = "several"
TRADED = "traded"
_OF_IT = re.compile(r" of (?:them|those|these|whom|which)\b")  # "seven crates of them"
# "247 people in Verl and 10 in Lorn": neither is all.
_LISTED = re.compile(
    r"(?: [a-z]+){0,2} (?:in|at|on) (?:the )?[A-Z][\w' -]{1,40},? and (?:another |about )?"
    r"(?:\d[\d,]*|[a-z]+)(?: [a-z]+)? (?:in|at|on) (?:the )?[A-Z]"
)
# Those told in one number with others: "420 passengers and crew"; not "17 ships and their crew".
_WITH = re.compile(
    r" (?:and|or) (?:the |other )?(crew|staff|officers|personnel|passengers|officials"
    r"|child|wom[ae]n|men|civilian|teacher|student|worker|employee|guard|famil|relative)"
)
_PART = re.compile(
    r"\b(?:including|among (?:them|those|the \w+),?(?: were| are)?|of (?:them|whom))"
    r"(?: at least| about| some| the)?\s*$",
    re.IGNORECASE,
)
# Of the dead, these may be some: "six children", beside "24 people".
_AMONG = re.compile(
    r"\b(?:child|wom[ae]n|m[ae]n|boy|girl|bab(?:y|ie)|infant|civilian|foreigner|police(?:m[ae]n)?"
    r"|officer|soldier|troop|rebel|militant|insurgent|terrorist|extremist|jihadist|fighter|student|pupil"
    r"|teacher|journalist|tourist|firefighter|rescuer|[A-Z][a-z]+(?:an|i|ese))(?=s?\b|ren\b)"
)
_WHERE = re.compile(
    r"(?:[a-z ,]{0,24} )?(?:in|on|across|around|throughout|over|from) (?:the )?"
    r"((?:[A-Z]\w+ ){0,3}[A-Z]\w+|[a-z]+)"
)
# Those who live somewhere: "a town of 14,000 people", "800 people live in".
_PLACE_OF = re.compile(
    r"\b(?:(?:town|city|village|island|suburb|community|municipality|settlement|hamlet|parish"
    r"|province|region|country|nation|state) (?:of|has|had|counts)|population(?: of| is| was|,)?"
    r"|home (?:to|by))(?: \w+){0,2} ?$",
    re.IGNORECASE,
)
_LIVES = re.compile(r"(?: \w+)? (?:who )?(?:lives?|lived|living|resides?)\b")
_ALL = frozenset(f"count:{noun}" for noun in "person inhabitant resident citizen soul".split())
# What a share cost on an exchange, no offer: "closed at $36.05", "jumped 28% to $32.90".
_TRADED = re.compile(
    r"\b(?:clos(?:ed?|es|ing)|finish(?:ed|es|ing)?|end(?:ed|ing)|trad(?:ed|es|ing)|opened|settled"
    r"|rose|fell|soared|shot up|shot|jumped|leapt|leaped|hit"
    r"|dropped|slid|slipped|climbed|gained|surged|plunged|tumbled|eased|lost|shares? (?:was|were)"
    r"|changed hands|worth)\b[^.;]{0,45}\b(?:at|to|for|around|near) $"
)
_BEHIND = 90  # characters behind a number in which its several deeds may be told
_SHARES = 2_000.0  # what a share costs at most
# Two firms taken as one: "the combined company will have 40,000 staff".
_JOINT = re.compile(
    r"\b(?:combined|merged|enlarged|joined|joint|united|new) (?:company|group|firm|entity)\b"
    r"|\btogether,? (?:they|the (?:two|companies|firms))\b"
    r"|\bwith \w+,? the (?:group|company) will\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\bof (?:the|those|them|these|its|his|her|their)\b", re.IGNORECASE)


# Those of a firm's staff who work at one place: "1,900 people in Ohio", "the 640 staff at Lorn".
_STAFF = frozenset(f"count:{noun}" for noun in "employee worker staff staffer job".split())
_SITE = re.compile(
    r"(?: \w+){0,2} (?:in|at) (?:the |its )?(?:[a-z]+ (?:of|in) )?((?:[A-Z][\w-]+ ?){1,3})"
)
_REMANDED = re.compile(r"\b(?:remand\w*|charged|bailed|indicted|extradited)\b", re.IGNORECASE)
# What is asked for is not what is paid: "would want 450 pence", "unions demand 6 percent".
_ASKED = re.compile(
    r"\b(?:wants?|wanted|demand(?:s|ed|ing)?|seek(?:s|ing)?|sought|hop(?:es?|ed|ing) for|asking for"
    r"|asked for|holding out for)(?: (?!said|says)\w+){0,4} $",
    re.IGNORECASE,
)
# What several deeds came to: "14 rifles during the five operations".
_SEVERAL = re.compile(
    r"\b(?:during|in|over|across|from|after|by) (?:the |its |their |all |those |these |some ){0,2}"
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|various)"
    r" (?:[a-z-]+ )?(?:operations|raids|attacks|incidents|patrols|missions|seizures|arrests|cases"
    r"|strikes|searches|sweeps|robberies|burglaries|heists|crashes|accidents|wrecks|disasters"
    r"|shootings|bombings|blasts|explosions|fires|storms|deals|takeovers|acquisitions)\b"
)
_WITHOUT = re.compile(r" without\b")  # "five games without a win" are not all games


def _traded(text: Text, q: model.Quantity, begin: int) -> bool:
    """Whether a sum is what a share was traded at."""
    before = text.plain[max(begin, q.start - 90) : q.start]
    return q.value < _SHARES and _TRADED.search(before) is not None


def scope_of(
    text: Text, q: model.Quantity, what: str, begin: int, end: int, published: model.Published
) -> str:
    """The scope of a quantity in a sentence from ``begin`` to ``end``; "" where it tells of all."""
    if what not in PEOPLE:
        if what.startswith("money") and _traded(text, q, begin):
            return TRADED
        if (what == SHARE or what.startswith("money")) and _ASKED.search(
            text.plain[max(begin, q.start - 50) : q.start]
        ):
            return "asked"
        if _WITHOUT.match(text.plain, q.end):
            return "without"
        if _SEVERAL.search(text.plain, q.end, min(end, q.end + _BEHIND)):
            return SEVERAL
        if _OF_IT.match(text.plain[q.end : q.end + 12]):
            return "part"
        if what.startswith("count:") and _LIVES.match(text.plain, q.end):
            return POPULATION if what in _ALL else "some who live there"
        if what == "count:inhabitant":
            return POPULATION
        if what == "count:person" and _PLACE_OF.search(
            text.plain[max(begin, q.start - 40) : q.start]
        ):
            return POPULATION
        if _JOINT.search(text.plain, max(begin, q.start - 60), min(end, q.end + 30)):
            return "joint"
        site = _SITE.match(text.plain[q.end : q.end + 60]) if what in _STAFF else None
        if site:
            return f"in {site[1].strip().lower()}"
        others = _WITH.match(text.plain, q.end)
        return f"and {others[1]}" if others else ""
    if tolls.of_past(text, begin, q.start, published) or tolls.told_past_after(
        text, q.end, published
    ):
        # "170,000 in the province" and "230,000 across Asia" are a part and the whole.
        place = _WHERE.match(text.plain[q.end : q.end + 80])
        return f"past {place[1].lower() if place else ''}"
    if what == "magnitude":
        return "series" if tolls.of_series(text, (begin, end), (q.start, q.end)) else ""
    if tolls.of_things(q):
        return "things"
    if what == "injured" and tolls.of_worst(text, q):
        return "worst"
    if what == "arrested" and _REMANDED.search(
        text.plain, max(begin, q.start - 30), min(end, q.end + 25)
    ):
        return "charged"
    if _PART.search(text.plain[max(begin, q.start - 24) : q.start]) or _OF_THEM.search(q.text):
        return "part"
    if _LISTED.match(text.plain, q.end):
        return "part"
    told = tolls.part_told(text, q, begin)
    if told:
        return told
    some = _AMONG.search(q.text)
    return some[0].lower() if some else ""
