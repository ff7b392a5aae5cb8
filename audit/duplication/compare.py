"""Two texts alone: what they share and what they are to each other.

There is no corpus to tell what is common, so the weights shipped for the English press serve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from audit import model
from audit.duplication import pairs, relate
from audit.duplication.fingerprint import fingerprint
from audit.duplication.passages import passages
from audit.tokens import Text


@dataclass(frozen=True)
class Shared:
    """What two texts share; fields as in ``model.PairNote``.

    ``short``: one of them is too short to be judged, unless they are identical.
    """

    similarity: float
    contained: model.Contained
    relation: model.Relation
    credited: bool
    passages: list[model.Passage]
    short: bool


def compare_texts(a: str, b: str) -> Shared:
    """Compare two texts. Symmetric, but for the sides of ``contained`` and ``passages``."""
    frame = fingerprint([a, b]).with_columns(pl.Series("id", ["a", "b"]))
    first, second = Text(a), Text(b)
    short = bool(frame["short"].any())
    features = relate.weighted(frame)
    table = relate.verify(features, np.array([0]), np.array([1]))
    told = relate.told(table, table[:, 0] >= relate.COPY)
    if frame["digest"][0] == frame["digest"][1] and frame["letters"][0]:
        told[0] = relate.IDENTICAL
    elif short:
        told[0], table = relate.INDEPENDENT, np.zeros((1, 4))
    overlap, held_a, held_b, _ = table.T
    judged = pairs.judged([a, b], np.array([0]), np.array([1]), told, overlap, held_a, held_b)
    relation = relate.RELATIONS[judged["relation"][0]]
    shared = passages(first, second)
    if relation == "independent" and not short and any(p.kind == "verbatim" for p in shared):
        relation = "boilerplate"
    return Shared(
        similarity=float(judged["similarity"][0]),
        contained=model.Contained(
            a=float(judged["contained_a"][0]), b=float(judged["contained_b"][0])
        ),
        relation=relation,  # type: ignore[arg-type]
        credited=bool(judged["credit_a"][0] or judged["credit_b"][0]),
        passages=shared,
        short=short,
    )
