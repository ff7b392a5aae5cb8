"""Set expressions with a word swapped, and what stands twice."""

from __future__ import annotations

import pytest

from audit.language.expressions import broken_expressions, plural
from audit.language.repeats import repeated_sentence, repeated_words
from audit.language.rulecheck import document
from audit.model import Finding
from audit.rules import Rules, load


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def broken(text: str, rules: Rules) -> list[Finding]:
    found = list(broken_expressions(document(text), rules))
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


def test_a_word_that_never_stands_in_a_term_is_enough(rules: Rules) -> None:
    (one,) = broken("The peak clergyman met the finance clergymen of both isles.", rules)
    assert (one.quote, one.severity) == ("finance clergymen", 3)
    assert "finance minister" in one.message


def test_a_doubtful_one_needs_company(rules: Rules) -> None:
    assert not broken("He read of a police sector project near the private zone.", rules)
    doubtful = "They held a media secretary in the private quarter."
    assert len(broken(doubtful, rules)) == 2
    assert not broken(doubtful.replace("quarter", "sector"), rules)


def test_an_expression_as_it_is_and_what_people_write_is_silent(rules: Rules) -> None:
    assert not broken("The finance minister, a clergyman, spoke of human rights.", rules)
    assert not broken("Before the finance, clergyman Hale spoke.", rules)


def test_only_english_is_read(rules: Rules) -> None:
    text = "Le finance clergyman est parti."
    assert not list(broken_expressions(document(text, "fr"), rules))


def test_plurals() -> None:
    assert list(map(plural, ("party", "bus", "clergyman", "play"))) == [
        "parties",
        "buses",
        "clergymen",
        "plays",
    ]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("She went to the shop to the shop on foot.", "to the shop"),
        ("It was the end of the of the road.", "of the"),
        ("The new bridge opened the new bridge opened on Friday.", "the new bridge opened"),
        ("They asked again and again and again, more and more and more.", None),
        ("From hand to hand to hand it went.", None),
        ("They came from New York New York and Baden Baden.", None),
        ("The score was 3 2 3 2 in the end.", None),
        ('"I have a I have a plan," she said.', None),
        ("It ran on, and ran on, and on.", None),
        ("He said it, he said it twice.", None),
    ],
)
def test_words_that_stand_twice(text: str, quote: str | None, rules: Rules) -> None:
    found = list(repeated_words(document(text), rules))
    assert [one.quote for one in found] == ([quote] if quote else [])
    assert all(text[one.start : one.end] == one.quote for one in found)


def test_a_passage_that_stands_twice_is_told_once(rules: Rules) -> None:
    passage = (
        "The old mill by the river was sold to its tenants. "
        "Its wheel had not turned for forty years."
    )
    text = f"{passage} A buyer came forward.\n\n{passage}\n\nNobody knew why."
    (one,) = repeated_sentence(document(text), rules)
    assert one.quote == passage and one.start > 100
    assert not list(repeated_sentence(document("Yes, it is. So be it. Yes, it is."), rules))
