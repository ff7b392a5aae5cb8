"""What the sieve lets through: nothing that matches may be left out, and little that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules as rulebook
from audit.language import sieve as sieves
from audit.language.patterns import machine
from audit.language.required import required
from audit.language.sieve import candidates, prepared, sieve
from audit.rules import marked
from audit.tokens import Text

LETTERS = "abAkKsS1 .,-é\u017f\u212a\n"
ATOMS = st.sampled_from(
    r"a b ab ba-b A k s é 1 \. , - \b ^ $ \B [ab] [Aa] [a-z] [^a] \d \w \s . \W (?:^|,)".split()
)


def joined(parts: list[str]) -> str:
    return "".join(parts)


def repeated(inner: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}"]).map(lambda n: f"(?:{inner}){n}")


PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(joined),
        st.lists(inner, min_size=1, max_size=3).map(lambda way: "(?:" + "|".join(way) + ")"),
        inner.flatmap(repeated),
    ),
    max_leaves=10,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "(?i)", "(?m)"]), PATTERNS), min_size=1, max_size=3),
    st.lists(st.text(LETTERS, max_size=14), min_size=1, max_size=4),
)
def test_nothing_that_matches_is_left_out(
    patterns: list[tuple[str, str]], texts: list[str]
) -> None:
    known = [flags + pattern for flags, pattern in patterns]
    sentences = [text.encode() for text in texts]
    needs = [(pattern, need) for pattern in known if (need := required(pattern))]
    run = sieve([need for _, need in needs], [b"a b", b"ab, ba"])
    lines, places = candidates(run, sentences)
    let = set(zip(lines, places, strict=True))
    assert len(let) == len(lines)
    for place, (pattern, _) in enumerate(needs):
        for line, sentence in enumerate(sentences):
            if re2.search(pattern.encode(), sentence):
                assert (line, place) in let, (pattern, sentence)


def test_rules_are_let_through_where_they_match_and_hardly_elsewhere() -> None:
    run = machine(rulebook.load(), "en")
    texts = [Text(marked(bad)[0]) for rule in run.rules for bad in rule.bad]
    sentences = [text.plain[start:end].encode() for text in texts for start, end in text.sentences]
    hits = run.hits(sentences)
    for sentence, hit in zip(sentences, hits, strict=True):
        for index, rule in enumerate(run.rules):
            assert index in hit or not run.alone(index).search(sentence), (rule.id, sentence)
    assert sum(map(len, hits)) < 12 * len(sentences)
    assert len(run.rules) - len(run.needy) < 12, "rules that any words can match are searched whole"


def test_order_gaps_and_places_count() -> None:
    need = required(r"^The (?:[a-z]+ )?(?:men|women|wives|girls|boys|lads|kids|sons) was\b")
    assert need
    run = sieve([need], [b"The men was"])  # each step once: all are looked at
    sentences = [
        b"The men was here.",
        b"The old women was here.",
        b"The very old women was here.",
        b"Then the men was here.",
        b"The men wash.",
        b"Here was the men.",
    ]
    assert candidates(run, sentences)[0] == [0, 1]


def test_long_s_is_a_letter_s_and_the_edge_of_a_word() -> None:
    needs = [required(r"\bbay\b"), required(r"(?i)\bsea\b")]
    run = sieve([need for need in needs if need], [b"a bay"])
    sentences = [b"a bay", "aſbay".encode(), "the ſea".encode(), b"a sea"]
    lines, places = candidates(run, sentences)
    let = set(zip(lines, places, strict=True))
    assert {(0, 0), (1, 0), (2, 1), (3, 1)} <= let and len(let) == len(lines) == 6


def test_what_python_reads_otherwise_is_not_guessed() -> None:
    for pattern in (
        r"[[:alpha:]]+ing",
        r"\pL+",
        r"(?U)ab",
        r"\Qa|b\E",
        r"\x{41}b",
        r"[a-z]+",
        "a*",
    ):
        assert required(pattern) is None


def test_a_kept_sieve_is_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns, sample = [r"\bhe are\b", r"[a-z]+", r"^(?:Tell|Let) us"], [b"he are here", b"Let us"]
    made = prepared(patterns, sample)
    assert made[0] == [0, 2]
    monkeypatch.setattr(sieves, "_place", lambda: str(tmp_path))
    for _ in range(2):
        needy, run = prepared(patterns, sample)
        assert needy == made[0]
        assert all((a == b).all() and a.dtype == b.dtype for a, b in zip(run, made[1], strict=True))
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"PK broken")
    assert prepared(patterns, sample)[0] == made[0]
    for number in range(12):
        prepared([f"a{number} b"], sample)
    assert len(list(tmp_path.iterdir())) == 8
