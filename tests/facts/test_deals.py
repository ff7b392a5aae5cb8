"""Deals: told by "it" and "the price", what they are about, who owns an arrest; denials."""

from __future__ import annotations

import pytest

from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.model import Claim
from audit.rules import Rules, load
from audit.tokens import Text

STORY = (
    "Analysts have followed the matter for a long time and expect it to occupy "
    "both governments for months. Officials gave few details, and the ministry declined to say "
    "more when asked by reporters on the sidelines of a trade fair. "
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def verdicts(a: str, b: str, rules: Rules) -> set[tuple[str, str]]:
    made = []
    for key, claim in (("a", a), ("b", b if b else a)):
        text = Text(f"{claim} {STORY * 2}")
        facts = extract(
            text, title=None, published="2022-06-20", url=None, language="en", rules=rules
        )
        made.append(Doc(key if b else "a", text, facts))
    return {(c.verdict, c.kind) for c in compare_documents(made[0], made[1], rules)}


FERRY = (
    "Norrland Lines has signed a contract with the Ostrava shipyard Velde Marine for a car ferry. "
    "{} Velde Marine will build it in Torsund."
)
VACCINE = (
    "The health ministry said its agreement with Corvane Biologics covers two million doses. {} "
    "Corvane Biologics makes the vaccine in Hallin."
)
STADIUM = (
    "In the town hall of Brenn, Mayor Ida Holt showed the contract for the new stadium. {} The "
    "builder, Gransee Bau, starts in autumn."
)
DATES = [
    (FERRY, "The contract was signed on May 4.", "It was signed on May 19 by Velde Marine."),
    (VACCINE, "The agreement was signed on May 2.", "It was signed on June 3."),
    (STADIUM, "The contract was signed on April 12.", "It was signed on March 8 by Ida Holt."),
]
PRICES = [
    (FERRY, "It is worth 40 million euros.", "The price of 60 million euros may still rise."),
    (VACCINE, "The agreement is worth 35 million dollars.", "It is worth $53 million."),
    (STADIUM, "The contract is valued at 210 million crowns.", "It is worth 120 million crowns."),
]


@pytest.mark.parametrize(("frame", "one", "two"), DATES, ids=["ferry", "vaccine", "stadium"])
def test_the_day_of_a_contract_told_by_it(frame: str, one: str, two: str, rules: Rules) -> None:
    assert ("conflict", "date") in verdicts(frame.format(one), frame.format(two), rules)


@pytest.mark.parametrize(("frame", "one", "two"), PRICES, ids=["ferry", "vaccine", "stadium"])
def test_price_worth_and_value_are_one(frame: str, one: str, two: str, rules: Rules) -> None:
    assert ("conflict", "number") in verdicts(frame.format(one), frame.format(two), rules)


SILENT = [
    # Another contract beside it: "it" may be either.
    (FERRY.format("The contract was signed on May 4."),
     FERRY.format("It was signed on May 19, a year after another contract.")),
    # Other parties: the heads are alike, the deal is another.
    (FERRY.format("The contract was signed on May 4."), STADIUM.format("It was signed on May 19.")),
    # The same day, and the same sum.
    (FERRY.format("The contract was signed on May 4."), FERRY.format("It was signed on May 4.")),
    (FERRY.format("It is worth 40 million euros."),
     FERRY.format("The contract is worth 40 million euros.")),
    # Prices of each thing, of other things, and bounds.
    (FERRY.format("It is worth 40 million euros."),
     FERRY.format("Each ticket will cost 30 million euros a year.")),
    (FERRY.format("It is worth 40 million euros."),
     FERRY.format("The yard owes 60 million euros to banks.")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), SILENT)
def test_other_deals_and_other_sums_are_no_conflict(one: str, two: str, rules: Rules) -> None:
    assert not {v for v, _ in verdicts(one, two, rules)} & {"conflict", "disputed"}


DENIED = [
    ("Orvik Mining will close its mine in Lorne at the end of August, it told its staff.",
     "Orvik Mining denied on Monday that it had decided to close its mine in Lorne."),
    ("Calder Foods will sell its bakery in Pell to Marwick Group this autumn, workers said.",
     "Calder Foods denied that it had agreed to sell its bakery in Pell to Marwick Group."),
    ("Tessin Air will close its base in Ronda in October with the loss of 90 jobs.",
     "Tessin Air denied on Friday that it planned to close its base in Ronda."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two"), DENIED)
def test_who_denies_that_it_would_is_the_agent(one: str, two: str, rules: Rules) -> None:
    assert ("disputed", "status") in verdicts(one, two, rules)


WITHIN = [
    "Belmark is considering whether to sell the frigate Aldora to Torland, two officials said on "
    "Monday. Navy spokesman Jon Reder said that the question was not on the agenda.",
    "Norvia plans to return the Sella bells to Castria, two diplomats said on Monday. Culture "
    "Minister Una Berg said the report was false.",
    "Castria plans to buy the ferry Lunara from Norvia, a newspaper said on Monday. Transport "
    "Minister Pal Dorn denied the claim.",
]


@pytest.mark.parametrize("text", WITHIN)
def test_one_text_holds_report_and_denial(text: str, rules: Rules) -> None:
    assert ("disputed", "status") in verdicts(text, "", rules)


UNDENIED = [
    # Another matter is not on the agenda; a plan is rejected, which is no denial.
    "Norvia plans to return the Sella bells to Castria, two diplomats said on Monday. The question "
    "of their price was not on the agenda.",
    "Castria plans to buy the ferry Lunara from Norvia, a newspaper said on Monday. Transport "
    "Minister Pal Dorn rejected the plan of the union.",
    "Orvik Mining denied on Monday that Tessin Air had decided to close its base in Ronda.",
]


@pytest.mark.parametrize("text", UNDENIED)
def test_nothing_is_denied_that_is_not(text: str, rules: Rules) -> None:
    assert not {v for v, _ in verdicts(text, "", rules)} & {"conflict", "disputed"}


def test_the_seriously_injured_are_a_part_of_the_injured(rules: Rules) -> None:
    one = "An earthquake in Lorne in Castria injured 240 people on Monday, officials said. "
    two = "An earthquake in Lorne in Castria left around 30 people seriously injured on Monday. "
    assert not {v for v, _ in verdicts(one, two, rules)} & {"conflict", "disputed"}


@pytest.mark.parametrize(
    ("raw", "event", "agent"),
    [
        ("Norway signed a contract for KV-90 ships with Brazil in 2014.", "signing", "Norway"),
        (
            "Brazil signed an agreement to supply KV-90 ships to Norway in 2014.",
            "signing",
            "Brazil",
        ),
        ("Norway's contract for the KV-90 ships ended in March 2014.", "agreement", "Norway"),
        ("Norway struck a deal for KV-90 ships in May 2014.", "agreement", None),
        ("Brazil supplied Norway with 20 KV-90 ships in 2016.", "delivery", "Brazil"),
    ],
)
def test_a_deal_is_about_what_it_is_for(
    raw: str, event: str, agent: str | None, rules: Rules
) -> None:
    found = [c for c in _claims(raw, rules) if c.event == event]
    assert [c.roles.theme and c.roles.theme.name for c in found] == ["KV-90"]
    assert agent is None or (found[0].roles.agent and found[0].roles.agent.name) == agent


@pytest.mark.parametrize(
    "raw",
    [
        "Norway had to deal with Brazil in 2014.",
        "Norway struck a deal with Brazil in 2014.",
        "A great deal of KV-90 steel rusted in 2014.",
    ],
)
def test_to_deal_with_is_no_deal_and_to_strike_one_no_attack(raw: str, rules: Rules) -> None:
    events = [c.event for c in _claims(raw, rules)]
    assert "attack" not in events
    assert ("agreement" in events) == raw.startswith("Norway struck")


@pytest.mark.parametrize(
    ("raw", "event", "role"),
    [
        ("Ida Voss's arrest on May 3 was a surprise.", "arrest", "theme"),
        ("The Lorn Guard's arrest of Ida Voss on May 3 was a surprise.", "arrest", "agent"),
        ("Ida Voss's appointment on May 3 was a surprise.", "appointment", "theme"),
    ],
)
def test_who_owns_an_arrest_is_arrested_unless_it_is_of_another(
    raw: str, event: str, role: str, rules: Rules
) -> None:
    (claim,) = [c for c in _claims(raw, rules) if c.event == event]
    theme = claim.roles.theme
    assert theme is not None and theme.name == "Ida Voss"
    assert (claim.roles.agent is not None) == (role == "agent")


def _claims(raw: str, rules: Rules) -> list[Claim]:
    return extract(
        Text(raw), title=None, published="2020-06-03", url=None, language="en", rules=rules
    ).claims
