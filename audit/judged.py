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

from audit.model import AuditError, Comparison, Event, Record, Report


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

    Raises AuditError for an id the report does not have, an empty reason, a date that is none.
    """
    if not reason.strip():
        raise AuditError("accept: say why, with --reason")
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise AuditError(f"accept: --date {date}: write it like 2021-03-09") from error
    known = {
        f.id: Judgement(f.id, reason, date, f.document, f.rule, f.quote) for f in report.findings
    }
    for event in report.events:
        for c in event.comparisons:
            quotes = f"{c.a.quote} / {c.b.quote}"
            mark = comparison_id(c)
            known[mark] = Judgement(mark, reason, date, c.a.document, f"{c.kind} conflict", quotes)
    made = []
    for short in ids:
        matching = [mark for mark in known if short and mark.startswith(short)]
        if len(matching) != 1:
            what = "no finding has" if not matching else f"{len(matching)} findings have"
            raise AuditError(f"accept: {what} an id that starts with {short!r}")
        made.append(known[matching[0]])
    try:
        already = load(file) if Path(file).exists() else {}
        with Path(file).open("a", encoding="utf-8") as out:
            for one in made:
                if one.id not in already:
                    out.write(msgspec.json.encode(one).decode() + "\n")
    except OSError as error:
        raise AuditError(f"accept: {file}: {error.strerror or error}") from error
    return made


def without(findings: pl.DataFrame, accepted: dict[str, Judgement]) -> pl.DataFrame:
    """The findings (frames.FINDINGS) that were not judged yet."""
    return findings.filter(~pl.col("id").is_in(sorted(accepted)))


def without_comparisons(events: Iterable[Event], accepted: dict[str, Judgement]) -> list[Event]:
    """The events without the comparisons that were judged."""
    if not accepted:
        return list(events)
    return [
        msgspec.structs.replace(
            event,
            comparisons=[c for c in event.comparisons if comparison_id(c) not in accepted],
        )
        for event in events
    ]
