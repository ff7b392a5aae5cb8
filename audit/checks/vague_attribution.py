"""Vague attribution: a claim laid to a group that nobody could name."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.sourcing import vague_sources
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.vague_sources."""
    yield from told("vague-attribution", "attribution", vague_sources(article), article, rules)


CHECK = Check(
    title="Vague attribution",
    why="\u201cCritics say\u201d and \u201cmany believe\u201d can be written without having "
    "asked anyone; a claim needs one who answers for it.",
    group="sourcing",
    find=find,
)
