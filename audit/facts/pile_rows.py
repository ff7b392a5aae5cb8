"""The documents of a frame of rows: their stories, how alike they are, which tell one story.

Each is found once, whatever number of keys a document stands under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import msgspec

from audit.facts import events, piles
from audit.facts.claim_rows import Held
from audit.facts.figure_identity import Document, Model, log_odds, story_odds
from audit.rules import Rules

LIKE = 0.18  # likeness of two documents below which they tell two stories
PAIRS = 1 << 16  # pairs of documents of which something is remembered
HELD = 1 << 9  # documents of which all that their figures need is


class _Known(msgspec.Struct, frozen=True, gc=False):
    """The part of a Held that its document has under every key."""

    names: dict[str, int]
    focus: list[str]


_KNOWN = msgspec.msgpack.Decoder(_Known)
_HELD = msgspec.msgpack.Decoder(Held)


class Rows:
    """The stories of the documents of a frame and how alike they are, made once."""

    def __init__(self, rules: Rules) -> None:
        self.known = events.actors(rules)
        self.stories: dict[str, events.Story] = {}
        self.likeness: dict[tuple[str, str], float] = {}
        self.odds: dict[tuple[str, str], float] = {}
        self.figures: dict[str, Held] = {}

    def story(self, document: str, packed: bytes) -> events.Story:
        found = self.stories.get(document)
        if found is None:
            told = _KNOWN.decode(packed)
            found = events.Story(Counter(told.names), frozenset(told.focus))
            self.stories[document] = found
        return found

    def opened(self, document: str, packed: bytes) -> Held:
        """What a document lends its figures, the same under each name; the last ones are kept."""
        found = self.figures.get(document)
        if found is None:
            if len(self.figures) >= HELD:
                self.figures.clear()
            found = self.figures[document] = _HELD.decode(packed)
        return found

    def alike(self, a: str, b: str) -> float:
        found = self.likeness.get((a, b))
        if found is None:
            if len(self.likeness) > PAIRS:
                self.likeness.clear()
            found = events.alike(self.stories[a], self.stories[b], self.known)
            self.likeness[a, b] = found
        return found

    def one_story(
        self, ids: list[str], held: Callable[[int], Held | Document], fit: Model
    ) -> dict[tuple[int, int], float]:
        """The log-odds of one story of the pairs of documents under one name that tell one, as
        all under that name see it (piles.py)."""
        odds: dict[tuple[int, int], float] = {}
        for i, j in combinations(range(len(ids)), 2):
            there = self._odds(ids[i], ids[j], held(i), held(j), fit)
            if there > piles.NEVER:
                odds[i, j] = there
        least = log_odds(fit.one_story)
        home = piles.stories(len(ids), odds, least)
        return {
            (i, j): max(least, odds.get((i, j), least))
            for i, j in combinations(range(len(ids)), 2)
            if home[i] == home[j]
        }

    def _odds(
        self, a: str, b: str, one: Held | Document, two: Held | Document, fit: Model
    ) -> float:
        if (a, b) not in self.odds:
            if len(self.odds) > PAIRS:
                self.odds.clear()
            odds = story_odds(self.document(a, one), self.document(b, two), fit)
            self.odds[a, b] = piles.NEVER if odds is None else odds
        return self.odds[a, b]

    def document(self, id_: str, held: Held | Document) -> Document:
        """A document as its figures are compared."""
        story = self.stories[id_]
        return Document(id_, story, held.published, held.gist, held.figures)
