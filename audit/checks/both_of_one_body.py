"""Two of a kind are taken up ("both organizations") where one of the two was of another kind."""

from collections.abc import Iterator

from audit.article import Article
from audit.checks import Check, told
from audit.facts.both_kinds import of_another_kind
from audit.language.tokenpatterns import one_body_named
from audit.model import Finding
from audit.rules import Rules


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    yield from one_body_named(article, rules)
    yield from told("both-of-one-body", "semantic", of_another_kind(article, rules), article, rules)


CHECK = Check(
    title="“Both organizations”, one named",
    why="A country was taken for an organization: no person wrote, or read, this sentence.",
    group="language",
    find=find,
)
