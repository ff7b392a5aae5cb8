"""Which of two versions of a text is the translated or spun one, and the words that show it.

Two versions of one text say much more than one alone (Koppel and Ordan 2011 on translationese;
here on the differences only). ``margin`` is antisymmetric by construction: its weights have no
constant.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Literal

import numpy as np

from audit.language.hashed import (
    Read,
    Weights,
    bag,
    crc,
    difference,
    dot,
    read,
    read_points,
    weights,
)
from audit.language.swaps import look, swap_features, swap_rates
from audit.model import Span
from audit.tokens import Text

_ALIKE = 0.7  # a difference in swaps that versions of one text may have
_FEW = 8  # words worded otherwise at which a margin is halved
# What a changed fact is made of.
_NEGATIONS = np.array(
    [crc(word) for word in "not never no none nor neither without cannot".split()], np.uint64
)
_NUMBER_WORDS = np.array(
    [
        crc(word)
        for word in """two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred thousand million billion trillion third fourth fifth sixth seventh eighth
        ninth tenth""".split()
    ],
    np.uint64,
)


def margin(a: Text, b: Text) -> float:
    """Which of two versions is the translated or spun one: -1 (a) to 1 (b), 0 unknown.

    Rests on the words that differ only, so that what both share says nothing, and shrinks to 0
    where few words stand in others' place: facts that were changed (numbers, names, negations)
    and passages that one side lacks are no sign of translation.
    ``margin(a, b) == -margin(b, a)``.
    """
    if a.raw == b.raw:
        return 0.0
    w = weights()
    ours, theirs = wording(read_points(a.points)), wording(read_points(b.points))
    weight = enough(ours, theirs)
    if not weight:
        return 0.0
    more = spun_by(ours, theirs, w)
    if abs(more) >= SPUN_BY:
        return round(math.tanh(weight * more / SPUN_BY), 6)
    words = dot(difference(bag(ours), bag(theirs)), w.pair)
    swapped = difference_of_swaps(ours, theirs, w)
    scale, of_swaps = w.pair_scale.tolist()
    return round(math.tanh(weight * (words * scale + swapped * of_swaps) / 2), 6)


def wording(text: Read) -> Read:
    """A text without what states its facts: negations left out, number words all the same."""
    kept = ~np.isin(text.hashes, _NEGATIONS)
    left = Read(*(column[kept] for column in text))
    number = np.isin(left.hashes, _NUMBER_WORDS)
    return left._replace(hashes=np.where(number, _NUMBER_WORDS[0], left.hashes))


def enough(a: Read, b: Read) -> float:
    """How far the differing words of two versions can tell anything: 0 (none) to 1.

    Counts the lower-case words of each side that the other lacks, and takes the shorter side:
    what one side has over and above was added or left out, not worded otherwise.
    """
    sides = []
    for text in (a, b):
        words, counts = np.unique(text.hashes[text.lower & text.plain], return_counts=True)
        sides.append(dict(zip(words.tolist(), counts.tolist(), strict=True)))
    ours, theirs = sides
    both = sum(min(count, theirs.get(word, 0)) for word, count in ours.items())
    number = min(sum(ours.values()), sum(theirs.values())) - both
    return number**2 / (number**2 + _FEW**2)


def difference_of_swaps(a: Read, b: Read, w: Weights) -> float:
    """How much more spun b is than a, 0 where they are about alike: damped log odds."""
    ours, theirs = (
        math.asinh(float(swap_features(swap_rates(text, w))[:-1] @ w.swaps[:-1])) for text in (a, b)
    )
    return math.copysign(max(abs(theirs - ours) - _ALIKE, 0.0), theirs - ours)


SPUN_BY = 4.0  # thesaurus words a hundred; versions by people and by translators differ by 3.5


def spun_by(a: Read, b: Read, w: Weights) -> float:
    """How many more words of b than of a, in a hundred, a thesaurus likely put in. A spinner's
    rare words are no sign of who wrote freely, which is what ``margin`` takes them for else."""
    return float(swap_rates(b, w)[0] - swap_rates(a, w)[0])


SURE = 0.7  # at this margin 19 of 20 decisions are right with their year held out


def translated(value: float) -> Literal["a", "b"] | None:
    """The side a margin points to; null where it is not sure enough."""
    if abs(value) < SURE:
        return None
    return "b" if value > 0 else "a"


def evidence(a: Text, b: Text, most: int = 12) -> list[tuple[Span, Span, float]]:
    """The aligned word pairs that decide ("jet" against "spray"), weightiest first.

    Each with its weight as in ``margin``: positive where b's words are those of a machine.
    """
    w = weights()
    found = []
    for left, right in _replaced(a, b):
        weight = _phrase_weight(b.plain[right[0] : right[1]], w) - _phrase_weight(
            a.plain[left[0] : left[1]], w
        )
        if weight:
            found.append((Span(*left), Span(*right), round(weight, 4)))
    found.sort(key=lambda one: (-abs(one[2]), one[0].start))
    return found[:most]


def _phrase_weight(plain: str, w: Weights) -> float:
    text = read(plain)
    if not len(text.hashes):
        return 0.0
    single = np.where(text.lower, look(w.words, w.word_weights, text.hashes), 0.0).sum()
    held = bag(text)
    summed = float(held.values @ w.pair[held.slots].astype(np.float64))
    return float(single) + summed * float(w.pair_scale[0]) / 32


def _replaced(a: Text, b: Text) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of words that stand in each other's place: between words that occur once in both.

    Anchors are kept in their longest increasing run (patience), so that the time is n log n.
    """
    left, right = ([t.plain[s:e].lower() for s, e in t.words] for t in (a, b))
    anchors = _anchors(left, right)
    found = []
    i = j = 0
    for x, y in [*anchors, (len(left), len(right))]:
        while i < x and j < y and left[i] == right[j]:
            i, j = i + 1, j + 1
        k, m = x, y
        while k > i and m > j and left[k - 1] == right[m - 1]:
            k, m = k - 1, m - 1
        if 0 < k - i <= 6 and 0 < m - j <= 6:
            found.append(((a.words[i][0], a.words[k - 1][1]), (b.words[j][0], b.words[m - 1][1])))
        i, j = x + 1, y + 1
    return found


def _anchors(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    once: list[dict[str, int]] = []
    for words in (left, right):
        places: dict[str, int] = {}
        for at, word in enumerate(words):
            places[word] = -1 if word in places else at
        once.append(places)
    pairs = [
        (at, once[1][word])
        for word, at in once[0].items()
        if at >= 0 and once[1].get(word, -1) >= 0
    ]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, y) in enumerate(pairs):
        place = bisect_left(tails, y)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(y)
            ends.append(number)
        else:
            tails[place] = y
            ends[place] = number
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
