"""Have we seen this before? What an index knows of a document, from fingerprints alone.

A document is looked up by the digest of its words, by the keys of its fingerprint and by bands
of its signature; what shares enough of them is verified as a run verifies it, by the functions of
``relate``. Texts are not kept, so relations are what fingerprints can tell.
"""

from __future__ import annotations

import msgspec
import numpy as np
import polars as pl

from audit.duplication import index_store, relate, segments
from audit.duplication.features import Features, verify, weigh
from audit.duplication.fingerprint import signatures
from audit.duplication.index import APART, Index, about, bands, digests
from audit.duplication.segments import Segment
from audit.model import AuditError

ALIKE = 0.4  # estimated similarity from which such a one is told as a copy
ROOM = 1 << 15  # rows that are looked through for one document; the rarest keys go first
CANDIDATES = 500  # texts that one document is verified against
SEEN = 0.05  # share of either that two texts must have in common to be looked at closely
_RANKS = ("identical", "copy", "contains", "contained", "round-up")


class Held(msgspec.Struct, frozen=True):
    """Shares, 0 to 1, of what each of two documents says that the other has too."""

    document: float
    known: float


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the index that is a copy of the one looked up.

    relation: identical (the same words), copy, contains (the one looked up has all of it),
    contained (it has all of the one looked up), round-up (one of the two is put together from
    several). similarity: Jaccard of word-5 shingles, estimated from 128 hashes (standard error at
    most .045). contained: shares of each side's distinctive text, estimated from sampled
    character 9-grams; null where only a signature is known. by: what told, ``words`` (exact),
    ``fingerprint`` or ``signature``.
    """

    id: str
    source: str | None
    published: str | None
    title: str | None
    relation: str
    similarity: float
    contained: Held | None
    by: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What an index knows of one document.

    short: too short to be judged, unless identical. unverified: how many documents share keys
    with it and were not looked at, because those that share more of them filled the room.
    """

    id: str
    known: list[Known]
    short: bool
    unverified: int = 0


def check(index: Index, documents: pl.DataFrame) -> list[Seen]:
    """What the index knows of each document: ``id`` and ``frames.FINGERPRINT``; one row, one item.

    What is found depends on the documents in the index, not on the order they came in or the
    segments they lie in. Raises AuditError where the index holds other fingerprints.
    """
    if index.manifest.fingerprint != index_store.scheme():
        raise AuditError(f"{index.folder}: {index_store.OTHER}")
    return [_seen(index, documents[n : n + 1]) for n in range(documents.height)]


def _seen(index: Index, document: pl.DataFrame) -> Seen:
    row = document.row(0, named=True)
    short = bool(row["short"])
    if not row["letters"]:
        return Seen(id=row["id"], known=[], short=True)
    own = digests(document)[0]
    signature = signatures(document)[0]
    found: list[Known] = []
    for segment, n in _having(index, own[:1] | APART):
        if (segment.digests[n] == own).all() and segment.levels[n] >= 0:
            found.append(_known(segment, n, "identical", 1.0, Held(1.0, 1.0), "words"))
    unverified = 0
    if not short:
        near, unverified = _near(index, document, own)
        found += _related(index, document, near, signature)
        found += _signed(index, signature)
    found.sort(key=lambda k: (_RANKS.index(k.relation), -_most(k), k.published or "~", k.id))
    return Seen(id=row["id"], known=found, short=short, unverified=unverified)


def _most(known: Known) -> float:
    held = known.contained
    return known.similarity if held is None else max(held.document, held.known)


def _known(
    segment: Segment, row: int, relation: str, similarity: float, held: Held | None, by: str
) -> Known:
    """A document of a segment as a known copy."""
    identity = about(segment, row)
    return Known(
        id=identity[0],
        source=identity[1],
        published=identity[2],
        title=identity[3],
        relation=relation,
        similarity=similarity,
        contained=held,
        by=by,
    )


def _having(index: Index, keys: np.ndarray) -> list[tuple[Segment, int]]:
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
            found += [(segment, n) for n in once[~_dead(segment, once)].tolist()]
    return found


def _dead(segment: Segment, rows: np.ndarray) -> np.ndarray:
    at = np.searchsorted(segment.dead, rows)
    return segment.dead[np.minimum(at, len(segment.dead) - 1)] == rows if len(segment.dead) else (
        np.zeros(len(rows), bool)
    )  # fmt: skip


_Place = tuple[int, int]  # of a segment in the index, of a row in the segment


def _near(
    index: Index, document: pl.DataFrame, own: np.ndarray
) -> tuple[dict[bytes, list[_Place]], int]:
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
    places, texts, rarity = [], [], []
    for n, (segment, (starts, ends)) in enumerate(zip(index.segments, spans, strict=True)):
        held = use[ends[use] > starts[use]]
        if not len(held):
            continue
        rows = np.concatenate([segments.rows_at(segment, starts[k], ends[k]) for k in held])
        weights = np.repeat(1 / sizes[held], ends[held] - starts[held])
        once, which, shared = np.unique(rows, return_inverse=True, return_counts=True)
        many = np.minimum(segment.feature_at[once + 1] - segment.feature_at[once], len(keys))
        enough = (shared >= relate.SHARED_KEYS) | (many < relate.FEW_KEYS)
        enough &= ~_dead(segment, once)
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
    chosen: dict[bytes, list[_Place]] = {}
    taken = 0
    for at in best.tolist():
        digest = text[at].tobytes()
        if digest not in chosen and len(chosen) == CANDIDATES:
            break
        chosen.setdefault(digest, []).append((int(found[at, 0]), int(found[at, 1])))
        taken += 1
    return chosen, len(found) - taken


def _related(
    index: Index,
    document: pl.DataFrame,
    near: dict[bytes, list[_Place]],
    signature: np.ndarray,
) -> list[Known]:
    """The texts nearby that are copies, verified as those of a corpus are."""
    if not near:
        return []
    own = document["digest"][0]
    texts = sorted([own, *near])
    rows = {text: _row(index, places[0]) for text, places in near.items()}
    level, values = int(document["level"][0]), document["features"][0].to_numpy()
    levels = np.array([level if t == own else rows[t][0] for t in texts], np.int64)
    held = [values if t == own else rows[t][1] for t in texts]
    me = texts.index(own)
    # What hardly shares anything goes first; it would not change what others share.
    plain = _plain(held, levels)
    table = verify(plain, *_with(me, len(texts)))
    keep = np.sort(np.append(np.delete(np.arange(len(texts)), me)[table.max(axis=1) >= SEEN], me))
    texts, held, levels = [texts[n] for n in keep], [held[n] for n in keep], levels[keep]
    if len(texts) == 1:
        return []
    me = texts.index(own)
    plain = _plain(held, levels)
    counts = np.diff(plain.offsets)
    flat = pl.DataFrame({"row": np.repeat(np.arange(len(texts)), counts), "features": plain.values})
    among = relate.candidates(flat.group_by("row", maintain_order=True).agg("features"))
    mine = _with(me, len(texts))
    pairs = np.unique(np.concatenate([among, mine], axis=1), axis=1)
    first, second = np.ascontiguousarray(pairs)
    features = weigh(plain.values, plain.offsets, levels, first, second)
    table = verify(features, first, second)
    barred = relate.round_ups(first, second, table, features)
    use = (first == me) | (second == me)
    swap = second[use] == me
    other = np.where(swap, first[use], second[use])
    table = table[use]
    relations = relate.relations(table, table[:, 0] >= relate.COPY)
    in_mine = np.where(swap, table[:, 2], table[:, 1])
    in_other = np.where(swap, table[:, 1], table[:, 2])
    rounded = np.isin(other, barred) | (me in barred)
    rounded &= np.maximum(in_mine, in_other) >= relate.PART
    found = []
    for n, at in enumerate(other.tolist()):
        relation = "round-up" if rounded[n] else str(relations[n])
        if relation == "partial-copy":
            relation = "contained" if in_mine[n] >= in_other[n] else "contains"
        if relation not in _RANKS:
            continue
        shares = Held(_rounded(in_mine[n]), _rounded(in_other[n]))
        for place, row in near[texts[at]]:
            segment = index.segments[place]
            similarity = _estimate(signature, segment.signatures[row])
            found.append(_known(segment, row, relation, similarity, shares, "fingerprint"))
    return found


def _row(index: Index, place: _Place) -> tuple[int, np.ndarray]:
    """The level and the features of a document."""
    segment, row = index.segments[place[0]], place[1]
    return int(segment.levels[row]), segments.features(segment, row)


def _plain(held: list[np.ndarray], levels: np.ndarray) -> Features:
    """Features of documents one after the other, not weighted."""
    counts = np.array([len(values) for values in held], np.int64)
    offsets = np.append(0, np.cumsum(counts))
    values = np.concatenate(held).astype(np.int64)
    return Features(
        values, np.ones(len(values), np.float32), offsets, levels, counts.astype(np.float64)
    )


def _with(me: int, rows: int) -> np.ndarray:
    """The pairs of one row with each of the others."""
    others = np.delete(np.arange(rows), me)
    return np.stack([np.minimum(others, me), np.maximum(others, me)])


def _signed(index: Index, signature: np.ndarray) -> list[Known]:
    """Copies among the documents of which only the signature is known."""
    parts = [
        segment
        for segment, part in zip(index.segments, index.manifest.parts, strict=True)
        if part.signed
    ]
    if not parts:
        return []
    some = Index(index.folder, index.manifest, parts)
    found = []
    for segment, row in _having(some, np.sort(bands(signature[None, :])[0])):
        similarity = _estimate(signature, segment.signatures[row])
        if segment.levels[row] < 0 and similarity >= ALIKE:
            found.append(_known(segment, row, "copy", similarity, None, "signature"))
    return found


def _estimate(a: np.ndarray, b: np.ndarray) -> float:
    """The Jaccard similarity of two sets from their MinHash signatures (Broder 1997)."""
    return _rounded(float(np.mean(a == b)))


def _rounded(share: float) -> float:
    return round(float(share), 4)
