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
    relation = str(relate.relations(table, table[:, 0] >= relate.COPY)[0])
    if frame["digest"][0] == frame["digest"][1] and frame["letters"][0]:
        relation = "identical"
    elif short:
        relation, table = "independent", np.zeros((1, 4))
    asked = pl.DataFrame([("a", "b", relation, *table[0].tolist())], relate.RELATED, orient="row")
    judged = pairs.judged(asked, {"a": a, "b": b}).row(0, named=True)
    relation = judged["relation"]
    shared = passages(first, second)
    if relation == "independent" and not short and any(p.kind == "verbatim" for p in shared):
        relation = "boilerplate"
    return Shared(
        similarity=judged["similarity"],
        contained=model.Contained(a=judged["contained_a"], b=judged["contained_b"]),
        relation=relation,  # type: ignore[arg-type]
        credited=judged["credited"],
        passages=shared,
        short=short,
    )
