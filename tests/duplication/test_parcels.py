"""Features held in parcels: each document's own come out, once, and are given up."""

from __future__ import annotations

import numpy as np
import pytest

from audit.duplication import packing, parcels
from audit.duplication.parcels import Parcels


@pytest.mark.parametrize("together", [1, 1 << 16])
def test_every_document_comes_out_with_its_own_features(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "TOGETHER", together)
    pick = np.random.default_rng(3)
    held, own, count = Parcels(), {}, 0
    for rows in (0, 1, 200, 300):
        kept = pick.integers(0, 6, rows)
        digests = pick.integers(0, 1 << 63, rows, dtype=np.uint64) * np.uint64(2)
        values = pick.integers(0, 1 << 47, int(kept.sum())) << 16
        ends = np.cumsum(kept)
        for n in range(rows):
            lead = int(digests[n]) >> 64 - parcels.BITS
            own[count + n] = (lead, values[ends[n] - kept[n] : ends[n]].tolist())
        held.add(digests, kept, values)
        count += rows
    for _ in range(2):
        met: list[int] = []
        leads: list[int] = []
        for documents, features in held.each():
            met += documents.tolist()
            leads += [own[n][0] for n in documents.tolist()]
            told = [len(own[n][1]) for n in range(count)]
            starts = np.cumsum([0, *(told[n] for n in documents.tolist())])
            target = np.zeros(count, np.int64)
            target[documents] = starts[:-1]
            values = np.empty(starts[-1], np.int64)
            packing.put(features, documents, np.array(told), target, values)
            assert values.tolist() == [x for n in documents.tolist() for x in own[n][1]]
        assert sorted(met) == list(range(count))
        assert leads == sorted(leads)
    assert [n for documents, _ in held.taken() for n in documents.tolist()] == met
    assert not list(held.each())
