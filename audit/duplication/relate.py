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
from audit.duplication.marks import Marks
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

# What a pair of documents is, as far as fingerprints tell; and what the texts can tell of it.
RELATIONS = (
    *("independent", "boilerplate", "partial-copy", "copy", "round-up"),
    *("identical", "reworded-copy"),
)
INDEPENDENT, BOILERPLATE, PARTIAL, COPIED, ROUND_UP, IDENTICAL, REWORDED = range(len(RELATIONS))


@dataclass(frozen=True)
class Listed:
    """Pairs of documents with some overlap, ``first`` and ``second`` being places in
    ``Compared.met``, first < second, in order.

    ``row`` is their place in ``Compared.table``, -1 where the texts are the same; ``overlap`` the
    weight of shared features over that of the larger document, ``held_a`` and ``held_b`` the share
    of each that the other holds, ``plain`` like overlap, unweighted.
    """

    first: np.ndarray
    second: np.ndarray
    row: np.ndarray
    overlap: np.ndarray
    held_a: np.ndarray
    held_b: np.ndarray
    plain: np.ndarray


@dataclass(frozen=True)
class Compared:
    """What was compared, whatever its clusters: pairs of documents by place, and who they are.

    ``rows`` is the number of documents compared, ``table`` how much each pair of them shares,
    ``barred`` the round-ups. ``listed`` are the pairs worth a look, ``met`` the ids of the
    documents in them, ascending, ``source`` where these stand in ``Marks``, ``own`` which of
    them is the first with the same text, ``place`` where that one is among those compared, -1 where
    it is not.
    """

    rows: int
    first: np.ndarray
    second: np.ndarray
    table: np.ndarray
    features: Features
    barred: np.ndarray
    listed: Listed
    met: pl.Series
    source: np.ndarray
    own: np.ndarray
    place: np.ndarray


@dataclass(frozen=True)
class Related:
    """What each pair listed is (a place in ``RELATIONS``), the cluster of every document in a pair
    (``compared.met``) as the place of the first in it, what was cut, and what was compared."""

    relation: np.ndarray
    labels: np.ndarray
    truncated: dict[str, int]
    compared: Compared


def relate(marks: Marks, threads: int = 1) -> Related:
    """Pairs and clusters of documents from their fingerprints, whose features are given up."""
    ids = marks.ids
    rank = np.empty(len(ids), np.int64)  # in the order of the ids
    rank[ids.arg_sort().to_numpy()] = np.arange(len(ids))
    order, whose = _alike(marks.digest, marks.rest, rank)
    own = np.arange(len(ids))  # the first with the same text
    lettered = marks.lettered[order]
    own[order[lettered]] = order[whose[lettered]]
    held = order[(own[order] == order) & ~marks.short[order] & lettered]
    del order, whose, lettered
    first, second, near = _near(marks, held)
    held, first, second = _paired_first(held, first, second)
    values, offsets = collected.flat(marks, held)
    features = weigh(values, offsets, marks.level[held], first, second, near, threads)
    del values, near
    seen, table = over(features, first, second, SEEN, threads)
    first, second = first[seen].astype(np.int64), second[seen].astype(np.int64)
    features = thinned(features, first, second)
    barred = round_ups(first, second, table, features)
    listed, source = _listed(rank, own, held[first], held[second], table)
    place = np.full(len(ids), -1, np.int64)
    place[held] = np.arange(len(held))
    met = np.zeros(len(ids), np.int64)
    met[source] = np.arange(len(source))
    compared = Compared(
        len(held), first, second, table, features, barred, listed,
        ids.gather(source), source, met[own[source]], place[own[source]],
    )  # fmt: skip
    return _related(compared, _NONE)


def _alike(digest: np.ndarray, rest: np.ndarray, rank: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Documents by digest, then by rank; for each, where the first of its digest stands."""
    order = np.argsort(digest)
    ordered = digest[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    several = ~new  # the others stand as they should
    several[:-1] |= ~new[1:]
    some = order[several]
    some = some[np.lexsort((rank[some], rest[some], digest[some]))]
    order[several] = some
    new[1:] |= rest[order[1:]] != rest[order[:-1]]
    return order, np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))


def _near(marks: Marks, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of the documents at some places that share keys, and whether they may be a family."""
    entries, starts = collected.keys(marks, places, KEYS)
    first, second, shared = _meeting(entries, starts)
    many = np.diff(starts)
    near = (shared >= FAMILY_KEYS) | (np.minimum(many[first], many[second]) < FEW_KEYS)
    return first, second, near


def _paired_first(
    held: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same documents and pairs, those in pairs before the others."""
    alone = np.ones(len(held), np.bool_)
    alone[first] = alone[second] = False
    order = np.argsort(alone, kind="stable")
    rank = np.empty(len(held), np.int32)
    rank[order] = np.arange(len(held))
    return held[order], rank[first], rank[second]


def apart(related: Related, one: np.ndarray, two: np.ndarray) -> Related:
    """The same documents clustered again, the pairs given (places in ``met``) being no copies."""
    compared = related.compared
    whole = (compared.own == np.arange(len(compared.own))) & (compared.place >= 0)
    known = whole[one] & whole[two]
    low, high = np.sort((compared.place[one[known]], compared.place[two[known]]), axis=0)
    return _related(compared, np.sort(low * compared.rows + high))


_NONE = np.zeros(0, np.int64)


def _listed(
    rank: np.ndarray, own: np.ndarray, first: np.ndarray, second: np.ndarray, table: np.ndarray
) -> tuple[Listed, np.ndarray]:
    """The pairs compared, and those of texts that are the same, in order of their ids; the
    documents in them. ``rank`` is the place of each document by its id."""
    copies = np.flatnonzero(own != np.arange(len(own)))
    one = np.concatenate([rank[copies], rank[first]])
    two = np.concatenate([rank[own[copies]], rank[second]])
    low, high = np.minimum(one, two), np.maximum(one, two)
    order = np.argsort(low * len(rank) + high)
    met = np.zeros(len(rank), np.bool_)
    met[low] = met[high] = True
    place = np.cumsum(met) - 1
    swapped = (one > two)[order]
    row = np.append(np.full(len(copies), -1), np.arange(len(table)))[order]
    overlap, held_a, held_b, plain = np.concatenate([np.ones((len(copies), 4)), table])[order].T
    listed = Listed(
        place[low[order]], place[high[order]], row, overlap.copy(),
        np.where(swapped, held_b, held_a), np.where(swapped, held_a, held_b), plain.copy(),
    )  # fmt: skip
    documents = np.empty(len(rank), np.int64)
    documents[rank] = np.arange(len(rank))
    return listed, documents[met]


def _related(compared: Compared, codes: np.ndarray) -> Related:
    """Cluster, and put what is known of documents by place into words by id.

    ``codes`` are pairs that are no copies, as first * documents + second, ascending.
    """
    first, second, table, barred = (
        compared.first, compared.second, compared.table, compared.barred
    )  # fmt: skip
    labels, truncated = clusters(first, second, table, compared.features, barred, codes)
    together = labels[first] == labels[second]
    relation = told(table, together)
    rounded = (np.isin(first, barred) | np.isin(second, barred)) & ~together
    relation[rounded & (np.maximum(table[:, 1], table[:, 2]) >= PART)] = ROUND_UP
    known = np.append(labels, -1)[compared.place]
    cluster = np.where(compared.place >= 0, known, len(labels) + compared.own)
    return Related(
        relation=np.append(relation, IDENTICAL)[compared.listed.row],
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
    return first.astype(np.int64), second.astype(np.int64)


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
    return first.copy(), second.copy(), shared


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


def relations(table: np.ndarray, together: np.ndarray) -> np.ndarray:
    """What fingerprints tell of pairs; ``together`` says which are in one cluster."""
    return np.array(RELATIONS, object)[told(table, together)]


def told(table: np.ndarray, together: np.ndarray) -> np.ndarray:
    """The same, as places in ``RELATIONS``."""
    _, held_a, held_b, plain = table.T
    most, least = np.maximum(held_a, held_b), np.minimum(held_a, held_b)
    relation = np.full(len(table), INDEPENDENT, np.int8)
    relation[plain >= COPY] = BOILERPLATE
    relation[(most >= HELD) & ~together] = PARTIAL
    relation[together] = COPIED
    relation[together & (most >= 0.8) & (least < 0.6)] = PARTIAL
    return relation
