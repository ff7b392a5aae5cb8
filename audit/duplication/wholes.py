"""Which documents are round-ups, from features alone: they hold two others that are strangers."""

from __future__ import annotations

import numpy as np

from audit.duplication.features import Features, verify
from audit.duplication.holders import held_by

PART = 0.45  # share of a document that a round-up holds
WHOLE = 0.8  # share of a document from which all of it is a part of another
FEW = 3  # families that may hold a part of a story: what more hold is boilerplate
PRINTED = 0.7  # overlap from which two round-ups are prints of one: others have a story in common
APART = 0.05  # overlap below which two parts of a round-up have nothing to do with each other


def round_ups(
    first: np.ndarray, second: np.ndarray, table: np.ndarray, features: Features
) -> np.ndarray:
    """Documents that hold most of two others which have nothing to do with each other.

    Of another they may hold boilerplate: if not all of it, then what is held by few.
    """
    wholes, parts = np.concatenate([first, second]), np.concatenate([second, first])
    size, inside = table[:, [1, 2]].T.ravel(), table[:, [2, 1]].T.ravel()
    use = (inside >= PART) & (size < 0.9)
    met = np.maximum(table[:, 1], table[:, 2]) >= APART
    use &= _strange(wholes, parts, use, first[met], second[met], len(features.levels))[wholes]
    doubted = np.flatnonzero(use & (inside < WHOLE))
    few = _few(features, first, second, table, doubted % max(len(first), 1))
    use[doubted[few < 0.5]] = False
    wholes, parts, size = wholes[use], parts[use], size[use]
    order = np.lexsort((parts, -size, wholes))
    wholes, parts = wholes[order], parts[order]
    leads = np.diff(wholes, prepend=-1) != 0  # the part of each that most of it is in
    if leads.all():
        return np.zeros(0, np.int64)
    main = parts[leads][np.cumsum(leads) - 1]
    wholes, main, other = wholes[~leads], main[~leads], parts[~leads]
    low, high = np.minimum(main, other), np.maximum(main, other)
    meet = verify(features, low, high)
    return np.unique(wholes[np.maximum(meet[:, 1], meet[:, 2]) < APART])


def _strange(
    wholes: np.ndarray, parts: np.ndarray, use: np.ndarray, first: np.ndarray, second: np.ndarray,
    rows: int,
) -> np.ndarray:  # fmt: skip
    """Which documents hold two others that are not among the pairs of those that are not apart.

    ``use`` says which parts count. The pairs are in order.
    """
    from audit.duplication import linkage

    some = np.flatnonzero(use)
    order = some[np.argsort(wholes[some], kind="stable")]
    starts = np.searchsorted(wholes[order], np.arange(rows + 1))
    found = np.zeros(rows, np.bool_)
    linkage.strange(
        parts[order], starts, np.searchsorted(first, np.arange(rows + 1)), second, found
    )
    return found


def _few(
    features: Features, first: np.ndarray, second: np.ndarray, table: np.ndarray, some: np.ndarray
) -> np.ndarray:
    """Of what some pairs share, the share that few families hold, prints of a text being one."""
    if not len(some):
        return np.zeros(0)
    from audit.duplication import linkage

    families = np.empty(len(features.levels), np.int64)
    prints = (table[:, 0] >= PRINTED) | (np.maximum(table[:, 1], table[:, 2]) >= WHOLE)
    linkage.components(first[prints], second[prints], families)
    return held_by(features, families, first[some], second[some], (FEW,))[0]
