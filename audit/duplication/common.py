"""How common an n-gram or a word is in the English press: what sharing it does not prove.

``common.npz`` holds the hashes of character 9-grams found in more than ``HELD`` of some 4,600
news articles, as the upper 32 of 63 bits, and their weight (``HELD`` over that number) in 255ths.
For the words found in more than one article of a hundred it has the upper half of their hashes
(``kernels.words``) and how telling each is: the logarithm of the number of articles over those
that have it, in 255ths of what a word of one article in a hundred would have
(Sparck Jones 1972). It holds no text. ``python -m tests.eval.duplication common`` makes it from the
development data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

HELD = 16
SHIFT = 31
RARE = 100  # a word of one article in so many, or in fewer, tells as much as any


@cache
def _table() -> tuple[np.ndarray, np.ndarray]:
    with np.load(Path(__file__).with_name("common.npz")) as stored:
        return np.cumsum(stored["steps"].astype(np.int64)), stored["weights"].astype(np.int64)


def cap(features: np.ndarray, scale: np.ndarray, start: int) -> None:
    """Lower the weights of features to what their being common leaves.

    ``scale`` has the weight by the low bits of a feature; 255ths begin at its place ``start``.
    """
    from audit.duplication import holding

    hashes, limits = _table()
    slots = np.full(1 << (2 * len(hashes)).bit_length(), -1, np.int64)
    seen = np.zeros(1 << 18, np.uint8)
    holding.cap(features, SHIFT, hashes, start + limits, seen, slots, scale)


@cache
def words() -> tuple[np.ndarray, np.ndarray]:
    """A hash table of the words known to be common, 0 where it is empty, and how telling each is:
    for ``ties.tied``."""
    with np.load(Path(__file__).with_name("common.npz")) as stored:
        hashes = np.cumsum(stored["word_steps"].astype(np.int64))
        known = np.zeros(1 << (4 * len(hashes)).bit_length(), np.uint32)
        telling = np.zeros(len(known), np.uint8)
        for value, weight in zip(hashes.tolist(), stored["telling"].tolist(), strict=True):
            at = value & (len(known) - 1)
            while known[at]:
                at = (at + 1) & (len(known) - 1)
            known[at], telling[at] = value, weight
    return known, telling


def pack(
    hashes: np.ndarray, held: np.ndarray, words: np.ndarray, having: np.ndarray, articles: int,
    path: Path,
) -> None:  # fmt: skip
    """Write the tables: 63-bit hashes of n-grams, ascending, and the number of articles that hold
    each; hashes of words, ascending, and the number of the ``articles`` that have each."""
    short = hashes >> SHIFT
    first = np.flatnonzero(np.diff(short, prepend=-1))
    share = np.round(255 * HELD / np.maximum.reduceat(held, first)).astype(np.uint8)
    steps = np.diff(short[first], prepend=0).astype(np.uint32)
    often = having > articles / RARE
    half = (words[often] >> np.uint64(32)).astype(np.int64)
    told = np.log(articles / having[often]) / np.log(RARE)
    np.savez_compressed(
        path,
        steps=steps,
        weights=share,
        word_steps=np.diff(half, prepend=0).astype(np.uint32),
        telling=np.round(255 * told).astype(np.uint8),
    )
