"""Grave claims that no named source answers for."""

from __future__ import annotations

import json
from pathlib import Path

import audit
from audit.facts.alone import CHECK


def found(texts: dict[str, str], tmp_path: Path) -> list[str]:
    place = tmp_path / "pile.jsonl"
    rows = [{"id": k, "source": k, "text": v} for k, v in texts.items()]
    place.write_text("\n".join(map(json.dumps, rows)))
    report = audit.run([str(place)], only=["language", "facts"])
    return [f.document for f in report.findings if f.rule == CHECK]


PAD = " The market in the old town opens on Monday and the tram to it runs every ten minutes." * 4


def test_a_claim_of_one_text_without_a_named_source_stands_alone(tmp_path: Path) -> None:
    texts = {
        "a": "Ilse Marn was arrested on Monday over the harbour fees." + PAD,
        "b": "Karel Vrba was arrested on Monday, police chief Ada Mell said." + PAD,
        "c": "The arrest of Bo Carr surprised the harbour." + PAD,
    }
    assert found(texts, tmp_path) == ["a"]


def test_what_two_sources_tell_does_not_stand_alone(tmp_path: Path) -> None:
    texts = {
        "a": "Ilse Marn was arrested on Monday over the harbour fees." + PAD,
        "b": "In the evening Ilse Marn was arrested at her house near the mill." + PAD,
    }
    assert found(texts, tmp_path) == []
