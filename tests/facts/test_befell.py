"""What befell people whose number stands in no listed words, and quakes without their unit."""

from __future__ import annotations

import time

import pytest

from audit import model, rules
from audit.facts.dates import dates
from audit.facts.figures import figures
from audit.facts.quantities import quantities
from audit.tokens import Text

RULES = rules.load()
TOLLS = ("killed", "injured", "missing", "arrested", "magnitude")


def tolls(text: str) -> list[tuple[str, float]]:
    page = Text(text)
    found = quantities(page, RULES, dates(page, model.Published(), RULES))
    return [(q.slot, q.value) for q in found if q.slot in TOLLS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Divers brought up 17 bodies from the car deck.", [("killed", 17)]),
        ("The death of a cook brings to 53 the number of victims.", [("killed", 53)]),
        ("Gas killed 29 miners, eleven of them under 25.", [("killed", 29), ("killed", 11)]),
        ("The clinic treated twelve people for burns.", [("injured", 12)]),
        ("The injured number 1,246.", [("injured", 1246)]),
        ("Police took 16 demonstrators into custody.", [("arrested", 16)]),
        ("Three of the wounded died.", [("killed", 3)]),
        ("A quake of 6.4 was followed by one of 5.2.", [("magnitude", 6.4), ("magnitude", 5.2)]),
        ("The institute corrected its reading of the tremor from 6.0 to 6.1.",
         [("magnitude", 6.1)]),
    ],
)  # fmt: skip
def test_the_words_around_a_number_tell_what_befell(
    text: str, expected: list[tuple[str, float]]
) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The hospital has 40 beds and eleven doctors.",
        "Police sent 200 officers and six dogs to the house where the body lay.",
        "He was jailed for 12 years after a trial with 60 witnesses.",
        "The shares fell 5.2 percent, and the index closed at 4.8.",
        "The markets had a shock, and the index closed at 4.8.",
        "Two men were held, and one is charged with marrying 20 women.",
        "He was jailed for defrauding 300 investors.",
    ],
)
def test_what_is_near_such_words_and_no_toll(text: str) -> None:
    assert tolls(text) == []


@pytest.mark.parametrize(
    ("told", "scope"),
    [
        ("Divers brought up 17 bodies from the deck.", "bodies"),
        ("Gas killed the miners, eleven of whom were under 25.", "part"),
        ("Twelve children were among the dead.", "part"),
        ("The clinic treated twelve people for burns.", "care"),
        ("The wave killed nineteen people in the town.", ""),
    ],
)
def test_a_part_is_told_from_the_toll(told: str, scope: str) -> None:
    text = Text(f"The ferry sank off Lorn. {told} The captain was not on board.")
    found = figures(text, quantities(text, RULES), [], RULES)
    assert [f.scope for f in found if f.counts in TOLLS] == [scope]


def test_many_numbers_cost_their_length() -> None:
    text = "Some died, 12 of them, and 14 in the ward, " * 1_000
    begun = time.process_time()
    page = Text(text)
    for quantity in quantities(page, RULES, []):
        assert text[quantity.start : quantity.end] == quantity.text
    assert time.process_time() - begun < 8
