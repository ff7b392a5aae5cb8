"""Role contradicted: two offices of which one person holds one, a member told to be none."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.remarks import of
from audit.model import Comparison, Finding
from audit.rules import Rules


def find(comparison: Comparison, rules: Rules) -> Iterator[Finding]:
    """One finding on either side of a comparison that this check is about."""
    yield from of(comparison, "role-contradicted", rules)


CHECK = Check(
    title="Office or membership contradicted",
    why="Who somebody is, and who belongs to what, takes one look to check: nobody looked.",
    group="facts",
    find=find,
    by="comparison",
)
