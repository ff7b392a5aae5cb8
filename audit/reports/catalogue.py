"""What can be found, in words: the list of rules, the rates of a bench, one rule explained."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from audit.checks import catalogue
from audit.model import AuditError
from audit.reports.safe import fit
from audit.rules import Rules

SCORES = {
    "reliability": "How far a reader can lean on what the source publishes: originality,"
    " consistency, sourcing and presentation. Language quality is no part of it.",
    "language": "How well the source writes: slips of grammar, translation and residue a 1,000"
    " words, weighted by harm. It says nothing about reliability.",
    "originality": "The share of its text that did not stand elsewhere first.",
    "consistency": "Of the statements that could be compared, the share that independent sources"
    " carry rather than contradict.",
    "sourcing": "Whether it says who said so: named and institutional sources against vague ones.",
    "presentation": "How sober the wording is, and whether headlines keep to their texts.",
}


def listing(rules: Rules) -> str:
    """All checks and pattern rules, a line each, in 80 columns."""
    lines = ["Checks"]
    for name, check in catalogue().items():
        lines.append(f"  {fit(name, 30)} {fit(check.group, 12)} {fit(check.title, 34)}".rstrip())
    lines += ["", "Pattern rules (severity, language)"]
    for rule in rules.patterns:
        where = f"{rule.severity} {rule.language}"
        lines.append(f"  {fit(rule.id, 34)} {fit(where, 5)} {fit(rule.message, 36)}".rstrip())
    lines += ["", f"{len(catalogue())} checks, {len(rules.patterns)} pattern rules"]
    return "\n".join(lines) + "\n"


def explain(name: str, rules: Rules) -> str:
    """What one rule, check or score means; raises AuditError with near names for another."""
    for rule in rules.patterns:
        if rule.id == name:
            return _told(
                rule.id,
                rule.message,
                rule.why,
                {
                    "language": rule.language,
                    "family": rule.family,
                    "severity": rule.severity,
                    "source": rule.source,
                    "from": f"{rule.file}:{rule.line}",
                    "is found": rule.bad[:3],
                    "is not found": rule.good[:3],
                },
            )
    checks = catalogue()
    if name in checks:
        check = checks[name]
        facts: dict[str, Any] = {"group": check.group, **rules.checks.get(name, {})}
        return _told(name, check.title, check.why, facts)
    if name in SCORES:
        return _told(name, "A score from 0 to 100, with a likely range.", SCORES[name], {})
    known = [*checks, *(rule.id for rule in rules.patterns), *SCORES]
    near = get_close_matches(name, known, 3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; see source-audit rules"
    raise AuditError(f"explain: no rule, check or score is named {name}{hint}")


def _told(name: str, title: str, why: str, facts: dict[str, Any]) -> str:
    lines = [name, "", *textwrap.wrap(title, 80), "", *textwrap.wrap(why, 80), ""]
    for key, value in facts.items():
        for item in value if isinstance(value, list) else [value]:
            lines += textwrap.wrap(f"{key}: {item}", 80, subsequent_indent="  ")
    return "\n".join(lines).rstrip() + "\n"


def rates(found: Sequence[Any], whole: float) -> str:
    """The rate of each rule that spoke on clean text, against its budget."""
    lines = [f"{'rule':<40} {'severity':>8} {'found':>6} {'a 1,000':>9} {'budget':>8}"]
    for rate in found:
        if rate.found:
            mark = "" if rate.within else "  over"
            lines.append(
                f"{fit(rate.rule, 40)} {rate.severity:>8} {rate.found:>6} {rate.rate:>9.4f}"
                f" {rate.budget:>8.4f}{mark}"
            )
    lines.append(f"severity 2 and 3 together: {whole:.4f} findings a 1,000 words")
    return "\n".join(lines) + "\n"
