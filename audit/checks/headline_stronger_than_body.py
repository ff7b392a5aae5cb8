"""Headline stronger than body: it drops the hedge of the text, or tells what that does not."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.deeds import unborne
from audit.facts.headlines import headline
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark: a hedge left out, or a deed the text does not tell of."""
    remarks = [*headline(article, rules)] or [*unborne(article)]
    yield from told("headline-stronger-than-body", "presentation", remarks, article, rules)


CHECK = Check(
    title="Headline stronger than body",
    why="Most readers see the headline only; it must not claim what the text itself holds "
    "back from.",
    group="presentation",
    find=find,
)
