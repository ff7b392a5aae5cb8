"""Contradicts itself: one document says two things that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "contradicts-itself", rules)


CHECK = Check(
    title="Contradicts itself",
    why="The reader has no way to tell which of the two the author meant.",
    group="facts",
    find=find,
    by="comparison",
)
