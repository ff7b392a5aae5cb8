"""The samples are read as their answers say, and the answers quote what is there."""

from __future__ import annotations

import runpy
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.reading.conftest import Reading

SAMPLES = Path(__file__).parents[2] / "samples"
ANSWERS = tomllib.loads((SAMPLES / "answers.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def samples() -> Reading:
    return Reading(str(SAMPLES))


def test_every_file_and_document_is_accounted_for(samples: Reading) -> None:
    assert samples.balanced()
    assert samples.files.found == ANSWERS["files"]["found"]
    assert [entry.input for entry in samples.found.skipped] == ANSWERS["files"]["skipped"]
    assert samples.documents.found == ANSWERS["documents"]["found"]
    assert samples.documents.audited == ANSWERS["documents"]["audited"]
    assert samples.errors == []
    skipped = samples.docs.filter(pl.col("skipped").is_not_null())
    assert dict(skipped.select("id", "skipped").iter_rows()) == ANSWERS["documents"]["skipped"]


def test_sources_are_named_as_the_answers_say(samples: Reading) -> None:
    audited = samples.docs.filter(pl.col("skipped").is_null())
    assert Counter(audited["source"].to_list()) == ANSWERS["sources"]


def _quotes(value: Any, document: str | None = None) -> Iterator[tuple[str, str]]:
    """Every document that the answers name, with the quote that goes with it."""
    if isinstance(value, list):
        for part in value:
            yield from _quotes(part, document)
    elif isinstance(value, dict):
        if "document" in value:
            yield value["document"], value.get("quote", "")
        for part in value.values():
            yield from _quotes(part)


def test_every_quote_of_the_answers_stands_in_its_document(samples: Reading) -> None:
    quotes = list(_quotes(ANSWERS))
    assert len(quotes) > 25
    for document, quote in quotes:
        assert quote in samples[document]["text"], f"{document}: {quote}"
    for pair in ANSWERS["pair"]:
        for change in pair.get("altered", ()):
            assert change["a"] in samples[pair["a"]]["text"]
            assert change["b"] in samples[pair["b"]]["text"]
    named = {name for group in ANSWERS["independent"] for name in group["documents"]}
    named |= {*ANSWERS["languages"], *ANSWERS["translations"]}
    named |= {pair[side] for pair in ANSWERS["pair"] for side in "ab"}
    assert named <= set(samples.ids)


def test_a_credited_copy_has_the_whole_text(samples: Reading) -> None:
    wire = samples["meridian-wire/dam-contract.txt"]["text"]
    copy = samples["harbor-courant/dam-agency-copy.txt"]["text"]
    assert copy.startswith(wire.rstrip())


def test_every_format_gives_title_and_date(samples: Reading) -> None:
    for name in ("nl-0312", "tr-17", "g24-1", "kn-1", "coast-post/dam.html"):
        assert samples[name]["title"] and samples[name]["published"], name
    assert samples["harbor-courant/tyre-town.txt"]["author"] == "Ruth Ander"
    assert samples["valley-now/dam-first-half.md"]["published"] == "2021-03-18"
    assert samples["kn-1"]["published"] == "2021-05-08"


def test_the_bad_file_is_read_but_for_one_byte(samples: Reading) -> None:
    letters = samples["valley-now/letters.txt"]
    assert "Zoë Müllerová" in letters["text"]
    assert letters["text"].count("\ufffd") == 1
    assert "windows-1252, detected" in letters["origins"][0]["origin"]


def test_the_parquet_file_is_what_its_script_writes(samples: Reading) -> None:
    articles = runpy.run_path(str(SAMPLES / "globus24.py"))["ARTICLES"]
    for name, title, _, text in articles:
        assert (samples[name]["title"], samples[name]["text"]) == (title, text)
    assert len(articles) == ANSWERS["sources"]["Globus 24"]


def test_articles_are_short_and_lie_within_reason(samples: Reading) -> None:
    words = samples.docs.select("id", pl.col("text").str.count_matches(r"\S+")).rows()
    for name, count in words:
        if name not in ANSWERS["documents"]["skipped"]:
            assert 100 <= count <= 500, name
