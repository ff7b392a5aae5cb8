"""Names as keys by which two texts' people, places and firms are known for the same.

A key is a name in small letters, "tarn works", with what of it is told where that matters, "tarn
works|vote"; or what somebody is, "the bus driver" (role_words.py).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from audit.facts.role_words import ANOTHER, ROLES

_ADDRESS = frozenset("mr mrs ms miss dr sir dame lord lady rev prof madame".split())
_AFTER_NAMES = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset(
    "al el la le de del della da di du dos van von der den the of bin ibn".split()
)


def bare(name: str) -> str:
    """A name in small letters, without accents, titles of address and roles before it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = plain.lower().replace("-", " ").replace("|", " ").split()
    while len(words) > 1 and (words[0].rstrip(".") in _ADDRESS or words[0] in ROLES):
        words = words[1:]
    return " ".join(words)


def named(keys: list[str]) -> bool:
    """Whether it is known by name of whom a number tells."""
    return any(not _role(key) for key in keys)


def _role(key: str) -> bool:
    return key.startswith("the ")


def one_of(one: list[str], two: list[str], person: bool = False) -> bool | None:
    """Whether two numbers tell of one person, place or firm, named or by what both are; None where
    that cannot be told. ``person``: whether both tell of people."""
    left, right = ([k for k in keys if k and not _role(k)] for keys in (one, two))
    if left and right:
        if person:
            return any(_one_person(a, b) for a in left for b in right)
        return not set(left).isdisjoint(right) or _one_name(tuple(left), tuple(right))
    if {*one} & {*two}:
        return True
    told = [key.split()[1:] for keys in (one, two) for key in keys if _role(key)]
    return False if len(told) == 2 and not left and not right and _others(*told) else None


def _others(one: list[str], two: list[str]) -> bool:
    """Whether two roles, without their articles, are two people's: "bus driver" and "truck
    driver", "mayor" and "deputy mayor"."""
    if one[-1:] != two[-1:]:
        return False
    return bool(one[:-1] and two[:-1]) or any(sort in ANOTHER for sort in one[:-1] + two[:-1])


@lru_cache(maxsize=1 << 12)
def _one_person(a: str, b: str) -> bool:
    """Whether two names may be one person's: the last words are one, and another that is no
    particle, if both have more; not a junior's and a senior's."""
    (a, _, of), (b, _, also) = a.partition("|"), b.partition("|")
    if of != also:  # "the widow of Leon Hatch, 62"
        return False
    one, two = a.split(), b.split()
    after = [
        of.pop() if len(of) > 1 and of[-1].rstrip(".") in _AFTER_NAMES else "" for of in (one, two)
    ]
    if all(after) and after[0] != after[1]:
        return False
    if not (one and two) or one[-1] != two[-1]:
        return False
    return len(one) == 1 or len(two) == 1 or bool({*one[:-1]} & {*two[:-1]} - _PARTICLES)


@lru_cache(maxsize=1 << 12)
def _one_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two lists of keys, none of them in common, name one place or firm: one of a single
    word opens or ends the other's, where that one has no fuller name, or is its first letters."""
    for one, two in ((left, right), (right, left)):
        for a in one:
            for b in two:
                (short, _, of), (long, _, also) = a.partition("|"), b.partition("|")
                words = long.split()
                if of != also or " " in short or len(words) < 2:
                    continue
                if short == "".join(word[0] for word in words):
                    return True
                if short in (words[0], words[-1]) and not any(" " in key for key in one):
                    return True
    return False
