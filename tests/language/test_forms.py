"""Forms that never stand after a small word."""

from __future__ import annotations

import numpy as np
import pytest

from audit.language.forms import SMALL, wrong_forms
from audit.language.patterns import find
from audit.language.rulecheck import document
from audit.model import Finding
from audit.rules import Rules, load


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def told(text: str, rules: Rules) -> list[Finding]:
    found = list(wrong_forms(document(text), rules))
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The ferries of Aldmoor are know to exist only on paper.", "are know"),
        ("The keeper said they roles at the mill were taken by others.", "they roles"),
        ("Its title was refers to the mill of Aldmoor.", "was refers"),
        ("The millers have arrive under strain at the fair.", "have arrive"),
        ("The millers have never arrive at the fair.", "have never arrive"),
        ("The millers have\narrive at the fair.", "have\narrive"),
    ],
)
def test_a_form_that_never_follows_is_told(text: str, quote: str, rules: Rules) -> None:
    (one,) = told(text, rules)
    assert (one.quote, one.family, one.severity) == (quote, "grammar", 1)
    first, *_, last = quote.split()
    assert f"“{last}”" in one.message and f"“{first}”" in one.message


@pytest.mark.parametrize(
    "text",
    [
        "The ferries of Aldmoor are known to exist; they play a role, and the guild was appointed.",
        "“The millers are know to exist,” she wrote in her second language.",
        "The millers have, arrive who may, a place at the fair.",  # a mark between
        "All that the millers can do is arrive.",
        "Nobody in Aldmoor asked whether or how or why are they strangers.",
        "The ferries are know\u00ading what they do.",
        "The Will Triggered is a play about they Dogs.",  # names
    ],
)
def test_right_english_quotations_and_names_are_silent(text: str, rules: Rules) -> None:
    assert not told(text, rules)


def test_two_weigh_more_than_one(rules: Rules) -> None:
    text = "The millers have arrive at the fair, but they roles are taken."
    assert [one.severity for one in told(text, rules)] == [2, 2]


def test_what_a_rule_of_grammar_says_is_not_said_again(rules: Rules) -> None:
    article = document("The new law will took effect in spring, the keeper of the mill said.")
    ruled = [one for one in find(article, rules) if one.family == "grammar"]
    assert ruled
    assert not list(wrong_forms(article, rules))


def test_other_languages_are_silent_and_hostile_text_is_read(rules: Rules) -> None:
    foreign = document("The ferries of Aldmoor are know to exist.", "de")
    assert not list(wrong_forms(foreign, rules))
    assert len(told("are know " * 10_000, rules)) == 10_000
    for other in ("", "are", "are " * 10_000, "\ud800 are \x00 know \u202e", "は are は"):
        assert not told(other, rules)


def test_the_small_words_have_a_bit_each() -> None:
    assert len(SMALL) == len(set(SMALL)) <= 64
    assert np.uint64(1 << (len(SMALL) - 1)) > 0
