"""Translated copy: of two versions of one text, the words that show which one is the machine's."""

from __future__ import annotations

from collections.abc import Iterator

from audit.checks import Check
from audit.language.versions import evidence
from audit.model import Finding, Pair
from audit.rules import Rules
from audit.tokens import Text


def find(pair: Pair, a: Text, b: Text, rules: Rules) -> Iterator[Finding]:
    """The weightiest word pairs of a pair whose translated side is known, at most six."""
    if pair.translated is None:
        return
    severity = int(rules.checks.get("translated-copy", {}).get("severity", 2))
    other = pair.a if pair.translated == pair.b else pair.b
    shown = 0
    for left, right, weight in evidence(a, b, most=24):
        ours, theirs = (right, left) if pair.translated == pair.b else (left, right)
        text, source = (b, a) if pair.translated == pair.b else (a, b)
        if (weight > 0) != (pair.translated == pair.b) or shown == 6:
            continue
        shown += 1
        quote = text.raw[ours.start : ours.end]
        yield Finding(
            document=pair.translated,
            rule="translated-copy",
            family="mt",
            group="language",
            severity=severity,
            start=ours.start,
            end=ours.end,
            quote=quote,
            message=f"“{quote}” where {other} has "
            f"“{source.raw[theirs.start : theirs.end]}”: this version reads as the "
            "translated or spun one.",
            confidence=round(abs(pair.translation_margin), 2),
        )


CHECK = Check(
    title="Translated copy",
    why="A copy that went through a machine translator or a synonym swapper keeps the story and "
    "loses its words: its quotations are no quotations.",
    group="language",
    find=find,
    by="pair",
)
