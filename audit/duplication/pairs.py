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
    "common": pl.Int64(),  # words shared, where each side also has a stretch of its own; else 0
    "wider": pl.String(),  # the side that has much text around that of the other, wholly in it
    "starts": pl.Float64(),  # where in it the other starts and ends, as a share of its words
    "ends": pl.Float64(),
}


def judge(frame: pl.DataFrame) -> pl.DataFrame:
    """Judge pairs: ``relate.RELATED`` with ``text_a`` and ``text_b``; gives ``JUDGED``."""
    texts: dict[str, str] = {}
    for side in ("a", "b"):
        texts.update(frame.select(side, f"text_{side}").iter_rows())
    ids = sorted(texts)
    number = {document: n for n, document in enumerate(ids)}
    sets = _sets(frame.filter(pl.col("relation") != "identical"), texts)
    runs: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    parsed = [Text(texts[document]) for document in ids]
    credited = [bool(credits(text)) for text in parsed]
    rows = []
    names = ("a", "b", "relation", "overlap", "held_a", "held_b")
    for a, b, relation, overlap, *sides in frame.select(names).iter_rows():
        i, j = number[a], number[b]
        similarity = contained_a = contained_b = 1.0
        if relation != "identical":
            similarity, contained_a, contained_b = resemblance(sets[a], sets[b])
        held, common, span = None, 0, None
        in_words = max(contained_a, contained_b) >= COMMON
        if in_words and relation in ("copy", "partial-copy") and overlap < EVEN:
            for document in (a, b):
                if document not in runs:
                    (run,) = shingle_runs([texts[document]], PHRASE)
                    runs[document] = run, np.sort(run)
            held, common, span = part(runs[a][0], runs[b][0], runs[a][1], runs[b][1])
            if common and overlap >= ALIKE:
                held = None
            if span and not held and min(sides) < HALF:
                held = "partial-copy"
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
                "common": common if held else 0,
                "wider": None if span is None else a if len(runs[a][0]) > len(runs[b][0]) else b,
                "starts": span and span[0],
                "ends": span and span[1],
            }
        )
    added = pl.DataFrame(rows, schema={k: v for k, v in JUDGED.items() if k in _ADDED})
    return frame.drop("relation").hstack(added).select(*JUDGED)


def _sets(frame: pl.DataFrame, texts: dict[str, str]) -> dict[str, np.ndarray]:
    """The word-5 shingles of all documents of some pairs."""
    ids = sorted({*frame["a"], *frame["b"]})
    return dict(zip(ids, shingle_sets([texts[document] for document in ids]), strict=True))


PHRASE = 3  # words of a phrase: short ones survive many edits
EVEN = 0.85  # overlap from which nothing is asked about where the shared text stands
ALIKE = 0.8  # overlap from which stretches of their own do not part two texts
STRETCH = 0.25  # share of a text, and the least number of words, that make a stretch of it
STRETCH_WORDS = 20
BARE = 0.05  # share of a stretch covered by shared phrases below which it is the text's own
STORY_WORDS = 50  # words that two texts share and nobody else has: from here a part of a story
BEHIND = 50  # words of its own that a text may put before another's, with
BEHIND_SHARE = 0.1  # the share of it that they make
WHOLLY = 0.6  # share of a text's words in phrases of another from which it is wholly in it
DENSE = 0.85  # share of the words of a passage that are shared, where it is no heavy edit
HALF = 0.4  # share of a document below which what it holds of another is a part: no copy cut short
AROUND = 0.15  # share of a text around what it shares that may tell of a round-up


def part(
    a: np.ndarray, b: np.ndarray, ranked_a: np.ndarray, ranked_b: np.ndarray
) -> tuple[str | None, int, tuple[float, float] | None]:
    """Whether two texts share a part only, from their phrases, in order and ranked; else None.

    Where each has a stretch of its own, which an edited copy does not have, for its edits lie
    scattered, the number of words shared is the second value, and tells a part of a story from
    boilerplate, as long as nobody else is known to hold it. "partial-copy" also where one puts
    text of its own before the other's. The third value is where
    in the longer one the shared text starts and ends, as shares of it, if the shorter one is
    wholly in it and there is much around it.
    """
    if len(a) > len(b):
        a, b, ranked_a, ranked_b = b, a, ranked_b, ranked_a
    cover_a, cover_b = _covered(a, ranked_b), _covered(b, ranked_a)
    if _bare(cover_a) and _bare(cover_b):
        common = int(cover_a.sum())
        return "partial-copy" if common >= STORY_WORDS else "boilerplate", common, None
    size = len(cover_b)
    ahead, behind = _outside(cover_b)
    around = ahead + behind
    wholly = cover_a.mean() >= WHOLLY and around >= max(BEHIND, AROUND * size)
    wholly = wholly and cover_b[ahead : size - behind].mean() >= DENSE
    span = (ahead / size, 1 - behind / size) if wholly else None
    if ahead >= BEHIND and ahead >= BEHIND_SHARE * size:
        return "partial-copy", 0, span
    return None, 0, span


def _covered(phrases: np.ndarray, other: np.ndarray) -> np.ndarray:
    """For each word, whether it stands in a phrase that the other text has."""
    from audit.duplication import cover as kernels

    cover = np.zeros(len(phrases) + PHRASE - 1, bool)
    kernels.cover(phrases, other, PHRASE, cover)
    return cover


def _density(cover: np.ndarray, width: int) -> np.ndarray:
    total = np.concatenate(([0], np.cumsum(cover)))
    return (total[width:] - total[:-width]) / width


def _bare(cover: np.ndarray) -> bool:
    """Whether a text has a stretch of its own: a single phrase in it may be chance."""
    width = min(len(cover), max(STRETCH_WORDS, int(len(cover) * STRETCH)))
    return float(_density(cover, width).min()) < max(BARE, (PHRASE + 0.5) / width)


def _outside(cover: np.ndarray) -> tuple[int, int]:
    """How many words stand before the shared part begins, and how many behind its end."""
    width = min(len(cover), STRETCH_WORDS)
    dense = np.flatnonzero(_density(cover, width) > 0.5)
    if not len(dense):
        return 0, 0
    return int(dense[0]), len(cover) - int(dense[-1]) - width


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
    from audit.duplication import cover

    both = int(cover.meet(a, b))
    either = len(a) + len(b) - both
    return (both / either if either else 1.0, both / max(len(a), 1), both / max(len(b), 1))
