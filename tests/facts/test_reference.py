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
    known = load(str(path))
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
    found = list(findings(article(raw, rules), load(str(path)), rules))
    assert len(found) == 1
    assert "reviewed (False)" in found[0].message


@pytest.mark.parametrize(
    "content",
    [
        "subject,event,date\nKV-90,purchase,May\n",
        "subject,event,number\nKV-90,purchase,x\n",
        "a\n1\n",
    ],
)
def test_a_row_that_cannot_be_used_is_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(content)
    with pytest.raises(AuditError, match="row 1"):
        load(str(path))
