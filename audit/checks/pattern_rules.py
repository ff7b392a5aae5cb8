"""What the rules of rules/language see: slips of translation, grammar, spinning; residue."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.sourcing import hidden_sources, vague_sources
from audit.language.patterns import find as search
from audit.model import Finding
from audit.rules import Rules

_TOLD = ("anonymous-source", "vague-attribution")  # the checks that read the attributions


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """The matches of the rules, without hidden sources that the checks on attributions tell."""
    found = list(search(article, rules))
    told: list[tuple[int, int]] = []
    if any(one.family == "attribution" for one in found):
        told = [
            (one.start, one.end)
            for remarks in (hidden_sources(article), vague_sources(article))
            for one in remarks
        ]
    mild = min(int(rules.checks.get(name, {}).get("severity", 1)) for name in _TOLD)
    for one in found:
        again = one.family == "attribution" and one.severity <= mild
        if not (again and any(one.start < end and start < one.end for start, end in told)):
            yield one


CHECK = Check(
    title="Pattern rules",
    why="An exact phrase that an editor would stop at tells more than a score of the whole text.",
    group="language",
    find=find,
)
