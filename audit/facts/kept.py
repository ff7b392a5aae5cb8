"""The names, statements and figures of a document as bytes: read once, compared later."""

from __future__ import annotations

import msgspec

from audit.facts.extract import Facts
from audit.facts.figures import Figure
from audit.facts.gist import NO_GIST, Gist
from audit.facts.names import Name
from audit.facts.statement import Statement


class Kept(msgspec.Struct, frozen=True, gc=False):
    """What comparing needs of one document beside its public facts."""

    names: list[Name]
    statements: list[Statement]
    figures: list[Figure] = []
    gist: Gist = NO_GIST
    standings: list[Statement] = []


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def kept(facts: Facts) -> bytes | None:
    """The msgpack of a document's Kept; None where it has no names."""
    if not facts.names:
        return None
    return _ENCODER.encode(
        Kept(
            facts.names,
            facts.statements,
            facts.figures,
            facts.gist,
            facts.standings,
        )
    )
