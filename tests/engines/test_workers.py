"""Workers that die, scripts without a guard, interrupts: nothing is lost and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from audit.engines import WorkerError, local, tables
from audit.engines.local import LocalEngine
from tests.engines import functions as f

ROOT = Path(__file__).parents[2]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LocalEngine:
    """Two workers from the first row on."""
    monkeypatch.setattr(local, "PATIENCE", -1.0)
    with LocalEngine(2, spill=tmp_path) as opened:
        yield opened  # type: ignore[misc]


def docs(poison: int) -> pl.DataFrame:
    rows = [{"id": f"d{i:03}", "text": "tea", "key": i // 5} for i in range(40)]
    rows[poison]["text"] = "poison"
    return pl.DataFrame(rows, schema=f.DOCS)


def test_a_row_that_kills_its_worker_is_the_only_one_lost(engine: LocalEngine) -> None:
    table = engine.read([docs(17)], f.DOCS)
    found = engine.collect(engine.map(table, f.poisonous, f.LENGTHS, on_lost=f.lost))
    assert found["id"].to_list() == [f"d{i:03}" for i in range(40)]
    assert found.filter(pl.col("length") == -1)["id"].to_list() == ["d017"]


def test_without_a_hook_the_error_names_the_row(engine: LocalEngine) -> None:
    table = engine.read([docs(17)], f.DOCS)
    with pytest.raises(WorkerError, match=r"functions\.poisonous: a worker died .* on id d017$"):
        engine.collect(engine.map(table, f.poisonous, f.LENGTHS))


def test_a_key_that_kills_its_worker_is_the_only_one_lost(engine: LocalEngine) -> None:
    table = engine.read([docs(17)], f.DOCS)
    found = engine.collect(
        engine.map(table, f.poisonous_groups, f.GROUPS, by="key", on_lost=f.lost_group)
    )
    assert found["key"].to_list() == list(range(8))
    assert found["rows"].to_list() == [5, 5, 5, -1, 5, 5, 5, 5]


def test_a_function_that_kills_every_worker_is_given_up(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.engines.pool.DEATHS", 3)
    table = engine.read([docs(0)], f.DOCS)
    with pytest.raises(WorkerError, match=r"keep dying in tests\.engines\.functions\.deadly"):
        engine.collect(engine.map(table, f.deadly, f.LENGTHS, on_lost=f.lost))


def test_a_failure_in_a_worker_comes_with_its_trace(engine: LocalEngine) -> None:
    table = engine.read([docs(0)], f.DOCS)
    with pytest.raises(WorkerError, match=r"failing failed on id d000(?s:.*)functions\.py"):
        engine.collect(engine.map(table, f.failing, f.LENGTHS))


def test_files_go_with_the_tables_and_the_folder_with_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables.Store.__init__, "__defaults__", (10,))
    with LocalEngine(1, spill=tmp_path) as one:
        table = one.read(docs(0).iter_slices(10), f.DOCS)
        assert len(list(tmp_path.rglob("*.arrow"))) == 4
        assert one.collect(table).equals(docs(0))
        del table
        assert list(tmp_path.rglob("*.arrow")) == []
        one.read([docs(0)], f.DOCS)
    assert list(tmp_path.iterdir()) == []


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from audit.engines import local
from tests.engines import functions as f
import polars as pl
local.PATIENCE = -1.0
docs = pl.DataFrame([{{"id": str(i), "text": "tea", "key": i}} for i in range(200)], schema=f.DOCS)
with local.LocalEngine(2, rows=20) as engine:
    table = engine.read([docs], f.DOCS)
    print(engine.collect(engine.map(table, f.{function}, f.LENGTHS)).height)
"""


@pytest.mark.parametrize("how", ["script", "stdin"])
def test_a_script_needs_no_guard(tmp_path: Path, how: str) -> None:
    code = SCRIPT.format(root=str(ROOT), function="lengths")
    (tmp_path / "job.py").write_text(code)
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the user, not ours to import')")
    arguments = ["-P", "job.py"] if how == "script" else ["-P", "-"]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=code,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "200\n", done.stderr


def test_an_interrupt_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    code = SCRIPT.format(root=str(ROOT), function="slow").replace(
        "rows=20", f"rows=20, spill={str(tmp_path)!r}"
    )
    code = code.replace(
        "engine.read([docs], f.DOCS)", "engine.read([docs], f.DOCS); engine._place()"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code.replace("{spill}", str(tmp_path))],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    workers = _children(run.pid, 2)
    assert len(list(tmp_path.iterdir())) == 1
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert not any(_alive(worker) for worker in workers)
    assert list(tmp_path.iterdir()) == []


def test_workers_go_when_the_run_is_killed() -> None:
    code = SCRIPT.format(root=str(ROOT), function="slow")
    run = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    workers = _children(run.pid, 2)
    run.kill()
    run.wait()
    deadline = time.monotonic() + 20
    while any(_alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_alive(worker) for worker in workers)


def _children(pid: int, count: int) -> list[int]:
    """The processes a run has started, once there are as many as expected."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = []
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(child) for child in path.read_text().split()]
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{pid} started no {count} workers")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
    finally:
        os.sched_yield()
