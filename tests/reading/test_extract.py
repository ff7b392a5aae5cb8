"""Titles, front matter, pages that try to break the reader, and documents given in memory."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audit.model import AuditError
from audit.reading import extract, page
from audit.reading.given import from_dicts

BODY = "The harbour board voted on Monday to dredge the outer channel. " * 4


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", f"Board votes to dredge\n\n{BODY}", "Board votes to dredge"),
        ("a.txt", f"Board votes to dredge\n{BODY}", "Board votes to dredge"),
        ("a.txt", BODY, None),
        ("a.txt", f"The board met on Monday.\n\n{BODY}", None),
        ("a.txt", "Board votes to dredge", None),
        ("a.txt", f"- first point\n\n{BODY}", None),
        ("a.txt", f"{'long ' * 40}\n\n{BODY}", None),
        ("a.md", f"# Board votes #\n\n{BODY}", "Board votes"),
        ("a.md", f"## Is it time?\n\n{BODY}", "Is it time?"),
    ],
)
def test_a_first_line_is_the_title_where_it_looks_like_one(
    read: Any, tmp_path: Path, name: str, text: str, title: str | None
) -> None:
    (tmp_path / name).write_text(text)
    document = read()[name]
    assert document["title"] == title
    assert document["text"] == text


def test_front_matter_is_fields_not_text(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f'---\ntitle: "Board votes"\ndate: 2 April 2021\nsource: Harbor Post\n---\n\n{BODY}'
    )
    (tmp_path / "b.md").write_text(f"---\n\n{BODY}")
    result = read()
    document = result["a.md"]
    assert (document["title"], document["published"], document["source"]) == (
        "Board votes",
        "2021-04-02",
        "Harbor Post",
    )
    assert document["text"] == BODY
    assert result["b.md"]["text"] == f"---\n\n{BODY}"


def test_a_title_with_a_script_is_kept_as_it_is(read: Any, tmp_path: Path) -> None:
    title = "<script>alert('x')</script> & more"
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": title, "text": BODY}))
    assert read()["a.jsonl#1"]["title"] == title


def test_an_unclear_date_stays_unknown_and_says_why(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, "date": "03/04/2020"}))
    document = read()["a.jsonl#1"]
    assert document["published"] is None
    assert {
        "field": "published",
        "origin": "field date: “03/04/2020” could be two days",
        "confidence": 0.0,
    } in document["origins"]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "plain words, no tag at all",
        "<" * 200_000,
        "<div>" * 200_000,
        "<script>" * 50_000 + "words",
        "<!--" * 50_000 + "words",
        "<p>" + "word " * 400_000 + "</p>",
        "<html>" + "<b><i>" * 30_000 + "words",
        '<html><script type="application/ld+json">'
        + "[" * 100_000
        + "</script><p>words</p></html>",
        "<html><body><p>\x00\x01\ufffe words</p></body></html>",
        "<a " + "x=1 " * 100_000,
        "<html><body>" + "<p>word word</p>" * 200_000 + "</body></html>",
        "&" * 100_000 + "&#x110000;&#0;",
    ],
)
def test_no_page_breaks_the_reader(source: str) -> None:
    start = time.process_time()
    found = page.read(source)
    assert found.text is None or found.text
    assert time.process_time() - start < 20  # a minute and more without the guards


def test_a_page_in_a_record_is_read_as_a_page(read: Any, tmp_path: Path) -> None:
    html = f"<html><body><nav>Home News</nav><article><p>{BODY}</p></article></body></html>"
    (tmp_path / "a.jsonl").write_text(json.dumps({"html": html, "url": "https://a.example/1"}))
    document = read()["a.jsonl#1"]
    assert document["text"] == BODY.strip()
    assert document["source"] == "a.example"


def test_a_batch_that_is_lost_is_counted(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (raw,) = read().raw
    (row,) = extract.lost(raw, reason="it crashed the reader").iter_rows(named=True)
    assert (row["id"], row["failed"], row["text"]) == ("a.txt", "it crashed the reader", None)


def test_linked_data_of_a_page_comes_first() -> None:
    data = {
        "@graph": [
            {"@type": "Organization", "name": "Post"},
            {
                "@type": ["NewsArticle"],
                "headline": "Board &amp; fleet",
                "datePublished": "2021-04-02",
                "dateModified": "2021-04-03",
                "author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
                "publisher": {"name": "Harbor Post"},
            },
        ]
    }
    html = (
        f'<html><head><script type="application/ld+json">{json.dumps(data)}</script>'
        f'<meta name="author" content="desk"></head><body><article>'
        f"<p>{BODY}</p></article></body></html>"
    )
    stated = {name: value for name, (value, _, _) in page.read(html).stated.items()}
    assert stated == {
        "title": "Board & fleet",
        "published": "2021-04-02",
        "modified": "2021-04-03",
        "author": "Ann Lee, Bo Ek",
        "source": "Harbor Post",
    }


def test_documents_given_in_memory_keep_their_order_and_text() -> None:
    docs = from_dicts(
        [
            "A text alone.\r\nTwo lines.",
            {"id": "b", "text": "B", "published": "March 1, 2020", "language": "en"},
            {"id": "a", "text": "A", "url": "https://www.harborpost.example/a", "source": None},
            {"id": "a", "text": "", "published": date(2020, 3, 1)},
        ]
    )
    assert docs["id"].to_list() == ["#1", "b", "a", "a~2"]
    assert docs["text"].to_list() == ["A text alone.\nTwo lines.", "B", "A", ""]
    assert docs["published"].to_list() == [None, "2020-03-01", None, "2020-03-01"]
    assert docs["source"].to_list() == [None, None, "harborpost.example", None]
    assert docs["declared"].to_list() == [None, "en", None, None]
    assert docs["skipped"].to_list() == [None, None, None, "empty"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("one text", "documents are given as a list of texts or dicts"),
        ({"text": "x"}, "documents are given as a list of texts or dicts"),
        ([7], "document 1 is a number, not a text or a dict with a text"),
        (["x", None], "document 2 is a null, not a text or a dict with a text"),
        ([{"title": "x"}], "document 1: no field holds a text; the fields are title"),
        ([{"text": 7}], "document 1: the field text holds a number, not a text"),
        ([{"text": "x", "title": {}}], "document 1: the field title holds a record, not a string"),
        ([{"text": "x", "id": True}], "document 1: the field id holds a truth value, not a string"),
        ([{1: "x"}], "document 1 has a field named 1: names are strings"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(given: Any, says: str) -> None:
    with pytest.raises(AuditError) as refused:
        from_dicts(given)
    assert str(refused.value) == says
