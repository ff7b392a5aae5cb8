"""Situations in invented news, and what an editor would call two claims in them.

Long, for it is one list: each kind of verdict with what must not get it.
"""

from __future__ import annotations

import pytest

from audit import model
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


# Enough words of story round a claim that two texts are documents, not statements.
STORY = (
    "Analysts have followed the matter for a long time and expect it to occupy "
    "both governments for months. Officials gave few details, and the ministry declined to say "
    "more when asked by reporters on the sidelines of a trade fair. "
)


def doc(key: str, claim: str, rules: Rules, published: str | None = None) -> Doc:
    text = Text(f"{claim} {STORY * 2}")
    facts = extract(text, title=None, published=published, url=None, language="en", rules=rules)
    return Doc(key, text, facts)


def verdicts(
    a: str, b: str, rules: Rules, pa: str | None = None, pb: str | None = None
) -> set[tuple[str, str]]:
    found = compare_documents(doc("a", a, rules, pa), doc("b", b, rules, pb), rules)
    return {(c.verdict, c.kind) for c in found}


CONFLICTS = [
    (
        "Norway bought the KV-90 patrol ships from Brazil in 2014.",
        "In March 2016, Norway purchased a batch of KV-90 ships from Brazil.",
    ),
    (
        "Kenya's purchase of the Orvix vaccine from India in 2020 drew praise.",
        "Kenya acquired the Orvix vaccine from India in November 2018.",
    ),
    (
        "The Halden Bridge, which Corvane Group bought in 2011, is up for repair.",
        "Corvane Group acquired the Halden Bridge in June 2013.",
    ),
    (
        "Mira Talvik resigned as mayor of Lorn on 3 March 2019.",
        "Mira Talvik stepped down as mayor of Lorn on 12 March 2019.",
    ),
    (
        "Osten Pharma was founded in 1987 in Brno by Karel Vrba.",
        "Karel Vrba established Osten Pharma in 1992.",
    ),
    (
        "Jonas Ekmark died on 4 May 2015 in Oslo after a long illness.",
        "The composer Jonas Ekmark died on 9 May 2015.",
    ),
    (
        "France imposed sanctions on Belarus in April 2021 over the Lida affair.",
        "France imposed sanctions on Belarus in June 2021 after the Lida affair.",
    ),
    (
        "The Vantor Arena opened on 1 June 2018 with a concert by Luma Sky.",
        "The Vantor Arena was opened on 1 July 2018.",
    ),
]


@pytest.mark.parametrize(("a", "b"), CONFLICTS)
def test_two_dates_of_one_event_conflict(a: str, b: str, rules: Rules) -> None:
    assert ("conflict", "date") in verdicts(a, b, rules)


COMPATIBLE = [
    (  # the year contains the month
        "The KV-90 ships, which Norway bought from Brazil in 2016, leak.",
        "In March 2016, Norway purchased the KV-90 ships from Brazil.",
    ),
    (
        "Karel Vrba founded Osten Pharma in 1987.",
        "Osten Pharma was established by Karel Vrba in May 1987.",
    ),
]


@pytest.mark.parametrize(("a", "b"), COMPATIBLE)
def test_a_year_that_holds_the_month_corroborates(a: str, b: str, rules: Rules) -> None:
    found = verdicts(a, b, rules)
    assert ("corroborates", "date") in found
    assert not {v for v, _ in found} & set(model.CONFLICTS)


STEPS = [
    (
        "The KV-90 ships, which Norway bought from Brazil in 2014, leak.",
        "The first delivery of KV-90 ships arrived in March 2016.",
    ),
    (
        "Peru purchased the Salta-3 tram cars from Skania in 2009.",
        "The first batch of Salta-3 tram cars, which was delivered in 2011, rusts.",
    ),
    (
        "Police arrested Dorin Pascu in May 2017 in Iasi.",
        "Dorin Pascu was convicted in June 2019 by a court in Iasi.",
    ),
]


@pytest.mark.parametrize(("a", "b"), STEPS)
def test_two_steps_of_one_matter_coexist(a: str, b: str, rules: Rules) -> None:
    found = verdicts(a, b, rules)
    assert ("coexists", "date") in found
    assert not {v for v, _ in found} & set(model.CONFLICTS)


def test_a_delivery_called_the_purchase_is_named_otherwise(rules: Rules) -> None:
    found = verdicts(
        "In March 2016, Norway bought a batch of KV-90 ships from Brazil.",
        "They have waited since the first delivery of KV-90 ships to Norway arrived in March 2016.",
        rules,
    )
    assert ("class-mismatch", "identity") in found


def test_parts_that_arrive_are_delivered_and_guests_are_not(rules: Rules) -> None:
    bought = "The KV-90 is a ship. In March 2016, Norway bought the KV-90 ships from Brazil."
    landed = "The KV-90 is no secret. The first parts of the KV-90 arrived by ship in March 2016."
    assert ("class-mismatch", "identity") in verdicts(bought, landed, rules)
    guests = landed.replace("first parts of the KV-90", "first buyers of the KV-90")
    assert ("class-mismatch", "identity") not in verdicts(bought, guests, rules)


OTHER_EVENTS = [
    (  # another ship
        "Norway bought the KV-90 patrol ships from Brazil in 2014.",
        "Norway bought the TR-12 helicopters from Brazil in 2016.",
    ),
    (  # another buyer
        "Norway bought the KV-90 patrol ships from Brazil in 2014.",
        "Chile bought the KV-90 patrol ships from Brazil in 2016.",
    ),
    (  # the second batch
        "Norway bought the first batch of KV-90 ships from Brazil in 2014.",
        "Norway bought the second batch of KV-90 ships from Brazil in 2016.",
    ),
    (  # two offices, years apart
        "Mira Talvik resigned as mayor of Lorn in April 2014.",
        "Mira Talvik resigned as minister of trade in February 2017.",
    ),
    (  # two visits
        "Mira Talvik visited Lisbon in April 2014.",
        "Mira Talvik visited Lisbon in February 2017.",
    ),
]


@pytest.mark.parametrize(("a", "b"), OTHER_EVENTS)
def test_two_events_do_not_conflict(a: str, b: str, rules: Rules) -> None:
    assert not {v for v, _ in verdicts(a, b, rules)} & set(model.CONFLICTS)


def test_first_and_second_batch_coexist_in_one_document(rules: Rules) -> None:
    one = doc(
        "a",
        "Next year Norway will buy the second batch of KV-90 ships from Brazil. "
        "In March 2016, Norway bought a batch of KV-90 ships.",
        rules,
        "2017-05-02",
    )
    found = compare_documents(one, one, rules)
    assert ("coexists", "identity") in {(c.verdict, c.kind) for c in found}


def test_threatened_then_imposed_coexists(rules: Rules) -> None:
    found = verdicts(
        "France threatened to impose sanctions on Belarus over the Lida affair.",
        "France imposed sanctions on Belarus over the Lida affair.",
        rules,
    )
    assert ("coexists", "status") in found


def test_considered_and_denied_is_disputed(rules: Rules) -> None:
    found = verdicts(
        "Norway is considering returning the KV-90 ships to Brazil.",
        "Brazil denied the return of the KV-90 ships by Norway.",
        rules,
    )
    assert ("disputed", "status") in found


TOLL = (
    "A {cause} struck the town of Velm on Tuesday, killing {n} people. Rescue teams reached Velm."
)


def test_tolls_of_one_day_conflict_and_later_higher_ones_are_updates(rules: Rules) -> None:
    a = TOLL.format(cause="strong earthquake", n=12)
    b = TOLL.format(cause="powerful quake", n="at least 31")
    assert ("conflict", "number") in verdicts(a, b, rules, "2016-03-02", "2016-03-02")
    assert ("update", "number") in verdicts(a, b, rules, "2016-03-02", "2016-03-04")
    assert ("conflict", "number") in verdicts(a, b, rules, "2016-03-04", "2016-03-02")


def test_one_quake_of_a_magnitude_is_one_of_several(rules: Rules) -> None:
    a = "An earthquake of magnitude 7.6 struck the town of Velm on Tuesday. It woke the Kara Bank."
    b = "{} 7.3-magnitude earthquake was felt in Velm on Tuesday, as far as the Kara Bank."
    assert ("conflict", "number") in verdicts(a, b.format("A"), rules)
    assert ("conflict", "number") not in verdicts(a, b.format("One"), rules)


def test_tolls_of_two_places_are_two_events(rules: Rules) -> None:
    a = TOLL.format(cause="strong earthquake", n=12)
    b = a.replace("Velm", "Ardisa").replace("12", "31")
    assert ("conflict", "number") not in verdicts(a, b, rules, "2016-03-02", "2016-03-02")


def test_quotes_are_the_text_and_reasons_name_both_dates(rules: Rules) -> None:
    a, b = (doc(k, t, rules) for k, t in zip("ab", CONFLICTS[0], strict=True))
    found = [c for c in compare_documents(a, b, rules) if c.verdict == "conflict"]
    assert found
    for c in found:
        assert a.text.raw[c.a.start : c.a.end] == c.a.quote
        assert b.text.raw[c.b.start : c.b.end] == c.b.quote
        assert "2014" in c.why and "March 2016" in c.why
        assert 0 < c.confidence < 1


def test_comparison_is_the_same_from_either_side(rules: Rules) -> None:
    for pair in [*CONFLICTS, *STEPS, *OTHER_EVENTS]:
        assert verdicts(*pair, rules) == verdicts(*reversed(pair), rules)


def test_layout_carries_nothing(rules: Rules) -> None:
    for a, b in CONFLICTS:
        curly = a.replace("'", "\u2019").replace(". ", ".\n\n")
        assert ("conflict", "date") in verdicts(curly, b, rules)


NAVY = (
    "The frigate Ulm of the Corvane navy was damaged in an attack by pirates on {day}, the navy "
    "said. The Ulm was near the Kara Bank when the attack began. Captain Ida Voss of the Ulm and "
    "Karel Vrba, who speaks for the Kara Bank patrol, praised the crew."
)


def test_two_named_days_in_reports_of_the_same_news_conflict(rules: Rules) -> None:
    def days(a: str, b: str, other: str = NAVY) -> set[tuple[str, str]]:
        return verdicts(NAVY.format(day=a), other.format(day=b), rules, "2017-05-06", "2017-05-06")

    assert ("conflict", "date") in days("Thursday", "Friday")
    assert ("conflict", "date") in days("4 May", "Friday")
    for a, b in (("Friday", "5 May"), ("Friday", "2 May 2016"), ("Friday", "the day before")):
        assert ("conflict", "date") not in days(a, b)
    elsewhere = NAVY.replace("Ulm", "Harn").replace("Kara Bank", "Salt Reef").replace("Voss", "Lem")
    assert ("conflict", "date") not in days("Thursday", "Friday", elsewhere)


@pytest.mark.parametrize(
    ("denied", "day", "wanted"),
    [
        ("Transport minister Pavel Drozd refused to resign on Friday.", "2024-03-15", "conflict"),
        ("Transport minister Pavel Drozd has not resigned.", "2024-03-15", "conflict"),
        ("Transport minister Pavel Drozd refused to resign on Tuesday.", "2024-03-13", "coexists"),
        ("Transport minister Pavel Drozd has not resigned.", "2024-03-12", "coexists"),
    ],
)
def test_what_was_refused_first_and_done_later_is_no_conflict(
    denied: str, day: str, wanted: str, rules: Rules
) -> None:
    done = "Transport minister Pavel Drozd resigned on Thursday."
    found = verdicts(done, denied, rules, "2024-03-14", day)
    kind = {"conflict": "negation", "coexists": "status"}[wanted]
    assert (wanted, kind) in found, found
    assert wanted == "conflict" or not any(v == "conflict" for v, _ in found)


def test_the_missing_may_be_fewer_later(rules: Rules) -> None:
    sank = "The ferry Santa Irena sank off Karvala on Tuesday, killing 14 people."
    first = f"{sank} Eleven people were still missing by the evening."
    found = verdicts(
        first, f"{sank} Three people remain missing.", rules, "2024-03-12", "2024-03-14"
    )
    assert ("update", "number") in found
    assert not any(v == "conflict" for v, _ in found)


SUNK = (
    "The ferry Santa Irena {sank} off Karvala on {day}, said Helena Brandt of the guard. The "
    "Santa Irena had left Melos with Captain Milan Kostic. Orvena Lines, which owns the ferry, "
    "and Transport Minister Pavel Drozd praised the crews from Karvala and Melos."
)


def test_two_days_of_the_week_in_reports_of_days_unknown_conflict(rules: Rules) -> None:
    def told(a: str, b: str, other: str = SUNK) -> bool:
        one, two = SUNK.format(sank="sank", day=a), other.format(sank="went down", day=b)
        return ("conflict", "date") in verdicts(one, two, rules)

    assert told("Tuesday", "Monday")
    assert not told("Tuesday", "Tuesday")
    assert not told("Tuesday", "the day before")
    elsewhere = SUNK.replace("Santa Irena", "Ulla").replace("Karvala", "Norvik")
    assert not told("Tuesday", "Monday", elsewhere.replace("Melos", "Harn"))


def test_reports_that_date_one_deed_alike_corroborate(rules: Rules) -> None:
    a = "The government of Tervia signed a contract on 6 June 2023 with the manufacturer Altrain."
    b = "Tervia signed the contract for trains of Altrain on June 6, 2023, said Ilse Marek."
    assert ("corroborates", "date") in verdicts(a, b, rules)
    other = b.replace("Tervia", "Norway")
    assert ("corroborates", "date") not in verdicts(a, other, rules)


def test_a_thing_without_a_name_is_one_where_either_text_tells_of_one_only(rules: Rules) -> None:
    story = (
        "Mayor Odile Brun of Harnes said the dump {told}. Police in Harnes said that the march of "
        "Ida Voss and her party was calm."
    )
    may, march = story.format(told="opened in May 2021"), story.format(told="opened in March 2021")
    assert ("conflict", "date") in verdicts(march, may, rules, "2021-10-10", "2021-10-11")
    another = march + " Another dump opened in August 2020."
    assert ("conflict", "date") not in verdicts(another, may, rules, "2021-10-10", "2021-10-11")
    elsewhere = may.replace("Brun", "Lem").replace("Harnes", "Lorn").replace("Voss", "Holm")
    assert ("conflict", "date") not in verdicts(march, elsewhere, rules, "2021-10-10", "2021-10-11")


def test_two_prison_terms_conflict(rules: Rules) -> None:
    told = "On 10 September 2019 a court in Lorn sentenced Viktor Aune to {term} in prison."
    a, b = told.format(term="nine years"), told.format(term="seven years")
    assert ("conflict", "number") in verdicts(a, b, rules)
    assert ("conflict", "number") not in verdicts(a, b.replace("Viktor Aune", "Petra Lind"), rules)
