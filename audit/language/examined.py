"""Which families of findings the rules can look for in a language, and which they cannot."""

from __future__ import annotations

from audit.rules import Rules

# Families an editor expects to be looked for; what has no rule in a language is "not examined".
FAMILIES = ("grammar", "mt", "spin", "residue", "orthography", "semantic", "attribution", "ai")


def not_examined(code: str, rules: Rules) -> list[str]:
    """The families that have rules, but none for a language, in a fixed order."""
    if rules.digest not in _known:
        _known.clear()
        _told.clear()
        _known[rules.digest] = _families(rules)
    if code not in _told:
        _told[code] = _untouched(_known[rules.digest], code)
    return list(_told[code])


def _untouched(known: dict[str, frozenset[str]], code: str) -> list[str]:
    have = known.get(code, frozenset()) | known.get("*", frozenset())
    some = frozenset[str]().union(*known.values())
    return [family for family in FAMILIES if family in some and family not in have]


_known: dict[str, dict[str, frozenset[str]]] = {}  # of the last rules asked for
_told: dict[str, list[str]] = {}  # and what was told of a language by them


def _families(rules: Rules) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for rule in rules.patterns:
        found.setdefault(rule.language, set()).add(rule.family)
    return {code: frozenset(families) for code, families in found.items()}
