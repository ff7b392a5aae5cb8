"""Memberships as claims: what a text says somebody is, or is not, a member of.

"NATO member Velmark" against "Velmark, which is not a member of NATO". Only text against text:
nothing here knows who is a member of what.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from operator import attrgetter

from audit import model
from audit.facts.names import Name, aliases
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text

EVENT = "membership"
IN, OUT = "member", "no member"
_N = r"(?!Non-)[A-Z][\w.&'-]*(?: (?:of |of the |and )?[A-Z][\w.&'-]*){0,3}"
_WHO = rf"(?<!\bof )(?<!\bin )(?<!\bfrom )(?P<who>{_N})"  # "Ek of Velmark, a member" is Ek
_ORG = rf"(?P<org>{_N})"
_KIND = r"(?:member|member[ -](?:state|country|nation))"
_IS = r"(?:,? (?:which |who )?(?:is|has been)|,)"
_HALF = r"associate|observer|honorary|partner|prospective|potential|junior|non|future|possible"
_FULL = rf"(?:also |itself |already )?(?:an?|the|one of the) (?:(?!{_HALF})[a-z][a-z-]* ){{0,3}}?"
_SAID = tuple(
    (re.compile(pattern), status)
    for pattern, status in (
        (rf"(?<![Nn]on-)(?<![Nn]on )\b{_ORG} {_KIND}s? {_WHO}", IN),
        (rf"\b{_WHO}{_IS} {_FULL}{_ORG} {_KIND}s?\b", IN),
        (rf"\b{_WHO}{_IS} {_FULL}{_KIND}s? of (?:the )?{_ORG}", IN),
        (rf"\b{_WHO} belongs to (?:the )?{_ORG}", IN),
        (rf"\b{_WHO} (?:does not|doesn't) belong to (?:the )?{_ORG}", OUT),
        (rf"\b[Nn]on-{_ORG} {_KIND}s? {_WHO}", OUT),
        (rf"\b{_WHO}{_IS} an? non-{_ORG} {_KIND}\b", OUT),
        (rf"\b{_WHO}(?:{_IS} not| isn't) an? {_ORG} {_KIND}\b", OUT),
        (rf"\b{_WHO}(?:{_IS} not| isn't) an? {_KIND} of (?:the )?{_ORG}", OUT),
    )
)
# In the sentence: what was, will be, might be or is wanted decides nothing.
_OTHER = frozenset(
    """if whether when until before former formerly should longer yet candidate bid apply applied
    want wants hope hopes falsely""".split()
)
_OTHERS = ("becom", "became", "leav", "left", "quit", "join", "aspir", "wish", "claim", "19", "20")
_WORD = re.compile(r"\w+")
_NEAR = re.compile(
    r"member(?<= member)(?=[,.;]|s? [A-Z]|s? of (?:the )?[A-Z]|[ -](?:state|country|nation))"
)
_ROUND = 90  # characters round the word in which both names stand
_BELONG = re.compile(r"belongs? to (?=(?:the )?[A-Z])")
# What may follow the name of a body that is meant as a whole: "NATO's staff" is another one.
_WHOLE = re.compile(
    r"(?:[\"')]*(?:[.,;:?!)\n]|$)| (?:(?:back )?in|member|and|but|or|nor|which|who|that|for|by|with"
    r"|to|from|on|as|at|like|is|are|was|has|had|have|does|did|will|would|can|said|says)\b| -|-)"
)
# Only with the year: who joined this year was none a while ago.
_JOINED = re.compile(rf"joined (?:the )?(?P<org>{_N}) (?:back )?in (?P<year>19\d\d|20\d\d)\b")
_JOINS = re.compile(rf"\b{_WHO}(?:, which)? {_JOINED.pattern}")


def memberships(text: Text, found: list[Name], rules: Rules) -> list[Statement]:
    """Who a text says is, or is not, a member of what, as claims of the class ``membership``;
    ``found`` are its names."""
    plain = text.plain
    out: dict[tuple[str, str, str], Statement] = {}
    for near in _JOINED.finditer(plain):
        start, end = text.sentence_at(near.start())
        said = _JOINS.search(plain, max(start, near.start() - 60), near.end())
        if said and (key := _parties(said, IN, found, rules)):
            out.setdefault(key, _statement(text, said, *key, (start, end)))
    for near in heapq.merge(
        _NEAR.finditer(plain), _BELONG.finditer(plain), key=lambda match: match.start()
    ):
        start, end = text.sentence_at(near.start())
        words = _WORD.findall(plain[start : min(end, start + 600)].lower())
        if not _OTHER.isdisjoint(words) or any(word.startswith(_OTHERS) for word in words):
            continue
        first, last = max(start, near.start() - _ROUND), min(end, near.end() + _ROUND)
        for pattern, status in _SAID:
            for said in pattern.finditer(plain, first, last):
                if key := _parties(said, status, found, rules):
                    out.setdefault(key, _statement(text, said, *key, (start, end)))
    return list(out.values())


def _parties(
    said: re.Match[str], status: str, found: list[Name], rules: Rules
) -> tuple[str, str, str] | None:
    """Who is or is not a member of what, by a match; None where either is no name."""
    who, org = (_named(said, group, found, rules) for group in ("who", "org"))
    return (who, org, status) if who and org and who != org else None


def _named(said: re.Match[str], group: str, found: list[Name], rules: Rules) -> str | None:
    """The name that a group of a match goes by; None where it is only part of one."""
    start, end = said.span(group)
    if group == "org" and said[group][-1] != "." and not _WHOLE.match(said.string, end):
        return None
    word = said[group].removesuffix("'s").rstrip(".,")
    if group == "org" and said[group].endswith("'s"):
        return None  # a part of it, or of somebody's
    known = aliases(rules).get(word)
    if known is not None:
        return known
    at = bisect_left(found, start, key=attrgetter("start"))
    if at < len(found) and found[at].kind != "code":
        name = found[at]
        if name.start <= end <= name.end + 2 and (group == "who" or name.start == start):
            return name.name
    return word if said.string[start - 1 : start] == "-" else None  # "non-Harbour League"


def _statement(
    text: Text,
    said: re.Match[str],
    who: str,
    org: str,
    status: str,
    sentence: tuple[int, int],
) -> Statement:
    start, end = said.span()
    at, of = said.span("who"), said.span("org")
    roles = model.Roles(
        theme=model.Role(*at, text.raw[slice(*at)], who),
        partner=model.Role(*of, text.raw[slice(*of)], org),
    )
    claim = model.Claim(
        start,
        end,
        EVENT,
        roles,
        qualifier=said.groupdict().get("year"),  # in which the one joined the other
        status="negated" if status == OUT else "asserted",
    )
    return Statement(
        claim,
        status,
        (start, end),
        sentence,
        theme=frozenset((who,)),
        partner=frozenset((org,)),
        finite=True,
    )


def differ(one: Statement, two: Statement) -> bool:
    """Whether one claim says that somebody is a member of what the other denies."""
    return one.theme == two.theme and one.partner == two.partner and one.lemma != two.lemma


def before(one: Statement, published: model.Published) -> bool:
    """Whether a membership began in a year before a text appeared, or at a time not told."""
    year = one.claim.qualifier
    return year is None or (published.from_ or "")[:4] > year
