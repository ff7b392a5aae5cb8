"""Numbers that are no total: converted sums, parts by place, those beside somebody named."""

from __future__ import annotations

import pytest

from audit.facts.compare import compare_documents
from audit.facts.extract import extract
from audit.facts.figures import one_kind
from audit.rules import Rules, load
from audit.tokens import Text
from tests.facts.test_figures import doc, found


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("a debt of 14m euros ($19m; £10m)", "a debt of 14m euros ($17m; £10m)", True),
        ("a debt of $19m (£10m)", "a debt of $17m (£10m)", False),
        ("a crew of the dozen sailors", "a crew of 12 sailors", True),
    ],
)
def test_a_sum_converted_at_the_rate_of_the_day_and_the_dozen(
    one: str, two: str, alike: bool, rules: Rules
) -> None:
    told = "The rusty ferry left {} to the harbour office of Lorn on Monday, its owner said."
    a, b = (doc(key, told.format(what), rules) for key, what in (("a", one), ("b", two)))
    assert [c.verdict for c in found(a, b, rules) if c.verdict == "conflict"] == (
        [] if alike else ["conflict"]
    )


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("The wreck killed 257 people.", "The wreck killed 247 people.", False),
        ("11 people died in the wreck.", "His mother and 10 other people died in the wreck.", True),
    ],
)
def test_a_number_of_several_places_or_beside_somebody_is_no_total(
    one: str, two: str, alike: bool, rules: Rules
) -> None:
    a, b = (doc(key, said, rules) for key, said in (("a", one), ("b", two)))
    told = [c for c in compare_documents(a, b, rules) if c.verdict == "conflict"]
    assert bool(told) is not alike


def test_a_number_told_by_place_is_a_part(rules: Rules) -> None:
    told = doc("a", "The wrecks killed 247 people in Lorn and 10 in Verl on Friday.", rules)
    assert [f.scope for f in told.facts.figures if f.number.value == 247] == ["part"]
    alone = doc("a", "The wrecks killed 247 people in Lorn and on the quay.", rules)
    assert [f.scope for f in alone.facts.figures if f.number.value == 247] == [""]


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("The wreck killed 31 people on Friday.", ""),
        ("Of the fatalities, 12 were women, and 26 people died in Verl in 2014.", "past verl"),
        ("The wreck on Friday killed 26 people in 2019, the mayor said.", ""),
        ("Of the deceased, 26 had been sailors who died at sea.", "part"),
        ("In January a wreck off Verl killed 26 people.", "past "),
        ("Floods in Wales since January, killing 26 people, had closed the port.", "past "),
        ("In March so far 26 people were killed.", ""),
        ("In late February the wreck killed 26 people.", ""),  # a text of March 4
        ("26 of those killed had been identified.", "part"),
        ("26 people killed in the wreck were buried.", "part"),
        ("The wreck killed 26 terrorists.", "terrorist"),
    ],
)
def test_a_toll_of_a_past_year_or_of_some_of_the_dead_is_another(
    said: str, scope: str, rules: Rules
) -> None:
    text = Text("The ferry Orla sank off Lorn on Friday. " + said)
    facts = extract(
        text, title=None, published="2019-03-04", url=None, language="en", rules=rules
    ).figures
    assert {f.scope for f in facts if f.number.value in (26, 31)} == {scope}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "Lorn has ended its search after last week's wreck of the Orla left 26 dead. {rest}",
            "",
        ),
        (
            "The Orla sank off Lorn. {rest} Another ferry went down last week and killed 26.",
            "past ",
        ),
        ("The Orla sank off Lorn. {rest} He came in 2009. 26 people have now been killed.", ""),
        ("The Orla sank off Lorn. {rest} It burned in 2009. 26 people were killed.", "past "),
    ],
)
def test_what_a_report_opens_with_is_no_earlier_event(text: str, scope: str, rules: Rules) -> None:
    rest = "The harbour was closed while divers looked at the hull, and shops stayed shut. " * 3
    told = Text(text.format(rest=rest.strip()))
    facts = extract(told, title=None, published="2019-03-04", url=None, language="en", rules=rules)
    assert [f.scope for f in facts.figures if f.number.value == 26] == [scope]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The institute, which put the quake at magnitude 6.5, has seen 86 aftershocks.", ""),
        ("The quake was felt in Lorn, and an aftershock of magnitude 6.5 followed.", "series"),
        ("Two quakes shook Lorn on Friday, one of them of magnitude 6.5.", "series"),
    ],
)
def test_a_quake_with_aftershocks_is_one(text: str, scope: str, rules: Rules) -> None:
    facts = extract(
        Text(text), title=None, published=None, url=None, language="en", rules=rules
    ).figures
    assert [f.scope for f in facts if f.counts == "magnitude"] == [scope]


def test_two_earlier_events_are_of_one_year_or_nothing_tells_of_which(rules: Rules) -> None:
    told = "The worst wreck since {}, when a barge struck the Orla and 77 people died."
    a, b, c = (
        Text("A ferry sank off Lorn on Friday. " + told.format(year))
        for year in ("2011", "2003", "2011")
    )
    x, y, z = (
        next(
            f
            for f in extract(
                t, title=None, published="2019-03-04", url=None, language="en", rules=rules
            ).figures
            if f.number.value == 77
        )
        for t in (a, b, c)
    )
    assert one_kind(x, z) and not one_kind(x, y)


def test_what_several_deeds_came_to_is_not_what_one_did(rules: Rules) -> None:
    told = (
        "The patrol ship Tarn Maru stopped three skiffs off Lorn on Thursday. Its crew seized {}"
        " and 12 magazines from the skiffs, Captain Orla Voss said."
    )
    a = doc("a", told.format("14 rifles"), rules)
    total = " In all the Tarn Maru has seized 14 rifles during the five operations off Lorn."
    b = doc("b", told.format("six rifles") + total, rules)
    scopes = {f.number.value: f.scope for f in b.facts.figures if f.counts == "count:rifle"}
    assert scopes == {6: "", 14: "several"}
    (one,) = (c for c in found(a, b, rules) if c.verdict == "conflict")
    assert "14 rifles against six rifles" in one.why
    assert "b gives 14 rifles for several together" in one.why
