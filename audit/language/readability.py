"""How hard a text is to read: textstat's measures, in batch, and where the text is hard.

The measures under ``textstat`` equal textstat 0.7.8's functions of the same names on the same text
to the last bit (a test holds them equal), without its global language and with the syllables
of each word counted once a batch. textstat ends a sentence at every full stop, so that "U.S." makes
texts look easier than they are: the same formulas with the sentences of ``audit.tokens`` stand
beside them under ``true_sentences``. Long and hard sentences and passives are spans or shares.
Nothing here says anything of a source's reliability.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from audit.tokens import Text

# The languages textstat has constants for (backend.utils.constants.LANG_CONFIGS), and what it can
# compute in each without another language's constants. LIX and RIX need none; Björnsson made
# LIX for Swedish, and it is used in the other Nordic languages.
_FLESCH = ("de", "en", "es", "fr", "hu", "it", "nl", "ru")
_FOG = {"en": 3, "hu": 5, "pl": 4}  # syllables of a difficult word
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
_LIX = ("da", "nn", "no", "pl", "sv")
LANGUAGES = tuple(sorted({*_FLESCH, *_LIX, "ar"}))

LONG_SENTENCE = 35  # words; plain-language guides advise 25 at most, news averages 20 to 25
HARD_GRADE = 18.0  # Flesch-Kincaid grade (US school years) of one sentence: past a first degree
HARD_LIX = 65.0  # the same in other languages; Björnsson calls 60 and over very difficult
HARD_SHOWN = 5
_WORTH = 25  # words below which a sentence's grade is not asked for

_QUOTE_MARK = re.compile(r"'(?![tsd]|ve|ll|re)")  # textstat: an apostrophe of no contraction
_CACHE: dict[str, dict[str, tuple[int, ...]]] = {}
_CACHE_SIZE = 200_000
# What ``readability`` found, for the check that tells it, as long as the text is in use.
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


def readability(texts: list[Text], codes: list[str]) -> list[dict[str, Any]]:
    """The readability of each text in the language of its code (ISO 639-1).

    ``textstat`` and ``true_sentences`` are null in languages without a formula. Other keys:
    ``sentences``, ``words_per_sentence``, ``long_sentences`` {limit, count, share, spans},
    ``passive_share`` (of sentences; English only), ``hard`` [{start, end, words, measure, value,
    limit}], hardest first.
    """
    parts = [
        _Parts(text.raw) if code in LANGUAGES else None
        for text, code in zip(texts, codes, strict=True)
    ]
    known: dict[str, tuple[dict[str, int], np.ndarray]] = {}
    for code in sorted({code for code in codes if code in LANGUAGES}):
        mine = [p for p, c in zip(parts, codes, strict=True) if p is not None and c == code]
        known[code] = _lexicon(code, [p.words for p in mine])
    return [
        _one(text, code, part, known.get(code))
        for text, code, part in zip(texts, codes, parts, strict=True)
    ]


class _Parts:
    """A text cut as textstat cuts it."""

    def __init__(self, raw: str) -> None:
        self.tokens = raw.split()
        self.chars = len("".join(self.tokens))
        kept = _cleaned(raw)
        self.sentences = _sentence_count(raw, kept)
        self.words = kept.replace(".", "").split()
        joined = "".join(self.words)
        self.letters = len(joined) - joined.count("'")


class _Punctuation(dict[int, "int | None"]):
    """For str.translate: drops what is no letter, digit, blank, apostrophe or stop."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        kept = char.isalnum() or char.isspace() or char in "_'."
        self[code] = ord(".") if char in "!?" else code if kept else None
        return self[code]


_PUNCTUATION = _Punctuation()
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"  # the commonest of what is dropped
_DROPPED = re.compile(r"[^\w\s.'!?]+")  # what _PUNCTUATION drops


def _cleaned(raw: str) -> str:
    """The text without punctuation, as textstat drops it, but with stops, all made full stops."""
    if "'" in raw:
        raw = _QUOTE_MARK.sub("", raw)
    if not raw.isascii():
        for mark in _TYPOGRAPHIC:
            if mark in raw:
                raw = raw.replace(mark, "")
    # str.translate is fast on ASCII only
    if raw.isascii():
        return raw.translate(_PUNCTUATION)
    return _DROPPED.sub("", raw).replace("!", ".").replace("?", ".")


def _sentence_count(raw: str, cleaned: str) -> int:
    """textstat's count: stretches between stops that hold three words or more, at least one."""
    if not raw:
        return 0
    return max(1, sum(len(part.split(None, 3)) > 2 for part in cleaned.split(".")))


def _lexicon(code: str, lists: list[list[str]]) -> tuple[dict[str, int], np.ndarray]:
    """Each distinct word's place, and its row: what textstat says of it, computed once.

    Columns: syllables; three or more; one; unknown to the easy words; the same with two syllables,
    and with those of a difficult word for the fog index; letters over six; letters up to three.
    """
    held = _CACHE.setdefault(code, {})
    if len(held) > _CACHE_SIZE:
        held = _CACHE[code] = {}
    fresh: dict[str, None] = {}
    for words in lists:
        fresh.update(dict.fromkeys(words))
    describe: Callable[[str], tuple[int, ...]] | None = None
    rows = []
    for word in fresh:
        row = held.get(word)
        if row is None:
            describe = describe or _describer(code)
            row = held[word] = describe(word)
        rows.append(row)
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 8)
    return {word: at for at, word in enumerate(fresh)}, table


def _describer(code: str) -> Callable[[str], tuple[int, ...]]:
    """The function from a word to its row, on textstat's own dictionaries."""
    if code in ("ar", *_LIX) and code not in _FOG:
        return lambda word: (0, 0, 0, 0, 0, 0, *_lengths(word))
    from textstat.backend.utils._get_cmudict import get_cmudict
    from textstat.backend.utils._get_lang_easy_words import _set_words
    from textstat.backend.utils._get_pyphen import get_pyphen

    spoken = get_cmudict(code) or {}
    breaks = _breaks(get_pyphen(code))
    # textstat falls back to the English list, with a warning, where a language has none.
    easy = _set_words(code if code in ("en", "es") else "en")
    threshold = _FOG.get(code, 3)

    def syllables(word: str) -> int:
        phones = spoken.get(word)
        if phones:
            return sum(1 for phone in phones[0] if phone[-1].isdigit())
        return breaks(word) + 1

    def describe(word: str) -> tuple[int, ...]:
        low = word.lower()
        count = syllables(low)
        # Lower-casing can set marks free (I with a dot), which is_difficult_word drops.
        bare = low if low.isalnum() else "".join(c for c in low if c.isalnum() or c in "_'")
        again = count if bare == low else syllables(bare)
        hard = low not in easy
        return (
            count,
            int(count >= 3),
            int(count == 1),
            int(hard),
            int(hard and again >= 2),
            int(hard and again >= threshold),
            *_lengths(word),
        )

    return describe


def _breaks(pyphen: Any) -> Callable[[str], int]:
    """``len(pyphen.positions(word))``, several times faster: no pattern begins so, no search."""
    patterns, left, right = pyphen.hd.patterns, pyphen.left, pyphen.right
    beginnings = {key[:size] for key in patterns for size in range(1, len(key) + 1)}

    def count(word: str) -> int:
        pointed = f".{word}."
        levels = [0] * (len(pointed) + 1)
        for start in range(len(pointed) - 1):
            for end in range(start + 1, len(pointed) + 1):
                piece = pointed[start:end]
                if piece not in beginnings:
                    break
                found = patterns.get(piece)
                if found:
                    for at, value in enumerate(found[1], start + found[0]):
                        if value > levels[at]:
                            levels[at] = value
        last = len(word) - right
        return sum(level % 2 for level in levels[left + 1 : max(last, 0) + 2])

    return count


def _lengths(word: str) -> tuple[int, int]:
    size = len(word) - word.count("'")
    return int(size > 6), int(size <= 3)


class _Counts:
    """What the formulas are made of."""

    def __init__(
        self, part: _Parts, places: dict[str, int], table: np.ndarray, fog_prefix: tuple[int, int]
    ) -> None:
        at = np.fromiter(map(places.__getitem__, part.words), np.int64, len(part.words))
        sums: list[int] = table[at].sum(axis=0).tolist() if len(at) else [0] * 8
        self.words = len(part.words)
        self.tokens = len(part.tokens)
        self.chars = part.chars
        self.letters = part.letters
        self.syllables, self.poly, self.mono, self.uneasy, self.hard2, self.hard3 = sums[:6]
        self.long, self.mini = sums[6:]
        self.different = int(table[np.unique(at), 4].sum()) if len(at) else 0
        self.easy_first, self.hard_first = fog_prefix


def _one(
    text: Text,
    code: str,
    part: _Parts | None,
    lexicon: tuple[dict[str, int], np.ndarray] | None,
) -> dict[str, Any]:
    sentences, lengths = _sentences(text)
    note: dict[str, Any] = {"textstat": None, "true_sentences": None}
    if part is not None and lexicon is not None:
        places, table = lexicon
        used, first, easy, hard = _first_hundred(part, places, table)
        counts = _Counts(part, places, table, (easy, hard))
        note["textstat"] = _measures(code, counts, part.sentences, first, text.raw)
        end = _end_of(text.raw, used)
        true_first = max(1, sum(start < end for start, _ in sentences))
        note["true_sentences"] = _measures(
            code, counts, max(1, len(sentences)) if part.tokens else 0, true_first, None
        )
    words = sum(lengths)
    note["sentences"] = len(sentences)
    note["words_per_sentence"] = words / len(sentences) if sentences else None
    spans = [s for s, n in zip(sentences, lengths, strict=True) if n > LONG_SENTENCE]
    note["long_sentences"] = {
        "limit": LONG_SENTENCE,
        "count": len(spans),
        "share": len(spans) / len(sentences) if sentences else None,
        "spans": [{"start": a, "end": b} for a, b in spans[:50]],
    }
    note["passive_share"] = _passive(text, sentences) if code == "en" and sentences else None
    note["hard"] = _hard(text, code, sentences, lengths, lexicon) if lexicon else []
    _HARD[text] = (code, note["hard"])
    return note


def _sentences(text: Text) -> tuple[list[tuple[int, int]], list[int]]:
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


def _first_hundred(
    part: _Parts, places: dict[str, int], table: np.ndarray
) -> tuple[int, int, int, int]:
    """Linsear's first 100 words: the tokens they take, their sentences, easy and hard words."""
    used, words = len(part.tokens), part.words
    sentences = part.sentences if used else 0
    if used > 100:
        used = found = 0
        while found < 100 and used < len(part.tokens):
            used += 100 - found
            prefix = " ".join(part.tokens[:used])
            cleaned = _cleaned(prefix)
            found = len(cleaned.replace(".", "").split())
        used = min(used, len(part.tokens))
        sentences, words = _sentence_count(prefix, cleaned), part.words[:100]
    counts = table[[places[word] for word in words], 0] if words else np.zeros(0)
    hard = int((counts >= 3).sum())
    return used, sentences, int((counts > 0).sum()) - hard, hard


def _end_of(raw: str, tokens: int) -> int:
    """The offset after so many tokens."""
    parts = raw.split(None, tokens)
    return len(raw) - (len(parts[tokens]) if len(parts) > tokens else 0)


def _ratio(a: float, b: float) -> float:
    return a / b if b else 0.0


def _measures(code: str, c: _Counts, sentences: int, first: int, raw: str | None) -> dict[str, Any]:
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
    if code in (*_FLESCH, *_FOG) and raw is not None:
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
    if code in _FOG:
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


def _english(c: _Counts, sentences: int, first: int, whole: bool) -> dict[str, Any]:
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


def _dale_chall(c: _Counts, wps: float) -> float:
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
    return float(Counter(grades).most_common(1)[0][0])


def _spanish(
    c: _Counts, sentences: int, wps: float, syllables: float, letters: float
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


def hard(text: Text, code: str) -> list[dict[str, Any]]:
    """The hardest sentences of one text, as in ``readability``'s ``hard``."""
    if code not in LANGUAGES:
        return []
    known = _HARD.get(text)
    if known is not None and known[0] == code:
        return known[1]
    sentences, lengths = _sentences(text)
    long = [text.raw[a:b] for (a, b), n in zip(sentences, lengths, strict=True) if n >= _WORTH]
    words = [_cleaned(one).replace(".", "").split() for one in long]
    return _hard(text, code, sentences, lengths, _lexicon(code, words))


def _passive(text: Text, sentences: list[tuple[int, int]]) -> float:
    """The share of sentences with a passive: a form of be, at most two adverbs, a participle."""
    starts = [start for start, _ in sentences]
    found = {bisect_left(starts, m.start() + 1) for m in _PASSIVE.finditer(text.plain)}
    return len(found) / len(sentences)


def _hard(
    text: Text,
    code: str,
    sentences: list[tuple[int, int]],
    lengths: list[int],
    lexicon: tuple[dict[str, int], np.ndarray],
) -> list[dict[str, Any]]:
    """The hardest sentences over the limit, hardest first, with value and limit."""
    places, table = lexicon
    found: list[dict[str, Any]] = []
    for (start, end), count in zip(sentences, lengths, strict=True):
        if count < _WORTH:
            continue
        words = _cleaned(text.raw[start:end]).replace(".", "").split()
        if code == "en":
            known = [places[word] for word in words if word in places]
            syllables = int(table[known, 0].sum()) / max(len(known), 1)
            measure, limit = "flesch_kincaid_grade", HARD_GRADE
            value = 0.39 * len(words) + 11.8 * syllables - 15.59
        else:
            measure, limit = "lix", HARD_LIX
            value = len(words) + 100 * sum(len(word) > 6 for word in words) / max(len(words), 1)
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
    return sorted(found, key=lambda one: (-one["value"], one["start"]))[:HARD_SHOWN]
