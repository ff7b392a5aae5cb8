"""The report on a terminal of 80 columns: what was read, what each source is worth, what to check.

Plain text: no colour, no markup, every piece of article text made harmless first.
"""

from __future__ import annotations

import shutil
import sys

from audit.model import Report, Score
from audit.reports.markup import count
from audit.reports.order import CUT, around, checks, ranked
from audit.reports.safe import fit, wrap

WIDTH = 80
NARROWEST, WIDEST = 50, 100
SHOWN_SOURCES = 12
SHOWN_CHECKS = 5
SHOWN_ERRORS = 5
MARK = 8  # characters of an id that are shown: enough to accept it by
JUDGED = (
    "No problem? source-audit accept ID --report report.json --reason WHY settles an entry in"
    " brackets; a run with --accepted accepted.jsonl leaves it out."
)
INDENT = 11  # of what follows "Documents  "


def columns() -> int:
    """How wide the summary is: as the terminal, within reason; 80 where stdout is none."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDEST)


def render(report: Report, width: int = WIDTH) -> str:
    """The summary as text that ends in a line end; no line is wider than ``width`` columns."""
    lines = [*wrap(report.summary.sentence, width), ""]
    lines += _counts(report, width)
    if report.sources:
        lines += ["", *_sources(report, width)]
    lines += _check_first(report, width)
    lines += _not_read(report, width)
    gate = report.summary.gate
    if gate.limits:
        lines.append("")
        lines.append("Gate: passed" if gate.passed else "Gate: failed")
        for limit in gate.untested:
            lines += wrap(f"{limit}: no source has this score", width, "  ", "    ")
        for failure in gate.failed:
            lines += wrap(failure, width, "  ", "    ")
    return "\n".join(lines) + "\n"


def _counts(report: Report, width: int) -> list[str]:
    files, documents = report.summary.files, report.summary.documents
    totals = report.summary.totals
    told = {
        "Files": f"{files.found:,} found = {files.read:,} read"
        f" + {files.skipped:,} skipped + {files.failed:,} failed",
        "Documents": f"{documents.found:,} found = {documents.audited:,} audited"
        f" + {documents.skipped:,} skipped + {documents.failed:,} failed",
        "Copies": f"{count(totals.clustered, 'document')} in {count(totals.clusters, 'cluster')}",
        "Facts": f"{count(totals.conflicts, 'conflict')},"
        f" {count(totals.corroborations, 'corroboration')}",
        "Findings": f"{totals.findings:,}, {totals.severe:,} of them where an editor stops",
    }
    for part, name in (("duplication", "Copies"), ("facts", "Facts")):
        if report.run.parts and part not in report.run.parts:
            told[name] = "not looked at in this run"
    partly = sum(bool(d.not_examined) for d in report.documents)
    if partly:
        told["Partly"] = f"{count(partly, 'document')} examined in part only: language or length"
    lines: list[str] = []
    for name, words in told.items():
        lines += wrap(words, width, f"{name:<{INDENT}}", " " * INDENT)
    for name, number in sorted(report.truncated.items()):
        if number:
            cut = f"{number:,} {CUT.get(name, name)}"
            lines += wrap(cut, width, " " * INDENT, " " * INDENT)
    return lines


def _score(score: Score) -> str:
    if score.value is None:
        return "-"
    return f"{score.value:.0f} ({score.low:.0f}-{score.high:.0f})"


def _sources(report: Report, width: int) -> list[str]:
    name = width - 43
    lines = [f"{'Source':<{name}} {'Docs':>5} {'Own':>6}  {'Reliability':<15} Language"]
    for source in ranked(report.sources)[:SHOWN_SOURCES]:
        scores = source.scores
        lines.append(
            f"{fit(source.name, name)} {source.documents:>5} {source.effective:>6.1f}"
            f"  {_score(scores.reliability):<15} {_score(scores.language)}"
        )
    if len(report.sources) > SHOWN_SOURCES:
        lines.append(f"  and {len(report.sources) - SHOWN_SOURCES:,} more in the report")
    if any(s.scores.reliability.value is None for s in report.sources):
        lines.append("-  too little evidence for a score, or none in this language")
    return lines


def _check_first(report: Report, width: int) -> list[str]:
    found = checks(report, SHOWN_CHECKS)
    texts = {d.id: d.text for d in report.documents}
    lines: list[str] = []
    if found:
        lines += ["", "Check first"]
    for number, (check, _) in enumerate(found, 1):
        mark = (check.event or check.finding or "")[:MARK]
        told = f"{check.document}: {check.why}" + (f" [{mark}]" if mark else "")
        lines += wrap(told, width, f"{number}. ", "   ")
        quote = "“" + "".join(around(texts.get(check.document), check)) + "”"
        shown = wrap(quote, width - 2, "   ", "   ")
        lines += shown[:3] if len(shown) <= 3 else [*shown[:2], shown[2] + "…”"]
    return [*lines, *wrap(JUDGED, width)] if found else lines


def _not_read(report: Report, width: int) -> list[str]:
    lines: list[str] = []
    if report.errors:
        lines += ["", "Not read"]
    for error in report.errors[:SHOWN_ERRORS]:
        lines += wrap(f"{error.input}: {error.reason}", width, "  ", "    ")
    if len(report.errors) > SHOWN_ERRORS:
        lines.append(f"  and {len(report.errors) - SHOWN_ERRORS:,} more in the report")
    return lines
