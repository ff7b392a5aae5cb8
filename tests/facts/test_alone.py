"""Grave claims that no named source answers for."""

from __future__ import annotations

import json
from pathlib import Path

import audit
from audit.facts.alone import CHECK


def report_of(texts: dict[str, str], tmp_path: Path, *only: str) -> audit.Report:
    place = tmp_path / "pile.jsonl"
    rows = [{"id": k, "source": k, "text": v} for k, v in texts.items()]
    place.write_text("\n".join(map(json.dumps, rows)))
    return audit.run([str(place)], only=only)


def found(texts: dict[str, str], tmp_path: Path) -> list[str]:
    report = report_of(texts, tmp_path, "language", "facts")
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


def test_a_source_has_the_count_and_an_editor_the_quote(tmp_path: Path) -> None:
    text = "Ilse Marn was arrested on Monday over the harbour fees." + PAD
    report = report_of({"a": text, "b": PAD}, tmp_path)
    assert {source.id: source.alone for source in report.sources} == {"a": 1, "b": 0}
    told = [c for source in report.sources for c in source.check_first]
    assert any(c.quote.startswith("Ilse Marn was arrested") for c in told)


def test_background_and_what_is_on_record_is_no_news_that_stands_alone(tmp_path: Path) -> None:
    texts = {
        "below": PAD + PAD + " Ilse Marn was arrested on Monday over the harbour fees.",
        "passing": "The ferry stopped after Karel Vrba was fired by the harbour." + PAD,
        "who": "The mill belonged to Ada Mell, who died in the spring." + PAD,
        "quoted": 'On the quay they sing: "Bo Carr was killed at the mill tonight."' + PAD,
        "record": "Tove Lind was charged with theft. A judge set bail on Tuesday." + PAD,
        "news": "Jon Berg was fired by the harbour on Monday." + PAD,
    }
    assert found(texts, tmp_path) == ["news"]


def test_a_name_in_a_longer_name_and_what_is_long_known_do_not_stand_alone(tmp_path: Path) -> None:
    texts = {
        "other": "The brother of Ilse Marn was arrested on Monday near the mill." + PAD,
        "affair": "The Lorn Mill affair was arrested by rain on Monday." + PAD,
        "before": "Before Karel Vrba died, the harbour had no crane." + PAD,
        "being": "Ada Mell is back at the mill after being acquitted in the harbour trial." + PAD,
        "story": "In Sunday's episode Bo Carr died on the quay." + PAD,
        "course": "Tove Lind, of course, was shot and killed at the mill." + PAD,
        "news": "Jon Berg was arrested on Monday." + PAD,
    }
    assert found(texts, tmp_path) == ["news"]


def test_who_answers_may_stand_in_the_next_sentence(tmp_path: Path) -> None:
    texts = {
        "next": "Jon Berg was arrested on Monday. His sister Ada Berg said he had slept." + PAD,
        "cited": "Tove Lind was fired on Monday, the Verl Echo reports." + PAD,
        "charges": "Bo Carr was charged with theft on Monday, according to charges." + PAD,
        "office": "A spokesperson of the club said Ilse Marn was arrested on Monday." + PAD,
        "vague": "Karel Vrba was fired by the harbour on Monday. Nobody knows why." + PAD,
    }
    assert found(texts, tmp_path) == ["vague"]
