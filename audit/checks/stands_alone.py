"""Stands alone: a grave claim that no named source answers for."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.alone import CHECK as ID
from audit.facts.alone import unsourced
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.alone.unsourced."""
    yield from told(ID, "attribution", unsourced(article, rules), article, rules)


CHECK = Check(
    title="Stands alone",
    why="A charge, a death or a dismissal told of somebody by name rests on this text alone: no "
    "named source answers for it, and no independent document tells of it.",
    group="sourcing",
    find=find,
)
