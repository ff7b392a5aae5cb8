"""Which finding a comparison makes, and what it says to an editor on either side."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model import Comparison, Finding, Quote
from audit.rules import Rules

SURE = 0.6  # confidence below which a comparison makes no finding
# Comparisons of these classes have a check of their own, within one document too.
_OWN = {
    "age": "age-contradicted",
    "birth": "age-contradicted",
    "order": "impossible-order",
    "office": "role-contradicted",
    "membership": "role-contradicted",
}


def kind(comparison: Comparison) -> str | None:
    """The check a comparison belongs to, None where it makes no finding.

    Disputes and conflicts of one document with itself come before the kinds of difference.
    """
    if comparison.verdict == "disputed":
        return "speakers-differ"
    if comparison.verdict == "class-mismatch":
        return "event-misnamed"
    if comparison.verdict != "conflict":
        return None
    if comparison.event in _OWN and (comparison.event != "birth" or comparison.kind == "number"):
        return _OWN[comparison.event]
    if comparison.a.document == comparison.b.document:
        return "contradicts-itself"
    return {"date": "date-conflict", "number": "number-conflict"}.get(
        comparison.kind, "status-conflict"
    )


def of(comparison: Comparison, check: str, rules: Rules) -> Iterator[Finding]:
    """The findings of one check: one on either side, that quotes the other side."""
    if kind(comparison) != check or comparison.confidence < SURE:
        return
    severity = int(rules.checks.get(check, {}).get("severity", 1))
    for here, there in ((comparison.a, comparison.b), (comparison.b, comparison.a)):
        yield Finding(
            document=here.document,
            rule=check,
            family="conflict",
            group="facts",
            severity=severity,
            start=here.start,
            end=here.end,
            quote=here.quote,
            message=f"{comparison.why} {_elsewhere(here, there)}",
            confidence=comparison.confidence,
        )


def _elsewhere(here: Quote, there: Quote) -> str:
    where = "Elsewhere in the same text" if here.document == there.document else there.document
    words = " ".join(there.quote.split())
    return f'{where}: "{words[:200]}"'
