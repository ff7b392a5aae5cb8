"""Where a function runs: on this machine's cores or on a Spark cluster, and nothing else.

An engine holds tables and runs pure functions from frame to frame over them. It knows no
article, no rule and no score; the same functions give the same rows on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, Self

import polars as pl

from audit.frames import conform
from audit.model import AuditError

Schema = dict[str, pl.DataType]
Function = Callable[[pl.DataFrame], pl.DataFrame]
Watch = Callable[[str, int, int | None], None]


class WorkerError(Exception):
    """A function failed, or its worker died: the sentence names the function and the rows."""


class Engine(Protocol):
    """The verbs every stage is written in. A table is opaque: only its engine looks inside.

    Functions given to ``map`` are module-level functions, or ``functools.partial`` of one with
    arguments that pickle; they see polars frames and return frames of the schema named.
    Engines are context managers that ``close`` on the way out.

    watch: told, where an engine can, each time a function is through a batch: the function's
    dotted name, the rows of the batch, and all rows it is to be given if they are known.
    """

    watch: Watch

    def read(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Any:
        """A table from batches made where the run was started; consumed once, spilled, not held."""

    def map(
        self,
        table: Any,
        function: Function,
        schema: Schema,
        by: str | None = None,
        on_lost: Function | None = None,
    ) -> Any:
        """The table of what ``function`` returns for each batch; it runs when the table is used.

        Without ``by`` a call gets any batch of any size. With ``by`` all rows of one key arrive
        in one call, sorted by key and then by every other column of a plain type, and a call
        may hold many keys; null keys are left out. A function that raises ends the run with a
        WorkerError. Rows that kill their worker (out of memory, a crash in C) are narrowed
        down to one row, or one key; ``on_lost`` is given them and returns what stands in their
        place, and without it the run ends with a WorkerError that names them.
        """

    def join(self, left: Any, right: Any, on: str, how: str = "inner") -> Any:
        """Rows of two tables that share a key; ``how`` is inner, left, semi or anti.

        Columns of the right table keep their names: only the key may stand in both.
        """

    def keep(self, table: Any) -> Any:
        """The same table, computed once and stored, for tables used more than once."""

    def collect(self, table: Any) -> pl.DataFrame:
        """All rows, in one frame in the caller's memory: for small tables and last steps."""

    def batches(self, table: Any) -> Iterable[pl.DataFrame]:
        """All rows, a batch at a time."""

    def close(self) -> None:
        """Stop workers and remove what was spilled."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


# Objects after which Python looks for cycles (gc.set_threshold): a batch makes many small records
# and no cycles, and looking through all there is, at its defaults, took a twentieth of a run.
COLLECTED = (50_000, 20, 50)


def open_engine(name: str = "local", jobs: int = 0) -> Engine:
    """The engine by its name: ``local``, ``spark`` or ``spark:MASTER``; ``jobs`` 0 is all cores.

    Raises AuditError for another name, or where what the engine needs is not installed.
    """
    kind, _, master = name.partition(":")
    if kind == "spark":
        from audit.engines.spark import SparkEngine

        return SparkEngine(master or f"local[{jobs or '*'}]")
    if name != "local":
        raise AuditError(f"no engine is named {name!r}: there are local, spark and spark:MASTER")
    from audit.engines.local import LocalEngine

    return LocalEngine(jobs)


def unwatched(name: str, rows: int, total: int | None) -> None:
    """Nobody looks on."""


def columns_to_sort(schema: Schema, by: str) -> list[str]:
    """The key first, then the other columns of plain types: the order of rows within a key."""
    plain = (pl.String, pl.Int64, pl.Float64, pl.Boolean)
    return [by, *(name for name, kind in schema.items() if name != by and kind in plain)]


def name_of(function: Function) -> str:
    """The dotted name of a function, seen through ``functools.partial``."""
    function = getattr(function, "func", function)
    return f"{function.__module__}.{getattr(function, '__qualname__', function)}"


def call(function: Function, frame: pl.DataFrame, schema: Schema, by: str | None) -> pl.DataFrame:
    """What a function returns for a batch, in its schema; a WorkerError says what it failed on."""
    try:
        return conform(function(frame), schema)
    except AuditError:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        where = f"{name_of(function)} failed on {rows_of(frame, by)}"
        raise WorkerError(f"{where}: {said}") from error


def rows_of(frame: pl.DataFrame, by: str | None) -> str:
    """The rows of a batch as a person knows them: by the key, the id, or column one."""
    names = [by, "id", "document", "a", *frame.columns]
    name = next(name for name in names if name in frame.columns)
    values = frame[name].unique(maintain_order=True)
    more = f" and {len(values) - 8} more" if len(values) > 8 else ""
    return f"{name} {', '.join(map(str, values[:8]))}{more}"
