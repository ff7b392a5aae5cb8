"""Of whom a number tells: whose age it is, who lives there, who has what is counted."""

from __future__ import annotations

import time

import pytest

from audit.facts.compare import compare_documents
from audit.facts.extract import extract
from audit.facts.name_keys import bare, one_of
from audit.facts.sides import Doc
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def doc(key: str, of: str, rules: Rules, published: str | None = None) -> Doc:
    text = Text(of)
    facts = extract(text, title=None, published=published, url=None, language="en", rules=rules)
    return Doc(key, text, facts)


def whose(of: str, value: float, rules: Rules) -> list[str]:
    found = [f.whose for f in doc("a", of, rules).facts.figures if f.number.value == value]
    assert found, of
    return found[0]


AGES = [
    ("Police named the gunman as Roy Amber, 47, of Lorn.", ["roy amber"]),
    ("The driver, Roy Amber (47 years old), was unhurt.", ["roy amber", "the driver"]),
    ("Taxi driver Roy Amber, 47, fell ill.", ["roy amber", "the taxi driver"]),
    ("The 47-year-old bus driver was unhurt.", ["the bus driver"]),
    ("The suspected gunman, 47, is held.", ["the gunman"]),
    ("The deputy mayor, 47, spoke.", ["the deputy mayor"]),
    ("The former captain, 47, spoke.", ["the former captain"]),
    ("The widow of Roy Amber, 47, wept.", ["roy amber|kin"]),
    ("Police held Ahmed al-Masri, 47, of Lorn.", ["ahmed al masri"]),
    ("Police fear for the life of Roy Amber, 47.", ["roy amber"]),
    ("The two drivers met. The driver, 47, was hurt.", []),
    ("The driver, 47, and a second driver were hurt.", []),
    ("The driver, a man of 47, was unhurt.", ["the driver"]),
    ("The driver, 47, told police nothing.", ["the driver"]),
    ("A 47-year-old Lorn man was charged.", []),
    ("He met Ida Voss when he was 47 years old.", []),
    ("The fire took Ida Voss, 19, and 47-year-old Roy Amber.", ["roy amber"]),
    ("A 47-year-old woman from Tarn was hurt too.", []),
]


@pytest.mark.parametrize(("told", "whom"), AGES)
def test_whose_age_it_is(told: str, whom: list[str], rules: Rules) -> None:
    assert whose(told, 47, rules) == whom


def test_of_two_drivers_neither_is_the_driver(rules: Rules) -> None:
    told = "The driver of the bus, a 47-year-old driver, blamed the other driver, 51."
    assert whose(told, 47, rules) == whose(told, 51, rules) == []


PLACES = [
    ("Two hotels in Lorn, a city of 8,000 people, fell.", ["lorn"]),
    ("Lorn, population 8,000, has one school.", ["lorn"]),
    ("Some 8,000 people live in Lorn.", ["lorn"]),
    ("The port city of Lorn is in the dark. The coastal city has 8,000 inhabitants.", ["lorn"]),
    ("Some 8,000 people live in Lorn district.", ["lorn|district"]),
    ("Some 8,000 people live in greater Lorn.", ["lorn|greater"]),
    ("Lorn had 8,000 inhabitants at the 1991 census.", []),
    ("The mayor of Tarn sent lamps. The town has 8,000 inhabitants.", []),
]


@pytest.mark.parametrize(("told", "where"), PLACES)
def test_where_so_many_live(told: str, where: list[str], rules: Rules) -> None:
    assert whose(told, 8000, rules) == where


OWNED = [
    ("Tarn Works, which employs 640 people, makes bolts.", 640, ["tarn works"]),
    ("Tarn Works has at least 640 staff.", 640, ["tarn works"]),
    ("In all 640 staff left Tarn Works.", 640, []),
    ("Tarn Works had 640 staff before the strike.", 640, []),
    ("Tarn Works has 640 staff abroad.", 640, []),
    ("Two years ago Tarn Works had 640 staff.", 640, []),
    ("Lida Voss, accused of having 12 wives, is free.", 12, ["lida voss"]),
    ("They fear Tarn Works's 12 percent share of the market.", 12, ["tarn works|market"]),
    ("Tarn Works had 12% of the vote of its owners.", 12, ["tarn works|vote"]),
    ("Tarn Works has 12% of the wire market.", 12, ["tarn works|wire market"]),
    ("Tarn Works has 12% of the market for pipes.", 12, ["tarn works|pipes market"]),
    ("In Lorn Tarn Works had 12% of the vote.", 12, []),
    ("Tarn Works had 12% more to do.", 12, []),
    ("It is a part of the $12 billion bolt market.", 12e9, ["bolt|size of market"]),
    ("They put the market for steel bolts in 2007 at $12 billion.", 12e9, ["bolts|size of market"]),
]


@pytest.mark.parametrize(("told", "value", "who"), OWNED)
def test_who_has_what_is_counted(told: str, value: float, who: list[str], rules: Rules) -> None:
    assert whose(told, value, rules) == who


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (["roy amber"], ["amber"], True),
        (["roy alan amber"], ["roy amber"], True),
        (["loner roy amber"], ["roy alan amber"], True),
        (["roy amber"], ["ida amber"], False),
        (["ahmed al masri"], ["omar al masri"], False),
        (["maria de la cruz"], ["jose de la cruz"], False),
        (["roy amber sr"], ["roy amber jr."], False),
        (["roy amber jr."], ["roy amber"], True),
        (["the driver"], ["roy amber", "the driver"], True),
        (["the bus driver"], ["the truck driver"], False),
        (["the driver"], ["the truck driver"], None),
        (["the mayor"], ["the deputy mayor"], False),
        (["the mayor"], ["the captain"], None),
        (["leon hatch|kin"], ["leon hatch"], False),
        (["the driver"], [], None),
        ([""], ["amber"], None),
    ],
)
def test_whether_two_are_one_person(one: list[str], two: list[str], said: bool | None) -> None:
    assert one_of(one, two, person=True) is said
    assert one_of(two, one, person=True) is said


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (["tarn works"], ["tarn"], True),
        (["hp"], ["hewlett packard"], True),
        (["jim oler", "oler"], ["james oler", "oler"], True),
        (["roy amber", "amber"], ["tom amber"], False),
        (["new york city"], ["new jersey city"], False),
        (["bank of sarland"], ["royal bank of sarland"], False),
        (["labour party|vote"], ["green party|vote"], False),
        (["labour|vote"], ["labour party|vote"], True),
        (["labour|vote"], ["labour|market"], False),
        (["services|size of market"], ["services|size of market"], True),
        (["pipe|size of market"], ["steel|size of market"], False),
        (["lorn"], ["lorn|district"], False),
    ],
)
def test_whether_two_names_are_one(one: list[str], two: list[str], said: bool) -> None:
    assert one_of(one, two) is said
    assert one_of(two, one) is said


def test_names_as_keys() -> None:
    assert bare("Dr. Hollókövi-Nagy") == "hollokovi nagy"
    assert bare("Driver Roy Amber") == "roy amber"
    assert bare("-") == ""


NEWS = (
    "A gunman killed three people at the Vell mill in Lorn on Tuesday, police chief Orla Tarn said."
    " The mill makes paper. Guards of the Vell mill overpowered him in the yard. {} He was sent"
    " away from the Vell mill in May, the chief told reporters in Lorn."
)


def clash(a: str, b: str, rules: Rules, days: tuple[str | None, str | None]) -> list[str]:
    one = doc("a", NEWS.format(a), rules, days[0])
    two = doc("b", NEWS.format(b), rules, days[1])
    return [c.why for c in compare_documents(one, two, rules) if c.verdict == "conflict"]


UNDATED = (None, None)


def test_an_age_of_one_person_differs_whatever_the_day(rules: Rules) -> None:
    (why,) = clash("He is Roy Amber, 47.", "The loner Roy Amber, 49, said nothing.", rules, UNDATED)
    assert "47 against 49" in why and "one person, place or owner" in why
    assert clash("The gunman, 47, is held.", "The 49-year-old gunman is held.", rules, UNDATED)


def test_a_birthday_makes_no_conflict(rules: Rules) -> None:
    assert not clash("He is Roy Amber, 47.", "Roy Amber, 48, said nothing.", rules, UNDATED)
    assert clash(
        "Among the dead is Roy Amber, 47.", "Roy Amber, 48, died in the yard.", rules, UNDATED
    )


def test_only_the_dead_have_no_birthday(rules: Rules) -> None:
    one, two = "Roy Amber, 47, saw that two guests died.", "It was Roy Amber, 48, who ran."
    assert not clash(one, two, rules, UNDATED)


def test_two_people_are_two(rules: Rules) -> None:
    assert not clash("He is Roy Amber, 47.", "The dead man is Ida Orm, 49.", rules, UNDATED)


def test_owners_and_places_tell_counts_apart_from_others(rules: Rules) -> None:
    one = "Vell Mills has 640 workers. Orm Mills has 300 workers."
    two = "Vell Mills employs 710 people. Orm Mills has 300 workers."
    (why,) = clash(one, two, rules, UNDATED)
    assert "640" in why and "710" in why
    assert clash("Lorn is a town of 8,000 people.", "Lorn has 9,500 inhabitants.", rules, UNDATED)


def test_a_pair_known_by_name_goes_before_a_likelier_one(rules: Rules) -> None:
    one = "Elder Oskar Tarn, accused of having 12 wives, is held over the 12 wives."
    two = "Elder Oskar Tarn has 15 wives. He is held over 12 wives."
    (why,) = clash(one, two, rules, UNDATED)
    assert "12" in why and "15" in why


def test_long_text_without_a_full_stop_costs_its_length(rules: Rules) -> None:
    def seconds(times: int) -> float:
        said = (
            "Lorn, a city of 8,000 people, has 640 staff and driver Roy Amber, 47, of Tarn, "
            * times
        )
        began = time.perf_counter()
        doc("a", said, rules)
        return time.perf_counter() - began

    seconds(10)
    assert seconds(1600) < 9 * seconds(400)
