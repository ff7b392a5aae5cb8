"""Which words of a text stand in another: compiled loops over hashed phrases."""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.duplication.compiled import compiled


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
