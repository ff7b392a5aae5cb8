"""The bar on the terminal: counts by stage, nothing where nobody looks."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from audit import progress

SAMPLES = Path(__file__).parent.parent / "samples"
COMMAND = [sys.executable, "-m", "audit", "run", str(SAMPLES), "--only", "duplication"]


def on_a_terminal(command: list[str], **variables: str) -> tuple[str, bytes]:
    """What a command writes to stderr, a terminal of 100 columns, and to stdout, a pipe."""
    leader, follower = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "CI"} | {
        "TERM": "xterm",
        "COLUMNS": "100",
        **variables,
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=environment) as run:
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        assert run.stdout is not None
        out = run.stdout.read()
    os.close(leader)
    assert run.returncode == 0
    return seen.decode("utf-8", "replace"), out


def test_counts_by_stage_on_a_terminal_and_the_same_output():
    shown, out = on_a_terminal(COMMAND)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    documents = int(re.search(r"measuring\W+(?:\d+) of (\d+)", plain).group(1))  # type: ignore[union-attr]
    assert re.search(rf"fingerprinting\W+\d+ of {documents}\b", plain)
    assert re.search(r"comparing copies\W+\d+ of \d+", plain)
    assert "\x1b[2K" in shown and not plain.rsplit("\r", 1)[1].strip(), "the bar stayed"
    quiet = subprocess.run(COMMAND, capture_output=True, check=True)
    assert quiet.stderr == b"" and quiet.stdout == out


@pytest.mark.parametrize(("more", "variables"), [(["--quiet"], {}), ([], {"CI": "true"})])
def test_nothing_where_nobody_looks(more, variables):
    assert on_a_terminal([*COMMAND, *more], **variables)[0] == ""


def test_every_stage_is_the_name_of_a_function_that_an_engine_is_given():
    from importlib import import_module

    for name in progress.STAGES:
        module, _, function = name.rpartition(".")
        found = getattr(import_module(module), function)
        assert f"{found.__module__}.{found.__qualname__}" == name
