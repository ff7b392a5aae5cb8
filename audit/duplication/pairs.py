"""What two texts that share features are to each other, judged on the texts themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from audit import frames
from audit.duplication import chunks, common, cover, credit
from audit.duplication.editing import made, made_plainly
from audit.duplication.fingerprint import SHINGLE, encoded
from audit.duplication.judged import JUDGED, Found
from audit.duplication.relate import (
    ASKED,
    BOILERPLATE,
    COPIED,
    COPY,
    IDENTICAL,
    INDEPENDENT,
    PARTIAL,
    REWORDED,
    ROUND_UP,
)
from audit.duplication.roundups import OWN, UNTIED
from audit.duplication.story import Story, follows, rewritten
from audit.tokens import Text


def judge(frame: pl.DataFrame) -> pl.DataFrame:
    """Judge pairs: frames of ``chunks.ROWS`` with ``ASKED_OF``; gives ``JUDGED``."""
    done = [frames.empty(JUDGED)]
    for pairs, texts in chunks.opened(frame):
        ids = pl.concat([pairs["a"], pairs["b"]]).unique().sort()
        first, second = (ids.search_sorted(pairs[side]).to_numpy().astype(int) for side in "ab")
        known = (pairs[name].to_numpy() for name in ("relation", "overlap", "held_a", "held_b"))
        found = judged([texts[document] for document in ids], first, second, *known)
        done.append(frames.conform(pairs.select("a", "b").with_columns(**found), JUDGED))
    return pl.concat(done)


def judged(
    raw: list[str], first: np.ndarray, second: np.ndarray, relation: np.ndarray,
    overlap: np.ndarray, held_a: np.ndarray, held_b: np.ndarray,
) -> Found:  # fmt: skip
    """Judge pairs of texts, given by their places in ``raw``, of which is known what ``ASKED_OF``
    has; the columns of ``FOUND``."""
    least = np.minimum(held_a, held_b)
    loose = (relation != ROUND_UP) & (overlap >= COPY)  # may yet be together
    copied = (relation == COPIED) | (relation == PARTIAL) | loose
    whole_copy = relation == COPIED
    found = looked(raw, first, second, copied, overlap < EVEN)
    similarity, (in_a, in_b), asked = found.similarity, found.inside, found.asked
    told, common, spans, sides = found.told, found.common, found.spans, found.sides
    told[(common > 0) & (overlap >= ALIKE)] = cover.NO_PART
    spanned = spans[:, 0] >= 0
    told[spanned & (told == cover.NO_PART) & (least < HALF)] = cover.PARTIAL
    series = (sides[:, 4] >= NUMBERS) & (sides[:, 5] < SAME_NUMBERS * sides[:, 4])
    told[series], common[series] = cover.BOILERPLATE, 0
    mixed = (sides[:, (0, 2)] >= OWN) & (sides[:, (1, 3)] <= UNTIED)  # with other matter
    unlike = series | mixed.all(axis=1)
    stories: dict[int, Story] = {}
    least_held = np.maximum(in_a, in_b)
    relation = np.array(relation, np.int8)
    for n in np.flatnonzero(
        (told != cover.NO_PART)
        | ((overlap >= ASKED) & ~whole_copy & (similarity < LOOSE))
        | ((least_held < COMMON) & (similarity < WORDED))
    ).tolist():
        a, b = (stories.setdefault(i, Story(Text(raw[i]))) for i in (first[n], second[n]))
        if told[n] == cover.NO_PART:
            relation[n] = refine(relation[n], overlap[n], similarity[n], in_a[n], in_b[n], a, b)
        elif not unlike[n] and similarity[n] < LOOSE and rewritten(a, b):
            relation[n], told[n] = REWORDED, cover.NO_PART
        else:
            relation[n] = PARTS[told[n]]
    credited = np.zeros(len(raw), np.bool_)
    maybe = np.flatnonzero(found.credited)
    credited[maybe] = credit.credited([raw[n] for n in maybe.tolist()])
    once = np.isin(relation, (IDENTICAL, COPIED, PARTIAL, REWORDED))
    made_a, made_b = found.made & once
    once &= found.unsure
    made_a[once], made_b[once] = made(raw, first[once], second[once])
    return {
        "relation": relation,
        "similarity": similarity,
        "contained_a": in_a,
        "contained_b": in_b,
        "credit_a": credited[first],
        "credit_b": credited[second],
        "made_a": made_a,
        "made_b": made_b,
        "apart": told != cover.NO_PART,
        "common": np.where(told != cover.NO_PART, common, 0),
        "wider_a": found.wider_a,
        "spanned": spanned,
        "starts": spans[:, 0],
        "ends": spans[:, 1],
        "looked": asked,
        "begins": spans[:, 2],
        "ceases": spans[:, 3],
        "own_a": sides[:, 0],
        "own_b": sides[:, 2],
        "tied_a": sides[:, 1],
        "tied_b": sides[:, 3],
    }


BLOCK = 512  # pairs whose words are looked at together
EVEN = 0.85  # overlap from which nothing is asked about where the shared text stands
ALIKE = 0.8  # overlap from which stretches of their own do not part two texts
HALF = 0.4  # share of a document below which what it holds of another is a part: no copy cut short
# Two reports by one form, as on the weather, have the words in common and not the numbers: of so
# many that stand behind the same words, less than a quarter. Of 3,000 pairs of edited copies, none.
NUMBERS = 4
SAME_NUMBERS = 0.25
PARTS = {cover.PARTIAL: PARTIAL, cover.BOILERPLATE: BOILERPLATE}
WORDED = 0.1  # similarity below which a copy is one in other words
LOOSE = 0.35  # similarity below which a text that follows another closely is a rewrite of it
COMMON = 0.25  # share of shingles that two texts in other words may have in common


def refine(
    relation: int, overlap: float, similarity: float, in_a: float, in_b: float, a: Story, b: Story
) -> int:
    """The relation once the texts are known.

    A copy that shares few shingles is one in other words; a pair with less overlap than a copy
    is one too, where one text follows the other sentence by sentence.
    """
    apart = relation in (INDEPENDENT, BOILERPLATE, PARTIAL)
    worded = max(in_a, in_b) < COMMON
    unsure = overlap >= ASKED and apart and similarity < LOOSE
    alone = worded and relation == INDEPENDENT
    if unsure and (rewritten(a, b) or (alone and follows(a, b))):
        return REWORDED
    if worded and relation == COPIED and similarity < WORDED and overlap < 2 * COPY:
        return REWORDED
    return relation


@dataclass(frozen=True)
class Looked:
    """What the words of pairs of texts tell, a row or a value a pair: the Jaccard similarity of
    their word-5 shingles, 1 for two texts without words, and the share of those of each that is in
    the other; which pairs were asked where the shared text stands, what ``cover.part`` tells of
    them, whether the first text has more phrases; what ``editing.made_plainly`` tells, and which
    texts may have a credit line."""

    similarity: np.ndarray
    inside: np.ndarray
    asked: np.ndarray
    told: np.ndarray
    common: np.ndarray
    spans: np.ndarray
    sides: np.ndarray
    wider_a: np.ndarray
    made: np.ndarray
    unsure: np.ndarray
    credited: np.ndarray


def looked(
    raw: list[str], first: np.ndarray, second: np.ndarray, copied: np.ndarray, uneven: np.ndarray
) -> Looked:
    """Look at the words of pairs of texts, those that are connected together, a block at a time:
    what is known of the words of a block stays in the cache. Of the ``copied`` pairs that are
    ``uneven`` and have enough in common it is asked where that stands."""
    from audit.duplication import linkage, looking

    many = len(first)
    found = Looked(
        similarity=np.empty(many, np.float64),
        inside=np.empty((2, many), np.float64),
        asked=np.empty(many, np.bool_),
        told=np.empty(many, np.int64),
        common=np.empty(many, np.int64),
        spans=np.empty((many, 4), np.float64),
        sides=np.empty((many, 6), np.float64),
        wider_a=np.empty(many, np.bool_),
        made=np.empty((2, many), np.bool_),
        unsure=np.empty(many, np.bool_),
        credited=np.ones(len(raw), np.bool_),
    )
    *columns, of_pairs, unsure, may_be = vars(found).values()
    groups = np.empty(len(raw), np.int64)
    linkage.components(first, second, groups)
    group = groups[first]
    order = np.argsort(group, kind="stable")
    for start in range(0, many, BLOCK):
        some = order[start : start + BLOCK]
        held, place = np.unique((first[some], second[some]), return_inverse=True)
        one, two = place.reshape(2, -1)
        texts = [raw[n] for n in held.tolist()]
        source, offsets, table, whole = encoded(texts)
        looking.look(
            source, offsets, table, *common.words(), SHINGLE, COMMON, one, two, group[some],
            copied[some], uneven[some], some, *columns,
        )  # fmt: skip
        plain = np.fromiter(map(str.isascii, texts), np.bool_, len(texts))
        made_plainly(source, offsets, plain, one, two, some, of_pairs, unsure)
        may_be[held] = credit.may_be(source, offsets) | ~whole
    return found
