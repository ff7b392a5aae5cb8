"""Which document of a cluster had the text first, on what grounds, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import polars as pl

from audit import model
from audit.duplication.judged import Judged

ALL = 0.8  # share of a document's shingles from which another has all of it
TRANSLATED = 0.9  # certainty that a version told to be translated is not the first
BESIDE = 30  # words around another's text that tell whether they were put there
STRANGE = 0.009  # how far (``ties.tied``) they go with it at most, if they were


def first_of(
    documents: list[str],
    pairs: list[dict[str, Any]],
    published: dict[str, model.Published],
) -> model.First | None:
    """Who was first: by publication date, then credit lines, then what was done to the text.

    ``pairs`` are judged pairs within the cluster (``rows_of``). A document that says it took
    the text is not the first; nor is one that breaks off in a sentence which another completes,
    or whose letters are disguised (editing); nor, less surely, one that has all of another and
    around it what has nothing to do with it (containment). That a text is longer tells nothing: one
    was cut, or the other added to. None where nothing tells them apart.
    """
    dated = [
        (p.from_, p.to or p.from_, d) for d in documents if (p := published.get(d)) and p.from_
    ]
    dated.sort()
    takers = {row[side] for row in pairs for side in ("a", "b") if row[f"credit_{side}"]}
    if len(dated) >= 2:
        early, later = dated[0], dated[1]
        if early[1] < later[0]:
            share = len(dated) / len(documents)
            certainty = 0.5 + 0.45 * share
            if early[2] in takers:
                certainty -= 0.3
            return model.First(early[2], "date", round(certainty, 2))
    both = [(row, side, other) for row in pairs for side, other in (("a", "b"), ("b", "a"))]
    made: set[str] = set()
    around: set[str] = set()
    for row, side, other in both:
        cut, wraps = row[f"made_{side}"], _around(row, other, side)
        if cut != wraps:  # with both it may be cut, or its last line have no full stop
            (made if cut else around).add(row[side] if cut else row[other])
    left = set(documents)
    grounds: tuple[tuple[set[str], Literal["credit", "editing", "containment"], float], ...] = (
        (takers, "credit", 0.7),
        (made, "editing", 0.9),
        (around, "containment", 0.65),
    )
    for out, basis, certainty in grounds:
        if out and left - out:
            left -= out
            if len(left) == 1:
                return model.First(left.pop(), basis, certainty)
    return None


def _around(row: dict[str, Any], side: str, other: str) -> bool:
    """Whether one of a pair has all of the other, and around it what has nothing to do with it."""
    own, others = row[f"own_{side}"], row[f"own_{other}"]
    return (
        row["looked"]
        and own >= BESIDE
        and others == 0
        and row[f"tied_{side}"] <= STRANGE
        and row[f"contained_{other}"] >= ALL
    )


def telling(judged: Judged) -> np.ndarray:
    """Whether judged pairs tell anything of who was first."""
    found = judged.found
    told = found["credit_a"] | found["credit_b"] | found["made_a"] | found["made_b"]
    for side, other in ("ab", "ba"):
        around = found["looked"] & (found[f"own_{side}"] >= BESIDE) & (found[f"own_{other}"] == 0)
        around &= found[f"tied_{side}"] <= STRANGE
        told = told | (around & (found[f"contained_{other}"] >= ALL))
    return np.asarray(told)


_TOLD_BY = (
    *("credit_a", "credit_b", "contained_a", "contained_b", "looked"),
    *("made_a", "made_b", "own_a", "own_b", "tied_a", "tied_b"),
)


def rows_of(judged: Judged, some: np.ndarray, ids: pl.Series) -> Iterator[dict[str, Any]]:
    """What some judged pairs, by place, tell of who was first: records with ``a`` and ``b``."""
    sides = (ids.gather(side[some]).to_list() for side in (judged.first, judged.second))
    columns = (judged.found[name][some].tolist() for name in _TOLD_BY)
    for row in zip(*sides, *columns, strict=True):
        yield dict(zip(("a", "b", *_TOLD_BY), row, strict=True))


def edited(
    first: model.First | None, documents: list[str], pairs: list[dict[str, Any]]
) -> model.First | None:
    """``first`` again, or, where nothing surer tells it, the one that is not the translated or
    spun one of a pair (``pairs``: rows of ``frames.PAIRS``)."""
    if first is not None and first.basis != "containment":
        return first
    left = set(documents) - {row["translated"] for row in pairs}
    if len(left) == 1 and len(documents) > 1:
        return model.First(left.pop(), "editing", TRANSLATED)
    return first
