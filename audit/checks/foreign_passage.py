"""Foreign passage: a sentence or quotation left in another language than its document."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding for each foreign passage that language identification saw."""
    severity = int(rules.checks.get("foreign-passage", {}).get("severity", 2))
    for passage in article.language.mixed:
        yield Finding(
            rule="foreign-passage",
            family="residue",
            group="language",
            severity=severity,
            start=passage.start,
            end=passage.end,
            quote=article.text.raw[passage.start : passage.end],
            message=f"A passage in another language ({passage.code}) than the rest of the text "
            f"({article.language.code}).",
            confidence=0.9,
        )


CHECK = Check(
    title="Foreign passage",
    why="A sentence left in another language is a quotation without its translation, a caption or "
    "a leftover of the page the text was taken from.",
    group="language",
    find=find,
)
