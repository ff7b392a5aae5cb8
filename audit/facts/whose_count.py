"""Of whom a count or a sum tells: who has what is counted, where so many live, whose market it is.

"Tarn has 640 staff", "Tarn's 12 percent of the market" are Tarn's; "Lorn, a town of 8,000" and "the
town of 8,000" Lorn's; "the $550 billion services market" is the market's.
"""

from __future__ import annotations

import re
from collections import Counter

from audit import model
from audit.facts.name_keys import bare
from audit.facts.names import Name, within
from audit.tokens import Text

REACH = 60  # characters between an owner and what is counted
FAR = 100  # characters between a place and the number of those who live there
_PLACES = (
    "city|town|village|community|island|province|district|region|suburb|settlement|commune|camp"
)
_PLACE = re.compile(rf"\b({_PLACES}|capital)\b")
_THE_PLACE = re.compile(rf"\b[Tt]h(?:e|is) (?:[a-z-]+ )?({_PLACES}|capital)\b[^.;]{{0,40}}$")
_DWELL = re.compile(r"[^.;]{0,20}\b(?:of|in|on) (?:the )?(?:[a-z]+ ){0,4}")
# Between a place and how many live there: "Lorn, a town of", "Lorn, population", "Lorn has".
_PLACED = re.compile(
    rf"\b(?:{_PLACES}|capital|population|home|has|had|counts|where)\b|^ ?[,(]|with"
)
# As many as lived there then.
_THEN = re.compile(
    r"\b(?:\d{4} census|census of|in (?:19|20)\d\d|years ago|before (?:the|it)|once|formerly)\b"
)
_DISTRICT = re.compile(
    r" (district|county|province|region|state|valley|area|municipality"
    r"|and its (?:suburbs|surroundings|outskirts|environs))\b"
)
_GREATER = re.compile(r"\b(?:[Gg]reater|[Mm]etropolitan) $")
# What somebody has: "IBM had 7.2%", "Voss, accused of having two wives", "EDS, with 137,000 staff".
_HAS = re.compile(
    r"(?:,? (?:which |who |that |already |now |still |currently |also |alone |is |was |accused of "
    r"|alleged(?:ly)? (?:to )?|said to |believed to |reported to ){0,3}"
    r"(?:has|have|had|having|holds?|held|controls?|controlled|commands?|employs?|employed|employing"
    r"|owns?|owned|operates?|runs|won|took|got|polled|received|secured|with)|'s) "
    r"(?:(?:at least|more than|over|about|around|some|roughly|nearly|almost|only|just|an?|the"
    r"|estimated|total|of|global|worldwide|current|own|up|to) ){0,4}$"
)
# Of what a percentage is a share.
_SHARE_OF = re.compile(
    r"(?:of the ((?:[a-z-]{1,20} ){1,2}))?"
    r"\b(?:(market|share)|(votes?|ballots?|poll)|(stake|shares|stock))\b(?: for ([a-z-]{1,20}))?"
)
_SHARES = ("market", "vote", "stake")
# "the $550 billion services market", "the market for IT services in 2007 at $748 billion".
_MARKET_AFTER = re.compile(
    r"(?:-a-year| a year)?,? ((?:[A-Za-z-]{1,30} ){1,4})(?:market|industry|sector)\b"
)
_MARKET_BEFORE = re.compile(
    r"\b(?:market|industry|sector) (?:for|in|of) ((?:[A-Za-z-]{1,30} ){1,4}?)"
    r"(?:in \d{4} |is |was )?"
    r"(?:at|to be|worth|valued at|of|put at|estimated at|reached) "
    r"(?:about |around |some |nearly |over |more than )?$"
)


# What makes another number of it: of then, of some, of elsewhere.
_ASIDE = re.compile(
    r"\b(?:years? ago|months? ago|before|earlier|formerly|once|at (?:its|their) peak"
    r"|last (?:year|month|week|season|time|election)|this (?:year|season|month)|previous\w*"
    r"|abroad|overseas|elsewhere|worldwide|globally|nationwide|across|around the (?:world|country)"
    r"|for (?:the|his|her) (?:club|country|team)|as captain|career|exit poll|old parliament"
    r"|(?:upper|lower) house|counted|[Ii]n (?:[A-Z]\w+|all)|out of|since|until|by \d{4})\b"
)
_BEHIND = 70  # characters behind a number in which that may stand


def owner(text: Text, q: model.Quantity, names: list[Name], begin: int, end: int) -> list[str]:
    """The keys of who has what is counted, as the sentence from ``begin`` to ``end`` has it; none
    where it does not say, or tells of another time, place or part."""
    low = max(begin, q.start - REACH)
    head = text.plain[low : q.start]
    told = _HAS.search(head)
    if not told or _ASIDE.search(text.plain, max(begin, low - REACH), min(end, q.end + _BEHIND)):
        return []
    at = low + told.start()
    who = [n for n in within(names, low - REACH, q.start) if n.end == at and n.kind != "code"]
    return sorted({bare(told) for n in who for told in (n.name, n.text)} - {""})


def share(text: Text, q: model.Quantity, names: list[Name], begin: int, end: int) -> list[str]:
    """The keys of whose share of what a percentage is: of a market, a vote, a firm."""
    told = _SHARE_OF.search(text.plain, q.end, min(end, q.end + REACH))
    if not told:
        return []
    of = next(name for name, part in zip(_SHARES, told.group(2, 3, 4), strict=True) if part)
    sort = (told[1] or "").split()[-1:] or (told[5] or "").split()[-1:]
    of = " ".join((*sort, of)) if of == "market" else of  # "of the wire market"
    return [f"{who}|{of}" for who in owner(text, q, names, begin, end)]


def place(text: Text, q: model.Quantity, names: list[Name], begin: int, end: int) -> list[str]:
    """The keys of the place whose inhabitants a quantity counts: the one named beside it, or, where
    that is "the city", the one that the text calls so."""
    plain = text.plain
    begin, end = max(begin, q.start - FAR), min(end, q.end + FAR)
    if _THEN.search(plain, begin, end):
        return []
    near = [n for n in within(names, begin, end) if n.kind != "code"]
    the = _THE_PLACE.search(plain, begin, q.start)
    if the:
        return _called(plain, the[1], names)
    behind = [n for n in near if n.start >= q.end and _DWELL.fullmatch(plain[q.end : n.start])]
    if behind:
        kind = _PLACE.search(plain, q.end, behind[0].start)
        return _called(plain, kind[1], names) if kind else _place_key(plain, behind[0])
    before = [n for n in near if n.end <= q.start]
    if before and _PLACED.search(plain[before[-1].end : q.start]):
        return _place_key(plain, before[-1])
    return []


def _place_key(plain: str, name: Name) -> list[str]:
    """The key of a place; a district, and what is greater than a town, is another place."""
    key = bare(name.name)
    after = _DISTRICT.match(plain, name.end)
    greater = _GREATER.search(plain, max(0, name.start - 14), name.start)
    part = after[1] if after else "greater" if greater else ""
    return [f"{key}|{part}" if part else key] if key else []


def _called(plain: str, kind: str, names: list[Name]) -> list[str]:
    """The key of the place that a text calls a city, a town: what it does so most often."""
    before = re.compile(rf"\b(?:{kind}|capital) (?:of )?$")
    behind = re.compile(rf"(?:, (?:an?|the|its) (?:[a-z-]+ ){{0,3}}| )(?:{kind}|capital)\b")
    told = Counter(
        bare(n.name)
        for n in names
        if n.kind != "code"
        and bare(n.name)
        and (
            before.search(plain[max(0, n.start - 24) : n.start])
            or behind.match(plain[n.end : n.end + 40])
        )
    )
    return [key for key, _ in told.most_common(1)]


def market(text: Text, q: model.Quantity, begin: int, end: int) -> list[str]:
    """The key of the market whose size a sum is, none where it is another's."""
    told = _MARKET_AFTER.match(text.plain, q.end, end) or _MARKET_BEFORE.search(
        text.plain, max(begin, q.start - FAR), q.start
    )
    return [f"{bare(told[1].replace('-', ' ').split()[-1])}|size of market"] if told else []
