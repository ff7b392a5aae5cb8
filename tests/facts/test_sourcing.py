"""Sources, voice and headlines, on texts of our own."""

from itertools import pairwise

import pytest

from audit import rules as rulebook
from audit.article import Article
from audit.checks import catalogue
from audit.facts.attribution import attributions
from audit.facts.presentation import measure
from audit.model import Altered, Contained, Language, Pair, Published, TextSpan
from audit.tokens import Text

RULES = rulebook.load()


def article(raw: str, title: str | None = None) -> Article:
    text = Text(raw)
    return Article(
        id="a",
        source="s",
        title=title,
        text=text,
        language=Language("en", 1.0),
        published=Published(),
        attributions=attributions(text, RULES),
    )


def found(check: str, raw: str, title: str | None = None) -> list[str]:
    findings = list(catalogue()[check].find(article(raw, title), RULES))
    for one in findings:
        assert raw[one.start : one.end] == one.quote and one.rule == check
    return [one.quote for one in findings]


@pytest.mark.parametrize(
    ("raw", "quotes"),
    [
        (
            "The ferry was overloaded, a source close to the owner said.",
            ["a source close to the owner"],
        ),
        ("The ferry was overloaded, Orla Venn, the harbour master, said.", []),
        ("The ferry was overloaded, officials said.", []),
        ("Solar is the cheapest source of power, the institute said.", []),
    ],
)
def test_anonymous_source(raw: str, quotes: list[str]) -> None:
    assert found("anonymous-source", raw) == quotes


@pytest.mark.parametrize(
    ("raw", "quotes"),
    [
        ("Critics say the ferry is too old. It was built in 1961.", ["Critics say"]),
        ("Many believe the ferry is too old.", ["Many believe"]),
        ("Critics say the ferry is too old. Orla Venn said it should be scrapped.", []),
        ('Venn said: "Critics say the ferry is too old."', []),
        ("Critics of the owner at the Salmo Union say the ferry is too old.", []),
    ],
)
def test_vague_attribution(raw: str, quotes: list[str]) -> None:
    assert found("vague-attribution", raw) == quotes


def test_one_hidden_source_is_told_once_and_in_the_family_an_editor_knows() -> None:
    raw = "Critics say the ferry is too old. A source close to the owner said so. Insiders agree."
    told = [
        one
        for check in ("anonymous-source", "vague-attribution", "pattern-rules")
        for one in catalogue()[check].find(article(raw), RULES)
    ]
    spans = sorted((one.start, one.end) for one in told)
    assert {one.family for one in told} == {"attribution"} and len(told) >= 2
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("raw", "quotes"),
    [
        ("The owner's pathetic excuse came late.", ["pathetic"]),
        ('Venn called it a "pathetic excuse" on Monday.', []),
        ("The owner's excuse came late.", []),
    ],
)
def test_loaded_words(raw: str, quotes: list[str]) -> None:
    assert found("loaded-words", raw) == quotes


@pytest.mark.parametrize(
    ("raw", "quotes"),
    [
        ("Make no mistake, the ferry will sink again.", ["Make no mistake"]),
        ('"Make no mistake, the ferry will sink again," Venn said.', []),
        ("I saw it myself and I told my wife. Make no mistake, I was afraid, and I said so.", []),
    ],
)
def test_opinion_as_fact(raw: str, quotes: list[str]) -> None:
    assert found("opinion-as-fact", raw) == quotes


BODY = "The ferry owner reportedly bribed two inspectors in Salmo, a paper wrote. It gave no names."


@pytest.mark.parametrize(
    ("title", "quotes"),
    [
        ("Ferry owner bribed inspectors in Salmo", ["reportedly bribed"]),
        ("Ferry owner reportedly bribed inspectors in Salmo", []),
        ("Did ferry owner bribe inspectors in Salmo?", []),
        ("Weather in Salmo stays fair", []),
        (None, []),
    ],
)
def test_headline(title: str | None, quotes: list[str]) -> None:
    assert found("headline-stronger-than-body", BODY, title) == quotes
    assert found("headline-stronger-than-body", BODY.replace("reportedly ", ""), title) == []


def test_a_headline_may_say_what_somebody_named_says_in_the_text() -> None:
    title = "Ferry owner bribed inspectors in Salmo"
    told = BODY.replace("It gave", "Police in Salmo say inspectors took the money. It gave")
    assert found("headline-stronger-than-body", told, title) == []
    other = BODY.replace("It gave", "Police in Larkin say the road is closed. It gave")
    assert found("headline-stronger-than-body", other, title) == ["reportedly bribed"]


def test_altered_copies_are_told_on_both_sides() -> None:
    a, b = Text("It sank in 1961."), Text("It sank in 1963.")
    pair = Pair(
        a="x",
        b="y",
        relation="altered-copy",
        credited=False,
        similarity=0.9,
        contained=Contained(0.9, 0.9),
        translated=None,
        translation_margin=0.0,
        altered=[Altered("date", TextSpan(11, 15, "1961"), TextSpan(11, 15, "1963"))],
    )
    findings = list(catalogue()["altered-date"].find(pair, a, b, RULES))
    assert [(f.document, f.quote) for f in findings] == [("x", "1961"), ("y", "1963")]
    assert list(catalogue()["altered-number"].find(pair, a, b, RULES)) == []


def test_presentation_counts_outside_quotations() -> None:
    filler = "The ferry left the harbour at noon and came back in the evening with the mail. " * 3
    calm = measure(article(filler), RULES)
    loud = measure(article(filler + "What a disgraceful, pathetic sham! You know it!"), RULES)
    quoted = measure(article(filler + 'Venn said: "What a disgraceful, pathetic sham!"'), RULES)
    assert calm["strong"] == 0 == quoted["strong"] < loud["strong"]
    assert loud["exclamations"] > 0 and loud["second_person"] > 0
    assert set(calm) == set(loud)
    assert measure(article("Too short."), RULES) == {}


def test_presentation_of_headlines() -> None:
    raw = "The ferry left the harbour at noon and came back in the evening with the mail. " * 3
    lure = measure(article(raw, "You won't believe what this ferry did"), RULES)
    plain = measure(article(raw, "Ferry returns to Salmo"), RULES)
    assert lure["title_clickbait"] == 1 and plain["title_clickbait"] == 0
