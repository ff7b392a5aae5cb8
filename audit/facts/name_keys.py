"""Names as keys by which two texts' people, places and firms are known for the same.

A key is a name in small letters, or a role as "the driver" (role_words.py).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from audit.facts.role_words import ROLES

_ADDRESS = frozenset("mr mrs ms miss dr sir dame lord lady rev prof madame".split())
_AFTER_NAMES = frozenset("jr sr ii iii iv".split())


def bare(name: str) -> str:
    """A name in small letters, without accents, titles of address and roles before it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = plain.lower().replace("-", " ").split()
    while len(words) > 1 and (words[0].rstrip(".") in _ADDRESS or words[0] in ROLES):
        words = words[1:]
    if len(words) > 1 and words[-1].rstrip(".") in _AFTER_NAMES:
        words = words[:-1]
    return " ".join(words)


def named(keys: list[str]) -> bool:
    """Whether a person is known by name."""
    return any(not key.startswith("the ") for key in keys)


def one_of(one: list[str], two: list[str]) -> bool | None:
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
    if not (one and two):
        return False
    if one[-1] != two[-1]:
        return _initials(one, two) or _initials(two, one)
    return len(one) == 1 or len(two) == 1 or not set(one[:-1]).isdisjoint(two[:-1])


def _initials(short: list[str], long: list[str]) -> bool:
    """Whether one word is the first letters of others: "hp", "hewlett packard"."""
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)
