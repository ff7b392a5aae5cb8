"""Every format gives the same documents, within bounds, and says what it could not read."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model import AuditError
from audit.reading import batches, containers, inputs, streams

TEXT = (
    "The harbour board voted on Monday to dredge the outer channel, its chair, Ann Lee, said.\n\n"
    "Work is to start in April and to cost 4.2 million crowns. “We waited six years for this,”"
    " Ms Lee told reporters after the meeting in the old customs house on Quay Street.\n\n"
    "Two members of the board, both of them pilots, voted against the plan because the spoil is"
    " to be dumped off Gull Point, where the local fleet sets its crab pots each autumn."
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Board votes | Post</title>'
    '<meta property="og:title" content="Board votes to dredge">'
    '<meta property="article:published_time" content="2021-04-02T09:00:00Z">'
    '<link rel="canonical" href="https://www.harborpost.example/board"></head><body>'
    "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
    "<article><h1>Board votes to dredge</h1>"
    + "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    + "</article><footer>Copyright Harbor Post. Share on social media.</footer></body></html>"
)


def _write(folder: Path) -> None:
    record = {"id": "x", "title": "Board votes to dredge", "body": TEXT, "date": "2021-04-02"}
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.md").write_text(TEXT)
    (folder / "c.jsonl").write_text(json.dumps(record | {"id": "c"}) + "\n")
    (folder / "d.json").write_text(json.dumps([record | {"id": "d"}]))
    (folder / "e.json").write_text(json.dumps(record | {"id": "e"}))
    pl.DataFrame([record | {"id": "f"}]).write_csv(folder / "f.csv")
    pl.DataFrame([record | {"id": "g"}]).write_parquet(folder / "g.parquet")
    (folder / "h.jsonl.gz").write_bytes(
        gzip.compress(json.dumps(record | {"id": "h"}, ensure_ascii=False).encode())
    )
    (folder / "i.json").write_text(json.dumps({"count": 1, "items": [record | {"id": "i"}]}))
    (folder / "j.html").write_text(PAGE)
    (folder / "k.txt").write_bytes(TEXT.replace("\n", "\r\n").encode("utf-16"))


def test_one_article_has_one_text_in_every_format(read: Any, tmp_path: Path) -> None:
    _write(tmp_path)
    result = read()
    assert result.documents.audited == 11
    assert result.errors == []
    texts = dict(result.docs.select("id", "text").iter_rows())
    assert {name: text for name, text in texts.items() if text != TEXT} == {}
    for name in "cdefghi":
        assert result[name]["title"] == "Board votes to dredge"
        assert result[name]["published"] == "2021-04-02"


def test_a_page_gives_its_metadata_and_no_boilerplate(read: Any, tmp_path: Path) -> None:
    (tmp_path / "j.html").write_text(PAGE)
    page = read()["j.html"]
    assert page["title"] == "Board votes to dredge"
    assert page["published"] == "2021-04-02T09:00:00+00:00"
    assert page["url"] == "https://www.harborpost.example/board"
    assert page["source"] == "harborpost.example"
    assert page["declared"] == "en"
    assert {o["field"]: o["origin"] for o in page["origins"]} == {
        "title": "og:title of the page",
        "published": "article:published_time of the page: ISO 8601",
        "url": "canonical link of the page",
        "declared": "lang of the page",
        "text": "main text of the page, by trafilatura; utf-8, declared"
        if page["text"].isascii()
        else "main text of the page, by trafilatura; utf-8",
        "source": "domain of the address",
    }


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_batches_of_any_size_give_the_same_documents(read: Any, tmp_path: Path, rows: int) -> None:
    _write(tmp_path)
    result = read(rows=rows)
    assert result.docs.equals(read().docs)
    assert max(part.height for part in result.raw) <= rows


def test_a_batch_is_bounded_by_bytes(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"text": "{"x " * 500}"}}\n' for _ in range(50)))
    result = read(size=3000)
    assert result.documents.found == 50
    assert max(part.height for part in result.raw) == 3


def test_rows_that_cannot_be_read_are_errors_and_the_rest_goes_on(
    read: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "one"}\n\n{"text": \n[1, 2]\n{"text": 7}\n{"title": "no text"}\n"two"\n'
        '{"text": ""}\n{"text": null}\n'
    )
    result = read()
    assert result["a.jsonl#1"]["text"] == "one"
    assert result["a.jsonl#7"]["text"] == "two"
    assert (result.documents.found, result.documents.failed, result.documents.skipped) == (8, 4, 2)
    reasons = {error.input: error.reason for error in result.errors}
    assert reasons["a.jsonl#3"].startswith("it is no valid JSON")
    assert reasons["a.jsonl#4"] == "it is a list, not an object with fields"
    assert reasons["a.jsonl#5"] == "the field text holds a number, not a text"
    assert reasons["a.jsonl#6"] == "no field holds a text; the fields are title"


def test_a_field_is_mapped_by_name(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("no,beitrag,kopf\n1,Der Hafen.,Hafen\n2,Die Stadt.,Stadt\n")
    result = read(mapping=(("text", "beitrag"), ("title", "kopf")))
    assert result["a.csv#2"]["text"] == "Die Stadt."
    assert result["a.csv#2"]["title"] == "Stadt"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "json"])
def test_a_wrong_field_name_is_refused_with_the_names_there_are(
    read: Any, tmp_path: Path, ending: str
) -> None:
    frame = pl.DataFrame({"no": [1], "beitrag": ["Der Hafen."]})
    if ending == "csv":
        frame.write_csv(tmp_path / "a.csv")
    elif ending == "parquet":
        frame.write_parquet(tmp_path / "a.parquet")
    elif ending == "json":
        frame.write_json(tmp_path / "a.json")
    else:
        frame.write_ndjson(tmp_path / "a.jsonl")
    with pytest.raises(AuditError) as refused:
        read(mapping=(("text", "body"),))
    assert str(refused.value) == (
        "--field text=body: no input has a field body; the fields are no, beitrag"
    )
    with pytest.raises(AuditError, match="--field txt=no: a document has no field txt; there are"):
        read(mapping=(("txt", "no"),))
    result = read()
    assert result.documents.found == 0
    assert [error.reason for error in result.errors] == [
        "no field holds a text; the fields are no, beitrag: name it with --field text=NAME"
    ]


def test_a_line_of_50_mb_is_passed_by(read: Any, tmp_path: Path) -> None:
    with open(tmp_path / "a.jsonl", "wb") as stream:
        stream.write(b'{"text": "before"}\n{"text": "')
        for _ in range(50):
            stream.write(b"x " * (1 << 19))
        stream.write(b'"}\n{"text": "after"}\n')
    with open(tmp_path / "b.txt", "wb") as stream:
        for _ in range(50):
            stream.write(b"y " * (1 << 19))
    tracemalloc.start()
    result = read()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 90 << 20  # the limit of 32 MB, once as a line and once as it is read
    assert result.ids == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
    assert [(e.input, e.reason, e.kind) for e in result.errors] == [
        ("a.jsonl#2", "it is longer than 32 MB, the limit for one document", "document"),
        ("b.txt", "it is larger than 32 MB, the limit for one document", "file"),
    ]


@pytest.mark.parametrize("ending", ["json", "csv", "parquet"])
def test_a_row_over_the_limit_is_an_error(read: Any, tmp_path: Path, ending: str) -> None:
    frame = pl.DataFrame({"text": ["short", "long " * 1000, "end"]})
    getattr(frame, f"write_{ending}")(tmp_path / f"a.{ending}")
    result = read(limit=2000)
    long = [error.reason for error in result.errors]
    assert len(long) == 1 and "longer than 2,000 bytes" in long[0]
    assert result["a." + ending + "#1"]["text"] == "short"
    if ending != "csv":
        assert result["a." + ending + "#3"]["text"] == "end"


def test_a_broken_file_keeps_what_was_read_before(read: Any, tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "{random.Random(n).random()} story"}}\n' for n in range(5000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "b.parquet").write_bytes(b"PAR1 this is none PAR1")
    (tmp_path / "c.json").write_text('[{"text": "one"}, {"text": "tw')
    (tmp_path / "d.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    result = read()
    assert result.files.failed == 4
    assert result.documents.found > 1000
    assert result["c.json#1"]["text"] == "one"
    assert [error.input for error in result.errors if error.kind == "file"] == [
        "a.jsonl.gz",
        "b.parquet",
        "c.json",
        "d.jsonl",
    ]


def test_a_packed_bomb_is_refused(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_FREE", 1 << 20)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + b"0" * (32 << 20) + b'"}'))
    result = read()
    assert "unpacks to far more" in result.errors[0].reason
    assert result.documents.found == 0


def test_a_csv_keeps_quoted_lines_signs_and_semicolons(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        'Title;Text\r\n"A; B";"First line.\r\nSecond ""quoted"" line."\r\nC;café\r\n'.encode(
            "cp1252"
        )
    )
    result = read()
    assert result["a.csv#1"]["title"] == "A; B"
    assert result["a.csv#1"]["text"] == 'First line.\nSecond "quoted" line.'
    assert result["a.csv#2"]["text"] == "café"


def test_a_row_with_more_columns_than_the_header_is_an_error(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nA,one, two\nB,three\n")
    result = read()
    assert [(e.input, e.reason) for e in result.errors] == [
        ("a.csv#1", "it has 3 columns, the header 2")
    ]
    assert result["a.csv#2"]["text"] == "three"


def test_two_columns_of_one_name_are_refused_where_one_would_be_lost(
    read: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("id,text,text\n1,one,two\n")
    (tmp_path / "b.csv").write_text("id,note,note,text\n1,x,y,three\n")
    result = read()
    assert [(e.input, e.reason) for e in result.errors] == [
        ("a.csv", "two of its columns are named text: rename one of them")
    ]
    assert result["1"]["text"] == "three"


def test_json_that_is_nested_too_deeply_is_told_in_words(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text":' * 100_000 + "1" + "}" * 100_000)
    (tmp_path / "b.json").write_text("{}")
    assert [(e.input, e.reason) for e in read().errors] == [
        ("a.json", "it is no valid JSON: it is nested too deeply"),
        ("b.json#1", "no field holds a text; it has no fields"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40) | st.fixed_dictionaries({"a": st.text(), "b": st.integers()})))
def test_the_elements_of_any_array_are_cut_where_json_cuts_them(values: list[Any]) -> None:
    import tempfile

    for ascii_only in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.json"
            packed = json.dumps(values, ensure_ascii=ascii_only, indent=ascii_only or None)
            path.write_bytes(packed.encode("utf-8", "replace"))
            file = inputs.File(path, "a.json", "json")
            chunk, containers._CHUNK = containers._CHUNK, 7
            try:
                cut = [json.loads(record or b"") for _, record, _ in containers._array(file, 1000)]
            finally:
                containers._CHUNK = chunk
            expected = json.loads(packed.encode("utf-8", "replace"))
            assert cut == expected


def test_nothing_is_read_before_the_field_names_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n')
    with pytest.raises(AuditError, match="no input has a field body"):
        batches.batches(inputs.find([str(tmp_path)]), mapping=(("text", "body"),))
