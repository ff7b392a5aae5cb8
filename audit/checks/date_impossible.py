"""Impossible date: a day the calendar does not have."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.impossible import no_such_day
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding for each date without a day."""
    severity = int(rules.checks.get("date-impossible", {}).get("severity", 2))
    for remark in no_such_day(article.dates):
        yield Finding(
            rule="date-impossible",
            family="date",
            group="facts",
            severity=severity,
            start=remark.start,
            end=remark.end,
            quote=article.text.raw[remark.start : remark.end],
            message=remark.message,
            confidence=remark.confidence,
        )


CHECK = Check(
    title="Impossible date",
    why=(
        "Somebody mistyped or invented the date; "
        "what else the sentence says was not checked either."
    ),
    group="facts",
    find=find,
)
