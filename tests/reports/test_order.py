"""What to check first over all sources: facts before slips, one entry a text at first."""

from __future__ import annotations

from msgspec.structs import replace

from audit.model import CheckFirst, Report
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
