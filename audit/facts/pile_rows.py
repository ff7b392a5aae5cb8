"""The documents of a frame of rows: the names they tell of, and how alike these are.

Each is found once, whatever number of keys a document stands under."""

from __future__ import annotations

from collections import Counter

import msgspec

from audit.facts import events
from audit.facts.claim_rows import Held
from audit.facts.figure_identity import Document
from audit.rules import Rules

LIKE = 0.18  # likeness of two documents below which they tell two stories
PAIRS = 1 << 16  # pairs of documents of which something is remembered
HELD = 1 << 9  # documents of which all that their figures need is


class _Known(msgspec.Struct, frozen=True, gc=False):
    """The part of a Held that its document has under every key."""

    names: dict[str, int]
    focus: list[str]


_HELD = msgspec.msgpack.Decoder(Held)
_KNOWN = msgspec.msgpack.Decoder(_Known)


class Rows:
    """The stories of the documents of a frame and how alike they are, made once."""

    def __init__(self, rules: Rules) -> None:
        self.known = events.actors(rules)
        self.stories: dict[str, events.Story] = {}
        self.likeness: dict[tuple[str, str], float] = {}
        self.figures: dict[str, Held] = {}

    def story(self, document: str, packed: bytes) -> events.Story:
        found = self.stories.get(document)
        if found is None:
            told = _KNOWN.decode(packed)
            found = events.Story(Counter(told.names), frozenset(told.focus))
            self.stories[document] = found
        return found

    def alike(self, a: str, b: str) -> float:
        found = self.likeness.get((a, b))
        if found is None:
            if len(self.likeness) > PAIRS:
                self.likeness.clear()
            found = events.alike(self.stories[a], self.stories[b], self.known)
            self.likeness[a, b] = found
        return found

    def opened(self, document: str, packed: bytes) -> Held:
        """What a document lends its figures; the last ones are kept."""
        found = self.figures.get(document)
        if found is None:
            if len(self.figures) >= HELD:
                self.figures.clear()
            found = self.figures[document] = _HELD.decode(packed)
        return found

    def document(self, id_: str, held: Held) -> Document:
        """A document as its figures are compared."""
        return Document(id_, self.stories[id_], held.published, held.figures)
