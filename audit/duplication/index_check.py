"""Have we seen this before? What an index knows of a document, from fingerprints alone.

A document is looked up by the digest of its words, by the keys of its fingerprint and by bands
of its signature; what shares enough of them is verified as a run verifies it, by the functions of
``relate``. Texts are not kept, so relations are what fingerprints can tell.
"""

from __future__ import annotations

import msgspec
import numpy as np
import polars as pl

from audit.duplication import index_store, relate
from audit.duplication.features import verify, weigh
from audit.duplication.fingerprint import signatures
from audit.duplication.index import APART, Index, about, bands, digests
from audit.duplication.index_near import Place, having, nearby, sharing, unweighted, with_each
from audit.duplication.segments import Segment
from audit.model import AuditError

ALIKE = 0.4  # estimated similarity from which such a one is told as a copy
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
    with it and were not compared, because ``CANDIDATES`` others were that share rarer ones.
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
    for segment, n in having(index, own[:1] | APART):
        if (segment.digests[n] == own).all() and segment.levels[n] >= 0:
            found.append(_known(segment, n, "identical", 1.0, Held(1.0, 1.0), "words"))
    unverified = 0
    if not short:
        near, more = nearby(index, document, own)
        held, whole = sharing(index, document, list(near), near)
        unverified = 0 if whole else more
        found += _related(index, document, held, near, signature)
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


def _related(
    index: Index,
    document: pl.DataFrame,
    held: dict[bytes, tuple[int, np.ndarray]],
    near: dict[bytes, list[Place]],
    signature: np.ndarray,
) -> list[Known]:
    """Those of the texts held that are copies, verified as the documents of a corpus are."""
    if len(held) == 1:
        return []
    texts = sorted(held)
    me = texts.index(document["digest"][0])
    plain = unweighted([held[text] for text in texts])
    counts = np.diff(plain.offsets)
    flat = pl.DataFrame({"row": np.repeat(np.arange(len(texts)), counts), "features": plain.values})
    among = relate.candidates(flat.group_by("row", maintain_order=True).agg("features"))
    mine = with_each(me, len(texts))
    pairs = np.unique(np.concatenate([among, mine], axis=1), axis=1)
    first, second = np.ascontiguousarray(pairs)
    features = weigh(plain.values, plain.offsets, plain.levels, first, second)
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
    for segment, row in having(some, np.sort(bands(signature[None, :])[0])):
        similarity = _estimate(signature, segment.signatures[row])
        if segment.levels[row] < 0 and similarity >= ALIKE:
            found.append(_known(segment, row, "copy", similarity, None, "signature"))
    return found


def _estimate(a: np.ndarray, b: np.ndarray) -> float:
    """The Jaccard similarity of two sets from their MinHash signatures (Broder 1997)."""
    return _rounded(float(np.mean(a == b)))


def _rounded(share: float) -> float:
    return round(float(share), 4)
