"""What is asked and what is found of a pair of documents that is judged on its texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

# One row a pair that is to be judged on its texts, as ``relate.Listed`` and its relation there.
ASKED_OF: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "relation": pl.Int8(),  # a place in ``relate.RELATIONS``
    "overlap": pl.Float64(),
    "held_a": pl.Float64(),
    "held_b": pl.Float64(),
}
# What was found then, a value a pair.
FOUND: dict[str, pl.DataType] = {
    "relation": pl.Int8(),
    "similarity": pl.Float64(),  # Jaccard of word-5 shingles
    "contained_a": pl.Float64(),  # share of a's shingles that b holds
    "contained_b": pl.Float64(),
    "credit_a": pl.Boolean(),  # whether a names an agency or outlet it has the text from
    "credit_b": pl.Boolean(),
    "made_a": pl.Boolean(),  # whether a shows that it was made from b
    "made_b": pl.Boolean(),
    "apart": pl.Boolean(),  # no copy of each other, whatever the fingerprints say
    "common": pl.Int64(),  # words shared, where each side also has a stretch of its own; else 0
    "wider_a": pl.Boolean(),  # whether a has more words than b
    "spanned": pl.Boolean(),  # whether the wider has much text around the other, wholly in it
    "starts": pl.Float64(),  # where in it the other starts and ends, as a share of its words
    "ends": pl.Float64(),
    "looked": pl.Boolean(),  # whether it was looked where the shared text stands; what follows
    "begins": pl.Float64(),  # where in the wider anything is shared, stray phrases aside
    "ceases": pl.Float64(),
    "own_a": pl.Float64(),  # words in stretches that stand in this side alone
    "own_b": pl.Float64(),
    "tied_a": pl.Float64(),  # how far they go with the rest of the text (``ties.tied``)
    "tied_b": pl.Float64(),
}
JUDGED: dict[str, pl.DataType] = {"a": pl.String(), "b": pl.String(), **FOUND}
Found = dict[str, np.ndarray]


@dataclass(frozen=True)
class Judged:
    """Judged pairs, by the places of their documents (``relate.Compared.met``): the share of each
    that the other holds, and what was ``found`` (``FOUND``)."""

    first: np.ndarray
    second: np.ndarray
    held_a: np.ndarray
    held_b: np.ndarray
    found: Found
