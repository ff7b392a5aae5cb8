"""``source-audit index`` as a stranger meets it: inputs, exit codes, what goes where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit import cli_index
from tests.conftest import Command, environment
from tests.duplication.test_copies import article, edited
from tests.test_cli import HEAVY, PROBE

PARTS = ["add", "check", "export", "import", "remove", "stats"]


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    (folder / "gazette").mkdir(parents=True)
    for n in range(3):
        (folder / "gazette" / f"{n}.txt").write_text(article(n))
    return folder


def test_add_check_stats_remove(command: Command, press: Path, tmp_path: Path) -> None:
    at = ("--index", tmp_path / "i")
    done = command("index", "add", press, *at)
    counts = {"found": 3, "added": 3, "replaced": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    assert (done.code, done.err, json.loads(done.out)) == (0, "", counts)
    done = command("index", "add", press, *at)
    assert json.loads(done.out) == counts | {"added": 0, "unchanged": 3}
    new = tmp_path / "new.jsonl"
    texts = [article(1).upper(), edited(article(2), 3), article(50)]
    new.write_text("".join(json.dumps({"key": n, "body": t}) + "\n" for n, t in enumerate(texts)))
    done = command("index", "check", new, "--field", "text=body", "--field", "id=key", *at)
    assert (done.code, done.err) == (0, "")
    seen = [json.loads(line) for line in done.out.splitlines()]
    assert [s["id"] for s in seen] == ["0", "1", "2"]
    assert [[(k["id"], k["relation"], k["source"]) for k in s["known"]] for s in seen] == [
        [("gazette/1.txt", "identical", "gazette")],
        [("gazette/2.txt", "copy", "gazette")],
        [],
    ]
    found = json.loads(command("index", "stats", "--verify", *at).out)
    assert (found["documents"], found["signature_only"]) == (3, 0)
    assert found["bytes_a_document"] > 500
    done = command("index", "remove", "gazette/1.txt", *at)
    assert (done.code, json.loads(done.out)) == (0, {"removed": 1})
    done = command("index", "check", new, "--field", "text=body", *at)
    assert json.loads(done.out.splitlines()[0])["known"] == []


def test_export_and_import(command: Command, press: Path, tmp_path: Path) -> None:
    command("index", "add", press, "--index", tmp_path / "i")
    file = tmp_path / "e.parquet"
    done = command("index", "export", file, "--index", tmp_path / "i")
    assert (done.code, json.loads(done.out)) == (0, {"exported": 3})
    done = command("index", "import", file, "--index", tmp_path / "j")
    assert (done.code, json.loads(done.out)["added"]) == (0, 3)


def test_a_manifest_describes_what_is_added(command: Command, press: Path, tmp_path: Path) -> None:
    listing = tmp_path / "listing.csv"
    listing.write_text("path,source,published,title\npress/gazette/1.txt,wire,2020-05-01,Head\n")
    command("index", "add", press, "--manifest", listing, "--index", tmp_path / "i")
    done = command("index", "check", press / "gazette" / "1.txt", "--index", tmp_path / "i")
    (known,) = json.loads(done.out)["known"]
    assert (known["source"], known["published"], known["title"]) == ("wire", "2020-05-01", "Head")


def test_exit_codes(command: Command, press: Path, tmp_path: Path) -> None:
    at = ("--index", tmp_path / "i")
    refused = {
        ("check", press, *at): (2, "no index there"),
        ("stats", *at): (2, "no index there"),
        ("remove", "x", *at): (2, "no index there"),
        ("export", tmp_path / "x.parquet", *at): (2, "no index there"),
        ("import", press, *at): (2, "press: "),
        ("add", press, "--field", "text", *at): (2, "write FIELD=NAME"),
        ("add", press, "--index", press): (2, "a folder with other files in it"),
        ("add", tmp_path / "none", *at): (4, "no document could be read; none: no such file"),
        ("add", *at): (2, "Missing argument"),
    }
    for arguments, (code, sentence) in refused.items():
        done = command("index", *arguments)
        assert (done.code, done.out) == (code, ""), arguments
        assert done.err.startswith("source-audit: ") and done.err.count("\n") == 1
        assert sentence in done.err
        assert not (tmp_path / "i").exists()
    (press / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (press / "empty.txt").write_text("")
    (press / "dash.txt").write_text("—")
    for part in ("add", "check"):
        done = command("index", part, press, *at)
        assert done.code == 3
        assert done.err == "source-audit: photo.txt: it is an image, not text\n"
    done = command("index", "add", press, *at)
    counts = {"found": 5, "added": 0, "replaced": 0, "unchanged": 3, "skipped": 2, "failed": 0}
    assert json.loads(done.out) == counts
    done = command("index", "remove", "\udcff", *at)
    assert done.code == 2 and "not in the index" in done.err
    done = command("index", "remove", "gazette/0.txt", "nobody", *at)
    assert (done.code, done.out) == (2, "")
    assert "not in the index: nobody; nothing was removed" in done.err


def test_at_a_terminal_it_is_said_in_words(
    command: Command, press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_index, "_person", lambda: True)
    at = ("--index", tmp_path / "i")
    done = command("index", "add", press, *at)
    assert done.out == "3 added, 0 replaced by a new version, 0 there already.\n"
    new = tmp_path / "new.jsonl"
    texts = [article(1), edited(article(2), 3) + "\x1b[31m", article(50), "Shut."]
    new.write_text("".join(json.dumps({"id": f"n{n}", "text": t}) + "\n"
                           for n, t in enumerate(texts)))  # fmt: skip
    out = command("index", "check", new, *at).out
    assert "\x1b" not in out
    lines = out.splitlines()
    assert lines[:3] == [
        "n0: seen before, 1 known",
        "  the same words as gazette/1.txt (gazette)",
        "n1: seen before, 1 known",
    ]
    assert lines[3].startswith("  a copy of gazette/2.txt (gazette); estimated: similarity 0.")
    assert lines[4:] == [
        "n2: not seen before",
        "n3: not seen before; it is too short to be judged, unless identical",
    ]
    assert "bytes a document" in command("index", "stats", "--verify", *at).out


@pytest.mark.parametrize("part", ["", *PARTS])
def test_help_is_quick_and_loads_nothing_heavy(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "index", *([part] if part else []), "--help"],
        capture_output=True,
        text=True,
        env=environment(COLUMNS="100"),
        timeout=60,
    )
    code, used, *modules = done.stderr.split()
    assert code == "0" and "Usage: " in done.stdout
    assert not HEAVY & set(modules)
    assert float(used) < 1.0  # 0.3 on a machine that does nothing else: test_cli holds that
    if not part:
        assert all(f"\n  {name} " in done.stdout for name in PARTS)
