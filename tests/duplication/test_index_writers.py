"""Several at the index at once, and any of them killed at any moment: what is there stays whole."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.duplication import index_check, index_store, index_write, segments_write
from audit.duplication.index import open_index, stats
from tests.conftest import environment
from tests.duplication.indexes import holds, ids, known, rows
from tests.duplication.test_copies import article

TEXTS = {f"d{n}": article(n, 3) for n in range(12)}


class KilledError(BaseException):
    """Raised where a process is killed: nothing catches it, nothing tidies up after it."""


# What a writer does to the disk, one after the other: it is killed before each of them.
STEPS = [
    (os, "fsync"),
    (os, "replace"),
    (os, "unlink"),
    (os, "open"),
    (os, "posix_fallocate"),
    (io, "open"),
    (segments_write, "checksum"),
    (segments_write, "_copy_documents"),
    (segments_write, "_merge_postings"),
]


def _killed_at(step: int, work: Callable[[], object], patch: pytest.MonkeyPatch) -> bool:
    """Do some work and be killed before a step on the disk; False where it came to an end."""
    count = 0

    def wrapped(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count > step:
                raise KilledError
            return function(*arguments, **named)

        return call

    with patch.context() as context:
        for module, name in STEPS:
            context.setattr(module, name, wrapped(getattr(module, name)))
        try:
            work()
        except KilledError:
            return True
    return False


def _change(place: Path) -> None:
    """New documents, a changed one, and with them four segments of a size: a merge."""
    changed = {"d1": article(51, 3), "n1": article(52, 3), "n2": article(53, 3)}
    index_write.add(place, [rows(changed)])


@pytest.mark.parametrize("kind", ["first", "add", "remove"])
def test_a_writer_killed_at_any_step_leaves_what_was_or_what_is_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    base, place = tmp_path / "base", tmp_path / "index"
    base.mkdir()
    if kind != "first":
        for n in range(0, 9, 3):
            index_write.add(base, [rows({f"d{k}": TEXTS[f"d{k}"] for k in range(n, n + 3)})])
    work = {
        "first": lambda: _change(place),
        "add": lambda: _change(place),
        "remove": lambda: index_write.remove(place, ["d0", "d1", "d4"]),
    }[kind]
    before = {} if kind == "first" else holds(base)
    shutil.copytree(base, place)
    work()
    after = holds(place)
    assert before != after and (kind == "remove" or len(open_index(place).segments) == 1)
    states = set()
    for step in range(500):
        shutil.rmtree(place)
        shutil.copytree(base, place)
        if not _killed_at(step, work, monkeypatch):
            break
        if kind == "first" and not (place / "manifest").exists():
            found: dict[str, bytes] = {}
        else:
            found = holds(place)
        assert found in (before, after), f"killed before step {step}"
        states.add(found == after)
        if step % 3:
            continue
        if kind == "remove" and found == after:
            index_write.remove(place, ["d2"])  # the next writer
        else:
            work()  # done again
            assert holds(place) == after
        manifest = index_store.load(place)
        named = {part.file for part in manifest.parts} | {p.removed_file for p in manifest.parts}
        assert {path.name for path in place.iterdir()} <= {*named, "lock", "manifest"}
    assert step > 10 and states == {False, True}


WRITER = """
import sys
from audit.duplication import index_write
from tests.duplication.indexes import rows
place, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for n in range(times):
    index_write.add(place, [rows({f"{name}{n}/{k}": f"{name} tells of number {n}, part {k}, again"
                                  for k in range(3)})])
    print(n, flush=True)
"""


def _writer(place: Path, name: str, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), name, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def test_two_writers_one_of_them_killed_and_a_reader_at_once(tmp_path: Path) -> None:
    """Kill -9 takes nothing that was said to be in, and what it leaves is swept."""
    place, times, last = tmp_path / "index", 8, 0
    index_write.add(place, [rows({"mine": TEXTS["d0"]})])
    left, right = _writer(place, "left", 1000), _writer(place, "right", times)
    for writer in (left, right):
        assert writer.stdout and writer.stdout.readline() == "ready\n"
    for writer in (left, right):
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.close()
    asked = rows({"x": TEXTS["d0"]})
    lines: list[str] = []
    assert left.stdout and right.stdout
    while right.poll() is None:
        opened = open_index(place)
        (seen,) = index_check.check(opened, asked)
        assert ids(seen) == {"mine": "identical"}
        now = opened.manifest.documents
        assert now >= last and (now - 1) % 3 == 0, "a change is seen whole or not at all"
        last = now
        if left.poll() is None:
            lines.append(left.stdout.readline())
            if len(lines) == 4:
                time.sleep(0.004)
                left.send_signal(signal.SIGKILL)
                left.wait()
    if left.poll() is None:  # the other one was faster
        left.send_signal(signal.SIGKILL)
    assert (right.wait(), left.wait()) == (0, -signal.SIGKILL)
    lines += left.stdout.read().splitlines()
    left.stdout.close()
    right.stdout.close()
    said = {f"left{int(line)}/{k}" for line in lines for k in range(3)}
    said |= {f"right{n}/{k}" for n in range(times) for k in range(3)} | {"mine"}
    found = set(holds(place))
    assert said <= found and len(found - said) <= 3, "a change that was in and not yet said"
    index_write.add(place, [rows({"last": TEXTS["d1"]})])
    assert ids(known(place, {"x": TEXTS["d1"]})[0]) == {"last": "identical"}
    named = {part.file for part in index_store.load(place).parts}
    assert {path.name for path in place.iterdir()} == {*named, "lock", "manifest"}
    assert stats(open_index(place))["documents"] == len(found) + 1


def test_a_writer_waits_for_another_and_says_so(tmp_path: Path) -> None:
    place = tmp_path / "index"
    index_write.add(place, [rows({"a": TEXTS["d0"]})])
    said: list[str] = []
    waiting = threading.Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        waiting.set()

    frame = rows({"b": TEXTS["d1"]})
    other = threading.Thread(target=index_write.add, args=(place, [frame], say))
    with index_store.writing(place, print):
        other.start()
        assert waiting.wait(20)
        assert set(holds(place)) == {"a"}, "a reader waits for nobody"
    other.join(20)
    assert said == [f"{place}: another process is writing to the index; waiting for it to finish"]
    assert set(holds(place)) == {"a", "b"}


def test_a_disk_that_is_full_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.model import AuditError

    place = tmp_path / "index"
    index_write.add(place, [rows({"a": TEXTS["d0"]})])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(AuditError, match="cannot be written: No space left on device"):
            index_write.add(tmp_path / "new", [rows({"b": TEXTS["d1"]})])
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(AuditError, match="cannot be written: No space left on device"):
        index_write.add(place, [rows({"b": TEXTS["d1"]})])
    assert set(holds(place)) == {"a"}
