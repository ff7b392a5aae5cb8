"""The views of one report: safe whatever the articles hold, bounded in width, whole on disk."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import jsonschema
import msgspec
import polars as pl
import pytest

from audit import model
from audit.model import AuditError, Report
from audit.reports import html, saved, schema, spreadsheet, tables, terminal, write
from audit.reports.page.conflicts import together
from audit.reports.safe import cell, fit, width, wrap
from tests.reports.conftest import EVIL


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.ids: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if "id" in dict(attrs):
            self.ids.add(dict(attrs)["id"])

    def handle_data(self, data):
        self.words.append(data)


def parsed(report: Report) -> Page:
    page = Page()
    page.feed(html.render(report))
    return page


def test_html_escapes_article_text_everywhere_and_loads_nothing(report):
    page = parsed(report)
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [a for _, attrs in page.tags for a in attrs if a.startswith("on")]
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not [a for _, attrs in page.tags for a in attrs if a == "style"]
    assert "\x1b" not in html.render(report) and "\u202e" not in html.render(report)
    assert "<script>alert(1)</script>" in "".join(page.words)  # shown as text


def test_html_links_lead_somewhere(report):
    page = parsed(report)
    targets = {a["href"][1:] for t, a in page.tags if t == "a"}
    assert targets and targets <= page.ids


def test_terminal_fits_80_columns_and_holds_no_control_character(report):
    shown = terminal.render(report)
    assert all(width(line) <= 80 for line in shown.splitlines())
    assert not [c for c in shown if ord(c) < 32 and c != "\n"]
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "3 found = 2 read" in shown and "Gate: failed" in shown


def test_wide_characters_count_two_columns():
    assert width(fit("新聞記事の見出しがとても長い", 20)) == 20
    assert width(fit("short", 20)) == 20


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_csv_cells_are_no_formulas(text):
    assert cell(text)[0] not in "=+-@\t"


def test_csv_has_a_row_a_source(report):
    rows = list(csv.DictReader(io.StringIO(spreadsheet.render(report))))
    assert len(rows) == 1
    assert rows[0]["reliability"] == "71.5" and rows[0]["originality_state"] == "insufficient"
    assert "\x1b" not in rows[0]["source"]


def test_json_fits_its_schema_and_comes_back_the_same(report, tmp_path):
    place = tmp_path / "report.json"
    write.outputs(report, [f"json:{place}"])
    content = json.loads(place.read_text())
    jsonschema.validate(content, schema.schema())
    assert saved.load(str(place)) == report
    assert content["sources"][0]["scores"]["reliability"]["value"] == 71.5


def test_tables_hold_every_row_as_jsonl_and_parquet(report, tmp_path):
    write.outputs(report, [f"tables:{tmp_path / 't'}", f"parquet:{tmp_path / 'p'}"])
    for name, frame in tables.of_report(report).items():
        lines = (tmp_path / "t" / f"{name}.jsonl").read_text().splitlines()
        height = sum(f.height for f in frame)
        assert len(lines) == height
        assert pl.read_parquet(tmp_path / "p" / f"{name}.parquet").height == height
    source = json.loads((tmp_path / "t" / "sources.jsonl").read_text())
    assert source["scores"]["reliability"]["value"] == 71.5
    document = json.loads((tmp_path / "t" / "documents.jsonl").read_text().splitlines()[0])
    assert document["readability"] == {}


def test_a_comparison_in_the_table_names_the_event_it_is_listed_in(report, tmp_path):
    write.outputs(report, [f"tables:{tmp_path / 't'}"])
    lines = (tmp_path / "t" / "comparisons.jsonl").read_text().splitlines()
    told = [(row["event_id"], row["a"]["quote"]) for row in map(json.loads, lines)]
    assert told == [(e.id, c.a.quote) for e in report.events for c in e.comparisons] != []


def test_an_output_that_fails_leaves_nothing_behind(report, tmp_path):
    with pytest.raises(AuditError):
        write.outputs(report, [f"json:{tmp_path / 'no' / 'r.json'}"])
    with pytest.raises(AuditError):
        write.outputs(report, ["pdf:x"])
    with pytest.raises(AuditError):
        write.outputs(report, [f"json:{tmp_path}"])
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_another_major_version_and_no_report_are_refused(report, tmp_path):
    place = tmp_path / "r.json"
    place.write_bytes(msgspec.json.encode({**report.to_dict(), "schema_version": "9.0"}))
    with pytest.raises(AuditError, match=r"version 9\.0"):
        saved.load(str(place))
    for content in ("[]", "{}", "not json", '{"schema_version": "1.0"}'):
        place.write_text(content)
        with pytest.raises(AuditError):
            saved.load(str(place))


def test_evil_text_is_evil():
    assert "<script>" in EVIL and "\x1b" in EVIL and "\u202e" in EVIL


@pytest.mark.parametrize("columns", [50, 60, 80, 100])
def test_the_summary_fits_any_terminal(report, columns):
    shown = terminal.render(report, columns)
    assert all(width(line) <= columns for line in shown.splitlines())


@pytest.mark.parametrize(
    "text",
    ["one two three four", "新聞記事の見出しがとても長い " * 3, "x" * 95, "a " + "語" * 40, ""],
)
def test_lines_are_wrapped_by_columns_and_lose_nothing(text):
    lines = wrap(text, 20, "1. ", "   ")
    assert all(width(line) <= 20 for line in lines)
    assert "".join(line[3:] for line in lines).replace(" ", "") == text.replace(" ", "")


def test_parts_that_were_not_run_are_not_told_as_nothing_found(report):
    run = msgspec.structs.replace(report.run, parts=["duplication"])
    part = msgspec.structs.replace(report, run=run, events=[], sources=[])
    assert "Facts      not looked at in this run" in terminal.render(part)
    words = "".join(parsed(part).words)
    assert "Facts were not compared in this run." in words
    assert "Language: not asked for in this run." in words
    assert "Copies: not asked for" not in words


def test_the_page_is_in_order_for_those_who_hear_it(report):
    """Landmarks, one h1, no level of heading skipped, headers of tables with their scope."""
    page = parsed(report)
    names = [tag for tag, _ in page.tags]
    assert all(names.count(one) == 1 for one in ("h1", "main", "header", "nav", "title"))
    levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))
    assert all(attrs.get("scope") in ("row", "col") for tag, attrs in page.tags if tag == "th")
    assert all(attrs.get("aria-label") for tag, attrs in page.tags if tag == "svg")
    assert page.tags[0] == ("html", {"lang": "en"})


def test_quotes_keep_their_language_and_their_direction(report):
    foreign = msgspec.structs.replace(report.documents[0], language=model.Language("ar", 1.0))
    page = parsed(msgspec.structs.replace(report, documents=[foreign, *report.documents[1:]]))
    quotes = [attrs for tag, attrs in page.tags if tag == "blockquote"]
    assert quotes and all(attrs["dir"] == "auto" for attrs in quotes)
    assert {"dir": "auto", "lang": "ar"} in quotes


def test_comparisons_of_the_same_two_quotes_are_shown_once(report):
    event = report.events[0]
    first = event.comparisons[0]
    turned = msgspec.structs.replace(
        first, a=first.b, b=msgspec.structs.replace(first.a, document="c.txt")
    )
    (one,) = together([first, turned])
    assert (one.a, one.b) == (["a.txt", "c.txt"], ["b.txt"])


def test_a_changed_fact_stands_among_its_words(report):
    shown = "".join(parsed(report).words)
    assert "closed in May" in shown and "date changed" in shown


def test_what_was_left_out_is_on_the_page(report):
    left = [model.InputError("photo.docx", "the type .docx is not read")]
    short = msgspec.structs.replace(report.documents[1], not_examined=["copies", "facts"])
    page = "".join(
        parsed(
            msgspec.structs.replace(
                report, skipped=left, documents=[report.documents[0], short, report.documents[2]]
            )
        ).words
    )
    assert "photo.docx: the type .docx is not read" in page
    assert "1 text: copies in part: too short" in page
    assert "3 findings not listed; the tables list them all" in page


def test_sources_without_a_score_do_not_bury_those_with_one(report):
    none = model.Score(None, None, None, "insufficient")
    scores = model.Scores(*[none] * 6)
    many = [
        msgspec.structs.replace(report.sources[0], id=f"s{n}", name=f"source {n}", scores=scores)
        for n in range(60)
    ]
    page = parsed(msgspec.structs.replace(report, sources=[*many, report.sources[0]]))
    said = "".join(page.words)
    table = said[said.index("Scores run from") :]
    assert table.index("(60–83)") < table.index("source 0")
    assert "36 more sources, none of them with a score" in said
    shown = terminal.render(msgspec.structs.replace(report, sources=[*many, report.sources[0]]))
    assert shown.index("(60-83)") < shown.index("source 0")
