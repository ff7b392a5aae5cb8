"""Who else holds what two documents share: a story they have in part, or boilerplate.

Boilerplate is what otherwise unrelated documents share. Copies of one another are one holder, and
so is a round-up with each of the stories it holds.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.duplication.cover import STORY_WORDS
from audit.duplication.features import FREE, Features, different
from audit.duplication.relate import Related

LONG = 120  # words that are a part of a story though others hold them: no more families than FREE
MOST = 0.5  # share of it that must be so: a form has variants that few hold


def stories(related: Related, labels: dict[str, str], pairs: pl.DataFrame) -> list[bool]:
    """For each pair (``a``, ``b``, ``common`` words shared), whether that is a part of a story.

    ``labels`` are the clusters, documents of one being one family.
    """
    if not pairs.height:
        return []
    compared = related.compared
    place = dict(zip(compared.met["id"].to_list(), compared.met["place"].to_list(), strict=True))
    number: dict[str, int] = {}
    families = np.arange(
        len(compared.ids), 2 * len(compared.ids)
    )  # of those in no pair, each its own
    for document, at in place.items():
        if at is not None:
            families[at] = number.setdefault(labels[document], len(number))
    families[compared.barred] = -1
    first = np.array([place[a] for a in pairs["a"]], np.int64)
    second = np.array([place[b] for b in pairs["b"]], np.int64)
    alone, few = _alone(compared.features, families, 2 * len(families), first, second)
    words = pairs["common"].to_numpy()
    told = (words * alone >= STORY_WORDS) & (alone >= MOST)
    told |= (words >= LONG) & (few >= MOST)
    told |= families[first] == families[second]
    return list(told.tolist())


def _alone(
    features: Features, families: np.ndarray, size: int, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each pair, the shares of what it shares that no family beside its own holds, and that
    few do."""
    from audit.duplication import holding

    none = np.empty(0, np.int64)
    met = np.empty(holding.shared(features.values, features.offsets, first, second, none), np.int64)
    if len(met):
        holding.shared(features.values, features.offsets, first, second, met)
    known = different(met)
    seen = np.zeros(max(1 << (2 * len(known)).bit_length(), 64), np.uint8)
    slots = np.full(1 << (2 * len(known) + 8).bit_length(), -1, np.int64)
    asked = (features.values, features.offsets, families, known, seen, slots, max(size, 1))
    codes = np.empty(holding.holders(*asked, none), np.int64)
    if len(codes):
        holding.holders(*asked, codes)
    held_by = different(codes) // max(size, 1)
    counts = np.bincount(held_by, minlength=len(known))
    alone, few = np.empty((2, len(first)), np.float64)
    texts = (features.values, features.offsets, families, known)
    holding.held_alone(*texts, counts, first, second, alone)
    holding.held_alone(*texts, np.where(counts <= FREE, 0, counts), first, second, few)
    return alone, few
