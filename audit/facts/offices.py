"""Offices as claims: what a text calls a named person that the same person cannot also be.

"President Ida Voss" against "Prime Minister Ida Voss", "Mr Jon Ek" against "Ms Jon Ek". What
somebody was, will be or might be is passed over, and so is an office of a body that is no state:
"the then Prime Minister", "a President Voss", "Commission President Voss".
"""

from __future__ import annotations

import re
from collections import Counter

from audit import model
from audit.facts.names import Name
from audit.facts.statement import Statement
from audit.tokens import Text

EVENT = "office"
DAYS = 42  # between two texts, at most: an office changes hands
PERSON = "person"  # the group of "Mr" and "Ms": no office, and held for ever
# Titles as written before a name: the office, and the group of which one person holds one.
_TITLES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("President", "Pres."), ("President", "state")),
    **dict.fromkeys(
        ("Prime Minister", "prime minister", "Premier", "PM"), ("Prime Minister", "state")
    ),
    "Chancellor": ("Chancellor", "state"),
    **dict.fromkeys(("Senator", "Sen."), ("Senator", "chamber")),
    **dict.fromkeys(
        ("Representative", "Rep.", "Congressman", "Congresswoman"), ("Representative", "chamber")
    ),
    **dict.fromkeys(("Mr", "Mr."), ("Mr", PERSON)),
    **dict.fromkeys(("Mrs", "Mrs.", "Ms", "Ms.", "Miss"), ("Ms", PERSON)),
}
_LAST = frozenset(title[-2:] for title in _TITLES)  # most words before names are none of them
_TITLE = re.compile(rf"\b({'|'.join(map(re.escape, sorted(_TITLES, key=len, reverse=True)))}) $")
# Right before the title: not an office held, or the office of something that is no state.
_NOT_NOW = re.compile(
    r"(?:(?i:\b(?:a|an|another|former|then|ex|late|acting|deputy|vice|interim|assistant|under"
    r"|future|next|incoming|outgoing|first|would-be|potential|possible|hypothetical|designate"
    r"|elect|shadow|state|old|not|or|if|and|&|the real)[ -]+)"
    r"|\w*(?i:university|company|club|association|union|bank|senate|assembly|parliament|house"
    r"|council|commission|board|party) )$"
)
_CAPITAL = re.compile(r"([A-Z][\w.'-]*) $")
# In the sentence: of another time, or of the step from one office to another.
_MOVED = frozenset(
    """when while then once became become becoming elected sworn inaugurated appointed promoted
    named nominated candidate candidacy stepped steps served serving formerly previously could would
    if whether fiction fictional played plays actor actress film movie series novel""".split()
)
_MOVING = ("resign", "succe", "replac", "imagin", "18", "19", "20")  # or a year
_WORD = re.compile(r"\w+")
_AFTER = re.compile(r" (?:of|for) the |[-\u2010-\u2015]elect\b|,? the former ", re.IGNORECASE)
# Where these stand, a surname is that of two people.
_KIN = re.compile(
    r"\b(?:wife|husband|spouse|couple|widow|widower|sons?|daughters?|brothers?|sisters?|siblings?"
    r"|fathers?|mothers?|parents?|family|married|transgender|trans (?:man|woman))\b",
    re.IGNORECASE,
)


def offices(text: Text, found: list[Name]) -> list[Statement]:
    """The offices a text gives people, each once, as claims of the class ``office``; ``found`` are
    its names. Only people named in full beside a title, and their surname beside another."""
    plain = text.plain
    told = [
        (n, title)
        for n in found
        if plain[(at := n.start) - 3 : at - 1] in _LAST
        and n.kind == "name"
        and (title := _TITLE.search(plain[max(0, n.start - 16) : n.start])) is not None
    ]
    full = {n.name for n, _ in told if " " in n.text}
    out: dict[tuple[str, str], Statement] = {}
    held: set[tuple[str, str]] = set()  # people named in full with a title of a group
    shared: frozenset[str] | None = None  # surnames of two people; None: not looked
    kin: bool | None = None  # whether the text tells of a family; None: not looked
    for name, title in told:
        if name.name not in full:
            continue
        at = max(0, name.start - 16) + title.start()
        office, group = _TITLES[title[1]]
        if (name.name, office) in out:
            continue
        bare = " " not in name.text
        if bare:  # counts beside another title of the same person only
            if group == "chamber" or (name.name, group) not in held:
                continue
            if shared is None:
                shared = _shared(found)
            if group == PERSON and kin is None:
                kin = _KIN.search(plain) is not None
            if name.name.rsplit(" ", 1)[-1] in shared or (group == PERSON and kin):
                continue
        if group != PERSON and not _held(text, at, name):
            continue
        if _NOT_NOW.search(plain[max(0, at - 20) : at]):
            continue
        held.add((name.name, group))
        role = model.Role(name.start, name.end, text.raw[name.start : name.end], name.name)
        claim = model.Claim(at, name.end, EVENT, model.Roles(theme=role))
        out[name.name, office] = Statement(
            claim,
            office,
            (at, at + len(title[1])),
            text.sentence_at(name.start),
            theme=frozenset((name.name,)),
            head=group,
            finite=not bare,
        )
    return list(out.values())


def _held(text: Text, at: int, name: Name) -> bool:
    """Whether the title at ``at`` is told as an office of a state that the person has now."""
    start, end = text.sentence_at(name.start)
    if _AFTER.match(text.plain, name.end):
        return False
    words = _WORD.findall(text.plain[start:end].lower())
    if not _MOVED.isdisjoint(words) or any(word.startswith(_MOVING) for word in words):
        return False
    capital = _CAPITAL.search(text.plain[max(start, at - 24) : at])
    return capital is None or capital[1].rstrip(".") in _STATES or capital[1].endswith(_DEMONYM)


# Capitalised words before a title that name a state: most demonyms end so.
_DEMONYM = ("an", "ish", "ese", "ch", "eek", "i", "ss", "ine", "'s", "ot", "sh")
_STATES = frozenset(
    "US U.S UK U.K The German Dutch Thai Czech Kremlin Republican Democratic".split()
)


def _shared(found: list[Name]) -> frozenset[str]:
    """The surnames of which a text knows two people."""
    full = {n.name for n in found if " " in n.name}
    count = Counter(name.rsplit(" ", 1)[-1] for name in full)
    return frozenset(last for last, times in count.items() if times > 1)


def differ(one: Statement, two: Statement) -> bool:
    """Whether two claims give one person two titles of which a person has one."""
    return one.theme == two.theme and one.head == two.head and one.lemma != two.lemma
