"""Pairs of figures of two pages of one topic, tolls aside, and whether they count one thing.

Every two figures that can be compared and differ are a pair; of the real pages those where
story_pairs.jsonl has a verdict (``alike``: of one thing, and both can hold, counts as a part of a
"no"), of the invented ones all: what is read where nothing is marked counts what nothing else does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from audit.facts.figure_identity import Document, figure_parts
from audit.facts.figure_pairs import Match, both_hold, in_common, matches
from audit.facts.figures import Figure
from audit.facts.grounds import compatible
from tests.eval import invented
from tests.eval.fit_tolls import mark_of, verdicts

REAL = 4.0  # what a pair of real pages counts: there are few
# What parts weigh that say of whom both figures tell: nine in ten such pairs are of one thing, and
# they are too few to fit it.
KNOWN = {"deal": 3.0, "whom": 3.0}
# How many words two figures share says the reverse with one topic left out of what it says with
# another; that they share more than with any other figure ("lead") says it. Fewer parts and a
# stiffer ridge told four more of 80 true differences on topics left out.
DROPPED = ("shared", "share")
RIDGE = 10.0
SOME = 0.3  # and an ``alike`` pair

Rows = tuple[list[dict[str, float]], np.ndarray, np.ndarray, list[str]]


@dataclass(frozen=True)
class Pairs:
    """The table of pairs, and which of them can be reported."""

    rows: Rows
    open: np.ndarray


def pairs(
    docs: Mapping[str, Document],
    story: Callable[[str, str], float],
    sure: float,
    far: list[tuple[Document, Document, float]],
    fit: Any,
    weight: float,
) -> Pairs:
    """``story``: the log-odds that two pages tell one story, of which ``sure`` are asked for;
    ``far``: documents of other news, with theirs, weigh ``weight``."""
    known = verdicts()
    marks: dict[str, list[Any]] = {row["id"]: row["numbers"] for row in invented.rows()}
    parts, one, weights, of, can = [], [], [], [], []
    for a, b in itertools.combinations(sorted(docs), 2):
        topic = a.partition("_")[0]
        if topic != b.partition("_")[0]:
            continue
        odds = story(a, b)
        for x, y in _differing(docs[a], docs[b], fit):
            counts = 1.0
            if a in marks:
                marked = [mark_of(marks[d], f) for d, f in ((a, x), (b, y))]
                said = marked[0] is not None and marked[0] == marked[1]
            else:
                told = verdict(known, a, b, x, y)
                if told is None:
                    continue
                said, counts = told == "one", REAL * (SOME if told == "alike" else 1.0)
            match = Match(x, y, 1.0, figure_parts(x, y, odds, docs[a], docs[b], fit.words), ())
            parts.append(match.parts)
            one.append(said)
            weights.append(counts)
            of.append(topic)
            can.append(odds >= sure and not both_hold(match, docs[a], docs[b], fit))
    for first, second, odds in far:
        for match in matches(first, second, odds, fit):
            if not compatible(match.a.number, match.b.number):
                parts.append(match.parts)
                one.append(False)
                weights.append(weight)
                of.append("-")
                can.append(False)
    return Pairs((parts, np.array(one, float), np.array(weights), of), np.array(can))


def _differing(a: Document, b: Document, fit: Any) -> Iterator[tuple[Figure, Figure]]:
    """The figures of two pages that can be compared and differ."""
    for x, y in itertools.product(a.figures, b.figures):
        told = in_common(x, y, a, b, fit.words) is not None
        if told and not compatible(x.number, y.number):
            yield x, y


def verdict(known: Mapping[Any, Any], a: str, b: str, x: Figure, y: Figure) -> str | None:
    """The verdict of story_pairs.jsonl on two figures, if it has one."""
    for one, two, said in known.get((a, b), ()):
        if all(
            f.number.start < span[1] and span[0] < f.number.end for f, span in ((x, one), (y, two))
        ):
            return str(said)
    return None
