"""The fingerprint of a text: all that duplication keeps of it, computed for a batch at once.

The MinHash signature is datasketch's (version 2, scheme affine32, seed 1), bit for bit, over runs
of five folded words. Copies are verified on character n-grams, sampled by their hash, so that the
same n-gram is kept in every document that holds it (Broder 1997, "On the resemblance and
containment of documents", section 4: sampling modulo m).
"""

from __future__ import annotations

from collections.abc import Sequence
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
BATCH = 1 << 24  # characters given to the compiled loops at once, or one text


@cache
def permutations(number: int = PERMUTATIONS, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """The factors and summands of datasketch's default scheme, as datasketch makes them."""
    from datasketch import MinHash

    a, b = MinHash(num_perm=number, seed=seed).permutations
    return np.ascontiguousarray(a, np.uint32), np.ascontiguousarray(b, np.uint32)


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

    ``number`` is the number of permutations of the signature, a multiple of 8. Any text will do,
    also an empty one, whose signature is datasketch's of an empty set.
    """
    if number % 8:
        raise ValueError(f"number is {number}: it must be a multiple of 8")
    parts: list[pl.DataFrame] = []
    start = size = 0
    for n, text in enumerate(texts):
        if size and size + len(text) > BATCH:
            parts.append(_batch(texts[start:n], number))
            start, size = n, 0
        size += len(text)
    if start < len(texts) or not parts:
        parts.append(_batch(texts[start:], number))
    return pl.concat(parts)


def _batch(texts: Sequence[str], number: int) -> pl.DataFrame:
    from audit.duplication import kernels

    points, offsets, table = code_points(texts)
    rows = len(texts)
    signatures = np.empty((rows, number), np.uint32)
    digests = np.empty((rows, 2), np.uint64)
    counts = np.empty((rows, 3), np.int64)
    levels = np.empty(rows, np.int64)
    kept = np.empty(rows, np.int64)
    features = kernels.fingerprints(
        points, offsets, table, *permutations(number),
        SHINGLE, GRAM, SHORT_GRAM, LEVEL, LEAST, FEATURES,
        signatures, digests, counts, levels, kept,
    )  # fmt: skip
    ends = np.cumsum(kept)
    keys = np.minimum(kept, KEYS)
    first = np.repeat(ends - kept, keys) + _within(keys)
    frame = pl.DataFrame(
        {
            "digest": _binary(digests),
            "words": counts[:, 0],
            "letters": counts[:, 1],
            "shingles": counts[:, 2],
            "signature": _binary(signatures),
            "level": levels,
            "features": _lists(features.view(np.int64), kept),
            "bands": _lists(features[first].view(np.int64), keys),
            "short": counts[:, 1] < SHORT,
        }
    )
    return frames.conform(frame, frames.FINGERPRINT)


def code_points(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The code points of all texts, the offsets where each begins and ends, the folding table.

    Characters that fold to several (ligatures, fractions) are written out.
    """
    folder = _folder()
    joined = "".join(texts)
    points = _points(joined)
    if not joined.isascii() and folder.meet(points):
        texts = [text.translate(folder.expansions) for text in texts]
        points = _points("".join(texts))
        folder.meet(points)
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=offsets[1:])
    return points, offsets, folder.table


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _within(counts: np.ndarray) -> np.ndarray:
    """0, 1, … up to each count, one after the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


def _binary(rows: np.ndarray) -> pl.Series:
    """The bytes of every row of a matrix."""
    width = rows.shape[1] * rows.itemsize
    whole = np.ascontiguousarray(rows).tobytes()
    return pl.Series([whole[n : n + width] for n in range(0, len(whole), width)], dtype=pl.Binary)


def _lists(flat: np.ndarray, counts: np.ndarray) -> pl.Series:
    """A column of lists from their values, one after the other, and their lengths."""
    frame = pl.DataFrame({"row": np.repeat(np.arange(len(counts)), counts), "value": flat})
    grouped = frame.group_by("row", maintain_order=True).agg("value")
    rows = pl.DataFrame({"row": np.arange(len(counts))}).join(
        grouped, on="row", how="left", maintain_order="left"
    )
    return rows["value"].fill_null([]).cast(pl.List(pl.Int64))


def signatures(frame: pl.DataFrame) -> np.ndarray:
    """The signatures of a frame as a matrix of uint32, one row a document."""
    joined = np.frombuffer(b"".join(frame["signature"].to_list()), np.uint32)
    return joined.reshape(frame.height, len(joined) // max(frame.height, 1))
