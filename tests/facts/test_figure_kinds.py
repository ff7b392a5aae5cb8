"""What two figures can count as one: durations, rates, people by another noun, ages of one week."""

from __future__ import annotations

import msgspec
import pytest

from audit import model
from audit.facts.durations import durations
from audit.facts.figure_identity import model_of
from audit.facts.figure_pairs import Match, told_as
from audit.facts.words import words_of
from audit.rules import Rules, load
from tests.facts.test_figures import SEIZED, doc, found
from tests.facts.test_toll_pairs import document


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("34 years", "P34Y", (34, "year", "exact")),
        ("just under 12 hours", "PT12H", (12, "hour", "at_most")),
        ("more than three decades", "P30Y", (30, "year", "at_least")),
        ("three decades", "P30Y", (30, "year", "about")),
        ("nearly nine minutes", "PT9M", (9, "minute", "about")),
        ("several years", "PXY", None),
        ("four days and two hours", "P4DT2H", None),
    ],
)
def test_a_duration_is_a_number_of_its_unit(
    text: str, value: str, told: tuple[float, str, str] | None
) -> None:
    made = durations([model.Timex(0, len(text), text, "DURATION", value)])
    assert [(q.value, q.unit, q.bound) for q in made] == ([told] if told else [])


def test_dates_and_sets_are_no_durations() -> None:
    times = [
        model.Timex(0, 4, "2017", "DATE", "2017"),
        model.Timex(5, 11, "a week", "SET", "P1W"),
    ]
    assert not durations(times)


JAILED = "A judge in Lorn jailed the mate of the Tarn Maru for {} for smuggling whisky."


def test_two_prison_terms_conflict_and_a_trial_is_none(rules: Rules) -> None:
    a = doc("a", JAILED.format("nine years"), rules)
    b = doc("b", "The mate was jailed in Lorn for 12 years over the smuggled whisky.", rules)
    (one,) = found(a, b, rules)
    assert one.verdict == "conflict" and "nine years against 12 years" in one.why.casefold()
    c = doc("c", "The mate was jailed in Lorn over the smuggled whisky, twelve weeks later.", rules)
    assert not found(a, c, rules)


def test_the_same_duration_in_two_reports_backs_them(rules: Rules) -> None:
    a = doc("a", "The Tarn Maru turned to port 70 seconds before the impact with the pier.", rules)
    b = doc("b", "A turn to port came 70 seconds before the impact, the Tarn Maru shows.", rules)
    assert [c.verdict for c in found(a, b, rules)] == ["corroborates"]


def test_a_sum_a_share_is_no_sum_a_week(rules: Rules) -> None:
    bid = "Vrba bids {} for the shipping line of the Tarn Maru."
    a, b, c = (
        doc(k, bid.format(n), rules)
        for k, n in (("a", "$61 a share"), ("b", "$68 per share"), ("c", "$68 a week"))
    )
    assert [x.verdict for x in found(a, b, rules)] == ["conflict"]
    assert not found(a, c, rules)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("count:sailor", "count:seaman", True),  # of one group
        ("count:sailor", "count:person", True),  # of nobody in particular
        ("count:sailor", "count:fisherman", False),
        ("count:sailor", "count:ship", False),
        ("count:person", "count:ship", False),
        ("money", "money per share", True),  # which a headline leaves out
        ("money per week", "money per share", False),
        ("duration:year", "duration:week", False),
        ("count:survivor", "count:person", False),
        ("count:passenger", "count:person", False),
    ],
)
def test_what_two_figures_count_may_be_one(one: str, other: str, alike: bool, rules: Rules) -> None:
    assert words_of(rules).alike(one, other) is alike
    assert words_of(rules).alike(other, one) is alike


AGED = "The {} mate of the Tarn Maru was taken ashore with a broken arm, the coast guard said."


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2019-03-04", "2019-03-06", True),
        ("2019-03-04", "2019-09-06", False),  # a birthday may lie between
        (None, None, False),
        (None, "2019-03-04", False),
    ],
)
def test_ages_of_nobody_named_are_compared_within_days(
    first: str | None, second: str | None, told: bool, rules: Rules
) -> None:
    a = doc("a", AGED.format("41-year-old"), rules, first)
    b = doc("b", AGED.format("44-year-old").replace("coast guard", "owner"), rules, second)
    assert any("41-year-old against 44" in c.why for c in found(a, b, rules)) is told


def test_numbers_of_one_list_are_so_many_differences(rules: Rules) -> None:
    haul = "The hold of the Tarn Maru gave up {} crates, {} casks and {} radio sets."
    a = doc("a", haul.format(7, 31, 12), rules)
    b = doc("b", haul.format(12, 46, 19).replace("gave up", "held"), rules)
    said = [c.why.partition(".")[0] for c in found(a, b, rules) if c.verdict == "conflict"]
    assert said == ["7 crates against 12 crates", "31 casks against 46 casks",
                    "12 radio sets against 19 radio sets"]  # fmt: skip


def test_ships_and_their_crew_are_ships(rules: Rules) -> None:
    (one,) = (
        f
        for f in doc("a", "Pirates hold 17 ships and their crew off Lorn.", rules).facts.figures
        if f.counts == "count:ship"
    )
    assert one.scope == ""


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("It is a town of 14,000 people.", "population"),
        ("Lorn is home to 14,000 people.", "population"),
        ("Some 14,000 Danes live there.", "some who live there"),
        ("Some 14,000 people came to Lorn.", ""),
        ("In the town 14,000 people marched.", ""),
        ("The town has roughly 14,000 people.", "population"),
        ("The mayor spoke to 14,000 inhabitants.", "population"),
        ("Some 14,000 who live there heard it.", "population"),
        ("Its 14,000 members live in Lorn.", "some who live there"),
    ],
)
def test_those_who_live_somewhere_are_not_those_who_come(
    text: str, scope: str, rules: Rules
) -> None:
    told = [f for f in doc("a", text, rules).facts.figures if f.number.value == 14_000]
    assert [f.scope for f in told] == [scope]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Tarn shares closed on Monday at $36.05 in Lorn.", "traded"),
        ("Its stock jumped 28 percent to $36.05.", "traded"),
        ("The bidder will pay $36.05 for each share.", ""),
        ("Sales rose to $36.05 million.", ""),
        ("The combined company is worth $36.05.", "joint"),
    ],
)
def test_what_a_share_was_traded_at_is_no_offer(text: str, scope: str, rules: Rules) -> None:
    told = [f for f in doc("a", text, rules).facts.figures if f.counts.startswith("money")]
    assert [f.scope for f in told] == [scope]


@pytest.mark.parametrize(
    ("text", "counts", "scope"),
    [
        ("Tarn employs 1,900 people at Lorn.", "count:employee", "in lorn"),
        ("Tarn employs 1,900 people.", "count:employee", ""),
        ("Tarn has a payroll of 1,900.", "count:employee", ""),
        ("Some 1,900 people came to Tarn.", "count:person", ""),
        ("The police apprehended 1,900 people.", "arrested", ""),
        ("The state apprehended 1,900 children.", "count:child", ""),
        ("A judge remanded 1,900 suspects in custody.", "arrested", "charged"),
    ],
)
def test_staff_children_and_those_charged_are_told_apart(
    text: str, counts: str, scope: str, rules: Rules
) -> None:
    told = [f for f in doc("a", text, rules).facts.figures if f.number.value == 1900]
    assert [(f.counts, f.scope) for f in told] == [(counts, scope)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The funds would want at least $450 a share.", "asked"),
        ("The union demands 450 percent more.", "asked"),
        ("Nobody demands it: Tarn pays $450 a share.", ""),
        ("Lorn have gone 450 games without a win.", "without"),
        ("Lorn have won 450 games.", ""),
    ],
)
def test_what_is_asked_for_or_done_without_is_another_thing(
    text: str, scope: str, rules: Rules
) -> None:
    told = [f for f in doc("a", text, rules).facts.figures if f.number.value == 450]
    assert [f.scope for f in told] == [scope]


def test_apiece_of_shares_is_a_share(rules: Rules) -> None:
    told = doc("a", "Tarn shares will be bought out at $41.50 apiece.", rules).facts.figures
    assert [f.counts for f in told] == ["money per share"]
    told = doc("a", "Tarn lamps will be sold at $41.50 apiece.", rules).facts.figures
    assert [f.counts for f in told] == ["money per piece"]


def test_weights_below_two_kilograms_count(rules: Rules) -> None:
    told = doc("a", "The lamp of the Tarn Maru weighs 400 grams.", rules).facts.figures
    assert [(f.counts, f.number.value) for f in told] == [("weight:kg", 0.4)]


@pytest.mark.parametrize(("sure", "verdicts"), [(0.55, []), (0.65, ["conflict"])])
def test_an_unsure_higher_count_of_what_does_not_grow_is_no_update(
    sure: float, verdicts: list[str], rules: Rules
) -> None:
    a, b = (
        document(doc(k, f"The harbour of Lorn employs {n} people.", rules, day))
        for k, n, day in (("a", "640", "2019-03-04"), ("b", "1,200", "2019-03-09"))
    )
    match = Match(a.figures[0], b.figures[0], sure, {}, ())
    made = told_as(a, b, [(match, True)], model_of(rules))
    assert [one.verdict for one, _, _ in made] == verdicts


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [("31", "36", "crate: 31 against 36"), ("31 crates", "36", "31 crates against 36")],
)
def test_what_is_counted_is_told_where_neither_number_says_so(
    one: str, other: str, why: str, rules: Rules
) -> None:
    a, b = (document(doc(k, SEIZED.format(n=n), rules)) for k, n in (("a", "31"), ("b", "36")))
    x, y = (
        msgspec.structs.replace(of.figures[0], number=msgspec.structs.replace(
            of.figures[0].number, text=text))
        for of, text in ((a, one), (b, other))
    )  # fmt: skip
    ((made, _, _),) = told_as(a, b, [(Match(x, y, 0.9, {}, ()), True)], model_of(rules))
    assert made.why.casefold().startswith(why)


def test_survivors_are_none_of_the_injured(rules: Rules) -> None:
    text = "Nine were injured as the Tarn Maru sank. Six survivors are in hospital with burns."
    told = doc("a", text, rules).facts.quantities
    assert [(q.slot, q.value) for q in told] == [("injured", 9.0), ("count:survivor", 6.0)]


def test_a_noun_stands_in_one_group(rules: Rules) -> None:
    nouns = [noun for group in rules.facts["identity"]["kin"] for noun in group.split()]
    assert len(nouns) == len(set(nouns))
