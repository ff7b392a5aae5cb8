"""Weekday contradicted: a date that falls on another weekday than the one named with it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.impossible import wrong_weekday
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding for each date with a weekday that is not its own."""
    severity = int(rules.checks.get("weekday-contradicted", {}).get("severity", 2))
    for remark in wrong_weekday(article.dates, article.published):
        yield Finding(
            rule="weekday-contradicted",
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
    title="Weekday contradicted",
    why="Either the day or the weekday is wrong, so readers cannot know when it was.",
    group="facts",
    find=find,
)
