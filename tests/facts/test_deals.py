"""Contracts told by "it" and "the price", and denials that do not tell the event again."""

from __future__ import annotations

import pytest

from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
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
