"""Which documents of a cluster were put together from stories, though only one of them is known."""

from __future__ import annotations

from bisect import bisect_left

import polars as pl

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


def round_ups(judged: pl.DataFrame, together: pl.Series) -> pl.Series:
    """For each judged pair (``pairs.JUDGED``), whether one of its cluster was put together from it.

    It has more beside the story than page furniture, and either holds all of it at the place where
    it holds a third: were it the original, its copies would all have been cut alike. Or what it
    has beside the story has nothing to do with it. So it is what was put together: a round-up of
    which the other stories are not in the corpus, or not whole. ``together`` says which pairs are
    within a cluster; those that are apart already are not told again.
    """
    found = _found(judged.filter(together))
    if not found:
        return pl.repeat(False, judged.height, eager=True)
    meant = pl.col("wider").is_in(found) | pl.any_horizontal(
        *(pl.col(side).is_in(found) & (pl.col(f"own_{side}") >= OWN) for side in ("a", "b"))
    )
    return judged.select((meant.fill_null(False) & ~pl.col("apart")).alias("meant"))["meant"]


def _found(judged: pl.DataFrame) -> list[str]:
    """The documents that were put together, from the pairs within clusters."""
    wholly: dict[str, list[tuple[float, float]]] = {}
    within: dict[str, list[tuple[float, float]]] = {}
    places: dict[str, list[tuple[float, float]]] = {}
    most: dict[str, float] = {}
    beside: dict[str, list[tuple[int, float, float]]] = {}  # words, minus the tie, weight held
    alike: dict[str, int] = {}
    names = ("a", "b", "wider", "starts", "ends", "longer", "begins", "ceases", "held_a", "held_b",
             "own_a", "own_b", "tied_a", "tied_b")  # fmt: skip
    known = judged.filter(pl.col("relation") != "identical").select(names)
    wide = known.filter(pl.max_horizontal("own_a", "own_b") >= OWN_PLACED)
    asked = pl.concat([wide["a"], wide["b"], known["wider"].drop_nulls()]).unique()
    known = known.filter(pl.col("a").is_in(asked.implode()) | pl.col("b").is_in(asked.implode()))
    for (
        a, b, wider, starts, ends, longer, begins, ceases, held_a, held_b, *sides,
    ) in known.iter_rows():  # fmt: skip
        most[a], most[b] = max(held_a, most.get(a, 0.0)), max(held_b, most.get(b, 0.0))
        if longer:
            places.setdefault(longer, []).append((begins, ceases))
        if wider:
            wholly.setdefault(wider, []).append((starts, ends))
            within.setdefault(wider, []).append((begins, ceases))
        own_a, own_b, tied_a, tied_b = sides
        if own_a is not None and max(own_a, own_b) >= OWN_PLACED:
            for one, own, tied, held in ((a, own_a, tied_a, held_a), (b, own_b, tied_b, held_b)):
                beside.setdefault(one, []).append((own, -tied, held))
        else:
            alike[a], alike[b] = alike.get(a, 0) + 1, alike.get(b, 0) + 1
    least = {document: min(others)[0] for document, others in beside.items()}
    found = set()
    for document, others in beside.items():
        own, untied, held = min(others)
        rare = alike.get(document, 0) <= len(others)
        if rare and own >= OWN and held <= 1 - OWN_SHARE and -untied <= UNTIED:
            spans = wholly.get(document, [])
            if -untied <= STRANGE or _same_place(spans, spans, SAME_PLACE):
                found.add(document)
    for wider, spans in wholly.items():
        if (
            most[wider] <= HELD
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
