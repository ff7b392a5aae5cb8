"""What an editor accepts stays out of later runs: both sides of a conflict, a change in a copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import audit
from audit import judged
from audit.model import AuditError, CheckFirst, Report

WIRE = (
    "The council of Lorn signed the contract for the new bridge on 12 March 2021 after a long "
    "debate. The Lorn bridge will cost {cost} million crowns and cross the river Kara at the old "
    "mill. Mayor Ida Voss said the first cars would cross it in two years. The builders, Halden "
    "Works, have put up three bridges on the upper river; Halden Works was founded in Vesk in May "
    "1921. Farmers on the far "
    "bank had asked for a ford or a ferry for years, and some of them still doubt that the bridge "
    "will be there in time for the harvest. "
)
OTHER = (
    "Halden Works of Vesk will build a bridge over the Kara at Lorn, Mayor Ida Voss said at the "
    "old mill of Lorn. Halden Works was founded in Vesk in June 1931 and built the harbour of Lorn."
)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wire report, a copy with another price, and a report of its own with another day."""
    texts = [WIRE.format(cost=41), WIRE.format(cost=14), OTHER]
    days = ["2021-03-22", "2021-03-23", "2021-03-23"]
    rows = [
        {"id": f"d{n}", "source": f"s{n}", "text": text, "published": day}
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    place = tmp_path_factory.mktemp("press") / "in.jsonl"
    place.write_text("\n".join(map(json.dumps, rows)))
    return place


@pytest.fixture(scope="module")
def first(press: Path) -> Report:
    return audit.run([str(press)], jobs=1)


def accepted(press: Path, report: Report, ids: list[str], folder: Path) -> Report:
    file = folder / "accepted.jsonl"
    judged.add(report, ids, str(file), "known", "2021-05-01")
    return audit.run([str(press)], jobs=1, accepted=str(file))


def entries(report: Report) -> list[CheckFirst]:
    return [check for source in report.sources for check in source.check_first]


def conflicts(report: Report) -> list[str]:
    return [c.why for e in report.events for c in e.comparisons if c.verdict == "conflict"]


def test_a_conflict_is_settled_on_both_sides_by_any_of_its_ids(
    press: Path, first: Report, tmp_path: Path
) -> None:
    (event,) = [e for e in first.events if e.verdict == "conflict"]
    found = [f for f in first.findings if f.rule == "date-conflict"]
    assert {f.document for f in found} >= {"d2"} and len(found) > 1
    for n, mark in enumerate((event.id, found[0].id[:10])):
        folder = tmp_path / str(n)
        folder.mkdir()
        after = accepted(press, first, [mark], folder)
        told = {f.quote for f in after.findings if f.rule == "date-conflict"}
        assert found[0].quote not in told or found[0].document != "d2"
        assert len(conflicts(after)) < len(conflicts(first))
        if mark == event.id:
            assert not conflicts(after) and not told
            assert not [c for c in entries(after) if c.event == event.id]


def test_a_change_in_a_copy_is_settled_by_the_id_of_its_entry(
    press: Path, first: Report, tmp_path: Path
) -> None:
    (entry,) = [c for c in entries(first) if "changed in a copy" in c.why]
    assert (entry.quote, entry.document) == ("14", "d1") and entry.finding is not None
    after = accepted(press, first, [entry.finding], tmp_path)
    assert not [c for c in entries(after) if "changed in a copy" in c.why]
    assert not [f for f in after.findings if f.rule == "altered-number"]


def test_an_id_that_is_not_there_says_where_ids_are(first: Report, tmp_path: Path) -> None:
    for mark in ("", "zz"):
        with pytest.raises(AuditError, match="in brackets"):
            judged.add(first, [mark], str(tmp_path / "a.jsonl"), "known", "2021-05-01")
    assert not (tmp_path / "a.jsonl").exists()
