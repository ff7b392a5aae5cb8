"""Opinion stated as fact: a judgement that nobody is made to answer for."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.sourcing import opinions
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.opinions."""
    severity = int(rules.checks.get("opinion-as-fact", {}).get("severity", 1))
    for one in opinions(article, rules):
        yield Finding(
            rule="opinion-as-fact",
            family="presentation",
            group="presentation",
            severity=severity,
            start=one.start,
            end=one.end,
            quote=article.text.raw[one.start : one.end],
            message=one.message,
            confidence=one.confidence,
        )


CHECK = Check(
    title="Opinion stated as fact",
    why="A judgement in the text's own voice that nobody is made to answer for is opinion "
    "passed off as report.",
    group="presentation",
    find=find,
)
