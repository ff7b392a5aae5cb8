"""Publication date contradicted: the wording was written on another day than the one given."""

from __future__ import annotations

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check
from audit.facts.impossible import contradicts
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """One finding for each wording that does not fit the publication date."""
    severity = int(rules.checks.get("publication-date-contradicted", {}).get("severity", 2))
    for remark in contradicts(article.text, article.published):
        yield Finding(
            rule="publication-date-contradicted",
            family="date",
            group="facts",
            severity=severity,
            start=remark.start,
            end=remark.end,
            quote=article.text.raw[remark.start : remark.end],
            message=remark.message,
            confidence=remark.confidence,
        )


CHECK = Check(
    title="Publication date contradicted",
    why=(
        "An old text sold as new, or one changed in silence: "
        "every last year and this week in it misleads."
    ),
    group="facts",
    find=find,
)
