"""Two texts alone: what they share and what they are to each other.

There is no corpus to tell what is common, so the weights shipped for the English press serve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from audit import model
from audit.duplication import pairs, relate
from audit.duplication.credit import credits
from audit.duplication.fingerprint import fingerprint
from audit.duplication.passages import passages
from audit.duplication.story import rewritten
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
    sets = pairs.shingle_sets([a, b])
    similarity, contained_a, contained_b = pairs.resemblance(*sets)
    first, second = Text(a), Text(b)
    relation = "independent"
    short = bool(frame["short"].any())
    shared = passages(first, second)
    if frame["digest"][0] == frame["digest"][1] and frame["letters"][0]:
        relation = "identical"
    elif not short:
        features = relate.weighted(frame)
        table = relate.verify(features, np.array([0]), np.array([1]))
        relation = str(relate.relations(table, table[:, 0] >= relate.COPY)[0])
        phrases = pairs.shingle_runs([a, b], pairs.PHRASE)
        held = None
        in_words = max(contained_a, contained_b) >= pairs.COMMON
        if in_words and relation in ("copy", "partial-copy") and table[0, 0] < pairs.EVEN:
            held, _, _ = pairs.part(*phrases, *map(np.sort, phrases))
        if held and similarity < pairs.LOOSE and rewritten(first, second):
            held = "reworded-copy"
        relation = held or pairs.refine(
            relation, float(table[0, 0]), similarity, contained_a, contained_b, first, second
        )
        if relation == "independent" and any(p.kind == "verbatim" for p in shared):
            relation = "boilerplate"
    return Shared(
        similarity=similarity,
        contained=model.Contained(a=contained_a, b=contained_b),
        relation=relation,  # type: ignore[arg-type]
        credited=bool(credits(first) or credits(second)),
        passages=shared,
        short=short,
    )
