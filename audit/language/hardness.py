"""Where a text is hard to read: long sentences, hard ones, and passives, as spans and shares."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from audit.language.formulas import LANGUAGES
from audit.language.pieces import cut_up
from audit.tokens import Text

LONG_SENTENCE = 35  # words; plain-language guides advise 25 at most, news averages 20 to 25
HARD_GRADE = 18.0  # Flesch-Kincaid grade (US school years) of one sentence: past a first degree
HARD_LIX = 65.0  # the same in other languages; Björnsson calls 60 and over very difficult
HARD_SHOWN = 5
_WORTH = 25  # words below which a sentence's grade is not asked for

# What was found, for the check that tells it, as long as the text is in use.
_HARD: WeakKeyDictionary[Text, tuple[str, list[dict[str, Any]]]] = WeakKeyDictionary()

_IRREGULAR = (
    "beaten|begun|bitten|blown|born|borne|bought|bound|broken|brought|built|burnt|cast|caught|chosen"
    "|cut|dealt|done|drawn|driven|drunk|eaten|fed|felt|forbidden|forced|forgotten|fought|found|given"
    "|grown|heard|held|hidden|hit|hung|hurt|kept|known|laid|led|left|lent|lit|lost|made|meant|met|paid"
    "|proven|put|read|ridden|run|said|seen|sent|set|shaken|shot|shown|shut|sold|sought|sown|spent|spoken"
    "|spread|stolen|struck|stuck|sung|sunk|swept|sworn|taken|taught|thought|thrown|told|torn|understood"
    "|withdrawn|woken|won|worn|woven|written"
)
_BE = frozenset("am is are was were be been being get gets got".split())
# A form of be, at most two adverbs, a past participle. Participles used as adjectives are left out.
_PASSIVE = re.compile(
    r"[ \n](?:am|is|are|was|were|be|been|being|gets?|got)"
    r"(?:[ \n](?:not|never|also|already|being|been|still|now|later|then|again|both|all|even|since"
    r"|often|only|[a-z]{2,14}ly)){0,2}[ \n]"
    r"(?!(?:tired|interested|pleased|excited|worried|married|scared|supposed|delighted|convinced"
    r"|determined|concerned|prepared|disappointed|satisfied|retired|committed|aged|need|indeed|red"
    r"|ashamed|sacred|naked|wicked|beloved|alleged|so-called|hundred|seed|feed|speed|greed|breed)\b)"
    rf"(?:[a-z]{{2,16}}ed|{_IRREGULAR})\b"
)


def sentences_of(text: Text) -> tuple[list[tuple[int, int]], list[int]]:
    """The sentences that hold words, and how many words each."""
    if not text.sentences:
        return [], []
    places = np.searchsorted(text.edges[0], np.array(text.sentences))
    counts = (places[:, 1] - places[:, 0]).tolist()
    found = [span for span, count in zip(text.sentences, counts, strict=True) if count]
    return found, [count for count in counts if count]


def passive_share(text: Text, sentences: list[tuple[int, int]]) -> float | None:
    """The share of sentences with a passive: a form of be, at most two adverbs, a participle."""
    if not sentences:
        return None
    starts = [start for start, _ in sentences]
    numbers = text.numbers
    forms = np.flatnonzero(text.vocabulary.column(_is_be, bool)[numbers])
    found = set()
    after = 0
    for at in text.edges[0][forms].tolist():
        match = _PASSIVE.match(text.plain, at - 1) if at > after else None
        if match:
            found.add(bisect_left(starts, at))
            after = match.end()
    return len(found) / len(sentences)


def _is_be(word: str) -> bool:
    return word in _BE


def hard(text: Text, code: str) -> list[dict[str, Any]]:
    """The hardest sentences over the limit, hardest first, with value and limit."""
    known = _HARD.get(text)
    if known and known[0] == code:
        return known[1]
    return hardest([text], [code], [sentences_of(text)])[0]


def hardest(
    texts: list[Text], codes: list[str], held: list[tuple[list[tuple[int, int]], list[int]]]
) -> list[list[dict[str, Any]]]:
    """The same of each text, from what ``sentences_of`` says of it."""
    found: list[list[dict[str, Any]]] = [[] for _ in texts]
    for code in LANGUAGES:
        which = [at for at, own in enumerate(codes) if own == code]
        long = [
            [(span, count) for span, count in zip(*held[at], strict=True) if count >= _WORTH]
            for at in which
        ]
        spans = [[span for span, _ in one] for one in long]
        told = cut_up([texts[at] for at in which], spans, code)
        for at, one in zip(which, long, strict=True):
            for (span, count), (_, row) in zip(one, islice(told, len(one)), strict=True):
                found[at] += _hard(code, span, count, row)
    for at, text in enumerate(texts):
        found[at].sort(key=lambda one: (-one["value"], one["start"]))
        del found[at][HARD_SHOWN:]
        _HARD[text] = (codes[at], found[at])
    return found


def _hard(code: str, span: tuple[int, int], count: int, row: list[int]) -> list[dict[str, Any]]:
    """A sentence if it is over the limit, from what ``cut_up`` says of it."""
    words, syllables, long = row[0], row[1], row[9]
    if code == "en":
        measure, limit = "flesch_kincaid_grade", HARD_GRADE
        value = 0.39 * words + 11.8 * (syllables / max(words, 1)) - 15.59
    else:
        measure, limit = "lix", HARD_LIX
        value = words + 100 * long / max(words, 1)
    if value <= limit:
        return []
    return [
        {
            "start": span[0],
            "end": span[1],
            "words": count,
            "measure": measure,
            "value": round(value, 1),
            "limit": limit,
        }
    ]
