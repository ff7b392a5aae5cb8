"""What to check first over all sources: facts before slips, one entry a text at first."""

from __future__ import annotations

from msgspec.structs import replace

from audit.model import CheckFirst, Comparison, Event, Quote, Report
from audit.reports.order import checks


def entry(document: str, why: str, weight: float) -> CheckFirst:
    return CheckFirst(why, document, why, 0, 4, finding=why, confidence=0.8, weight=weight)


def test_the_gravest_first_each_source_in_turn_and_slips_last(report: Report) -> None:
    made = {
        "a": [entry("a1", "dated wrongly", 0.8), entry("a1", "headline", 0.7)],
        "b": [entry("b1", "stands alone", 0.4), entry("b2", "slip", 0.21)],
        "c": [entry("c1", "other slip", 0.22)],
    }
    first = report.sources[0]
    sources = [replace(first, id=k, name=k, check_first=v) for k, v in made.items()]
    told = [check.why for check, _ in checks(replace(report, sources=sources), 10)]
    assert told == ["dated wrongly", "stands alone", "headline", "other slip", "slip"]


def test_a_number_changed_in_a_copy_and_contradicted_there_is_one_matter(report: Report) -> None:
    """The copy's number against the wire, and against a third text: told once, the gravest."""
    copied = CheckFirst("number changed in a copy: wire has 41", "b1", "14", 8, 10, weight=0.9)
    against = CheckFirst("Price: 14 against 41.", "c1", "41", 3, 5, event="e1", weight=0.7)
    other = CheckFirst("Price: 9 against 8.", "d1", "9", 3, 4, event="e2", weight=0.5)
    quotes = [Quote(3, 5, "c1", "41"), Quote(0, 12, "b1", "cost some 14")]
    clash = Comparison("price", "number", "Price: 14 against 41.", 0.8, *quotes, "conflict")
    event = Event("e1", "price", [], "conflict", [clash], 2)
    first = report.sources[0]
    sources = [
        replace(first, id=c.document, name=c.document, check_first=[c])
        for c in (copied, against, other)
    ]
    made = replace(report, sources=sources, events=[event])
    assert [check.document for check, _ in checks(made, 2)] == ["b1", "d1"]
    assert [check.document for check, _ in checks(made, 9)] == ["b1", "d1"]
    dated = replace(copied, why="date changed in a copy: wire has 41")
    sources[0] = replace(first, check_first=[dated])
    made = replace(report, sources=sources, events=[event])
    assert [check.document for check, _ in checks(made, 2)] == ["b1", "c1"]


def test_tolls_of_two_stories_are_two_matters_and_what_is_told_again_comes_late(
    report: Report,
) -> None:
    made = [
        CheckFirst("Killed, main event: 7 against 8.", "a", "7", 0, 1, event="e1", weight=0.9),
        CheckFirst("Killed, main event: 7 against 8. x", "b", "8", 0, 1, event="e2", weight=0.88),
        CheckFirst("Killed, main event: 30 against 41.", "c", "30", 0, 2, event="e3", weight=0.7),
    ]
    first = report.sources[0]
    sources = [replace(first, id=c.document, name=c.document, check_first=[c]) for c in made]
    told = [c.event for c, _ in checks(replace(report, sources=sources, events=[]), 9)]
    assert told == ["e1", "e3", "e2"]


def test_two_mentions_of_one_number_in_a_text_are_told_of_once(report: Report) -> None:
    says = {"e1": "34 years. b says “jailed”.", "e2": "34 years. b says “caged”.",
            "e3": "39 years. c says “jailed”."}  # fmt: skip
    made = [
        CheckFirst(f"32 years against {why}", "a", event, n, n + 9, event=event, weight=1 - n / 10)
        for n, (event, why) in enumerate(says.items())
    ]
    first = report.sources[0]
    sources = [replace(first, id="a", name="a", check_first=made)]
    told = [c.event for c, _ in checks(replace(report, sources=sources, events=[]), 9)]
    assert told == ["e1", "e3"]
