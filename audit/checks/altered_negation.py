"""Altered negation: a statement that one copy of a text turns round."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.facts.altered import remarks
from audit.model import Finding, Pair
from audit.rules import Rules
from audit.tokens import Text


def find(pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """One finding in each of the two documents for a negation that differs."""
    severity = int(rules.checks.get("altered-negation", {}).get("severity", 3))
    for document, text, span, message in remarks(pair, a, b, "negation"):
        yield Finding(
            document=document,
            rule="altered-negation",
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
    title="Altered negation",
    why="One of the two says the reverse of the other; nothing does more harm in fewer letters.",
    group="facts",
    find=find,
    by="pair",
)
