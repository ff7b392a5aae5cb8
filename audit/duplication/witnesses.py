"""Which clusters are one once the texts are known, and which documents are one witness."""

from __future__ import annotations

from collections import Counter

import numpy as np

from audit.duplication import relate
from audit.duplication.judged import Judged

COPIES = (relate.IDENTICAL, relate.COPIED, relate.REWORDED)


def joined(
    related: relate.Related, judged: Judged, relation: np.ndarray, apart: np.ndarray
) -> np.ndarray:
    """Cluster labels once reworded copies have joined: those verified with most of a cluster."""
    labels = related.labels
    reworded = _linked(related, judged, relation == relate.REWORDED)
    if not len(reworded):
        return labels
    size = Counter(labels.tolist())
    kept: dict[int, set[int]] = {}  # apart
    for a, b in _linked(related, judged, apart | (relation == relate.ROUND_UP)).tolist():
        kept.setdefault(a, set()).add(b)
        kept.setdefault(b, set()).add(a)
    links: dict[int, Counter[int]] = {}
    for a, b in reworded.tolist():
        links.setdefault(a, Counter())[b] += 1
        links.setdefault(b, Counter())[a] += 1
    now: dict[int, int] = {}

    def found(label: int) -> int:
        while label in now:
            label = now[label]
        return label

    once = [(-n, low, high) for low, met in links.items() for high, n in met.items() if low < high]
    for _, low, high in sorted(once):
        one, two = sorted((found(low), found(high)))
        if one == two or two in kept.get(one, ()):
            continue
        if 2 * links[one][two] < size[one] * size[two]:
            continue
        now[two] = one
        size[one] += size.pop(two)
        for other, n in links.pop(two).items():
            if other != one:
                links[one][other] += n
                links[other][one] += n
            del links[other][two]
        for other in kept.pop(two, ()):
            kept.setdefault(one, set()).add(other)
            kept[other].add(one)
            kept[other].discard(two)
    joined = labels.copy()
    for label in now:
        joined[labels == label] = found(label)
    return joined


def _linked(
    related: relate.Related, pairs: Judged | relate.Listed, some: np.ndarray | None = None
) -> np.ndarray:
    """The clusters of the two documents of pairs, or of some, where they are two."""
    first, second = related.labels[pairs.first], related.labels[pairs.second]
    if some is not None:
        first, second = first[some], second[some]
    return np.stack([first, second], axis=1)[first != second]


def groups(related: relate.Related, judged: Judged, relation: np.ndarray) -> dict[str, str]:
    """Documents that are one witness: clusters, and those that share a part of a story.

    A document made of several stories goes with the one that makes most of it, its cluster if it
    is in one, and with what shares text with that: it does not make the others one witness.
    """
    from audit.duplication.linkage import components

    labels, compared = related.labels, related.compared
    linked = np.sort(_linked(related, compared.listed), axis=1)
    met = set((linked[:, 0] * len(labels) + linked[:, 1]).tolist())
    some = np.isin(relation, (relate.PARTIAL, relate.ROUND_UP))
    parts: dict[int, list[tuple[float, int]]] = {}
    columns = (judged.first, judged.second, judged.held_a, judged.held_b)
    for a, b, held_a, held_b in zip(*(c[some].tolist() for c in columns), strict=True):
        wider, part, held = (a, b, held_a) if held_a <= held_b else (b, a, held_b)
        parts.setdefault(wider, []).append((-held, part))
    label = labels.tolist()
    sizes = Counter(label)
    near: dict[int, list[int]] = {}
    mixed: set[int] = set()
    for _ in range(2):  # what is made of several stories is told first, then left out as a part
        near = {}
        for wider, held_parts in sorted(parts.items()):
            several = sorted(x for x in held_parts if x[1] not in mixed)
            if not several:
                continue
            own = label[wider]
            main = own if sizes[own] > 1 else label[several[0][1]]
            near[wider] = [
                part
                for _, part in several
                if label[part] == main
                or min(label[part], main) * len(label) + max(label[part], main) in met
            ]
        mixed |= {wider for wider, kept in near.items() if len(kept) < len(parts[wider])}
    alike = np.isin(relation, COPIES)
    held_in = [(wider, part) for wider, kept in near.items() for part in kept]
    first, second = np.array(held_in, np.int64).reshape(-1, 2).T
    found = np.empty(len(labels), np.int64)
    components(
        np.concatenate([judged.first[alike], np.arange(len(labels)), first]),
        np.concatenate([judged.second[alike], labels, second]),
        found,
    )
    shared = np.flatnonzero(np.bincount(found, minlength=len(labels))[found] > 1)
    ids = compared.met
    return dict(zip(ids.gather(shared), ids.gather(found[shared]), strict=True))
