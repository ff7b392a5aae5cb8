"""Which documents of a pile tell one story: what all of them say decides on each pair.

Average linkage (Sokal and Michener 1958) over the log-odds that two documents tell one story: two
short reports with few words in common are of one story where a third ties them, and two reports of
a yearly event are not, however alike, where all others keep them apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations

NEVER = -4.0  # log-odds from which two documents count as of two stories, surely
FEW = -1.0  # log-odds on average below which a story takes in no document
ALIKE = math.log(10)  # how much below its own average the odds of what a story takes in may be


def stories(count: int, odds: Mapping[tuple[int, int], float], least: float) -> list[int]:
    """The story of each of ``count`` documents: the number of its first document.

    odds: log-odds of one story by pair (the lesser number first); a pair without is at NEVER.
    Two documents alone need ``least``; a story takes in what has ``least`` on average too, or,
    from FEW on, what falls short of the story's own average by no more than ALIKE.
    """
    home = list(range(count))
    if max(odds.values(), default=NEVER) < least:
        return home
    parts: dict[int, list[int]] = {}
    for n, of in enumerate(near(count, (pair for pair, told in odds.items() if told >= FEW))):
        parts.setdefault(of, []).append(n)
    for part in parts.values():
        if len(part) > 1:
            _join(part, odds, least, home)
    return home


def near(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The first document that each of ``count`` is connected with by pairs, itself at least: where
    these are the pairs with FEW or more, no others can come together."""
    first = list(range(count))

    def root(n: int) -> int:
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    for i, j in pairs:
        one, two = sorted((root(i), root(j)))
        first[two] = one
    return [root(n) for n in range(count)]


def _join(
    part: list[int], odds: Mapping[tuple[int, int], float], least: float, home: list[int]
) -> None:
    """Joins the documents of one part, the two likeliest stories first, into ``home``."""
    between = {pair: odds.get(pair, NEVER) for pair in combinations(part, 2)}  # sums over pairs
    inside = dict.fromkeys(part, 0.0)
    size = dict.fromkeys(part, 1)

    def own(n: int) -> float:
        return 2 * inside[n] / (size[n] * (size[n] - 1)) if size[n] > 1 else math.inf

    while between:
        best = None
        for (i, j), total in between.items():
            told = total / (size[i] * size[j])
            need = min(least, max(FEW, min(own(i), own(j)) - ALIKE))
            if told >= need and (best is None or told > best[0]):
                best = told, i, j
        if best is None:
            break
        _, i, j = best
        inside[i] += inside.pop(j) + between.pop((i, j))
        size[i] += size.pop(j)
        for n in size:
            if n != i:
                near, far = (min(i, n), max(i, n)), (min(j, n), max(j, n))
                between[near] += between.pop(far)
        home[:] = [home[i] if there == home[j] else there for there in home]
