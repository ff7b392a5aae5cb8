"""What two texts that share features are to each other, judged on the texts themselves."""

from __future__ import annotations

import numpy as np
import polars as pl

from audit.duplication.credit import credits
from audit.duplication.fingerprint import SHINGLE, code_points
from audit.duplication.relate import ASKED, COPY, RELATED
from audit.duplication.story import follows, rewritten
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
    "apart": pl.Boolean(),  # no copy of each other, whatever the fingerprints say
}


def judge(frame: pl.DataFrame) -> pl.DataFrame:
    """Judge pairs: ``relate.RELATED`` with ``text_a`` and ``text_b``; gives ``JUDGED``."""
    texts: dict[str, str] = {}
    for side in ("a", "b"):
        texts.update(frame.select(side, f"text_{side}").iter_rows())
    ids = sorted(texts)
    number = {document: n for n, document in enumerate(ids)}
    sets = shingle_sets([texts[document] for document in ids])
    phrases = shingle_runs([texts[document] for document in ids], PHRASE)
    ranked = [np.sort(run) for run in phrases]
    parsed = [Text(texts[document]) for document in ids]
    credited = [bool(credits(text)) for text in parsed]
    rows = []
    for a, b, relation, overlap in frame.select("a", "b", "relation", "overlap").iter_rows():
        i, j = number[a], number[b]
        similarity, contained_a, contained_b = resemblance(sets[i], sets[j])
        held = None
        in_words = max(contained_a, contained_b) >= COMMON
        if in_words and relation in ("copy", "partial-copy") and overlap < EVEN:
            held = part(phrases[i], phrases[j], ranked[i], ranked[j])
        if held and similarity < LOOSE and rewritten(parsed[i], parsed[j]):
            held, relation = None, "reworded-copy"
        elif not held:
            relation = refine(
                relation, overlap, similarity, contained_a, contained_b, parsed[i], parsed[j]
            )
        rows.append(
            {
                "relation": held or relation,
                "similarity": similarity,
                "contained_a": contained_a,
                "contained_b": contained_b,
                "credit_a": credited[i],
                "credit_b": credited[j],
                "credited": credited[i] or credited[j],
                "apart": held is not None,
            }
        )
    added = pl.DataFrame(rows, schema={k: v for k, v in JUDGED.items() if k in _ADDED})
    return frame.drop("relation").hstack(added).select(*JUDGED)


PHRASE = 3  # words of a phrase: short ones survive many edits
EVEN = 0.8  # overlap from which nothing is asked about where the shared text stands
STRETCH = 0.25  # share of a text, and the least number of words, that make a stretch of it
STRETCH_WORDS = 20
BARE = 0.05  # share of a stretch covered by shared phrases below which it is the text's own
BEHIND = 50  # words of its own that a text may put before another's, with
BEHIND_SHARE = 0.1  # the share of it that they make


def part(a: np.ndarray, b: np.ndarray, ranked_a: np.ndarray, ranked_b: np.ndarray) -> str | None:
    """Whether two texts share a part only, from their phrases, in order and ranked; else None.

    "boilerplate" where each has a stretch of its own: what an edited copy does not have, for its
    edits lie scattered. "partial-copy" where one puts text of its own before the other's.
    """
    if len(a) > len(b):
        a, b, ranked_a, ranked_b = b, a, ranked_b, ranked_a
    cover_a, cover_b = _covered(a, ranked_b), _covered(b, ranked_a)
    if _thinnest(cover_a) < BARE and _thinnest(cover_b) < BARE:
        return "boilerplate"
    ahead = _ahead(cover_b)
    if ahead >= BEHIND and ahead >= BEHIND_SHARE * len(cover_b):
        return "partial-copy"
    return None


def _covered(phrases: np.ndarray, other: np.ndarray) -> np.ndarray:
    """For each word, whether it stands in a phrase that the other text has."""
    from audit.duplication import pairing

    cover = np.zeros(len(phrases) + PHRASE - 1, bool)
    pairing.cover(phrases, other, PHRASE, cover)
    return cover


def _density(cover: np.ndarray, width: int) -> np.ndarray:
    total = np.concatenate(([0], np.cumsum(cover)))
    return (total[width:] - total[:-width]) / width


def _thinnest(cover: np.ndarray) -> float:
    """The least share of any stretch that is covered."""
    width = min(len(cover), max(STRETCH_WORDS, int(len(cover) * STRETCH)))
    return float(_density(cover, width).min())


def _ahead(cover: np.ndarray) -> int:
    """How many words stand before the shared part begins."""
    dense = np.flatnonzero(_density(cover, min(len(cover), STRETCH_WORDS)) > 0.5)
    return int(dense[0]) if len(dense) else 0


_ADDED = ("relation", *(name for name in JUDGED if name not in RELATED))
WORDED = 0.1  # similarity below which a copy is one in other words
LOOSE = 0.35  # similarity below which a text that follows another closely is a rewrite of it
COMMON = 0.25  # share of shingles that two texts in other words may have in common


def refine(
    relation: str, overlap: float, similarity: float, in_a: float, in_b: float, a: Text, b: Text
) -> str:
    """The relation once the texts are known.

    A copy that shares few shingles is one in other words; a pair with less overlap than a copy
    is one too, where one text follows the other sentence by sentence.
    """
    apart = relation in ("independent", "boilerplate", "partial-copy")
    if apart and similarity < LOOSE and overlap >= ASKED and rewritten(a, b):
        return "reworded-copy"
    if max(in_a, in_b) >= COMMON:
        return relation
    if relation == "copy" and similarity < WORDED and overlap < 2 * COPY:
        return "reworded-copy"
    if relation == "independent" and overlap >= ASKED and follows(a, b):
        return "reworded-copy"
    return relation


def shingle_runs(texts: list[str], size: int = SHINGLE) -> list[np.ndarray]:
    """The hashed shingles of ``size`` words of each text, in order, as uint64."""
    from audit.duplication import kernels

    points, offsets, table = code_points(texts)
    counts = np.empty(len(texts), np.int64)
    flat = kernels.shingles(points, offsets, table, size, counts)
    ends = np.cumsum(counts)
    return [flat[end - n : end] for end, n in zip(ends, counts, strict=True)]


def shingle_sets(texts: list[str]) -> list[np.ndarray]:
    """The hashed word-5 shingles of each text, ascending, without repeats."""
    return [_unique(run) for run in shingle_runs(texts)]


def _unique(run: np.ndarray) -> np.ndarray:
    ranked = np.sort(run)
    return ranked[np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)]]


def resemblance(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    """Jaccard similarity of two sets and the share of each that is in the other (Broder 1997)."""
    from audit.duplication import pairing

    both = int(pairing.meet(a, b))
    either = len(a) + len(b) - both
    return (both / either if either else 1.0, both / max(len(a), 1), both / max(len(b), 1))
