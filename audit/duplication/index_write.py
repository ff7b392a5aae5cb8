"""Changing an index: documents go in as new segments and out by being marked as removed.

Segments of one size class are merged when there are ``FAN`` of them, so that their number grows
with the logarithm of the documents (O'Neil et al. 1996, "The log-structured merge-tree").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from audit import frames
from audit.duplication import index_store, relate, segments, segments_write
from audit.duplication.fingerprint import signatures
from audit.duplication.index import APART, BANDS, ENTRY, about, bands, digests, id_keys
from audit.duplication.index_store import Manifest, Part
from audit.duplication.segments import Segment
from audit.model import AuditError

FAN = 4  # segments of one size class that are merged into one of the next
CHUNK = 1 << 15  # documents put into the index at once: what a kill can cost


@dataclass(frozen=True)
class Added:
    """What became of documents: new ids, ids whose text or data changed, ids as they were."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
        )


def add(
    folder: str | Path,
    batches: Iterable[pl.DataFrame],
    say: Callable[[str], None] = index_store.tell,
) -> Added:
    """Put documents into the index in a folder, which is made where there is none.

    batches: frames of schema ``ENTRY``; of rows with one id the last one stays. An id that is there
    already with the same words, source, date and title stays as it is; else the new one takes its
    place. Each ``CHUNK`` of documents is there for good once it is in, so adding
    that was broken off can be done again. say: told when another writer is waited for. Raises
    AuditError where the index cannot be used or written.
    """
    total = Added()
    held: list[pl.DataFrame] = []
    rows = 0
    started = False
    for batch in batches:
        held.append(frames.conform(batch, ENTRY))
        rows += batch.height
        if rows >= CHUNK:
            total += _commit(Path(folder), pl.concat(held), say)
            held, rows, started = [], 0, True
    if rows or not started:
        total += _commit(Path(folder), pl.concat([frames.empty(ENTRY), *held]), say)
    return total


def remove(
    folder: str | Path, ids: Sequence[str], say: Callable[[str], None] = index_store.tell
) -> int:
    """Take documents out of the index in a folder; how many. Raises AuditError, with nothing
    taken out, where one of the ids is not in it."""
    folder = Path(folder)
    with index_store.writing(folder, say) as manifest:
        parts = index_store.open_parts(folder, manifest)
        wanted = sorted(set(ids))
        places = [p for p in locate(parts, wanted) if p is not None]
        if len(places) < len(wanted):
            missing = [i for i, p in zip(wanted, locate(parts, wanted), strict=True) if p is None]
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            raise AuditError(
                f"{folder}: not in the index: {', '.join(missing[:3])}{more}; nothing was removed"
            )
        generation = manifest.generation + 1
        kept = _without(folder, manifest.parts, parts, places, generation)
        manifest = msgspec.structs.replace(manifest, generation=generation, parts=tuple(kept))
        index_store.save(folder, manifest)
        _settle(folder, manifest)
    return len(wanted)


def locate(parts: Sequence[Segment], ids: Sequence[str]) -> list[tuple[int, int] | None]:
    """For each id the segment and row it lies in, None where it is not there."""
    found: list[tuple[int, int] | None] = [None] * len(ids)
    keys = id_keys(ids)
    order = np.argsort(keys)
    for n, segment in enumerate(parts):
        starts, ends = segments.find(segment, keys[order])
        alive = segment.alive()
        hits = np.flatnonzero(ends > starts)
        for at, start, end in zip(
            order[hits].tolist(), starts[hits].tolist(), ends[hits].tolist(), strict=True
        ):
            for row in segments.rows_at(segment, start, end).tolist():
                if alive[row] and about(segment, row)[0] == ids[at]:
                    found[at] = n, row
    return found


def _commit(folder: Path, frame: pl.DataFrame, say: Callable[[str], None]) -> Added:
    """Documents into the index, as one change that is there whole or not at all."""
    frame = frame.unique("id", keep="last", maintain_order=True)
    with index_store.writing(folder, say, make=True) as manifest:
        parts = index_store.open_parts(folder, manifest)
        places = locate(parts, frame["id"].to_list())
        same = np.array(
            [
                place is not None and _same(parts[place[0]], place[1], row)
                for place, row in zip(places, _identities(frame), strict=True)
            ],
            bool,
        )
        gone = [p for p, unchanged in zip(places, same, strict=True) if p and not unchanged]
        new = frame.filter(pl.Series(~same))
        if new.height:
            generation = manifest.generation + 1
            kept = _without(folder, manifest.parts, parts, gone, generation)
            name = f"{generation:08d}.segment"
            written = segments_write.write(folder / name, arrays(new))
            kept.append(
                Part(
                    file=name,
                    bytes=written.bytes,
                    digest=written.digest,
                    documents=new.height,
                    signed=new["level"].null_count(),
                )
            )
            manifest = msgspec.structs.replace(manifest, generation=generation, parts=tuple(kept))
            index_store.save(folder, manifest)
            _settle(folder, manifest)
    return Added(new.height - len(gone), len(gone), int(same.sum()))


_Identity = tuple[list[str | None], bytes, bytes]


def _identities(frame: pl.DataFrame) -> Iterable[_Identity]:
    """What makes a document the one that is there already: its data, its words."""
    marks = digests(frame)
    for n, (row, signature) in enumerate(
        zip(frame.select(*_ABOUT).iter_rows(), frame["signature"], strict=True)
    ):
        yield list(row), marks[n].tobytes(), signature


_ABOUT = ("id", "source", "published", "title")


def _same(segment: Segment, row: int, identity: _Identity) -> bool:
    data, digest, signature = identity
    return (
        list(about(segment, row)) == data
        and segment.digests[row].tobytes() == digest
        and segment.signatures[row].tobytes() == signature
    )


def _without(
    folder: Path,
    parts: Sequence[Part],
    opened: Sequence[Segment],
    places: Iterable[tuple[int, int]],
    generation: int,
) -> list[Part]:
    """The parts once the rows in these places are removed; those with nothing left go."""
    rows: dict[int, list[int]] = {}
    for n, row in places:
        rows.setdefault(n, []).append(row)
    kept = []
    for n, (part, segment) in enumerate(zip(parts, opened, strict=True)):
        if n in rows:
            dead = np.concatenate([segment.dead.astype(np.int64), np.array(rows[n], np.int64)])
            if len(dead) == part.documents:
                continue
            name = f"{generation:08d}{n:04d}.removed"
            part = index_store.removed(folder, name, part, dead)
        kept.append(part)
    return kept


def _settle(folder: Path, manifest: Manifest) -> None:
    """Merge until no size class is full and no segment is more than half removed; then sweep."""
    while group := _full(manifest.parts):
        parts = [part for part in manifest.parts if part in group]
        generation = manifest.generation + 1
        opened = index_store.open_parts(
            folder, msgspec.structs.replace(manifest, parts=tuple(parts))
        )
        name = f"{generation:08d}.segment"
        written = segments_write.merge(folder / name, opened)
        signed = sum(
            int((segment.levels[segment.alive()] < 0).sum())
            for part, segment in zip(parts, opened, strict=True)
            if part.signed
        )
        merged = Part(
            file=name,
            bytes=written.bytes,
            digest=written.digest,
            documents=sum(part.documents - part.removed for part in parts),
            signed=signed,
        )
        rest = [part for part in manifest.parts if part not in group]
        manifest = msgspec.structs.replace(manifest, generation=generation, parts=(*rest, merged))
        index_store.save(folder, manifest)
    index_store.sweep(folder, manifest)


def _full(parts: Sequence[Part]) -> list[Part]:
    """The segments to merge next, none where all is well."""
    classes: dict[int, list[Part]] = {}
    for part in parts:
        alive = part.documents - part.removed
        if alive < part.removed:
            return [part]
        classes.setdefault((alive.bit_length() + 1) // 2, []).append(part)
    for _, group in sorted(classes.items()):
        if len(group) >= FAN:
            return group
    return []


def arrays(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    """The arrays of a segment, from rows of schema ``ENTRY``; postings are not sorted yet."""
    rows = frame.height
    known = frame["level"].is_not_null()
    features = frame["features"].fill_null([])
    counts = frame.select(pl.col("words", "letters", "shingles").fill_null(0)).to_numpy()
    told = [msgspec.json.encode(row) for row in frame.select(*_ABOUT).iter_rows()]
    signature, digest = signatures(frame), digests(frame)
    whole = known & (frame["letters"].fill_null(0) > 0)
    found = frame.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("row"),
        pl.when(pl.Series(whole) & ~pl.col("short").fill_null(True)).then("bands").alias("bands"),
    )
    # Where there are few keys a shared one is enough: it is listed twice, and counts so.
    few = found.filter(pl.col("bands").list.len() < relate.FEW_KEYS)
    found = pl.concat([found, few]).explode("bands").drop_nulls()
    signed = np.flatnonzero(~known.to_numpy())
    told_by = np.flatnonzero(whole.to_numpy())
    keys = [
        (found["bands"].to_numpy().astype(np.uint64), found["row"].to_numpy()),
        (digest[told_by, 0] | APART, told_by),
        (id_keys(frame["id"].to_list()), np.arange(rows)),
        (bands(signature[signed]).reshape(-1), np.repeat(signed, BANDS)),
    ]
    return {
        "digests": digest,
        "signatures": signature,
        "counts": counts.astype(np.uint32),
        "levels": frame["level"].fill_null(-1).to_numpy().astype(np.int8),
        "feature_at": _offsets(features.list.len().to_numpy()),
        "about_at": _offsets(np.fromiter(map(len, told), np.int64, rows)),
        "features": features.explode().drop_nulls().to_numpy().astype(np.int64),
        "about": np.frombuffer(b"".join(told), np.uint8),
        "keys": np.concatenate([k for k, _ in keys]),
        "rows": np.concatenate([r for _, r in keys]).astype(np.uint32),
    }


def _offsets(lengths: np.ndarray) -> np.ndarray:
    found = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=found[1:])
    return found
