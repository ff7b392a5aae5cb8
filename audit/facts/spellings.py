"""How near two spellings are: slips of a letter, other vowels, other endings."""

from __future__ import annotations

import re
from difflib import SequenceMatcher


def skeleton(name: str) -> str:
    """A name without vowels and doubled letters: what its spellings have in common."""
    rest = re.sub(r"[aeiouyhw'’-]", "", name[1:].replace("q", "k").replace("c", "k"))
    return name[0] + re.sub(r"(.)\1+", r"\1", rest)


def stem(word: str) -> str:
    """Plural and tense endings off: in a quotation "walk" for "walks" is wording."""
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def one_edit(x: str, y: str) -> bool:
    """Whether one letter put in, left out or exchanged, or two turned round, makes them equal."""
    if abs(len(x) - len(y)) > 1 or x[0].isdigit() or y[0].isdigit():
        return False
    head = 0
    while head < min(len(x), len(y)) and x[head] == y[head]:
        head += 1
    p, q = x[head:], y[head:]
    return p[1:] == q[1:] or p[1:] == q or p == q[1:] or (p[:2] == q[1::-1] and p[2:] == q[2:])


def similar(x: str, y: str) -> bool:
    return SequenceMatcher(None, x.lower(), y.lower(), False).ratio() >= 0.6
