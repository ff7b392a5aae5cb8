"""Hard to read: sentences past the limit of a measured reading grade."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.language.hardness import hard
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """The hardest sentences of a document (at most five), with value and limit."""
    severity = int(rules.checks.get("hard-to-read", {}).get("severity", 1))
    for one in hard(article.text, article.language.code):
        measure = "grade" if one["measure"] == "flesch_kincaid_grade" else "LIX"
        yield Finding(
            rule="hard-to-read",
            family="readability",
            group="language",
            severity=severity,
            start=one["start"],
            end=one["end"],
            quote=article.text.raw[one["start"] : one["end"]],
            message=f"Hard to read: {one['words']} words, {measure} {one['value']:g}, "
            f"limit {one['limit']:g}.",
            confidence=0.7,
        )


CHECK = Check(
    title="Hard to read",
    why="Few readers finish a sentence that asks for more than a university degree; most can be "
    "cut in two without a loss.",
    group="language",
    find=find,
)
