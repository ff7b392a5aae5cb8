"""From inputs to a report: which stage follows which. What each does is in its own room.

Three functions are public: ``run`` audits a pile, ``inspect`` tells what is seen in each document
alone, ``compare`` what two documents share and where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit import gates as limits
from audit import rules as rule_folders
from audit.corpus import audit_corpus
from audit.engines import open_engine
from audit.measure import measure
from audit.model import Report
from audit.progress import display
from audit.reports import write
from audit.rules import Rules
from audit.settings import Settings


def run(
    inputs: Sequence[str],
    *,
    only: Sequence[str] = (),
    output: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    manifest: str | None = None,
    rules: Sequence[str] = (),
    jobs: int = 0,
    engine: str = "local",
    gates: Sequence[str] = (),
    accepted: str | None = None,
    reference: str | None = None,
    progress: bool = False,
) -> Report:
    """Audits files, folders and globs, and returns the report.

    inputs: paths, globs or ``-`` for stdin. only: parts to run (duplication, language, facts,
    scores), all by default. output: places to write, as on the command line
    (``html:report.html``, ``tables:DIR``). fields: field of a document -> name in the input.
    manifest: CSV of path, source, url, title, published, author. rules: folders over the shipped
    rules. jobs: worker processes, 0 for one a core. engine: ``local`` or ``spark[:MASTER]``.
    gates: limits such as ``reliability>=60``. accepted: file of judged findings. reference: own
    facts to check against. progress: show on stderr, if that is a terminal, how far the run is.

    Raises AuditError (its ``code`` is the exit code): settings or rules that cannot be used, no
    document found, an output that cannot be written. What could not be read is in ``errors``.
    """
    settings = Settings(
        inputs=_texts("inputs", inputs),
        only=_texts("only", only),
        rules=_texts("rules", rules),
        fields=tuple(sorted((fields or {}).items())),
        manifest=manifest,
        jobs=jobs,
        engine=engine,
        gates=_texts("gates", gates),
        accepted=accepted,
        reference=reference,
    )
    parts = settings.parts()
    if jobs < 0:
        raise model.AuditError(f"jobs: {jobs} is less than none; 0 is one a core")
    output = _texts("output", output)
    write.checked(output)
    limits.checked(settings.gates, parts)
    loaded = rule_folders.load(settings.rules)
    with open_engine(settings.engine, settings.jobs) as machine, display(progress) as shown:
        machine.watch = shown.watch
        report, tables = audit_corpus(machine, settings, loaded, shown.tell)
        write.outputs(report, output, tables)
    return report


def exit_code(report: Report) -> int:
    """1 where a gate failed, 3 where some inputs could not be read, else 0."""
    if not report.summary.gate.passed:
        return 1
    return 3 if report.summary.files.failed or report.summary.documents.failed else 0


def inspect(
    documents: Sequence[str | Mapping[str, Any]], *, rules: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """What is seen in each document alone: one dict a document, in the order given.

    documents: texts, or dicts with ``text`` and any of id, title, url, published, source, author,
    language. The dict's fields are those of ``audit.model.Note``; offsets are characters of the
    text, half-open. Raises AuditError where a document is no text or dict with a text.
    """
    from audit.reading.given import from_dicts

    return notes(from_dicts(documents), rule_folders.load(_texts("rules", rules)))


def compare(
    a: str | Mapping[str, Any], b: str | Mapping[str, Any], *, rules: Sequence[str] = ()
) -> dict[str, Any]:
    """What two documents share, and where they differ: the fields of ``audit.model.PairNote``.

    a, b: as in ``inspect``. Offsets are characters of each document's own text.
    """
    from audit.pairs import compare_documents
    from audit.reading.given import from_dicts

    loaded = rule_folders.load(_texts("rules", rules))
    return msgspec.to_builtins(compare_documents(from_dicts([a, b]), loaded))


def documents_of(file: str, format: str | None = None) -> pl.DataFrame:
    """The documents of one file, as frames.DOCS; ``format`` overrides the file's ending.

    Raises AuditError where the file, or a document in it, cannot be read.
    """
    from audit.reading import batches, extract, identity, inputs

    found = inputs.find([file], format=format)
    for error in found.errors:
        raise model.AuditError(f"{error.input}: {error.reason}")
    parts = [extract.extract(raw) for raw in batches.batches(found)]
    docs = pl.concat([frames.empty(frames.DOCS), *parts])
    for origin, row, reason in docs.select("origin", "row", "failed").iter_rows():
        if reason is not None:
            name = origin if row is None else f"{origin}#{row}"
            raise model.AuditError(f"{name}: {reason}")
    if not docs.height:
        raise model.NoDocumentsError(f"{file}: no document in it")
    return identity.rename(docs, identity.identify(extract.index(docs)))


def notes(docs: pl.DataFrame, rules: Rules) -> list[dict[str, Any]]:
    """``inspect`` of documents that were read already, as frames.DOCS."""
    docs = docs.with_columns(pl.lit(None, dtype=pl.String).alias("skipped"))
    measured = measure(docs, rules=rules, parts=frozenset({"language", "facts", "duplication"}))
    found = []
    for row in measured.iter_rows(named=True):
        if row["failed"]:
            raise model.AuditError(f"document {row['id']}: {row['failed']}")
        row["readability"] = msgspec.json.decode(row["readability"])
        found.append(msgspec.to_builtins(msgspec.convert(row, model.Note)))
    return found


def _texts(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """A sequence of strings as a tuple; a lone string is one, not a sequence of letters."""
    if isinstance(values, str):
        return (values,)
    found = tuple(str(value) for value in values)
    if any(not value for value in found):
        raise model.AuditError(f"{name}: an empty name")
    return found
