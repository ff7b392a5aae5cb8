"""The Spark engine: the same verbs over ``mapInArrow``, for piles that outgrow one machine.

A table is a Spark DataFrame. ``by`` is a repartition by the key and a sort within partitions;
Spark cuts batches anywhere, so each partition's batches are regrouped to whole keys here.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Self

import polars as pl

from audit import frames
from audit.engines import Function, Schema, Watch, WorkerError, call, columns_to_sort, unwatched
from audit.engines.pool import SINGLE
from audit.engines.tables import cut, ends
from audit.model import AuditError

ROWS = 256  # rows an Arrow batch: a call without a key is given at most that many
ROWS_BY = 4096  # rows a call with a key, unless one key has more
JOINS = {"inner": "inner", "left": "left", "semi": "left_semi", "anti": "left_anti"}


class SparkEngine:
    """Runs on a Spark cluster, or on this machine with ``local[N]``; also a context manager.

    Every node needs this package. The order of rows is Spark's own: callers sort. Rows that kill
    a worker end the run (``on_lost`` is not used): Spark retries and reports them itself.
    Temporary files go to the system's place, which all nodes of a cluster must see (TMPDIR).
    Raises AuditError where pyspark or Java is missing.
    """

    def __init__(self, master: str = "local[*]") -> None:
        _check()
        self.watch: Watch = unwatched  # a job tells nothing before it is through
        self._folder = Path(tempfile.mkdtemp(prefix="source-audit-"))
        self._kept: list[Any] = []
        try:
            self._session = _session(master, self._folder)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def read(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Any:
        """Batches go through Parquet files, in a folder that driver and workers both see."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        batches = chain([frames.empty(schema)], batches)
        for number, batch in enumerate(batches):
            name = folder / f"{number:06}.parquet"
            frames.conform(batch, schema).write_parquet(name)
        return self._session.read.schema(_struct(schema)).parquet(str(folder))

    def map(
        self,
        table: Any,
        function: Function,
        schema: Schema,
        by: str | None = None,
        on_lost: Function | None = None,
    ) -> Any:
        if by is None:
            return table.mapInArrow(
                partial(_each, function=function, schema=schema), _struct(schema)
            )
        given = _schema(table)
        order = columns_to_sort(given, by)
        parted = table.where(table[by].isNotNull()).repartition(by).sortWithinPartitions(*order)
        call = partial(_each_key, function=function, schema=schema, by=by)
        return parted.mapInArrow(call, _struct(schema))

    def join(self, left: Any, right: Any, on: str, how: str = "inner") -> Any:
        added = [name for name in right.columns if name != on] if how in ("inner", "left") else []
        if shared := sorted({*left.columns} & {*added}):
            raise ValueError(f"both tables of a join have {', '.join(shared)}")
        return left.join(right, on=on, how=JOINS[how]).select(*left.columns, *added)

    def keep(self, table: Any) -> Any:
        from pyspark import StorageLevel

        kept = table.persist(StorageLevel.MEMORY_AND_DISK)
        with _told():
            kept.count()
        self._kept.append(kept)
        return kept

    def collect(self, table: Any) -> pl.DataFrame:
        with _told():
            return frames.conform(_polars(table.toArrow()), _schema(table))

    def batches(self, table: Any) -> Iterator[pl.DataFrame]:
        """Through Parquet files, so that no more than one of them is in memory."""
        folder = Path(tempfile.mkdtemp(dir=self._folder)) / "out"
        with _told():
            table.write.parquet(str(folder))
        schema = _schema(table)
        for path in sorted(folder.glob("part-*.parquet")):
            yield frames.conform(pl.read_parquet(path), schema)

    def close(self) -> None:
        for table in self._kept:
            table.unpersist()
        self._session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check() -> None:
    """Raises AuditError, with what to do, where pyspark or Java is missing."""
    for package in ("pyspark", "pandas", "pyarrow"):
        if find_spec(package) is None:
            raise AuditError(f"the Spark engine needs {package}: pip install 'source-audit[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise AuditError("the Spark engine needs Java 17 or later: install it, or set JAVA_HOME")


def _session(master: str, folder: Path) -> Any:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    paths = [str(Path(__file__).parents[2]), *map(os.path.abspath, sys.path)]
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(paths),
        **{f"spark.executorEnv.{name}": "1" for name in SINGLE},
    }
    if master.startswith("local"):  # nothing listens but on this machine
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        settings["spark.driver.bindAddress"] = settings["spark.driver.host"] = "127.0.0.1"
        settings["spark.sql.shuffle.partitions"] = "8"
    builder = SparkSession.builder.appName("source-audit").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _quiet(folder / "spark.log") as log:
        try:
            return builder.getOrCreate()
        except Exception as error:
            said = log.read_text("utf-8", "replace").strip()[-1000:]
            raise AuditError(f"Spark does not start at {master}: {error}\n{said}") from error


@contextmanager
def _quiet(log: Path) -> Iterator[Path]:
    """What the Java process, started within, writes to stderr goes to a file for as long as it
    lives: Spark greets, warns and repeats each error in 40 lines."""
    sys.stderr.flush()
    kept = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield log
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _told() -> Iterator[None]:
    """Errors of functions as WorkerError, with the sentence that names function and rows."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        said = re.search(r"audit\.(engines\.WorkerError|model\.AuditError): (.*)", str(error))
        kind = AuditError if said and said.group(1).startswith("model") else WorkerError
        raise kind(said.group(2) if said else str(error)) from error


def _each(batches: Iterator[Any], function: Function, schema: Schema) -> Iterator[Any]:
    for batch in batches:
        if batch.num_rows:
            yield from _arrow(call(function, _polars(batch), schema, None), schema)


def _each_key(batches: Iterator[Any], function: Function, schema: Schema, by: str) -> Iterator[Any]:
    """Calls with whole keys: the last key of a batch may go on in the next one."""
    held: list[pl.DataFrame] = []
    for batch in chain(batches, [None]):
        if batch is not None:
            if batch.num_rows:
                held.append(_polars(batch))
            if not held:
                continue
            if sum(frame.height for frame in held) < ROWS_BY or held[-1][by][-1] == held[0][by][0]:
                continue
        if held:
            frame = pl.concat(held)
            marks = ends(frame, by)
            whole = frame.height if batch is None else int(marks[-2])
            held = [frame[whole:]]
            for part in cut(frame[:whole], by, ROWS_BY):
                yield from _arrow(call(function, part, schema, by), schema)


def _arrow(frame: pl.DataFrame, schema: Schema) -> list[Any]:
    """Arrow batches with the types that Spark reads: no string views, no large lists."""
    from pyspark.sql.pandas.types import to_arrow_schema

    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    return table.cast(to_arrow_schema(_struct(schema))).to_batches()


def _polars(table: Any) -> pl.DataFrame:
    import pyarrow

    if isinstance(table, pyarrow.RecordBatch):
        table = pyarrow.Table.from_batches([table])
    return pl.DataFrame(pl.from_arrow(table))


def _struct(schema: Schema) -> Any:
    """The Spark schema of a frame's schema."""
    from pyspark.sql.pandas.types import from_arrow_schema

    empty = frames.empty(schema).to_arrow(compat_level=pl.CompatLevel.oldest())
    return from_arrow_schema(empty.schema)


def _schema(table: Any) -> Schema:
    """The frame's schema of a Spark table."""
    from pyspark.sql.pandas.types import to_arrow_schema

    return dict(_polars(to_arrow_schema(table.schema).empty_table()).schema)
