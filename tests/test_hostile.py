"""Bad input: a sentence or a finding for each, the right exit code, and nothing lost.

Most of it lies in one pile that is audited once, beside a good article that must come through.
Long, for it is one list: what is bad about an input, and what is said of it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import audit
from audit import model
from audit.reports.safe import width
from tests import quotes
from tests.conftest import Command
from tests.reading.conftest import Reading
from tests.test_pipeline import balanced

GOOD = (
    "The council of Brannock signed the contract for the dam on 12 March 2021. The dam will cost"
    " 410 million crowns, Ruth Ander, the mayor, told reporters on Monday in the town hall."
)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
# Texts that are odd but are texts: each is audited.
ODD: dict[str, str] = {
    "control": "The ferry\x00 sank\x1b[31m on\x07 Tuesday\x9b off Gull Point, the harbour said.",
    "rtl": "The file \u202egnp.exe\u202c was \u2066sent\u2069 on 4 May\u200b 2021 by the mayor.",
    "words": "a" * 200_000 + " " + "The-" * 50_000,
    "punctuation": "!?… — “”‘’ ... ¿¡ §§ *** ---- ;;; ::: ()[]{} " * 50,
    "numbers": f"It cost {'9' * 5000} crowns, 1e999 dollars, $1,{'000,' * 300}000 and"
    f" 0.{'0' * 400}1 euros in the year 99999999 and on 31 February 20211, at 25:61,"
    " 10000000000000000000 people said on the 99th of May 0000, 5/0,"
    " 1/0 and -0 percent, 12-34-5678 and 2021-13-45.",
    "chinese": "议会于2021年3月12日签署了大坝合同。市长说，大坝将耗资四亿一千万克朗。",
    "japanese": "評議会は2021年3月12日、ダムの契約に署名した。費用は四億一千万だと市長は述べた。",
    "arabic": "وقّع المجلس عقد السد في ١٢ مارس ٢٠٢١، وقال رئيس البلدية إن الكلفة ٤١٠ ملايين كرونة.",
    "thai": "สภาลงนามในสัญญาสร้างเขื่อนเมื่อวันที่ 12 มีนาคม 2564 นายกเทศมนตรีกล่าว",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 told us 🙂 on 12 March 2021 that e\u0301\u0301\u0301 is 410.",
    "one": "x",
    "quotes": "“" * 3000 + " he said " + "”" * 3000 + ' "' * 2001,
    "brackets": "(" * 5000 + "said the mayor" + ")" * 5000,
    "stops": "a. " * 20_000,
    "lines": "\n" * 30_000 + "The mayor resigned on Monday." + "\r\n" * 10_000,
    "same": "the mayor said that the mayor said that " * 2_000,
}


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "pile"
    (folder / "x.txt").mkdir(parents=True)  # a folder that is called like a file
    (folder / "x.txt" / "inside.txt").write_text(GOOD)
    (folder / "good.txt").write_text(GOOD + " A second sentence of its own.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_text(" \n\t\n\u3000")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40)
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "huge.txt").write_bytes(b"word " * 10_000_000)  # 50 MB on one line
    (folder / "broken.parquet").write_bytes(b"PAR1" + b"\x00" * 100)
    (folder / "cp1252.txt").write_bytes("Der Bürgermeister sagte: „Nein“ – 12 €".encode("cp1252"))
    lost = b"\xef\xbb\xbf" + GOOD.encode() + b" It cost \xff more."  # marked as UTF-8, and is not
    (folder / "lost.txt").write_bytes(lost)
    deep = "<div>" * 5000 + f"<p>{GOOD}</p>" + "</div>" * 5000
    (folder / "deep.html").write_text(f"<html><body>{deep}</body></html>")
    (folder / "open.html").write_text("<b><i><table><td>" * 2000 + GOOD)
    (folder / "odd.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in ODD.items())
    )
    (folder / "surrogate.jsonl").write_text(
        '{"id": "half", "text": "A lone \\ud800 half \\udfff, he said.", "title": "\\udc00"}\n'
    )
    (folder / "lines.jsonl").write_text(
        '{"id": "l1", "text": "One good line of the harbour office."}\n'
        "{broken\n\n[]\n42\nnull\n"
        '{"id": "l2", "title": "no text"}\n'
        '{"id": "l3", "text": 7}\n'
        '{"id": "l4", "text": "' + "[" * 3000 + '"}\n' + "[" * 100_000 + "\n"
        '{"id": "l5", "text": "The last line counts too, said the mayor of Brannock."}'
    )
    (folder / "twice.jsonl").write_text(
        "".join(
            json.dumps({"id": "twin", "text": f"{GOOD} And {said} it was."}) + "\n"
            for said in ("early", "late", "never")
        )
    )
    title = {"id": "evil", "title": SCRIPT, "text": f"{SCRIPT} {GOOD} {SCRIPT}", "source": SCRIPT}
    title |= {"url": "javascript:alert(3)", "author": '"><svg/onload=alert(4)>'}
    (folder / "evil.jsonl").write_text(json.dumps(title))
    rows = b"".join(b'n%d,"%s"\n' % (n, GOOD.encode()) for n in range(2, 9))
    (folder / "nul.csv").write_bytes(
        b'id,text\nn1,"A \x00 in it, said the mayor."\n' + rows + b'n9,"'
    )
    (folder / "nuls.csv").write_bytes(b"id,text\n" + b"\x00" * 500)
    return folder


@pytest.fixture(scope="module")
def made(pile: Path) -> tuple[audit.Report, Path]:
    folder = pile.parent
    outputs = [f"html:{folder}/r.html", f"json:{folder}/r.json", f"csv:{folder}/r.csv"]
    outputs += [f"tables:{folder}/t", f"parquet:{folder}/p"]
    began = time.process_time()
    report = audit.run([str(pile)], jobs=1, output=outputs)
    assert time.process_time() - began < 90
    return report, folder


def state(report: audit.Report) -> dict[str, tuple[str, str | None]]:
    return {document.id: (document.state, document.reason) for document in report.documents}


def test_nothing_is_lost(made: tuple[audit.Report, Path]) -> None:
    report, _ = made
    assert balanced(report)
    states = state(report)
    for name in (*ODD, "good.txt", "x.txt/inside.txt", "half", "evil", "l1", "l5", "twin", "n1"):
        assert states[name] == ("audited", None), name
    assert states["empty.txt"] == states["blank.md"] == ("skipped", "empty")
    for entry in report.errors:
        assert entry.reason and "\n" not in entry.reason and "fault of ours" not in entry.reason
    named = {entry.input for entry in report.errors}
    lost = {name for name, (how, _) in states.items() if how == "failed"}
    assert len(named) == report.summary.files.failed + report.summary.documents.failed
    assert len(lost) == report.summary.documents.failed


@pytest.mark.parametrize(
    ("name", "reason", "kind"),
    [
        ("binary.txt", "it is a program, not text", "file"),
        ("nuls.csv", "it is binary data, not text", "file"),
        ("dangling.txt", "it cannot be looked at: No such file or directory", "file"),
        ("huge.txt", "it is larger than 32 MB, the limit for one document", "file"),
        ("broken.parquet", "it breaks off or is damaged", "file"),
        ("lines.jsonl#2", "it is no valid JSON", "document"),
        ("lines.jsonl#4", "a list", "document"),
        ("lines.jsonl#5", "a number", "document"),
        ("lines.jsonl#7", "no field holds a text", "document"),
        ("lines.jsonl#8", "the field text holds a number, not a text", "document"),
        ("lines.jsonl#10", "JSON", "document"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_reason(
    made: tuple[audit.Report, Path], name: str, reason: str, kind: str
) -> None:
    found = {entry.input: entry for entry in made[0].errors}
    assert reason in found[name].reason
    assert found[name].kind == kind


def test_a_pipe_in_a_folder_is_not_waited_for(made: tuple[audit.Report, Path]) -> None:
    files = made[0].summary.files
    assert files.skipped >= 1
    assert "pipe.txt" not in state(made[0])


def test_what_was_left_out_or_not_examined_is_named_with_its_reason(
    made: tuple[audit.Report, Path],
) -> None:
    report, _ = made
    assert len(report.skipped) == report.summary.files.skipped
    assert ("pipe.txt", "not a regular file") in {(e.input, e.reason) for e in report.skipped}
    assert report.run.parts == ["duplication", "facts", "language", "scores"]
    examined = {d.id: d.not_examined for d in report.documents}
    assert "copies" in examined["one"], "too short to be held against others"
    assert examined["good.txt"] == []
    assert {"facts", "sourcing", "presentation", "grammar"} <= set(examined["japanese"])


def test_duplicate_ids_are_told_apart_with_a_finding(made: tuple[audit.Report, Path]) -> None:
    report, _ = made
    assert {"twin", "twin~2", "twin~3"} <= set(state(report))
    told = {f.document for f in report.findings if f.rule == "repeated-id"}
    assert told == {"twin~2", "twin~3"}


@pytest.mark.parametrize(
    ("document", "rule"),
    [("control", "control-characters"), ("lost.txt", "replaced-bytes")],
)
def test_damaged_text_is_a_finding(
    made: tuple[audit.Report, Path], document: str, rule: str
) -> None:
    assert [f for f in made[0].findings if (f.document, f.rule) == (document, rule)]


def test_languages_of_other_scripts_are_told(made: tuple[audit.Report, Path]) -> None:
    codes = {d.id: d.language.code for d in made[0].documents if d.language}
    expected = {"chinese": "zh", "japanese": "ja", "arabic": "ar", "thai": "th"}
    assert {name: codes[name] for name in expected} == expected
    examined = {d.id: d.not_examined for d in made[0].documents}
    assert all(examined[name] for name in expected), "what no rule exists for is said"
    assert codes["punctuation"] == "und"


def test_every_quote_still_stands_where_it_is_said(
    made: tuple[audit.Report, Path], pile: Path
) -> None:
    docs = Reading(str(pile)).docs
    texts = dict(docs.select("id", "text").iter_rows())
    assert quotes.wrong(quotes.of_report(made[0].to_dict()), texts) == []
    assert texts["control"] == ODD["control"] and texts["rtl"] == ODD["rtl"]


def test_no_markup_of_an_article_reaches_the_page(made: tuple[audit.Report, Path]) -> None:
    page = (made[1] / "r.html").read_bytes().decode("utf-8")
    assert "&lt;script&gt;alert(1)" in page
    for evil in (
        "<script",
        "<img",
        "<svg/onload",
        'href="javascript',
        "\x1b",
        "\u202e",
        "\x00",
        "\x9b",
    ):
        assert evil not in page, repr(evil)


def test_every_output_is_whole_and_plain(made: tuple[audit.Report, Path]) -> None:
    report, folder = made
    read = json.loads((folder / "r.json").read_bytes().decode("utf-8"))
    assert read["summary"] == report.to_dict()["summary"]
    for path in (folder / "t").iterdir():
        for line in path.read_bytes().decode("utf-8").splitlines():
            json.loads(line)
    table = (folder / "r.csv").read_bytes().decode("utf-8")
    assert "\x1b" not in table and "\x00" not in table


def test_the_summary_fits_a_terminal(made: tuple[audit.Report, Path]) -> None:
    from audit.reports import terminal

    shown = terminal.render(made[0])
    assert all(width(line) <= 80 for line in shown.splitlines())
    assert not [c for c in shown if ord(c) < 32 and c != "\n"]


def test_some_inputs_that_cannot_be_read_are_exit_3(pile: Path, command: Command) -> None:
    done = command("run", pile / "lines.jsonl", pile / "good.txt", "--jobs", "1")
    assert done.code == 3
    assert "lines.jsonl#2: it is no valid JSON" in done.out
    assert done.err == ""


# Alone ----


@pytest.mark.parametrize(
    ("make", "code", "sentence"),
    [
        (lambda folder: None, 4, "no document found in the inputs"),
        (lambda folder: (folder / "a.docx").write_bytes(b"PK"), 4, "no document found"),
        (lambda folder: (folder / "a.txt").write_bytes(b"\x7fELF" + bytes(99)), 4, "a.txt: it is"),
        (lambda folder: (folder / "a.txt").symlink_to("gone"), 4, "a.txt: it cannot be looked at"),
        (lambda folder: (folder / "a.csv").write_bytes(b""), 4, "no document found"),
        (lambda folder: (folder / "a.csv").write_bytes(b"id,text\n"), 4, "no document found"),
        (lambda folder: (folder / "a.csv").write_bytes(b"id,body2\n1,x\n"), 4, "no field holds"),
    ],
    ids=["empty folder", "no type", "binary", "dangling", "empty csv", "header only", "no field"],
)
def test_where_there_is_no_document_it_is_exit_4(
    command: Command, tmp_path: Path, make: Callable[[Path], Any], code: int, sentence: str
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    make(folder)
    done = command("run", folder, "--output", f"json:{tmp_path}/r.json")
    assert (done.code, done.out) == (code, "")
    assert sentence in done.err and done.err.startswith("source-audit: ")
    assert not (tmp_path / "r.json").exists()


def test_an_empty_file_alone_is_counted(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = command("run", tmp_path, "--jobs", "1", "--output", "json:-")
    assert (done.code, done.err) == (0, "")
    report = json.loads(done.out)
    counts = {"found": 1, "audited": 0, "skipped": 1, "failed": 0}
    assert report["summary"]["documents"] == counts
    assert report["documents"][0]["reason"] == "empty"


def test_a_wrong_field_name_is_told_with_those_there_are(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"headline": "x", "story": "The mayor resigned."}\n')
    done = command("run", tmp_path, "--field", "text=storey")
    assert done.code == 2
    assert "no input has a field storey; the fields are headline, story" in done.err
    done = command("run", tmp_path, "--field", "text=story", "--jobs", "1")
    assert done.code == 0


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("language/a.toml", "[[rule]\n", "language/a.toml: "),
        ("language/a.toml", "[[rule]]\nid = 'my-rule'\n", "language/a.toml:1: rule my-rule: "),
        ("language/a.toml", "\n[[rule]]\nid = 'x'\ncolour = 1\n", "language/a.toml:2: rule x: "),
        ("language/a.toml", "[colours]\n", "language/a.toml: unknown table [colours]"),
        ("language/a.toml", b"\xff\xfe", "language/a.toml: "),
        ("checks.toml", "[no-such-check]\nseverity = 3\n", "no-such-check"),
        ("checks.toml", "[altered-date]\ncolour = 3\n", "colour"),
        ("checks.toml", "[altered-date]\nseverity = 'high'\n", "altered-date"),
        ("checks.toml", "[altered-date]\nseverity = 9\n", "altered-date"),
        ("checks.toml", "altered-date = 3\n", "altered-date"),
        ("scoring.toml", "[no-such-table]\nx = 1\n", "no-such-table"),
        ("scoring.toml", "[minimum]\ndocuments = 'five'\n", "minimum"),
        ("facts/no-such-file.toml", "x = 1\n", "no-such-file"),
        ("no-such-file.toml", "x = 1\n", "no-such-file"),
    ],
)
def test_an_invalid_rule_is_a_sentence_with_file_line_and_id(
    command: Command, tmp_path: Path, file: str, content: str | bytes, sentence: str
) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    place = tmp_path / "mine" / file
    place.parent.mkdir(parents=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = command("run", tmp_path / "a.txt", "--jobs", "1", "--rules", tmp_path / "mine")
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err and done.err.count("\n") == 1
    assert file in done.err


def test_a_file_that_vanishes_during_the_run_is_an_error(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.reading import inputs

    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text(GOOD if name != "c.jsonl" else json.dumps({"text": GOOD}))
    find = inputs.find

    def vanishing(*given: Any, **more: Any) -> Any:
        found = find(*given, **more)
        (tmp_path / "b.txt").unlink()
        (tmp_path / "c.jsonl").unlink()
        return found

    monkeypatch.setattr(inputs, "find", vanishing)
    done = command("run", tmp_path, "--jobs", "1", "--output", "json:-")
    assert (done.code, done.err) == (3, "")
    report = json.loads(done.out)
    assert [(e["input"], e["reason"]) for e in report["errors"]] == [
        ("b.txt", "it cannot be opened: No such file or directory"),
        ("c.jsonl", "it cannot be opened: No such file or directory"),
    ]
    assert report["summary"]["files"] == {"found": 3, "read": 1, "failed": 2, "skipped": 0}


def test_a_document_we_fail_on_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.facts import extract

    real = extract.extract

    def failing(text: Any, **more: Any) -> Any:
        if "second" in text.raw:
            raise RuntimeError("the moon is full")
        return real(text, **more)

    monkeypatch.setattr(extract, "extract", failing)
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.txt").write_text(f"{GOOD} This is the {name} of them.")
    report = audit.run([str(tmp_path)], jobs=1)
    assert balanced(report)
    assert state(report)["second.txt"][0] == "failed"
    assert [(e.input, e.kind) for e in report.errors] == [("second.txt", "document")]
    assert "RuntimeError: the moon is full" in report.errors[0].reason
    assert report.summary.documents == model.DocumentCounts(3, 2, 0, 1)


def test_a_long_line_is_audited_in_linear_time(tmp_path: Path) -> None:
    """0.2 and 0.8 MB on one line: four times the text costs about four times the work."""
    spent = []
    for times in (1, 4):
        place = tmp_path / f"{times}.txt"
        sentences = (
            f"The mayor of Brannock paid {n} crowns on Monday, he said. " for n in range(9)
        )
        block = "".join(sentences)
        place.write_text(block * (times * 200_000 // len(block)))
        began = time.process_time()
        report = audit.run([str(place)], jobs=1)
        spent.append(time.process_time() - began)
        assert report.summary.documents.audited == 1
    assert spent[1] < 8 * spent[0] + 1, spent


def test_many_tiny_documents_take_little_time(tmp_path: Path) -> None:
    """12,000 documents of one word each in one file: about 1 ms each, and the report is bounded."""
    words = ("dam", "mayor", "ferry", "crown", "harbour", "wire", "plant")
    place = tmp_path / "tiny.jsonl"
    place.write_text("".join(f'{{"text": "{words[n % 7]}{n}"}}\n' for n in range(12_000)))
    began = time.process_time()
    report = audit.run([str(place)], jobs=1)
    assert time.process_time() - began < 60
    assert report.summary.documents.audited == 12_000
    assert (len(report.documents), report.truncated["documents"]) == (2000, 10_000)
