"""The public surface: three functions, and records whose fields are a contract."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import polars as pl
import pytest

import audit
from audit import model
from audit.reports import saved, schema, tables, write
from tests.conftest import GOLDEN, ROOT, Command, Ran

# The records as the design lists them, field by field: a field may be added, none taken away.
FIELDS: dict[type, str] = {
    model.Note: "id source words readability published language dates quantities attributions"
    " claims findings translation",
    model.Published: "value from to method",
    model.Language: "code confidence mixed",
    model.Foreign: "start end code",
    model.Timex: "start end text type value from to",
    model.Quantity: "start end text slot value value_to unit bound",
    model.Attribution: "cue source content kind",
    model.Claim: "start end event roles qualifier date value status attribution",
    model.Translation: "verdict score",
    model.Finding: "id document rule family start end quote message confidence group severity",
    model.PairNote: "similarity contained relation credited translated translation_margin passages"
    " altered comparisons",
    model.Contained: "a b",
    model.Passage: "a b kind",
    model.Altered: "kind a b",
    model.TextSpan: "start end text",
    model.Comparison: "event kind why confidence a b verdict",
    model.Quote: "document start end quote",
    model.Report: "schema_version run summary sources documents findings clusters events errors"
    " truncated skipped",
    model.Run: "tool formula rules settings inputs",
    model.Summary: "sentence files documents gate",
    model.FileCounts: "found read failed",
    model.DocumentCounts: "found audited skipped failed",
    model.Source: "id name documents effective borrowed_share scores contributions check_first",
    model.Scores: "reliability language originality consistency sourcing presentation",
    model.Score: "value low high state",
    model.Event: "id label claims verdict comparisons independent_sources",
    model.Pair: "a b relation credited similarity contained translated translation_margin",
    model.Cluster: "id documents pairs first",
    model.First: "document basis certainty",
}
WORDS: dict[tuple[type, str], str] = {
    (model.Translation, "verdict"): "none second-language spun back-translated machine-translated"
    " template",
    (model.Timex, "type"): "DATE TIME DURATION SET",
    (model.Quantity, "bound"): "exact at_least at_most about between",
    (model.Attribution, "kind"): "named institution anonymous vague pronoun",
    (model.Claim, "status"): "asserted planned considered proposed threatened denied negated"
    " predicted",
    (model.Finding, "group"): "reading duplication language facts sourcing presentation",
    (model.PairNote, "relation"): "identical copy altered-copy partial-copy round-up reworded-copy"
    " boilerplate independent",
    (model.Passage, "kind"): "verbatim edited",
    (model.Altered, "kind"): "date number name negation quote",
    (model.Comparison, "kind"): "date number status negation identity",
    (model.Comparison, "verdict"): "conflict class-mismatch disputed update wording coexists"
    " corroborates",
    (model.First, "basis"): "date containment credit editing",
    (model.Score, "state"): "scored insufficient not_applicable",
}
TABLES = (
    "documents findings pairs clusters claims events comparisons sources errors skipped".split()
)
STORY = (
    "The council of Brannock signed the contract for the dam on 12 March 2021, Ruth Ander, the"
    " mayor, said. The dam will cost at least 410 million crowns. Many believe that it will not be"
    " built before 2030. “We never saw it,” an official who asked not to be named told reporters."
)


def fits(value: Any, record: type) -> None:
    """Holds JSON to the schema made from a record, with nothing in it that is not declared."""
    (top,), parts = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    for part in parts.values():
        if "properties" in part:
            part["additionalProperties"] = False
    checked = {**top, "$defs": parts}
    jsonschema.Draft202012Validator.check_schema(checked)
    jsonschema.validate(json.loads(json.dumps(value)), checked)


def test_the_names_of_the_package_are_these() -> None:
    assert audit.__all__ == ["AuditError", "Report", "__version__", "compare", "inspect", "run"]
    assert sorted(dir(audit)) == sorted(audit.__all__)
    for name in audit.__all__:
        assert getattr(audit, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'runn'"):
        audit.runn  # noqa: B018
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert audit.__version__ == project["version"]


@pytest.mark.parametrize("record", FIELDS, ids=lambda record: record.__name__)
def test_no_field_was_renamed_or_removed(record: type) -> None:
    names = {field.encode_name for field in msgspec.structs.fields(record)}
    assert set(FIELDS[record].split()) <= names


@pytest.mark.parametrize("place", WORDS, ids=lambda place: f"{place[0].__name__}.{place[1]}")
def test_no_word_was_renamed_or_removed(place: tuple[type, str]) -> None:
    record, name = place
    kinds = {field.name: field.type for field in msgspec.structs.fields(record)}
    assert set(WORDS[place].split()) <= set(kinds[name].__args__)


def test_inspect_gives_notes() -> None:
    given = [{"id": "a", "text": STORY, "published": "2021-03-14", "source": "Post"}, STORY, "水"]
    notes = audit.inspect(given)
    assert [note["id"] for note in notes] == ["a", "#2", "#3"]
    for note in notes:
        fits(note, model.Note)
        assert list(note) == FIELDS[model.Note].split()
    first = notes[0]
    assert first["published"]["value"] == "2021-03-14"
    assert first["language"]["code"] == "en"
    assert [q["value"] for q in first["quantities"]] and first["dates"] and first["attributions"]
    assert audit.inspect([]) == []


def test_compare_gives_a_note_of_the_pair() -> None:
    pair = audit.compare({"text": STORY}, STORY.replace("410", "140"))
    fits(pair, model.PairNote)
    assert list(pair) == FIELDS[model.PairNote].split()
    apart = audit.compare(STORY, "The crab season opened in Talsen under a clear sky, at last.")
    fits(apart, model.PairNote)
    assert apart["relation"] == "independent" and apart["similarity"] == 0.0


def test_a_report_fits_its_schema(ran: Ran) -> None:
    report = ran.report.to_dict()
    fits(report, model.Report)
    jsonschema.validate(report, schema.schema())
    assert list(report) == FIELDS[model.Report].split()
    assert json.loads((ran.folder / "report.json").read_text("utf-8")) == report
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**report, "summary": {}}, schema.schema())


def test_contributions_sum_exactly_to_their_score(ran: Ran) -> None:
    summed = 0
    for source in ran.report.sources:
        for name in model.Scores.__struct_fields__:
            value = getattr(source.scores, name).value
            parts = [c.hundredths for c in source.contributions if c.score == name]
            if value is None:
                assert parts == []
            elif parts:
                summed += 1
                assert sum(parts) == round(value * 100), (source.id, name)
    assert summed


def test_a_score_that_is_not_given_says_so(ran: Ran) -> None:
    states = set()
    for source in ran.report.sources:
        for name in model.Scores.__struct_fields__:
            score = getattr(source.scores, name)
            states.add(score.state)
            if score.state == "scored":
                assert 0 <= score.low <= score.value <= score.high <= 100
            else:
                assert (score.value, score.low, score.high) == (None, None, None)
    assert states >= {"scored", "insufficient"}


def test_the_tables_hold_records(ran: Ran) -> None:
    folder = ran.folder / "tables"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(TABLES)
    assert sorted(path.stem for path in (ran.folder / "parquet").iterdir()) == sorted(TABLES)
    for name in TABLES:
        rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
        record = tables.RECORDS[name]
        expected = {field.encode_name for field in msgspec.structs.fields(record)}
        for row in rows:
            assert set(row) == expected, name
            msgspec.convert(_without_nulls(row), record)
        frame = pl.read_parquet(ran.folder / "parquet" / f"{name}.parquet")
        assert (frame.height, set(frame.columns)) == (len(rows), expected)
        if name not in ("errors",):
            assert rows, name


def _without_nulls(value: Any) -> Any:
    """Roles that are not filled stand as null in a table, and not at all in JSON."""
    if isinstance(value, dict):
        filled = {key: _without_nulls(part) for key, part in value.items()}
        return filled
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value


def test_the_command_prints_the_schema(command: Command) -> None:
    assert command("schema").out == schema.dumps()


def test_a_report_comes_back_the_same(ran: Ran, tmp_path: Path) -> None:
    loaded = saved.load(str(ran.folder / "report.json"))
    assert loaded == ran.report
    write.outputs(loaded, [f"json:{tmp_path / 'r.json'}", f"html:{tmp_path / 'r.html'}"])
    for name in ("json", "html"):
        again = (tmp_path / f"r.{name}").read_bytes()
        assert again == (ran.folder / f"report.{name}").read_bytes()


@pytest.mark.parametrize("old", sorted(GOLDEN.glob("old-*.json")), ids=lambda path: path.stem)
def test_an_old_report_still_renders(command: Command, old: Path, tmp_path: Path) -> None:
    kinds = {"html": "r.html", "csv": "r.csv", "json": "r.json", "tables": "t", "parquet": "p"}
    outputs = [part for k, name in kinds.items() for part in ("--output", f"{k}:{tmp_path / name}")]
    done = command("report", old, *outputs)
    assert (done.code, done.err) == (0, "")
    report = json.loads(old.read_text("utf-8"))
    page = (tmp_path / "r.html").read_text("utf-8")
    assert all(source["name"] in page for source in report["sources"])
    assert len((tmp_path / "r.csv").read_text().splitlines()) == 1 + len(report["sources"])
    rows = (tmp_path / "t" / "findings.jsonl").read_text().splitlines()
    assert len(rows) == len(report["findings"])
    shown = command("report", old)
    assert shown.code == 0 and shown.out.startswith(report["summary"]["sentence"][:40])


def test_there_is_an_old_report() -> None:
    assert sorted(GOLDEN.glob("old-*.json"))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: audit.inspect("a text"), "documents are given as a list"),
        (lambda: audit.inspect([7]), "document 1 is a number, not a text"),
        (lambda: audit.inspect([{"title": "x"}]), "no field holds a text"),
        (lambda: audit.compare({"id": "a"}, "b"), "no field holds a text"),
        (lambda: audit.run([]), "no input"),
        (lambda: audit.run([""]), "an empty name"),
        (lambda: audit.run(["x"], only=["poetry"]), "no such part"),
        (lambda: audit.run(["x"], output=["nothing"]), "write one of"),
        (lambda: audit.run(["x"], engine="abacus"), "no engine is named"),
        (lambda: audit.run(["x"], jobs=-1), "jobs"),
        (lambda: audit.run(["x"], rules=["/nonexistent"]), "no such folder of rules"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(audit.AuditError, match=sentence) as refused:
        call()
    assert refused.value.code == 2
    assert "\n" not in str(refused.value)


def test_an_unknown_setting_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        audit.run(["x"], colour="red")  # type: ignore[call-arg]


def test_paths_are_taken_as_paths(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    report = audit.run([tmp_path / "a.txt"], jobs=1)  # type: ignore[list-item]
    assert [document.id for document in report.documents] == ["a.txt"]
    assert audit.run(str(tmp_path), jobs=1).documents == report.documents  # type: ignore[arg-type]
