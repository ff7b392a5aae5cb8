"""What the tests of the whole product share: a run over the samples, the command line, goldens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import audit

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write the golden files anew; read the diff before you commit it.",
    )


@dataclass(frozen=True)
class Ran:
    """The report of a run over samples/, and the folder with all its outputs."""

    report: audit.Report
    folder: Path


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """samples/ audited once for the whole session, with an output of every kind."""
    folder = tmp_path_factory.mktemp("samples")
    kinds = {"json": "report.json", "html": "report.html", "csv": "report.csv"}
    kinds |= {"tables": "tables", "parquet": "parquet"}
    output = [f"{kind}:{folder / name}" for kind, name in kinds.items()]
    return Ran(audit.run([str(SAMPLES)], jobs=1, output=output), folder)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Holds bytes to a file of tests/golden, or writes it where ``--update-golden`` is given."""

    def held(name: str, content: bytes) -> None:
        place = GOLDEN / name
        if request.config.getoption("--update-golden"):
            place.write_bytes(content)
        assert place.read_bytes().decode() == content.decode(), (
            f"tests/golden/{name} differs: if that is meant, run pytest tests/test_golden.py"
            " --update-golden and read the diff"
        )

    return held


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, what it printed, what it said on stderr."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


def environment(**more: str) -> dict[str, str]:
    """This process's environment, with the modules it can import."""
    paths = [str(ROOT), *(os.path.abspath(path) for path in sys.path if path)]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | more


def started(*arguments: str, **more: object) -> subprocess.Popen[bytes]:
    """``python -m audit`` as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "audit", *arguments], **more)  # type: ignore[call-overload]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """``command("run", "press/")``: the command line, without the price of a process."""
    import signal

    from audit.__main__ import main

    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str) -> Done:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        said = capfd.readouterr()
        return Done(code, said.out, said.err)

    yield run
    signal.signal(signal.SIGTERM, before)
