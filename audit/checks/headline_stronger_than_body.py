"""Headline stronger than body: it leaves out the hedge that the text has."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.sourcing import headline
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.headline."""
    yield from told(
        "headline-stronger-than-body", "presentation", headline(article, rules), article, rules
    )


CHECK = Check(
    title="Headline stronger than body",
    why="Most readers see the headline only; it must not claim what the text itself holds "
    "back from.",
    group="presentation",
    find=find,
)
