"""Conflicting dates: two documents date one event so that both cannot be right."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "date-conflict", rules)


CHECK = Check(
    title="Conflicting dates",
    why="One of the dates is wrong, and with it whatever is concluded from the order of events.",
    group="facts",
    find=find,
    by="comparison",
)
