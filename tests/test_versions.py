"""Two versions of one address: what was changed is an update, no altered copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import audit

BODY = (
    "The council of Lorn signed the contract for the new bridge on {day} after a long debate about "
    "its price. The bridge costs 41 million crowns and spans the river at the old mill. Mayor Ida "
    "Voss said the first cars would cross it in two years. The builders come from Vesk and have "
    "put up three bridges on the upper river. Farmers on the far bank had asked for a ford or a "
    "ferry for years, and some of them still doubt that the bridge will be there in time. "
)


@pytest.mark.parametrize("same", [True, False])
def test_a_changed_page_is_no_altered_copy(tmp_path: Path, same: bool) -> None:
    urls = ["https://a.example/n/1", "http://www.a.example/n/1" if same else "https://b.example/1"]
    rows = [
        {"id": f"d{n}", "url": url, "source": f"s{n}", "text": BODY.format(day=day),
         "published": f"2021-03-1{n + 4}"}
        for n, (url, day) in enumerate(zip(urls, ("March 12", "March 13"), strict=True))
    ]  # fmt: skip
    place = tmp_path / "in.jsonl"
    place.write_text("\n".join(map(json.dumps, rows)))
    report = audit.run([str(place)])
    told = [f for f in report.findings if f.rule.startswith("altered-")]
    assert bool(told) != same
    assert any(pair.altered for cluster in report.clusters for pair in cluster.pairs)
