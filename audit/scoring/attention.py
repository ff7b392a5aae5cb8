"""What an editor should check first at each source: by consequence, then by certainty."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import structs

from audit import model
from audit.model import CONFLICTS, CheckFirst
from audit.rules import Rules

# Consequence for the reader, 0..1: a fact told wrongly before a fact unsupported, before wording.
_CONFLICT = {"number": 0.95, "date": 0.85, "status": 0.9, "negation": 0.95, "identity": 0.8}
_ALTERED = {"number": 1.0, "negation": 1.0, "date": 0.9, "name": 0.9, "quote": 0.85}
_GROUP = {
    "facts": 0.75,
    "sourcing": 0.6,
    "duplication": 0.55,
    "presentation": 0.5,
    "language": 0.25,
    "reading": 0.2,
}
_RULE = {"publication-date-contradicted": 0.85, "headline-stronger-than-body": 0.9}
_LEAST = {"facts": 2, "presentation": 2}  # severity that is looked at; else 3
_ONCE = frozenset({"publication-date-contradicted", "stands-alone"})  # a text
UNSURE = 0.6  # a conflict less sure than this weighs half
SHOWN = 10  # a source
ALIKE = 2  # of them, findings with one message
WORDING = 3  # of them, slips of language: the texts show the others


def eligible(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings (frames.FINDINGS) that are worth a look: the severe ones, those of facts and of
    how a text is presented a step before, and grave claims that stand alone."""
    least = pl.col("group").replace_strict(_LEAST, default=3)
    return findings.filter((pl.col("severity") >= least) | (pl.col("rule") == "stands-alone"))


def check_first(
    source_of: Mapping[str, str | None],
    findings: Sequence[model.Finding],
    clusters: Sequence[model.Cluster],
    events: Sequence[model.Event],
    rules: Rules,
    addresses: Mapping[str, str] | None = None,
) -> dict[str, list[CheckFirst]]:
    """For each source the statements to check first, at most SHOWN, at most one a passage.

    source_of: the source of each document by id. findings: those that are ``eligible``.
    addresses: of documents that have one; two of one address are an update, no altered copy.
    """
    gravity = rules.facts["events"].get("weights", {})
    ranked: dict[str, list[tuple[float, bool, CheckFirst]]] = defaultdict(list)

    def add(weight: float, entry: CheckFirst, wording: bool = False) -> None:
        source = source_of.get(entry.document)
        if source is not None:
            worth = round(weight * entry.confidence, 4)
            ranked[source].append((worth, wording, structs.replace(entry, weight=worth)))

    for event in events:
        for one in event.comparisons:
            if one.verdict in CONFLICTS:
                weight = _CONFLICT[one.kind] * (0.6 if one.verdict == "disputed" else 1.0)
                weight *= gravity.get(one.event, 1.0) * (0.5 if one.confidence < UNSURE else 1.0)
                for side, other in ((one.a, one.b), (one.b, one.a)):
                    add(weight, _conflict(event, one, side, other))
    for cluster in clusters:
        first = cluster.first.document if cluster.first else None
        for pair in cluster.pairs:
            if first is not None and first not in (pair.a, pair.b):
                continue
            if addresses and addresses.get(pair.a, "") == addresses.get(pair.b, " "):
                continue  # a page that was changed
            for changed in pair.altered:
                add(_ALTERED[changed.kind], _changed(pair, changed, cluster.first))
    once: set[tuple[str, str]] = set()
    for finding in findings:
        told = finding.family == "conflict" or finding.rule.startswith("altered-")
        if finding.rule in _ONCE:
            told = told or (finding.document, finding.rule) in once
            once.add((finding.document, finding.rule))
        if finding.family != "residue" and not told:
            weight = _RULE.get(finding.rule, _GROUP[finding.group])
            add(weight, _seen(finding), finding.group == "language")
    return {source: _distinct(entries) for source, entries in sorted(ranked.items())}


def with_alone(
    sources: Sequence[model.Source], findings: pl.DataFrame, source_of: Mapping[str, str | None]
) -> list[model.Source]:
    """The sources with how many grave claims of theirs stand alone."""
    documents = findings.filter(pl.col("rule") == "stands-alone")["document"]
    count = Counter(source_of.get(document) for document in documents)
    return [structs.replace(source, alone=count[source.id]) for source in sources]


def _conflict(
    event: model.Event, one: model.Comparison, side: model.Quote, other: model.Quote
) -> CheckFirst:
    same = side.document == other.document
    where = "the same text" if same else other.document
    return CheckFirst(
        why=f"{one.why} {where.capitalize() if same else where} says “{_short(other.quote)}”.",
        document=side.document,
        quote=side.quote,
        start=side.start,
        end=side.end,
        event=event.id,
        confidence=one.confidence,
    )


def _changed(pair: model.Pair, changed: model.Altered, first: model.First | None) -> CheckFirst:
    """The changed fact, in the copy where that is known."""
    mine, theirs, document, other = changed.b, changed.a, pair.b, pair.a
    if first is not None and first.document == pair.b:
        mine, theirs, document, other = changed.a, changed.b, pair.a, pair.b
    return CheckFirst(
        why=f"{changed.kind} changed in a copy: {other} has “{_short(theirs.text) or 'nothing'}”",
        document=document,
        quote=mine.text,
        start=mine.start,
        end=mine.end,
        confidence=0.5 + 0.4 * (first.certainty if first is not None else 0.0),
    )


def _seen(finding: model.Finding) -> CheckFirst:
    return CheckFirst(
        why=finding.message,
        document=finding.document,
        quote=finding.quote,
        start=finding.start,
        end=finding.end,
        finding=finding.id,
        confidence=finding.confidence,
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def _distinct(entries: list[tuple[float, bool, CheckFirst]]) -> list[CheckFirst]:
    """The best entries, each passage, each event and each reason once."""
    kept: list[CheckFirst] = []
    seen: set[tuple[str, int]] = set()
    told: set[str | None] = set()
    alike: Counter[str] = Counter()
    slips = 0
    ordered = sorted(entries, key=lambda e: (-e[0], e[2].document, e[2].start, e[2].why))
    for _, wording, entry in ordered:
        place = (entry.document, entry.start)
        if place in seen or alike[entry.why] == ALIKE or (wording and slips == WORDING):
            continue
        if entry.event in told and entry.event is not None:
            continue  # one event told of once: its other pairs stand with it in the report
        seen.add(place)
        told.add(entry.event)
        alike[entry.why] += 1
        slips += wording
        kept.append(entry)
        if len(kept) == SHOWN:
            break
    return kept
