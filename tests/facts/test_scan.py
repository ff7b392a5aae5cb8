"""Tokens: the compiled walk parts a text and letters its words as the pattern of tokens does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules as rulebook
from audit.facts.letters import TOKEN, lexicon
from audit.facts.scan import parted, scan

RULES = rulebook.load()
LEX = lexicon(RULES)
WORDS = """the a as many not of second May mar. Jan Sept. Tue q4 H1 p.m. a.m. o'clock 's s' ' 12 1st
    12th 1,200 1,200.5 3.5% $40 \u20ac7 12:30 2019-01-02 2019-01-02T10:00Z 9/11 11/12/2019 1990s
    '90s half new year's day S-400 \u00e9t\u00e9 si\u00e9 \u00bd \u0663 \u201cx\u201d \U0001f600
    twenty-first THIRD _ -- ..."""
BLANKS = [" ", "  ", "\n", "\n\n", "\n \t\n  ", "\r\n", "\t", "\x0b", "\x1c", "\x00", "\ud800"]
PIECES = st.sampled_from([*WORDS.split(), *BLANKS])


@given(st.lists(PIECES, max_size=30), st.sampled_from(["", " "]))
@settings(max_examples=300, deadline=None)
def test_the_walk_parts_and_letters_a_text_as_the_pattern_does(
    pieces: list[str], between: str
) -> None:
    text = between.join(pieces)
    starts, ends, words, letters, around = parted(text, LEX)
    found = list(TOKEN.finditer(text))
    assert list(zip(starts, ends, strict=True)) == [token.span() for token in found]
    assert words == [token.group().lower() for token in found]
    own = [LEX.letters[token.group()] for token in found]
    assert letters == own
    assert around == [at for at, letter in enumerate(own) if not letter]


def test_a_text_in_other_letters_is_parted_by_the_pattern() -> None:
    alphabet = "".join(map(chr, range(0x410, 0x450)))  # more of them than are put in other's place
    found = scan(f"{alphabet} 12 May 2020", RULES)
    assert found.words[1:] == ["12", "may", "2020"]
    assert found.letters == "0dMY"
