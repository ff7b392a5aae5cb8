"""Headlines that tell of a deed their text has no word of."""

from __future__ import annotations

import pytest

from audit import model
from audit.article import Article
from audit.facts.deeds import LEAST, unborne
from audit.tokens import Text

PAD = "The office in Lorn opens at nine and the clerks sort the letters of the day by street. " * 5
NONE = model.Published(None, None, None, "none")


def told(title: str, text: str) -> list[str]:
    article = Article("a", None, title, Text(text), model.Language("en", 1.0), NONE)
    return [one.message for one in unborne(article)]


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("Clerk steals thousands from the Lorn office", PAD, True),
        ("Clerk steals thousands from the Lorn office", PAD + "The theft was seen.", False),
        ("Lorn mayor flees town hall after a long vote", PAD, True),
        ("Lorn mayor flees town hall after a long vote", PAD + "She left the town.", False),
        ("Three clerks arrested in Lorn on Friday night", PAD, True),
        ("Did the clerk steal thousands from Lorn?", PAD, False),
        ("Long talks killed the bill on tram fares", PAD, False),
        ("Flood killed two people in the Lorn valley", PAD, True),
        ("Clerk steals thousands from the Lorn office", "Short.", False),
    ],
)
def test_a_deed_without_a_word(title: str, body: str, found: bool) -> None:
    assert len(PAD.split()) >= LEAST
    assert bool(told(title, body)) == found
