"""Event under another name: a date that others give for another event of the same story."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "event-misnamed", rules)


CHECK = Check(
    title="Event under another name",
    why="A delivery told as the purchase moves the decision by years though the date is right.",
    group="facts",
    find=find,
    by="comparison",
)
