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
_GIVEN = re.compile(
    r"\b[A-Z][\w'-]+ (?:(?:(?:de|da|do|di|del|della|la|van|von|der|den|bin|ibn|al|el) )+|[ae]l-)$"
)
# "The (bus) driver", and what makes another one of it.
_ROLE = re.compile(r"(?:\b([A-Za-z-]+) )?\b([A-Za-z-]+)(?:,? )?$")
_NO_SORT = frozenset(
    """the a an its his her their this suspected alleged accused arrested dead injured wounded hurt
    said and""".split()
)
# "The widow of Leon Hatch, 62": hers.
_KIN_OF = re.compile(
    r"\b(?:brother|sister|mother|father|wife|husband|widow(?:er)?|son|daughter|uncle|aunt|cousin"
    r"|nephew|niece|friend|neighbou?r|lawyer|attorney|partner|girlfriend|boyfriend|fianc\w+|ceo|head"
    r"|chief|chair\w*|president|director|owner|founder|leader|mayor|spokes\w+|member) of $",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:when|then|as|at|since|before|after|being|became|turned) "
    r"(?:he |she |they |just |only |a |an |the |was |were )*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z-]{1,20}")
# What a place before it tells of: "a 61-year-old Vancouver man".
_SORT = re.compile(r" (?:wo)?m[ae]n\b| (?:resident|native|boy|girl|mother|father|teenager)\b")


def whose(text: Text, q: model.Quantity, names: list[Name]) -> list[str]:
    """The keys of the person whose age a quantity is, none where nobody is told: names in small
    letters, and roles as "the driver"."""
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
                if _KIN_OF.search(plain[max(0, name.start - 24) : name.start]):
                    return [f"{_full(plain, name)}|kin"]
                found |= _named(plain, name)
        if not found:
            found = _as(plain[max(0, at - 40) : at])
    return sorted(found or ahead)


def _ahead(plain: str, q: model.Quantity, people: list[Name]) -> set[str]:
    """The keys of the person told of behind an age."""
    after = _BEFORE_WHOM.match(plain[q.end : q.end + REACH])
    if not after:
        return set()
    at = q.end + after.end()
    following = _WORD.match(plain, at)
    told = after[1] + (following[0] if following else "")
    ends = (word.end() for word in _WORD.finditer(told))  # of "bus driver of", the second
    found = next((made for end in ends if (made := _as(f"the {told[:end]}"))), set())
    for name in people:
        if name.start == at and not _SORT.match(plain, name.end):  # "Vancouver man"
            found |= _named(plain, name)
    return found


def _as(before: str) -> set[str]:
    """The key of what somebody is, as a phrase ends with it: "the driver", "the bus driver"."""
    told = _ROLE.search(before)
    if not told or told[2].lower() not in ROLES:
        return set()
    sort = (told[1] or "").lower()
    plain = not sort or sort in _NO_SORT or sort.endswith("-old")
    return {f"the {told[2].lower()}" if plain else f"the {sort} {told[2].lower()}"}


def _full(plain: str, name: Name) -> str:
    """The key of a person, with what a name of one word has before it: "Ahmed al-Masri"."""
    if " " in name.name:
        return bare(name.name)
    before = _GIVEN.search(plain, max(0, name.start - 40), name.start)
    return bare(f"{before[0] if before else ''}{name.name}")


def _named(plain: str, name: Name) -> set[str]:
    """The keys of a named person: the name, and what stands before it ("driver Roy Amber")."""
    keys = ({_full(plain, name)} - {""}) | _as(plain[max(0, name.start - 40) : name.start])
    first = name.text.split()[0].lower()
    return keys | ({f"the {first}"} if first in ROLES else set())


def known(told: list[tuple[float, list[str]]], plain: str) -> list[list[str]]:
    """The keys of each age of a text (how old, whose) without the roles that the text has more than
    one person of: two ages, their plural, "the other driver"."""
    of: dict[str, set[float]] = {}
    for age, keys in told:
        for key in keys:
            of.setdefault(key, set()).add(age)
    several = {
        key
        for key, ages in of.items()
        if key.startswith("the ") and (len(ages) > 1 or _several(key.rsplit(" ", 1)[-1], plain))
    }
    return [[k for k in keys if k not in several] for _, keys in told]


def _several(role: str, plain: str) -> bool:
    """Whether a text tells of more than one person of a role."""
    many = role[:-3] + "men" if role.endswith("man") else f"{role}s"
    pattern = rf"\b(?:{many}|(?:second|third|other|another|two|both) (?:[a-z-]+ )?{role})\b"
    return re.search(pattern, plain, re.IGNORECASE) is not None
