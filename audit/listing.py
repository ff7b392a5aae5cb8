"""What a run lists, as frames over the engine: findings, claims, and the tables that hold all.

Nothing here is cut to what a report shows; claims are made a batch at a time, when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit.engines import Engine, Schema

Tables = dict[str, Iterable[pl.DataFrame]]
GRADES: Schema = {"id": pl.String(), "readability": pl.String()}
_TEXT: Schema = {"id": pl.String(), "text": pl.String()}


@dataclass(frozen=True)
class Batches:
    """The rows of an engine's table, a batch at a time, each time they are asked for."""

    machine: Engine
    table: Any

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return iter(self.machine.batches(self.table))


def _exploded(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a finding, from the nested column of MEASURED."""
    told = frame.select("findings").explode("findings").drop_nulls()
    return told.unnest("findings") if told.height else frames.empty(frames.FINDINGS)


def findings(machine: Engine, measured: Any) -> pl.DataFrame:
    """What was found in documents alone: frames.FINDINGS."""
    return machine.collect(machine.map(measured, _exploded, frames.FINDINGS))


def rows(found: Sequence[model.Finding]) -> pl.DataFrame:
    """Findings as frames.FINDINGS."""
    return pl.DataFrame([msgspec.to_builtins(f) for f in found], schema=frames.FINDINGS)


def _claims(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a claim with its quote: EventClaim, from texts joined with MEASURED."""
    found = [
        {
            "document": key,
            "source": source,
            "claim": claim,
            "quote": text[claim["start"] : claim["end"]],
        }
        for key, source, text, claims in frame.select("id", "source", "text", "claims").iter_rows()
        for claim in claims or ()
    ]
    return pl.DataFrame(found, schema=frames.fields_of(model.EventClaim))


def project(frame: pl.DataFrame, *, columns: tuple[str, ...]) -> pl.DataFrame:
    """Some columns of a batch."""
    return frame.select(columns)


def grades(frame: pl.DataFrame, *, ids: frozenset[str] | None = None) -> pl.DataFrame:
    """The readability of MEASURED rows, or of those named: the widest thing known of a document,
    so it stays in the engine until somebody reads it."""
    rows = frame.select("id", "readability").drop_nulls()
    return rows if ids is None else rows.filter(pl.col("id").is_in(sorted(ids)))


def _graded(frame: pl.DataFrame) -> pl.DataFrame:
    """Documents joined with their grades, as frames.DOCUMENTS."""
    return frame.with_columns(pl.col("readability").fill_null("{}"))


def tables(
    machine: Engine, docs: Any, measured: Any, report: model.Report, shared: dict[str, pl.DataFrame]
) -> Tables:
    """Everything, uncapped: one entry a table of reports.tables.

    report: what is listed whole in it. shared: tables that are frames already, by name.
    """
    from audit.reports import tables as views

    whole: Tables = dict(views.of_report(report))
    wanted = ("id", "source", "claims")
    texts = machine.map(docs, partial(project, columns=("id", "text")), _TEXT)
    stated = machine.map(
        measured,
        partial(project, columns=wanted),
        {name: frames.MEASURED[name] for name in wanted},
    )
    claims = machine.map(
        machine.join(texts, stated, "id"), _claims, frames.fields_of(model.EventClaim)
    )
    whole |= {name: [frame] for name, frame in shared.items()}
    whole["claims"] = Batches(machine, claims)
    bare = shared["documents"].drop("readability")
    listed = machine.read([bare], dict(bare.schema))
    graded = machine.join(listed, machine.map(measured, grades, GRADES), "id", how="left")
    whole["documents"] = Batches(machine, machine.map(graded, _graded, frames.DOCUMENTS))
    return whole
