"""What every view of a report shows first, in the same order."""

from __future__ import annotations

from collections.abc import Sequence

from audit.model import CheckFirst, Report, Source

REACH = 70  # characters shown on either side of a short quote
# What Report.truncated counts, as an editor says it.
CUT = {
    "sources": "sources not listed; the tables list them all",
    "pairs": "pairs of copies not listed; the tables list them all",
    "documents": "documents not listed; the tables list them all",
    "findings": "findings not listed; the tables list them all",
    "clusters": "clusters not listed; the tables list them all",
    "events": "events not listed; the tables list them all",
    "errors": "errors not listed; the tables list them all",
    "skipped": "files left out that are not listed; the tables list them all",
    "components": "groups of over 5,000 texts that are alike, split where they are least so",
    "documents under one key of facts": "texts of much-told events not compared with all others",
}


def checks(report: Report, most: int) -> list[tuple[CheckFirst, str]]:
    """What to check first over all sources, with the source's name: each event, and each quote
    with its reason, once. Facts stand before single findings, and each source has its turn."""
    ranked = sorted(
        (
            (
                check.finding is not None,  # facts before single findings
                place,
                -check.confidence,
                check.document,
                check.start,
                check.why,
                check,
                source.name,
            )
            for source in report.sources
            for place, check in enumerate(source.check_first)
        ),
        key=lambda entry: entry[:6],
    )
    kept: list[tuple[CheckFirst, str]] = []
    seen: set[str] = set()
    for *_, check, name in ranked:
        mark = check.event or f"{check.quote}\0{check.why}"
        if mark not in seen:
            seen.add(mark)
            kept.append((check, name))
    return kept[:most]


def ranked(sources: Sequence[Source]) -> list[Source]:
    """Sources with a score first, the highest first; then those with most texts."""

    def place(source: Source) -> tuple[bool, float, int, str]:
        value = source.scores.reliability.value
        return value is None, -(value or 0.0), -source.documents, source.name

    return sorted(sources, key=place)


def around(text: str | None, check: CheckFirst) -> tuple[str, str, str]:
    """A quote with the words before and after it, where the report holds its text."""
    if text is None or text[check.start : check.end] != check.quote or len(check.quote) > 2 * REACH:
        return "", check.quote, ""
    left, right = max(0, check.start - REACH), min(len(text), check.end + REACH)
    before, after = text[left : check.start], text[check.end : right]
    if left:
        before = "…" + before.partition(" ")[2]
    if right < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, check.quote, after
