"""Word lists of the rules made ready for matching: verb forms, and tables built once a rule set.

An entry is a base form, inflected by the regular rules of English spelling, or all its forms
parted by spaces (``say says said saying``); a final ``*`` doubles the last letter (``plan*``).
Particles follow a ``+`` (``rule+out``): all forms of the first word, then the rest as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from audit.rules import Rules

_VOWELS = "aeiou"
_T = TypeVar("_T")
# Pure memory of what was built from a rule set: the rule set is kept beside it, so that its
# identity cannot be taken by another one.
_BUILT: dict[tuple[int, Callable[[Rules], Any]], tuple[Rules, Any]] = {}


def built(rules: Rules, build: Callable[[Rules], _T]) -> _T:
    """What ``build``, the same function each time, makes of the rules, made once for each set."""
    key = (id(rules), build)
    held = _BUILT.get(key)
    if held is None:
        if len(_BUILT) > 64:
            _BUILT.clear()
        held = _BUILT[key] = (rules, build(rules))
    found: _T = held[1]
    return found


def forms(entry: str) -> list[str]:
    """All forms of a verb entry, base form first, each once.

    >>> forms("plan*")
    ['plan', 'plans', 'planned', 'planning']
    >>> forms("rule+out")
    ['rule out', 'rules out', 'ruled out', 'ruling out']
    """
    entry, _, particle = entry.partition("+")
    tail = f" {particle.replace('+', ' ')}" if particle else ""
    words = entry.split()
    found = words if len(words) > 1 else _regular(entry.strip())
    return list(dict.fromkeys(word.replace("_", " ") + tail for word in found))


def _regular(word: str) -> list[str]:
    if word.endswith("*"):
        word = word[:-1]
        return [word, word + "s", word + word[-1] + "ed", word + word[-1] + "ing"]
    if word.endswith("e"):
        stem = word if word.endswith(("ee", "oe", "ye")) else word[:-1]
        return [word, word + "s", word + "d", stem + "ing"]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    plural = "es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    return [word, word + plural, word + "ed", word + "ing"]
