"""The same report from either engine: the whole run over samples/ on Spark and on this machine."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.engines import Engine, open_engine
from audit.engines.local import LocalEngine
from tests.conftest import SAMPLES
from tests.test_pipeline import audited, written

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="pyspark or Java is not installed",
)


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    with open_engine("spark", 2) as engine:
        yield engine


def test_spark_finds_what_this_machine_finds(spark: Engine) -> None:
    with LocalEngine(1) as machine:
        here = audited(machine, str(SAMPLES))
    there = audited(spark, str(SAMPLES))
    assert there[0] == here[0]
    assert there[1] == here[1]


def test_hostile_documents_pass_through_spark(spark: Engine, tmp_path: Path) -> None:
    """Nulls, empty and repeated documents, controls and other scripts, and a broken line."""
    texts = ["", "\x00\x1b[31m", "水" * 60, "مرحبا بالعالم", "a" * 5000, "One line. " * 30] * 2
    place = written(tmp_path, [{"id": "same", "text": text} for text in texts])
    with open(place, "a") as file:
        file.write("{broken\n")
    with LocalEngine(1) as machine:
        here = audited(machine, place)
    assert audited(spark, place) == here
    assert here[0]["summary"]["documents"] == {
        "found": 13,
        "audited": 10,
        "skipped": 2,
        "failed": 1,
    }
