"""Impossible order: what must come first is dated after what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "impossible-order", rules)


CHECK = Check(
    title="Impossible order",
    why="A thing delivered before it was bought has a wrong date, or one event has another's name.",
    group="facts",
    find=find,
    by="comparison",
)
