"""What each document adds to the scores of its source, gathered from everything that was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import polars as pl

from audit import model
from audit.model import CONFLICTS
from audit.scoring.score import NAMED, Evidence

# What one finding of the language group weighs as a slip, by severity; 1 counts in aggregate only.
WEIGHTS = {1: 0.15, 2: 1.0, 3: 2.0}
MACHINE_MADE = ("spun", "back-translated", "machine-translated", "template")
VERDICT_SLIPS = 20.0  # slips a 1,000 words that a verdict of machine-made text stands for
LEAST_WORDS = 50  # words below which slips a 1,000 words mean nothing


def gather(
    documents: pl.DataFrame,
    findings: pl.DataFrame,
    clusters: Sequence[model.Cluster],
    pairs: Iterable[Mapping[str, Any]],
    comparisons: Iterable[model.Comparison],
) -> Iterator[Evidence]:
    """Evidence of every audited document with a source, in order of source and document.

    documents: frames.DOCUMENTS with a column ``signals`` (a JSON object). findings:
    frames.FINDINGS. pairs: rows of frames.PAIRS, also those outside clusters.
    """
    source_of = dict(documents.select("id", "source").iter_rows())
    shared = borrowed(clusters, pairs, source_of)
    conflicts, supported = _compared(comparisons, source_of)
    copied = {d for c in clusters for d in c.documents}
    rows = (
        documents.filter((pl.col("state") == "audited") & pl.col("source").is_not_null())
        .join(_slips(findings), on="id", how="left")
        .sort("source", "id")
    )
    for row in rows.iter_rows(named=True):
        document = row["id"]
        taken, elsewhere = shared.get(document, (0.0, 0.0))
        yield Evidence(
            document=document,
            source=row["source"],
            words=row["words"],
            own=1.0 - taken,
            borrowed=elsewhere,
            signals=msgspec.json.decode(row["signals"] or "{}"),
            slips=_rate(row),
            conflicts=conflicts.get(document, 0.0),
            supported=supported.get(document, 0.0),
            findings={
                "language": row["language_ids"] or [],
                "conflicts": row["facts_ids"] or [],
                "copies": (row["duplication_ids"] or []) if document in copied else [],
            },
        )


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


def _slips(findings: pl.DataFrame) -> pl.DataFrame:
    """Weighted slips a document, and the first ids of its findings by group, as many as a
    contribution names."""
    weight = pl.col("severity").replace_strict(WEIGHTS, return_dtype=pl.Float64)
    millionths = (weight * pl.col("confidence") * 1e6).round().cast(pl.Int64)  # sums in any order
    of = {group: pl.col("group") == group for group in ("language", "facts", "duplication")}
    return findings.group_by(pl.col("document").alias("id")).agg(
        (millionths.filter(of["language"]).sum() / 1e6).alias("slips"),
        *(pl.col("id").filter(o).sort().head(NAMED).alias(f"{g}_ids") for g, o in of.items()),
    )


def _rate(row: Mapping[str, Any]) -> float | None:
    """Slips a 1,000 words; None where the text is short or its language is not examined."""
    if row["words"] < LEAST_WORDS or "grammar" in row["not_examined"]:
        return None
    rate = 1000 * (row["slips"] or 0.0) / row["words"]
    told = row["translation"]
    if told and told["verdict"] in MACHINE_MADE:
        rate += VERDICT_SLIPS * told["score"]
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
