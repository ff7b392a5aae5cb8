"""Scores are sums of their contributions, absent where evidence is thin, and never mixed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules as rulebook
from audit.scoring.score import NAMED, Evidence, score

RULES = rulebook.load()
SIGNALS = sorted({m["signal"] for m in RULES.scoring["measure"]})
USUAL = {m["signal"]: m["centre"] for m in RULES.scoring["measure"]}
PLAIN = Evidence("d", "post", 400, 1.0, 0.0, USUAL, 0.0, 0.0, 0.0)

SHARES = st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence,
    document=st.text(max_size=3),
    source=st.just("post"),
    words=st.integers(0, 5000),
    own=SHARES,
    borrowed=SHARES,
    signals=st.dictionaries(st.sampled_from(SIGNALS), st.floats(0, 500)),
    slips=st.none() | st.floats(0, 500),
    conflicts=st.floats(0, 9),
    supported=st.floats(0, 9),
    findings=st.just({"language": ["f"], "conflicts": [], "copies": []}),
)


def scores_of(*rows: Evidence) -> dict[str, float | None]:
    [source] = score(rows, {}, RULES)
    kinds = source.scores.__struct_fields__
    return {kind: getattr(source.scores, kind).value for kind in kinds}


def articles(number: int, **change: object) -> list[Evidence]:
    return [replace(PLAIN, document=f"d{n}", **change) for n in range(number)]


@settings(max_examples=60, deadline=None)
@given(st.lists(EVIDENCE, min_size=1, max_size=12))
def test_contributions_sum_to_the_score_exactly_and_it_lies_in_its_range(
    rows: list[Evidence],
) -> None:
    [source] = score(rows, {}, RULES)
    for kind in source.scores.__struct_fields__:
        one = getattr(source.scores, kind)
        parts = [c for c in source.contributions if c.score == kind]
        if one.value is None:
            assert not parts and one.low is None and one.high is None
            assert one.state in ("insufficient", "not_applicable")
        else:
            assert sum(c.hundredths for c in parts) == round(one.value * 100)
            assert 0 <= one.low <= one.value <= one.high <= 100
            assert one.state == "scored"


def test_a_usual_source_stands_where_usual_sources_stand() -> None:
    scores = scores_of(*articles(8))
    assert scores["presentation"] == scores["sourcing"] == 50
    assert scores["reliability"] == pytest.approx(RULES.scoring["reliability"]["base"], abs=0.01)
    assert scores["originality"] == scores["language"] == 100


@pytest.mark.parametrize("number, words", [(4, 4000), (5, 100)])
def test_there_is_no_score_on_little_evidence(number: int, words: int) -> None:
    [source] = score(articles(number, words=words), {}, RULES)
    assert source.scores.reliability.state == source.scores.language.state == "insufficient"
    assert source.scores.reliability.value is None


def test_copies_are_no_evidence_of_how_a_source_writes() -> None:
    copies = articles(20, own=0.0, borrowed=1.0)
    assert scores_of(*copies, *articles(4))["reliability"] is None
    assert scores_of(*copies, *articles(4))["originality"] == pytest.approx(100 / 6, abs=0.1)


def test_language_and_reliability_are_never_mixed() -> None:
    clean, broken = scores_of(*articles(8)), scores_of(*articles(8, slips=60.0))
    assert broken.pop("language") < clean.pop("language") / 2
    assert broken == clean


def test_loaded_words_cost_reliability_and_not_language() -> None:
    loud = {**USUAL, "strong": USUAL["strong"] + 3, "emotive": USUAL["emotive"] + 9}
    plain, shouted = scores_of(*articles(8)), scores_of(*articles(8, signals=loud))
    assert shouted["reliability"] < plain["reliability"] - 5
    assert shouted["presentation"] < plain["presentation"]
    assert shouted["language"] == plain["language"]


def test_conflicts_and_borrowing_cost_reliability() -> None:
    plain = scores_of(*articles(8))
    assert scores_of(*articles(8, conflicts=2.0))["reliability"] < plain["reliability"]
    assert scores_of(*articles(8, conflicts=2.0))["consistency"] < 60
    assert scores_of(*articles(8, supported=2.0))["consistency"] > 90
    borrowing = scores_of(*articles(8, borrowed=0.5))
    assert borrowing["reliability"] < plain["reliability"]
    assert borrowing["originality"] == 50


def test_more_documents_make_the_range_narrower() -> None:
    def width(number: int) -> float:
        rows = [replace(row, slips=float(n % 2 * 8)) for n, row in enumerate(articles(number))]
        [source] = score(rows, {}, RULES)
        return source.scores.language.high - source.scores.language.low

    assert width(100) < width(8) / 2


def test_a_contribution_names_some_findings_only() -> None:
    ids = {"language": [f"{n:03}" for n in range(9)], "conflicts": [], "copies": []}
    [source] = score(articles(8, findings=ids, slips=3.0), {}, RULES)
    [slips] = [c for c in source.contributions if c.measure == "slips"]
    assert len(slips.findings) == NAMED


def test_sources_come_one_by_one_in_order() -> None:
    rows = [*articles(6, source="a"), *articles(6, source="b")]
    assert [s.id for s in score(iter(rows), {}, RULES)] == ["a", "b"]
