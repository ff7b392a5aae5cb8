"""The index and datasketch: signatures out and in, as a Parquet file or as MinHash objects.

Parquet and not pickle, for reading a file must not run it. What makes a signature (seed, scheme,
permutations) stands in the file, and one made otherwise is refused: its numbers mean nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from audit import frames
from audit.duplication import index_store, segments
from audit.duplication.fingerprint import KEYS, PERMUTATIONS, SEED, SHORT, minhash
from audit.duplication.index import ENTRY, Index, about
from audit.model import AuditError

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

SCHEME = "affine32"
ROWS = 4096
# One row a document. id, hashvalues, seed and scheme are needed; without the others, or with a
# ``fingerprint`` of another version, a document is known by its signature only.
EXCHANGE: dict[str, pl.DataType] = {
    "id": pl.String(),
    "hashvalues": pl.List(pl.UInt32()),  # of datasketch.MinHash, 128
    "seed": pl.Int64(),  # 1
    "scheme": pl.String(),  # affine32, datasketch 2's own
    "source": pl.String(),
    "published": pl.String(),
    "title": pl.String(),
    "words": pl.Int64(),
    "letters": pl.Int64(),
    "shingles": pl.Int64(),
    "digest": pl.Binary(),
    "level": pl.Int64(),
    "features": pl.List(pl.Int64()),
    "fingerprint": pl.String(),  # version of digest, level and features; null where there are none
}
_NEEDED = ("id", "hashvalues", "seed", "scheme")
_OWN = ("words", "letters", "shingles", "digest", "level", "features")


def minhashes(index: Index) -> Iterator[tuple[str, MinHash]]:
    """Every document's id and its ``datasketch.MinHash`` (128 permutations, seed 1, affine32).

    It equals datasketch's own of the text's shingles, as ``fold.shingles`` makes them.
    """
    for segment in index.segments:
        for row in np.flatnonzero(segment.alive()).tolist():
            yield about(segment, row)[0], minhash(segment.signatures[row].tobytes())


def lsh(index: Index, threshold: float = 0.5) -> MinHashLSH:
    """A ``datasketch.MinHashLSH`` of all documents, by id, for Jaccard ``threshold``."""
    from datasketch import MinHashLSH

    made = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    with made.insertion_session() as session:
        for name, sketch in minhashes(index):
            session.insert(name, sketch)
    return made


def entries(sketches: Iterable[tuple[str, MinHash]]) -> pl.DataFrame:
    """Rows for ``index_write.add`` from ids and datasketch's MinHash objects.

    They can be found by their signature only, and only by texts cut into the same shingles: runs
    of five folded words (``fold.shingles``). Raises AuditError for another seed, scheme or number.
    """
    rows = [
        {"id": name, "hashvalues": s.hashvalues.tolist(), "seed": s.seed, "scheme": s.scheme}
        for name, s in sketches
    ]
    return _entries(pl.DataFrame(rows, _schema(_NEEDED)), "datasketch")


def write(index: Index, path: str | Path) -> int:
    """All documents as a Parquet file of schema ``EXCHANGE``; how many.

    The file appears whole or not at all. Raises AuditError where it cannot be written.
    """
    from polars.io.plugins import register_io_source

    path = Path(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")

    def source(
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,
    ) -> Iterator[pl.DataFrame]:
        for frame in _frames(index):
            yield frame.select(with_columns) if with_columns else frame

    if not path.parent.is_dir():
        raise AuditError(f"{path}: its folder does not exist")
    try:
        register_io_source(source, schema=EXCHANGE).sink_parquet(beside)
        os.replace(beside, path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise AuditError(f"{path}: cannot be written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return index.manifest.documents


def _frames(index: Index) -> Iterator[pl.DataFrame]:
    for segment in index.segments:
        alive = np.flatnonzero(segment.alive())
        for start in range(0, len(alive), ROWS):
            rows = alive[start : start + ROWS].tolist()
            told = [about(segment, row) for row in rows]
            own = [segment.levels[row] >= 0 for row in rows]
            counts = segment.counts[rows].astype(np.int64)
            columns: dict[str, list[object]] = {
                "id": [a[0] for a in told],
                "hashvalues": [segment.signatures[row] for row in rows],
                "seed": [SEED] * len(rows),
                "scheme": [SCHEME] * len(rows),
                "source": [a[1] for a in told],
                "published": [a[2] for a in told],
                "title": [a[3] for a in told],
            }
            values = {
                "words": counts[:, 0].tolist(),
                "letters": counts[:, 1].tolist(),
                "shingles": counts[:, 2].tolist(),
                "digest": [segment.digests[row].tobytes() for row in rows],
                "level": segment.levels[rows].tolist(),
                "features": [segments.features(segment, row) for row in rows],
                "fingerprint": [index.manifest.fingerprint] * len(rows),
            }
            for name, column in values.items():
                columns[name] = [v if o else None for v, o in zip(column, own, strict=True)]
            yield pl.DataFrame(columns, EXCHANGE)


def read(path: str | Path) -> Iterator[pl.DataFrame]:
    """The documents of a Parquet file as rows of ``ENTRY``, for ``index_write.add``.

    Raises AuditError where the file cannot be read, lacks a column, or holds what is no signature
    of datasketch's scheme affine32 with seed 1 and 128 permutations.
    """
    try:
        scan = pl.scan_parquet(path)
        schema = scan.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise AuditError(f"{path}: no Parquet file that can be read: {_first(error)}") from error
    missing = [name for name in _NEEDED if name not in schema]
    if missing:
        raise AuditError(f"{path}: no column {missing[0]}; needed are {', '.join(_NEEDED)}")
    at = 0
    while True:
        try:
            part = scan.slice(at, ROWS).select(
                pl.col(name).cast(kind) for name, kind in EXCHANGE.items() if name in schema
            )
            frame = part.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise AuditError(f"{path}: it cannot be read: {_first(error)}") from error
        if not frame.height:
            return
        yield _entries(frame, str(path))
        at += frame.height


def _first(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _schema(names: Iterable[str]) -> dict[str, pl.DataType]:
    return {name: EXCHANGE[name] for name in names}


def _entries(frame: pl.DataFrame, place: str) -> pl.DataFrame:
    """Rows of ``ENTRY`` from rows of ``EXCHANGE``, some of whose columns may be missing."""
    frame = frame.with_columns(
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in EXCHANGE.items()
        if name not in frame.columns
    )
    for wrong, what in _FAULTS:
        bad = frame.filter(wrong)
        if bad.height:
            raise AuditError(f"{place}: {_named(bad['id'][0])}: {what}")
    values = frame["hashvalues"].explode().to_numpy().astype("<u4").tobytes()
    size = 4 * PERMUTATIONS
    own = pl.col("fingerprint").eq_missing(pl.lit(index_store.scheme()))
    frame = frame.with_columns(
        pl.Series(
            "signature",
            [values[n : n + size] for n in range(0, len(values), size)],
            dtype=pl.Binary,
        ),
        *(pl.when(own).then(name).alias(name) for name in _OWN),
    )
    known = frame.filter(pl.col("level").is_not_null() | own)
    for wrong, what in _OWN_FAULTS:
        bad = known.filter(wrong)
        if bad.height:
            raise AuditError(f"{place}: {_named(bad['id'][0])}: {what}")
    frame = frame.with_columns(
        pl.col("features").list.head(KEYS).alias("bands"),
        (pl.col("letters") < SHORT).alias("short"),
    )
    return frames.conform(frame, ENTRY)


def _named(name: str | None) -> str:
    return "a document" if name is None else f"the document {name[:200]!r}"


_FAULTS: list[tuple[pl.Expr, str]] = [
    (pl.col("id").is_null() | (pl.col("id") == ""), "it has no id"),
    (
        pl.col("seed").ne_missing(pl.lit(SEED)) | pl.col("scheme").ne_missing(pl.lit(SCHEME)),
        f"its signature is not of seed {SEED} and scheme {SCHEME}, datasketch 2's own",
    ),
    (
        pl.col("hashvalues").list.len().ne_missing(pl.lit(PERMUTATIONS))
        | pl.col("hashvalues").list.eval(pl.element().is_null()).list.any(),
        f"its signature does not have {PERMUTATIONS} values",
    ),
]
_OWN_FAULTS: list[tuple[pl.Expr, str]] = [
    (
        pl.any_horizontal(pl.col(name).is_null() for name in _OWN)
        | pl.any_horizontal(~pl.col(name).is_between(0, 2**32 - 1) for name in _OWN[:3])
        | (pl.col("digest").bin.size() != 16)
        | ~pl.col("level").is_between(0, 62),
        "its fingerprint is not whole",
    ),
    (
        pl.col("features").list.eval(pl.element().is_null() | (pl.element() < 0)).list.any()
        | pl.col("features").list.eval(pl.element().diff() <= 0).list.any(),
        "its features do not ascend",
    ),
]
