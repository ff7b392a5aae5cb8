"""An index on disk of documents that were seen: what it keeps of each, and the keys to find it by.

The keys are the least n-grams of a fingerprint (63 bits), as in a run; and, told apart from them
by the 64th bit, hashes of its words, of its id and, where only the signature is known, of bands
of that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from audit import frames
from audit.duplication import index_store, segments
from audit.duplication.index_store import Manifest
from audit.duplication.segments import DamagedError, Segment

# One row a document that goes into an index: what is said of it, and its fingerprint. Where the
# level is null only the signature is known (it came from elsewhere).
ENTRY: dict[str, pl.DataType] = {
    "id": pl.String(),
    "source": pl.String(),
    "published": pl.String(),
    "title": pl.String(),
    **frames.FINGERPRINT,
}
BANDS, WIDTH = 42, 3  # of signatures without features: copies of similarity .5 meet in 995 of 1,000
APART = np.uint64(1 << 63)  # keys that are no features have this bit


@dataclass(frozen=True)
class Index:
    """An index at one moment; who writes to it changes nothing about it."""

    folder: Path
    manifest: Manifest
    segments: list[Segment]


def open_index(folder: str | Path) -> Index:
    """The index in a folder, mapped into memory: no document is read before it is asked for.

    Raises AuditError where there is none, or where it is damaged.
    """
    manifest, parts = index_store.snapshot(Path(folder))
    return Index(Path(folder), manifest, parts)


def stats(index: Index) -> dict[str, int | float]:
    """Counts of an index: documents, those of which only the signature is known, words, segments,
    documents removed that still take room, bytes on disk, in all and a document."""
    parts = index.manifest.parts
    documents = index.manifest.documents
    size = (index.folder / index_store.MANIFEST).stat().st_size
    size += sum(part.bytes + 4 * part.removed for part in parts)
    return {
        "documents": documents,
        "signature_only": sum(
            int((s.levels[s.alive()] < 0).sum())
            for s, part in zip(index.segments, parts, strict=True)
            if part.signed
        ),
        "words": sum(int(s.counts[s.alive(), 0].sum(dtype=np.int64)) for s in index.segments),
        "segments": len(parts),
        "removed": sum(part.removed for part in parts),
        "bytes": size,
        "bytes_a_document": round(size / documents, 1) if documents else 0,
    }


About = tuple[str, str | None, str | None, str | None]
_about = msgspec.json.Decoder(About)


def about(segment: Segment, row: int) -> About:
    """The id, source, date of publication and title of a document."""
    try:
        return _about.decode(segments.about(segment, row))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedError(segment.path, "what it says of a document cannot be read") from error


def digests(frame: pl.DataFrame) -> np.ndarray:
    """The digests of a frame as a matrix of uint64, zeros where they are null."""
    joined = b"".join(frame["digest"].fill_null(bytes(16)).to_list())
    return np.frombuffer(joined, "<u8").reshape(frame.height, 2)


def bands(signatures: np.ndarray) -> np.ndarray:
    """The keys of signatures: one a band of ``WIDTH`` values, a row of ``BANDS`` a signature."""
    cut = signatures[:, : BANDS * WIDTH].astype(np.uint64).reshape(len(signatures), BANDS, WIDTH)
    mixed = _mix(cut[:, :, 0] | cut[:, :, 1] << np.uint64(32))
    mixed = _mix(mixed ^ cut[:, :, 2] ^ (np.arange(BANDS, dtype=np.uint64) << np.uint64(32)))
    return mixed | APART


def _mix(x: np.ndarray) -> np.ndarray:
    """The finaliser of SplitMix64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def id_keys(ids: Sequence[str]) -> np.ndarray:
    """The keys that documents are found by, given their ids."""
    hashed = b"".join(
        hashlib.blake2b(i.encode("utf-8", "surrogatepass"), digest_size=8).digest() for i in ids
    )
    return np.frombuffer(hashed, "<u8") | APART
