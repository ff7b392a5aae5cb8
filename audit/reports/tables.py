"""The tables of a run, one frame each: their schemas, and how they become JSONL or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import msgspec
import polars as pl
from polars.io.plugins import register_io_source

from audit import model
from audit.frames import fields_of
from audit.model import Report

RECORDS: dict[str, type[model.Record]] = {
    "documents": model.Document,
    "findings": model.Finding,
    "pairs": model.Pair,
    "clusters": model.Cluster,
    "claims": model.EventClaim,
    "events": model.Event,
    "comparisons": model.EventComparison,
    "sources": model.Source,
    "errors": model.InputError,
    "skipped": model.InputError,
}
GROUP = 50_000  # rows a group of a Parquet file
# Columns that hold JSON text in a frame and are objects in JSONL.
_JSON = {"documents": ("readability",)}


@dataclass(frozen=True)
class _Records:
    """The frame of some records, made when it is asked for."""

    records: Sequence[model.Record]
    kind: type[model.Record]

    def __iter__(self) -> Iterator[pl.DataFrame]:
        yield of_records(self.records, self.kind)


def of_report(report: Report) -> dict[str, Iterable[pl.DataFrame]]:
    """The tables as far as the report shows them, each made when it is asked for."""
    rows: dict[str, Iterable[model.Record]] = {
        "documents": report.documents,
        "findings": report.findings,
        "pairs": [pair for cluster in report.clusters for pair in cluster.pairs],
        "clusters": report.clusters,
        "claims": [claim for event in report.events for claim in event.claims],
        "events": report.events,
        "comparisons": [
            model.EventComparison(**msgspec.structs.asdict(c), event_id=event.id)
            for event in report.events
            for c in event.comparisons
        ],
        "sources": report.sources,
        "errors": report.errors,
        "skipped": report.skipped,
    }
    return {name: _Records(list(rows[name]), kind) for name, kind in RECORDS.items()}


def of_records(records: Sequence[model.Record], kind: type[model.Record]) -> pl.DataFrame:
    """A frame from records of one kind, in the schema of that record."""
    schema = fields_of(kind)
    rows = [msgspec.to_builtins(record) for record in records]
    columns = {}
    for name, dtype in schema.items():
        values = [row.get(name) for row in rows]
        if dtype == pl.String and any(isinstance(value, dict) for value in values):
            values = [msgspec.json.encode(value).decode() for value in values]
        columns[name] = pl.Series(values, dtype=dtype)
    return pl.DataFrame(columns)


def write_jsonl(name: str, batches: Iterable[pl.DataFrame], file: IO[bytes]) -> None:
    """One JSON object a line; what is JSON text in the frame is an object in the line."""
    columns = _JSON.get(name, ())
    for frame in batches:
        if not columns:
            if frame.height:
                frame.write_ndjson(file)
            continue
        for row in frame.iter_rows(named=True):
            for column in columns:
                row[column] = msgspec.Raw((row[column] or "{}").encode())
            file.write(msgspec.json.encode(row) + b"\n")


def write_parquet(name: str, batches: Iterable[pl.DataFrame], file: IO[bytes]) -> None:
    """One Parquet file of all batches, in the table's schema also where it has no rows; what is
    in memory is one group of rows, however the rows are cut into batches."""

    def source(*_: object) -> Iterator[pl.DataFrame]:
        yield from batches

    schema = fields_of(RECORDS[name])
    rows = register_io_source(source, schema=schema, validate_schema=True)
    rows.sink_parquet(file, row_group_size=GROUP, maintain_order=True)
