"""The report on a terminal of 80 columns: what was read, what each source is worth, what to check.

Plain text: no colour, no markup, every piece of article text made harmless first.
"""

from __future__ import annotations

import textwrap

from audit.model import Report, Score
from audit.reports.order import around, checks
from audit.reports.safe import fit, line

WIDTH = 80
SHOWN_SOURCES = 12
SHOWN_CHECKS = 5
SHOWN_ERRORS = 5


def render(report: Report) -> str:
    """The summary as text that ends in a line end; no line is wider than 80 columns."""
    lines = [*_wrapped(report.summary.sentence), ""]
    lines += _counts(report)
    if report.sources:
        lines += ["", *_sources(report)]
    lines += _check_first(report)
    lines += _not_read(report)
    gate = report.summary.gate
    if gate.limits:
        lines.append("")
        lines.append("Gate: passed" if gate.passed else "Gate: failed")
        for failure in gate.failed:
            lines += _wrapped(failure, "  ")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: str = "", more: str | None = None) -> list[str]:
    return textwrap.wrap(
        line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if more is None else more,
        break_long_words=True,
    )


def _counts(report: Report) -> list[str]:
    files, documents = report.summary.files, report.summary.documents
    totals = report.summary.totals
    lines = [
        f"Files      {files.found} found = {files.read} read"
        f" + {files.skipped} skipped + {files.failed} failed",
        f"Documents  {documents.found} found = {documents.audited} audited"
        f" + {documents.skipped} skipped + {documents.failed} failed",
        f"Copies     {totals.clustered} documents in {totals.clusters} clusters",
        f"Facts      {totals.conflicts} conflicts, {totals.corroborations} corroborations",
        f"Findings   {totals.findings}, {totals.severe} of them where an editor stops",
    ]
    for name, number in sorted(report.truncated.items()):
        if number:
            lines += _wrapped(f"Not shown: {number} {name}", "           ")
    return lines


def _score(score: Score) -> str:
    if score.value is None:
        return "-"
    return f"{score.value:.0f} ({score.low:.0f}-{score.high:.0f})"


def _sources(report: Report) -> list[str]:
    lines = [
        f"{'Source':<30} {'Docs':>5} {'Own':>6}  {'Reliability':<16} {'Language':<16}",
    ]
    for source in report.sources[:SHOWN_SOURCES]:
        lines.append(
            f"{fit(source.name, 30)} {source.documents:>5} {source.effective:>6.1f}"
            f"  {_score(source.scores.reliability):<16}"
            f" {_score(source.scores.language):<16}".rstrip()
        )
    if len(report.sources) > SHOWN_SOURCES:
        lines.append(f"  and {len(report.sources) - SHOWN_SOURCES} more in the report")
    if any(s.scores.reliability.value is None for s in report.sources):
        lines.append("-  too little evidence for a score")
    return lines


def _check_first(report: Report) -> list[str]:
    found = checks(report, SHOWN_CHECKS)
    texts = {d.id: d.text for d in report.documents}
    lines: list[str] = []
    if found:
        lines += ["", "Check first"]
    for number, (check, _) in enumerate(found, 1):
        lines += _wrapped(f"{check.document}: {check.why}", f"{number}. ", "   ")
        lines += _wrapped("“" + "".join(around(texts.get(check.document), check)) + "”", "   ")[:3]
    return lines


def _not_read(report: Report) -> list[str]:
    lines: list[str] = []
    if report.errors:
        lines += ["", "Not read"]
    for error in report.errors[:SHOWN_ERRORS]:
        lines += _wrapped(f"{error.input}: {error.reason}", "  ", "    ")
    if len(report.errors) > SHOWN_ERRORS:
        lines.append(f"  and {len(report.errors) - SHOWN_ERRORS} more in the report")
    return lines
