"""Which words of one text are which words of another: an alignment that survives moved paragraphs.

Runs of words that both texts share are found on seeds of a few words, the heaviest ordered chain
of them is kept, with long runs that moved elsewhere; what lies between two neighbours is
compared word by word. The time grows with the length of the texts, not with their product.
"""

from __future__ import annotations

from itertools import chain

import numpy as np

from audit.duplication.units import code_points, units, unspaced
from audit.tokens import Text

Op = tuple[str, int, int, int, int]
OPS = ("equal", "replace", "insert", "delete")  # in the order of ``matching``


def align(a: Text, b: Text) -> list[Op]:
    """What was done to the words of ``a`` to give ``b``.

    Returns ``(op, a_start, a_end, b_start, b_end)`` with op equal, replace, insert or delete, in
    characters of ``raw``, each span from the start of a word to the end of a word. Words are equal
    where they differ in case and typography only. Every word of ``a`` lies in exactly one
    equal, replace or delete, every word of ``b`` in exactly one equal, replace or insert. Ops
    are ordered by their place in ``a``; a passage that moved has its ``b`` span out of order.
    The empty side of an insert or delete is the offset where its words would stand.
    """
    from audit.duplication import matching  # compiled: loaded where it is used

    spans_a, spans_b = units(a), units(b)
    dense = len(spans_a) > len(a.words) or len(spans_b) > len(b.words)
    ids_a, words_a = _known(a, spans_a, dense)
    ids_b, words_b = _known(b, spans_b, dense)
    number = {word: -1 - n for n, word in enumerate(dict.fromkeys(chain(words_a, words_b)))}
    for ids, words in ((ids_a, words_a), (ids_b, words_b)):
        ids[ids < 0] = np.fromiter(map(number.__getitem__, words), np.int32, len(words))
    found = matching.operations(ids_a, ids_b)
    op, i, i2, j, j2 = found[np.lexsort((found[:, 3], found[:, 2], found[:, 1]))].T
    here, there = _characters(spans_a, i, i2, len(a.raw)), _characters(spans_b, j, j2, len(b.raw))
    places = zip(*(array.tolist() for array in (*here, *there)), strict=True)
    return [(OPS[n], *place) for n, place in zip(op.tolist(), places, strict=True)]


def _known(text: Text, spans: np.ndarray, dense: bool) -> tuple[np.ndarray, list[str]]:
    """What units are known by: the code point of one that stands for a word (where one of the texts
    has such, ``dense``), else -1; and the others, in lower case."""
    if not dense:
        return np.full(len(spans), -1, np.int32), text.lower
    lowered = text.plain.lower()
    if len(lowered) != len(text.plain):  # a few capitals lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.plain)
    points = code_points(lowered)[spans[:, 0]].astype(np.int32)
    words = ~unspaced(points)
    points[words] = -1
    return points, [lowered[start:end] for start, end in spans[words].tolist()]


def _characters(
    spans: np.ndarray, first: np.ndarray, last: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Where runs of units start and end; of an empty one, where its units would stand."""
    end = spans[-1, 1] if len(spans) else size
    starts = np.append(spans[:, 0], end)[first]
    return starts, np.where(last > first, np.append(0, spans[:, 1])[last], starts)
