"""What a document adds to the scores of its source: slips, borrowed text, conflicts, support."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl
import pytest

from audit import frames, model
from audit.scoring.evidence import LEAST_WORDS, VERDICT_SLIPS, gather
from audit.scoring.score import NAMED, Evidence


def documents(**sources: str | None) -> pl.DataFrame:
    rows = [
        msgspec.to_builtins(model.Document(name, source, "audited", words=500))
        | {"readability": "{}"}
        for name, source in sources.items()
    ]
    frame = pl.DataFrame(rows, schema=frames.DOCUMENTS)
    return frame.with_columns(signals=pl.lit('{"strong": 1.5}'))


def finding(document: str, mark: str, **change: Any) -> model.Finding:
    values: dict[str, Any] = {
        "id": mark, "document": document, "rule": "r", "family": "grammar", "group": "language",
        "severity": 2, "start": 0, "end": 1, "quote": "q", "message": "m", "confidence": 0.5,
    }  # fmt: skip
    return model.Finding(**(values | change))


def gathered(
    docs: pl.DataFrame,
    findings: list[model.Finding] = [],  # noqa: B006
    clusters: list[model.Cluster] = [],  # noqa: B006
    pairs: list[dict[str, Any]] = [],  # noqa: B006
    comparisons: list[model.Comparison] = [],  # noqa: B006
) -> dict[str, Evidence]:
    rows = pl.DataFrame([msgspec.to_builtins(f) for f in findings], schema=frames.FINDINGS)
    return {e.document: e for e in gather(docs, rows, clusters, pairs, comparisons)}


def pair(a: str, b: str, in_a: float, in_b: float, relation: str = "copy") -> dict[str, Any]:
    return {"a": a, "b": b, "contained": {"a": in_a, "b": in_b}, "relation": relation}


def cluster(*names: str, first: str | None) -> model.Cluster:
    known = model.First(first, "date", 0.9) if first else None
    return model.Cluster("c", list(names), [], known)


def compared(a: str, b: str, verdict: model.Verdict) -> model.Comparison:
    sides = [model.Quote(0, 1, name, "q") for name in (a, b)]
    return model.Comparison(
        event="purchase", kind="date", why="w", confidence=0.8,
        a=sides[0], b=sides[1], verdict=verdict,
    )  # fmt: skip


def test_slips_are_weighed_by_harm_and_counted_a_thousand_words() -> None:
    found = gathered(
        documents(a="post", b="post"),
        [finding("a", "1"), finding("a", "2", severity=3), finding("a", "3", group="facts")],
    )
    assert found["a"].slips == pytest.approx((0.5 + 2 * 0.5) / 500 * 1000)
    assert found["b"].slips == 0
    assert found["a"].findings["language"] == ["1", "2"]
    assert found["a"].findings["conflicts"] == ["3"]
    assert found["a"].signals == {"strong": 1.5}


def test_no_more_ids_are_kept_than_a_contribution_names() -> None:
    many = [finding("a", f"{n:03}") for n in reversed(range(NAMED + 9))]
    assert gathered(documents(a="post"), many)["a"].findings["language"] == [
        f"{n:03}" for n in range(NAMED)
    ]


def test_no_slips_are_told_of_short_texts_and_languages_without_rules() -> None:
    docs = documents(a="post", b="post").with_columns(
        pl.when(pl.col("id") == "a").then(LEAST_WORDS - 1).otherwise("words").alias("words"),
        pl.Series("not_examined", [[], ["grammar"]]),
    )
    found = gathered(docs)
    assert found["a"].slips is None and found["b"].slips is None


def test_a_verdict_of_machine_made_text_counts_as_slips() -> None:
    told = pl.lit({"verdict": "spun", "score": 0.5}, dtype=frames.DOCUMENTS["translation"])
    found = gathered(documents(a="post").with_columns(translation=told))
    assert found["a"].slips == pytest.approx(VERDICT_SLIPS * 0.5)


def test_documents_without_source_or_not_audited_are_no_evidence() -> None:
    docs = documents(a="post", b=None, c="post").with_columns(
        pl.when(pl.col("id") == "c").then(pl.lit("failed")).otherwise("state").alias("state")
    )
    assert list(gathered(docs)) == ["a"]


def test_evidence_comes_in_order_of_source() -> None:
    docs = documents(a="z", b="m", c="z", d="a")
    assert list(gathered(docs)) == ["d", "b", "a", "c"]


def test_what_stood_elsewhere_first_is_borrowed_and_the_first_owns_it() -> None:
    found = gathered(
        documents(a="wire", b="post"),
        clusters=[cluster("a", "b", first="a")],
        pairs=[pair("a", "b", 1.0, 0.8)],
    )
    assert (found["a"].own, found["a"].borrowed) == (1.0, 0.0)
    assert (found["b"].own, found["b"].borrowed) == pytest.approx((0.2, 0.8))


def test_text_repeated_within_a_source_is_not_borrowed_but_counts_once() -> None:
    found = gathered(
        documents(a="post", b="post"),
        clusters=[cluster("a", "b", first="a")],
        pairs=[pair("a", "b", 1.0, 1.0)],
    )
    assert found["b"].own == 0.0 and found["b"].borrowed == 0.0


def test_where_nobody_knows_who_was_first_the_text_is_shared_evenly() -> None:
    found = gathered(
        documents(a="wire", b="post"),
        clusters=[cluster("a", "b", first=None)],
        pairs=[pair("a", "b", 1.0, 1.0)],
    )
    assert found["a"].borrowed == found["b"].borrowed == 0.5


def test_a_round_up_borrows_what_its_parts_hold() -> None:
    found = gathered(
        documents(a="wire", b="wire", c="digest"),
        pairs=[pair("a", "c", 1.0, 0.3, "round-up"), pair("b", "c", 1.0, 0.4, "round-up")],
    )
    assert found["c"].borrowed == pytest.approx(0.7)
    assert found["a"].borrowed == found["b"].borrowed == 0.0


def test_a_conflict_is_shared_and_a_dispute_is_nobodys() -> None:
    docs = documents(a="wire", b="post", c="post")
    found = gathered(docs, comparisons=[compared("a", "b", "conflict")])
    assert found["a"].conflicts == found["b"].conflicts == pytest.approx(0.4)
    assert not any(
        e.conflicts for e in gathered(docs, comparisons=[compared("a", "b", "disputed")]).values()
    )


def test_support_comes_from_other_sources_only() -> None:
    docs = documents(a="wire", b="post", c="post")
    found = gathered(
        docs, comparisons=[compared("a", "b", "corroborates"), compared("b", "c", "corroborates")]
    )
    assert found["a"].supported == found["b"].supported == pytest.approx(0.8)
    assert found["c"].supported == 0
