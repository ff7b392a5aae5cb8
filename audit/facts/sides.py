"""The claims of a document as they are compared: each with what its document lends it."""

from __future__ import annotations

from dataclasses import dataclass

from audit import model
from audit.facts import events
from audit.facts.ages import ages
from audit.facts.events import Story
from audit.facts.extract import Facts
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text


@dataclass(frozen=True)
class Doc:
    """A document to compare: its id, text and facts."""

    id: str
    text: Text
    facts: Facts


@dataclass(frozen=True)
class Side:
    """One claim of a pair with the document round it."""

    document: str
    words: str  # of the claim, as in the text
    statement: Statement
    story: Story
    published: model.Published
    speaker: str | None

    def quote(self) -> model.Quote:
        claim = self.statement.claim
        return model.Quote(claim.start, claim.end, self.document, self.words)


def sides(doc: Doc, rules: Rules) -> list[Side]:
    """The claims of a document, each with what its document lends it."""
    known = events.actors(rules)
    story = events.story((name.name for name in doc.facts.names), known)
    return [
        Side(
            doc.id,
            doc.text.raw[s.claim.start : s.claim.end],
            s,
            story,
            doc.facts.published,
            _speaker(doc, s),
        )
        for s in (
            *doc.facts.statements,
            *doc.facts.standings,
            *ages(doc.text, doc.facts.names, doc.facts.quantities),
        )
    ]


def _speaker(doc: Doc, statement: Statement) -> str | None:
    index = statement.claim.attribution
    if index is None:
        return None
    source = doc.facts.attributions[index].source
    return doc.text.plain[source.start : source.end] if source else None
