"""The fingerprints of all documents, collected a batch at a time and kept small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from audit.duplication.fingerprint import Printed, printed
from audit.duplication.parcels import Parcels
from audit.duplication.threads import mapped

TEXTS = 500  # whose fingerprints are made at once


@dataclass
class Marks:
    """What is kept of each fingerprint, documents as they came: the two halves of its digest, which
    sort as its bytes do, whether there is any letter, the level, whether it is too short to be
    judged, the number of its features; and ``features``, those of all."""

    ids: pl.Series
    digest: np.ndarray
    rest: np.ndarray
    lettered: np.ndarray
    level: np.ndarray
    short: np.ndarray
    kept: np.ndarray
    features: Parcels


_KINDS = (np.uint64, np.uint64, np.bool_, np.int8, np.bool_, np.int32)
Kept = tuple[np.ndarray, ...]


def collect(batches: Iterable[pl.DataFrame]) -> Marks:
    """The fingerprints of frames with ``id`` and the columns of ``frames.FINGERPRINT``."""
    ids: list[pl.Series] = [pl.Series(dtype=pl.String)]
    rows: list[Kept] = []
    features = Parcels()
    half = pl.col("digest").bin
    asked = (
        half.slice(0, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big"),
        half.slice(8, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big").alias("rest"),
        pl.col("letters") > 0,
        "level",
        "short",
        pl.col("features").list.len(),
    )
    for batch in batches:
        made = tuple(column.to_numpy() for column in batch.select(asked))
        values = batch["features"].list.explode().drop_nulls().to_numpy()
        rows.append(_kept(features, made, values))
        ids.append(batch["id"])
    return _marks(pl.concat(ids), rows, features)


def of_texts(ids: Sequence[str], texts: Sequence[str], threads: int = 1) -> Marks:
    """The fingerprints of texts that are held in memory."""

    def made_of(at: int) -> list[Printed]:
        return list(printed(texts[at : at + TEXTS]))

    rows: list[Kept] = []
    features = Parcels()
    for parts in mapped(made_of, range(0, len(texts), TEXTS), threads):
        for part in parts:
            first, rest = part.digests.byteswap().T
            made = (first, rest, part.counts[:, 1] > 0, part.levels, part.short, part.kept)
            rows.append(_kept(features, made, part.features))
    return _marks(pl.Series(ids, dtype=pl.String), rows, features)


def _kept(features: Parcels, made: Kept, values: np.ndarray) -> Kept:
    """What is kept of a batch, whose features are put with those of others."""
    features.add(made[0], made[-1], values)
    return tuple(column.astype(kind) for column, kind in zip(made, _KINDS, strict=True))


def _marks(ids: pl.Series, rows: list[Kept], features: Parcels) -> Marks:
    empty = tuple(np.empty(0, kind) for kind in _KINDS)
    digest, rest, lettered, level, short, kept = (
        np.concatenate(parts) for parts in zip(empty, *rows, strict=True)
    )
    return Marks(ids, digest, rest, lettered, level, short, kept, features)


def keys(marks: Marks, places: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The least features of the documents at some places, ``most`` of each at most, as entries of
    ``pairing``, and where those of each would begin."""
    from audit.duplication import packing

    kept = marks.kept.astype(np.int64)
    target = np.full(len(kept), -1, np.int64)
    starts = _starts(np.minimum(kept[places], most))
    target[places] = np.arange(len(places))
    found = np.empty(starts[-1], np.uint64)
    used = 0
    for documents, features in marks.features.each():
        used = packing.entries(features, documents, kept, target, most, found, used)
    return found, starts


def flat(marks: Marks, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The features of the documents at some places, in that order, and where each begins.

    What is held is given up on the way, so that hardly a feature is held twice where the order is
    that of the digests.
    """
    from audit.duplication import packing

    kept = marks.kept.astype(np.int64)
    target = np.full(len(kept), -1, np.int64)
    offsets = _starts(kept[places])
    values = np.empty(offsets[-1], np.int64)
    target[places] = offsets[:-1]
    for documents, features in marks.features.taken():
        packing.put(features, documents, kept, target, values)
    return values, offsets


def _starts(counts: np.ndarray) -> np.ndarray:
    """Where each begins whose number is told, one after the other, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts
