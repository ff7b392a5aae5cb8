"""Memberships as claims: what a text says somebody is, or is not, a member of.

"NATO member Velmark" against "Velmark, which is not a member of NATO". Only text against text:
nothing here knows who is a member of what.
"""

from __future__ import annotations

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
_WHO, _ORG = rf"(?P<who>{_N})", rf"(?P<org>{_N})"
_KIND = r"(?:member|member[ -](?:state|country|nation))"
_IS = r"(?:,? (?:which |who )?(?:is|has been)|,)"
_FULL = r"(?:(?:full|founding|long-standing|longtime|permanent|loyal|key|fellow) )?"
_SAID = tuple(
    (re.compile(pattern), status)
    for pattern, status in (
        (rf"(?<![Nn]on-)(?<![Nn]on )\b{_ORG} {_KIND}s? {_WHO}", IN),
        (rf"\b{_WHO}{_IS} (?:also |itself |already )?an? {_FULL}{_ORG} {_KIND}\b", IN),
        (rf"\b{_WHO}{_IS} (?:also |itself |already )?an? {_FULL}{_KIND} of (?:the )?{_ORG}", IN),
        (rf"\b[Nn]on-{_ORG} {_KIND}s? {_WHO}", OUT),
        (rf"\b{_WHO}{_IS} an? non-{_ORG} {_KIND}\b", OUT),
        (rf"\b{_WHO}(?:{_IS} not| isn't) an? {_ORG} {_KIND}\b", OUT),
        (rf"\b{_WHO}(?:{_IS} not| isn't) an? {_KIND} of (?:the )?{_ORG}", OUT),
    )
)
# In the sentence: what was, will be, might be or is wanted decides nothing.
_OTHER = re.compile(
    r"\b(?:1[89]\d\d|20\d\d|if|whether|when|until|before|former|formerly"
    r"|should|become\w*|became|leav\w+|left|quit\w*|join\w*|no longer"
    r"|yet|aspir\w+|candidate|bid|apply|applied|wants?|hopes?|\w*wish\w*|claim\w*|falsely)\b",
    re.IGNORECASE,
)


_NEAR = re.compile(
    r"member(?<= member)(?=[,.;]|s? [A-Z]| of (?:the )?[A-Z]|[ -](?:state|country|nation))"
)


def memberships(text: Text, found: list[Name], rules: Rules) -> list[Statement]:
    """Who a text says is, or is not, a member of what, as claims of the class ``membership``;
    ``found`` are its names."""
    plain = text.plain
    out: dict[tuple[str, str, str], Statement] = {}
    last = -1
    for near in _NEAR.finditer(plain):
        start, end = text.sentence_at(near.start())
        if start == last or end - start > 600 or _OTHER.search(plain[start:end]):
            continue
        last = start
        for pattern, status in _SAID:
            for said in pattern.finditer(plain, start, end):
                who, org = (_named(said, group, found, rules) for group in ("who", "org"))
                if who and org and who != org:
                    key = (who, org, status)
                    out.setdefault(key, _statement(text, said, *key, (start, end)))
    return list(out.values())


def _named(said: re.Match[str], group: str, found: list[Name], rules: Rules) -> str | None:
    """The name that a group of a match goes by; None where it is only part of one."""
    start, end = said.span(group)
    word = said[group].removesuffix("'s").rstrip(".,")
    known = aliases(rules).get(word)
    if known is not None:
        return known
    at = bisect_left(found, start, key=attrgetter("start"))
    if at < len(found) and found[at].start <= end <= found[at].end + 2 and found[at].kind != "code":
        return found[at].name
    return word if said.string[start - 1 : start] == "-" else None  # "non-Harbour League"


def _statement(
    text: Text, said: re.Match[str], who: str, org: str, status: str, sentence: tuple[int, int]
) -> Statement:
    start, end = said.span()
    roles = model.Roles(
        theme=model.Role(*said.span("who"), text.raw[slice(*said.span("who"))], who),
        partner=model.Role(*said.span("org"), text.raw[slice(*said.span("org"))], org),
    )
    claim = model.Claim(start, end, EVENT, roles, status="negated" if status == OUT else "asserted")
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
