"""What an editor has judged already: a JSONL file of findings and comparisons to leave out.

Each line names one finding by its id, which survives edits elsewhere in the document, and says
why and when it was accepted. ``source-audit accept`` adds lines; any editor can be used to read it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import polars as pl

from audit.model import (
    CONFLICTS,
    Altered,
    AuditError,
    Cluster,
    Comparison,
    Event,
    Pair,
    Record,
    Report,
)


class Judgement(Record, frozen=True):
    """One judged finding: its id and, for the reader, what it was, why, and since when."""

    id: str
    reason: str
    date: str
    document: str = ""
    rule: str = ""
    quote: str = ""


def load(file: str | None) -> dict[str, Judgement]:
    """The judgements of a file by id; raises AuditError with file and line where one is broken."""
    found: dict[str, Judgement] = {}
    if file is None:
        return found
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise AuditError(f"--accepted {file}: {why}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                one = msgspec.json.decode(line, type=Judgement)
            except msgspec.DecodeError as error:
                raise AuditError(f"{file}:{number}: not a judgement: {error}") from error
            found[one.id] = one
    return found


def comparison_id(comparison: Comparison) -> str:
    """The stable id of a comparison: of its two quotes and their documents, in either order."""
    sides = sorted(f"{q.document}\0{q.quote}" for q in (comparison.a, comparison.b))
    name = "\0".join((comparison.kind, *sides))
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def add(report: Report, ids: Sequence[str], file: str, reason: str, date: str) -> list[Judgement]:
    """Adds judgements to a file, and returns them; ids may be shortened as long as they are clear.

    The id is that of a finding, of a comparison, or of an event, which stands for all its
    comparisons that are in conflict. A finding that a comparison made settles the comparison, and
    with it what was found on the other side.

    Raises AuditError for an id the report does not have, an empty reason, a date that is none.
    """
    if not reason.strip():
        raise AuditError("accept: say why, with --reason")
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise AuditError(f"accept: --date {date}: write it like 2021-03-09") from error
    known = _known(report, reason, date)
    made: dict[str, Judgement] = {}
    for short in ids:
        matching = [mark for mark in known if short and mark.startswith(short)]
        if len(matching) != 1:
            what = "nothing has" if not matching else f"{len(matching)} entries have"
            raise AuditError(
                f"accept: {what} an id that starts with {short!r}; the summary gives ids in"
                " brackets, the page and report.json those of all findings"
            )
        made.update((one.id, one) for one in known[matching[0]])
    try:
        already = load(file) if Path(file).exists() else {}
        with Path(file).open("a", encoding="utf-8") as out:
            for one in made.values():
                if one.id not in already:
                    out.write(msgspec.json.encode(one).decode() + "\n")
    except OSError as error:
        raise AuditError(f"accept: {file}: {error.strerror or error}") from error
    return list(made.values())


def _known(report: Report, reason: str, date: str) -> dict[str, list[Judgement]]:
    """What can be accepted, by id: the judgements that each id stands for."""
    known: dict[str, list[Judgement]] = {}
    by_side: dict[tuple[str, int, int], list[tuple[Comparison, Judgement]]] = {}
    for event in report.events:
        for c in event.comparisons:
            mark = comparison_id(c)
            what = f"{c.kind} {c.verdict}"
            one = Judgement(mark, reason, date, c.a.document, what, f"{c.a.quote} / {c.b.quote}")
            known[mark] = [one]
            if c.verdict in CONFLICTS:
                known.setdefault(event.id, []).append(one)
                for side in (c.a, c.b):
                    place = (side.document, side.start, side.end)
                    by_side.setdefault(place, []).append((c, one))
    for f in report.findings:
        told = by_side.get((f.document, f.start, f.end), []) if f.family == "conflict" else []
        made_of = [one for c, one in told if f.message.startswith(c.why)]
        known[f.id] = [Judgement(f.id, reason, date, f.document, f.rule, f.quote), *made_of]
    return known


def without(findings: pl.DataFrame, accepted: dict[str, Judgement]) -> pl.DataFrame:
    """The findings (frames.FINDINGS) that were not judged yet."""
    return findings.filter(~pl.col("id").is_in(sorted(accepted)))


def without_comparisons(events: Iterable[Event], accepted: dict[str, Judgement]) -> list[Event]:
    """The events without the comparisons that were judged; an event of no other is left out."""
    if not accepted:
        return list(events)
    from audit.facts.event_groups import ORDER

    left = []
    for event in events:
        rest = [c for c in event.comparisons if comparison_id(c) not in accepted]
        if len(rest) == len(event.comparisons):
            left.append(event)
        elif rest:
            verdict = min((c.verdict for c in rest), key=ORDER.index)
            left.append(msgspec.structs.replace(event, comparisons=rest, verdict=verdict))
    return left


def without_altered(
    clusters: Iterable[Cluster], findings: pl.DataFrame, accepted: dict[str, Judgement]
) -> list[Cluster]:
    """The clusters without the changes between copies that were judged, on either side.

    findings: frames.FINDINGS, those that were judged among them."""
    rows = findings.filter(
        pl.col("id").is_in(sorted(accepted)) & pl.col("rule").str.starts_with("altered-")
    )
    judged = set(rows.select("document", "start", "end").iter_rows())
    if not judged:
        return list(clusters)

    def settled(pair: Pair, one: Altered) -> bool:
        sides = ((pair.a, one.a), (pair.b, one.b))
        return any((document, span.start, span.end) in judged for document, span in sides)

    return [
        msgspec.structs.replace(
            cluster,
            pairs=[
                msgspec.structs.replace(p, altered=[o for o in p.altered if not settled(p, o)])
                for p in cluster.pairs
            ],
        )
        for cluster in clusters
    ]
