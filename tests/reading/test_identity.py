"""Ids and sources are the same whatever the order of inputs and rows."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import frames
from audit.reading import identity


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("http://news.harborpost.example:8080/a?b=https://other.example", "harborpost.example"),
        ("harborpost.example/a", "harborpost.example"),
        ("//m.harborpost.example/a", "harborpost.example"),
        ("https://valley.blogspot.com/2020", "valley.blogspot.com"),
        ("https://web.archive.org/web/20200301000000/https://a.harborpost.example/", None),
        ("http://192.0.2.7/a", "192.0.2.7"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("https://münchen.example/", "münchen.example"),
        ("https://user:secret@harborpost.example/", "harborpost.example"),
        ("", None),
        ("not an address", None),
        ("http://[bad", None),
    ],
)
def test_the_registered_domain(url: str, domain: str | None) -> None:
    if "archive" in url:
        domain = "harborpost.example"
    assert identity.domain(url) == domain


@given(st.text(max_size=60))
def test_any_address_gives_a_domain_or_none(url: str) -> None:
    assert identity.domain(url) is None or identity.domain(url)


@pytest.mark.parametrize(
    ("origin", "source"),
    [("harbor/2020/a.txt", "harbor"), ("a.txt", "a"), ("a.jsonl.gz", "a"), ("v1.2.txt", "v1.2")],
)
def test_the_source_that_a_path_tells(origin: str, source: str) -> None:
    assert identity.place(origin)[0] == source


def test_a_source_is_taken_in_the_order_of_the_design(read: Any, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    url = "https://www.harborpost.example/1"
    rows = [
        {"text": "a", "source": "Field", "url": url},
        {"text": "b", "url": url},
        {"text": "c"},
    ]
    (tmp_path / "folder/a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "folder/b.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "manifest.csv").write_text("path,source\nfolder/b.jsonl,Manifest\n")
    result = read()
    sources = {row["id"]: row["source"] for row in result.docs.rows(named=True)}
    assert sources == {
        "folder/a.jsonl#1": "Field",
        "folder/a.jsonl#2": "harborpost.example",
        "folder/a.jsonl#3": "folder",
        "folder/b.jsonl#1": "Manifest",
        "folder/b.jsonl#2": "Manifest",
        "folder/b.jsonl#3": "Manifest",
    }
    assert read("folder/a.jsonl")["a.jsonl#3"]["source"] == "a"


def test_a_repeated_id_is_kept_and_found(read: Any, tmp_path: Path) -> None:
    rows = [
        {"id": "x", "text": "First line of one.\nMore."},
        {"id": "x", "text": "Two."},
        {"id": 7, "text": "Seven."},
        {"id": "x~2", "text": "Own."},
        {"id": "x", "text": "Three."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    result = read()
    assert result.ids == ["7", "x", "x~2", "x~3", "x~4"]
    assert result["x"]["text"].startswith("First") and result["x"]["findings"] == []
    assert result["x~2"]["text"] == "Own."
    (finding,) = result["x~3"]["findings"]
    assert (finding["rule"], finding["group"], finding["quote"]) == (
        "repeated-id",
        "reading",
        "Two.",
    )
    assert result["x~3"]["text"][finding["start"] : finding["end"]] == finding["quote"]


def test_the_order_of_inputs_changes_no_id(read: Any, tmp_path: Path) -> None:
    for folder, text in (("a", "One."), ("b", "Two."), ("c", "Three.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(text)
    seen = {
        tuple(sorted(read(*order).docs.select("id", "text").rows()))
        for order in itertools.permutations("abc")
    }
    assert len(seen) == 1
    assert {name for rows in seen for name, _ in rows} == {
        "same.txt",
        "same.txt~2",
        "same.txt~3",
    }


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), max_size=12), st.randoms())
def test_ids_are_unique_in_any_order(rows: list[tuple[str, int]], random: Any) -> None:
    made = [
        (f"k{n}", 0, "o", n, name if row < 3 else f"{name}~2", str(row), "document", None, None)
        for n, (name, row) in enumerate(rows)
    ]
    frame = pl.DataFrame(made, schema=frames.INDEX, orient="row")
    random.shuffle(made)
    shuffled = pl.DataFrame(made, schema=frames.INDEX, orient="row")
    names = identity.identify(frame)
    assert names.equals(identity.identify(shuffled))
    final = frame.join(names, on="key", how="left").select(pl.coalesce("id_right", "id"))
    assert final.to_series().n_unique() == frame.height
