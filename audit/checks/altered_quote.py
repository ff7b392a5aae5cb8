"""Altered quotation: a word in a quotation that two copies of one text give differently."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.altered import remarks
from audit.model import Finding, Pair
from audit.rules import Rules
from audit.tokens import Text


def find(pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """One finding in each of the two documents for a quotation that differs."""
    severity = int(rules.checks.get("altered-quote", {}).get("severity", 3))
    for document, text, span, message in remarks(pair, a, b, "quote"):
        yield Finding(
            document=document,
            rule="altered-quote",
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
    title="Altered quotation",
    why="A quotation is somebody's exact words; where two copies differ, one of them puts words in "
    "a mouth.",
    group="facts",
    find=find,
    by="pair",
)
