"""Where a text is hard to read: long sentences, hard ones, and passives, as spans and shares."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any
from weakref import WeakKeyDictionary

from audit.language.cleaned import cleaned
from audit.language.formulas import LANGUAGES
from audit.language.syllables import lexicon
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
    starts = [start for start, _ in text.words]
    found, lengths = [], []
    for start, end in text.sentences:
        first = bisect_left(starts, start)
        count = bisect_left(starts, end, first) - first
        if count:
            found.append((start, end))
            lengths.append(count)
    return found, lengths


def passive_share(text: Text, sentences: list[tuple[int, int]]) -> float | None:
    """The share of sentences with a passive: a form of be, at most two adverbs, a participle."""
    if not sentences:
        return None
    starts = [start for start, _ in sentences]
    found = {bisect_left(starts, m.start() + 1) for m in _PASSIVE.finditer(text.plain)}
    return len(found) / len(sentences)


def hard(text: Text, code: str) -> list[dict[str, Any]]:
    """The hardest sentences over the limit, hardest first, with value and limit."""
    known = _HARD.get(text)
    return known[1] if known and known[0] == code else hardest(text, code, *sentences_of(text))


def hardest(
    text: Text, code: str, sentences: list[tuple[int, int]], lengths: list[int]
) -> list[dict[str, Any]]:
    """The same, from what ``sentences_of`` says of the text."""
    found: list[dict[str, Any]] = []
    if code in LANGUAGES:
        known = lexicon(code)
        for (start, end), count in zip(sentences, lengths, strict=True):
            if count < _WORTH:
                continue
            words = cleaned(text.raw[start:end]).replace(".", "").split()
            number = max(len(words), 1)
            if code == "en":
                measure, limit = "flesch_kincaid_grade", HARD_GRADE
                syllables = sum(known.syllables_of(words)) / number
                value = 0.39 * len(words) + 11.8 * syllables - 15.59
            else:
                measure, limit = "lix", HARD_LIX
                value = len(words) + 100 * sum(len(word) > 6 for word in words) / number
            if value > limit:
                found.append(
                    {
                        "start": start,
                        "end": end,
                        "words": count,
                        "measure": measure,
                        "value": round(value, 1),
                        "limit": limit,
                    }
                )
    found = sorted(found, key=lambda one: (-one["value"], one["start"]))[:HARD_SHOWN]
    _HARD[text] = (code, found)
    return found
