"""Verbs in no class of events: claims of a class named by the verb, and how they differ."""

from __future__ import annotations

import pytest

from audit.facts.compare import compare_documents
from audit.facts.extract import extract
from audit.facts.open_verbs import label, lemma_of
from audit.model import CONFLICTS, Claim
from audit.rules import Rules, load
from audit.tokens import Text
from tests.facts.documents import doc

STORY = (
    " The Kara burst its banks above Velm after weeks of rain. Mayor Ida Voss thanked the Lorn"
    " Guard, and the people of Velm slept in the school of Lorn."
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def opened(raw: str, rules: Rules) -> list[Claim]:
    found = extract(
        Text(raw), title=None, published="2021-05-10", url=None, language="en", rules=rules
    ).claims
    return [claim for claim in found if claim.event.startswith("open:")]


@pytest.mark.parametrize(
    ("raw", "event", "status"),
    [
        ("The Lorn Guard airlifted 300 families from Velm on May 3.", "open:airlift", "asserted"),
        ("On May 3 the Kara Bridge was repaired by Halden Works.", "open:repair", "asserted"),
        ("Ida Voss will host the Velm Prize on May 13.", "open:host", "planned"),
        ("Ida Voss did not attend the Velm hearing.", "open:attend", "negated"),
        ("Ida Voss denied that she attended the Velm hearing.", "open:attend", "denied"),
        ("The ferry Alma docked in Lorn on Monday.", "open:dock", "asserted"),
    ],
)
def test_a_verb_of_no_class_opens_one(raw: str, event: str, status: str, rules: Rules) -> None:
    assert [(c.event, c.status) for c in opened(raw, rules)] == [(event, status)]


@pytest.mark.parametrize(
    "raw",
    [
        "The families airlifted from the town slept in a school on May 3.",  # no name
        "Turkey airlifted families on May 3.",  # a country alone is in every story
        "The airlifted families thanked Ida Voss on May 3.",  # an adjective
        "Ida Voss worried about the Kara on May 3.",  # no event
        "Ida Voss wanted the Velm Prize on May 3.",
        "Ida Voss dozed.",  # nothing to compare
    ],
)
def test_what_cannot_be_compared_opens_none(raw: str, rules: Rules) -> None:
    assert opened(raw, rules) == []


def test_who_and_what_and_when(rules: Rules) -> None:
    (claim,) = opened("The Lorn Guard airlifted 300 families from Velm on May 3.", rules)
    roles = claim.roles
    assert roles.agent is not None and roles.agent.name == "Lorn Guard"
    assert roles.theme is not None and roles.partner is not None and roles.partner.name == "Velm"
    assert claim.value is not None and claim.value.value == 300
    assert claim.date is not None and claim.date.from_ == "2021-05-03"


@pytest.mark.parametrize(
    ("one", "two", "kind", "verdict"),
    [
        (
            "The Kara Bridge was repaired by Halden Works on May 3, 2021.",
            "Halden Works repaired the Kara Bridge on April 5, 2021.",
            "date",
            "conflict",
        ),
        (
            "The Lorn Guard airlifted 300 families from Velm on May 3.",
            "The Lorn Guard airlifted 500 families from Velm on May 3.",
            "number",
            "conflict",
        ),
        (
            "Ida Voss attended the Velm hearing on Friday.",
            "Ida Voss did not attend the Velm hearing.",
            "negation",
            "conflict",
        ),
        (
            "Ida Voss attended the Velm hearing on Friday.",
            "Ida Voss denied that she attended the Velm hearing.",
            "status",
            "disputed",
        ),
        (
            "Ida Voss attended the Velm hearing on Friday.",
            "Ida Voss attended the Velm hearing.",
            "identity",
            "corroborates",
        ),
    ],
)
def test_two_texts_that_share_the_verb_are_compared(
    one: str, two: str, kind: str, verdict: str, rules: Rules
) -> None:
    a, b = (doc(k, t, STORY, rules, "2021-05-10") for k, t in (("a", one), ("b", two)))
    found = [c for c in compare_documents(a, b, rules) if c.event.startswith("open:")]
    assert (kind, verdict) in [(c.kind, c.verdict) for c in found]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "Ida Voss attended the Velm hearing on May 3.",
            "Ida Voss attended the Lorn fair on May 4.",
        ),
        ("Ida Voss attended the Velm hearing.", "Tomas Brandt did not attend the Velm hearing."),
        ("The Kara Bridge was repaired on May 3, 2021.", "The Kara Bridge was repainted in 2019."),
    ],
)
def test_two_events_are_no_conflict(one: str, two: str, rules: Rules) -> None:
    a, b = (doc(k, t, STORY, rules, "2021-05-10") for k, t in (("a", one), ("b", two)))
    assert not [c for c in compare_documents(a, b, rules) if c.verdict in CONFLICTS]


def test_the_lemma_of_a_past_form() -> None:
    told = "evacuated visited stopped closed landed carried patrolled invited recovered treated"
    assert [lemma_of(word) for word in told.split()] == (
        "evacuate visit stop close land carry patrol invite recover treat".split()
    )
    events = ("open:evacuate", "open:stop", "open:carry", "open:tow", "open:hold", "open:repair")
    assert [label(event) for event in events] == (
        "evacuating stopping carrying towing holding repairing".split()
    )
