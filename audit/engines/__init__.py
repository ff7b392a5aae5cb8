"""Where a function runs: on this machine's cores or on a Spark cluster, and nothing else.

An engine holds tables and runs pure functions from frame to frame over them. It knows no
article, no rule and no score; the same functions give the same rows on every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import polars as pl

Schema = dict[str, pl.DataType]
Function = Callable[[pl.DataFrame], pl.DataFrame]


class Engine(Protocol):
    """The verbs every stage is written in. A table is opaque: only its engine looks inside.

    Functions given to ``map`` are module-level functions, or ``functools.partial`` of one with
    arguments that pickle; they see polars frames and return frames of the schema named.
    """

    def read(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Any:
        """A table from batches made where the run was started; consumed once, spilled, not held."""

    def map(self, table: Any, function: Function, schema: Schema, by: str | None = None) -> Any:
        """The table of what ``function`` returns for each batch.

        Without ``by`` a call gets any batch of any size. With ``by`` all rows of one key arrive
        in one call, sorted by key, and a call may hold many keys; null keys are left out.
        """

    def join(self, left: Any, right: Any, on: str, how: str = "inner") -> Any:
        """Rows of two tables that share a key; columns of the right one keep their names."""

    def keep(self, table: Any) -> Any:
        """The same table, computed once and stored, for tables used more than once."""

    def collect(self, table: Any) -> pl.DataFrame:
        """All rows, in one frame in the caller's memory: for small tables and last steps."""

    def batches(self, table: Any) -> Iterable[pl.DataFrame]:
        """All rows, a batch at a time."""

    def close(self) -> None:
        """Stop workers and remove what was spilled."""
