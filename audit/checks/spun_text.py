"""Spun text: words and phrases that a thesaurus put in, in a text whose vocabulary is spun."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.language.translation import swapped
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """The swapped words of a spun document, each kind once; none in any other."""
    if article.language.code != "en":
        return
    severity = int(rules.checks.get("spun-text", {}).get("severity", 2))
    for span, _ in swapped(article.text):
        quote = article.text.raw[span.start : span.end]
        yield Finding(
            rule="spun-text",
            family="spin",
            group="language",
            severity=severity,
            start=span.start,
            end=span.end,
            quote=quote,
            message=f"“{quote}” reads as put in by a thesaurus: the text's vocabulary is spun.",
            confidence=0.7,
        )


CHECK = Check(
    title="Spun text",
    why="A text whose words were swapped for synonyms by a program is another's text in disguise; "
    "the swaps often change what it says.",
    group="language",
    find=find,
)
