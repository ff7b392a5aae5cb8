"""Counts that no event carries, in invented reports of one story.

Long, for it is one list: what meets, what conflicts, and what must not.
"""

from __future__ import annotations

from collections import Counter

import pytest

from audit import model
from audit.facts import events
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.facts.figure_identity import (
    Document,
    Told,
    as_told,
    model_of,
    of_other_days,
    story_odds,
    story_parts,
)
from audit.facts.gist import meets
from audit.facts.grounds import compatible
from audit.facts.names import same
from audit.facts.words import words_of
from audit.rules import Rules, load
from audit.tokens import Text

STORY = (
    "The Tarn Maru left the port of Lorn at dawn. Captain Ida Voss said the Tarn Maru would sail "
    "again. The Lorn coast guard thanked Voss for her help. {claim} Karel Vrba, who owns the Tarn "
    "Maru, was not on board, and Voss would not say where he was. Fishermen in Lorn have lived "
    "with such searches for a long time and expect many of them this summer. Few in the town were "
    "willing to speak of it, and those who did would not give their names to reporters who asked."
)
SEIZED = "Sailors searched the hold and seized {n} crates of smuggled whisky and a radio set."


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def doc(key: str, claim: str, rules: Rules, published: str | None = None) -> Doc:
    return bare(key, STORY.format(claim=claim), rules, published)


def bare(key: str, of: str, rules: Rules, published: str | None = None) -> Doc:
    text = Text(of)
    facts = extract(text, title=None, published=published, url=None, language="en", rules=rules)
    return Doc(key, text, facts)


def found(a: Doc, b: Doc, rules: Rules) -> list[model.Comparison]:
    return [c for c in compare_documents(a, b, rules) if c.event in ("count", "age")]


def test_two_counts_of_one_thing_conflict(rules: Rules) -> None:
    a = doc("a", SEIZED.format(n="seven"), rules)
    b = doc("b", "Whisky was found too: sailors seized 12 crates of it in the hold.", rules)
    (one,) = found(a, b, rules)
    assert (one.verdict, one.kind) == ("conflict", "number")
    assert "seven crates" in one.a.quote and "12 crates" in one.b.quote
    assert "seven crates against 12 crates" in one.why.casefold()
    assert b.text.raw[one.b.start : one.b.end] == one.b.quote


def test_a_higher_count_published_later_is_an_update(rules: Rules) -> None:
    a = doc("a", SEIZED.format(n="seven"), rules, "2016-03-02")
    b = doc("b", SEIZED.format(n="twelve"), rules, "2016-03-04")
    assert [c.verdict for c in found(a, b, rules)] == ["update"]


@pytest.mark.parametrize(
    "other",
    [
        SEIZED.format(n="more than six"),  # both can hold
        "Twelve crates of apples stood on the quay.",  # something else
        "Sailors searched the hold and seized another 12 crates of smuggled whisky.",  # on top
        "Sailors seized 12 crates of smuggled whisky in the hold, seven crates of them open.",
        "Sailors searched the hold and seized 70 crates of smuggled whisky.",  # of the whole year
        "In all, sailors have seized a total of 12 crates of smuggled whisky in such holds.",
    ],
)
def test_what_can_both_hold_or_is_another_count_does_not(other: str, rules: Rules) -> None:
    assert not found(doc("a", SEIZED.format(n="seven"), rules), doc("b", other, rules), rules)


def test_the_same_count_in_two_reports_backs_them(rules: Rules) -> None:
    a = doc("a", SEIZED.format(n="seven"), rules)
    b = doc("b", "Whisky was found too: sailors seized 7 crates of it in the hold.", rules)
    assert [(c.verdict, c.kind) for c in found(a, b, rules)] == [("corroborates", "number")]
    assert not found(a, doc("b", "Seven crates of apples stood on the quay.", rules), rules)


def test_two_shares_of_one_thing_conflict(rules: Rules) -> None:
    told = "Turnout in the town was {n} percent, said the harbour committee of Lorn."
    (one,) = found(
        doc("a", told.format(n="71"), rules), doc("b", told.format(n="64"), rules), rules
    )
    assert (one.verdict, one.kind) == ("conflict", "number")
    other = "Some 64 percent of the crew came from Oslo."
    assert not found(doc("a", told.format(n="71"), rules), doc("b", other, rules), rules)


def test_a_price_does_not_grow_by_itself(rules: Rules) -> None:
    price = "The Tarn Maru was bought for {n} million crowns from a yard in Oslo."
    a = doc("a", price.format(n="12"), rules, "2016-03-02")
    b = doc("b", price.format(n="21"), rules, "2016-03-04")
    assert "update" not in {c.verdict for c in compare_documents(a, b, rules)}
    assert "conflict" in {c.verdict for c in compare_documents(a, b, rules)}


def test_what_was_sold_in_a_past_year_is_another_deed(rules: Rules) -> None:
    a = doc("a", SEIZED.format(n="seven"), rules, "2016-03-02")
    b = doc("b", SEIZED.format(n="12").replace(" and", " in 2009 and", 1), rules, "2016-03-02")
    same = doc("b", SEIZED.format(n="12"), rules, "2016-03-02")
    assert [c.verdict for c in found(a, same, rules)] == ["conflict"]
    assert not [c for c in found(a, b, rules) if c.verdict == "conflict"]


def test_a_code_before_the_noun_and_other_ones_are_counted_apart(rules: Rules) -> None:
    told = "Sailors found {} KV-90 rifles and three other old rifles in the hold, with a radio set."
    a, b = (doc(k, told.format(n), rules) for k, n in (("a", "seven"), ("b", "twelve")))
    assert [(c.a.quote.split()[2], c.b.quote.split()[2]) for c in found(a, b, rules)] == [
        ("seven", "twelve")
    ]


def test_counts_of_two_stories_do_not_meet(rules: Rules) -> None:
    a = doc("a", SEIZED.format(n="seven"), rules)
    b = doc("b", SEIZED.format(n="twelve"), rules)
    names = {"Tarn Maru": "Bela Kord", "Voss": "Halm", "Ida": "Mira", "Lorn": "Vesk"}
    raw = b.text.raw
    for name, to in names.items():
        raw = raw.replace(name, to)
    text = Text(raw)
    facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
    assert not found(a, Doc("b", text, facts), rules)


def test_guns_and_rifles_are_counted_as_one_and_the_parts_of_the_score_are_told(
    rules: Rules,
) -> None:
    told = "Sailors searched the hold and seized {} smuggled {} and a radio set."
    a = doc("a", told.format("seven", "rifles"), rules)
    b = doc("b", told.format("twelve", "guns"), rules)
    (one,) = found(a, b, rules)
    assert "For one thing: " in one.why and "one story" in one.why
    assert not found(a, doc("b", told.format("twelve", "lamps"), rules), rules)


def test_words_of_one_deed_stand_for_each_other_beside_a_number(rules: Rules) -> None:
    a = doc("a", "The customs service has now seized seven crates.", rules)
    b = doc("b", "Twelve crates were confiscated that morning, she said.", rules)
    (one,) = found(a, b, rules)
    assert one.verdict == "conflict"
    assert not found(a, doc("b", "Twelve crates were repainted that morning.", rules), rules)


def test_another_number_that_both_sentences_have_ties_two_numbers(rules: Rules) -> None:
    a = doc("a", "That is 24 crates for 350 guests.", rules)
    b = doc("b", "For 350 children one gets 20 crates.", rules)
    assert found(a, b, rules)
    assert not found(a, doc("b", "For 600 children one gets 20 crates.", rules), rules)


def test_those_told_in_one_number_with_others_are_compared_with_the_like(rules: Rules) -> None:
    told = "The rusty ferry put {} ashore at the old customs quay of Lorn on Monday."
    both, other, alone = (
        doc(key, told.format(who), rules)
        for key, who in zip(
            "abc",
            ("420 passengers and crew", "387 passengers and crew", "246 passengers"),
            strict=True,
        )
    )
    assert found(both, other, rules)
    assert not found(both, alone, rules)
    assert found(doc("d", told.format("420 passengers"), rules), alone, rules)


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ("nearly $14 million", "$13 million", False),
        ("nearly $14 million", "$13.6 million", True),
        ("about 300", "280", True),
        ("about 1,600", "1,480", False),
        ("about 300", "nearly 330", True),
        ("about a dozen", "at least 14", True),
        ("about a dozen", "at least 16", False),
    ],
)
def test_a_hedged_number_covers_half_of_its_last_figure(
    one: str, two: str, both: bool, rules: Rules
) -> None:
    told = "Smuggled whisky worth {}" if "$" in one else "Smugglers had {} crates of whisky"
    told += " was found in the hold."
    (a,), (b,) = (
        [q for q in doc("a", told.format(n), rules).facts.quantities if q.value > 4]
        for n in (one, two)
    )
    assert compatible(a, b) is compatible(b, a) is both


def test_below_a_hundred_counts_are_not_rounded_and_more_than_is_more(rules: Rules) -> None:
    def differ(one: str, two: str) -> bool:
        told = [doc(k, SEIZED.format(n=n), rules) for k, n in (("a", one), ("b", two))]
        return bool(found(told[0], told[1], rules))

    assert differ("19", "20") and differ("438", "more than 450")
    assert not differ("1,190", "1,200") and not differ("450", "more than 438")


def test_sums_far_apart_are_two_sums_of_one_deal(rules: Rules) -> None:
    told = "Sailors searched the hold and seized smuggled whisky worth ${} million and a radio set."
    a, b, c = (doc(k, told.format(n), rules) for k, n in (("a", 7), ("b", 12), ("c", 40)))
    assert found(a, b, rules) and not found(a, c, rules)


def test_a_sum_in_another_currency_goes_by_the_rate_of_the_day(rules: Rules) -> None:
    told = "Sailors searched the hold and seized smuggled whisky worth $9 million ({}) and a radio."
    a, b = (
        doc(k, told.format(n), rules) for k, n in (("a", "£5.2 million"), ("b", "£5.9 million"))
    )
    assert not [c for c in found(a, b, rules) if c.verdict == "conflict"]
    c, d = (
        doc(k, told.replace("$9 million ({})", n), rules)
        for k, n in (("a", "£5.2 million"), ("b", "£5.9 million"))
    )
    assert [c for c in found(c, d, rules) if c.verdict == "conflict"]


def document(of: Doc) -> Document:
    story = events.Story(Counter(), frozenset())
    return Document(of.id, story, of.facts.published, of.facts.figures)


def told(of: Doc, rules: Rules) -> Told:
    facts = of.facts
    return as_told(facts.gist, facts.published, facts.figures, words_of(rules))


def test_days_are_met_without_their_year(rules: Rules) -> None:
    told = "On Tuesday 12 sailors of the Tarn Maru came back on May 4, a day after Friday, {}."
    one, two = (doc("a", told.format(n), rules).facts.gist for n in ("May 1, 2009", "May 8"))
    assert one.days == ["05-01", "05-04"] and "05-04" in two.days
    assert one.weekdays == two.weekdays == {"Fri": 1, "Tues": 1}
    assert (one.years, two.years) == (["2009"], [])


def test_a_gist_is_names_and_opening_words_the_rarer_the_heavier(rules: Rules) -> None:
    told = "Police in Qarvel seized 12 lamps. " + "It rained. " * 60 + "Dr Ulla Brandvik spoke."
    gist = doc("a", told, rules).facts.gist
    assert {"qarvel", "brandvik"} <= set(gist.proper) and "brandvik" not in gist.opening
    assert gist.proper["qarvel"] > gist.proper["polic"] and "lamp" in gist.opening
    assert list(gist.proper) == sorted(gist.proper, key=lambda k: (-gist.proper[k], k))
    assert meets(gist) == list(gist.proper)[:16]


def test_a_name_is_one_with_its_accents_and_without(rules: Rules) -> None:
    one, two = (
        doc("a", f"{name} of Qarvel took 12 lamps.", rules).facts.gist.proper
        for name in ("Gärtnéz", "Gartnez")
    )
    assert "gartnez" in one and one.keys() == two.keys()


def test_shared_days_and_counts_speak_for_one_story(rules: Rules) -> None:
    def parts(one: str, two: str) -> dict[str, float]:
        a, b = (told(doc(k, t, rules), rules) for k, t in (("a", one), ("b", two)))
        return story_parts(a, b)

    near = parts("On May 4 they found 31 lamps.", "They took 31 lamps on May 4.")
    far = parts("On May 4 they found 31 lamps.", "They took 12 lamps on June 9.")
    assert (near["days"], near["numbers"]) == (1.0, 1.0)
    assert (far["days"], far["numbers"]) == (0.0, 0.0)
    assert near["names"] > 0.9


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("TARN, Feb. 24 (Wire) - {}", "TARN, Oct. 11 (Wire) - {}", True),
        ("TARN, Feb. 24 (Wire) - {}", "TARN, October 11, 2009 (Wire) - {}", True),
        ("TARN, Dec. 24 (Wire) - {}", "TARN, Jan. 3 (Wire) - {}", False),
        ("TARN, Feb. 24 (Wire) - {}", "TARN, March 3 (Wire) - {}", False),
        ("TARN, Feb. 24 (Wire) - {}", "{}", False),
    ],
)
def test_dispatches_of_other_months_tell_two_stories(
    one: str, two: str, apart: bool, rules: Rules
) -> None:
    said = "Sailors found 31 lamps in the hold of the Tarn Maru."
    a, b = (told(bare(k, t.format(said), rules), rules) for k, t in (("a", one), ("b", two)))
    assert of_other_days(a, b) is of_other_days(b, a) is apart
    assert (story_odds(a, b, model_of(rules)) is None) is apart


def test_a_quote_names_its_own_number_only(rules: Rules) -> None:
    told = "Sailors found {} rifles, 31 lamps and 923 crates of whisky in the hold, with a radio."
    a, b = (doc(k, told.format(n), rules) for k, n in (("a", "seven"), ("b", "twelve")))
    (one,) = found(a, b, rules)
    assert "rifles" in one.a.quote and "31" not in one.a.quote


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("TGC", "Tarn Gold Company", True),
        ("T-G", "Tarn-Gold", True),
        ("TG", "Tarn Gold", False),  # two letters stand for too much
        ("TGK", "Tarn Gold Company", False),
    ],
)
def test_first_letters_name_a_body(a: str, b: str, one: bool) -> None:
    assert same(a, b) is one and same(b, a) is one


def test_common_words_tell_little_and_numbers_nothing(rules: Rules) -> None:
    words = words_of(rules)
    assert words.telling("million") is None and words.telling("the") is None
    common, rare = words.telling("government"), words.telling("whisky")
    assert common is not None and rare is not None and common[1] < rare[1] == 1.0
    assert words.kin("count:gun") == words.kin("count:rifle") != words.kin("count:boat")


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("Pirates kidnapped 9 sailors from the hold.", "Pirates kidnapped 14 sailors there.", True),
        # What may come, another wreck's, a part, and one who is counted in by one report only.
        (
            "In 1998 pirates killed 40 sailors in the province.",
            "In 1998 pirates killed 90 sailors across Castria.",
            False,
        ),
        ("Pirates kidnapped 9 people there.", "Pirates kidnapped four women there.", False),
        ("The toll stood at 9 in the hold.", "The toll in the hold could exceed 30.", False),
        (
            "Pirates kidnapped 9 sailors from the hold.",
            "In 1998 pirates kidnapped 14 sailors.",
            False,
        ),
        (
            "Pirates wounded 59 sailors in the hold, including the gunman.",
            "Pirates wounded 58 sailors in the hold.",
            False,
        ),
        (
            "Pirates wounded 59 sailors in the hold.",
            "Pirates seriously wounded 31 sailors in the hold.",
            False,
        ),
    ],
)
def test_people_are_counted_where_no_cause_is_named(
    a: str, b: str, differ: bool, rules: Rules
) -> None:
    made = compare_documents(doc("a", a, rules), doc("b", b, rules), rules)
    assert any(c.kind == "number" and c.verdict == "conflict" for c in made) is differ


def test_measures_tell_the_story_and_are_not_compared(rules: Rules) -> None:
    deep = "The wreck lies at a depth of {} kilometers in the bay."
    a, b, c = (doc(k, deep.format(n), rules) for k, n in (("a", 35), ("b", 35), ("c", 61)))

    def in_common(x: Doc, y: Doc) -> float:
        return story_parts(told(x, rules), told(y, rules))["numbers"]

    assert (in_common(a, b), in_common(a, c)) == (1.0, 0.0)
    assert not found(a, c, rules)
