"""Two short statements that differ, as a comparison with the words of both."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from audit import model
from audit.tokens import Text


class Passage(Protocol):
    """Where a statement says what differs, in characters."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def comparison(
    a: tuple[str, Text, Any],
    b: tuple[str, Text, Any],
    x: Passage,
    y: Passage,
    kind: Literal["date", "number", "negation"],
    verdict: model.Verdict,
    confidence: float,
    why: str,
) -> model.Comparison:
    """What a says at x against what b says at y; a and b begin with the document's id and text."""
    return model.Comparison(
        "statement",
        kind,
        why,
        confidence,
        model.Quote(x.start, x.end, a[0], a[1].raw[x.start : x.end]),
        model.Quote(y.start, y.end, b[0], b[1].raw[y.start : y.end]),
        verdict,
    )
