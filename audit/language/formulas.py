"""textstat's formulas, as in its backend.metrics: from counts of a text to its measures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from audit.language.syllables import FOG, LIX

# The languages textstat has constants for (backend.utils.constants.LANG_CONFIGS), and what it can
# compute in each without another language's constants. LIX and RIX need none; Björnsson made
# LIX for Swedish, and it is used in the other Nordic languages.
_FLESCH = ("de", "en", "es", "fr", "hu", "it", "nl", "ru")
_BASES = {  # Flesch: base, sentence length, syllables a word
    "en": (206.835, 1.015, 84.6),
    "de": (180, 1, 58.5),
    "es": (206.84, 1.02, 60.0),
    "fr": (207, 1.015, 73.6),
    "it": (217, 1.3, 60.0),
    "nl": (206.835, 0.93, 77),
    "ru": (206.835, 1.3, 60.1),
    "hu": (206.835, 1.015, 58.5),
}
FIRST = 100  # words that Linsear's formula reads
LANGUAGES = tuple(sorted({*_FLESCH, *LIX, "ar"}))


@dataclass(slots=True)
class Counts:
    """What the formulas are made of; words as textstat tells them."""

    words: int
    tokens: int  # between blanks
    chars: int  # without blanks
    letters: int
    syllables: int
    poly: int  # words of three syllables or more
    mono: int  # of one
    uneasy: int  # not among the words most readers know
    hard2: int  # and of two syllables or more
    hard3: int  # and of as many as make a word difficult
    long: int  # over six letters
    mini: int  # up to three
    different: int  # distinct words among hard2
    easy_first: int  # among Linsear's first 100 words
    hard_first: int


def _ratio(a: float, b: float) -> float:
    return a / b if b else 0.0


def measures(code: str, c: Counts, sentences: int, first: int, raw: str | None) -> dict[str, Any]:
    """textstat's measures by its own function names, formulas as in its backend.metrics.

    ``raw`` is given for the measures that do not rest on sentences alone.
    """
    per_sentence = _ratio(c.words, sentences)
    per_word = _ratio(sentences, c.words)
    syllables = _ratio(c.syllables, c.words)
    letters = _ratio(c.letters, c.words)
    found: dict[str, Any] = {
        "sentence_count": sentences,
        "words_per_sentence": per_sentence,
        "lix": per_sentence + 100 * c.long / c.words if c.words else 0.0,
        "rix": _ratio(c.long, sentences),
    }
    if raw is not None:
        found |= {
            "lexicon_count": c.words,
            "char_count": c.chars,
            "letter_count": c.letters,
            "long_word_count": c.long,
            "miniword_count": c.mini,
            "avg_character_per_word": _ratio(c.chars, c.tokens),
            "avg_letter_per_word": letters,
            "reading_time": 14.69 * c.chars / 1000,
        }
    if code in (*_FLESCH, *FOG) and raw is not None:
        found |= {
            "syllable_count": c.syllables,
            "polysyllabcount": c.poly,
            "monosyllabcount": c.mono,
            "avg_syllables_per_word": syllables,
        }
    if code in _FLESCH:
        base, length, weight = _BASES[code]
        flat = per_sentence == 0 or syllables == 0
        found["flesch_reading_ease"] = (
            0.0 if flat else base - length * per_sentence - weight * syllables
        )
    if code in FOG:
        found["gunning_fog"] = 0.4 * (per_sentence + 100 * c.hard3 / c.words) if c.words else 0.0
    if code == "en":
        found |= _english(c, sentences, first, raw is not None)
    elif code == "es":
        found |= _spanish(c, sentences, per_sentence, syllables, letters)
    elif code == "de" and c.words:
        ms, iw = 100 * c.poly / c.words, 100 * c.long / c.words
        es, sl = 100 * c.mono / c.words, per_sentence
        found |= {
            "wiener_sachtextformel_1": (0.1935 * ms)
            + (0.1672 * sl)
            + (0.1297 * iw)
            - (0.0327 * es)
            - 0.875,
            "wiener_sachtextformel_2": (0.2007 * ms) + (0.1682 * sl) + (0.1373 * iw) - 2.779,
            "wiener_sachtextformel_3": (0.2963 * ms) + (0.1905 * sl) - 1.1144,
            "wiener_sachtextformel_4": (0.2744 * ms) + (0.2656 * sl) - 1.693,
        }
    elif code == "it":
        chars = _ratio(c.chars, c.tokens)
        flat = per_word == 0 or chars == 0
        found["gulpease_index"] = 0.0 if flat else (300 * per_word) - (10 * chars) + 89
    elif code == "ar" and raw is not None:
        from textstat.backend.metrics import osman

        found["osman"] = osman(raw)
    return found


def _english(c: Counts, sentences: int, first: int, whole: bool) -> dict[str, Any]:
    wps, spw = _ratio(c.words, sentences), _ratio(sentences, c.words)
    syllables = _ratio(c.syllables, c.words)
    flat = wps == 0 or syllables == 0
    grade = 0.0 if flat else (0.39 * wps) + (11.8 * syllables) - 15.59
    smog = (1.043 * (30 * (c.poly / sentences)) ** 0.5) + 3.1291 if sentences else 0.0
    letters, per = _ratio(c.letters, c.words) * 100, spw * 100
    liau = 0.0 if letters == 0 or per == 0 else (0.058 * letters) - (0.296 * per) - 15.8
    chars = _ratio(c.chars, c.tokens)
    ari = 0.0 if chars == 0 or wps == 0 else (4.71 * chars) + (0.5 * wps) - 21.43
    dale = _dale_chall(c, wps)
    linsear = 0.0
    if first:
        linsear = float((c.easy_first * 1 + c.hard_first * 3) / first)
        linsear = (linsear - 2 if linsear <= 20 else linsear) / 2
    found: dict[str, Any] = {
        "flesch_kincaid_grade": grade,
        "smog_index": smog,
        "coleman_liau_index": liau,
        "automated_readability_index": ari,
        "dale_chall_readability_score": dale,
        "linsear_write_formula": linsear,
        "spache_readability": 0.0,
        "dale_chall_readability_score_v2": 0.0,
        "mcalpine_eflaw": _ratio(c.words + c.mini, sentences),
    }
    if whole:
        found["difficult_words"] = c.different
    if c.words:
        hard = 100 * c.hard2 / c.words
        found["spache_readability"] = (0.141 * wps) + (0.086 * hard) + 0.839
        score = 0.1579 * hard + 0.0496 * wps
        found["dale_chall_readability_score_v2"] = score + 3.6365 if score > 0.05 else score
    fog = 0.4 * (wps + 100 * c.hard3 / c.words) if c.words else 0.0
    base, length, weight = _BASES["en"]
    ease = 0.0 if flat else base - length * wps - weight * syllables
    found["text_standard"] = _standard(ease, [grade, smog, liau, ari, dale, linsear, fog])
    return found


def _dale_chall(c: Counts, wps: float) -> float:
    if not c.words:
        return 0.0
    hard = 100 * c.uneasy / c.words
    score = (0.1579 * hard) + (0.0496 * wps)
    return score + 3.6365 if hard > 5 else score


def _standard(ease: float, scores: list[float]) -> float:
    """textstat's consensus: the grade most measures come near; the first of equals."""
    grades: list[float] = []
    for place, score in enumerate(scores):
        grades.extend((math.floor(score), math.ceil(score), round(score)))
        if place == 0:
            bands = {9: [5], 8: [6], 7: [7], 6: [8, 9], 5: [10], 4: [11], 3: [12]}
            grades.extend(bands[int(ease // 10)] if 30 <= ease < 100 else [13])
    times: dict[float, int] = {}
    for one in grades:
        times[one] = times.get(one, 0) + 1
    return float(max(times, key=times.__getitem__))


def _spanish(
    c: Counts, sentences: int, wps: float, syllables: float, letters: float
) -> dict[str, Any]:
    flat = wps == 0 or syllables == 0
    per, syl = 100 * _ratio(sentences, c.words), 100 * syllables
    return {
        "fernandez_huerta": 0.0 if flat else 206.84 - (60 * syllables) - (1.02 * wps),
        "szigriszt_pazos": 206.84 - 62.3 * (c.syllables / c.words) - (c.words / sentences)
        if c.words and sentences
        else 0.0,
        "gutierrez_polini": 0.0 if letters == 0 or wps == 0 else 95.2 - 9.7 * letters - 0.35 * wps,
        "crawford": 0.0 if per == 0 or syl == 0 else -0.205 * per + 0.049 * syl - 3.407,
    }
