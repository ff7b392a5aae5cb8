"""The pattern rules: their own examples, exact spans, scopes, quotations, hostile text, speed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import model
from audit.article import Article
from audit.language.examined import not_examined
from audit.language.patterns import (
    Machine,
    Quotations,
    distinct,
    find,
    machine,
    scopes,
)
from audit.language.rulecheck import bench, check, document
from audit.language.tokenpatterns import (
    mixed_spelling,
    one_body_named,
    pronoun_gender,
    repeated_headline,
)
from audit.rules import Pattern, Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def rules_in(text: str, rules: Rules, code: str = "en") -> list[str]:
    return [f.rule for f in find(document(text, code), rules)]


def test_every_example_of_every_rule_holds(rules: Rules) -> None:
    assert check(rules) == []


def test_quotes_match_offsets_beyond_ascii(rules: Rules) -> None:
    text = "Žižek’s “café” – naïve – saw it … he took part at the märz fair. 🎉 It was a island."
    found = list(find(document(text), rules))
    assert {f.quote for f in found} >= {"took part at", "a"}
    assert all(text[f.start : f.end] == f.quote for f in found)


def test_a_span_never_ends_inside_a_word_outside_ascii(rules: Rules) -> None:
    assert "two-determiners" not in rules_in("It was a his\u00adtoric day.", rules)


def test_a_span_never_ends_in_what_a_rule_only_looked_ahead_to(rules: Rules) -> None:
    text = "The miller voiced his gratitude with Ada.\n\nRelated Article The price of flour\n"
    assert [f.quote for f in find(document(text), rules)] == ["gratitude with", "Related Article"]


def test_rules_of_speech_are_silent_inside_quotations(rules: Rules) -> None:
    said = 'The clerk said: "They was late, all of them." Then she left.'
    assert "pronoun-verb-agreement" not in rules_in(said, rules)
    assert "pronoun-verb-agreement" in rules_in(said.replace('"', ""), rules)


def test_a_stray_mark_does_not_silence_the_rest() -> None:
    text = 'He is 6\'2" tall. "Yes," she said. ' + "Filler words go on. " * 100 + "The end."
    assert not Quotations(Text(text)).hold(len(text) - 8, len(text))
    assert Quotations(Text(text)).hold(text.index("Yes"), text.index("Yes") + 3)


def test_scopes_go_by_place_not_by_layout() -> None:
    body = "A line of the story. " * 120
    text = "The headline of it\n\n" + body
    article = document(text, title="The headline of it")
    sentences = article.text.sentences
    assert scopes(article, *sentences[0]) == ("title",)
    assert scopes(article, *sentences[1]) == ("lead",)
    assert scopes(article, *sentences[60]) == ("body",)
    assert scopes(article, *sentences[-1]) == ("tail",)


def test_rules_of_one_language_do_not_run_in_another(rules: Rules) -> None:
    assert rules_in("Artikel teilen", rules, "de") == ["residue-german"]
    assert rules_in("Artikel teilen", rules, "en") == []
    assert rules_in("It was a apple.", rules, "fr") == []


def test_markup_is_found_in_any_language(rules: Rules) -> None:
    for code in ("fr", "zh", "und"):
        assert rules_in("un&nbsp;mot", rules, code) == ["markup-any-language"]


def test_what_was_not_examined_is_said(rules: Rules) -> None:
    assert set(not_examined("en", rules)) <= {"semantic"}
    assert "grammar" in not_examined("de", rules)
    assert "residue" not in not_examined("de", rules)


def test_of_overlapping_findings_of_one_family_the_gravest_is_told() -> None:
    def finding(start: int, end: int, severity: int, family: str = "mt") -> model.Finding:
        return model.Finding(
            rule=f"r-{start}-{end}",
            family=family,
            group="language",
            severity=severity,
            start=start,
            end=end,
            quote="",
            message="",
            confidence=0.8,
        )

    kept = distinct([finding(0, 9, 2), finding(3, 5, 3), finding(4, 6, 1), finding(0, 9, 1, "ai")])
    assert [(f.start, f.end, f.family) for f in kept] == [(0, 9, "ai"), (3, 5, "mt")]


def test_findings_do_not_depend_on_what_was_run_before(rules: Rules) -> None:
    texts = ["He took part at the fair.", "It is a apple.", "Comments are closed"]
    alone = [rules_in(text, rules) for text in texts]
    assert [rules_in(text, rules) for text in reversed(texts)] == alone[::-1]
    assert machine(rules, "en") is machine(rules, "en")


def test_bench_counts_against_the_budget(rules: Rules) -> None:
    rates, grave = bench(rules, ["They was late. " * 50])
    worst = rates[0]
    assert worst.rule == "pronoun-verb-agreement"
    assert worst.found == 50
    assert not worst.within
    assert grave == pytest.approx(1000 / 3)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00\x01", "\ud800 a apple", "a" * 300_000, "the the " * 40_000, '"' * 50_000],
    ids=["empty", "blank", "control", "surrogate", "one-word", "matches", "marks"],
)
def test_hostile_text_neither_fails_nor_hangs(rules: Rules, text: str) -> None:
    start = time.process_time()
    for finding in find(document(text), rules):
        assert text[finding.start : finding.end] == finding.quote
    assert time.process_time() - start < 12


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_spans_that_quote_it(text: str) -> None:
    for finding in find(document(text), load_once()):
        assert text[finding.start : finding.end] == finding.quote


_LOADED: list[Rules] = []


def load_once() -> Rules:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


def test_both_organizations_of_which_one_is_a_country(rules: Rules) -> None:
    bad = "Norway trades with China and sits in NATO. As a member of both organizations it is rich."
    good = "Norway sits in NATO and the WTO. As a member of both organizations it is rich."
    unsure = "Norway is in NATO and joined a council in Oslo. Both organizations are rich."
    assert [f.quote for f in one_body_named(document(bad), rules)] == ["both organizations"]
    assert not list(one_body_named(document(good), rules))
    assert not list(one_body_named(document(unsure), rules))


def test_a_headline_repeated_in_the_text(rules: Rules) -> None:
    line = "Town council buys the old mill"
    text = f"{line}\n\nIt rained. The vote was close.\n\n{line}\n\nThe mill is old."
    (finding,) = repeated_headline(document(text), rules)
    assert finding.quote == line
    assert finding.start > 30
    assert not list(repeated_headline(document(f"{line}\n\nIt rained."), rules))
    assert not list(repeated_headline(document("Short one\n\nShort one. It rained."), rules))


def test_two_spellings_in_one_article(rules: Rules) -> None:
    text = (
        "The colour of the harbour is grey. The theatre favours labour. "
        "A neighbour likes the honor of it."
    )
    assert [f.quote for f in mixed_spelling(document(text), rules)] == ["honor"]
    assert not list(mixed_spelling(document(text.replace("honor", "honour")), rules))
    assert not list(mixed_spelling(document(text.replace("the honor", '"the honor"')), rules))


def test_his_of_a_woman(rules: Rules) -> None:
    bad = "Ms Holm said on Monday that the visit ended his stay."
    assert [f.quote for f in pronoun_gender(document(bad), rules)] == ["his"]
    assert not list(pronoun_gender(document("Her husband came. " + bad), rules))
    assert not list(pronoun_gender(document("Ms Holm said that Otto Berg lost his hat."), rules))


def test_an_article_with_a_title_is_read_as_one_without(rules: Rules) -> None:
    text = Text("A apple fell. They was late.")
    plain = Article(
        id="x",
        source=None,
        title="A apple fell.",
        text=text,
        language=model.Language(code="en", confidence=1.0),
        published=model.Published(),
    )
    assert [f.quote for f in find(plain, rules)] == ["A", "They was"]


def test_the_sentences_that_a_rule_may_match_in_are_found_together() -> None:
    def rule(name: str, pattern: str) -> Pattern:
        return Pattern(
            id=name, language="en", family="grammar", pattern=pattern, message="m", why="w",
            severity=2, source="s", bad=["<<x>>"], good=["y"],
        )  # fmt: skip

    run = Machine(
        (
            rule("first-word", r"^it\b"),
            rule("last-word", r"\bend$"),
            rule("over-lines", r"[a-z]+\s+it"),
            rule("whole-text", r"\Aend\z"),
            rule("no-lines", r"(?-m:^(?:end|it) )"),
        )
    )
    assert run.everywhere == [3]
    sentences = [b"so it ends", b"it began", b"the end", b"end", b"x end it", b"", b"it"]
    hits = run.hits(sentences)
    for sentence, found in zip(sentences, hits, strict=True):
        matching = {at for at in range(5) if run.alone(at).search(sentence)}
        assert matching <= set(found) and found == sorted(found)
    assert hits[3] == [1, 3] and hits[5] == [3]
    assert run.hits([]) == []
