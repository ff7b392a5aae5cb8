"""Documents to compare, made of one claim and a story around it."""

from __future__ import annotations

from audit.facts.compare import Doc
from audit.facts.extract import extract
from audit.rules import Rules
from audit.tokens import Text


def doc(key: str, claim: str, story: str, rules: Rules, published: str | None) -> Doc:
    """A document that opens with the claim and tells the story twice."""
    text = Text(f"{claim} {story * 2}")
    facts = extract(text, title=None, published=published, url=None, language="en", rules=rules)
    return Doc(key, text, facts)
