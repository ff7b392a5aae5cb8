"""What two texts that share features are to each other, judged on the texts themselves."""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.duplication.credit import credits
from audit.duplication.fingerprint import SHINGLE, code_points
from audit.duplication.relate import ASKED, COPY, RELATED
from audit.duplication.story import follows
from audit.tokens import Text

# One row a pair that was judged on its texts.
JUDGED: dict[str, pl.DataType] = {
    **RELATED,
    "similarity": pl.Float64(),  # Jaccard of word-5 shingles
    "contained_a": pl.Float64(),  # share of a's shingles that b holds
    "contained_b": pl.Float64(),
    "credit_a": pl.Boolean(),  # whether a names an agency or outlet it has the text from
    "credit_b": pl.Boolean(),
    "credited": pl.Boolean(),
}


def judge(frame: pl.DataFrame) -> pl.DataFrame:
    """Judge pairs: ``relate.RELATED`` with ``text_a`` and ``text_b``; gives ``JUDGED``."""
    texts: dict[str, str] = {}
    for side in ("a", "b"):
        texts.update(frame.select(side, f"text_{side}").iter_rows())
    ids = sorted(texts)
    number = {document: n for n, document in enumerate(ids)}
    sets = shingle_sets([texts[document] for document in ids])
    parsed = [Text(texts[document]) for document in ids]
    credited = [bool(credits(text)) for text in parsed]
    rows = []
    for a, b, relation, overlap in frame.select("a", "b", "relation", "overlap").iter_rows():
        i, j = number[a], number[b]
        similarity, contained_a, contained_b = resemblance(sets[i], sets[j])
        rows.append(
            {
                "relation": refine(
                    relation, overlap, similarity, contained_a, contained_b, parsed[i], parsed[j]
                ),
                "similarity": similarity,
                "contained_a": contained_a,
                "contained_b": contained_b,
                "credit_a": credited[i],
                "credit_b": credited[j],
                "credited": credited[i] or credited[j],
            }
        )
    added = pl.DataFrame(rows, schema={k: v for k, v in JUDGED.items() if k in _ADDED})
    return frame.drop("relation").hstack(added).select(*JUDGED)


_ADDED = (
    "relation",
    "similarity",
    "contained_a",
    "contained_b",
    "credit_a",
    "credit_b",
    "credited",
)
WORDED = 0.1  # similarity below which a copy is one in other words
COMMON = 0.25  # share of shingles that two texts in other words may have in common


def refine(
    relation: str, overlap: float, similarity: float, in_a: float, in_b: float, a: Text, b: Text
) -> str:
    """The relation once the texts are known.

    A copy that shares few shingles is one in other words; a pair with less overlap than a copy
    is one too, where one text follows the other sentence by sentence.
    """
    if max(in_a, in_b) >= COMMON:
        return relation
    if relation == "copy" and similarity < WORDED and overlap < 2 * COPY:
        return "reworded-copy"
    if relation == "independent" and overlap >= ASKED and follows(a, b):
        return "reworded-copy"
    return relation


def shingle_sets(texts: list[str]) -> list[np.ndarray]:
    """The hashed word-5 shingles of each text, sorted, without repeats."""
    from audit.duplication import kernels

    points, offsets, table = code_points(texts)
    counts = np.empty(len(texts), np.int64)
    flat = kernels.shingles(points, offsets, table, SHINGLE, counts)
    ends = np.cumsum(counts)
    return [np.unique(flat[end - n : end]) for end, n in zip(ends, counts, strict=True)]


def resemblance(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    """Jaccard similarity of two sets and the share of each that is in the other (Broder 1997)."""
    both = len(np.intersect1d(a, b, assume_unique=True))
    either = len(a) + len(b) - both
    return (both / either if either else 1.0, both / max(len(a), 1), both / max(len(b), 1))
