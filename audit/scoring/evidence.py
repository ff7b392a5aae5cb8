"""What each document adds to the scores of its source, gathered from everything that was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from audit import model
from audit.model import CONFLICTS
from audit.scoring.score import Evidence

# What one finding of the language group weighs as a slip, by severity; 1 counts in aggregate only.
WEIGHTS = {1: 0.15, 2: 1.0, 3: 2.0}
MACHINE_MADE = ("spun", "back-translated", "machine-translated", "template")
VERDICT_SLIPS = 20.0  # slips a 1,000 words that a verdict of machine-made text stands for
LEAST_WORDS = 50  # words below which slips a 1,000 words mean nothing


def gather(
    documents: Sequence[model.Document],
    signals: Mapping[str, str],
    findings: Iterable[model.Finding],
    clusters: Sequence[model.Cluster],
    pairs: Iterable[Mapping[str, Any]],
    comparisons: Iterable[model.Comparison],
) -> list[Evidence]:
    """Evidence of every audited document with a source. ``signals`` holds JSON objects by id;
    ``pairs`` are rows of frames.PAIRS, also those outside clusters."""
    source_of = {d.id: d.source for d in documents}
    shared = borrowed(clusters, pairs, source_of)
    slips, ids = _slips(findings)
    conflicts, supported = _compared(comparisons, source_of)
    copied = {d: c.id for c in clusters for d in c.documents}
    made = []
    for document in documents:
        if document.state != "audited" or document.source is None:
            continue
        taken, elsewhere = shared.get(document.id, (0.0, 0.0))
        made.append(
            Evidence(
                document=document.id,
                source=document.source,
                words=document.words,
                own=1.0 - taken,
                borrowed=elsewhere,
                signals=msgspec.json.decode(signals.get(document.id) or "{}"),
                slips=_rate(document, slips.get(document.id, 0.0)),
                conflicts=conflicts.get(document.id, 0.0),
                supported=supported.get(document.id, 0.0),
                findings={
                    "language": ids.get((document.id, "language"), []),
                    "conflicts": ids.get((document.id, "facts"), []),
                    "copies": ids.get((document.id, "duplication"), [])
                    if document.id in copied
                    else [],
                },
            )
        )
    return made


def borrowed(
    clusters: Sequence[model.Cluster],
    pairs: Iterable[Mapping[str, Any]],
    source_of: Mapping[str, str | None],
) -> dict[str, tuple[float, float]]:
    """For each document that shares text: the share that stood elsewhere first, and of that the
    share that stood with another source. Where nobody knows who was first, the members of a
    cluster share the text evenly."""
    held: dict[tuple[str, str], float] = {}
    round_ups: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for pair in pairs:
        a, b, share = pair["a"], pair["b"], pair["contained"]
        held[a, b], held[b, a] = share["a"], share["b"]
        if pair["relation"] == "round-up":
            whole, part = (a, b) if share["a"] <= share["b"] else (b, a)
            round_ups[whole].append((part, held[whole, part]))
    shared: dict[str, tuple[float, float]] = {}
    for cluster in clusters:
        first = cluster.first.document if cluster.first else None
        for document in cluster.documents:
            if document == first:
                continue
            others = [first] if first else [d for d in cluster.documents if d != document]
            share = max((held.get((document, other), 0.0) for other in others), default=0.0)
            if first and (document, first) not in held:  # joined through others of the cluster
                share = max(held.get((document, d), 0.0) for d in cluster.documents)
            even = 1.0 if first else 1.0 - 1.0 / len(cluster.documents)
            foreign = any(source_of.get(other) != source_of.get(document) for other in others)
            shared[document] = (share * even, share * even if foreign else 0.0)
    for whole, parts in round_ups.items():
        taken = min(1.0, sum(share for _, share in parts))
        elsewhere = sum(s for p, s in parts if source_of.get(p) != source_of.get(whole))
        before = shared.get(whole, (0.0, 0.0))
        shared[whole] = (max(before[0], taken), max(before[1], min(1.0, elsewhere)))
    return shared


def _slips(
    findings: Iterable[model.Finding],
) -> tuple[dict[str, float], dict[tuple[str, str], list[str]]]:
    """Weighted slips a document, and the ids of its findings by group."""
    slips: dict[str, float] = defaultdict(float)
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        ids[finding.document, finding.group].append(finding.id)
        if finding.group == "language":
            slips[finding.document] += WEIGHTS[finding.severity] * finding.confidence
    return slips, ids


def _rate(document: model.Document, slips: float) -> float | None:
    """Slips a 1,000 words; None where the text is short or its language is not examined."""
    if document.words < LEAST_WORDS or "grammar" in document.not_examined:
        return None
    rate = 1000 * slips / document.words
    if document.translation and document.translation.verdict in MACHINE_MADE:
        rate += VERDICT_SLIPS * document.translation.score
    return rate


def _compared(
    comparisons: Iterable[model.Comparison], source_of: Mapping[str, str | None]
) -> tuple[dict[str, float], dict[str, float]]:
    """Conflicts and corroborations a document, by confidence. A conflict is shared by its two
    sides, a source that contradicts itself bears it alone; a dispute of speakers is nobody's."""
    conflicts: dict[str, float] = defaultdict(float)
    supported: dict[str, float] = defaultdict(float)
    for one in comparisons:
        a, b = one.a.document, one.b.document
        same = source_of.get(a) == source_of.get(b)
        if one.verdict in CONFLICTS and one.verdict != "disputed":
            for document in {a, b}:
                conflicts[document] += one.confidence / 2
        elif one.verdict == "corroborates" and not same:
            supported[a] += one.confidence
            supported[b] += one.confidence
    return conflicts, supported
