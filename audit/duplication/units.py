"""What is compared of a text: its words, and in scripts without spaces its characters."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from audit.tokens import Text

# Scripts written without spaces: there a character counts as a word. The last says whether it
# is an alphabet, where a word takes several characters: Thai to Tibetan, Burmese, Khmer.
UNSPACED_RANGES = (
    (0x0E00, 0x0FFF, True),
    (0x1000, 0x109F, True),
    (0x1780, 0x17FF, True),
    (0x3040, 0x30FF, False),
    (0x31F0, 0x31FF, False),
    (0x3400, 0x4DBF, False),
    (0x4E00, 0x9FFF, False),
    (0xF900, 0xFAFF, False),
    (0x20000, 0x3FFFF, False),
)
_LEAST = UNSPACED_RANGES[0][0]


@lru_cache(maxsize=4)  # the two sides of a pair, and of the next
def units(text: Text) -> np.ndarray:
    """Where the words of a text start and end, two 32-bit columns, each in one piece; in scripts
    without spaces, its characters."""
    words = np.asfortranarray(np.array(text.words, np.int32).reshape(-1, 2))
    if text.raw.isascii():
        return words
    points = code_points(text.raw)
    if points.max(initial=0) < _LEAST:
        return words
    alone = unspaced(points)
    if not alone.any():
        return words
    inside = np.zeros(len(points) + 1, np.int8)
    inside[words[:, 0]] = 1
    inside[words[:, 1]] -= 1  # a word may begin where another ends
    inside = np.cumsum(inside[:-1], dtype=np.int8).astype(bool)
    edges = np.zeros(len(points) + 1, bool)  # between two characters of a word
    edges[words.ravel()] = True
    edges[:-1] |= alone
    edges[1:] |= alone
    found = np.empty((np.count_nonzero(inside & edges[:-1]), 2), np.int32, "F")
    found[:, 0] = np.flatnonzero(inside & edges[:-1])
    found[:, 1] = np.flatnonzero(inside & edges[1:])
    found[:, 1] += 1
    return found


def code_points(text: str) -> np.ndarray:
    """The code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def unspaced(points: np.ndarray) -> np.ndarray:
    """Which code points are of scripts without spaces."""
    found = np.zeros(len(points), bool)
    for first, last, _ in UNSPACED_RANGES:
        found |= (points >= first) & (points <= last)
    return found


def columns(spans: np.ndarray) -> tuple[memoryview, memoryview]:
    """Starts and ends of units, to be looked at one by one."""
    return spans[:, 0].data, spans[:, 1].data
