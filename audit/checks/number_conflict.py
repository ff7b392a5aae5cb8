"""Conflicting numbers: two documents give different numbers for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "number-conflict", rules)


CHECK = Check(
    title="Conflicting numbers",
    why="A toll, a price or a count has one true value; readers of one document cannot know it.",
    group="facts",
    find=find,
    by="comparison",
)
