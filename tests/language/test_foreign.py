"""What could be a foreign passage: the compiled loop finds what these patterns find."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.characters import kinds, points
from audit.language.cutting import WORDS, pieces
from audit.language.foreign import _ENGLISH

_BREAK = re.compile(
    r"[.!?…\n。！？](?:(?<=[.!?…])([\"'”’»)\]]*)\s++(?=[^a-z])|(?<=\n)\n*"
    r"|(?<=[。！？])[。！？]*([」』]?))"
)
_QUOTED = re.compile(r"[\"“„«”](?=\S)([^\"“”„«»\n]{24,600})[\"”“»]")
_PARTS = st.sampled_from(
    [
        *("the", "of", "their", "is", "which", "in", "hut", "The", "the_", "1", "Éa", "é", "thé"),
        *(
            " ",
            " ",
            " ",
            " ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            ".",
            ". ",
            "! ",
            "…",
            "。",
            "！",
            "」",
            "』",
        ),
        *('"', "“", "”", "„", "«", "»", "'", ")", "]", "-", "\u2028", "\xa0", "x" * 22, "y " * 290),
        *("the men of the hill saw a goat", "vidi vici veni et cetera ", "\ud800", "\x00"),
    ]
)


def found(text: str, shortest: int, english: bool) -> list[tuple[int, int]]:
    spans, at = [], 0
    for gap in _BREAK.finditer(text):
        spans.append((at, gap.end(gap.lastindex) if gap.lastindex else gap.start()))
        at = gap.end()
    spans.append((at, len(text)))
    spans.extend(match.span(1) for match in _QUOTED.finditer(text))
    return [
        (start, end)
        for start, end in spans
        if end - start >= shortest and not (english and _ENGLISH.search(text, start, end))
    ]


@settings(max_examples=600, deadline=None)
@given(st.lists(_PARTS, max_size=30).map("".join), st.integers(1, 12), st.booleans())
def test_pieces_are_those_of_the_patterns(text: str, shortest: int, english: bool) -> None:
    told = pieces(points(text), kinds(), WORDS, shortest, english).tolist()
    assert list(map(tuple, told)) == found(text, shortest, english)


def test_pieces_of_one_text() -> None:
    text = 'The cat of the inn sat. "Der Hund lag lange vor dem Haus" fiel der Mann ein.'
    told = pieces(points(text), kinds(), WORDS, 12, True).tolist()
    assert [text[start:end] for start, end in told] == [
        '"Der Hund lag lange vor dem Haus" fiel der Mann ein.',
        "Der Hund lag lange vor dem Haus",
    ]
