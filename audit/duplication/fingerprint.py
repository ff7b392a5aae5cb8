"""The fingerprint of a text: all that duplication keeps of it, computed for a batch at once.

The MinHash signature is datasketch's (version 2, scheme affine32, seed 1), bit for bit, over runs
of five folded words. Copies are verified on character n-grams, sampled by their hash, so that the
same n-gram is kept in every document that holds it (Broder 1997, "On the resemblance and
containment of documents", section 4: sampling modulo m).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from audit import frames
from audit.duplication.fold import Folder

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE = 5  # words
PERMUTATIONS = 128
SEED = 1
GRAM = 9  # letters
SHORT_GRAM = 5  # letters, where most of them stand for a word or a part of it
LEVEL = 3  # one n-gram in 2**3 is kept, as a rule:
LEAST = 64  # more of a text that would keep fewer than these
FEATURES = 640  # less of a text that would keep more than these
KEYS = 32  # of them, those with the least hashes are what candidates are found by
SHORT = 60  # letters: some ten words of English; below, only an identical text is told
UNKNOWN = 1 << 16  # characters not met before that are looked at together
BATCH = 1 << 24  # characters given to the compiled loops at once, or one text


@cache
def permutations(number: int = PERMUTATIONS, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """The factors (odd) and summands of datasketch's default scheme, as datasketch makes them."""
    draw = np.random.RandomState(seed)
    factors = draw.randint(0, 1 << 31, number, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, number, dtype=np.uint32)


def minhash(signature: bytes, seed: int = SEED) -> MinHash:
    """A row's signature as a ``datasketch.MinHash``: for its LSH, its LeanMinHash, or a merge."""
    from datasketch import MinHash

    values = np.frombuffer(signature, "<u4")
    return MinHash(hashvalues=values, seed=seed, scheme="affine32")


@cache
def _folder() -> Folder:
    return Folder()


def fingerprint(texts: Sequence[str], number: int = PERMUTATIONS) -> pl.DataFrame:
    """One row a text, in order, with the columns of ``frames.FINGERPRINT``.

    ``number`` is the number of permutations of the signature, a multiple of 8; with 0 there is
    none, which is twice as fast: copies are found without it. Any text will do, also an empty
    one, whose signature is datasketch's of an empty set.
    """
    if number % 8:
        raise ValueError(f"number is {number}: it must be a multiple of 8")
    return pl.concat([_frame(part) for part in printed(texts, number)])


@dataclass(frozen=True)
class Printed:
    """The fingerprints of some texts: a row or a value a text, and the features of all, of which
    ``kept`` belong to each; ``counts`` are words, letters and shingles."""

    digests: np.ndarray
    counts: np.ndarray
    signatures: np.ndarray
    levels: np.ndarray
    kept: np.ndarray
    features: np.ndarray

    @property
    def short(self) -> np.ndarray:
        """Whether each text is too short to be judged, unless identical."""
        return self.counts[:, 1] < SHORT


def printed(texts: Sequence[str], number: int = 0) -> Iterator[Printed]:
    """The fingerprints of texts, in order, as many at a time as ``BATCH`` allows; at least one."""
    start = size = 0
    for n, text in enumerate(texts):
        if size and size + len(text) > BATCH:
            yield _batch(texts[start:n], number)
            start, size = n, 0
        size += len(text)
    if start < len(texts) or not texts:
        yield _batch(texts[start:], number)


def _batch(texts: Sequence[str], number: int) -> Printed:
    from audit.duplication import kernels

    source, offsets, table = utf8(texts)
    rows = len(texts)
    signatures = np.empty((rows, number), np.uint32)
    digests = np.empty((rows, 2), np.uint64)
    counts = np.empty((rows, 3), np.int64)
    levels = np.empty(rows, np.int64)
    kept = np.empty(rows, np.int64)
    if number:
        kernels.signatures(source, offsets, table, *permutations(number), SHINGLE, signatures)
    features = kernels.fingerprints(
        source, offsets, table, SHINGLE, GRAM, SHORT_GRAM, LEVEL, LEAST, FEATURES,
        digests, counts, levels, kept,
    )  # fmt: skip
    return Printed(digests, counts, signatures, levels, kept, features.view(np.int64))


def _frame(part: Printed) -> pl.DataFrame:
    ends = np.cumsum(part.kept)
    keys = np.minimum(part.kept, KEYS)
    first = np.repeat(ends - part.kept, keys) + _within(keys)
    frame = pl.DataFrame(
        {
            "digest": _binary(part.digests),
            "words": part.counts[:, 0],
            "letters": part.counts[:, 1],
            "shingles": part.counts[:, 2],
            "signature": _binary(part.signatures),
            "level": part.levels,
            "features": _lists(part.features, part.kept),
            "bands": _lists(part.features[first], keys),
            "short": part.short,
        }
    )
    return frames.conform(frame, frames.FINGERPRINT)


def utf8(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The bytes of all texts, the offsets where each begins and ends, the folding table.

    Characters that fold to several (ligatures, fractions) are written out; the table knows all.
    """
    source, offsets, table, _ = encoded(texts)
    return source, offsets, table


def encoded(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The same, and which texts are as they were, nothing being written out."""
    from audit.duplication.folding import SLACK

    folder = _folder()
    expanded = np.zeros(len(texts), np.bool_)
    if all(map(str.isascii, texts)):
        whole = "".join([*texts, "\0" * SLACK]).encode("ascii")
        return np.frombuffer(whole, np.uint8), _offsets(texts), folder.table, expanded == 0
    parts = [text.encode("utf-8", "surrogatepass") for text in texts]
    source, offsets = _joined(parts)
    _meet(folder, source, offsets, expanded)
    whole_ones = ~expanded
    if expanded.any():
        for n in np.flatnonzero(expanded).tolist():
            written = texts[n].translate(folder.expansions)
            parts[n] = written.encode("utf-8", "surrogatepass")
        source, offsets = _joined(parts)
        _meet(folder, source, offsets, expanded)
    return source, offsets, folder.table, whole_ones


def _meet(folder: Folder, source: np.ndarray, offsets: np.ndarray, expanded: np.ndarray) -> None:
    """Have the folder look at every character; ``expanded``: texts with some that fold to more."""
    from audit.duplication import folding

    unknown = np.empty(UNKNOWN, np.uint32)
    while found := folding.met(source, offsets, folder.table, expanded, unknown):
        folder.meet(unknown[:found])


def _joined(parts: list[bytes]) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of all texts with some to spare, and the offsets where each begins and ends."""
    from audit.duplication.folding import SLACK

    return np.frombuffer(b"".join([*parts, bytes(SLACK)]), np.uint8), _offsets(parts)


def _offsets(parts: Sequence[str] | Sequence[bytes]) -> np.ndarray:
    """Where each of some texts begins, and where the last ends."""
    offsets = np.zeros(len(parts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=offsets[1:])
    return offsets


def _within(counts: np.ndarray) -> np.ndarray:
    """0, 1, … up to each count, one after the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


def _binary(rows: np.ndarray) -> pl.Series:
    """The bytes of every row of a matrix."""
    width = rows.shape[1] * rows.itemsize
    whole = np.ascontiguousarray(rows).tobytes()
    parts = [whole[n * width : (n + 1) * width] for n in range(len(rows))]
    return pl.Series(parts, dtype=pl.Binary)


def _lists(flat: np.ndarray, counts: np.ndarray) -> pl.Series:
    """A column of lists from their values, one after the other, and their lengths."""
    row = pl.Series("row", np.repeat(np.arange(len(counts)), counts)).set_sorted()
    rows = pl.DataFrame({"row": row, "value": flat}).group_by("row", maintain_order=True)
    grouped = rows.agg("value")
    if grouped.height < len(counts):
        every = pl.DataFrame({"row": np.arange(len(counts))})
        grouped = every.join(grouped, on="row", how="left", maintain_order="left")
    return grouped["value"].fill_null([]).cast(pl.List(pl.Int64))


def signatures(frame: pl.DataFrame) -> np.ndarray:
    """The signatures of a frame as a matrix of uint32, one row a document."""
    joined = np.frombuffer(b"".join(frame["signature"].to_list()), np.uint32)
    return joined.reshape(frame.height, len(joined) // max(frame.height, 1))
