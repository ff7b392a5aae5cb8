"""Which documents of an index may be copies of one: looked up by its keys, the rarest first."""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.duplication import relate, segments
from audit.duplication.features import Features, plain, verify
from audit.duplication.index import Index
from audit.duplication.segments import Segment

ROOM = 1 << 15  # rows that are looked through for one document; the rarest keys go first
CANDIDATES = 500  # texts that one document is compared with, at most
STEP = 100  # of them at once; where all of these have nothing to do with it, that is enough
SEEN = 0.05  # share of either that two texts must have in common to be looked at closely
LIKELY = 0.2  # or this, once
FEW = 60  # that share less are looked at: enough to tell what is common


def having(index: Index, keys: np.ndarray) -> list[tuple[Segment, int]]:
    """Rows that have any of the keys and are alive, each once."""
    found = []
    for segment in index.segments:
        starts, ends = segments.find(segment, keys)
        rows = [
            segments.rows_at(segment, start, end)
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            if start < end
        ]
        if rows:
            once = np.unique(np.concatenate(rows))
            found += [(segment, n) for n in once[~_removed(segment, once)].tolist()]
    return found


def _removed(segment: Segment, rows: np.ndarray) -> np.ndarray:
    """For each row, whether it was removed."""
    if not len(segment.dead):
        return np.zeros(len(rows), bool)
    at = np.minimum(np.searchsorted(segment.dead, rows), len(segment.dead) - 1)
    return segment.dead[at] == rows


Place = tuple[int, int]  # of a segment in the index, of a row in the segment


def nearby(
    index: Index, document: pl.DataFrame, own: np.ndarray
) -> tuple[dict[bytes, list[Place]], int]:
    """Where the other texts are that share enough keys, by digest; and how many were left out.

    Those that share the rarest keys go first, each key counting as one over its holders.
    """
    keys = np.sort(document["bands"].explode().drop_nulls().to_numpy().astype(np.uint64))
    spans = [segments.find(segment, keys) for segment in index.segments]
    if not len(keys) or not spans:
        return {}, 0
    sizes = np.sum([ends - starts for starts, ends in spans], axis=0)
    rarest = np.argsort(sizes, kind="stable")
    some = np.cumsum(sizes[rarest]) <= ROOM
    use = rarest[some | (np.arange(len(keys)) < relate.SHARED_KEYS)]
    needed = relate.SHARED_KEYS if len(keys) >= relate.FEW_KEYS else 1
    places, texts, rarity = [], [], []
    for n, (segment, (starts, ends)) in enumerate(zip(index.segments, spans, strict=True)):
        held = use[ends[use] > starts[use]]
        if not len(held):
            continue
        rows = np.concatenate([segments.rows_at(segment, starts[k], ends[k]) for k in held])
        weights = np.repeat(1 / sizes[held], ends[held] - starts[held])
        once, which, shared = np.unique(rows, return_inverse=True, return_counts=True)
        enough = (shared >= needed) & ~_removed(segment, once)
        once, weights = once[enough], np.bincount(which, weights)[enough]
        text = segment.digests[once]
        other = (text != own).any(axis=1)
        places.append(np.stack([np.full(len(once), n), once], axis=1)[other])
        texts.append(text[other])
        rarity.append(weights[other])
    if not places:
        return {}, 0
    found, text = np.concatenate(places), np.concatenate(texts)
    best = np.lexsort((text[:, 1], text[:, 0], -np.round(np.concatenate(rarity), 9)))
    chosen: dict[bytes, list[Place]] = {}
    taken = 0
    for at in best.tolist():
        digest = text[at].tobytes()
        if digest not in chosen and len(chosen) == CANDIDATES:
            break
        chosen.setdefault(digest, []).append((int(found[at, 0]), int(found[at, 1])))
        taken += 1
    return chosen, len(found) - taken


def sharing(
    index: Index, document: pl.DataFrame, texts: list[bytes], near: dict[bytes, list[Place]]
) -> tuple[dict[bytes, tuple[int, np.ndarray]], bool]:
    """Level and features of the document and of the texts that share some with it; by digest.

    And whether all of them were found: those that go last share only what is common, so a whole
    ``STEP`` of strangers is the end.
    """
    own: tuple[int, np.ndarray] = (document["level"][0], document["features"][0].to_numpy())
    held = {document["digest"][0]: own}
    few = 0
    for start in range(0, len(texts), STEP):
        part = texts[start : start + STEP]
        rows = [own, *(_row(index, near[text][0]) for text in part)]
        table = verify(unweighted(rows), *with_each(0, len(rows)))
        share = table.max(axis=1)
        alike, likely = share >= SEEN, share >= LIKELY
        if not alike.any():
            return held, True
        alike &= likely | (few + np.cumsum(alike & ~likely) <= FEW)
        few += int((alike & ~likely).sum())
        held |= {part[n]: rows[n + 1] for n in np.flatnonzero(alike).tolist()}
    return held, len(texts) < CANDIDATES


def _row(index: Index, place: Place) -> tuple[int, np.ndarray]:
    """The level and the features of a document."""
    segment, row = index.segments[place[0]], place[1]
    return int(segment.levels[row]), segments.features(segment, row)


def unweighted(rows: list[tuple[int, np.ndarray]]) -> Features:
    """Features of documents one after the other, not weighted."""
    counts = np.array([len(values) for _, values in rows], np.int64)
    values = np.concatenate([values for _, values in rows]).astype(np.int64)
    levels = np.array([level for level, _ in rows], np.int64)
    return plain(values, np.append(0, np.cumsum(counts)), levels)


def with_each(me: int, rows: int) -> np.ndarray:
    """The pairs of one row with each of the others."""
    others = np.delete(np.arange(rows), me)
    return np.stack([np.minimum(others, me), np.maximum(others, me)])
