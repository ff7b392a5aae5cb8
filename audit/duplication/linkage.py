"""Which documents belong together: compiled loops of components and average linkage."""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.pairing import share

MANY = 64  # parts of a document that are not looked at pair by pair
_i64 = np.int64


@compiled
def components(first, second, labels):
    """Connected components by union and path halving; ``labels`` gets the least member."""
    for n in range(len(labels)):
        labels[n] = n
    for n in range(len(first)):
        a, b = first[n], second[n]
        while labels[a] != a:
            labels[a] = labels[labels[a]]
            a = labels[a]
        while labels[b] != b:
            labels[b] = labels[labels[b]]
            b = labels[b]
        if a < b:
            labels[b] = a
        else:
            labels[a] = b
    for n in range(len(labels)):
        a = n
        while labels[a] != a:
            a = labels[a]
        labels[n] = a


@compiled
def average_linkage(similarity, cut, labels):
    """Average linkage (UPGMA, Sokal and Michener 1958) of a similarity matrix, cut at ``cut``.

    Nearest-neighbour chains, quadratic in time; ``similarity`` is changed. Ties go to the lower
    row. Fills ``labels`` with a row of each one's cluster.
    """
    size = len(labels)
    weight = np.ones(size, np.int64)
    alive = np.ones(size, np.bool_)
    for n in range(size):
        labels[n] = n
    chain = np.empty(size + 2, np.int64)
    depth = 0
    seed = 0
    while True:
        if depth == 0:
            while seed < size and not alive[seed]:
                seed += 1
            if seed == size:
                break
            chain[0] = seed
            depth = 1
        top = chain[depth - 1]
        before = chain[depth - 2] if depth > 1 else -1
        best = -1
        value = -1.0
        if before >= 0:
            best, value = before, similarity[top, before]
        for n in range(size):
            if alive[n] and n != top and similarity[top, n] > value:
                best, value = n, similarity[top, n]
        if best < 0 or value < cut:
            alive[top] = False
            depth = 0
            continue
        if best != before:
            chain[depth] = best
            depth += 1
            continue
        depth -= 2
        keep, gone = min(top, best), max(top, best)
        total = weight[keep] + weight[gone]
        for n in range(size):
            if alive[n] and n != keep and n != gone:
                mean = (
                    weight[keep] * similarity[keep, n] + weight[gone] * similarity[gone, n]
                ) / total
                similarity[keep, n] = mean
                similarity[n, keep] = mean
        weight[keep] = total
        alive[gone] = False
        for n in range(size):
            if labels[n] == gone:
                labels[n] = keep


@compiled
def _pair(begins, second, a, b):
    """The place of a pair, those of one first document being behind each other, else -1."""
    low, high = begins[a], begins[a + 1]
    while low < high:
        middle = (low + high) // 2
        if second[middle] < b:
            low = middle + 1
        else:
            high = middle
    if low < begins[a + 1] and second[low] == b:
        return low
    return _i64(-1)


@compiled
def strange(parts, starts, begins, second, out):
    """Which documents have two others among their ``parts`` that are no pair, or very many."""
    for n in range(len(out)):
        start, end = starts[n], starts[n + 1]
        if end - start > MANY:
            out[n] = True
        for i in range(start, end):
            for j in range(i + 1, end):
                if out[n]:
                    break
                a, b = min(parts[i], parts[j]), max(parts[i], parts[j])
                out[n] = _pair(begins, second, a, b) < 0


@compiled
def link(
    documents, starts, cut, features, scale, offsets, levels, totals, begins, second, overlap,
    apart, labels,
):  # fmt: skip
    """Average linkage within each component of at least three documents; two are linked as it is.

    ``documents`` holds the members of each component, ascending, from ``starts[n]`` to
    ``starts[n + 1]``; every pair of a component is compared, unless it is among those whose
    ``overlap`` is known: the ``second`` documents of each, ascending, from ``begins[first]`` on.
    Those of ``apart`` (first * documents + second, ascending) share nothing. ``labels`` has the
    first of each component, and gets a document of each one's cluster.
    """
    none = np.empty((0, 4), np.float64)
    for n in range(len(starts) - 1):
        members = documents[starts[n] : starts[n + 1]]
        size = len(members)
        if size < 3:
            continue
        similarity = np.zeros((size, size), np.float64)
        one, two = np.empty(size * size, np.int64), np.empty(size * size, np.int64)
        asked = 0
        for i in range(size):
            for j in range(i + 1, size):
                place = _pair(begins, second, members[i], members[j])
                if place >= 0:
                    similarity[i, j] = similarity[j, i] = overlap[place]
                else:
                    one[asked], two[asked] = i, j
                    asked += 1
        shared, kept = none, one[:0]
        if asked:
            shared, kept = np.empty((asked, 4), np.float64), np.empty(asked, np.int64)
            share(
                features, scale, offsets, levels, totals, members[one[:asked]],
                members[two[:asked]], 0.0, kept, shared,
            )  # fmt: skip
        for k in range(asked):
            similarity[one[k], two[k]] = similarity[two[k], one[k]] = shared[k, 0]
        if len(apart):
            for i in range(size):
                for j in range(i + 1, size):
                    code = members[i] * len(labels) + members[j]
                    place = np.searchsorted(apart, code)
                    if place < len(apart) and apart[place] == code:
                        similarity[i, j] = similarity[j, i] = 0.0
        own = np.empty(size, np.int64)
        average_linkage(similarity, cut, own)
        for i in range(size):
            labels[members[i]] = members[own[i]]
