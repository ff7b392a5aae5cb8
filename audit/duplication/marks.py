"""The fingerprints of all documents, collected a batch at a time and kept small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from audit import frames
from audit.duplication.fingerprint import Printed, printed
from audit.duplication.parcels import Parcels
from audit.duplication.threads import mapped

# What is kept of each fingerprint beside its features; the digest as two numbers, which sort as
# its bytes do.
ROWS: dict[str, pl.DataType] = {
    "id": pl.String(),
    "digest": pl.UInt64(),
    "digest_rest": pl.UInt64(),
    "letters": pl.Int64(),
    "level": pl.Int64(),
    "short": pl.Boolean(),
    "kept": pl.Int64(),  # the number of features
}
DIGEST = ("digest", "digest_rest")
TEXTS = 500  # whose fingerprints are made at once


@dataclass
class Marks:
    """``rows``: ``ROWS`` of each document as it came; ``features``: those of all."""

    rows: pl.DataFrame
    features: Parcels


def collect(batches: Iterable[pl.DataFrame]) -> Marks:
    """The fingerprints of frames with ``id`` and the columns of ``frames.FINGERPRINT``."""
    rows = [frames.empty(ROWS)]
    features = Parcels()
    half = pl.col("digest").bin
    named = {
        "digest": half.slice(0, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big"),
        "digest_rest": half.slice(8, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big"),
        "kept": pl.col("features").list.len(),
    }
    for batch in batches:
        made = frames.conform(batch.drop("digest").with_columns(batch.select(**named)), ROWS)
        values = batch["features"].list.explode().drop_nulls().to_numpy()
        features.add(made["digest"].to_numpy(), made["kept"].to_numpy(), values)
        rows.append(made)
    return Marks(pl.concat(rows), features)


def of_texts(ids: Sequence[str], texts: Sequence[str], threads: int = 1) -> Marks:
    """The fingerprints of texts that are held in memory."""

    def made_of(at: int) -> list[Printed]:
        return list(printed(texts[at : at + TEXTS]))

    rows: dict[str, list[np.ndarray]] = {name: [] for name in ROWS if name != "id"}
    features = Parcels()
    for parts in mapped(made_of, range(0, len(texts), TEXTS), threads):
        for part in parts:
            first, rest = part.digests.byteswap().T
            made = (first, rest, part.counts[:, 1], part.levels, part.short, part.kept)
            for column, array in zip(rows.values(), made, strict=True):
                column.append(array)
            features.add(first, part.kept, part.features)
    flat = {name: np.concatenate(arrays) for name, arrays in rows.items() if arrays}
    frame = pl.DataFrame({"id": pl.Series(ids, dtype=pl.String), **flat})
    return Marks(frames.conform(frame, ROWS) if flat else frames.empty(ROWS), features)


def keys(marks: Marks, places: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The least features of the documents at some places, ``most`` of each at most, as entries of
    ``pairing``, and where those of each would begin."""
    from audit.duplication import pairing

    kept = np.array(marks.rows["kept"], np.int64)
    target = np.full(len(kept), -1, np.int64)
    starts = _starts(np.minimum(kept[places], most))
    target[places] = np.arange(len(places))
    found = np.empty(starts[-1], np.uint64)
    used = 0
    for documents, features in marks.features.each():
        used = pairing.entries(features, documents, kept, target, most, found, used)
    return found, starts


def flat(marks: Marks, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The features of the documents at some places, in that order, and where each begins.

    What is held is given up on the way, so that hardly a feature is held twice where the order is
    that of the digests.
    """
    from audit.duplication import pairing

    kept = np.array(marks.rows["kept"], np.int64)
    target = np.full(len(kept), -1, np.int64)
    offsets = _starts(kept[places])
    values = np.empty(offsets[-1], np.int64)
    target[places] = offsets[:-1]
    for documents, features in marks.features.taken():
        pairing.put(features, documents, kept, target, values)
    return values, offsets


def _starts(counts: np.ndarray) -> np.ndarray:
    """Where each begins whose number is told, one after the other, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts
