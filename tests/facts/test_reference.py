"""Own facts and reviewed claims against documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.article import Article
from audit.facts.extract import extract
from audit.facts.reference import findings, load
from audit.model import AuditError, Language
from audit.rules import Rules
from audit.rules import load as load_rules
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def article(raw: str, rules: Rules) -> Article:
    text = Text(raw)
    facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
    return Article("d", None, None, text, Language("en", 1.0), facts.published, claims=facts.claims)


def test_a_date_that_own_facts_contradict(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("subject,event,date,link\nKV-90,purchase,2014,https://example.org/kv\n")
    known = load(str(path), rules)
    raw = "In March 2016, Norway bought KV-90 ships from Brazil."
    found = list(findings(article(raw, rules), known, rules))
    assert len(found) == 1
    assert raw[found[0].start : found[0].end] == found[0].quote
    assert "2014" in found[0].message and "https://example.org/kv" in found[0].message
    assert not list(findings(article(raw.replace("2016", "2014"), rules), known, rules))
    assert not list(findings(article(raw.replace("KV-90", "TR-12"), rules), known, rules))


def test_a_reviewed_claim_is_found_in_other_words_order(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "reviews.json"
    entry = {
        "claimReviewed": "Drinking seawater cures winter colds within hours",
        "url": "https://example.org/review",
        "reviewRating": {"alternateName": "False"},
    }
    path.write_text(json.dumps([entry]))
    raw = "He says winter colds are cured within hours by drinking seawater. The sea is cold."
    found = list(findings(article(raw, rules), load(str(path), rules), rules))
    assert len(found) == 1
    assert "reviewed (False)" in found[0].message


@pytest.mark.parametrize(
    "content",
    [
        "subject,event,date\nKV-90,purchase,May\n",
        "subject,event,number\nKV-90,purchase,x\n",
        "a\n1\n",
        "subject,event,date\nKV-90,purchas,2014\n",
        "subject,event,date\nKV-90,purchase of ships,2014\n",
    ],
)
def test_a_row_that_cannot_be_used_is_a_sentence(
    content: str, tmp_path: Path, rules: Rules
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(content)
    with pytest.raises(AuditError, match="row 1"):
        load(str(path), rules)


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Drinking seawater cures winter colds within hours",
    "url": "https://example.org/review",
    "author": {"@type": "Organization", "name": "The Lorn Desk"},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}


@pytest.mark.parametrize(
    "dump",
    [
        REVIEW,
        [REVIEW],
        [[REVIEW], {"@type": "WebPage", "name": "Colds"}],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]},
        {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "item": REVIEW},
                {"@type": "ListItem", "position": 2, "item": [{"@type": "Person"}, REVIEW]},
            ],
        },
        {"dataFeedElement": [{"item": [REVIEW]}, {"item": None}]},
        {"@type": "DataFeed", "dataFeedElement": {"item": {**REVIEW, "reviewRating": [
            {"alternateName": ["False", "Wrong"]}], "url": ["https://example.org/review"]}}},
    ],
)  # fmt: skip
def test_reviews_are_found_however_their_json_ld_is_nested(
    dump: object, tmp_path: Path, rules: Rules
) -> None:
    path = tmp_path / "reviews.json"
    path.write_text(json.dumps(dump))
    known = load(str(path), rules)
    assert len(known) == json.dumps(dump).count("claimReviewed")
    assert {(k.verdict, k.link) for k in known} == {("False", "https://example.org/review")}


def test_a_dump_nested_without_end_is_a_sentence(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "reviews.json"
    path.write_text("[" * 100_000)
    with pytest.raises(AuditError, match="cannot be read"):
        load(str(path), rules)


def test_own_facts_may_be_of_a_verb_and_parted_by_semicolons(tmp_path: Path, rules: Rules) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("subject;event;number;link\nVelm;airlift;300;https://example.org/velm\n")
    raw = "The Lorn Guard airlifted 500 families from Velm on May 3, 2021."
    (found,) = findings(article(raw, rules), load(str(path), rules), rules)
    assert "300" in found.message and "500" in found.message
