"""From inputs to the index and back: the same inputs as a run's, read and fingerprinted alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from audit import model
from audit.corpus import read
from audit.duplication import index_exchange, index_write
from audit.duplication.index import ENTRY, Index
from audit.duplication.index_check import Seen, check
from audit.engines import Watch, open_engine, unwatched
from audit.settings import Settings


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What adding did: found = added + replaced + unchanged + skipped + failed, in documents."""

    found: int
    added: int
    replaced: int
    unchanged: int
    skipped: int
    failed: int


@dataclass(frozen=True)
class Opened:
    """Documents that were read: fingerprinted a batch at a time, and what could not be read."""

    batches: Iterator[pl.DataFrame]  # ENTRY
    counts: model.DocumentCounts
    errors: list[model.InputError]


def add(
    folder: str,
    inputs: Sequence[str],
    *,
    fields: dict[str, str] | None = None,
    manifest: str | None = None,
    jobs: int = 0,
    say: Callable[[str], None],
    watch: Watch = unwatched,
) -> tuple[Counts, list[model.InputError]]:
    """Put the documents of inputs into an index; what was done, and what could not be read."""
    wordless = 0

    def with_words(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        nonlocal wordless
        for batch in batches:
            kept = batch.filter(pl.col("letters") > 0)
            wordless += batch.height - kept.height
            yield kept

    with opened(inputs, fields, manifest, jobs, watch) as docs:
        done = index_write.add(folder, with_words(docs.batches), say)
        counts = Counts(
            found=docs.counts.found,
            added=done.added,
            replaced=done.replaced,
            unchanged=done.unchanged,
            skipped=docs.counts.skipped + wordless,
            failed=docs.counts.failed,
        )
        return counts, docs.errors


def take(folder: str, files: Sequence[str], *, say: Callable[[str], None]) -> Counts:
    """Put the signatures of Parquet files into an index (see ``index_exchange``)."""
    done = index_write.Added()
    for file in files:
        done += index_write.add(folder, index_exchange.read(file), say)
    return Counts(
        found=done.added + done.replaced + done.unchanged,
        added=done.added,
        replaced=done.replaced,
        unchanged=done.unchanged,
        skipped=0,
        failed=0,
    )


def look_up(index: Index, docs: Opened) -> Iterator[Seen]:
    """What an index knows of each of the documents, in the order they were read."""
    for batch in docs.batches:
        yield from check(index, batch)


@contextmanager
def opened(
    inputs: Sequence[str],
    fields: dict[str, str] | None = None,
    manifest: str | None = None,
    jobs: int = 0,
    watch: Watch = unwatched,
) -> Iterator[Opened]:
    """The documents of inputs, read as ``audit.run`` reads them. Raises NoDocumentsError."""
    from audit.reading import accounts

    settings = Settings(
        inputs=tuple(inputs),
        fields=tuple(sorted((fields or {}).items())),
        manifest=manifest,
        jobs=jobs,
    )
    with open_engine("local", jobs) as machine:
        machine.watch = watch
        found, docs, small = read(machine, settings)
        _, counts, errors = accounts.count(found, small)
        if not counts.found:
            first = f"; {errors[0].input}: {errors[0].reason}" if errors else " in the inputs"
            said = "no document could be read" if errors else "no document found"
            raise model.NoDocumentsError(said + first)
        yield Opened(iter(machine.batches(machine.map(docs, _printed, ENTRY))), counts, errors)


def _printed(docs: pl.DataFrame) -> pl.DataFrame:
    """The documents that can be audited, as rows of an index."""
    from audit.duplication.fingerprint import fingerprint

    docs = docs.filter(pl.col("skipped").is_null() & pl.col("failed").is_null())
    told = docs.select("id", "source", "published", "title")
    return told.hstack(fingerprint(docs["text"].to_list()))


def verify(index: Index) -> None:
    """Read every byte of an index; raises AuditError where one is not as it was written."""
    from audit.duplication import segments

    for part in index.manifest.parts:
        segments.verify(Path(index.folder) / part.file, segments.Written(part.bytes, part.digest))
