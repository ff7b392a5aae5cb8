"""Which documents of a cluster were put together from stories, though only one of them is known."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from audit.duplication.judged import Judged
from audit.duplication.relate import IDENTICAL

HELD = 0.7  # share of a document that another of its cluster holds: with more it is no round-up
SAME_PLACE = 0.01  # share of a document's words within which two others start and end alike
SAME_EDGES = 0.02  # the same, of the words between which anything is shared
OWN = 140  # words of its own that a document has around a story: page furniture has fewer
OWN_PLACED = 120  # the same where two copies stand at one place in it
OWN_SHARE = 0.15  # the share of its weight that they make: what many documents hold has none
# How far (``ties.tied``) the rest of a story goes with a stretch of 140 to 400 words of it: of
# articles 1 in 80 is below the first, 1 in 7 below the second; 87 and 99 in 100 of the
# stretches of other articles are.
STRANGE = 0.0055
UNTIED = 0.009


def round_ups(
    judged: Judged, relation: np.ndarray, apart: np.ndarray, together: np.ndarray
) -> np.ndarray:
    """For each judged pair, whether one of its cluster was put together from it.

    It has more beside the story than page furniture, and either holds all of it at the place where
    it holds a third: were it the original, its copies would all have been cut alike. Or what it
    has beside the story has nothing to do with it. So it is what was put together: a round-up of
    which the other stories are not in the corpus, or not whole. ``relation`` and ``apart`` are what
    is known of the pairs now, ``together`` says which are within a cluster; those that are apart
    already are not told again.
    """
    made = np.array(_found(judged, together & (relation != IDENTICAL)), np.int64)
    first, second, found = judged.first, judged.second, judged.found
    if not len(made):
        return np.zeros(len(first), np.bool_)
    wider = np.where(found["wider_a"], first, second)
    meant = found["spanned"] & np.isin(wider, made)
    for side, own in ((first, found["own_a"]), (second, found["own_b"])):
        meant |= np.isin(side, made) & found["looked"] & (own >= OWN)
    return np.asarray(meant & ~apart)


def _found(judged: Judged, within_cluster: np.ndarray) -> list[int]:
    """The documents that were put together, from the pairs within clusters."""
    wholly: dict[int, list[tuple[float, float]]] = {}
    within: dict[int, list[tuple[float, float]]] = {}
    places: dict[int, list[tuple[float, float]]] = {}
    most: dict[int, float] = {}
    beside: dict[int, list[tuple[int, float, float]]] = {}  # words, minus the tie, weight held
    alike: dict[int, int] = {}
    first, second, told = judged.first, judged.second, judged.found
    wide = within_cluster & told["looked"]
    wide &= np.maximum(told["own_a"], told["own_b"]) >= OWN_PLACED
    if not wide.any():
        return []
    least_own = np.full(max(first.max(), second.max()) + 1, np.inf)  # of those beside a story
    np.minimum.at(least_own, first[wide], told["own_a"][wide])
    np.minimum.at(least_own, second[wide], told["own_b"][wide])
    asked = (least_own >= OWN_PLACED) & (least_own < np.inf)
    some = np.flatnonzero(within_cluster & (asked[first] | asked[second]))
    names = ("wider_a", "spanned", "starts", "ends", "looked", "begins", "ceases")
    sides = ("own_a", "own_b", "tied_a", "tied_b")
    columns = (first, second, judged.held_a, judged.held_b, *(told[n] for n in (*names, *sides)))
    for (
        a, b, held_a, held_b, wider_a, spanned, starts, ends, looked, begins, ceases, *four,
    ) in zip(*(column[some].tolist() for column in columns), strict=True):  # fmt: skip
        most[a], most[b] = max(held_a, most.get(a, 0.0)), max(held_b, most.get(b, 0.0))
        wider = a if wider_a else b
        if looked:
            places.setdefault(wider, []).append((begins, ceases))
        if spanned:
            wholly.setdefault(wider, []).append((starts, ends))
            within.setdefault(wider, []).append((begins, ceases))
        own_a, own_b, tied_a, tied_b = four
        if looked and max(own_a, own_b) >= OWN_PLACED:
            for one, own, tied, held in ((a, own_a, tied_a, held_a), (b, own_b, tied_b, held_b)):
                beside.setdefault(one, []).append((own, -tied, held))
        else:
            alike[a], alike[b] = alike.get(a, 0) + 1, alike.get(b, 0) + 1
    least = {document: min(others)[0] for document, others in beside.items()}
    found = set()
    for document, others in beside.items():
        if not asked[document]:
            continue
        own, untied, held = min(others)
        rare = alike.get(document, 0) <= len(others)
        if rare and own >= OWN and held <= 1 - OWN_SHARE and -untied <= UNTIED:
            spans = wholly.get(document, [])
            if -untied <= STRANGE or _same_place(spans, spans, SAME_PLACE):
                found.add(document)
    for wider, spans in wholly.items():
        if (
            asked[wider]
            and most[wider] <= HELD
            and least.get(wider, 0) >= OWN_PLACED
            and (
                _same_place(spans, spans, SAME_PLACE)
                or _same_place(within[wider], places[wider], SAME_EDGES)
            )
        ):
            found.add(wider)
    return sorted(found)


def _same_place(
    spans: list[tuple[float, float]], places: list[tuple[float, float]], within: float
) -> bool:
    """Whether two of the places, one of them a span, start alike and end alike."""
    places = sorted(places)
    for start, end in spans:
        first = bisect_left(places, (start - within, 0.0))
        last = bisect_left(places, (start + within, 2.0))
        if sum(abs(end - its) <= within for _, its in places[first:last]) >= 2:
            return True
    return False
