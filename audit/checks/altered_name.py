"""Altered name: a name that two copies of one text give differently."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.altered import remarks
from audit.model import Finding, Pair
from audit.rules import Rules
from audit.tokens import Text


def find(pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """One finding in each of the two documents for a name that differs."""
    severity = int(rules.checks.get("altered-name", {}).get("severity", 3))
    for document, text, span, message in remarks(pair, a, b, "name"):
        yield Finding(
            document=document,
            rule="altered-name",
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
    title="Altered name",
    why="One of the two puts somebody else in the story: a slip here can be a libel.",
    group="facts",
    find=find,
    by="pair",
)
