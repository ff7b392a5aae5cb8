"""Spun and machine-translated texts: verdict, margin, evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules as rulebook
from audit.article import Article
from audit.checks import spun_text, translated_copy
from audit.language import translation
from audit.language.hashed import weights
from audit.language.translation import swapped, verdict
from audit.language.versions import evidence, margin, translated
from audit.model import Contained, Finding, Language, Pair, Published
from audit.rules import Rules
from audit.tokens import Text

RULES = Rules(patterns=(), checks={}, scoring={}, facts={}, digest="")
NATIVE = (
    "The mayor of Eastmere said on Monday that the city would buy two new ferries next year. "
    "Police closed the road for three hours after a truck hit the harbour wall. Nobody was hurt, "
    "but a group of residents asked the council for a meeting about safety at the port. "
    "“We want to know why it took so long,” said Dana Wray, who has lived there for ten years. "
    "The company that runs the port said it had already changed its rules."
)
SPUN = (
    "The city manager of Eastmere said on Monday that the metropolis would purchase two fresh "
    "ferryboats next twelvemonth. Police force shuted the route for three hours after a motortruck "
    "collided with the seaport paries. Nobody was injured, but a mathematical group of occupants "
    "enquired the council for a get together about safeness at the embrasure. “We desire to "
    "cognize why it took so long,” said Dana Wray, who has dwelled there for ten calendar years. "
    "An companionship that runs the haven said it had already altered its regulations."
)


def article(text: str, code: str = "en") -> Article:
    return Article("a", None, None, Text(text), Language(code, 1.0), Published())


def finding(rule: str, family: str) -> Finding:
    return Finding(
        rule=rule,
        family=family,
        group="language",
        severity=2,
        start=0,
        end=1,
        quote="T",
        message="",
        confidence=1.0,
    )


def test_a_spun_text_is_called_spun_and_its_source_is_not() -> None:
    spun, native = verdict(article(SPUN), [], RULES), verdict(article(NATIVE), [], RULES)
    assert (spun.verdict, native.verdict) == ("spun", "none")
    assert 0 < native.score < spun.score


def test_a_text_with_a_verdict_has_a_high_score() -> None:
    slips = [finding(name, "spin") for name in ("a", "b", "c", "d")]
    told = verdict(article(NATIVE), slips, RULES)
    assert told.verdict == "spun" and told.score >= 0.9


def test_the_score_is_given_for_every_english_text_and_no_verdict_on_a_short_one() -> None:
    short = " ".join(SPUN.split()[:30])
    assert verdict(article(short), [], RULES).verdict == "none"
    assert verdict(article(""), [], RULES).verdict == "none"
    assert verdict(article(SPUN, "de"), [], RULES).score == 0.0


def test_other_verdicts_need_distinct_findings() -> None:
    once = [finding("one", "ai")] * 9
    three = [finding(name, "ai") for name in ("one", "two", "three")]
    assert verdict(article(NATIVE), once, RULES).verdict == "none"
    assert verdict(article(NATIVE), three, RULES).verdict == "template"
    slips = [finding(name, "grammar") for name in ("a", "b", "c", "d")]
    assert verdict(article(NATIVE), slips, RULES).verdict == "second-language"
    assert verdict(article(NATIVE * 20), slips, RULES).verdict == "none"


def test_the_families_a_verdict_rests_on_are_those_of_the_rules() -> None:
    known = {rule.family for rule in rulebook.load().patterns}
    assert {family for named in translation._FAMILIES.values() for family in named} <= known


def test_the_spun_version_is_told_from_its_source() -> None:
    a, b = Text(NATIVE), Text(SPUN)
    assert translated(margin(a, b)) == "b"
    assert translated(margin(b, a)) == "a"
    assert margin(a, a) == 0.0 and translated(0.0) is None


SHORT = (
    "The council of Ostmere said on Tuesday that it will build 12 homes by the harbour, with a "
    "school and two parks. The plan was backed by the mayor, Ada Holm, and costs three million "
    "crowns. Residents were asked for their views in May, and most of them did like the plan."
)


PLAIN = """The river Odra burst its banks near Valmin on Saturday night and flooded some 300
houses, the fire service said. Nobody was hurt. Fire chief Tomas Rehn said that 140 volunteers had
filled 20,000 sandbags since Friday. The dyke was built in 1962 and was last repaired in 2004. The
regional government had set aside 4.5 million crowns for a new one last year, but work has not
begun because two landowners went to court. Mayor Lenka Dvorska asked the army for help on Sunday
morning. The water is expected to fall from Monday. The railway line stays closed, and buses run
every hour instead."""
FANCY = """The stream Odra burst its banks close Valmin on Saturday nighttime and inundated some
300 dwellings, the fire administration said. No one was harmed. Fire boss Tomas Rehn said that 140
helpers had packed 20,000 sandbags since Friday. The levee was constructed in 1962 and was most
recently fixed in 2004. The provincial regime had put aside 4.5 million crowns for a fresh one a
year ago, yet work has not started because two landlords went to tribunal. Chairman Lenka Dvorska
requested the military for assistance on Sunday morning. The fluid is anticipated to drop from
Monday. The rail route line remains shut, and transports run each hour all things considered."""


def test_a_spinner_s_rare_words_are_not_taken_for_free_writing() -> None:
    assert translated(margin(Text(PLAIN), Text(FANCY))) == "b"
    assert translated(margin(Text(FANCY), Text(PLAIN))) == "a"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12", "21"),
        ("three million", "nine million"),
        ("Ada Holm", "Ida Lund"),
        ("in May", "in June"),
        ("did like", "did not like"),
        ("Residents were", "OSTMERE (Wire) - Residents were"),
        ("the plan.", "the plan. Additional reporting came from our newsroom in the capital."),
    ],
)
def test_a_changed_fact_or_an_added_line_is_no_sign_of_translation(old: str, new: str) -> None:
    assert margin(Text(SHORT), Text(SHORT.replace(old, new))) == 0.0


def test_the_margin_is_small_where_few_words_differ() -> None:
    few = SHORT.replace("asked", "queried").replace("views", "sights")
    assert 0 < abs(margin(Text(SHORT), Text(few))) < 0.2


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_the_margin_is_antisymmetric_and_bounded(a: str, b: str) -> None:
    one = margin(Text(a), Text(b))
    assert one == -margin(Text(b), Text(a)) and -1 <= one <= 1


def test_layout_and_quotation_marks_say_nothing() -> None:
    flat = NATIVE.replace("“", '"').replace("”", '"').replace(". ", ".\n\n")
    assert margin(Text(NATIVE), Text(flat)) == 0.0


def test_evidence_quotes_what_stands_in_each_others_place() -> None:
    a, b = Text(NATIVE), Text(SPUN)
    found = evidence(a, b)
    quotes = {(a.raw[x.start : x.end], b.raw[y.start : y.end]) for x, y, _ in found}
    assert ("year", "twelvemonth") in quotes
    assert [abs(w) for *_, w in found] == sorted((abs(w) for *_, w in found), reverse=True)
    mirrored = [(y, x, -w) for x, y, w in evidence(b, a)]
    assert sorted(map(repr, mirrored)) == sorted(map(repr, found))


def test_swapped_words_are_spans_and_only_in_a_spun_text() -> None:
    quotes = [SPUN[span.start : span.end] for span, _ in swapped(Text(SPUN))]
    assert "twelvemonth" in quotes and "mathematical group" in quotes
    assert swapped(Text(NATIVE)) == []
    assert len(quotes) > 10 and len(set(quotes)) == len(quotes)
    assert [span for span, _ in swapped(Text(SPUN))] == sorted(
        (span for span, _ in swapped(Text(SPUN))), key=lambda span: (span.start, span.end)
    )
    assert [f.quote for f in spun_text.find(article(SPUN), RULES)] == quotes


def test_the_check_on_pairs_names_the_translated_document() -> None:
    a, b = Text(SPUN), Text(NATIVE)
    value = margin(a, b)
    pair = Pair("x", "y", "reworded-copy", False, 0.1, Contained(0.1, 0.1), "x", value)
    found = list(translated_copy.find(pair, a, b, RULES))
    assert found and all(one.document == "x" for one in found)
    assert all(SPUN[one.start : one.end] == one.quote for one in found)


@pytest.mark.parametrize("text", ["\x00\ud800 a an", "a " * 200_000, "." * 200_000, "x" * 500_000])
def test_hostile_texts_do_not_crash(text: str) -> None:
    margin(Text(text), Text(NATIVE))
    evidence(Text(text), Text(NATIVE))
    verdict(article(text), [], RULES)


def test_the_weights_are_plain_arrays_of_a_few_hundred_kilobytes() -> None:
    held = weights()
    assert all(array.dtype.kind in "iuf" for array in held)
    assert sorted(held.words.tolist()) == held.words.tolist()
