"""A whole pile of documents, stage by stage, over an engine: what ``audit.run`` does.

Text goes by in batches and stays in the engine's store; what is held here is small columns.
Longer than most files: a function a stage, in the order they run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import polars as pl

import audit
from audit import assemble, frames, gates, judged, listing, model, pairs
from audit.engines import Engine, Schema
from audit.facts.addresses import addresses_of
from audit.measure import failed, measure, numbered
from audit.model import SCHEMA_VERSION, Report
from audit.rules import Rules
from audit.settings import Settings

if TYPE_CHECKING:
    from audit.facts.reference import Reference

_SMALL = tuple(n for n in frames.DOCS if n not in ("text", "findings", "origins"))
_LIGHT = (
    "id",
    "source",
    "words",
    "published",
    "language",
    "translation",
    "signals",
    "not_examined",
    "failed",
)
_TEXT: Schema = {"id": pl.String(), "text": pl.String()}
_PRINTED: Schema = {"id": pl.String(), **frames.FINGERPRINT}


@dataclass(frozen=True)
class Shared:
    """What comparing texts found: pairs in full, clusters, witnesses, and what was cut."""

    pairs: pl.DataFrame
    clusters: list[model.Cluster]
    groups: dict[str, str]
    findings: list[model.Finding]
    truncated: dict[str, int]
    short: list[str]


def audit_corpus(
    machine: Engine, settings: Settings, rules: Rules, tell: Callable[[str], None]
) -> tuple[Report, listing.Tables]:
    """The report of a run, and its tables, whole. Raises NoDocumentsError where none is found."""
    from audit.facts import alone
    from audit.reading import accounts

    parts = settings.parts()
    known = _known(settings, rules)
    accepted = judged.load(settings.accepted)
    tell("reading")
    found, docs, small = read(machine, settings)
    files, counts, errors = accounts.count(found, small)
    if not counts.found:
        raise model.NoDocumentsError(_nothing(errors, found.skipped))
    tell(f"measuring {counts.audited:,} documents")
    measured = machine.keep(
        machine.map(
            docs,
            partial(measure, rules=rules, parts=parts, known=known),
            frames.MEASURED,
            on_lost=partial(failed, reason="it crashed the process that measured it"),
        )
    )
    light = _collected(machine, measured, _LIGHT, frames.MEASURED)
    tell("comparing texts")
    shared = _shared(machine, docs, measured, rules, parts, addresses_of(small))
    tell("comparing facts")
    events, stated = _events(machine, docs, measured, shared, accepted, rules, parts)
    every = pl.concat(
        [listing.findings(machine, measured), listing.rows([*shared.findings, *stated])]
    )
    clusters = judged.without_altered(shared.clusters, every, accepted)
    shared = replace(shared, clusters=clusters)
    findings = judged.without(every, accepted)
    findings = alone.standing(findings, events, dict(small.select("id", "source").iter_rows()))
    documents = assemble.documents(
        small.filter(pl.col("scope") == "document"),  # a file that broke off is no document
        light,
        shared.clusters,
        findings,
        shared.short if "duplication" in parts else (),
    )
    tell("scoring")
    sources = _sources(documents, light, findings, shared, events, rules, parts)
    lost = documents.filter(pl.col("state") == "failed").height
    errors += [
        model.InputError(input=name, reason=reason, kind="document")
        for name, reason in light.sort("id").select("id", "failed").iter_rows()
        if reason is not None
    ]
    report = Report(
        schema_version=SCHEMA_VERSION,
        run=model.Run(
            tool=f"source-audit {audit.__version__}",
            formula=rules.scoring["formula"],
            rules=rules.digest,
            settings=settings.digest(),
            inputs=[assemble.shown(name) for name in settings.inputs],
            parts=sorted(parts),
        ),
        summary=model.Summary(
            sentence="",
            files=files,
            documents=msgspec.structs.replace(
                counts, failed=lost, audited=counts.found - counts.skipped - lost
            ),
            gate=model.Gate(passed=True),
        ),
        sources=sources,
        documents=[],
        findings=[],
        clusters=shared.clusters,
        events=events,
        errors=errors,
        truncated=shared.truncated,
        skipped=list(found.skipped),
    )
    summary = msgspec.structs.replace(
        report.summary,
        sentence=assemble.sentence(report, documents, parts),
        totals=assemble.totals(report, findings),
    )
    report = msgspec.structs.replace(report, summary=summary)
    gate = gates.check(report, settings.gates)
    report = msgspec.structs.replace(report, summary=msgspec.structs.replace(summary, gate=gate))
    listed = {"documents": documents, "findings": findings, "pairs": shared.pairs}
    tables = listing.tables(machine, docs, measured, report, listed)
    shown = assemble.bounded(report, documents, findings)
    wanted = frozenset(assemble.to_annotate(shown, settings.shown))
    texts = machine.collect(
        machine.map(docs, partial(_texts, ids=wanted, most=assemble.SHOWN_TEXT), _TEXT)
    )
    listed_ids = frozenset(document.id for document in shown.documents)
    grades = machine.collect(
        machine.map(measured, partial(listing.grades, ids=listed_ids), listing.GRADES)
    )
    tell("")
    return assemble.completed(shown, dict(texts.iter_rows()), dict(grades.iter_rows())), tables


def _known(settings: Settings, rules: Rules) -> Sequence[Reference]:
    """The editor's own facts, where some are given."""
    if not settings.reference:
        return []
    from audit.facts import reference

    return reference.load(settings.reference, rules)


def read(machine: Engine, settings: Settings) -> tuple[Any, Any, pl.DataFrame]:
    """The documents of the inputs: what was found, their table, and their small columns."""
    from audit.reading import batches, extract, identity, inputs

    found = inputs.find(settings.inputs, manifest=settings.manifest)
    raw = machine.read(batches.batches(found, mapping=settings.fields), frames.RAW)
    one = partial(extract.extract, mapping=settings.fields)
    lost = partial(extract.lost, reason="it crashed the process that read it")
    docs = machine.keep(machine.map(raw, one, frames.DOCS, on_lost=lost))
    index = machine.collect(machine.map(docs, extract.index, frames.INDEX))
    renamed = identity.identify(index)
    if renamed.height:
        docs = machine.keep(machine.map(docs, partial(identity.rename, names=renamed), frames.DOCS))
    return found, docs, _collected(machine, docs, _SMALL, frames.DOCS)


def _nothing(errors: Sequence[model.InputError], skipped: Sequence[model.InputError]) -> str:
    """Why there is no document, with the first thing that was met instead of one."""
    told = "no document could be read" if errors else "no document found in the inputs"
    met = [*errors, *skipped]
    more = f" (and {len(met) - 1:,} more)" if len(met) > 1 else ""
    return f"{told}; {met[0].input}: {met[0].reason}{more}" if met else told


def _collected(machine: Engine, table: Any, columns: tuple[str, ...], of: Schema) -> pl.DataFrame:
    """Some columns of a table, here."""
    schema = {name: of[name] for name in columns}
    return machine.collect(machine.map(table, partial(listing.project, columns=columns), schema))


def _texts(frame: pl.DataFrame, *, ids: frozenset[str], most: int) -> pl.DataFrame:
    """The texts of the documents named, where they are not too long to be shown."""
    rows = frame.filter(pl.col("id").is_in(sorted(ids)), pl.col("text").str.len_chars() <= most)
    return rows.select("id", "text")


def _printed(docs: pl.DataFrame) -> pl.DataFrame:
    """Fingerprints of the documents that are audited, without signatures, which nothing reads."""
    from audit.duplication.fingerprint import fingerprint

    docs = docs.filter(pl.col("skipped").is_null() & pl.col("failed").is_null())
    return docs.select("id").hstack(fingerprint(docs["text"].to_list(), 0))


def _shared(
    machine: Engine,
    docs: Any,
    measured: Any,
    rules: Rules,
    parts: frozenset[str],
    addresses: Mapping[str, str],
) -> Shared:
    """Copies among the documents, with what each changed; facts need them to count witnesses."""
    if not parts & {"duplication", "facts"}:
        return Shared(frames.empty(frames.PAIRS), [], {}, [], {}, [])
    from audit.duplication import chunks
    from audit.duplication.copies import find_copies

    copies = find_copies(machine, docs, machine.map(docs, _printed, _PRINTED), measured)
    groups = pl.Series([copies.groups.get(a, a) for a in copies.pairs["a"]], dtype=pl.String)
    rows = chunks.texts_of(machine, docs, copies.pairs, groups)
    detailed = machine.collect(
        machine.map(
            rows, partial(pairs.detail, rules=rules, parts=parts), pairs.DETAILED, by="chunk"
        )
    ).sort("a", "b")
    full = frames.conform(detailed, frames.PAIRS)
    clusters = assemble.joined(copies.clusters, full)
    return Shared(
        pairs=full,
        clusters=clusters,
        groups=copies.groups,
        findings=_told_of_copies(detailed, clusters, addresses),
        truncated=dict(copies.truncated),
        short=copies.short,
    )


def _told_of_copies(
    detailed: pl.DataFrame, clusters: Sequence[model.Cluster], addresses: Mapping[str, str]
) -> list[model.Finding]:
    """What the pair checks found. Where it is known who had a text first, a copy is held against
    that one only, and nothing against the first, nor against two versions of one address."""
    first = {d: c.first.document for c in clusters if c.first for d in c.documents}
    found: dict[str, list[model.Finding]] = {}
    told = frames.records(detailed["findings"], list[model.Finding])
    for a, b, findings in zip(detailed["a"], detailed["b"], told, strict=True):
        origin = first.get(a) if first.get(a) == first.get(b) else None
        if origin is not None and origin not in (a, b):
            continue
        if a in addresses and addresses[a] == addresses.get(b):
            continue
        for finding in findings or ():
            if finding.document != origin:
                found.setdefault(finding.document, []).append(finding)
    return [
        finding for document in sorted(found) for finding in numbered(document, found[document])
    ]


def _events(
    machine: Engine,
    docs: Any,
    measured: Any,
    shared: Shared,
    accepted: dict[str, judged.Judgement],
    rules: Rules,
    parts: frozenset[str],
) -> tuple[list[model.Event], list[model.Finding]]:
    """Events with their comparisons, those aside that were judged, and what the comparison checks
    found."""
    if "facts" not in parts:
        return [], []
    from audit.checks import catalogue
    from audit.facts.corpus import compare_corpus

    compared = compare_corpus(machine, docs, measured, shared.groups, rules)
    shared.truncated["documents under one key of facts"] = compared.truncated
    found: dict[str, list[model.Finding]] = {}
    settled: set[model.Finding] = set()  # what comparisons found that were judged
    for check in catalogue().values():
        if check.by == "comparison":
            for event in compared.events:
                for comparison in event.comparisons:
                    made = list(check.find(comparison, rules))
                    if accepted and judged.comparison_id(comparison) in accepted:
                        settled.update(_nameless(finding) for finding in made)
                    for finding in made:
                        found.setdefault(finding.document, []).append(finding)
    stated = [f for d in sorted(found) for f in numbered(d, found[d])]
    if settled:
        stated = [f for f in stated if _nameless(f) not in settled]
    return judged.without_comparisons(compared.events, accepted), stated


def _nameless(finding: model.Finding) -> model.Finding:
    return msgspec.structs.replace(finding, id="")


def _sources(
    documents: pl.DataFrame,
    light: pl.DataFrame,
    findings: pl.DataFrame,
    shared: Shared,
    events: Sequence[model.Event],
    rules: Rules,
    parts: frozenset[str],
) -> list[model.Source]:
    if "scores" not in parts:
        return []
    from audit.scoring import attention, evidence, score

    gathered = evidence.gather(
        documents.join(light.select("id", "signals"), on="id", how="left"),
        findings,
        shared.clusters,
        shared.pairs.to_dicts(),
        (c for event in events for c in event.comparisons),
    )
    source_of = dict(documents.select("id", "source").iter_rows())
    severe = assemble.records(attention.eligible(findings), model.Finding)
    at, marks = addresses_of(documents), attention.marks(documents)
    checks = attention.check_first(source_of, severe, shared.clusters, events, rules, at, *marks)
    return attention.with_alone(score.score(gathered, checks, rules), findings, source_of)
