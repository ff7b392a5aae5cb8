"""The report as one CSV table for a spreadsheet: a row a source, then what to check in it."""

from __future__ import annotations

import csv
import io

from audit.model import Report, Scores
from audit.reports.safe import cell

SCORES = Scores.__struct_fields__


def render(report: Report) -> str:
    """CSV text (RFC 4180, with a header); empty cells where a score is not given."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["source", "documents", "effective", "borrowed_share"]
        + [f"{score}{part}" for score in SCORES for part in ("", "_low", "_high", "_state")]
        + ["check_first"]
    )
    for source in report.sources:
        row: list[object] = [
            cell(source.name),
            source.documents,
            source.effective,
            "" if source.borrowed_share is None else source.borrowed_share,
        ]
        for name in SCORES:
            score = getattr(source.scores, name)
            values = (score.value, score.low, score.high, score.state)
            row += ["" if value is None else value for value in values]
        row.append(cell(" | ".join(f"{c.document}: {c.why}" for c in source.check_first)))
        writer.writerow(row)
    return out.getvalue()
