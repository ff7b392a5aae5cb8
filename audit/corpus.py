"""A whole pile of documents, stage by stage, over an engine: what ``audit.run`` does.

Text goes by in batches and stays in the engine's store; what is held here is small columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec
import polars as pl

import audit
from audit import assemble, frames, gates, model
from audit.engines import Engine
from audit.measure import measure
from audit.model import SCHEMA_VERSION, Report
from audit.rules import Rules
from audit.settings import Settings

_SMALL = {n: t for n, t in frames.DOCS.items() if n not in ("text", "findings", "origins")}
_LIGHT = {
    name: frames.MEASURED[name]
    for name in (
        "id",
        "source",
        "words",
        "readability",
        "published",
        "language",
        "translation",
        "not_examined",
        "failed",
    )
}
_TEXTS = {"id": pl.String(), "text": pl.String()}
FINDINGS = frames.fields_of(model.Finding)


def project(frame: pl.DataFrame, *, columns: tuple[str, ...]) -> pl.DataFrame:
    """Some columns of a frame."""
    return frame.select(columns)


def texts_of(frame: pl.DataFrame, *, ids: frozenset[str], most: int) -> pl.DataFrame:
    """The texts of the documents named, as far as the report shows them."""
    rows = frame.filter(pl.col("id").is_in(sorted(ids)))
    return rows.select("id", "text").filter(pl.col("text").str.len_chars() <= most)


def findings_of(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a finding, from the nested column of MEASURED."""
    rows = frame.select("findings").explode("findings").drop_nulls()
    return rows.unnest("findings") if rows.height else frames.empty(FINDINGS)


def read(machine: Engine, settings: Settings) -> tuple[Any, Any, pl.DataFrame]:
    """The documents of the inputs: what was found, their table, and their small columns."""
    from audit.reading import batches, extract, identity, inputs

    found = inputs.find(settings.inputs, manifest=settings.manifest)
    raw = machine.read(batches.batches(found, mapping=settings.fields), frames.RAW)
    docs = machine.keep(machine.map(raw, extract.extract, frames.DOCS))
    index = machine.collect(
        machine.map(docs, partial(project, columns=tuple(frames.INDEX)), frames.INDEX)
    )
    renamed = identity.identify(index)
    docs = machine.keep(machine.map(docs, partial(identity.rename, names=renamed), frames.DOCS))
    small = machine.collect(machine.map(docs, partial(project, columns=tuple(_SMALL)), _SMALL))
    return found, docs, small


def audit_corpus(
    machine: Engine, settings: Settings, rules: Rules, tell: Callable[[str], None]
) -> tuple[Report, dict[str, Iterable[pl.DataFrame]]]:
    """The report of a run, and its tables, whole. Raises NoDocumentsError where none is found."""
    parts = settings.parts()
    tell("reading")
    found, docs, small = read(machine, settings)
    files, counts, errors = accounts.count(found, small)
    if not counts.found:
        raise model.NoDocumentsError(_nothing(settings, errors))
    tell(f"measuring {counts.audited:,} documents")
    measured = machine.keep(
        machine.map(docs, partial(measure, rules=rules, parts=parts), frames.MEASURED)
    )
    light = machine.collect(machine.map(measured, partial(project, columns=tuple(_LIGHT)), _LIGHT))
    tell("comparing texts")
    copies = _copies(machine, docs, measured, rules, parts)
    tell("comparing facts")
    events, comparisons, stated = _events(machine, measured, copies, rules, parts)
    findings = [*_findings(machine, measured), *copies.findings, *stated]
    tell("scoring")
    accepted = judged.load(settings.accepted)
    findings = judged.without(findings, accepted)
    clusters = assemble.joined(copies.clusters, copies.pairs)
    documents = assemble.documents(small, light, clusters, Counter(f.document for f in findings))
    sources = (
        scores.sources(
            documents, measured_signals(machine, measured), findings, clusters, events, rules
        )
        if "scores" in parts
        else []
    )
    failed = sum(d.state == "failed" for d in documents)
    report = Report(
        schema_version=SCHEMA_VERSION,
        run=model.Run(
            tool=f"source-audit {audit.__version__}",
            formula=rules.scoring["formula"],
            rules=rules.digest,
            settings=settings.digest(),
            inputs=[assemble.shown(name) for name in settings.inputs],
        ),
        summary=model.Summary(
            sentence="",
            files=files,
            documents=model.DocumentCounts(
                found=counts.found,
                audited=counts.found - counts.skipped - failed,
                skipped=counts.skipped,
                failed=failed,
            ),
            gate=model.Gate(passed=True),
        ),
        sources=sources,
        documents=documents,
        findings=findings,
        clusters=clusters,
        events=events,
        errors=errors,
        truncated=copies.truncated,
    )
