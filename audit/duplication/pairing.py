"""Which documents could be copies, and how much they share: compiled loops over fingerprints.

Candidates are documents that share keys, the least of their feature hashes; every candidate is
then verified on all features, weighted so that what many documents hold counts little.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.duplication.compiled import compiled

CROWD = 32  # documents a key may have for all of them to be compared with each other
WINDOW = 12  # in a larger crowd, with how many of those that follow


@compiled
def count_pairs(sizes):
    """How many pairs ``list_pairs`` lists."""
    total = 0
    for size in sizes:
        if size <= CROWD:
            total += size * (size - 1) // 2
        else:
            total += WINDOW * size - WINDOW * (WINDOW + 1) // 2
    return total


@compiled
def list_pairs(documents, sizes, rows, out):
    """Pairs of documents of one key as ``first * rows + second``, first < second.

    ``documents`` holds the documents of each key, ascending, one key after the other.
    """
    used = 0
    start = 0
    for size in sizes:
        for i in range(size):
            stop = size if size <= CROWD else min(size, i + 1 + WINDOW)
            for j in range(i + 1, stop):
                out[used] = documents[start + i] * rows + documents[start + j]
                used += 1
        start += size


@compiled
def weigh(features, values, weights, slots, out):
    """The weight of each feature: that of ``values`` where it is one of them, else 1.

    ``slots`` is an empty hash table (-1), its length a power of two above twice the values.
    """
    mask = len(slots) - 1
    for n in range(len(values)):
        at = (values[n] * np.int64(-7046029254386353131)) >> 20 & mask
        while slots[at] >= 0:
            at = (at + 1) & mask
        slots[at] = n
    for n in range(len(features)):
        at = (features[n] * np.int64(-7046029254386353131)) >> 20 & mask
        out[n] = 1.0
        while slots[at] >= 0:
            if values[slots[at]] == features[n]:
                out[n] = weights[slots[at]]
                break
            at = (at + 1) & mask


@compiled
def share(features, weights, offsets, levels, first, second, out):
    """For each pair the weight of the features they share and of each side's, and plain counts.

    Where two documents are sampled unequally, both are read at the coarser sampling.
    """
    for n in range(len(first)):
        a, b = first[n], second[n]
        level = max(levels[a], levels[b])
        least = np.int64(0x7FFFFFFFFFFFFFFF) >> level
        i, i_end = offsets[a], offsets[a + 1]
        j, j_end = offsets[b], offsets[b + 1]
        both = left = right = 0.0
        plain = count_a = count_b = 0
        while i < i_end or j < j_end:
            x = features[i] if i < i_end else np.int64(0x7FFFFFFFFFFFFFFF)
            y = features[j] if j < j_end else np.int64(0x7FFFFFFFFFFFFFFF)
            if min(x, y) > least:
                break
            if x <= y and i < i_end:
                left += weights[i]
                count_a += 1
                if x == y and j < j_end:
                    both += weights[i]
                    plain += 1
                i += 1
            if y <= x and j < j_end:
                right += weights[j]
                count_b += 1
                j += 1
        out[n, 0] = both
        out[n, 1] = left
        out[n, 2] = right
        out[n, 3] = plain
        out[n, 4] = count_a
        out[n, 5] = count_b


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
def link(documents, starts, cut, features, weights, offsets, levels, apart, labels):
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
        shared = np.empty((count, 6), np.float64)
        share(features, weights, offsets, levels, first, second, shared)
        similarity = np.zeros((size, size), np.float64)
        at = 0
        for i in range(size):
            for j in range(i + 1, size):
                most = max(shared[at, 1], shared[at, 2])
                value = shared[at, 0] / most if most > 0 else 0.0
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
def meet(a, b):
    """How many values two ascending arrays without repeats have in common."""
    i = j = both = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            both += 1
            i += 1
            j += 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return both


@compiled
def cover(phrases, other, size, out):
    """Mark each word that stands in a phrase of ``size`` words which ``other`` (ascending) has."""
    for i in range(len(phrases)):
        at = np.searchsorted(other, phrases[i])
        if at < len(other) and other[at] == phrases[i]:
            for k in range(size):
                out[i + k] = True


@compiled
def held_alone(features, offsets, families, known, counts, first, second, out):
    """For each pair, the share of the features it shares that no family beside its own holds.

    ``counts`` has the families of each of ``known`` (ascending); a family of -1 is counted in none.
    """
    for n in range(len(first)):
        a, b = first[n], second[n]
        mine = 0
        if families[a] >= 0:
            mine += 1
        if families[b] >= 0 and families[b] != families[a]:
            mine += 1
        i, j = offsets[a], offsets[b]
        shared = alone = 0
        while i < offsets[a + 1] and j < offsets[b + 1]:
            if features[i] == features[j]:
                alone += counts[np.searchsorted(known, features[i])] <= mine
                shared += 1
                i += 1
                j += 1
            elif features[i] < features[j]:
                i += 1
            else:
                j += 1
        out[n] = alone / shared if shared else 0.0
