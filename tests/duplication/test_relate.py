"""Relating fingerprints: the compiled loops against what they stand for, written plainly."""

import numpy as np
import pytest

from audit.duplication import features, linkage, pairing, relate
from audit.duplication.copies import copies_of

ROWS = 60


@pytest.fixture(scope="module")
def corpus() -> tuple[np.ndarray, np.ndarray]:
    """Features of documents, half of them drawn from a few hundred that many hold; four alike."""
    draw = np.random.default_rng(7)
    common = draw.integers(0, 1 << 60, 300)
    sets = [
        np.unique(np.append(draw.integers(0, 1 << 60, 50), draw.choice(common, 60)))
        for _ in range(ROWS)
    ]
    sets[9] = sets[11] = sets[30] = sets[2]
    offsets = np.append(0, np.cumsum([len(s) for s in sets]))
    return np.concatenate(sets), offsets


def test_candidates_are_the_pairs_that_share_enough_keys(corpus):
    values, offsets = corpus
    keys = [set(values[a : a + 32].tolist()) for a in offsets[:-1]]
    common = {
        (a, b): len(keys[a] & keys[b])
        for a in range(ROWS)
        for b in range(a + 1, ROWS)
        if len(keys[a] & keys[b]) >= relate.SHARED_KEYS
    }
    first, second, shared = relate._candidates(values, offsets)
    found = zip(first.tolist(), second.tolist(), strict=True)
    assert dict(zip(found, shared.tolist(), strict=True)) == common
    assert (2, 9) in common and list(common) == sorted(common)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_feature_counts_by_the_families_that_hold_it(corpus, threads):
    values, offsets = corpus
    pairs = np.array([(2, 9), (2, 11), (2, 30)] + [(n, n + 1) for n in range(ROWS - 1)]).T
    found = features.weigh(values.copy(), offsets, np.full(ROWS, 3), *pairs, threads=threads)
    family = {9: 2, 11: 2, 30: 2}
    holders: dict[int, set[int]] = {}
    for n in range(ROWS):
        for value in values[offsets[n] : offsets[n + 1]].tolist():
            holders.setdefault(value, set()).add(family.get(n, n))
    many = np.array([len(holders[value]) for value in values.tolist()])
    expected = np.minimum(1.0, (features.FREE / many) ** features.POWER).astype(np.float32)
    assert (many > features.FREE).any() and (found.weights == expected).all()
    assert (found.values >> 16 == values >> 16).all()


def test_overlap_is_the_same_one_pair_at_a_time_and_many(corpus):
    draw = np.random.default_rng(3)
    values, offsets = corpus[0] & ~features.CODE, corpus[1]
    levels = np.where(np.arange(ROWS) % 5, 3, 4)
    for n in np.flatnonzero(levels == 4):  # a coarser sample holds the least values only
        values[offsets[n] : offsets[n + 1]] >>= 1
    same = np.unique(values, return_inverse=True)[1]
    values = values & ~features.CODE | draw.integers(0, features.CODE + 1, len(values))[same]
    scale = draw.random(features.CODE + 1, np.float32)
    totals = np.add.reduceat(scale[values & features.CODE].astype(np.float64), offsets[:-1])
    first, second = np.triu_indices(ROWS, 1)
    held = (values, scale, offsets, levels, totals)
    together = features.verify(features.Features(*held), first, second)
    alone, kept = np.empty((1, 4)), np.empty(1, np.int64)
    for n in range(0, len(first), 7):
        pairing.share(*held, first[n : n + 1], second[n : n + 1], 0.0, kept, alone)
        assert (alone[0] == together[n]).all()
    assert together[:, 3].max() == 1.0
    for least in (0.1, 0.3, 0.5):
        kept, some = features.over(features.Features(*held), first, second, least)
        assert kept.tolist() == np.flatnonzero(together[:, 0] >= least).tolist() != []
        assert (some == together[kept]).all()


def test_linkage_is_the_same_with_what_is_known_of_pairs(corpus):
    values, offsets = corpus
    pairs = np.array([(2, 9), (2, 11), (2, 30)] + [(n, n + 1) for n in range(ROWS - 1)]).T
    held = features.weigh(values.copy(), offsets, np.full(ROWS, 3), *pairs)
    first, second = np.triu_indices(ROWS, 1)
    table = features.verify(held, first, second)
    none = np.zeros(0, np.int64)
    cut = np.quantile(table[:, 0], 0.7)
    expected = np.empty(ROWS, np.int64)
    overlap = np.zeros((ROWS, ROWS))
    overlap[first, second] = overlap[second, first] = table[:, 0]
    linkage.average_linkage(overlap, cut, expected)
    for some in (slice(0), slice(None, None, 3), slice(None)):
        labels = np.zeros(ROWS, np.int64)
        begins = np.searchsorted(first[some], np.arange(ROWS + 1))
        linkage.link(
            np.arange(ROWS), np.array([0, ROWS]), cut, held.values, held.scale, held.offsets,
            held.levels, held.totals, begins, second[some], table[some, 0].copy(), none, labels,
        )  # fmt: skip
        assert labels.tolist() == expected.tolist()
    assert 1 < len(set(expected.tolist())) < ROWS


def test_the_number_of_threads_changes_nothing():
    story = "The ferry {n} left the harbour at dawn with {n} crates of apples for the {n} islands. "
    texts = ["".join(story.format(n=n * k) for k in range(1, 30)) for n in range(40)]
    texts += [text + "The captain asked not to be named." for text in texts[:20]]
    ids = [f"{n:03}" for n in range(len(texts))]
    one, two = copies_of(ids, texts), copies_of(ids, texts, threads=2)
    assert one.pairs.equals(two.pairs) and one.clusters.equals(two.clusters)
    assert one.pairs.height
