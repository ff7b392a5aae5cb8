"""Loaded words: words of judgement in the text's own voice."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.sourcing import loaded_words
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.loaded_words."""
    yield from told("loaded-words", "presentation", loaded_words(article, rules), article, rules)


CHECK = Check(
    title="Loaded words",
    why="A word that judges tells what the writer thinks, not what happened; in a report the "
    "judgement belongs to a named source.",
    group="presentation",
    find=find,
)
