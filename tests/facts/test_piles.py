"""Which documents of a pile tell one story: what all of them say decides on each pair."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.facts.connected import homes
from audit.facts.piles import SURELY, Pile, averages, nearest, parts_of, stories

NEVER = -5.0
PILE = Pile(NEVER, {"own": 1.0, "average": 0.5, "company": 0.4, "nearer": -0.5}, 0.0)


def all_at(ids: str, told: float) -> dict[tuple[str, str], float]:
    return {(a, b): told for a, b in combinations(ids, 2)}


def test_of_two_documents_alone_a_pile_says_nothing_more():
    assert stories({("a", "b"): 0.4}, PILE) == {("a", "b"): pytest.approx(0.4)}
    assert stories({("a", "b"): -0.1}, PILE) == {}
    (parts,) = parts_of({("a", "b"): 1.3}, NEVER).values()
    assert parts == {"own": 1.3, "average": pytest.approx(0), "company": 0.0, "nearer": 0.0}


def test_a_third_document_ties_two_that_are_not_sure_alone():
    tied = {("a", "b"): -0.2, ("a", "c"): 1.5, ("b", "c"): 1.8}
    # b and c are joined first, then a at the average of -.2 and 1.5; a and b are nearer to c.
    assert averages(tied, NEVER, -1.0)["a", "b"] == (pytest.approx(0.65), 3)
    parts = parts_of(tied, NEVER)["a", "b"]
    assert parts["average"] == pytest.approx(0.85) and parts["nearer"] == pytest.approx(1.7)
    assert parts["company"] == pytest.approx(math.log(2))
    kind = Pile(NEVER, {"own": 1.0, "average": 0.5, "company": 0.4}, 0.0)
    assert ("a", "b") in stories(tied, kind) and not stories({("a", "b"): -0.2}, kind)


def test_two_issues_of_a_yearly_event_stay_two_for_all_that_two_of_their_reports_have_in_common():
    across = {(a, b): -0.5 for a in "abc" for b in "def"}
    odds = all_at("abc", 3.8) | all_at("def", 3.8) | across | {("a", "d"): 1.0}
    found = stories(odds, PILE)
    assert set(found) == set(all_at("abc", 1)) | set(all_at("def", 1))


def test_who_has_better_company_is_of_another_story():
    odds = all_at("abc", 2.5) | {("a", "d"): 0.5, ("b", "d"): 0.5, ("c", "d"): 0.5}
    assert ("a", "d") in stories(odds, PILE)
    assert ("a", "d") not in stories(odds | {("d", "e"): 2.5}, PILE)


def test_a_copy_is_no_better_company_than_a_sure_report():
    odds = all_at("abcd", 2.0)
    found = parts_of(odds | {("a", "b"): SURELY}, NEVER)
    copied = parts_of(odds | {("a", "b"): SURELY + 9}, NEVER)
    assert copied["a", "c"] == found["a", "c"]


def test_a_pair_without_odds_counts_as_two_stories():
    odds = {("a", "b"): 2.0, ("b", "c"): 2.0}
    assert averages(odds, NEVER, NEVER)["a", "c"][0] == pytest.approx((2.0 + NEVER) / 2)
    assert ("a", "c") not in stories(odds, PILE)


@given(st.integers(2, 7).flatmap(lambda n: st.tuples(
    st.just("abcdefg"[:n]),
    st.lists(st.floats(-6.0, 4.0), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2),
)))  # fmt: skip
def test_averages_fall_from_join_to_join_and_do_not_hang_on_the_order(case):
    ids, values = case
    odds = dict(zip(combinations(ids, 2), values, strict=True))
    found = averages(odds, NEVER, NEVER)
    turned = averages(dict(reversed(odds.items())), NEVER, NEVER)
    assert found == turned
    for (a, b), (told, _) in found.items():  # an ultrametric: the two least of any three are one
        for c in set(ids) - {a, b}:
            sides = [found.get((min(x, c), max(x, c)), (NEVER, 0))[0] for x in (a, b)]
            assert told >= min(sides) - 1e-9


def test_every_document_is_at_home_with_the_first_it_is_connected_with():
    assert homes({("b", "c"): 1.0, ("a", "c"): 1.0, ("d", "e"): 1.0}) == {
        "a": "a", "b": "a", "c": "a", "d": "d", "e": "d",
    }  # fmt: skip
    assert homes({}) == {}


def test_a_story_of_very_many_keeps_the_likeliest_of_either():
    pairs = all_at("abcd", 1.0) | {("a", "b"): 3.0, ("c", "d"): 2.0}
    assert set(nearest(pairs, 1)) == {("a", "b"), ("c", "d")}
    assert nearest(pairs, 9) == pairs
