"""Ages that fit no day of birth, and orders that cannot be, in invented news."""

from __future__ import annotations

import pytest

from audit import model
from audit.facts.compare import compare_documents
from audit.rules import Rules, load
from tests.facts.documents import doc

STORY = (
    "Analysts have followed the matter for a long time and expect it to occupy "
    "both towns for months. Officials gave few details, and the ministry declined to say "
    "more when asked by reporters on the sidelines of a trade fair. "
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def told(
    a: str, b: str, rules: Rules, days: tuple[str | None, str | None] = ("2017-05-03", "2017-05-20")
) -> list[model.Comparison]:
    docs = [doc(k, t, STORY, rules, day) for k, t, day in zip("ab", (a, b), days, strict=True)]
    return compare_documents(docs[0], docs[1], rules)


def clashes(found: list[model.Comparison]) -> set[tuple[str, str]]:
    return {(c.event, c.kind) for c in found if c.verdict == "conflict"}


AGED = [
    ("Ida Voss, 42, leads the town choir of Lorn.", "Ida Voss, 45, still sings in the choir."),
    ("Ida Voss, 42, leads the choir.", "The 39-year-old conductor Ida Voss leads the choir."),
    ("Ida Voss, 42, leads the choir.", "Ida Voss was born on 4 June 1971 in Lorn."),
]


@pytest.mark.parametrize(("a", "b"), AGED)
def test_ages_that_fit_no_day_of_birth_conflict(a: str, b: str, rules: Rules) -> None:
    found = told(a, b, rules)
    assert ("age", "number") in clashes(found) or ("birth", "number") in clashes(found)
    assert any("Ida Voss" in c.why and "42" in c.why for c in found if c.verdict == "conflict")


FITTING = [
    ("Ida Voss, 42, leads the choir.", "Ida Voss, 43, sings in it."),  # a birthday between
    ("Ida Voss, 42, leads the choir.", "Ida Voss was born on 4 June 1974 in Lorn."),
    ("Ida Voss, 42, leads the choir.", "She met Ida Voss when she was a 14-year-old pupil."),
    ("Ida Voss, 42, leads the choir.", "Ida Voss, 12, sings in it too."),  # a namesake
    ("Ida Voss, 42, leads the choir.", "Mira Voss, 45, sings in it."),
]


@pytest.mark.parametrize(("a", "b"), FITTING)
def test_ages_that_can_both_hold_do_not(a: str, b: str, rules: Rules) -> None:
    assert not clashes(told(a, b, rules, ("2017-05-03", "2017-06-20")))


def test_an_age_needs_the_day_it_was_printed(rules: Rules) -> None:
    one = (
        f"{AGED[0][0]} It sings in the Haldane chapel on Sundays, its patron Orla Kessim says, and"
        " has been to Aarberg, Rosenau and Velm since Marta Hedlund founded it."
    )
    other = (
        "A bus of the Orm coast line burned out at Tarn on Friday, police chief Mads Krogh said."
        " Ida Voss, 45, drove it from Brisk to the yard of Tylo. The Orm line ends in Ostrel."
    )
    assert not clashes(told(one, other, rules, (None, None)))
    assert not clashes(told(*AGED[0], rules, ("2017-05-03", "2014-05-20")))  # of the dead, say


REVERSED = [
    (
        "Norway bought the KV-90 patrol ships from Brazil in March 2016.",
        "Brazil delivered the KV-90 patrol ships to Norway in May 2015.",
    ),
    ("Jonas Ekmark was born on 4 May 1975 in Oslo.", "Jonas Ekmark died on 9 May 1974 in Oslo."),
]


@pytest.mark.parametrize(("a", "b"), REVERSED)
def test_an_order_that_cannot_be_is_a_conflict(a: str, b: str, rules: Rules) -> None:
    found = [c for c in told(a, b, rules) if c.event == "order"]
    assert [(c.verdict, c.kind) for c in found] == [("conflict", "date")]
    assert "that order cannot be" in found[0].why


ORDERED = [
    (
        "Norway bought the KV-90 patrol ships from Brazil in March 2014.",
        "Brazil delivered the KV-90 patrol ships to Norway in May 2015.",
    ),
    (  # another batch
        "Norway bought the second batch of KV-90 ships from Brazil in March 2016.",
        "Brazil delivered the KV-90 patrol ships to Norway in May 2015.",
    ),
    (  # within one year both orders can be
        "Norway bought the KV-90 patrol ships from Brazil in 2015.",
        "Brazil delivered the KV-90 patrol ships to Norway in May 2015.",
    ),
    ("Jonas Ekmark was born on 4 May 1975 in Oslo.", "Berit Ekmark died on 9 May 1974 in Oslo."),
]


@pytest.mark.parametrize(("a", "b"), ORDERED)
def test_orders_that_can_be_are_no_conflict(a: str, b: str, rules: Rules) -> None:
    assert "order" not in {event for event, _ in clashes(told(a, b, rules))}
