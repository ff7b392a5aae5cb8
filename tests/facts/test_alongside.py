"""Numbers whose noun is told elsewhere, and how other countries write them."""

from __future__ import annotations

import pytest

from tests.facts.test_quantities import brief, found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 20,000 marched.", [("count:person", 20000, "about")]),
        ("About 90,000 had taken part.", [("count:person", 90000, "about")]),
        ("Police put the turnout at 35,000.", [("count:person", 35000, "exact")]),
        ("The union counted 4,100.", [("count:person", 4100, "exact")]),
        ("The mill employs about 150.", [("count:employee", 150, "about")]),
        ("He put the number of villages damaged at 33.", [("count:village", 33, "exact")]),
        ("It is a town of 43,700.", [("count:inhabitant", 43700, "exact")]),
        ("The crew is 60 strong.", [("count:person", 60, "exact")]),
        ("a 60-strong choir", [("count:person", 60, "exact")]),
        ("The mill has 1,900-odd workers.", [("count:worker", 1900, "exact")]),
        ("a strike of 6,400 bus and tram drivers", [("count:driver", 6400, "exact")]),
        ("He was found guilty on 17 of 19 counts.", [("count:count", 17, "exact")]),
        ("They freed 22 seamen.", [("rescued", 22, "exact")]),
        ("Her list has eight seats, his has ten.", [("count:seat", 8, "exact"),
                                                    ("count:seat", 10, "exact")]),
        ("Voss got 7,914 votes and Vrba 7,702.", [("votes", 7914, "exact"),
                                                  ("votes", 7702, "exact")]),
    ],
)  # fmt: skip
def test_a_bare_number_counts_what_is_told_beside_it(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The march of the 12 began.",
        "He has three sons: Ulf, 16; Per, 14.",  # ages
        "It was one of 4.",
        "She came at 9 and left at 11.",
        "He turned to page 12.",
        "She teaches three languages, two- and three-dimensional art.",
        "They tried it on 60 men aged between 19 and 32.",
        "Some 30 genes of chromosome 22 are gone.",
        "It hits two people per 1,000.",
    ],
)
def test_what_counts_nothing_stays_bare(text: str) -> None:
    bare = [q for q in found(text) if q.slot.startswith("count:") and not q.text[-1].isalpha()]
    assert not bare


@pytest.mark.parametrize(
    ("text", "slot", "value", "unit"),
    [
        ("It cost 1,2 million euros.", "money", 1.2e6, "EUR"),
        ("It cost 38 millions of euros.", "money", 38e6, "EUR"),
        ("It cost EUR 9m.", "money", 9e6, "EUR"),
        ("Sales came to DKr 2.2bn.", "money", 2.2e9, "DKK"),
        ("The fine is 300 zlotys.", "money", 300, "PLN"),
        ("Turnout fell by 3,5 percents.", "percentage", 3.5, "%"),
        ("The ship of 19.900 tons sank.", "weight", 19900, "t"),
        ("The ship of 37,200 deadweight tonnes sank.", "weight", 37200, "t"),
        ("The 19,900-deadweight-ton ship sank.", "weight", 19900, "t"),
        ("It lay 420 nautical miles off.", "distance", 420, "nmi"),
        ("It was 20 degrees celsius.", "temperature", 20, "°C"),
        ("Aske turned 61 in January.", "age", 61, "year"),
        ("a girl aged just nine", "age", 9, "year"),
    ],
)
def test_units_and_numbers_as_other_countries_write_them(
    text: str, slot: str, value: float, unit: str
) -> None:
    (one,) = found(text)
    assert (one.slot, one.value, one.unit) == (slot, value, unit)


@pytest.mark.parametrize("text", ["Paris, 20/1. It rained.", "He wrote 1/2, then left."])
def test_a_fraction_after_a_name_is_no_age(text: str) -> None:
    assert not [q for q in found(text) if q.slot == "age"]


@pytest.mark.parametrize("text", ["It cost 3 to 0 million.", "He won 3 to 0 hundred times."])
def test_a_range_that_ends_in_nought_is_no_error(text: str) -> None:
    assert not [q for q in found(text) if q.value_to is not None]


def test_a_comma_between_two_numbers_stays_one() -> None:
    assert brief("They asked 1,200 people on pages 3,4 and 5.")[0] == (
        "count:person",
        1200,
        "exact",
    )
