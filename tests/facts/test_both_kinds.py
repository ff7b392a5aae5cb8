"""Two that are named side by side and taken up by a word for another kind of thing."""

from __future__ import annotations

import pytest

from audit.article import Article
from audit.facts.both_kinds import of_another_kind
from audit.model import Language, Published
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def quotes(raw: str, rules: Rules) -> list[str]:
    article = Article("d", None, None, Text(raw), Language("en", 1.0), Published())
    return [raw[one.start : one.end] for one in of_another_kind(article, rules)]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Turkey and NATO met in May. It helps both countries.", "both countries"),
        ("It is old, the peace of Norway with NATO. Both nations gain.", "Both nations"),
        ("Norway and Brazil signed it. Both companies gain by it.", "Both companies"),
        ("It pleased Norway and Brazil. It will serve both organizations.",
         "both organizations"),
        ("Mr Ek and Ms Voss spoke. Both men were tired.", "Both men"),
        ("Mr Ek and Mr Voss spoke. Both women were tired.", "Both women"),
    ],
)  # fmt: skip
def test_the_kinds_do_not_fit(raw: str, told: str, rules: Rules) -> None:
    assert quotes(raw, rules) == [told]


@pytest.mark.parametrize(
    "raw",
    [
        "Norway and Brazil signed it. Both countries gain by it.",
        "NATO and the European Union met. Both organizations gain by it.",
        "Turkey and NATO met Greece. It helps both countries.",  # a third
        "Turkey and Halden met in May. It helps both countries.",  # nobody knows what Halden is
        "Two firms of Norway and Brazil signed it. Both companies gain by it.",
        "Turkey left. NATO stayed. Both countries are tired.",  # not side by side
        "Mr Ek and Mr Voss spoke. Both men were tired.",
        "Mr Ek and Ms Voss met Mr Lund. Both men were tired.",
        "It helps both countries.",
    ],
)
def test_they_fit_or_it_cannot_be_told(raw: str, rules: Rules) -> None:
    assert quotes(raw, rules) == []
