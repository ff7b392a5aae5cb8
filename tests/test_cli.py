"""The command line as a stranger meets it: exit codes, what goes where, and what help costs.

Long, for it goes through every command; each test stands alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import audit
from audit.cli import app
from tests.conftest import SAMPLES, Command, environment, started

STORY = (
    "The mayor of Brannock, Ruth Ander, resigned on Monday, March 1, 2021. “I am tired,” she told"
    " reporters. The council will vote on her successor on 12 April 2021."
)
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)
HEAVY = {"polars", "numba", "numpy", "pandas", "pyspark", "pyarrow", "trafilatura", "jinja2"}
HEAVY |= {"datasketch", "textstat", "langdetect", "py3langid", "re2", "scipy"}


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder of one good article."""
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    return folder


# Exit codes, the first that applies ----


def test_0_and_a_summary_on_stdout_only(command: Command, press: Path) -> None:
    done = command("run", press, "--jobs", "1")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("1 document of 1 source audited")
    assert str(press) not in done.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["run"], "Missing argument 'inputs'"),
        (["run", "{press}", "--frobnicate"], "No such option"),
        (["run", "{press}", "--only", "poetry"], "--only poetry: no such part; there are dup"),
        (["run", "{press}", "--output", "pdf:x"], "--output pdf:x: write one of json:PLACE"),
        (["run", "{press}", "--output", "json"], "--output json: write one of json:PLACE"),
        (["run", "{press}", "--output", "tables:-"], "tables needs a folder, not stdout"),
        (["run", "{press}", "--output", "json:{press}/no/r.json"], "its folder does not exist"),
        (["run", "{press}", "--output", "json:{press}"], "is a folder; name a file"),
        (["run", "{press}", "--output", "tables:{press}/a.txt"], "a.txt is a file; name a folder"),
        (["run", "{press}", "-o", "json:-", "-o", "html:-"], "stdout is taken by --output json:-"),
        (
            ["run", "{press}", "-o", "csv:{press}/r", "-o", "json:{press}/r"],
            "/r is taken by --outp",
        ),
        (
            ["run", "{press}", "--only", "duplication", "--gate", "conflicts<=0"],
            "needs the part facts; this run is of duplication only",
        ),
        (["run", "{press}", "--only", "facts", "--gate", "language>=9"], "needs the part scores"),
        (["run", "{press}", "--manifest", "{press}/a.txt"], "a manifest needs a column named path"),
        (["run", "{press}", "--accepted", "{press}"], "--accepted {press}: Is a directory"),
        (["rules", "--check", "{press}/none"], "none: no such folder of rules"),
        (["run", "{press}", "--field", "text"], "--field text: write FIELD=NAME"),
        (["run", "{press}", "--field", "text=body"], "no input has a field body"),
        (["run", "{press}", "--field", "colour=text"], "colour"),
        (["run", "{press}", "--gate", "beauty>=9"], "--gate beauty>=9: write NAME<=NUMBER"),
        (["run", "{press}", "--engine", "abacus"], "no engine is named 'abacus'"),
        (["run", "{press}", "--jobs", "-1"], "--jobs"),
        (["run", "{press}", "--manifest", "{press}/none.csv"], "none.csv"),
        (["run", "{press}", "--accepted", "{press}/none.jsonl"], "none.jsonl"),
        (["run", "{press}", "--rules", "{press}/none"], "none: no such folder of rules"),
        (["report", "{press}/none.json"], "none.json: No such file"),
        (["report", "{press}/a.txt"], "not a report of source-audit"),
        (["inspect", "{press}/none.txt"], "no such file or folder"),
        (["inspect", "{press}/a.txt", "--format", "docx"], "--format docx: no such format"),
        (["compare", "{press}/a.txt"], "Missing argument 'b'"),
        (["explain", "nothing-of-the-kind"], "nothing-of-the-kind"),
        (["accept", "abc", "--report", "{press}/none.json", "--reason", "x"], "none.json"),
    ],
)
def test_2_what_was_asked_for_cannot_be_done(
    command: Command, press: Path, arguments: list[str], sentence: str
) -> None:
    done = command(*(argument.replace("{press}", str(press)) for argument in arguments))
    assert done.code == 2
    assert sentence.replace("{press}", str(press)) in done.err
    assert done.err.startswith("source-audit: ")
    assert done.err.count("\n") == 1, "one sentence"
    assert done.out == ""
    assert sorted(path.name for path in press.iterdir()) == ["a.txt"]


def test_4_no_document_is_found(command: Command, tmp_path: Path) -> None:
    (tmp_path / "photo.docx").write_bytes(b"PK")
    done = command("run", tmp_path)
    assert (done.code, done.out) == (4, "")
    told = "no document found in the inputs; photo.docx: the type .docx is not read"
    assert done.err == f"source-audit: {told}\n"
    done = command("run", tmp_path / "missing")
    assert done.code == 4
    assert "missing: no such file or folder" in done.err


def test_a_name_with_escapes_in_it_does_nothing_to_the_terminal(
    command: Command, tmp_path: Path
) -> None:
    done = command("run", tmp_path / "\x1b[31mred\x07\u202e.txt")
    assert done.code == 4
    assert not [c for c in done.err if ord(c) < 32 and c != "\n"] and "\u202e" not in done.err


def test_1_a_gate_fails_and_3_an_input_cannot_be_read(command: Command, press: Path) -> None:
    (press / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = command("run", press, "--jobs", "1")
    assert done.code == 3
    assert "b.txt: it is an image, not text" in done.out
    done = command("run", press, "--jobs", "1", "--gate", "failed<=0")
    assert done.code == 1, "a failed gate goes before inputs that cannot be read"
    assert "Gate: failed\n  failed 1, limit failed<=0" in done.out
    done = command("run", press, "--jobs", "1", "--gate", "failed<=1", "--quiet")
    assert (done.code, done.out) == (3, "")


def test_70_our_own_fault_is_said_so(
    command: Command, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the moon is full")

    monkeypatch.setattr("audit.pipeline.run", broken)
    monkeypatch.delenv("SOURCE_AUDIT_TRACE", raising=False)
    done = command("run", press)
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("source-audit: a fault of ours: RuntimeError: the moon is full\n")


SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.mark.parametrize("sent", SIGNALS, ids=["130", "143"])
def test_a_signal_ends_the_run_with_its_code_and_leaves_nothing(sent: int, tmp_path: Path) -> None:
    """While workers are at it: no output, no temporary file, no process and no trace is left."""
    pile, spill = tmp_path / "pile.jsonl", tmp_path / "spill"
    spill.mkdir()
    rows = (json.dumps({"text": STORY.replace("12", str(n % 28 + 1)) * 40}) for n in range(3000))
    pile.write_text("\n".join(rows))
    place = tmp_path / "report.json"
    run = started(
        "run",
        str(pile),
        "--jobs",
        "2",
        "--output",
        f"json:{place}",
        env=environment(TMPDIR=str(spill)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    workers = _children(run.pid)
    assert any(spill.iterdir())
    run.send_signal(sent)
    out, err = run.communicate(timeout=60)
    assert run.returncode == SIGNALS[signal.Signals(sent)]
    assert (out, err) == (b"", b"")
    assert not place.exists()
    assert list(spill.iterdir()) == []
    assert not any(_alive(worker) for worker in workers)


def _children(pid: int) -> list[int]:
    """The workers of a run, once there is one."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found: list[int] = []
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(child) for child in path.read_text().split()]
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("the run started no worker")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


# Help and what it costs ----

PROBE = """
import resource, sys
from audit.__main__ import main
code = main(sys.argv[1:])
sys.stdout.flush()
used = resource.getrusage(resource.RUSAGE_SELF)
print(code, used.ru_utime + used.ru_stime, *sorted(m for m in sys.modules if "." not in m),
      file=sys.stderr)
"""


# What typer itself takes for the help of a command that does nothing.
BARE = """
import resource, sys, typer
app = typer.Typer()
app.command()(lambda: None)
app(["--help"], standalone_mode=False)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, file=sys.stderr)
"""


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_quick_and_loads_nothing_heavy(name: str) -> None:
    seconds, bare = [], []
    for _ in range(8):  # the least of eight: the machine may be busy
        done = _timed(PROBE, *([name] if name else []), "--help")
        code, used, *modules = done.stderr.split()
        assert code == "0"
        assert "Usage: " in done.stdout
        assert not HEAVY & set(modules)
        seconds.append(float(used))
        if seconds[-1] < 0.3:
            return
        bare.append(float(_timed(BARE).stderr))
    # On a machine that is slow today, held against the least that typer can do on it.
    assert min(seconds) < 1.4 * min(bare), (seconds, bare)


def _timed(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment(COLUMNS="100"),
        timeout=60,
    )


def test_help_names_every_command_and_says_what_it_does(command: Command) -> None:
    done = command("--help")
    assert done.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.out
    for name in COMMANDS:
        said = command(name, "--help").out
        assert "[OPTIONS]" in said
        options = [line for line in said.splitlines() if line.startswith("  --")]
        assert options and all(len(line.split("  ")) > 1 for line in options)


def test_no_arguments_print_help(command: Command) -> None:
    done = command()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: ")


def test_the_version_is_told(command: Command) -> None:
    done = command("--version")
    assert (done.code, done.out) == (0, f"source-audit {audit.__version__}\n")


def test_outputs_are_refused_before_anything_is_read(
    press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit import pipeline

    monkeypatch.setattr(pipeline, "audit_corpus", lambda *_: pytest.fail("it was read"))
    with pytest.raises(audit.AuditError, match="its folder does not exist"):
        audit.run([str(press)], output=[f"json:{press}/no/r.json"])
    with pytest.raises(audit.AuditError, match="needs the part facts"):
        audit.run([str(press)], only=["language"], gates=["conflicts<=0"])


def test_a_gate_that_nothing_could_be_held_against_says_so(command: Command, press: Path) -> None:
    done = command("run", press, "--jobs", "1", "--gate", "reliability>=60", "-o", "json:-")
    gate = json.loads(done.out)["summary"]["gate"]
    assert (done.code, gate["passed"], gate["untested"]) == (0, True, ["reliability>=60"])


def test_importing_the_package_costs_nothing() -> None:
    code = "import sys, audit; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment()
    )
    assert not HEAVY & set(done.stdout.split())


# Where results go ----


def test_json_on_stdout_and_nothing_beside_it(command: Command, press: Path) -> None:
    done = command("run", press, "--jobs", "1", "--output", "json:-")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["documents"][0]["id"] == "a.txt"


def test_a_report_goes_through_pipes(press: Path, tmp_path: Path) -> None:
    """A process with its own stdin and stdout: run - | report -."""
    run = subprocess.run(
        [sys.executable, "-m", "audit", "run", "-", "--output", "json:-"],
        input=STORY.encode(),
        capture_output=True,
        env=environment(),
        timeout=120,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    report = json.loads(run.stdout)
    assert [document["id"] for document in report["documents"]] == ["stdin"]
    assert report["run"]["inputs"] == ["-"]
    again = subprocess.run(
        [sys.executable, "-m", "audit", "report", "-", "--output", "json:-"],
        input=run.stdout,
        capture_output=True,
        env=environment(),
        timeout=120,
    )
    assert (again.returncode, again.stderr) == (0, b"")
    assert again.stdout == run.stdout


def test_a_reader_that_goes_away_is_no_fault_of_ours(press: Path) -> None:
    run = started("rules", env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout and run.stderr
    run.stdout.close()
    assert run.wait(60) == 0
    assert run.stderr.read() == b""
    run.stderr.close()


def test_inspect_prints_one_record_or_a_line_each(command: Command, tmp_path: Path) -> None:
    one, many = tmp_path / "a.txt", tmp_path / "b.jsonl"
    one.write_text(STORY)
    many.write_text("".join(json.dumps({"id": i, "text": STORY}) + "\n" for i in range(2)))
    done = command("inspect", one)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["id"] == "a.txt"
    done = command("inspect", many)
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["0", "1"]
    notes = audit.inspect([{"id": str(i), "text": STORY} for i in range(2)])
    told = [json.loads(line) for line in done.out.splitlines()]
    for note in (*notes, *told):
        note.pop("source")
    assert told == notes


def test_compare_prints_a_record(command: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(STORY * 4)
    done = command("compare", tmp_path / "a.txt", tmp_path / "b.txt")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["relation"] == "identical"
    (tmp_path / "two.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    done = command("compare", tmp_path / "two.jsonl", tmp_path / "a.txt")
    assert done.code == 2
    assert "two.jsonl: holds 2 documents, compare takes one" in done.err


def test_a_part_alone_runs(command: Command, press: Path) -> None:
    for part in ("duplication", "language", "facts", "scores"):
        done = command("run", press, "--jobs", "1", "--only", part, "--output", "json:-")
        assert done.code == 0
        assert json.loads(done.out)["summary"]["documents"]["audited"] == 1


def test_schema_rules_explain_and_doctor_answer(command: Command) -> None:
    assert json.loads(command("schema").out)["title"] == "source-audit report"
    listed = command("rules").out
    assert "repeated-id" in listed or "rule" in listed
    explained = command("explain", "repeated-id")
    assert explained.code == 0 and "repeated-id" in explained.out
    healthy = command("doctor")
    assert (healthy.code, healthy.err) == (0, "")


def test_a_finding_that_was_accepted_is_left_out(command: Command, tmp_path: Path) -> None:
    press = SAMPLES / "valley-now"
    report, judged = tmp_path / "r.json", tmp_path / "accepted.jsonl"
    assert command("run", press, "--jobs", "1", "--output", f"json:{report}").code == 0
    before = json.loads(report.read_text())["findings"]
    mark = before[0]["id"]
    arguments = ("--report", report, "--reason", "known", "--file", judged, "--date", "2021-05-01")
    done = command("accept", mark, *arguments)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"accepted {mark} ")
    for mistaken in (("", *arguments), (mark, *arguments[:-1], "yesterday")):
        done = command("accept", *mistaken)
        assert (done.code, done.out) == (2, "")
    done = command("run", press, "--jobs", "1", "--accepted", judged, "--output", f"json:{report}")
    after = [finding["id"] for finding in json.loads(report.read_text())["findings"]]
    assert after == [finding["id"] for finding in before if finding["id"] != mark]


def test_the_installed_command_is_the_same(press: Path) -> None:
    """``source-audit`` beside this Python, as installed."""
    script = Path(sys.executable).parent / "source-audit"
    done = subprocess.run([script, "schema"], capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 0
    assert os.fsencode("source-audit report") in done.stdout
