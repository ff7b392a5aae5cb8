"""Whether one text alone is a machine's translation: its words, and the habits it mixes.

Two stages, fitted by ``tests/eval/fit_alone.py`` on news and its translations by people and by a
machine; ``alone.npz`` holds no text, only hashes and numbers. Words and word pairs say how like a
machine's the text is, at home in English and abroad, and where it comes from: a person's
translation must be weighed against machines' translations, not against what natives write. Then
these figures, the habits of spelling and style and the length say which of the four it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from audit.language.conventions import habits
from audit.language.hashed import Bag, Read, bag

BITS = 16  # weights of words and word pairs


class Weights(NamedTuple):
    """What the fitting script wrote."""

    words: Any  # int8: a row a slot, a column a figure of the first stage
    scale: Any  # of each column
    constant: Any
    american: Any  # sorted hashes of words that only American houses spell so
    british: Any
    groups: Any  # a row a feature and one for the constant, a column a group: people at home,
    # machines at home, people abroad, machines abroad


@cache
def weights() -> Weights:
    """The weights that ship with the product."""
    with np.load(Path(__file__).parent / "alone.npz", allow_pickle=False) as held:
        return Weights(*(held[name] for name in Weights._fields))


def odds(texts: Sequence[Read], held: Sequence[np.ndarray]) -> list[float]:
    """Log odds that each text is a machine's translation, as likely as not before it is read.

    ``held`` are the code points of the plain texts. What is said of a text depends on no other.
    """
    if not texts:
        return []
    w = weights()
    bags = [fold(bag(text)) for text in texts]
    figures = np.array([one.values @ w.words[one.slots] for one in bags]) * w.scale + w.constant
    told = habits(texts, held, w.american, w.british)
    rows = features(figures, told, np.array([len(text.hashes) for text in texts]))
    # A product of matrices would sum in another order for another number of rows.
    grouped = np.array([row @ w.groups[:-1] for row in rows]) + w.groups[-1]
    return odds_of(grouped).tolist()


def fold(held: Bag) -> Bag:
    """A bag in the slots of these weights, its values of length one."""
    norm = math.sqrt(float(held.values @ held.values)) or 1.0
    return Bag(held.slots & ((1 << BITS) - 1), held.values / norm)


def features(figures: np.ndarray, told: np.ndarray, length: np.ndarray) -> np.ndarray:
    """What the second stage weighs, a row a text; ``length`` in words and stops."""
    long = np.log(np.clip(length, 20.0, 5000.0))[:, None] - 6.0
    return np.concatenate([figures, figures * long, long, told], axis=1)


def odds_of(groups: np.ndarray) -> np.ndarray:
    """Log odds of the two groups of machines against the two of people, a row a text."""
    at_home, abroad = groups[:, 0], groups[:, 2]
    return np.logaddexp(groups[:, 1], groups[:, 3]) - np.logaddexp(at_home, abroad)
