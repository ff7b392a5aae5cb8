"""Pairs of tolls of two pages of one topic, and whether they count the same people.

Every two tolls of one kind that differ are a pair, whoever they are of; pairs of the real pages
where story_pairs.jsonl or story_numbers.jsonl has a verdict, of the invented ones where both count
what is marked there: what is read wrongly counts the same people as nothing else.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from audit.facts.figure_identity import TWO, Document
from audit.facts.figure_kinds import PEOPLE
from audit.facts.figures import Figure
from audit.facts.grounds import compatible
from audit.facts.toll_pairs import toll_parts
from audit.facts.words import Words
from tests.eval import invented
from tests.eval.stories import KEY

Rows = tuple[list[dict[str, float]], np.ndarray, np.ndarray, list[str]]


def rows(
    numbers: list[dict[str, Any]],
    docs: Mapping[str, Document],
    story: Mapping[tuple[str, str], float],
    far: list[tuple[Document, Document, float]],
    words: Words,
    weight: float,
) -> Rows:
    """Pairs of tolls: parts, whether of one thing, weights, topics. ``numbers``: those that
    story_numbers.jsonl marks. ``story``: log-odds of one
    story by pair of pages; ``far``: documents of other news, with theirs, weigh ``weight``."""
    known = verdicts()
    marked_in: dict[str, list[dict[str, Any]]] = {}
    for number in numbers:
        marked_in.setdefault(number["doc"], []).append(number)
    marks: dict[str, list[Any]] = {row["id"]: row["numbers"] for row in invented.rows()}
    parts, one, weights, of = [], [], [], []
    for a, b in itertools.combinations(sorted(docs), 2):
        topic = a.partition("_")[0]
        if topic != b.partition("_")[0]:
            continue
        for x, y in _differing(docs[a], docs[b]):
            if a in marks:
                marked = [mark_of(marks[d], f) for d, f in ((a, x), (b, y))]
                said = marked[0] is not None and marked[0] == marked[1]
            else:
                events = [_event(marked_in.get(d, []), f) for d, f in ((a, x), (b, y))]
                told = _told(known, a, b, x, y)
                if None not in events:
                    told = events[0] == events[1]
                if told is None:
                    continue
                said = told
            there = max(2 * TWO, story.get((a, b), 2 * TWO))
            parts.append(toll_parts(x, y, there, docs[a], docs[b], words))
            one.append(said)
            weights.append(1.0)
            of.append(topic)
    for first, second, odds in far:
        for x, y in _differing(first, second):
            parts.append(toll_parts(x, y, odds, first, second, words))
            one.append(False)
            weights.append(weight)
            of.append("-")
    return parts, np.array(one, float), np.array(weights), of


def _differing(a: Document, b: Document) -> list[tuple[Figure, Figure]]:
    return [
        (x, y)
        for x in a.figures
        if x.counts in PEOPLE
        for y in b.figures
        if y.counts == x.counts and not compatible(x.number, y.number)
    ]


def mark_of(marks: list[Any], figure: Figure) -> str | None:
    """The event of the number that is marked where a figure stands."""
    number = figure.number
    found = [
        (value != number.value, event)
        for slot, value, _, start, end, event in marks
        if (slot == figure.counts or figure.counts not in PEOPLE)
        and start < number.end
        and number.start < end
    ]
    return min(found)[1] if found else None


def _event(numbers: list[dict[str, Any]], figure: Figure) -> str | None:
    """The event of the number that is marked with a figure's kind and value."""
    return next(
        (
            number["event"]
            for number in numbers
            if number["slot"].lower() == figure.counts and number["value"] == figure.number.value
        ),
        None,
    )


def verdicts() -> dict[tuple[str, str], list[tuple[list[int], list[int], str]]]:
    """The spans and verdicts of story_pairs.jsonl by pair of pages, either way."""
    found: dict[tuple[str, str], list[tuple[list[int], list[int], str]]] = {}
    for line in KEY.read_text("utf-8").splitlines():
        row = json.loads(line)
        (a, *one), (b, *two) = row["a"], row["b"]
        found.setdefault((a, b), []).append((one, two, row["verdict"]))
        found.setdefault((b, a), []).append((two, one, row["verdict"]))
    return found


def _told(known: Mapping[Any, Any], a: str, b: str, x: Figure, y: Figure) -> bool | None:
    for one, two, verdict in known.get((a, b), ()):
        if all(
            f.number.start < span[1] and span[0] < f.number.end for f, span in ((x, one), (y, two))
        ):
            return None if verdict == "alike" else bool(verdict == "one")
    return None
