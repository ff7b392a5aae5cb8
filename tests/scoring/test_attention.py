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
    slips = [seen(0, "slip", "language"), seen(3, "other", "language")]
    assert [one.why for one in first(slips)] == ["slip"]  # one a text
    assert [one.why for one in first([*slips, seen(5, "fact", "facts")])] == ["fact"]


def test_no_message_and_no_kind_of_slip_fills_the_list() -> None:
    many = [seen(n, "same", "facts") for n in range(9)]
    slips = [seen(n, f"slip {n}", "language", document=f"d{n // 2}") for n in range(18)]
    alone = seen(0, "slip alone", "language", document="d9")
    where = {"a": "post"} | {f"d{n}": "post" for n in range(10)}
    assert check_first(where, [alone], [], [], RULES) == {}
    told = check_first(where, [*many, *slips], [], [], RULES)["post"]
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
    assert [one.why for one in told] == ["dated wrongly", "alone"]
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)


def test_a_verdict_on_a_text_goes_before_the_slips_in_it() -> None:
    slips = [
        seen(0, "slip", "language", quote="more better"),
        seen(9, "word for word", "language", family="mt", quote="in its turn"),
    ]
    (told,) = first(slips, reads={"a": "machine-translated"})
    assert told.quote == "in its turn"
    assert told.why == (
        "The text reads as machine-translated; 2 clear slips, “in its turn” and “more better”. "
        "On the first: word for word"
    )


def test_a_verdict_on_a_text_tells_how_many_slips_and_quotes_three() -> None:
    slips = [seen(n, "word for word", "language", quote=f"slip {n}") for n in range(7)]
    (told,) = first(slips, reads={"a": "spun"})
    assert "7 clear slips, such as “slip 0”, “slip 1” and “slip 2”. On the first: word" in told.why
    (told,) = first(slips[:1], reads={"a": "spun"})
    assert told.why.endswith("exchanged. word for word")


def test_a_text_that_rests_on_unnamed_sources_is_told_of_once() -> None:
    def hidden(*starts: int) -> list[str]:
        rows = [
            seen(n, "hidden", "sourcing", severity=1, rule="anonymous-source", quote=f"man {n}")
            for n in starts
        ]
        looked = eligible(pl.DataFrame([msgspec.to_builtins(f) for f in rows]))
        return looked["message"].to_list()

    assert hidden(50, 10, 90, 10) == [
        "4 statements rest on sources that are not named: “man 10”, “man 50”, “man 90”."
    ]
    assert hidden(10, 50) == [] == hidden(4000, 4100, 4200)


def test_a_toll_of_texts_without_a_day_goes_after_one_that_cannot_have_grown() -> None:
    def weight(event: str, **days: str) -> float:
        sides = [model.Quote(0, 2, document, "12") for document in "ab"]
        one = model.Comparison(event, "number", "12 against 14.", 0.8, *sides, "conflict")
        told = model.Event("e1", event, [], "conflict", [one], 2)
        source = {"a": "wire", "b": "post"}
        return check_first(source, [], [], [told], RULES, days=days)["post"][0].weight

    assert weight("death") < weight("death", a="2031-04-02", b="2031-04-03")
    assert weight("purchase") == weight("purchase", a="2031-04-02", b="2031-04-03")


def test_a_first_report_of_one_goes_last() -> None:
    def weight(low: float) -> float:
        values = low, 24.0
        claims = [
            model.EventClaim(
                document,
                None,
                model.Claim(0, 2, "death", value=model.Quantity(0, 2, "12", "killed", value)),
                "12",
            )
            for document, value in zip("ab", values, strict=True)
        ]
        sides = [model.Quote(0, 2, document, "12") for document in "ab"]
        one = model.Comparison("death", "number", "12 against 24.", 0.8, *sides, "conflict")
        told = model.Event("e1", "death", claims, "conflict", [one], 2)
        days = {"a": "2031-04-02", "b": "2031-04-03"}
        source = {"a": "wire", "b": "post"}
        return check_first(source, [], [], [told], RULES, days=days)["post"][0].weight

    assert weight(1.0) < 0.3 * weight(2.0)


def test_each_page_has_its_own_day() -> None:
    def told(kind: Any, **days: str) -> int:
        changed = model.Altered(kind, model.TextSpan(3, 5, "4"), model.TextSpan(7, 9, "5"))
        pair = model.Pair(
            "a", "b", "altered-copy", False, 0.9, model.Contained(0.9, 0.9), None, 0.0,
            altered=[changed],
        )  # fmt: skip
        cluster = model.Cluster("c", ["a", "b"], [pair], None)
        return len(check_first({"b": "post"}, [], [cluster], [], RULES, days=days))

    assert told("name") == told("date") == 1
    assert told("date", a="2031-04-02", b="2031-04-03") == 0


def test_two_entries_that_quote_one_passage_are_one() -> None:
    told = first([seen(0, "one", "facts", end=40), seen(20, "two", "facts", end=60)])
    assert [one.why for one in told] == ["one"]


def test_figures_of_texts_that_share_nothing_else_go_after() -> None:
    def event(start: int) -> model.Event:
        sides = [model.Quote(start, start + 2, document, "12") for document in "ab"]
        one = model.Comparison("count", "number", f"{start}.", 0.8, *sides, "conflict")
        return model.Event(f"e{start}", "boats", [], "conflict", [one], 2)

    def weights(*events: model.Event) -> list[float]:
        return [c.weight for c in check_first({"b": "post"}, [], [], events, RULES)["post"]]

    assert weights(event(0))[0] < weights(event(0), event(9))[0]


def test_another_difference_of_one_passage_is_told_from_its_other_side() -> None:
    def event(kind: Any, there: str) -> model.Event:
        sides = (model.Quote(0, 30, "a", "signed"), model.Quote(0, 9, there, "signed"))
        one = model.Comparison("purchase", kind, f"{kind}.", 0.8, *sides, "conflict")
        return model.Event(f"e-{kind}", "purchase", [], "conflict", [one], 2)

    where = {"a": "post", "b": "post", "c": "post"}
    told = check_first(where, [], [], [event("number", "b"), event("date", "c")], RULES)["post"]
    assert [(c.document, c.why[:4]) for c in told] == [("a", "numb"), ("c", "date")]


def test_a_count_that_grew_weighs_more_the_nearer_its_two_figures() -> None:
    def weight(low: float, high: float, slot: str, event: str = "storm") -> float:
        said = [
            model.Claim(0, 9, event, value=model.Quantity(0, 2, "n", slot, value))
            for value in (low, high)
        ]
        sides = [model.Quote(0, 9, document, "n people") for document in "ab"]
        one = model.Comparison(event, "number", "One against other.", 0.8, *sides, "conflict")
        claims = [model.EventClaim(d, d, c, "n people") for d, c in zip("ab", said, strict=True)]
        told = model.Event("e1", event, claims, "conflict", [one], 2)
        return check_first({"a": "post"}, [], [], [told], RULES)["post"][0].weight

    assert weight(3, 24, "killed") < weight(20, 24, "killed") < weight(20, 24, "money")
    assert weight(3, 24, "money") == weight(20, 24, "money")


def test_figures_of_two_years_go_after_those_of_one_day() -> None:
    def weight(quote: str, *days: str) -> float:
        sides = [model.Quote(0, 2, document, quote) for document in "ab"]
        one = model.Comparison("count", "number", "40 against 42.", 0.8, *sides, "conflict")
        told = model.Event("e1", "count", [], "conflict", [one], 2)
        when = dict(zip("ab", days, strict=False))
        return check_first({"a": "post"}, [], [], [told], RULES, days=when)["post"][0].weight

    assert weight("40 judges") == weight("40 judges", "2031-04-02", "2031-05-02")
    assert weight("40 judges", "2031-04-02", "2032-04-02") < weight("40 judges")
    assert weight("this year's 40 judges") < weight("40 judges")
    assert weight("40 judges this year", "2031-04-02", "2031-04-02") == weight("40 judges")


def test_one_matter_is_told_of_once_also_from_its_other_side() -> None:
    def event(name: str, a: model.Quote, b: model.Quote, sure: float) -> model.Event:
        one = model.Comparison("count", "number", f"{name}.", sure, a, b, "conflict")
        return model.Event(name, "count", [], "conflict", [one], 2)

    wire, post, echo = (model.Quote(0, 9, document, "12 boats") for document in "abc")
    events = [event("e1", wire, post, 0.9), event("e2", echo, post, 0.7)]
    events.append(event("e3", echo, model.Quote(40, 49, "b", "5 crates"), 0.65))
    told = check_first(dict.fromkeys("abc", "pile"), [], [], events, RULES)["pile"]
    assert [one.event for one in told] == ["e1", "e3"]
