"""What two reports of the same days say of somebody that cannot both be, in invented news."""

from __future__ import annotations

import pytest

from audit import model
from audit.facts.compare import compare_documents
from audit.rules import Rules, load
from tests.facts.documents import doc

STORY = (
    "People in Lorn have followed the matter of Ida Voss for weeks, and the town of Velm expects "
    "more of it. The Lorn Gazette gave few details; a friend of Ida Voss spoke to the Velm Post. "
)
DAY, NEXT = "2017-05-09", "2017-05-10"  # a Tuesday and a Wednesday


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def between(
    a: str, b: str, rules: Rules, days: tuple[str | None, str | None] = (DAY, DAY)
) -> set[str]:
    docs = [doc(k, t, STORY, rules, day) for k, t, day in zip("ab", (a, b), days, strict=True)]
    return {c.verdict for c in compare_documents(*docs, rules) if c.kind == "status"}


REVERSED = [
    ("Ida Voss conceded defeat on Monday evening.", "Ida Voss has not conceded."),
    ("Ida Voss was convicted of fraud.", "A court acquitted former mayor Ida Voss of fraud."),
    (
        "The court convicted banker Ida Voss of theft but acquitted her of fraud.",
        "The head of the Velm bank, Ida Voss, was found guilty of theft and fraud.",
    ),
    ("Ida Voss was cleared of all charges.", "The jury found Ida Voss guilty of forgery."),
    ("Ida Voss resigned on Tuesday.", "The council sacked director Ida Voss on Tuesday."),
    ("The pilot, Ida Voss, was among the dead.", "The pilot, Ida Voss, survived."),
    ("Ida Voss was arrested on Monday.", "Ida Voss has not been arrested."),
    ("Ida Voss said she would appeal.", "Ida Voss will not appeal."),
    (
        "Parliament ordered a review of the Velm bridge on Monday.",
        "Parliament rejected a review of the Velm bridge on Monday.",
    ),
    (
        "Ida Voss is considering leaving the Velm harbour club.",
        "Ida Voss refuses to leave the Velm harbour club.",
    ),
    (
        "Surgeon Ida Voss, who was found guilty of theft and acquitted of fraud, left early.",
        "A jury on Tuesday found Ida Voss guilty of fraud.",
    ),
    ("The Velm bank fired its director, Ida Voss, on Tuesday.", "Ida Voss resigned on Tuesday."),
    ("Schools in Velm remain open.", "Schools in Velm closed on Monday."),
    (
        "Velm's first-quarter profit rose 8 percent.",
        "Velm's profit fell 8 percent in the first quarter.",
    ),
]


@pytest.mark.parametrize(("a", "b"), REVERSED)
def test_what_one_report_reverses_is_a_conflict(a: str, b: str, rules: Rules) -> None:
    assert "conflict" in between(a, b, rules)
    assert "conflict" in between(b, a, rules)


BOTH_HOLD = [
    (  # another charge
        "Ida Voss was convicted of theft.",
        "Ida Voss was acquitted of fraud.",
    ),
    (  # guilty of something
        "Ida Voss was found guilty.",
        "Ida Voss was convicted of theft but acquitted of fraud.",
    ),
    (  # somebody else
        "Ida Voss was acquitted of fraud.",
        "Karel Voss was convicted of fraud.",
    ),
    (  # somebody of the town
        "The mayor of Velm resigned.",
        "The council of Velm sacked Ida Voss.",
    ),
    (  # not said to be so
        "Ida Voss resigned.",
        "Nobody knows whether the council sacked Ida Voss.",
    ),
    (  # a goal is no election
        "Ida Voss conceded a goal on Monday.",
        "Ida Voss has not conceded.",
    ),
    (  # another year
        "Ida Voss was arrested in 2015.",
        "Ida Voss has not been arrested.",
    ),
    (  # another quarter
        "Velm's first-quarter profit rose 8 percent.",
        "Velm's profit fell 3 percent in the second quarter.",
    ),
    (  # a part of it
        "Velm's annual profit rose 3 percent at its glass division.",
        "Velm's annual profit fell 8 percent.",
    ),
    (  # another matter
        "Parliament approved a review of the Velm bridge.",
        "Parliament rejected a tax on the Velm harbour.",
    ),
]


@pytest.mark.parametrize(("a", "b"), BOTH_HOLD)
def test_what_can_both_be_is_no_conflict(a: str, b: str, rules: Rules) -> None:
    assert not between(a, b, rules) & set(model.CONFLICTS)


def test_what_turned_later_coexists(rules: Rules) -> None:
    waits, gives_up = "Ida Voss has not conceded.", "Ida Voss conceded on Wednesday."
    assert between(waits, gives_up, rules, (DAY, NEXT)) == {"coexists"}
    assert "conflict" in between(waits, "Ida Voss conceded on Monday.", rules, (DAY, NEXT))


def test_two_speakers_dispute(rules: Rules) -> None:
    a = "Ida Voss resigned on Tuesday, her lawyer Karel Ost said."
    b = "The council sacked Ida Voss on Tuesday, Mayor Jon Brandt said."
    assert "disputed" in between(a, b, rules)


def found(
    a: str, b: str, rules: Rules, days: tuple[str, str] = (DAY, NEXT)
) -> set[tuple[str, str]]:
    docs = [doc(k, t, STORY, rules, day) for k, t, day in zip("ab", (a, b), days, strict=True)]
    return {(c.verdict, c.kind) for c in compare_documents(*docs, rules)}


def test_a_thing_is_built_in_one_year(rules: Rules) -> None:
    built = "The Ulla Berg was built in 1978 in Velm."
    assert ("conflict", "date") in found(
        built, "The Ulla Berg, built in 1987 in Velm, leaks.", rules
    )
    assert ("conflict", "date") not in found(built, "The Ulla Berg was built in 1979.", rules)
    bank = "The bank, founded in 1945, has forty branches."
    assert ("conflict", "date") in found(bank, "The bank was founded in 1954.", rules)
    rebuilt = "The Ulla Berg was rebuilt in 1987."
    assert ("conflict", "date") not in found(built, rebuilt, rules)


def test_a_name_beside_an_office_is_who_was_meant(rules: Rules) -> None:
    a = "A court in Lorn on Monday convicted the former mayor, Ida Voss."
    b = "A former mayor of Velm, Ida Voss, was convicted on Tuesday."
    assert ("conflict", "date") in found(a, b, rules, (NEXT, NEXT))


def test_what_opens_next_month_is_a_plan(rules: Rules) -> None:
    a, b = "The Velm season opens on 14 June.", "Velm will open the season on 21 June."
    assert not {v for v, _ in found(a, b, rules)} & {"coexists"}


def test_what_is_denied_and_decided_weeks_later_coexists(rules: Rules) -> None:
    a = "Ida Voss denied that she was considering a return of the Ulla-9 to Velm."
    b = "Ida Voss has agreed to return the Ulla-9 to Velm."
    assert "disputed" in {v for v, _ in found(a, b, rules)}
    assert "disputed" not in {v for v, _ in found(a, b, rules, (DAY, "2017-06-20"))}
