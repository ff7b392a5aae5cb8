"""Which documents of a corpus are copies of each other, from their fingerprints alone.

Identical texts are one; candidates share keys; every candidate is verified on weighted features;
round-ups are set aside; what is left is clustered by average linkage within each component.

Longer than most files: the steps hand each other arrays by place, which no other file knows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from audit.duplication import marks as collected
from audit.duplication.features import FAMILY_KEYS, Features, over, thinned, weigh
from audit.duplication.features import verify as verify
from audit.duplication.features import weighted as weighted
from audit.duplication.fingerprint import KEYS
from audit.duplication.marks import DIGEST, Marks
from audit.duplication.wholes import PART as PART
from audit.duplication.wholes import PRINTED
from audit.duplication.wholes import round_ups as round_ups

SHARED_KEYS = 2  # of a pair to be compared, unless one of them has few
FEW_KEYS = 16
SEEN = 0.06  # the least overlap of a pair that is listed
COPY = 0.32  # overlap from which a pair counts as a copy; figures are flat from .28 to .36
ASKED = 0.07  # overlap from which the texts are asked whether one is a copy in other words
HELD = 0.6  # share of a document that makes it a part of another
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
class Compared:
    """What was compared, whatever its clusters: pairs of documents by place, and who they are.

    ``ids`` are those of the documents compared, ``table`` how much each pair shares, ``barred``
    the round-ups. ``listed`` are the pairs as ``RELATED`` without the relation, in order, with
    the place of each in the table, null where the texts are the same; ``met`` the ids of the
    documents in them, ascending, ``own`` which of these is the first with the same text, ``place``
    where that one is in ``ids``, -1 where it was not compared.
    """

    ids: pl.Series
    first: np.ndarray
    second: np.ndarray
    table: np.ndarray
    features: Features
    barred: np.ndarray
    listed: pl.DataFrame
    met: pl.Series
    own: np.ndarray
    place: np.ndarray

    def sides(self, pairs: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Where the documents of pairs (``a``, ``b``) are in ``met``."""
        first, second = (
            self.met.search_sorted(pairs[side]).to_numpy().astype(np.int64) for side in ("a", "b")
        )
        return first, second


@dataclass(frozen=True)
class Related:
    """Pairs (``RELATED``), the cluster of every document in a pair (``compared.met``) as the place
    of the first in it, what was cut, and what was compared."""

    pairs: pl.DataFrame
    labels: np.ndarray
    truncated: dict[str, int]
    compared: Compared

    def clusters(self, pairs: pl.DataFrame) -> pl.Series:
        """The cluster of the first document of pairs, by its least id."""
        return self.compared.met.gather(self.labels[self.compared.sides(pairs)[0]])


def relate(marks: Marks, threads: int = 1) -> Related:
    """Pairs and clusters of documents from their fingerprints, whose features are given up."""
    rows = marks.rows.with_row_index("place").sort(*DIGEST, "id")
    same = pl.col("id").first().over(DIGEST)
    its = pl.when(pl.col("letters") > 0).then(same).otherwise("id")
    documents = rows.select("id", its.alias("own"))
    whole = documents["id"] == documents["own"]
    held = rows.filter(whole & ~pl.col("short") & (pl.col("letters") > 0))
    first, second, near = _near(marks, held["place"].to_numpy())
    held, first, second = _paired_first(held, first, second)
    values, offsets = collected.flat(marks, held["place"].to_numpy())
    ids, levels = held["id"], held["level"].to_numpy()
    del rows, held, whole
    features = weigh(values, offsets, levels, first, second, near, threads)
    seen, table = over(features, first, second, SEEN, threads)
    first, second = first[seen], second[seen]
    features = thinned(features, first, second)
    barred = round_ups(first, second, table, features)
    listed = _listed(documents, ids, first, second, table)
    met, own, place = _met(documents, ids, listed)
    compared = Compared(ids, first, second, table, features, barred, listed, met, own, place)
    return _related(compared, _NONE)


def _near(marks: Marks, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of the documents at some places that share keys, and whether they may be a family."""
    entries, starts = collected.keys(marks, places, KEYS)
    first, second, shared = _meeting(entries, starts)
    many = np.diff(starts)
    near = (shared >= FAMILY_KEYS) | (np.minimum(many[first], many[second]) < FEW_KEYS)
    return first, second, near


def _paired_first(
    held: pl.DataFrame, first: np.ndarray, second: np.ndarray
) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """The same documents and pairs, those in pairs before the others."""
    alone = np.ones(held.height, np.bool_)
    alone[first] = alone[second] = False
    order = np.argsort(alone, kind="stable")
    rank = np.empty(held.height, np.int64)
    rank[order] = np.arange(held.height)
    return held[order], rank[first], rank[second]


def apart(related: Related, pairs: pl.DataFrame) -> Related:
    """The same documents clustered again, the pairs given (``a``, ``b``) being no copies."""
    compared = related.compared
    one, two = compared.sides(pairs)
    whole = (compared.own == np.arange(len(compared.own))) & (compared.place >= 0)
    known = whole[one] & whole[two]
    low, high = np.sort((compared.place[one[known]], compared.place[two[known]]), axis=0)
    return _related(compared, np.sort(low * len(compared.ids) + high))


_NONE = np.zeros(0, np.int64)


def _listed(
    documents: pl.DataFrame, ids: pl.Series, first: np.ndarray, second: np.ndarray,
    table: np.ndarray,
) -> pl.DataFrame:  # fmt: skip
    """The pairs in order of their ids, with where each stands in the table."""
    overlap, held_a, held_b, plain = table.T
    a, b = ids.gather(first), ids.gather(second)
    swap = a > b
    swapped = swap.to_numpy()
    shares = ("overlap", "held_a", "held_b", "plain")
    compared = pl.DataFrame(
        {
            "a": a.zip_with(~swap, b),
            "b": b.zip_with(~swap, a),
            "overlap": overlap,
            "held_a": np.where(swapped, held_b, held_a),
            "held_b": np.where(swapped, held_a, held_b),
            "plain": plain,
            "place": np.arange(len(first)),
        }
    )
    same = documents.filter(pl.col("id") != pl.col("own")).select(
        pl.min_horizontal("id", "own").alias("a"),
        pl.max_horizontal("id", "own").alias("b"),
        *(pl.lit(1.0).alias(name) for name in shares),
        pl.lit(None, pl.Int64).alias("place"),
    )
    return pl.concat([same, compared]).sort("a", "b")


def _met(
    documents: pl.DataFrame, ids: pl.Series, listed: pl.DataFrame
) -> tuple[pl.Series, np.ndarray, np.ndarray]:
    """The documents in pairs, as ``Compared`` has them: ``met``, ``own`` and ``place``."""
    met = pl.concat([listed["a"], listed["b"]]).unique().alias("id")
    places = pl.DataFrame({"own": ids, "place": np.arange(len(ids))})
    found = documents.join(met.to_frame(), on="id", how="semi").join(places, on="own", how="left")
    found = found.sort("id")
    own = found["id"].search_sorted(found["own"]).to_numpy().astype(np.int64)
    return found["id"], own, found["place"].fill_null(-1).to_numpy()


def _related(compared: Compared, codes: np.ndarray) -> Related:
    """Cluster, and put what is known of documents by place into words by id.

    ``codes`` are pairs that are no copies, as first * documents + second, ascending.
    """
    first, second, table, barred = (
        compared.first, compared.second, compared.table, compared.barred
    )  # fmt: skip
    labels, truncated = clusters(first, second, table, compared.features, barred, codes)
    together = labels[first] == labels[second]
    told = _told(table, together)
    rounded = (np.isin(first, barred) | np.isin(second, barred)) & ~together
    told[rounded & (np.maximum(table[:, 1], table[:, 2]) >= PART)] = ROUND_UP
    listed = compared.listed
    named = pl.Series("relation", RELATIONS).gather(pl.Series(told, dtype=pl.UInt32))
    relation = named.gather(listed["place"]).fill_null("identical")
    known = np.append(labels, -1)[compared.place]
    cluster = np.where(compared.place >= 0, known, len(labels) + compared.own)
    return Related(
        pairs=listed.with_columns(relation).select(*RELATED),
        labels=_firsts(cluster),
        truncated={"components": truncated} if truncated else {},
        compared=compared,
    )


def _firsts(groups: np.ndarray) -> np.ndarray:
    """The place of the first of each one's group, groups being numbers from 0 on."""
    least = np.empty(int(groups.max(initial=-1)) + 1, np.int64)
    least[groups[::-1]] = np.arange(len(groups))[::-1]  # the last one put down stays
    return least[groups]


def candidates(held: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows of a frame (``features``) that share enough keys, first < second, sorted."""
    lengths = held["features"].list.len().to_numpy()
    offsets = np.append(0, np.cumsum(lengths)).astype(np.int64)
    first, second, _ = _candidates(held["features"].list.explode().drop_nulls().to_numpy(), offsets)
    return first, second


def _candidates(
    values: np.ndarray, offsets: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of documents that share enough keys, and how many, from all features."""
    from audit.duplication import pairing

    kept = np.diff(offsets)
    starts = np.append(0, np.cumsum(np.minimum(kept, KEYS)))
    entries = np.empty(starts[-1], np.uint64)
    values = np.ascontiguousarray(values, np.int64)
    documents = np.arange(len(kept))
    pairing.entries(values, documents, kept, documents, KEYS, entries, 0)
    return _meeting(entries, starts)


def _meeting(entries: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of documents that share enough of their keys (``pairing.entries``), and how many."""
    from audit.duplication import pairing

    entries.sort()
    places, behind = np.empty(len(entries), np.int32), np.empty(len(entries), np.uint8)
    pairing.places(entries, starts, places, behind)
    many = pairing.rows(entries.view(np.uint32))
    entries.resize((many + 1) // 2, refcheck=False)  # the keys themselves are needed no more
    rows = entries.view(np.int32)[:many]
    first, second, shared = pairing.list_pairs(rows, starts, places, behind, SHARED_KEYS, FEW_KEYS)
    return first.astype(np.int64), second.astype(np.int64), shared


def clusters(
    first: np.ndarray,
    second: np.ndarray,
    table: np.ndarray,
    features: Features,
    barred: np.ndarray,
    codes: np.ndarray,
) -> tuple[np.ndarray, int]:
    """A label a document, and how many components were too large for one threshold.

    ``barred`` documents stay alone, or with other prints of them; ``codes`` are pairs that are no
    copies, as first * documents + second, ascending.
    """
    from audit.duplication import linkage

    rows = len(features.levels)
    one, two = np.isin(first, barred), np.isin(second, barred)
    free = ~(one | two) | (one & two & (table[:, 0] >= PRINTED))
    free &= ~np.isin(first * rows + second, codes)
    cut, truncated = COPY, 0
    overlap = table[:, 0]
    use = free & (overlap >= cut)
    labels = np.empty(rows, np.int64)
    while True:
        linkage.components(first[use], second[use], labels)
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
    linkage.link(
        order, starts, COPY, features.values, features.scale, features.offsets,
        features.levels, features.totals, np.searchsorted(first, np.arange(rows + 1)), second,
        overlap, codes, labels,
    )  # fmt: skip
    return labels, truncated


# What fingerprints tell of a pair of different texts.
RELATIONS = ("independent", "boilerplate", "partial-copy", "copy", "round-up")
INDEPENDENT, BOILERPLATE, PARTIAL, COPIED, ROUND_UP = range(len(RELATIONS))


def relations(table: np.ndarray, together: np.ndarray) -> np.ndarray:
    """What fingerprints tell of pairs; ``together`` says which are in one cluster."""
    return np.array(RELATIONS, object)[_told(table, together)]


def _told(table: np.ndarray, together: np.ndarray) -> np.ndarray:
    """The same, as places in ``RELATIONS``."""
    _, held_a, held_b, plain = table.T
    most, least = np.maximum(held_a, held_b), np.minimum(held_a, held_b)
    relation = np.full(len(table), INDEPENDENT, np.uint32)
    relation[plain >= COPY] = BOILERPLATE
    relation[(most >= HELD) & ~together] = PARTIAL
    relation[together] = COPIED
    relation[together & (most >= 0.8) & (least < 0.6)] = PARTIAL
    return relation
