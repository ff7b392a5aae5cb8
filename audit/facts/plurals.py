"""The singular of an English noun, by rule: enough to compare two heads."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "grandchildren": "grandchild",
    "policemen": "policeman",
    "feet": "foot",
    "mice": "mouse",
    "teeth": "tooth",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "thieves": "thief",
    "criteria": "criterion",
    "crises": "crisis",
    "cattle": "cattle",
    "series": "series",
    "species": "species",
}
_IE = frozenset(
    "calories movies cookies rookies zombies selfies prairies hippies hoodies brownies ties pies "
    "eateries smoothies freebies newbies walkie-talkies birdies bogeys".split()
)


@lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """The singular of a noun in any case, its "'s" aside.

    >>> singular("Vessels"), singular("women"), singular("gas")
    ('vessel', 'woman', 'gas')
    """
    low = noun.casefold().removesuffix("'s")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("men"):
        return low[:-3] + "man"
    if low in _IE:
        return low[:-1]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return low[:-1]
    return low
