"""Which documents of a corpus are copies of each other, from their fingerprints alone.

Identical texts are one; candidates share keys; every candidate is verified on weighted features;
round-ups are set aside; what is left is clustered by average linkage within each component.
The weight of a feature falls with the number of documents that hold it and knows nothing of the
corpus, so a document that shares no feature with another changes nothing about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

FREE = 6  # families of documents that may hold a feature before it counts less
POWER = 2.0  # beyond, its weight is (FREE / families) ** POWER
FAMILY = 0.7  # unweighted overlap from which documents are a family, and count once
SHARED_KEYS = 2  # of a pair to be compared, unless one of them has few
FEW_KEYS = 16
SEEN = 0.06  # the least overlap of a pair that is listed
COPY = 0.32  # overlap from which a pair counts as a copy; figures are flat from .28 to .36
ASKED = 0.07  # overlap from which the texts are asked whether one is a copy in other words
HELD = 0.6  # share of a document that makes it a part of another
PART = 0.45  # share of a document that a round-up holds
APART = 0.05  # overlap below which two parts of a round-up have nothing to do with each other
LARGEST = 5000  # documents of a component; a larger one is cut at a higher overlap

# One row a pair of documents with some overlap; a < b by id.
RELATED: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "relation": pl.String(),  # as far as fingerprints can tell
    "overlap": pl.Float64(),  # weight of shared features over that of the larger document
    "held_a": pl.Float64(),  # share of a's weight that b holds
    "held_b": pl.Float64(),
    "plain": pl.Float64(),  # like overlap, unweighted
}


@dataclass(frozen=True)
class Features:
    """The flat features of documents, their weights, where each document's begin, its level."""

    values: np.ndarray
    weights: np.ndarray
    offsets: np.ndarray
    levels: np.ndarray


@dataclass(frozen=True)
class Related:
    """Pairs (``RELATED``), one cluster label a document (its least id), and what was cut.

    The rest is what it takes to cluster again: every document's id and that of the first with
    the same text, the ids of the documents compared, pairs of them by place, how much they
    share, and the round-ups among them.
    """

    pairs: pl.DataFrame
    labels: dict[str, str]
    truncated: dict[str, int]
    documents: pl.DataFrame
    ids: pl.Series
    first: np.ndarray
    second: np.ndarray
    table: np.ndarray
    features: Features
    barred: np.ndarray


def relate(frame: pl.DataFrame) -> Related:
    """Pairs and clusters of the documents of a frame: ``id`` and ``frames.FINGERPRINT``."""
    frame = frame.sort("digest", "id")
    own = pl.when(pl.col("letters") > 0).then(pl.col("id").first().over("digest")).otherwise("id")
    documents = frame.select("id", own.alias("own"))
    whole = documents["id"] == documents["own"]
    held = frame.filter(whole & ~pl.col("short") & (pl.col("letters") > 0))
    i, j = candidates(held)
    features = weighted(held, i, j)
    table = verify(features, i, j)
    i, j, table = (x[table[:, 0] >= SEEN] for x in (i, j, table))
    barred = round_ups(i, j, table, features)
    return _related(documents, held["id"], i, j, table, features, barred)


def apart(related: Related, pairs: pl.DataFrame) -> Related:
    """The same documents clustered again, the pairs given (``a``, ``b``) being no copies."""
    places = pl.DataFrame({"id": related.ids, "place": range(len(related.ids))})
    found = pairs.join(places, left_on="a", right_on="id").join(
        places, left_on="b", right_on="id", suffix="_b"
    )
    low = found.select(pl.min_horizontal("place", "place_b")).to_series().to_numpy()
    high = found.select(pl.max_horizontal("place", "place_b")).to_series().to_numpy()
    codes = np.sort(low.astype(np.int64) * len(related.ids) + high)
    return _related(
        related.documents, related.ids, related.first, related.second, related.table,
        related.features, related.barred, codes,
    )  # fmt: skip


_NONE = np.zeros(0, np.int64)


def _related(
    documents: pl.DataFrame,
    ids: pl.Series,
    first: np.ndarray,
    second: np.ndarray,
    table: np.ndarray,
    features: Features,
    barred: np.ndarray,
    codes: np.ndarray = _NONE,
) -> Related:
    """Cluster, and put what is known of documents by place into words by id."""
    labels, truncated = clusters(first, second, table, features, barred, codes)
    pairs = _pairs(ids, first, second, table, barred, labels)
    same = documents.filter(pl.col("id") != pl.col("own")).select(
        pl.min_horizontal("id", "own").alias("a"),
        pl.max_horizontal("id", "own").alias("b"),
        pl.lit("identical").alias("relation"),
        *(pl.lit(1.0).alias(name) for name in ("overlap", "held_a", "held_b", "plain")),
    )
    known = pl.DataFrame(
        {"own": ids, "cluster": ids.gather(labels)},
        schema={"own": pl.String(), "cluster": pl.String()},
    )
    labelled = (
        documents.join(known, on="own", how="left", maintain_order="left")
        .with_columns(pl.coalesce("cluster", "own").alias("cluster"))
        .select("id", pl.col("id").min().over("cluster").alias("cluster"))
        .sort("id")
    )
    return Related(
        pairs=pl.concat([same.select(*RELATED), pairs]).sort("a", "b"),
        labels=dict(labelled.iter_rows()),
        truncated={"components": truncated} if truncated else {},
        documents=documents,
        ids=ids,
        first=first,
        second=second,
        table=table,
        features=features,
        barred=barred,
    )


def weighted(
    held: pl.DataFrame, first: np.ndarray | None = None, second: np.ndarray | None = None
) -> Features:
    """The features of documents, each weighted by the number of families that hold it.

    Documents that are nearly the same (of the pairs given) are one family: a story that a
    hundred outlets print does not become common by that. Weights shipped for the English press
    cap those of the corpus.
    """
    from audit.duplication import common, pairing

    lengths = held["features"].list.len().to_numpy().astype(np.int64)
    offsets = np.zeros(held.height + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    values = held["features"].list.explode().drop_nulls().to_numpy()
    values = np.ascontiguousarray(values, np.int64)
    levels = held["level"].to_numpy().astype(np.int64)
    weights = common.weights(values)
    if first is None or second is None:
        return Features(values, weights, offsets, levels)
    ranked = np.sort(values)
    edge = np.flatnonzero(np.diff(ranked, prepend=-1))
    often = np.diff(np.append(edge, len(ranked))) > FREE
    known = ranked[edge][often]
    plain = verify(Features(values, np.ones(len(values)), offsets, levels), first, second)
    near = plain[:, 0] >= FAMILY
    families = np.empty(held.height, np.int64)
    pairing.components(first[near], second[near], families)
    slots = np.full(1 << (2 * len(known) + 8).bit_length(), -1, np.int64)
    which = np.empty(len(values), np.float64)
    pairing.weigh(values, known, -np.arange(1.0, len(known) + 1), slots, which)
    common_ones = which < 0
    index = (-which[common_ones]).astype(np.int64) - 1
    family = np.repeat(families, lengths)[common_ones]
    pairs = np.sort(index * max(held.height, 1) + family)  # faster than numpy's unique
    held_by = pairs[np.diff(pairs, prepend=-1) != 0] // max(held.height, 1)
    counts = np.maximum(np.bincount(held_by, minlength=len(known)), 1)
    share = np.minimum(1.0, (FREE / counts) ** POWER)
    weights[common_ones] = np.minimum(weights[common_ones], share[index])
    return Features(values, weights, offsets, levels)


def candidates(held: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows that share enough keys, first < second, sorted."""
    from audit.duplication import pairing

    rows = held.height
    keys = (
        held.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"), "bands")
        .explode("bands")
        .drop_nulls()
        .sort("bands", "row")
    )
    changes = keys["bands"].to_numpy()
    edge = np.flatnonzero(np.diff(changes, prepend=-1))
    sizes = np.diff(np.append(edge, len(changes)))
    documents = keys["row"].to_numpy()[np.repeat(sizes > 1, sizes)]
    sizes = sizes[sizes > 1]
    found = np.empty(pairing.count_pairs(sizes), np.int64)
    pairing.list_pairs(np.ascontiguousarray(documents), sizes, rows, found)
    found.sort()
    edge = np.flatnonzero(np.diff(found, prepend=-1))
    shared = np.diff(np.append(edge, len(found)))
    pairs = found[edge]
    first, second = pairs // max(rows, 1), pairs % max(rows, 1)
    many = held["bands"].list.len().to_numpy()
    enough = (shared >= SHARED_KEYS) | (np.minimum(many[first], many[second]) < FEW_KEYS)
    return first[enough], second[enough]


def verify(features: Features, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """For each pair: overlap, share of the first held, share of the second held, plain overlap."""
    from audit.duplication import pairing

    out = np.empty((len(first), 6), np.float64)
    pairing.share(
        features.values, features.weights, features.offsets, features.levels, first, second, out
    )
    both, a, b, plain, count_a, count_b = out.T
    tiny = 1e-9
    return np.stack(
        [
            both / np.maximum(np.maximum(a, b), tiny),
            both / np.maximum(a, tiny),
            both / np.maximum(b, tiny),
            plain / np.maximum(np.maximum(count_a, count_b), 1),
        ],
        axis=1,
    )


def round_ups(
    first: np.ndarray, second: np.ndarray, table: np.ndarray, features: Features
) -> np.ndarray:
    """Documents that hold most of two others which have nothing to do with each other."""
    parts: dict[int, list[tuple[float, int]]] = {}
    for whole, part, inside, size in (
        (first, second, table[:, 2], table[:, 1]),
        (second, first, table[:, 1], table[:, 2]),
    ):
        use = (inside >= PART) & (size < 0.9)
        for w, p, s in zip(
            whole[use].tolist(), part[use].tolist(), size[use].tolist(), strict=True
        ):
            parts.setdefault(w, []).append((-s, p))
    asked: list[tuple[int, int, int]] = []
    for w, held in parts.items():
        held.sort()
        asked.extend((w, held[0][1], other) for _, other in held[1:])
    if not asked:
        return np.zeros(0, np.int64)
    wholes, main, other = np.array(asked, np.int64).T
    low, high = np.minimum(main, other), np.maximum(main, other)
    meet = verify(features, low, high)
    return np.unique(wholes[np.maximum(meet[:, 1], meet[:, 2]) < APART])


def clusters(
    first: np.ndarray,
    second: np.ndarray,
    table: np.ndarray,
    features: Features,
    barred: np.ndarray,
    codes: np.ndarray,
) -> tuple[np.ndarray, int]:
    """A label a document, and how many components were too large for one threshold.

    ``barred`` documents stay alone; ``codes`` are pairs that are no copies, as first * documents
    + second, ascending.
    """
    from audit.duplication import pairing

    rows = len(features.levels)
    free = ~(np.isin(first, barred) | np.isin(second, barred))
    free &= ~np.isin(first * rows + second, codes)
    cut, truncated = COPY, 0
    overlap = table[:, 0]
    use = free & (overlap >= cut)
    labels = np.empty(rows, np.int64)
    while True:
        pairing.components(first[use], second[use], labels)
        sizes = np.bincount(labels, minlength=rows)
        large = sizes[labels] > LARGEST
        if not large.any():
            break
        truncated += int((sizes > LARGEST).sum())
        cut += (1 - cut) / 4
        use &= ~large[first] | (overlap >= cut)
    order = np.argsort(labels, kind="stable")
    order = order[sizes[labels[order]] > 1]
    starts = np.append(np.flatnonzero(np.diff(labels[order], prepend=-1)), len(order))
    pairing.link(
        order, starts, COPY, features.values, features.weights, features.offsets,
        features.levels, codes, labels,
    )  # fmt: skip
    return labels, truncated


def relations(table: np.ndarray, together: np.ndarray) -> np.ndarray:
    """What fingerprints tell of pairs; ``together`` says which are in one cluster."""
    _, held_a, held_b, plain = table.T
    most, least = np.maximum(held_a, held_b), np.minimum(held_a, held_b)
    relation = np.full(len(table), "independent", object)
    relation[plain >= COPY] = "boilerplate"
    relation[(most >= HELD) & ~together] = "partial-copy"
    relation[together] = "copy"
    relation[together & (most >= 0.8) & (least < 0.6)] = "partial-copy"
    return relation


def _pairs(
    ids: pl.Series,
    first: np.ndarray,
    second: np.ndarray,
    table: np.ndarray,
    barred: np.ndarray,
    labels: np.ndarray,
) -> pl.DataFrame:
    """The pairs as a frame, with what fingerprints can tell of their relation."""
    overlap, held_a, held_b, plain = table.T
    together = labels[first] == labels[second]
    relation = relations(table, together)
    rounded = np.isin(first, barred) | np.isin(second, barred)
    relation[rounded & (np.maximum(held_a, held_b) >= PART)] = "round-up"
    a, b = ids.gather(first), ids.gather(second)
    swap = (a > b).to_numpy()
    low = pl.Series(np.where(swap, b, a), dtype=pl.String)
    high = pl.Series(np.where(swap, a, b), dtype=pl.String)
    return pl.DataFrame(
        {
            "a": low,
            "b": high,
            "relation": pl.Series(relation.tolist(), dtype=pl.String),
            "overlap": overlap,
            "held_a": np.where(swap, held_b, held_a),
            "held_b": np.where(swap, held_a, held_b),
            "plain": plain,
        },
        schema=RELATED,
    )
