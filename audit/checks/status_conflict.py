"""Conflicting status: told as happened or planned in one document, as not so in another."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "status-conflict", rules)


CHECK = Check(
    title="Conflicting status",
    why="Whether something happened at all is what a reader most needs to be right.",
    group="facts",
    find=find,
    by="comparison",
)
