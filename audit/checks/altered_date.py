"""Altered date: a date that two copies of one text give differently."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.altered import remarks
from audit.model import Finding, Pair
from audit.rules import Rules
from audit.tokens import Text


def find(pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """One finding in each of the two documents for a date that differs."""
    severity = int(rules.checks.get("altered-date", {}).get("severity", 3))
    for document, text, span, message in remarks(pair, a, b, "date"):
        yield Finding(
            document=document,
            rule="altered-date",
            family="altered",
            group="facts",
            severity=severity,
            start=span.start,
            end=span.end,
            quote=text.raw[span.start : span.end],
            message=message,
            confidence=0.9,
        )


CHECK = Check(
    title="Altered date",
    why="One of the two is wrong about when it happened, and readers of either cannot know it.",
    group="facts",
    find=find,
    by="pair",
)
