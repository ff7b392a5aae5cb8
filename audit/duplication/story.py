"""Whether two texts tell one story in the same order: what a reworded copy keeps.

Sentences meet over what rewording leaves alone: numbers, names, and the stems of longer words.
A rewrite or a back-translation has a counterpart for most sentences, in the same order; two
reporters at one event do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from audit.duplication.units import units
from audit.tokens import Text

_WORD = re.compile(r"[^\W_]+")
LONGEST = 20_000  # characters that are looked at: some 3,000 words
STEM = 6  # letters of a longer word that stand for it
MEET = 0.3  # share of the smaller sentence's marks that two counterparts have in common
FOLLOWED = 0.55  # coverage times order from which a text follows another
ORDERED = 0.8  # order alone
CLOSELY = 0.6  # coverage times order from which it follows closely
MANY = 10  # counterparts that this takes: a brief has as many in its frame alone
FEWEST = 5  # sentences that have a counterpart
SURE = 6  # counterparts below which coverage times order is to be
SHORTLY = 0.75  # this: two short reports of one event have a quotation and the event in common
KEPT = 0.4  # share of the marks of one sentence alone that the other text must have so, too
PLACES = 1000  # places whose order is compared: its cost grows with their square
IN_TURN = 0.5  # Kendall's tau of their sentences: two reporters put the same facts in other turns


class Story:
    """A text and what its sentences are known by, which is found on first use."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def marks(self) -> list[set[str]]:
        return _marks(self.text)

    @cached_property
    def sorted(self) -> list[list[str]]:
        """The marks of each sentence, ascending."""
        return [sorted(marks) for marks in self.marks]

    @cached_property
    def places(self) -> dict[str, tuple[float, list[int]]]:
        """The sentences each mark stands in, and what a meeting over it counts: less where many."""
        places: dict[str, list[int]] = {}
        for n, marks in enumerate(self.marks):
            for mark in marks:
                places.setdefault(mark, []).append(n)
        return {mark: (len(at) ** -0.5, at) for mark, at in places.items()}

    @cached_property
    def alone(self) -> dict[str, int]:
        """The marks that one sentence alone has, and which that is."""
        return {mark: at[0] for mark, (_, at) in self.places.items() if len(at) == 1}


@dataclass(frozen=True)
class Told:
    """How much of both texts the other tells too (that of the less covered side), how much of
    that in the same order, 0..1, and the number of sentences of the less covered side; whether
    they share enough of the details that stand in one sentence only, in the same order: what
    every report of an event has in common stands in many."""

    coverage: float
    order: float
    met: int
    detailed: bool

    @property
    def follows(self) -> bool:
        """Whether one text follows the other sentence by sentence, in other words or the same."""
        least = FOLLOWED if self.met >= SURE else SHORTLY
        ordered = self.order >= ORDERED and self.coverage * self.order >= least
        return self.met >= FEWEST and ordered and self.detailed

    @property
    def rewritten(self) -> bool:
        """Whether one text so plainly follows the other that passages kept word for word agree."""
        return self.met >= MANY and self.coverage * self.order >= CLOSELY and self.detailed


def told(a: Story, b: Story) -> Told:
    """How much of one story two texts tell, in what order."""
    if not a.marks or not b.marks:
        return Told(0.0, 0.0, 0, False)
    met_a, met_b = _counterparts(a, b), _counterparts(b, a)
    coverage = min(len(met_a) / len(a.marks), len(met_b) / len(b.marks))
    order = (_ordered(met_a) + _ordered(met_b)) / 2
    detailed = _detailed(a.alone, b.alone)
    return Told(coverage, order, min(len(met_a), len(met_b)), detailed)


def rewritten(a: Story, b: Story) -> bool:
    """Whether two texts are ``Told.rewritten``: what costs least is asked first."""
    if len(a.marks) < MANY or len(b.marks) < MANY or not _detailed(a.alone, b.alone):
        return False
    met = _counterparts(a, b)
    if len(met) < MANY or len(met) / len(a.marks) < CLOSELY:
        return False
    return told(a, b).rewritten


def follows(a: Story, b: Story) -> bool:
    """Whether one of two texts follows the other (``Told.follows``), likewise."""
    if len(a.marks) < FEWEST or len(b.marks) < FEWEST or not _detailed(a.alone, b.alone):
        return False
    return told(a, b).follows


def _detailed(one: dict[str, int], two: dict[str, int]) -> bool:
    met = sorted({(one[mark], two[mark]) for mark in one.keys() & two.keys()})
    if len(one.keys() & two.keys()) < KEPT * min(len(one), len(two)):
        return False
    x, y = np.array(met[:PLACES], np.int64).reshape(-1, 2).T
    turns = np.sign(np.subtract.outer(x, x)) * np.sign(np.subtract.outer(y, y))
    decided = int(np.count_nonzero(turns))
    return decided == 0 or float(turns.sum()) >= IN_TURN * decided


def _marks(text: Text) -> list[set[str]]:
    """What each sentence is known by; sentences known by nothing are left out."""
    if len(text.raw) > LONGEST:
        text = Text(text.raw[:LONGEST])
    found = []
    dense = not text.plain.isascii() and len(units(text)) > 2 * len(text.words)
    for start, end in text.sentences:
        marks = set()
        for n, word in enumerate(_WORD.findall(text.plain, start, end)):
            if word[0].isdigit():
                marks.add(word)
            elif dense:
                marks.update(word[i : i + 2] for i in range(len(word) - 1))
            elif len(word) >= STEM:
                marks.add(word[:STEM].lower())
            elif n and word[0].isupper():
                marks.add(word.lower())
        if len(marks) >= 2:
            found.append(marks)
    return found


def _counterparts(one: Story, two: Story) -> list[int]:
    """For each sentence that has a counterpart in the other text, where that stands."""
    places, others = two.places, two.marks
    sizes = [len(marks) for marks in others]
    found = []
    for marks, ordered in zip(one.marks, one.sorted, strict=True):
        votes: dict[int, float] = {}
        for mark in ordered:
            if mark in places:
                weight, at = places[mark]
                for n in at:
                    votes[n] = votes.get(n, 0.0) + weight
        if not votes:
            continue
        many = len(marks)
        best, most = -1, -1.0
        for n, vote in votes.items():
            share = vote / (many + sizes[n]) ** 0.5
            if share > most or (share == most and n < best):
                best, most = n, share
        common = len(marks & others[best])
        if common >= 2 and common >= MEET * min(many, sizes[best]):
            found.append(best)
    return found


def _ordered(places: list[int]) -> float:
    """The share of the longest run of places that never goes back."""
    ends: list[float] = []
    for place in places:
        at = bisect_left(ends, place + 0.5)
        ends[at : at + 1] = [place]
    return len(ends) / len(places) if places else 0.0
