"""Opinion stated as fact: a judgement that nobody is made to answer for."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.sourcing import opinions
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding a remark of audit.facts.sourcing.opinions."""
    yield from told("opinion-as-fact", "presentation", opinions(article, rules), article, rules)


CHECK = Check(
    title="Opinion stated as fact",
    why="A judgement in the text's own voice that nobody is made to answer for is opinion "
    "passed off as report.",
    group="presentation",
    find=find,
)
