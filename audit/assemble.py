"""From the frames of a run to the one Report object: what is shown, what is counted, what is said.

The report is bounded: it lists what an editor would look at first and counts the rest in
``truncated``; the tables hold everything. Documents and findings stay frames until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit.duplication.first import edited
from audit.reports import order

# What one report lists at most; the rest is counted, and whole in the tables. Together they keep
# report.json under 16 MB, which some readers refuse.
LIMITS = {
    "sources": 500,
    "documents": 2000,
    "findings": 5000,
    "clusters": 500,
    "events": 500,
    "errors": 500,
    "skipped": 500,
}
FIRST_CHECKS = 12  # what is checked first over all sources: their texts are carried in any case
PAIRS = 100  # pairs listed for a cluster, those with its first document before others
_PUBLISHED = frames.fields_of(model.Published)
SHOWN_TEXT = 30_000  # characters of a document's text the report carries
PASSAGES = 40  # shared passages shown for a pair
FIRST_VERDICTS: tuple[model.Verdict, ...] = (
    "conflict",
    "class-mismatch",
    "disputed",
    "update",
    "corroborates",
    "coexists",
    "wording",
)


def records(frame: pl.DataFrame, kind: type[Any]) -> list[Any]:
    """The rows of a frame as records of one kind."""
    return msgspec.convert(frame.to_dicts(), list[kind])  # type: ignore[valid-type]


def documents(
    docs: pl.DataFrame,
    measured: pl.DataFrame,
    clusters: Sequence[model.Cluster],
    findings: pl.DataFrame,
    short: Sequence[str] = (),
) -> pl.DataFrame:
    """Every document found, in order of id, with what was measured of it: frames.DOCUMENTS, still
    without readability, which is wide and joined where it is read.

    docs: DOCS without text. measured: the small columns of MEASURED. findings: frames.FINDINGS.
    short: ids of documents that were too short to be held against others, unless identical.
    """
    homes = [(d, cluster.id) for cluster in clusters for d in cluster.documents]
    home = pl.DataFrame(homes, schema={"id": pl.String, "cluster": pl.String}, orient="row")
    counts = findings.group_by(pl.col("document").alias("id")).agg(pl.len().alias("findings"))
    rows = docs.select("id", "source", "title", "url", "author", "skipped", "failed").sort("id")
    seen = measured.drop("source", "signals").rename({"failed": "gave_up"})
    seen = seen.with_columns(
        pl.when(pl.col("id").is_in(list(short)))
        .then(pl.col("not_examined").fill_null([]).list.concat(pl.lit("copies")))
        .otherwise("not_examined")
    )
    for other in (seen, home, counts):
        rows = rows.join(other, on="id", how="left", maintain_order="left")
    lost = pl.coalesce("failed", "gave_up").is_not_null()
    audited = ~lost & pl.col("skipped").is_null()
    none: dict[str, Any] = {"words": 0, "not_examined": []}
    unknown = pl.struct(pl.lit(None, dtype=pl.String).alias(n) for n in _PUBLISHED)
    return frames.conform(
        rows.with_columns(
            pl.when(lost)
            .then(pl.lit("failed"))
            .when(audited)
            .then(pl.lit("audited"))
            .otherwise(pl.lit("skipped"))
            .alias("state"),
            pl.coalesce("failed", "skipped", "gave_up").alias("reason"),
            pl.when(audited).then("language").alias("language"),
            pl.when(audited).then("translation").alias("translation"),
            pl.when(audited & pl.col("published").is_not_null())
            .then("published")
            .otherwise(unknown)
            .alias("published"),
            *(
                pl.when(audited).then(name).fill_null(value).alias(name)
                for name, value in none.items()
            ),
            pl.col("findings").fill_null(0),
            pl.lit("{}").alias("readability"),
            pl.lit(None, dtype=pl.String).alias("text"),
        ),
        frames.DOCUMENTS,
    )


def joined(clusters: pl.DataFrame, pairs: pl.DataFrame) -> list[model.Cluster]:
    """Clusters with their pairs: those whose two documents are both inside."""
    home = {d: row["id"] for row in clusters.iter_rows(named=True) for d in row["documents"]}
    inside: dict[str, list[dict[str, Any]]] = {}
    for pair in pairs.sort("a", "b").iter_rows(named=True):
        if home.get(pair["a"]) is not None and home.get(pair["a"]) == home.get(pair["b"]):
            inside.setdefault(home[pair["a"]], []).append(pair)
    rows = []
    for row in clusters.sort("id").iter_rows(named=True):
        known = inside.get(row["id"], [])
        first = msgspec.convert(row["first"], model.First | None)
        first = edited(first, row["documents"], known)
        documents = sorted(row["documents"])
        rows.append({"id": row["id"], "documents": documents, "pairs": known, "first": first})
    return msgspec.convert(rows, list[model.Cluster])


def bounded(report: model.Report, documents: pl.DataFrame, findings: pl.DataFrame) -> model.Report:
    """The report with its documents and findings, and long lists cut to what is looked at first;
    what is cut is counted."""
    truncated = dict(report.truncated)
    places = {verdict: rank for rank, verdict in enumerate(FIRST_VERDICTS)}
    kept: dict[str, Any] = {
        "documents": documents.sort("findings", "id", descending=[True, False]),
        "findings": findings.sort(
            *("severity", "confidence", "document", "start", "rule", "id"),
            descending=[True, True, False, False, False, False],
        ),
        "clusters": sorted(report.clusters, key=lambda c: (-len(c.documents), c.id)),
        "events": sorted(
            report.events,
            key=lambda e: (places.get(e.verdict or "wording", 9), -e.independent_sources, e.id),
        ),
        "errors": sorted(report.errors, key=lambda e: (e.kind, e.input, e.reason)),
        "skipped": list(report.skipped),
        "sources": sorted(report.sources, key=lambda s: (-s.documents, s.id)),
    }
    for name, limit in LIMITS.items():
        over = len(kept[name]) - limit
        if over > 0:
            truncated[name] = truncated.get(name, 0) + over
            kept[name] = kept[name][:limit]
    kept["documents"] = _documents(kept["documents"].sort("id"))
    kept["findings"] = records(
        kept["findings"].sort("document", "start", "end", "rule", "id"), model.Finding
    )
    kept["sources"].sort(key=lambda source: source.id)
    over = sum(max(0, len(c.pairs) - PAIRS) for c in kept["clusters"])
    if over:
        truncated["pairs"] = over
    kept["clusters"] = [msgspec.structs.replace(c, pairs=_pairs(c)) for c in kept["clusters"]]
    return msgspec.structs.replace(report, **kept, truncated=truncated)


def _pairs(cluster: model.Cluster) -> list[model.Pair]:
    """The pairs of a cluster that a report lists, in order, each with its first passages."""
    first = cluster.first.document if cluster.first else cluster.documents[0]
    near = sorted(cluster.pairs, key=lambda p: first not in (p.a, p.b))[:PAIRS]
    return [
        msgspec.structs.replace(p, passages=p.passages[:PASSAGES])
        for p in sorted(near, key=lambda p: (p.a, p.b))
    ]


def to_annotate(report: model.Report, shown: int) -> list[str]:
    """The ids of the documents whose text the report carries: those with most to look at."""
    weight: dict[str, float] = {}
    for finding in report.findings:
        weight[finding.document] = (
            weight.get(finding.document, 0.0) + (0, 0.1, 1, 3)[min(finding.severity, 3)]
        )
    for event in report.events:
        for comparison in event.comparisons:
            if comparison.verdict in model.CONFLICTS:
                for side in (comparison.a, comparison.b):
                    weight[side.document] = weight.get(side.document, 0.0) + 2
    for cluster in report.clusters:
        for document in cluster.documents:
            weight[document] = weight.get(document, 0.0) + 0.5
    for check, _ in order.checks(report, FIRST_CHECKS):
        weight[check.document] = weight.get(check.document, 0.0) + 1000
    ranked = sorted(
        (d.id for d in report.documents if d.state == "audited"),
        key=lambda d: (-weight.get(d, 0.0), d),
    )
    return ranked[:shown]


def completed(
    report: model.Report, texts: Mapping[str, str], readability: Mapping[str, str]
) -> model.Report:
    """The report with the readability (JSON) of the documents it lists, and the texts of those it
    annotates."""
    return msgspec.structs.replace(
        report,
        documents=[
            msgspec.structs.replace(
                d,
                text=texts.get(d.id),
                readability=msgspec.json.decode(readability.get(d.id, "{}")),
            )
            for d in report.documents
        ],
    )


def totals(report: model.Report, findings: pl.DataFrame) -> model.Totals:
    """The counts of everything, also of what the report will not list."""
    verdicts: Counter[str] = Counter(
        c.verdict for event in report.events for c in event.comparisons
    )
    return model.Totals(
        clusters=len(report.clusters),
        clustered=sum(len(c.documents) for c in report.clusters),
        conflicts=sum(verdicts[v] for v in model.CONFLICTS),
        corroborations=verdicts["corroborates"],
        findings=findings.height,
        severe=findings.filter(pl.col("severity") == 3).height,
    )


def sentence(report: model.Report, documents: pl.DataFrame, parts: frozenset[str]) -> str:
    """The answer in one sentence: how much was read, and of the parts that were run, what is
    copied and where facts conflict."""
    named = documents.filter(pl.col("state") == "audited")["source"].drop_nulls().n_unique()
    copies = sum(len(c.documents) - 1 for c in report.clusters)
    conflicts = sum(
        any(c.verdict in model.CONFLICTS for c in event.comparisons) for event in report.events
    )
    audited = _count(report.summary.documents.audited, "document")
    told = [f"{audited} of {_count(named, 'source')} audited"]
    if "duplication" in parts:
        told.append(f"{_count(copies, 'copy', 'copies')} of other documents")
    if "facts" in parts:
        told.append(f"{_count(conflicts, 'event')} stated in conflict")
    if "scores" in parts:
        scored = sum(s.scores.reliability.value is not None for s in report.sources)
        told.append(f"{scored} of {_count(len(report.sources), 'source')} scored")
    return "; ".join(told) + "."


def shown(name: str) -> str:
    """An input as the report names it: never an absolute path."""
    return name if name == "-" else PurePath(name).name or PurePath(name).as_posix()


def _documents(frame: pl.DataFrame) -> list[model.Document]:
    """The rows of frames.DOCUMENTS as records."""
    rows = frame.drop("readability").to_dicts()
    return msgspec.convert(rows, list[model.Document])


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
