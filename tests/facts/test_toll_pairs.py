"""Tolls of two reports: told by how the numbers stand, without words beside both."""

from __future__ import annotations

from collections import Counter

import pytest

from audit.facts import events, toll_pairs
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.facts.figure_identity import ALONE, TWO, Document, model_of
from audit.facts.figure_pairs import Match
from audit.rules import Rules, load
from audit.tokens import Text

ONE = (
    "Fire at Velm market\nVELM - A fire in the covered market of Velm killed 31 traders on Monday. "
    "Mayor Ulla Brandvik closed the Harbour Bridge. It began in a Tarn Street bakery."
)
OTHER = (
    "Velm mourns\nVELM - Flags hung low in Velm on Monday, where 34 people lost their lives as the "
    "covered market burned. Mayor Ulla Brandvik thanked the crews at Harbour Bridge and in Tarn "
    "Street."
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def doc(key: str, text: str, rules: Rules, published: str | None = None) -> Doc:
    made = Text(text)
    facts = extract(made, title=None, published=published, url=None, language="en", rules=rules)
    return Doc(key, made, facts)


def document(of: Doc) -> Document:
    names = Counter({n.name: 1 for n in of.facts.names})
    return Document(of.id, events.Story(names, frozenset()), of.facts.published, of.facts.figures)


def told(one: Doc, two: Doc, rules: Rules) -> list[str]:
    return [c.verdict for c in compare_documents(one, two, rules) if c.kind == "number"]


def test_tolls_told_in_other_words_differ_from_either_side(rules: Rules) -> None:
    a, b = doc("a", ONE, rules), doc("b", OTHER, rules)
    assert "conflict" in told(a, b, rules) and "conflict" in told(b, a, rules)


def test_the_higher_toll_of_a_later_day_is_an_update_also_beside_a_steady_number(
    rules: Rules,
) -> None:
    a, b = doc("a", ONE, rules, "2019-03-04"), doc("b", OTHER, rules, "2019-03-06")
    assert "update" in told(a, b, rules) and "conflict" not in told(a, b, rules)


def test_a_story_need_not_be_sure_for_tolls_and_two_stories_are_never_compared(
    rules: Rules,
) -> None:
    fit = model_of(rules)
    a, b = (document(doc(k, t, rules)) for k, t in (("a", ONE), ("b", OTHER)))
    sure = {m.sure for m, _ in toll_pairs.decided(a, b, 3.0, fit)}
    less = {m.sure for m, _ in toll_pairs.decided(a, b, -0.5, fit)}
    assert sure and less and max(less) < max(sure)
    assert toll_pairs.decided(a, b, TWO - 0.1, fit) == []
    assert TWO < ALONE < 0


def test_two_texts_without_a_name_in_common_have_no_toll_in_common(rules: Rules) -> None:
    fit = model_of(rules)
    far = ONE
    for here, there in (
        ("Velm", "Ardisa"), ("VELM", "ARDISA"), ("Ulla Brandvik", "Per Holt"),
        ("Harbour Bridge", "West Quay"), ("Tarn Street", "Mill Lane"), ("31", "34"),
    ):  # fmt: skip
        far = far.replace(here, there)
    a, b = (document(doc(k, t, rules)) for k, t in (("a", ONE), ("b", far)))
    assert toll_pairs.decided(a, b, 3.0, fit) == []


def test_how_far_a_toll_has_grown_is_no_doubt_of_it(rules: Rules) -> None:
    fit = model_of(rules)
    near, far = (
        (document(doc("a", ONE, rules)), document(doc("b", OTHER.replace("34", n), rules)))
        for n in ("39", "340")
    )
    assert not toll_pairs.doubtful(*near, 3.0, fit) and not toll_pairs.doubtful(*far, 3.0, fit)
    assert toll_pairs.doubtful(*far, -9.0, fit)


def test_what_rises_for_months_is_compared_of_one_day_only(rules: Rules) -> None:
    one = ONE.replace("killed 31 traders", "infected 31 traders")
    two = OTHER.replace("34 people lost their lives", "34 people were infected")
    a, b, c = (doc(k, t, rules, d) for k, t, d in (
        ("a", one, "2019-03-04"), ("b", two, "2019-03-04"), ("c", two, "2019-03-02"),
    ))  # fmt: skip
    fit = model_of(rules)
    assert toll_pairs.decided(document(a), document(b), 3.0, fit)
    assert not toll_pairs.decided(document(a), document(c), 3.0, fit)


def test_a_first_report_of_one_meets_a_toll_where_the_story_is_sure(rules: Rules) -> None:
    a = document(doc("a", ONE.replace("killed 31 traders", "killed at least one person"), rules))
    b = document(doc("b", OTHER.replace("34 people", "four people"), rules))
    fit = model_of(rules)
    unsure, sure = (
        toll_pairs.matches(a, b, story, fit) for story in (toll_pairs.FIRST - 0.1, toll_pairs.FIRST)
    )
    assert not unsure and [(m.a.number.value, m.b.number.value) for m in sure] == [(1.0, 4.0)]


def test_how_many_followed_a_first_report_of_one_counts_for_little(rules: Rules) -> None:
    a = document(doc("a", ONE.replace("killed 31 traders", "killed at least one person"), rules))
    far = document(doc("b", OTHER.replace("34 people", "440 people"), rules))
    ((match),) = toll_pairs.matches(a, far, toll_pairs.FIRST, model_of(rules))
    assert match.parts["ratio"] == toll_pairs.EARLY


def test_a_number_that_both_give_leaves_the_others_for_each_other(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (
        document(
            doc(
                key,
                f"A quake of magnitude 7.6 shook Velm. A magnitude {two} quake followed.",
                rules,
            )
        )
        for key, two in (("a", "7.5"), ("b", "7.3"))
    )
    sure = {(7.6, 7.6): 0.9, (7.5, 7.6): 0.8, (7.5, 7.3): 0.7, (7.6, 7.3): 0.6}
    told = {(x.number.value, y.number.value): (x, y) for x in one.figures for y in other.figures}
    made = [Match(*told[pair], score, {"shared": 1.0}, ("velm",)) for pair, score in sure.items()]
    monkeypatch.setattr(toll_pairs, "matches", lambda *_: made)
    found = toll_pairs.decided(one, other, 5.0, model_of(rules))
    assert [(m.a.number.value, m.b.number.value) for m, differ in found if differ] == [(7.5, 7.3)]
