"""Speakers differ: two named speakers, or a denial, stand against each other."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "speakers-differ", rules)


CHECK = Check(
    title="Speakers differ",
    why="The dispute is between the speakers; a report that quotes only one of them takes a side.",
    group="facts",
    find=find,
    by="comparison",
)
