"""Who else holds what two documents share: a story they have in part, or boilerplate.

Boilerplate is what otherwise unrelated documents share. Copies of one another are one holder, and
so is a round-up with each of the stories it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audit.duplication.cover import STORY_WORDS
from audit.duplication.features import FREE, Features, different

if TYPE_CHECKING:
    from audit.duplication.relate import Compared

LONG = 120  # words that are a part of a story though others hold them: no more families than FREE
MOST = 0.5  # share of it that must be so: a form has variants that few hold


def stories(
    compared: Compared, labels: np.ndarray, one: np.ndarray, two: np.ndarray, words: np.ndarray
) -> np.ndarray:
    """For each pair (places in ``met``) that shares some words, whether they are a part of a story.

    ``labels`` are the clusters of the documents in pairs, documents of one being one family.
    """
    if not len(one):
        return np.zeros(0, np.bool_)
    size = len(labels) + compared.rows
    families = np.arange(len(labels), size)  # of those in no pair, each its own
    known = compared.place >= 0
    families[compared.place[known]] = labels[known]
    families[compared.barred] = -1
    first, second = compared.place[one], compared.place[two]
    alone, few = held_by(compared.features, families, first, second, (0, FREE))
    told = (words * alone >= STORY_WORDS) & (alone >= MOST)
    told |= (words >= LONG) & (few >= MOST)
    told |= families[first] == families[second]
    return np.asarray(told)


def held_by(
    features: Features,
    families: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    mosts: tuple[int, ...],
) -> list[np.ndarray]:
    """For each pair, the share of what it shares that no more families hold than each of ``mosts``;
    0 stands for their own. A family of -1 is counted in none."""
    from audit.duplication import holding

    none = np.empty(0, np.int64)
    met = np.empty(holding.shared(features.values, features.offsets, first, second, none), np.int64)
    if len(met):
        holding.shared(features.values, features.offsets, first, second, met)
    known = different(met)
    del met
    seen = np.zeros(max(1 << (2 * len(known)).bit_length(), 64), np.uint8)
    slots = np.full(1 << (2 * len(known) + 8).bit_length(), -1, np.int64)
    counts = np.zeros(len(known), np.int64)
    texts = (features.values, features.offsets, families)
    holding.holders(*texts, np.argsort(families, kind="stable"), known, seen, slots, counts)
    shares = []
    for most in mosts:
        share = np.empty(len(first), np.float64)
        left = np.where(counts <= most, 0, counts)
        holding.held_alone(*texts, known, slots, left, first, second, share)
        shares.append(share)
    return shares
