"""How far a run is: a bar on the terminal for the stage under way, with its count and rate.

It goes to stderr, to a terminal only, and is gone when the run is over. It holds counts and names
of stages, never a word of an article or of a file's name.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

EVERY = 0.1  # seconds between two looks at the bar

# What a function is at, by its dotted name; what is not here is done at once. Pairs are read
# with the documents they are of, which is what is counted.
STAGES = {
    "audit.reading.extract.extract": "reading",
    "audit.measure.measure": "measuring",
    "audit.corpus._printed": "fingerprinting",
    "audit.seen._printed": "fingerprinting",
    "audit.duplication.pairs.judge": "judging copies",
    "audit.pairs.detail": "comparing copies",
    "audit.facts.claim_rows.claim_rows": "gathering facts",
    "audit.facts.claim_pairs.compare_rows": "comparing facts",
}


class Shown:
    """A bar at most, that of the stage under way; without a ``bar`` nothing is shown."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._stage, self._done, self._looked = "", 0, 0.0

    def tell(self, stage: str) -> None:
        """A stage begins, of which no count is known yet; none begins where it has no name."""
        self._begin(stage, None)

    def watch(self, name: str, rows: int, total: int | None) -> None:
        """A function is through some rows of ``total`` (``engines.Engine.watch``)."""
        stage = STAGES.get(name)
        if self._bar is None or stage is None:
            return
        if stage != self._stage:
            self._begin(stage, total)
        self._done += rows
        self._bar.update(self._bar.task_ids[0], completed=self._done, total=total)
        now = time.monotonic()
        if now - self._looked >= EVERY:
            self._looked = now
            self._bar.refresh()

    def _begin(self, stage: str, total: int | None) -> None:
        if self._bar is None or stage == self._stage:
            return
        for task in list(self._bar.task_ids):
            self._bar.remove_task(task)
        self._stage, self._done, self._looked = stage, 0, 0.0
        if stage:
            self._bar.add_task(stage, total=total)
        self._bar.refresh()


@contextmanager
def display(wanted: bool) -> Iterator[Shown]:
    """Shows how far a run is, where that is wanted, stderr is a terminal, and nothing records it
    for a build (the variable CI, which build servers set)."""
    if not wanted or not sys.stderr.isatty() or os.environ.get("CI"):
        yield Shown(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Count(ProgressColumn):
        """How many of how many, and how many a second."""

        def render(self, task: Task) -> Text:
            of = f" of {task.total:,.0f}" if task.total is not None else ""
            rate = f", {task.speed:,.0f} a second" if task.speed else ""
            return Text(f"{task.completed:,.0f}{of}{rate}" if task.completed else "")

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        Count(),
        console=Console(file=sys.stderr),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        yield Shown(bar)
