"""Findings on both sides of a difference: which a comparison makes, and what is said of either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    a, b = comparison.a, comparison.b
    messages = [f"{comparison.why} {_elsewhere(*sides)}" for sides in ((a, b), (b, a))]
    yield from either(check, "conflict", (a, b), messages, comparison.confidence, rules)


def either(
    check: str,
    family: str,
    quotes: Iterable[Quote],
    messages: Iterable[str],
    confidence: float,
    rules: Rules,
) -> Iterator[Finding]:
    """The findings of a check on two passages that differ: on each, with what is said of it."""
    severity = int(rules.checks.get(check, {}).get("severity", 1))
    for quote, message in zip(quotes, messages, strict=True):
        yield Finding(
            document=quote.document,
            rule=check,
            family=family,
            group="facts",
            severity=severity,
            start=quote.start,
            end=quote.end,
            quote=quote.quote,
            message=message,
            confidence=confidence,
        )


def _elsewhere(here: Quote, there: Quote) -> str:
    where = "Elsewhere in the same text" if here.document == there.document else there.document
    words = " ".join(there.quote.split())
    return f'{where}: "{words[:200]}"'
