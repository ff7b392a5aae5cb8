"""How common an n-gram is in the English press: what two texts sharing it does not prove.

``common.npz`` holds the hashes of character 9-grams found in more than ``HELD`` of some 4,600
news articles, as the upper 32 of 63 bits, and their weight (``HELD`` over that number) in 255ths.
It holds no text. ``python -m tests.eval.duplication common`` makes it from the development data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

HELD = 16
SHIFT = 31


@cache
def _table() -> tuple[np.ndarray, np.ndarray]:
    with np.load(Path(__file__).with_name("common.npz")) as stored:
        hashes = np.cumsum(stored["steps"].astype(np.int64))
        return hashes, stored["weights"].astype(np.float32) / np.float32(255)


def cap(features: np.ndarray, offsets: np.ndarray, used: np.ndarray, weights: np.ndarray) -> None:
    """Lower the weights of the features of some documents to what their being common leaves."""
    from audit.duplication import holding

    hashes, limits = _table()
    slots = np.full(1 << (2 * len(hashes)).bit_length(), -1, np.int64)
    holding.cap(
        features, offsets, used, SHIFT, hashes, limits, np.zeros(1 << 18, np.uint8), slots, weights
    )


def pack(hashes: np.ndarray, held: np.ndarray, path: Path) -> None:
    """Write the table from 63-bit hashes, ascending, and the number of articles that hold each."""
    short = hashes >> SHIFT
    first = np.flatnonzero(np.diff(short, prepend=-1))
    share = np.round(255 * HELD / np.maximum.reduceat(held, first)).astype(np.uint8)
    steps = np.diff(short[first], prepend=0).astype(np.uint32)
    np.savez_compressed(path, steps=steps, weights=share)
