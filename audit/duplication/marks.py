"""The fingerprints of all documents, collected a batch at a time and kept small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from audit import frames

# What is kept of each fingerprint beside its features.
_NAMES = ("digest", "letters", "level", "short")


@dataclass
class Marks:
    """``rows``: id, digest, letters, level, short and ``kept``, the number of features, of each
    document as it came; ``values``: the features of all, an array a batch."""

    rows: pl.DataFrame
    values: list[np.ndarray]


def collect(batches: Iterable[pl.DataFrame]) -> Marks:
    """The fingerprints of frames with ``id`` and the columns of ``frames.FINGERPRINT``."""
    schema = {"id": pl.String(), **{name: frames.FINGERPRINT[name] for name in _NAMES}}
    rows = [frames.empty(schema).with_columns(pl.lit(0, pl.Int64).alias("kept"))]
    values = []
    for batch in batches:
        many = pl.col("features").list.len().cast(pl.Int64).alias("kept")
        rows.append(batch.select("id", *_NAMES, many))
        values.append(batch["features"].list.explode().drop_nulls().to_numpy())
    return Marks(pl.concat(rows), values)


def flat(marks: Marks, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The features of the documents at some places, in that order, and where each begins.

    The batches are given up on the way, so that no feature is held twice.
    """
    from audit.duplication import pairing

    kept = marks.rows["kept"].to_numpy()
    offsets = np.zeros(len(places) + 1, np.int64)
    np.cumsum(kept[places], out=offsets[1:])
    values = np.empty(offsets[-1], np.int64)
    target = np.full(len(kept), -1, np.int64)
    target[places] = offsets[:-1]
    at = 0
    marks.values.reverse()
    while marks.values:
        part = marks.values.pop()
        at = pairing.put(np.ascontiguousarray(part), kept, at, target, values)
    return values, offsets
