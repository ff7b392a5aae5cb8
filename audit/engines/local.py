"""The local engine: polars, a temporary folder, and worker processes once they pay.

A table is a recipe for a sequence of frames. Functions first run in this process; where what is
left would take more than PATIENCE seconds, workers take over (``audit.engines.pool``). Where a
function runs and how its input is cut changes no row and no order.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

import polars as pl

from audit import frames
from audit.engines import (
    COLLECTED,
    Function,
    Schema,
    Watch,
    call,
    columns_to_sort,
    name_of,
    unwatched,
)
from audit.engines.pool import Pool, Task
from audit.engines.tables import Store, compact, cut, ranges, rebatch

ROWS = 256  # rows a call without a key; the first calls are smaller, so that cores fill early
ROWS_BY = 8  # times as many with a key, for rows are small there
# Processor seconds of work left, as far as can be told, from which workers pay: each takes a second
# or two to start and to read code; and where they were started for an earlier stage.
PATIENCE = 3.0
STARTED = 0.2


@dataclass(frozen=True)
class Table:
    """A recipe for frames of one schema; each use computes them again unless they are kept."""

    schema: Schema
    frames: Callable[[], Iterator[pl.DataFrame]]
    rows: int | None = None  # of the table, where they were counted


class LocalEngine:
    """Runs on this machine's cores, in memory bounded by batch; also a context manager.

    jobs: processes at work, 0 for one a core. With 1 nothing leaves this process, and a row
    that crashes it ends the run. spill: where temporary files go (default: the system's place).
    rows: the most rows a call without a key is given.

    Order of rows: ``read`` and ``keep`` as given; ``map`` in the order of its input, with
    ``by`` in the order of the key; ``join`` in the order of the key, then of the left and the
    right table.
    """

    def __init__(self, jobs: int = 0, spill: Path | None = None, rows: int = ROWS) -> None:
        self.jobs, self.rows = jobs or _cores(), rows
        self.watch: Watch = unwatched
        self._spill = spill
        self._folder: Path | None = None
        self._pool: Pool | None = None

    def read(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Table:
        return self._stored((frames.conform(batch, schema) for batch in batches), schema)

    def keep(self, table: Table) -> Table:
        return self._stored(table.frames(), table.schema)

    def batches(self, table: Table) -> Iterator[pl.DataFrame]:
        return table.frames()

    def collect(self, table: Table) -> pl.DataFrame:
        return pl.concat([frames.empty(table.schema), *map(compact, table.frames())])

    def map(
        self,
        table: Table,
        function: Function,
        schema: Schema,
        by: str | None = None,
        on_lost: Function | None = None,
    ) -> Table:
        task = Task(function, schema, by, on_lost)
        return Table(schema, lambda: self._run(table, task))

    def join(self, left: Table, right: Table, on: str, how: str = "inner") -> Table:
        both = how in ("inner", "left")
        added = {name: kind for name, kind in right.schema.items() if both and name != on}
        if shared := sorted(left.schema.keys() & added.keys()):
            raise ValueError(f"both tables of a join have {', '.join(shared)}")
        order = "left_right" if both else "left"

        def joined() -> Iterator[pl.DataFrame]:
            for a, b in ranges([self._store(left), self._store(right)], on):
                a = a.sort(on, maintain_order=True)
                yield a.join(b, on=on, how=how, maintain_order=order)  # type: ignore[arg-type]

        return Table(left.schema | added, joined)

    def close(self) -> None:
        if self._pool:
            self._pool.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self._before = gc.get_threshold()
        gc.set_threshold(*COLLECTED)  # while functions run in this process
        return self

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self._before)
        self.close()

    def _place(self) -> Path:
        """The run's temporary folder, made when the first file is."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="source-audit-", dir=self._spill))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def _store(self, table: Table) -> Store:
        return Store(table.schema, self._place).fill(table.frames())

    def _stored(self, batches: Iterable[pl.DataFrame], schema: Schema) -> Table:
        store = Store(schema, self._place).fill(batches)
        return Table(schema, lambda: iter(store), store.rows)

    def _batches(self, table: Table, by: str | None) -> tuple[Iterator[pl.DataFrame], int | None]:
        """What the calls are given: rows as they come, or sorted and never parted within a key;
        and how many rows that is in all, where it is known."""
        if by is None:
            return rebatch(table.frames(), self.rows), table.rows
        known = (frame.filter(pl.col(by).is_not_null()) for frame in table.frames())
        store = Store(table.schema, self._place).fill(known)
        return self._keyed(store, by), store.rows

    def _keyed(self, store: Store, by: str) -> Iterator[pl.DataFrame]:
        order = columns_to_sort(store.schema, by)
        for (frame,) in ranges([store], by):
            frame = frame.sort(order, maintain_order=True)
            yield from cut(frame, by, self.rows * ROWS_BY, self.rows)

    def _run(self, table: Table, task: Task) -> Iterator[pl.DataFrame]:
        """What the task makes of each batch, in order; two batches a worker are under way."""
        batches, total = self._batches(table, task.by)
        name = name_of(task.function)
        left = spent = 0.0
        through = timed = 0  # rows
        for batch in batches:
            if self.jobs > 1 and left > (min(STARTED, PATIENCE) if self._pool else PATIENCE):
                batches = chain([batch], batches)
                break
            began = time.process_time()
            result = call(task.function, batch, task.schema, task.by)
            if through:  # the first one warms up
                spent, timed = spent + time.process_time() - began, timed + batch.height
            through += batch.height
            left = spent if total is None else spent / max(timed, 1) * (total - through)
            self.watch(name, batch.height, total)
            yield result
        pending: deque[tuple[Future[pl.DataFrame], int]] = deque()

        def done() -> pl.DataFrame:
            future, rows = pending.popleft()
            result = future.result()
            self.watch(name, rows, total)
            return result

        try:
            for batch in batches:
                self._pool = self._pool or Pool(self.jobs)
                pending.append((self._pool.submit(task, batch), batch.height))
                if len(pending) > 2 * self.jobs:
                    yield done()
            while pending:
                yield done()
        finally:
            for future, _ in pending:
                future.cancel()


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
