"""The tokeniser: offsets that hold, sentences where a reader ends them."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.tokens import Text, _split, plain


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in Text(text).sentences]


def test_abbreviations_and_initials_do_not_end_a_sentence():
    assert sentences("He met U.S. President John F. Kennedy Jr. at 5 p.m. Monday. He left.") == [
        "He met U.S. President John F. Kennedy Jr. at 5 p.m. Monday.",
        "He left.",
    ]
    assert sentences("It was made in the U.S. The deal is on.") == [
        "It was made in the U.S.",
        "The deal is on.",
    ]


def test_a_full_stop_followed_by_a_small_letter_is_no_end():
    assert len(sentences("Two clerks agree. near the archive.")) == 1


def test_hard_wrapped_lines_are_one_paragraph_and_headlines_their_own():
    text = "Mill to close\nThe mill in the valley\nwill close in May, its owner said.\n\nMore soon"
    assert [text[a:b] for a, b in Text(text).paragraphs] == [
        "Mill to close",
        "The mill in the valley\nwill close in May, its owner said.",
        "More soon",
    ]


@settings(deadline=None)  # loops may be compiled first
@given(st.text(max_size=300))
def test_spans_are_ordered_and_inside_and_plain_keeps_length(text):
    parsed = Text(text)
    assert len(plain(text)) == len(text)
    for spans in (parsed.words, parsed.sentences, parsed.paragraphs):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(x[1] <= y[0] for x, y in pairwise(spans))


def test_what_is_told_of_words_stands_at_their_places():
    text = Text('Orla Venn\u2019s  "bridge"\nis SHUT.')
    assert text.where(str.isupper) == [4]
    assert text.lower == ["orla", "venn's", "bridge", "is", "shut"]
    assert text.raw_words == ["Orla", "Venn's", "bridge", "is", "SHUT"]
    assert text.gaps == ["", " ", '  "', '"\n', " ", "."]
    assert Text("?!").gaps == ["?!"]
    assert Text("").where(str.isupper) == []


def test_columns_of_rules_that_are_gone_are_let_go():
    text = Text("a pile of words")
    made = [lambda word, n=n: len(word) == n for n in range(300)]
    assert [text.where(of) for of in made][:5] == [[], [0], [2], [], [1]]
    assert len(text.vocabulary._columns) <= 100
    assert text.where(made[0]) == []


_PARTS = st.sampled_from(
    [
        *"Dr dr U.S a.m I i J etc messrs approximately goat Inc 7 don't they've x-ray".split(),
        *("\u00e9t\u00e9", "\u00c9t\u00e9", "The", "Alone", "x" * 24),
        *(".", ".", ".", ". ", ". ", "..", "?", "!", "\u2026", "\u3002", "\u300d", "\uff01"),
        *(" ", " ", " ", "\n", "\n\n", "\t", "\u00a0", "\x1c", "\ud800", "\x00"),
        *("'", '"', "(", ")", "[", "]", "-", ",", "/"),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(_PARTS, max_size=24).map("".join))
def test_sentences_end_where_the_pattern_says(raw):
    text = Text(raw)
    every = [span for start, end in text.paragraphs for span in _split(text.plain, start, end)]
    assert text.sentences == every == Text(raw).first_sentences(len(every) + 1)
