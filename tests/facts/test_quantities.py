"""Quantities: slot, value, unit and bound; and the numbers that are none."""

from __future__ import annotations

import time

import pytest

from audit import model, rules
from audit.facts.dates import dates
from audit.facts.quantities import quantities
from audit.tokens import Text

RULES = rules.load()
DAY = model.Published("2020-03-18", "2020-03-18", "2020-03-18", "metadata")


def found(text: str) -> list[model.Quantity]:
    page = Text(text)
    return quantities(page, RULES, dates=dates(page, DAY, RULES))


def brief(text: str) -> list[tuple[str, float, str]]:
    return [(q.slot, q.value, q.bound) for q in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last year, in July 2017, 12 died.", [("killed", 12, "exact")]),
        ("The slide killed four people.", [("killed", 4, "exact")]),
        ("At least four people were killed.", [("killed", 4, "at_least")]),
        ("killing as many as thirty villagers", [("killed", 30, "at_most")]),
        ("The death toll rose to 27.", [("killed", 27, "exact")]),
        ("The toll climbed to more than 1,200.", [("killed", 1200, "at_least")]),
        ("The squall left 12 dead.", [("killed", 12, "exact")]),
        ("A hundred and twenty people died.", [("killed", 120, "exact")]),
        ("Lorn, population 4,200, was cut off.", [("count:person", 4200, "exact")]),
        ("It has a population of about 900.", [("count:person", 900, "about")]),
        ("A dozen people died.", [("killed", 12, "about")]),
        ("1 dead, 2 hurt in ferry fire", [("killed", 1, "exact"), ("injured", 2, "exact")]),
        ("Three of the five miners died.", [("killed", 3, "exact")]),
        ("Two guards killed six raiders.", [("count:guard", 2, "exact"), ("killed", 6, "exact")]),
        ("No one was hurt.", [("injured", 0, "exact")]),
        ("There were no deaths.", [("killed", 0, "exact")]),
        ("Dozens were injured.", [("injured", 24, "at_least")]),
        ("Some 300 villagers are missing.", [("missing", 300, "about")]),
        ("Police arrested 23 suspects.", [("arrested", 23, "exact")]),
        ("A dam burst and 170, 000 people fled.", [("count:person", 170000, "exact")]),
        ("two hundred thousand people", [("count:person", 200000, "exact")]),
        ("twenty-three barges", [("count:barge", 23, "exact")]),
        ("half-dozen barges", [("count:barge", 6, "exact")]),
        ("a 6. 1 - magnitude quake", [("magnitude", 6.1, "exact")]),
        ("of magnitude 7.5", [("magnitude", 7.5, "exact")]),
        ("Orla Venn, 63, said no.", [("age", 63, "exact")]),
        ("the 63-year-old", [("age", 63, "exact")]),
        ("up 3.5 percent", [("percentage", 3.5, "exact")]),
        ("by 52 votes", [("votes", 52, "exact")]),
        ("about 40 miles away", [("distance", 40, "about")]),
        ("50 or more homes", [("count:home", 50, "at_least")]),
        ("nine KV-27s and two 747s", [("count:kv-27", 9, "exact"), ("count:747", 2, "exact")]),
        ("36 equal monthly payments", [("count:payment", 36, "exact")]),
    ],
)
def test_slot_value_and_bound(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost $1.2 million.", 1_200_000, "USD"),
        ("It cost €900,000.", 900_000, "EUR"),
        ("It cost £3bn.", 3e9, "GBP"),
        ("It cost 20 billion rubles.", 2e10, "RUB"),
        ("It cost 500 million Turkish lira.", 5e8, "TRY"),
        ("It cost 12 cents.", 12, "USD/100"),
        ("It cost millions of dollars.", 2_000_000, "USD"),
        ("It cost 7.5 billion yuan", 7.5e9, "CNY"),
    ],
)
def test_money(text: str, value: float, unit: str) -> None:
    (quantity,) = found(text)
    assert (quantity.slot, quantity.value, quantity.unit) == ("money", value, unit)


def test_between() -> None:
    for text in ("Between 10 and 15 boats", "10-15 boats", "10 to 15 boats"):
        (quantity,) = found(text)
        assert (quantity.value, quantity.value_to, quantity.bound) == (10, 15, "between")


@pytest.mark.parametrize(
    "text",
    [
        "It bought the S-400, the F-16, a Boeing 737 and an AK - 47.",
        "Covid-19 was on the agenda of the G20.",
        "On 12 July 2019 at 10:30, two years later.",
        "Call 555-0143 or +1 202 555 0143.",
        "They won 3-2 on Sunday.",
        "See Article 5, Room 101, Flight 370, No. 10.",
        "The Curve 8900 features a camera.",
        "one in five adults",
        "He came back ten times for two thirds of it.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed a man and a woman.", [("killed", 2, "exact")]),
        ("He opened fire, killing her and two others.", [("killed", 3, "exact")]),
        ("Anna Voss and two others were hurt.", [("injured", 3, "exact")]),
        ("It killed two guards, a driver and a child.", [("killed", 4, "exact")]),
        ("It killed at least 12 soldiers and three civilians.", [("killed", 15, "at_least")]),
        # A list whose other members nobody counted.
        ("Voss, her son Ole and two others were hurt.", [("injured", 2, "exact")]),
        # Two clauses, not two members.
        ("It killed two guards and a woman said so.", [("killed", 2, "exact")]),
        ("He told her and two others were killed.", [("killed", 2, "exact")]),
    ],
)
def test_people_told_together_are_one_number(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people, including a nurse, were killed.", [("killed", 3, "exact")]),
        ("Two miners -- both from Orm -- were injured.", [("injured", 2, "exact")]),
        ("Eleven of the 15 suspects were arrested.", [("arrested", 11, "exact")]),
        ("No injuries were reported.", [("injured", 0, "exact")]),
        ("Half a million people came.", [("count:person", 500_000, "exact")]),
        ("A quarter of a million dollars", [("money", 250_000, "exact")]),
        ("Thirty seven children died.", [("killed", 37, "exact")]),
        ("Two quakes, measuring 6.6 and 6.4, hit.",
         [("count:quake", 2, "exact"), ("magnitude", 6.6, "exact"), ("magnitude", 6.4, "exact")]),
        ("the 6.6 and 6.5 magnitude quakes",
         [("magnitude", 6.6, "exact"), ("magnitude", 6.5, "exact")]),
        ("a five-bedroom house", [("count:bedroom", 5, "exact")]),
        ("a crew of 22 aboard", [("count:crew", 22, "exact")]),
        ("a family of five.", [("count:person", 5, "exact")]),
        ("Mrs. Voss, who is 71, won.", [("age", 71, "exact")]),
        ("Police detained 115.", [("arrested", 115, "exact")]),
        ("They released 12 sailors.", [("rescued", 12, "exact")]),
        ("A mother and her two sons were found dead.", [("killed", 3, "exact")]),
        ("It found more than half a tonne of it.", [("weight", 0.5, "at_least")]),
        ("640 kilogrammes of it were found.", [("weight", 640, "exact")]),
        ("He fired 34 times.", [("count:shot", 34, "exact")]),
        ("It lent 4.5 milliard euros.", [("money", 4.5e9, "exact")]),
        ("It lost 70 crore rupees.", [("money", 7e8, "exact")]),
        ("Injuries: 1,420.", [("injured", 1420, "exact")]),
        ("Some 300 lost the roof over their heads.", [("displaced", 300, "about")]),
        ("Ninety people have not been heard from.", [("missing", 90, "exact")]),
        ("Six men were slapped in cuffs.", [("arrested", 6, "exact")]),
        ("The gunman, 17, fled.", [("age", 17, "exact")]),
        ("The driver, a man of 58, fled.", [("age", 58, "exact")]),
        ("Ida Voss, just 19, sang.", [("age", 19, "exact")]),
        ("He is 46, divorced.", [("age", 46, "exact")]),
        # The number of a page, and the end of an address, before a headline.
        ("news - story - 2\nDozens injured in Lorn", [("injured", 24, "at_least")]),
        ("Page\n3\nPeople were killed in Lorn", []),
        ("They hurt 12\nPeople of Lorn", [("injured", 12, "exact")]),
        ("The quake killed at least\n24\nPeople fled", [("killed", 24, "at_least")]),
        ("Tarn buys Lorn for $24 million\nBy Roy Amber", [("money", 24e6, "exact")]),
        ("Tarn fined €24,000\nThe firm", [("money", 24_000, "exact")]),
        ("He was fired three times.", []),
        ("Shares, only 24, were sold.", []),
        ("at the Group of Seven summit", []),
        # An age of long ago, a scale, a reading that is no quake's.
        ("She left when she was 5.", []),
        ("on a 15-point scale", []),
        ("The pool measured 5.8 by 3.2.", []),
    ],
)  # fmt: skip
def test_what_is_counted_stands_elsewhere(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert brief(text) == expected


def test_three_or_four_is_between() -> None:
    (quantity,) = found("three or four boats")
    assert (quantity.value, quantity.value_to, quantity.bound) == (3, 4, "between")


def test_a_group_that_lost_members_is_not_what_befell_them() -> None:
    assert brief("The mother of two died.") == []
    assert ("arrested", 24, "at_least") not in brief("A man with dozens of wives was arrested.")


@pytest.mark.parametrize("end", ["the", "his", "two", "a", "another"])
def test_a_text_may_break_off_inside_a_sum(end: str) -> None:
    assert brief(f"The storm killed a man and {end}") == []


def test_quotes_match_offsets_and_long_runs_cost_their_length() -> None:
    text = "1 " * 5_000 + "one " * 5_000 + "999" * 300 + " dead"
    begun = time.process_time()
    for quantity in found(text):
        assert text[quantity.start : quantity.end] == quantity.text
    assert time.process_time() - begun < 12
