"""Loaded words: words of judgement in the text's own voice."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.sourcing import loaded_words
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.loaded_words."""
    severity = int(rules.checks.get("loaded-words", {}).get("severity", 1))
    for one in loaded_words(article, rules):
        yield Finding(
            rule="loaded-words",
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
    title="Loaded words",
    why="A word that judges tells what the writer thinks, not what happened; in a report the "
    "judgement belongs to a named source.",
    group="presentation",
    find=find,
)
