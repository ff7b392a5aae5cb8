"""Anonymous source: a claim that rests on somebody the text does not name."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.sourcing import hidden_sources
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.hidden_sources."""
    yield from told("anonymous-source", "attribution", hidden_sources(article), article, rules)


CHECK = Check(
    title="Anonymous source",
    why="A reader cannot weigh a source that is not named, and nobody can ask it again; the "
    "text should at least say why it is not named and how it knows.",
    group="sourcing",
    find=find,
)
