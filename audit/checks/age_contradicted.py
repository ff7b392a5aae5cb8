"""Age contradicted: two ages of one person, or an age and a birth, that fit no day of birth."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "age-contradicted", rules)


CHECK = Check(
    title="Age contradicted",
    why="One of the two ages was not looked up; it may be another person of the same name.",
    group="facts",
    find=find,
    by="comparison",
)
