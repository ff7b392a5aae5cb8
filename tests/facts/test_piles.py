"""Which documents of a pile tell one story: what all of them say decides on each pair."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.facts.piles import ALIKE, FEW, NEVER, stories

LEAST = 0.85


def test_two_documents_alone_need_the_least():
    assert stories(2, {(0, 1): LEAST - 0.01}, LEAST) == [0, 1]
    assert stories(2, {(0, 1): LEAST}, LEAST) == [0, 0]


def test_a_third_document_ties_two_that_are_not_sure_alone():
    alone = {(0, 1): 0.1}
    tied = alone | {(0, 2): 1.5, (1, 2): 1.2}
    assert stories(3, alone, LEAST) == [0, 1, 2]
    assert stories(3, tied, LEAST) == [0, 0, 0]


def test_two_issues_of_a_yearly_event_stay_two_for_all_that_two_of_their_reports_have_in_common():
    inside = {pair: 3.8 for pair in (*combinations(range(3), 2), *combinations(range(3, 6), 2))}
    across = {(i, j): 0.2 for i in range(3) for j in range(3, 6)}
    odds = inside | across | {(0, 3): 3.0}
    assert stories(6, odds, LEAST) == [0, 0, 0, 3, 3, 3]


def test_a_loose_story_takes_in_what_is_as_loose():
    odds = {(0, 1): 1.0, (0, 2): -0.5, (1, 2): -0.6}
    assert stories(3, odds, LEAST) == [0, 0, 0]
    assert stories(3, odds | {(0, 1): 1.0 + ALIKE}, LEAST) == [0, 0, 2]
    assert stories(3, odds | {(0, 2): FEW - 0.1, (1, 2): FEW - 0.1}, LEAST) == [0, 0, 2]


def test_a_pair_without_odds_counts_as_two_stories():
    assert stories(3, {(0, 1): 2.0, (1, 2): 2.0}, LEAST) == [0, 0, 2]
    assert stories(3, {(0, 1): 2.0, (1, 2): 2.0, (0, 2): NEVER}, LEAST) == [0, 0, 2]


@given(st.integers(2, 8).flatmap(lambda n: st.tuples(
    st.just(n),
    st.lists(st.floats(NEVER, 4.0), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2),
)))  # fmt: skip
def test_every_story_is_named_by_its_first_document(case):
    count, values = case
    home = stories(count, dict(zip(combinations(range(count), 2), values, strict=True)), LEAST)
    assert len(home) == count
    for n, of in enumerate(home):
        assert of <= n
        assert home[of] == of


@pytest.mark.parametrize("count", [0, 1])
def test_no_pair_no_story(count):
    assert stories(count, {}, LEAST) == list(range(count))
