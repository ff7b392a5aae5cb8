"""The passages that two texts share, with where they stand in both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from audit import model
from audit.duplication.align import Op, align
from audit.duplication.units import columns, units
from audit.tokens import Text

__all__ = ["align", "covered", "passages", "units"]

LEAST = 8  # words of a passage: shorter runs are common phrases
BRIDGE = 8  # words that may be put in, left out or replaced within one passage


def passages(a: str | Text, b: str | Text, ops: list[Op] | None = None) -> list[model.Passage]:
    """The shared passages of two texts, in order of ``a``, at least ``LEAST`` words each.

    A passage is verbatim where its words are the same but for case and typography, else edited:
    words were put in, left out or replaced within it. ``ops`` is the alignment, if it is there.
    """
    a = Text(a) if isinstance(a, str) else a
    b = Text(b) if isinstance(b, str) else b
    ops = align(a, b) if ops is None else ops
    starts_a, starts_b = (columns(units(text))[0] for text in (a, b))
    found: list[model.Passage] = []
    run: list[Op] = []

    def close() -> None:
        while run and run[-1][0] != "equal":
            run.pop()
        if run:
            shared = sum(_words(starts_a, op[1], op[2]) for op in run if op[0] == "equal")
            if shared >= LEAST:
                found.append(
                    model.Passage(
                        a=model.Span(run[0][1], run[-1][2]),
                        b=model.Span(run[0][3], run[-1][4]),
                        kind="verbatim" if len(run) == 1 else "edited",
                    )
                )
        run.clear()

    for op in ops:
        if op[0] == "equal":
            last = next((o for o in reversed(run) if o[0] == "equal"), None)
            if (last and not 0 <= op[3] - last[4] <= 80 * BRIDGE) or (
                last and _words(starts_b, last[4], op[3]) > BRIDGE
            ):
                close()
            run.append(op)
        elif run:
            if _words(starts_a, op[1], op[2]) > BRIDGE or _words(starts_b, op[3], op[4]) > BRIDGE:
                close()
            else:
                run.append(op)
    close()
    return found


Spans = Sequence[tuple[int, int]]


def covered(
    a: Text, b: Text, shared: list[model.Passage], quoted_a: Spans, quoted_b: Spans
) -> model.Covered:
    """What shared passages cover of two texts, with and without the quotations given."""
    whole_a, bare_a = _shares(a, [(p.a.start, p.a.end) for p in shared], quoted_a)
    whole_b, bare_b = _shares(b, [(p.b.start, p.b.end) for p in shared], quoted_b)
    return model.Covered(whole_a or 0.0, whole_b or 0.0, bare_a, bare_b)


def _shares(text: Text, shared: Spans, quoted: Spans) -> tuple[float | None, float | None]:
    """Shares of all words, and of those outside quotations, that stand in shared spans."""
    starts = units(text)[:, 0]
    inside, quotes = _within(starts, shared), _within(starts, quoted)
    return _mean(inside), _mean(inside[~quotes])


def _within(starts: np.ndarray, spans: Spans) -> np.ndarray:
    found = np.zeros(len(starts), bool)
    for start, end in spans:
        found[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return found


def _mean(flags: np.ndarray) -> float | None:
    return round(float(flags.mean()), 4) if len(flags) else None


def _words(starts: memoryview, start: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, start)
