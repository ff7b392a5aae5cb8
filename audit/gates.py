"""Limits a run must keep, for use in CI: ``reliability>=60``, ``conflicts<=0``."""

from __future__ import annotations

import re
from collections.abc import Callable

from audit.model import CONFLICTS, AuditError, Gate, Report, Scores

_LIMIT = re.compile(r"^\s*([a-z-]+)\s*(<=|>=)\s*(\d+(?:\.\d+)?)\s*$")
_SCORES = Scores.__struct_fields__
_COUNTS: dict[str, Callable[[Report], float]] = {
    "conflicts": lambda r: sum(c.verdict in CONFLICTS for e in r.events for c in e.comparisons),
    "severity-3": lambda r: r.summary.totals.severe,
    "failed": lambda r: r.summary.files.failed + r.summary.documents.failed,
    "clusters": lambda r: len(r.clusters),
    "documents": lambda r: r.summary.documents.audited,
}

_PARTS = {"conflicts": "facts", "clusters": "duplication"}


def parse(limit: str) -> tuple[str, str, float]:
    """Name, relation and number of a limit; raises AuditError where it is none."""
    match = _LIMIT.match(limit)
    names = (*_SCORES, *_COUNTS)
    if not match or match[1] not in names:
        raise AuditError(
            f"--gate {limit}: write NAME<=NUMBER or NAME>=NUMBER, with a NAME of {', '.join(names)}"
        )
    return match[1], match[2], float(match[3])


def checked(limits: tuple[str, ...], parts: frozenset[str]) -> None:
    """Raises AuditError for a limit that is none, or of a part that is not run: it would pass."""
    for limit in limits:
        name, _, _ = parse(limit)
        part = "scores" if name in _SCORES else _PARTS.get(name)
        if part is not None and part not in parts:
            run = ", ".join(sorted(parts))
            raise AuditError(f"--gate {limit}: needs the part {part}; this run is of {run} only")


def check(report: Report, limits: tuple[str, ...]) -> Gate:
    """Holds the limits against a report. A score's limit applies to every source that has one."""
    failed: list[str] = []
    untested: list[str] = []
    for limit in limits:
        name, relation, number = parse(limit)
        seen: list[tuple[str, float]] = []
        if name in _COUNTS:
            seen.append((name, _COUNTS[name](report)))
        else:
            for source in report.sources:
                score = getattr(source.scores, name).value
                if score is not None:
                    seen.append((f"{source.name}: {name}", score))
        if not seen:
            untested.append(limit)
        for label, value in seen:
            if not (value <= number if relation == "<=" else value >= number):
                failed.append(f"{label} {value:g}, limit {limit}")
    return Gate(passed=not failed, limits=list(limits), failed=failed, untested=untested)
