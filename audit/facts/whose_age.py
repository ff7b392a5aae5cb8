"""Whose age a number is: the person named beside it, or what that person is.

"Roy Amber, 47", "driver Roy Amber (47)", "the 47-year-old driver", "the driver, a man of 47".
"""

from __future__ import annotations

import re

from audit import model
from audit.facts.name_keys import bare
from audit.facts.names import Name, within
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


def whose(text: Text, q: model.Quantity, names: list[Name]) -> list[str]:
    """The keys of the person whose age a quantity is, "" being nobody: names in small letters, and
    roles as "the driver"."""
    plain = text.plain
    low, high = max(0, q.start - REACH), q.end + REACH
    head = plain[low : q.start]
    if _THEN.search(head):
        return []
    people = [n for n in within(names, max(0, low - REACH), high) if n.kind == "name"]
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
    keys = {bare(name.name)} - {""}
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
    return [[k for k in keys if not (k.startswith("the ") and len(of[k]) > 1)] for _, keys in told]
