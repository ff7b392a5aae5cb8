"""Which documents of a pile tell one story: what all of them say decides on each pair.

Average linkage (Sokal and Michener 1958) over the log-odds that two documents tell one story: two
short reports with few words in common are of one story where a third ties them, and two reports of
a yearly event are not, however alike, where all others keep them apart. How far either document is
nearer to others counts too: what tells the story of a pair has no better company.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import log

Pair = tuple[str, str]  # ids of two documents, the lesser first

SURELY = 3.0  # log-odds from which company is as good as it can be: a copy is no better
LEAST = -3.0  # log-odds on average below which no stories are joined
_MOST = 512  # documents of one story that are set against each other


@dataclass(frozen=True)
class Pile:
    """How a pile decides: log-odds of a pair of which nothing is known; the weights of its parts;
    and the least log-odds of a pair that is told."""

    never: float
    weights: Mapping[str, float]
    least: float

    def odds(self, parts: Mapping[str, float]) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in parts.items())


def stories(odds: Mapping[Pair, float], pile: Pile) -> dict[Pair, float]:
    """The pairs of documents that tell one story, with their log-odds as the pile sees them.

    odds: log-odds by pair, as the two documents alone have them; a pair without is at
    ``pile.never``."""
    told = {pair: pile.odds(parts) for pair, parts in parts_of(odds, pile.never).items()}
    return {pair: found for pair, found in told.items() if found >= pile.least}


def parts_of(odds: Mapping[Pair, float], never: float) -> dict[Pair, dict[str, float]]:
    """What a pile says of each pair: what the two alone have ("own"); how much more their stories
    have on average where they are joined ("average"), and how many third documents there are then
    ("company", as a logarithm); how much nearer both are to others ("nearer"; SURELY at most
    counts). Of two documents alone it says nothing more."""
    best: dict[str, float] = {}
    for pair, told in odds.items():
        for one in pair:
            best[one] = max(best.get(one, told), told)
    found: dict[Pair, dict[str, float]] = {}
    for pair, (average, size) in averages(odds, never, max(LEAST, never)).items():
        own = odds.get(pair, never)
        nearest = min(SURELY, *(best.get(one, never) for one in pair))
        found[pair] = {
            "own": own,
            "average": average - own,
            "company": log(size - 1),
            "nearer": max(0.0, nearest - own),
        }
    return found


def averages(odds: Mapping[Pair, float], never: float, cut: float) -> dict[Pair, tuple[float, int]]:
    """Average linkage, cut where the average falls below ``cut``: the average at which the stories
    of each two documents that come together are joined, and how many documents they have together.
    Ties go to the lesser ids."""
    cut = max(cut, never + 0.01)
    ids = sorted({one for pair in odds for one in pair})
    place = {one: n for n, one in enumerate(ids)}
    # Sums over the pairs of two stories of what a pair has more than ``never``.
    more: list[dict[int, float]] = [{} for _ in ids]
    for a, b in sorted(odds):
        if odds[a, b] > never:
            i, j = place[a], place[b]
            more[i][j] = more[j][i] = odds[a, b] - never
    parts: list[list[int]] = [[n] for n in range(len(ids))]

    def mean(i: int, j: int) -> float:
        return never + more[i][j] / (len(parts[i]) * len(parts[j]))

    heap = [(-mean(i, j), i, j, 1, 1) for i, of in enumerate(more) for j in of if i < j]
    heap = [one for one in heap if -one[0] >= cut]
    heapify(heap)
    found: dict[Pair, tuple[float, int]] = {}
    while heap:
        lowest, i, j, size, other = heappop(heap)
        if (len(parts[i]), len(parts[j])) != (size, other) or j not in more[i]:
            continue  # either was joined with a third since
        if size + other > _MOST:
            continue
        for n in parts[i]:
            for m in parts[j]:
                found[min(ids[n], ids[m]), max(ids[n], ids[m])] = -lowest, size + other
        parts[i] += parts[j]
        parts[j] = []
        for n, sum_ in more[j].items():
            del more[n][j]
            if n != i:
                more[i][n] = more[n][i] = more[i].get(n, 0.0) + sum_
        more[j] = {}
        for n in sorted(more[i]):
            told = mean(i, n)
            if told >= cut:
                one, two = min(i, n), max(i, n)
                heappush(heap, (-told, one, two, len(parts[one]), len(parts[two])))
    return found


def nearest(pairs: Mapping[Pair, float], most: int) -> dict[Pair, float]:
    """The pairs that are among the ``most`` likeliest of either document: a story that very many
    tell is not set against itself whole."""
    of: dict[str, list[tuple[float, Pair]]] = {}
    for pair, told in pairs.items():
        for one in pair:
            of.setdefault(one, []).append((-told, pair))
    kept = {pair for ranked in of.values() for _, pair in sorted(ranked)[:most]}
    return {pair: told for pair, told in pairs.items() if pair in kept}
