"""Which documents belong together: compiled loops of components and average linkage."""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.pairing import share


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
def link(documents, starts, cut, features, weights, offsets, levels, totals, apart, labels):
    """Average linkage within each component of at least three documents.

    ``documents`` holds the members of each component, from ``starts[n]`` to ``starts[n + 1]``;
    every pair of a component is compared; those of ``apart`` (first * documents + second,
    ascending) share nothing. ``labels`` gets a document of each one's cluster.
    """
    for n in range(len(starts) - 1):
        members = documents[starts[n] : starts[n + 1]]
        size = len(members)
        count = size * (size - 1) // 2
        first = np.empty(count, np.int64)
        second = np.empty(count, np.int64)
        at = 0
        for i in range(size):
            for j in range(i + 1, size):
                first[at] = members[i]
                second[at] = members[j]
                at += 1
        shared = np.empty((count, 4), np.float64)
        share(features, weights, offsets, levels, totals, first, second, shared)
        similarity = np.zeros((size, size), np.float64)
        at = 0
        for i in range(size):
            for j in range(i + 1, size):
                value = shared[at, 0]
                code = members[i] * len(labels) + members[j]
                place = np.searchsorted(apart, code)
                if place < len(apart) and apart[place] == code:
                    value = 0.0
                similarity[i, j] = value
                similarity[j, i] = value
                at += 1
        own = np.empty(size, np.int64)
        average_linkage(similarity, cut, own)
        for i in range(size):
            labels[members[i]] = members[own[i]]
