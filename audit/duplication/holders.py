"""Who else holds what two documents share: a story they have in part, or boilerplate.

Boilerplate is what otherwise unrelated documents share. Copies of one another are one holder, and
so is a round-up with each of the stories it holds.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.duplication.pairs import STORY_WORDS
from audit.duplication.relate import Related

LONG = 120  # words that are a part of a story whoever else holds them


def stories(related: Related, labels: dict[str, str], pairs: pl.DataFrame) -> list[bool]:
    """For each pair (``a``, ``b``, ``common`` words shared), whether that is a part of a story.

    ``labels`` are the clusters, documents of one being one family.
    """
    from audit.duplication import pairing

    if not pairs.height:
        return []
    place = {id_: n for n, id_ in enumerate(related.ids.to_list())}
    number: dict[str, int] = {}
    families = np.array(
        [number.setdefault(labels[id_], len(number)) for id_ in related.ids.to_list()], np.int64
    )
    families[related.barred] = -1
    own = dict(related.documents.iter_rows())
    first = np.array([place[own[a]] for a in pairs["a"]], np.int64)
    second = np.array([place[own[b]] for b in pairs["b"]], np.int64)
    alone = np.empty(pairs.height, np.float64)
    features = related.features
    asked = np.unique(np.concatenate((first, second)))
    flags = np.zeros(len(families), np.bool_)
    flags[asked] = True
    known = np.unique(features.values[np.repeat(flags, np.diff(features.offsets))])
    slots = np.searchsorted(known, features.values)
    found = slots < len(known)
    found[found] = known[slots[found]] == features.values[found]
    family = np.repeat(families, np.diff(features.offsets))
    found &= family >= 0
    held = np.unique(slots[found] * max(len(number), 1) + family[found])
    counts = np.bincount(held // max(len(number), 1), minlength=len(known))
    pairing.held_alone(
        features.values, features.offsets, families, known, counts, first,
        second, alone,
    )  # fmt: skip
    words = pairs["common"].to_numpy()
    told = (words * alone >= STORY_WORDS) | (words >= LONG) | (families[first] == families[second])
    return list(told.tolist())
