"""What to check first: the gravest first, each passage once, slips of language last and few."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl

from audit import model
from audit import rules as rulebook
from audit.scoring.attention import ALIKE, SHOWN, WORDING, check_first, eligible

RULES = rulebook.load()


def seen(start: int, message: str, group: model.Group, **change: Any) -> model.Finding:
    values: dict[str, Any] = {
        "id": f"{start}", "document": "a", "rule": "r", "family": "f", "group": group,
        "severity": 3, "start": start, "end": start + 1, "quote": "q", "message": message,
        "confidence": 0.9,
    }  # fmt: skip
    return model.Finding(**(values | change))


def first(findings: list[model.Finding], **kwargs: Any) -> list[model.CheckFirst]:
    return check_first({"a": "post"}, findings, [], [], RULES, **kwargs).get("post", [])


def test_a_fact_goes_before_wording() -> None:
    told = first([seen(0, "slip", "language"), seen(5, "fact", "facts")])
    assert [one.why for one in told] == ["fact", "slip"]


def test_no_message_and_no_kind_of_slip_fills_the_list() -> None:
    many = [seen(n, "same", "facts") for n in range(9)]
    slips = [seen(20 + n, f"slip {n}", "language") for n in range(9)]
    told = first([*many, *slips])
    assert sum(one.why == "same" for one in told) == ALIKE
    assert sum(one.why.startswith("slip") for one in told) == WORDING


def test_a_passage_is_told_once_and_the_list_is_short() -> None:
    told = first([seen(n // 2, f"reason {n}", "facts") for n in range(60)])
    assert len(told) == SHOWN
    assert len({one.start for one in told}) == SHOWN


def test_an_altered_number_is_told_of_the_copy_with_what_the_first_says() -> None:
    changed = model.Altered("number", model.TextSpan(3, 5, "41"), model.TextSpan(7, 9, "14"))
    pair = model.Pair(
        "a", "b", "altered-copy", False, 0.9, model.Contained(0.9, 0.9), None, 0.0,
        altered=[changed],
    )  # fmt: skip
    cluster = model.Cluster("c", ["a", "b"], [pair], model.First("a", "date", 1.0))
    told = check_first({"a": "wire", "b": "post"}, [], [cluster], [], RULES)
    assert list(told) == ["post"]
    assert told["post"][0].quote == "14" and "41" in told["post"][0].why


def test_an_event_is_told_of_once() -> None:
    quotes = [model.Quote(n, n + 2, document, "12") for n, document in enumerate("aabb")]
    clashes = [
        model.Comparison("death", "number", f"Killed: {n}.", 0.8, quotes[n], quotes[2], "conflict")
        for n in range(2)
    ]
    event = model.Event("e1", "death", [], "conflict", clashes, 2)
    told = check_first({"a": "wire", "b": "post"}, [], [], [event], RULES)
    assert {source: len(entries) for source, entries in told.items()} == {"wire": 1, "post": 1}


def test_documents_without_a_source_are_left_out() -> None:
    assert check_first({"a": None}, [seen(0, "x", "facts")], [], [], RULES) == {}


def test_what_is_looked_at_and_what_hangs_on_it() -> None:
    few = [
        seen(0, "dated wrongly", "facts", severity=2, rule="publication-date-contradicted"),
        seen(5, "dated wrongly too", "facts", severity=2, rule="publication-date-contradicted"),
        seen(9, "alone", "sourcing", severity=1, rule="stands-alone", confidence=0.6),
        seen(12, "slip", "language"),
        seen(15, "small", "language", severity=2),
    ]
    looked = eligible(pl.DataFrame([msgspec.to_builtins(f) for f in few]))
    assert looked["message"].to_list() == [f.message for f in few[:4]]
    told = first(few[:4])
    assert [one.why for one in told] == ["dated wrongly", "alone", "slip"]
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)
