"""Of whom a number tells: whose age it is, who lives there, who has what is counted.

"Roy Amber, 47", "driver Roy Amber (47)", "the 47-year-old driver", "the driver, a man of 47": who
is known by name or, where a text tells of one such person only, by what that person is. "Lorn, a
town of 8,000", "the town of 8,000" are Lorn's; "Tarn has 640 staff", "Tarn's 12 percent of the
market" Tarn's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from audit import model
from audit.facts.figure_kinds import AGE, SHARE
from audit.facts.figure_scopes import POPULATION
from audit.facts.names import Name
from audit.facts.role_words import ROLES
from audit.tokens import Text

REACH = 60  # characters on either side of an age
# Between a person and an age that follows: "Roy Amber, 47", "Roy Amber, who was 47", "is a".
_AFTER_WHOM = re.compile(
    r"(?: \([^()\d]{1,30}\))?(?:,| \(| of| is| was|, who (?:is|was)| -+| \N{EN DASH}) ?"
    r"(?:now |only |just |at |an? |the )?(?:(?:man|woman|boy|girl) of )?$"
)
# And where it comes first: "47-year-old (former bus) driver Roy Amber".
_BEFORE_WHOM = re.compile(
    r"\)?,? ?((?:(?!(?:and|or|when|whose|with|from|in|of|at|for|by|\w+ed) )[a-z][a-z-]* ){0,2})"
)
_ROLE_BEFORE = re.compile(r"([A-Za-z-]+)$")
_WORD = re.compile(r"[a-z-]{1,20}")
_TITLE = re.compile(r"([A-Za-z-]+),? $")
_THEN = re.compile(
    r"\b(?:when|then|as|at|since|before|after|being|became|turned) "
    r"(?:he |she |they |just |only |a |an |the |was |were )*$",
    re.IGNORECASE,
)


# What a place before it tells of: "a 61-year-old Vancouver man".
_SORT = re.compile(r" (?:wo)?m[ae]n\b| (?:resident|native|boy|girl|mother|father|teenager)\b")
_ADDRESS = frozenset("mr mrs ms miss dr sir dame lord lady rev prof madame".split())
_AFTER_NAMES = frozenset("jr sr ii iii iv".split())


def whose(text: Text, q: model.Quantity, names: list[Name]) -> list[str]:
    """The keys of the person whose age a quantity is, "" being nobody: names in small letters, and
    roles as "the driver"."""
    plain = text.plain
    low, high = max(0, q.start - REACH), q.end + REACH
    head = plain[low : q.start]
    if _THEN.search(head):
        return []
    people = [n for n in names if n.kind == "name" and low - REACH <= n.start <= high]
    ahead = _ahead(plain, q, people)
    if ahead and q.text.endswith(("old", "olds")):  # "Zara, 13-year-old Tom": Tom's
        return sorted(ahead)
    found: set[str] = set()
    before = _AFTER_WHOM.search(head)
    if before:
        at = low + before.start()
        for name in people:
            if name.end == at:
                found |= _named(plain, name)
        role = _ROLE_BEFORE.search(plain[low:at])
        if role and role[1].lower() in ROLES:
            found.add(f"the {role[1].lower()}")
    return sorted(found or ahead)


def _ahead(plain: str, q: model.Quantity, people: list[Name]) -> set[str]:
    """The keys of the person told of behind an age."""
    after = _BEFORE_WHOM.match(plain[q.end : q.end + REACH])
    if not after:
        return set()
    at = q.end + after.end()
    found = {f"the {word}" for word in after[1].split() if word in ROLES}
    for name in people:
        if name.start == at and not _SORT.match(plain, name.end):  # "Vancouver man"
            found |= _named(plain, name)
    following = _WORD.match(plain, at)
    if following and following[0] in ROLES:
        found.add(f"the {following[0]}")
    return found


def _named(plain: str, name: Name) -> set[str]:
    """The keys of a named person: the name, and what stands before it ("driver Roy Amber")."""
    title = _TITLE.search(plain[max(0, name.start - 20) : name.start])
    keys = {_bare(name.name)}
    words = name.text.split()
    for word in ([title[1]] if title else []) + words[:1]:
        if word.lower() in ROLES:
            keys.add(f"the {word.lower()}")
    return keys


def known(told: list[tuple[float, list[str]]]) -> list[list[str]]:
    """The keys of each age of a text (how old, whose) without the roles that two of them have: of
    two drivers neither is known as the driver."""
    of: dict[str, set[float]] = {}
    for age, keys in told:
        for key in keys:
            of.setdefault(key, set()).add(age)
    return [
        [k for k in keys if not (k.startswith("the ") and len(of[k]) > 1)] for _, keys in told
    ]


def named(keys: list[str]) -> bool:
    """Whether a person is known by name."""
    return any(not key.startswith("the ") for key in keys)


def one_person(one: list[str], two: list[str]) -> bool | None:
    """Whether two numbers tell of one person, place or firm, named or by what both are; None where
    that cannot be told."""
    if not one or not two:
        return None
    left, right = ([k for k in keys if not k.startswith("the ")] for keys in (one, two))
    if named(one) and named(two):
        return any(_same(a, b) for a in left for b in right)
    return True if set(one) & set(two) else None


@lru_cache(maxsize=1 << 12)
def _same(a: str, b: str) -> bool:
    """Whether two names may be one person's: the last words are one, and another, if both have
    more."""
    one, two = a.split(), b.split()
    if one[-1] != two[-1]:
        return _initials(one, two) or _initials(two, one)
    return len(one) == 1 or len(two) == 1 or not set(one[:-1]).isdisjoint(two[:-1])


def _initials(short: list[str], long: list[str]) -> bool:
    """Whether one word is the first letters of others: "hp", "hewlett packard"."""
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def _bare(name: str) -> str:
    """A name in small letters, without accents, titles of address and roles before it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = plain.lower().replace("-", " ").split()
    while len(words) > 1 and (words[0].rstrip(".") in _ADDRESS or words[0] in ROLES):
        words = words[1:]
    if len(words) > 1 and words[-1].rstrip(".") in _AFTER_NAMES:
        words = words[:-1]
    return " ".join(words)



# What somebody has: "IBM had 7.2%", "Voss, accused of having two wives", "EDS, with 137,000 staff".
_HAS = re.compile(
    r"(?:,? (?:which |who |that |already |now |still |currently |also |alone |is |was |accused of "
    r"|alleged(?:ly)? (?:to )?|said to |believed to |reported to ){0,3}"
    r"(?:has|have|had|having|holds?|held|controls?|controlled|commands?|employs?|employed|employing"
    r"|owns?|owned|operates?|runs|won|took|got|polled|received|secured|with)|'s) "
    r"(?:(?:at least|more than|over|about|around|some|roughly|nearly|almost|only|just|an?|the"
    r"|estimated|total|of|global|worldwide|current|own|up|to) ){0,4}$"
)


def owner(text: Text, q: model.Quantity, names: list[Name], begin: int) -> list[str]:
    """The keys of who has what is counted, as the sentence from ``begin`` has it; none where it
    does not say."""
    low = max(begin, q.start - REACH)
    head = text.plain[low : q.start]
    told = _HAS.search(head)
    if not told:
        return []
    at = low + told.start()
    who = [n for n in names if n.end == at and n.kind != "code"]
    return sorted({_bare(told) for n in who for told in (n.name, n.text)})


_PLACES = (
    "city|town|village|community|island|province|district|region|suburb|settlement|commune|camp"
)
_PLACE = re.compile(rf"\b({_PLACES}|capital)\b")
_THE_PLACE = re.compile(rf"\b[Tt]h(?:e|is) (?:[a-z-]+ )?({_PLACES}|capital)\b[^.;]{{0,40}}$")
_DWELL = re.compile(r"[^.;]{0,20}\b(?:of|in|on) (?:the )?(?:[a-z]+ ){0,4}")
FAR = 100  # characters between a place and the number of those who live there


def place(text: Text, q: model.Quantity, names: list[Name], begin: int, end: int) -> list[str]:
    """The keys of the place whose inhabitants a quantity counts: the one named beside it, or, where
    that is "the city", the one that the text calls so."""
    plain = text.plain
    near = [n for n in names if begin <= n.start < end and n.kind != "code"]
    the = _THE_PLACE.search(plain, max(begin, q.start - FAR), q.start)
    if the:
        return _called(plain, the[1], names)
    behind = [n for n in near if n.start >= q.end and _DWELL.fullmatch(plain[q.end : n.start])]
    if behind:
        kind = _PLACE.search(plain, q.end, behind[0].start)
        return _called(plain, kind[1], names) if kind else [_bare(behind[0].name)]
    before = [n for n in near if n.end <= q.start and q.start - n.end <= FAR]
    if before and _PLACED.search(plain[before[-1].end : q.start]):
        return [_bare(before[-1].name)]
    return []


# Between a place and how many live there: "Lorn, a town of", "Lorn, population", "Lorn has".
_PLACED = re.compile(rf"\b(?:{_PLACES}|capital|population|home|has|had|counts|where)\b|^ ?[,(]|with")


def _called(plain: str, kind: str, names: list[Name]) -> list[str]:
    """The key of the place that a text calls a city, a town: what it does so most often."""
    before = re.compile(rf"\b(?:{kind}|capital) (?:of )?$")
    behind = re.compile(rf"(?:, (?:an?|the|its) (?:[a-z-]+ ){{0,3}}| )(?:{kind}|capital)\b")
    told = Counter(
        _bare(n.name)
        for n in names
        if n.kind != "code"
        and (
            before.search(plain[max(0, n.start - 24) : n.start])
            or behind.match(plain[n.end : n.end + 40])
        )
    )
    return [key for key, _ in told.most_common(1)]


_SHARE_OF = re.compile(r"\b(?:(market|share)|(votes?|ballots?|poll)|(stake|shares|stock))\b")


# "the $550 billion services market", "the market for IT services in 2007 at $748 billion".
_MARKET_AFTER = re.compile(r"(?:-a-year| a year)?,? ((?:[A-Za-z-]+ ){1,4})(?:market|industry|sector)\b")
_MARKET_BEFORE = re.compile(
    r"\b(?:market|industry|sector) (?:for|in|of) ((?:[A-Za-z-]+ ){1,4}?)(?:in \d{4} |is |was )?"
    r"(?:at|to be|worth|valued at|of|put at|estimated at|reached) "
    r"(?:about |around |some |nearly |over |more than )?$"
)


def market(text: Text, q: model.Quantity, begin: int, end: int) -> list[str]:
    """The key of the market whose size a sum is, none where it is another's."""
    told = _MARKET_AFTER.match(text.plain, q.end, end) or _MARKET_BEFORE.search(
        text.plain, max(begin, q.start - FAR), q.start
    )
    return [_bare(f"{told[1].replace('-', ' ').strip()} market")] if told else []


def whom(
    text: Text, q: model.Quantity, what: str, names: list[Name], room: tuple[int, int], scope: str
) -> list[str]:
    """The keys of those of whom a figure tells: whose age it is, who lives there, who has it. None
    where it does not say. ``room``: its sentence; ``what`` and ``scope``: as figures have them."""
    begin, end = room
    if what == AGE:
        return whose(text, q, names)
    if scope == POPULATION:
        return place(text, q, names, begin, end)
    if what == "money":
        return market(text, q, begin, end)
    if what == SHARE:
        told = _SHARE_OF.search(text.plain, q.end, min(end, q.end + REACH))
        kind = ("market", "vote", "stake")[told.lastindex - 1] if told and told.lastindex else ""
        return [f"{who} {kind}" for who in owner(text, q, names, begin)] if kind else []
    return owner(text, q, names, begin) if what.startswith("count:") else []
