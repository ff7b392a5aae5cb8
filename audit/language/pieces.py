"""Texts, or parts of them, cut as textstat cuts them: many in one pass of the compiled loops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from audit.characters import kinds, points
from audit.language import syllables
from audit.tokens import Text

_AT_ONCE = 4_000_000  # characters, or one text

Span = tuple[int, int]


def cut_up(
    texts: Sequence[Text], parts: Sequence[Sequence[Span]], code: str
) -> Iterator[tuple[list[int], list[int]]]:
    """The figures of ``cleaned.cut`` and those of ``cleaned.tallied``, the count of words before
    these, of each part of each text, in order."""
    begin = 0
    while begin < len(texts):
        end, size = begin + 1, len(texts[begin].raw)
        while end < len(texts) and size + len(texts[end].raw) <= _AT_ONCE:
            size += len(texts[end].raw)
            end += 1
        yield from _cut_up(texts[begin:end], parts[begin:end], code)
        begin = end


def _cut_up(
    texts: Sequence[Text], parts: Sequence[Sequence[Span]], code: str
) -> Iterator[tuple[list[int], list[int]]]:
    from audit.language.cleaned import cut, tallied  # compiled: loaded where it is used

    here = [text.points if text.plain is text.raw else points(text.raw) for text in texts]
    sizes = [len(one) for one in here]
    firsts = np.cumsum([0, *sizes[:-1]])
    offsets = np.repeat(firsts, [len(spans) for spans in parts])
    if not len(offsets):
        return
    spans = np.array([span for one in parts for span in one]) + offsets[:, None]
    letters, starts, ends, bounds, figures = cut(np.concatenate(here), kinds(), spans)
    numbers, rows = syllables.rows(code, letters, starts, ends)
    figures[:, 5] -= offsets
    words = np.diff(bounds)[:, None]
    told = np.hstack([words, tallied(numbers, bounds, rows)])
    yield from zip(figures.tolist(), told.tolist(), strict=True)
