""" "Both countries" after a country and an alliance, "both men" after Mr and Ms: two that are named
side by side and taken up by a word for another kind of thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.article import Article, Remark
from audit.facts.names import Name, names
from audit.rules import Rules

_BOTH = re.compile(
    r"\b[Bb]oth (?P<kind>countries|nations|companies|firms|organi[sz]ations|alliances|men|women)\b"
)
_KINDS = {"countries": "country", "nations": "country", "men": "man", "women": "woman"}
# Words for what has no name here and can be one of the two.
_OTHERS = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|groups?|corporations?|banks?|makers?|organi[sz]ations?|unions?"
    r"|agenc(?:y|ies)|clubs?|teams?|parties|party|members?|states?|countr(?:y|ies)|nations?|alliances?"
    r"|governments?|man|men|wom[ae]n|he|she|his|her|him|who)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:'s)?,? (?:and|with) (?:the )?$")
_TITLES = {
    **dict.fromkeys(("Mr", "Sir", "King", "Prince", "Lord"), "man"),
    **dict.fromkeys(("Ms", "Mrs", "Miss", "Queen", "Princess", "Lady", "Dame"), "woman"),
}
_TITLED = re.compile(
    rf"\b(?P<a>{'|'.join(_TITLES)})\.? (?:[A-Z]\w+ ?){{1,3}}and "
    rf"(?P<b>{'|'.join(_TITLES)})\.? [A-Z]\w+"
)
# Actors that are no country, of rules/facts/aliases.toml: bodies, mostly of one country.
_BODY = re.compile(
    r"NATO|\b(?:Agency|Centers|Bureau|Reserve|Bank|Fund|Administration|State|Union|Nations"
    r"|Organization)\b"
)
_WORDS = {"country": "a country", "body": "a body", "man": "a man", "woman": "a woman"}
BEFORE = 2  # sentences before that of "both" in which the two stand


def of_another_kind(article: Article, rules: Rules) -> Iterator[Remark]:
    """What "both" takes up as a thing of another kind; nothing where any other name or any word for
    such a thing stands near."""
    text = article.text
    if article.language.code != "en" or ("Both " not in text.plain and "both " not in text.plain):
        return
    found: list[Name] | None = None
    for both in _BOTH.finditer(text.plain):
        at = next(n for n, (_, end) in enumerate(text.sentences) if both.start() < end)
        start = text.sentences[max(at - BEFORE, 0)][0]
        before = text.plain[start : both.start()]
        wanted = _KINDS.get(both["kind"], "body")
        if found is None:
            found = names(text, rules)
        near = [name for name in found if start <= name.start < both.start()]
        if len({name.name for name in near}) != 2:
            continue  # a third could be meant
        if wanted in ("man", "woman"):
            titled = _TITLED.search(before)
            kinds = [_TITLES[titled["a"]], _TITLES[titled["b"]]] if titled else []
        elif _OTHERS.search(before):
            continue
        else:
            kinds = _pair(near, text.plain, rules)
        if any(kind != wanted for kind in kinds):
            named = " and ".join(dict.fromkeys(name.name for name in near))
            told = " and ".join(_WORDS[kind] for kind in kinds)
            yield Remark(*both.span(), f"“{both.group()}” after {named}: {told}", 0.85)


def _pair(near: list[Name], plain: str, rules: Rules) -> list[str]:
    """The kinds of the two names where they stand side by side and both are known."""
    for one, two in pairwise(near):
        if one.name != two.name and _JOINED.match(plain[one.end : two.start]):
            kinds = [_kind(one, rules), _kind(two, rules)]
            return [kind for kind in kinds if kind] if all(kinds) else []
    return []


def _kind(name: Name, rules: Rules) -> str | None:
    """What a known name is: a country or a body of several; None of all others."""
    bodies = {body.casefold() for body in rules.lists["bodies"]}
    if name.name.casefold() in bodies or name.text.casefold() in bodies:
        return "body"
    country = name.kind == "actor" and name.text == name.name and not _BODY.search(name.name)
    return "country" if country else None
