"""Which documents of a cluster were put together from stories, though only one of them is known."""

from __future__ import annotations

from bisect import bisect_left

import polars as pl

HELD = 0.7  # share of a document that another of its cluster holds: with more it is no round-up
SAME_PLACE = 0.01  # share of a document's words within which two others start and end alike
SAME_EDGES = 0.02  # the same, of the words between which anything is shared


def round_ups(labels: dict[str, str], judged: pl.DataFrame) -> list[str]:
    """Documents of a cluster that hold all of another at the place where they hold a third.

    Were they the original, its copies would all have been cut alike; so they are what was put
    together: a round-up of which the other stories are not in the corpus, or not whole.
    """
    wholly: dict[str, list[tuple[float, float]]] = {}
    within: dict[str, list[tuple[float, float]]] = {}
    places: dict[str, list[tuple[float, float]]] = {}
    most: dict[str, float] = {}
    names = ("a", "b", "wider", "starts", "ends", "longer", "begins", "ceases", "held_a", "held_b")
    held = judged.filter(pl.col("relation") != "identical").select(names)
    for a, b, wider, starts, ends, longer, begins, ceases, held_a, held_b in held.iter_rows():
        if labels[a] == labels[b]:
            most[a], most[b] = max(held_a, most.get(a, 0.0)), max(held_b, most.get(b, 0.0))
            if longer:
                places.setdefault(longer, []).append((begins, ceases))
            if wider:
                wholly.setdefault(wider, []).append((starts, ends))
                within.setdefault(wider, []).append((begins, ceases))
    return sorted(
        wider
        for wider, spans in wholly.items()
        if most[wider] <= HELD
        and (
            _same_place(spans, spans, SAME_PLACE)
            or _same_place(within[wider], places[wider], SAME_EDGES)
        )
    )


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
