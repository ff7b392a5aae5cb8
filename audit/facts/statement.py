"""A claim with what comparing needs of its sentence."""

from __future__ import annotations

import msgspec

from audit import model


class Statement(msgspec.Struct, frozen=True, gc=False):
    """A claim with what comparing needs and the public record leaves out.

    ``agent``, ``theme``, ``partner`` and ``place`` hold the known names inside the role's phrase;
    ``context`` those of the whole sentence; ``head`` is the theme's head noun.
    """

    claim: model.Claim
    lemma: str
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    agent: frozenset[str] = frozenset()
    theme: frozenset[str] = frozenset()
    partner: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    head: str | None = None
    nominal: bool = False
    finite: bool = False  # the verb of a clause of its own: no infinitive, no participle
    thing: frozenset[str] = frozenset()  # names told with the deal that a bare head stands for
    sole: bool = False  # all its text says of such a deed to such a thing is of one day and number
