"""Words and their numbers: the compiled loop against the pattern that says what a word is."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.tokens import Text, plain
from audit.vocabulary import _WORDS, Vocabulary

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
WORD = re.compile(
    r"""[^\W_]
    (?:
      (?<=[^\W\d_])
      (?:
        \.(?:[^\W\d_]\.)+(?!\w)                          # U.S.  e.g.
      | [^\W_]*+(?:['-][^\W_]++)*+                       # don't  S-400  long-range
      )
    | \d*(?:[.,:]\d+)*(?:[-'][^\W_]+)*%?                 # 1,200.5  12:30  63-year-old  40%
    )""",
    re.VERBOSE,
)
ALPHABET = list("aBzŁé1٣²_.,:-'’% \n\x00\u2028中\U0001d7d8\U00010400\ud800ß’“")
LISTED = "Mr. Wren of the U.N. paid 1,200.5 (40%) at 12:30 for S-400s, didn't he? e.g. U.S.A.b x.y"


def differs(raw: str) -> str | None:
    """What of a text's words is not as the pattern finds them."""
    text, kept = Text(raw), plain(raw)
    spans = [match.span() for match in WORD.finditer(kept)]
    words = [kept[start:end] for start, end in spans]
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    gaps = [kept[a:b] for a, b in zip([0, *ends], [*starts, len(kept)], strict=True)]
    wanted = {
        "words": spans,
        "raw_words": words,
        "gaps": gaps,
        "lower": [word.lower() for word in words],
        "capital": [word[0].isupper() for word in words],
    }
    return next((name for name, value in wanted.items() if getattr(text, name) != value), None)


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=120) | st.text(max_size=120))
@example(LISTED)
@example("A.B.C.d A.B.C._ A.B.C.\u00b2 A.B.C")
@example("A.B.C.D.EF A.B.C.D A.B.C.D.-E A.B.C.D.E.")
@example("1a:1a:1a:1a")
@example("1.2.3,4:5-a'b% 1.-2 3%4 5'- ٣,٤% a-1.2")
def test_words_are_what_the_pattern_finds(raw: str) -> None:
    assert differs(raw) is None


@pytest.mark.skipif(not DATA.is_dir(), reason="the articles are not on this machine")
def test_words_of_articles_are_what_the_pattern_finds() -> None:
    with gzip.open(DATA / "clean.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)["text"]
            assert differs(raw) is None
            assert differs(raw.upper()[:400]) is None


def test_equal_words_have_equal_numbers_and_others_not() -> None:
    text = Text("the tide and The tide " + "x" * 40 + " " + "x" * 41 + " 中 \U00010400 \x00 the")
    numbers, words = text.numbers.tolist(), text.raw_words
    for a, one in zip(numbers, words, strict=True):
        assert [a == b for b in numbers] == [one == other for other in words]


def test_a_vocabulary_that_is_full_is_left_and_texts_read_with_it_keep_it() -> None:
    before = Text("one old word")
    assert before.numbers.size == 3
    flood = Text(" ".join(f"w{number}" for number in range(_WORDS + 1)))
    assert flood.raw_words[-1] == f"w{_WORDS}" and flood.vocabulary.full
    after = Text("one old word")
    assert after.vocabulary is not flood.vocabulary and not after.vocabulary.full
    assert before.raw_words == after.raw_words == ["one", "old", "word"]
    assert flood.lower[5] == "w5" and before.capital == [False] * 3


def test_columns_grow_with_their_vocabulary_and_ask_each_word_once() -> None:
    asked: list[str] = []

    def long(word: str) -> bool:
        asked.append(word)
        return len(word) > 4

    vocabulary = Vocabulary()
    for first in range(0, 9000, 3000):
        here = Text(" ".join(f"n{number}" for number in range(first + 3000)))
        numbers = vocabulary.numbers(here.points, *here.edges)
        told = vocabulary.column(long, bool)[numbers]
        assert told.tolist() == [len(f"n{number}") > 4 for number in range(first + 3000)]
    assert len(asked) == len(set(asked)) == 9000
    assert vocabulary.list(str.upper)[8999] == "N8999"


@pytest.mark.parametrize(
    "raw",
    ["a" * 10_000_000, "U." * 1_000_000 + "x", "1," * 1_000_000, "a-" * 1_000_000, "." * 5_000_000],
    ids=["word", "stops", "commas", "hyphens", "signs"],
)
def test_ten_million_letters_take_linear_time(raw: str) -> None:
    began = time.process_time()
    assert len(Text(raw).numbers) == len(Text(raw).words)
    assert time.process_time() - began < 5
