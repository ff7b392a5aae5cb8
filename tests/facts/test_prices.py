"""What a purchase costs, known by who buys and what is bought."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from audit.facts.events import Story
from audit.facts.extract import extract
from audit.facts.figure_identity import Document, model_of
from audit.facts.figure_pairs import decided
from audit.facts.names import names
from audit.facts.prices import buyer, one_deal
from audit.facts.sides import Doc
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def doc(key: str, of: str, rules: Rules) -> Doc:
    text = Text(of)
    facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
    return Doc(key, text, facts)


def deals(of: str, rules: Rules) -> dict[float, list[str]]:
    return {f.number.value: f.deal for f in doc("a", of, rules).facts.figures}


@pytest.mark.parametrize(
    ("told", "value", "deal"),
    [
        ("Tarn Works will buy Vell Mills for $13 million.", 13e6, ["Tarn Works|Vell Mills"]),
        ("The $13 million takeover of Vell Mills by Tarn.", 13e6, ["Tarn Works|Vell Mills"]),
        ("It will pay $13 million in cash, the firms said.", 13e6, ["Tarn Works|Vell Mills"]),
        ("Two years ago it paid $13 million for a quay.", 13e6, []),
        ("It bought Orla Quay for $13 million.", 13e6, []),
        ("The bid came as sales rose to $13 million.", 13e6, []),
        ("With debt of $2 million the deal is worth less.", 2e6, []),
        ("The price includes $2 million in fees.", 2e6, []),
    ],
)
def test_whose_purchase_a_sum_is_the_price_of(
    told: str, value: float, deal: list[str], rules: Rules
) -> None:
    said = f"Tarn Works has agreed to acquire Vell Mills of Lorn. The owners are glad. {told}"
    found = deals(said, rules)[value]
    assert bool(found) is bool(deal) and (not deal or one_deal(found, deal))


def test_a_merger_has_both_parties_behind_it(rules: Rules) -> None:
    said = "The merger of Tarn Works with Vell Mills has begun. Tarn said it will pay $13 million."
    assert one_deal(deals(said, rules)[13e6], ["Vell Mills|Tarn Works"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tarn Works|Vell Mills", "Vell|Tarn", True),
        ("Tarn Works|Vell Mills", "Tarn Works|Orla Mills Group", True),  # a Mills of some name
        ("Tarn Systems|Vell Group", "Orla Systems|Vell Group", False),  # many firms are Systems
        ("Electronic Data Systems|Tarn", "EDS|Tarn Works", True),
        ("Tarn|Vell", "Tarn|Orla", False),
    ],
)
def test_one_deal_has_one_pair_of_parties(one: str, other: str, same: bool) -> None:
    assert one_deal([one], [other]) is one_deal([other], [one]) is same


def test_prices_of_one_purchase_differ_whatever_else_the_texts_tell(rules: Rules) -> None:
    rest = " ".join(f"Analyst Ida Voss {n} of Qarvel spoke of lamps." for n in "abcdefgh")
    told = "The owners of Tarn Works are to buy Vell Mills in May. They will pay $13 million."
    price = f"{rest} The $15 million takeover of {{}} by Tarn Works is near."
    a, b, c = (
        Document(d.id, Story(Counter(), frozenset()), d.facts.published, d.facts.figures)
        for d in (
            doc("a", told, rules),
            doc("b", price.format("Vell Mills"), rules),
            doc("c", price.format("Orla Quay"), rules),
        )
    )
    fit = model_of(rules)
    assert [differ for _, differ in decided(a, b, -4.0, fit, one_story=False)] == [True]
    assert decided(a, c, -4.0, fit, one_story=False) == []


def test_a_text_without_a_full_stop_costs_its_length(rules: Rules) -> None:
    text = Text("the owners of Tarn Works will buy Vell Mills for $2 million and " * 4_000)
    found = names(text, rules)
    begun = time.process_time()
    told = buyer(text, found)
    assert one_deal([told], ["Tarn Works|Vell Mills"]) and time.process_time() - begun < 3.0
