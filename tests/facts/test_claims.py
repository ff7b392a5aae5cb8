"""Claims of invented sentences: event, roles, date, qualifier, status."""

from __future__ import annotations

import time

import pytest

from audit.facts.extract import extract
from audit.facts.names import names, same
from audit.model import Claim
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def claims(raw: str, rules: Rules, language: str = "en") -> list[Claim]:
    return extract(
        Text(raw), title=None, published="2020-06-03", url=None, language=language, rules=rules
    ).claims


def one(raw: str, event: str, rules: Rules) -> Claim:
    found = [c for c in claims(raw, rules) if c.event == event]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "raw",
    [
        "Norway bought KV-90 ships from Brazil in 2014.",
        "In 2014, Norway bought KV-90 ships from Brazil.",
        "KV-90 ships were bought by Norway from Brazil in 2014.",
        "The KV-90 ships, which Norway bought from Brazil in 2014, leak.",
        "Norway's purchase of KV-90 ships from Brazil in 2014 was costly.",
        "Brazil sold KV-90 ships to Norway in 2014.",
        "Oslo bought the KV-90s from Brasilia in 2014.",
    ],
)
def test_one_purchase_told_in_seven_ways(raw: str, rules: Rules) -> None:
    claim = one(raw, "purchase", rules)
    roles = claim.roles
    assert roles.agent is not None and roles.agent.name == "Norway"
    assert roles.theme is not None and roles.theme.name == "KV-90"
    assert roles.partner is not None and roles.partner.name == "Brazil"
    assert claim.date is not None and claim.date.value == "2014"
    assert claim.status == "asserted"


def test_spans_are_those_of_the_text(rules: Rules) -> None:
    raw = (
        "Later, in March 2016, Norway \u2013 so it is said \u2013 bought a second batch of KV-90s."
    )
    for claim in claims(raw, rules):
        assert 0 <= claim.start < claim.end <= len(raw)
        for role in (claim.roles.agent, claim.roles.theme):
            assert role is None or raw[role.start : role.end] == role.text


def test_qualifier_and_status(rules: Rules) -> None:
    claim = one("Norway plans to buy a second batch of KV-90 ships from Brazil.", "purchase", rules)
    assert claim.qualifier == "second batch"
    assert claim.status == "planned"


def test_a_date_stays_in_its_clause(rules: Rules) -> None:
    raw = "Norway bought KV-90 ships, which sank after Denmark protested in May 2019."
    assert one(raw, "purchase", rules).date is None


def test_a_verb_and_its_object_share_a_date(rules: Rules) -> None:
    for raw in (
        "Tervia signed a contract in June 2019 with Altrain.",
        "The minister of Tervia, Ilse Marek, signed the new agreement in June 2019.",
    ):
        for event in ("signing", "agreement"):
            found = one(raw, event, rules).date
            assert found is not None and found.value == "2019-06", (raw, event)


def test_a_verb_of_two_words_opens_no_class_of_its_own(rules: Rules) -> None:
    raw = "Transport minister Ilse Marek stepped down on Thursday."
    assert [c.event for c in claims(raw, rules)] == ["resignation"]


def test_how_long_somebody_is_sent_to_prison(rules: Rules) -> None:
    for raw, years in (
        ("A court in Lorn sentenced Ida Voss, the former mayor, to nine years in prison.", 9.0),
        ("Ida Voss was jailed for 18 months on Monday.", 1.5),
        ("Ida Voss was sentenced on Monday, two years after the crash.", None),
    ):
        value = one(raw, "sentence", rules).value
        assert (value.value if value else None) == years, raw


def test_a_date_of_what_was_done_before_is_not_the_verdict_s(rules: Rules) -> None:
    raw = "Ida Voss was found guilty of moving the sums to Lorn between 2009 and 2012."
    assert one(raw, "verdict", rules).date is None


def test_he_or_she_is_the_only_person_of_the_sentence_before(rules: Rules) -> None:
    told = "The court of Lorn freed {who} on Monday. She was arrested in March 2016 in Oslo."
    found = one(told.format(who="Ida Voss"), "arrest", rules).roles.theme
    assert found is not None and found.name == "Ida Voss"
    two = [c for c in claims(told.format(who="Ida Voss and Mira Holm"), rules)]
    assert all(c.roles.theme is None for c in two if c.event == "arrest")


def test_attribution_covers_the_claim(rules: Rules) -> None:
    raw = 'Minister Ida Voss said: "Norway bought the KV-90 ships from Brazil in 2014."'
    assert one(raw, "purchase", rules).attribution is not None


def test_names(rules: Rules) -> None:
    found = names(
        Text(
            "President Ida Voss met officials from Ankara and the White House on Monday. Voss "
            "spoke of S-400s, of a Turkish-American plan and of the North Atlantic Treaty "
            "Organization."
        ),
        rules,
    )
    known = [n.name for n in found]
    assert known[:3] == ["Ida Voss", "Turkey", "United States"]
    assert "S-400" in known and "NATO" in known and "Monday" not in known
    assert known.count("Ida Voss") == 2
    assert same("Voss", "Ida Voss") and not same("Ida Voss", "Ida Brandt")


def test_title_case_makes_no_names(rules: Rules) -> None:
    found = names(Text("Norway Considers Returning Old KV-90 Ships To Brazil\n\nIt may."), rules)
    assert [n.name for n in found] == ["Norway", "KV-90", "Brazil"]


def test_other_languages_have_no_claims(rules: Rules) -> None:
    assert claims("Norwegen kaufte 2014 KV-90-Schiffe von Brasilien.", rules, "de") == []


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " \n ",
        "\ud800 bought \udfff in 2014",
        "\x00Norway\x01 bought\x02 it in 2014",
        "." * 5000,
    ],
)
def test_hostile_text_does_not_fail(raw: str, rules: Rules) -> None:
    claims(raw, rules)


def test_a_long_line_is_read_in_linear_time(rules: Rules) -> None:
    line = "Norway bought KV-90 ships from Brazil in 2014 and Oslo said so "
    spent = []
    for times in (200, 800):
        start = time.process_time()
        claims(line * times, rules)
        spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0] + 1.0
