"""What documents share: their sampled n-grams, weighted so that what many hold counts little.

The weight of a feature falls with the number of families of documents that hold it and knows
nothing of the corpus, so a document that shares no feature with another changes nothing about it.
It stands in the feature's own low bits, as its place in a scale: nothing more is held, and two
features that are equal have equal weights. What is left of the hash, 47 bits, tells features apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import polars as pl

from audit.duplication.threads import mapped

FREE = 6  # families of documents that may hold a feature before it counts less
POWER = 2.0  # beyond, its weight is (FREE / families) ** POWER
CODE = (1 << 16) - 1  # the low bits of a feature, which say where in the scale its weight is
MOST = CODE - 256  # families: what more hold weighs no less; behind it in the scale are 255ths
FAMILY = 0.7  # unweighted overlap from which documents are a family, and count once
FAMILY_KEYS = 8  # shared keys of such a pair, of 32 each: it has some 20
PART = 1 << 13  # features, about, that are parted no further
PAIRS = 1 << 16  # verified at once
# Features, of several parts, that are counted at once: their counters stay in the cache; at most
LEAST_TOGETHER, TOGETHER = 1 << 17, 1 << 20  # so many, where a document would else have hardly any


@dataclass(frozen=True)
class Features:
    """The flat features of documents, where each document's begin, its level.

    ``scale`` has the weights, 32-bit floats, by the low bits of features (``CODE``); ``totals`` are
    their sums a document.
    """

    values: np.ndarray
    scale: np.ndarray
    offsets: np.ndarray
    levels: np.ndarray
    totals: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """The weight of each feature."""
        return np.asarray(self.scale[self.values & CODE])


@cache
def _scale() -> np.ndarray:
    """Weights by the number of families up to ``MOST``, then 255ths."""
    families = np.maximum(np.arange(MOST + 1), 1)
    by_families = np.minimum(1.0, (FREE / families) ** POWER).astype(np.float32)
    return np.append(by_families, np.arange(256).astype(np.float32) / np.float32(255))


def plain(values: np.ndarray, offsets: np.ndarray, levels: np.ndarray) -> Features:
    """Features that weigh the same; the low bits of ``values`` are cleared."""
    np.bitwise_and(values, ~np.int64(CODE), out=values)
    levels = np.ascontiguousarray(levels, np.int64)
    return Features(values, _scale(), offsets, levels, np.diff(offsets).astype(np.float64))


def flat(held: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The features of the rows of a frame, one after the other, where they begin, and levels."""
    lengths = held["features"].list.len().to_numpy().astype(np.int64)
    offsets = np.zeros(held.height + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    values = held["features"].list.explode().drop_nulls().to_numpy()
    return np.array(values, np.int64), offsets, held["level"].to_numpy()


def weighted(
    held: pl.DataFrame, first: np.ndarray | None = None, second: np.ndarray | None = None
) -> Features:
    """The features of documents (``features``, ``level``) that may be copies in pairs given."""
    values, offsets, levels = flat(held)
    if first is None or second is None:
        return _capped(plain(values, offsets, levels))
    return weigh(values, offsets, levels, first, second)


def weigh(
    values: np.ndarray,
    offsets: np.ndarray,
    levels: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    near: np.ndarray | None = None,
    threads: int = 1,
) -> Features:
    """Features, each weighted by the number of families that hold it; ``values`` are changed.

    Documents that are nearly the same (``near``: pairs that may be) are one family: a story
    that a hundred outlets print does not become common by that. Weights shipped for the English
    press cap those of the corpus.
    """
    from audit.duplication import linkage, weighing

    even = plain(values, offsets, levels)
    rows = len(even.levels)
    if near is not None:
        first, second = first[near], second[near]
    alike, _ = over(even, first, second, FAMILY, threads)
    families = np.empty(rows, np.int64)
    linkage.components(first[alike].astype(np.int64), second[alike].astype(np.int64), families)
    order = np.argsort(families, kind="stable")
    bits = (len(values) // PART).bit_length()
    counted = np.zeros(2 << bits, np.int64)
    weighing.histogram(values, bits, counted)
    edges = np.array(list(_edges(counted)), np.int64)
    if len(edges) < 2:
        return _capped(even)
    sizes = np.add.reduceat(counted, edges[:-1])

    def weigh_some(some: np.ndarray) -> None:
        ranges = (bits, edges[some[0] : some[-1] + 2], sizes[some])
        weighing.weigh(values, offsets, *ranges, families, order, FREE, MOST)

    shares = np.array_split(np.arange(len(sizes)), min(threads, len(sizes)))
    for _ in mapped(weigh_some, shares, threads):
        pass
    return _capped(even)


def _capped(features: Features) -> Features:
    """Features with the weights of the press put in, and the sum of each document."""
    from audit.duplication import common, holding

    common.cap(features.values, features.scale, MOST + 1)
    holding.total(features.values, features.offsets, features.scale, features.totals)
    return features


def thinned(features: Features, first: np.ndarray, second: np.ndarray) -> Features:
    """What of features is still asked about once the pairs that are looked at are known.

    Of a document in none of them only what some pair shares: it is counted who holds that. The
    features given are changed, and no longer to be used.
    """
    from audit.duplication import holding

    values, offsets = features.values, features.offsets
    whole = np.zeros(len(features.levels), np.bool_)
    whole[first] = whole[second] = True
    seen = np.zeros(max(1 << (len(values) // 16).bit_length(), 64), np.uint8)
    holding.note(values, offsets, first, second, seen)
    now = np.zeros(len(offsets), np.int64)
    used = holding.thin(values, offsets, whole, seen, now)
    values.resize(used, refcheck=False)  # the rest goes back to the system
    return replace(features, offsets=now)


def different(values: np.ndarray) -> np.ndarray:
    """The different ones of some values, ascending, which are sorted where they are: faster than
    numpy's ``unique``, and nothing is held twice."""
    values.sort()
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new]


def _edges(counted: np.ndarray) -> Iterator[int]:
    """Where ranges of parts begin, of some features each, and where the last ends; ``counted`` are
    the features of each part."""
    most = min(max(int(counted.sum()) // 64, LEAST_TOGETHER), TOGETHER)
    yield 0
    held = 0
    for n, size in enumerate(counted.tolist()):
        if held and held + size > most:
            yield n
            held = 0
        held += size
    if held:
        yield len(counted)


def verify(
    features: Features, first: np.ndarray, second: np.ndarray, threads: int = 1
) -> np.ndarray:
    """For each pair: overlap, share of the first held, share of the second held, plain overlap."""
    return over(features, first, second, 0.0, threads)[1]


def over(
    features: Features, first: np.ndarray, second: np.ndarray, least: float, threads: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Which pairs, by their places, have at least some overlap, and what ``verify`` tells of them.

    Weights are 1 at most, so many pairs are passed by without a look at what they share.
    """
    from audit.duplication import pairing

    def shared(start: int) -> tuple[np.ndarray, np.ndarray]:
        some = slice(start, start + PAIRS)
        one, two = first[some].astype(np.int64), second[some].astype(np.int64)
        kept, out = np.empty(len(one), np.int64), np.empty((len(one), 4), np.float64)
        used = pairing.share(
            features.values, features.scale, features.offsets, features.levels, features.totals,
            one, two, least, kept, out,
        )  # fmt: skip
        return kept[:used] + start, out[:used].copy()

    none = (np.empty(0, np.int64), np.empty((0, 4), np.float64))
    kept, tables = zip(none, *mapped(shared, range(0, len(first), PAIRS), threads), strict=True)
    return np.concatenate(kept), np.concatenate(tables)
