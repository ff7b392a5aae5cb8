"""How hard a text is to read: textstat's measures, in batch, and where the text is hard.

The measures under ``textstat`` equal textstat 0.7.8's functions of the same names on the same text
to the last bit (a test holds them equal), without its global language and with the syllables
of each word counted once a process. textstat ends a sentence at every full stop, so that "U.S."
makes texts look easier than they are: the same formulas with the sentences of ``audit.tokens``
stand beside them under ``true_sentences``. Nothing here says anything of a source's reliability.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from audit.language.cleaned import cleaned, sentence_count
from audit.language.formulas import LANGUAGES, Counts, measures
from audit.language.hardness import LONG_SENTENCE, hardest, passive_share, sentences_of
from audit.language.syllables import Lexicon, lexicon
from audit.tokens import Text


def readability(texts: list[Text], codes: list[str]) -> list[dict[str, Any]]:
    """The readability of each text in the language of its code (ISO 639-1).

    ``textstat`` and ``true_sentences`` are null in languages without a formula. Other keys:
    ``sentences``, ``words_per_sentence``, ``long_sentences`` {limit, count, share, spans},
    ``passive_share`` (of sentences; English only), ``hard`` [{start, end, words, measure, value,
    limit}], hardest first.
    """
    return [_one(text, code) for text, code in zip(texts, codes, strict=True)]


def _one(text: Text, code: str) -> dict[str, Any]:
    sentences, lengths = sentences_of(text)
    note: dict[str, Any] = {"textstat": None, "true_sentences": None}
    if code in LANGUAGES:
        part = _Parts(text.raw)
        known = lexicon(code)
        used, first, easy, difficult = _first_hundred(part, known)
        counts = _counts(part, known, easy, difficult)
        note["textstat"] = measures(code, counts, part.sentences, first, text.raw)
        end = _end_of(text.raw, used)
        true_first = max(1, sum(start < end for start, _ in sentences))
        note["true_sentences"] = measures(
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
    note["passive_share"] = passive_share(text, sentences) if code == "en" else None
    note["hard"] = hardest(text, code, sentences, lengths)
    return note


class _Parts:
    """A text cut as textstat cuts it."""

    def __init__(self, raw: str) -> None:
        self.tokens = raw.split()
        self.chars = len("".join(self.tokens))
        kept = cleaned(raw)
        self.sentences = sentence_count(raw, kept)
        self.words = kept.replace(".", "").split()
        joined = "".join(self.words)
        self.letters = len(joined) - joined.count("'")


def _counts(part: _Parts, known: Lexicon, easy_first: int, hard_first: int) -> Counts:
    tally = Counter(part.words)
    at = np.fromiter(map(known.__getitem__, tally), np.int64, len(tally))
    times = np.fromiter(tally.values(), np.int64, len(tally))
    rows = known.rows[at]
    syllables, poly, mono, uneasy, hard2, hard3, long, mini = (times @ rows).tolist()
    return Counts(
        words=len(part.words),
        tokens=len(part.tokens),
        chars=part.chars,
        letters=part.letters,
        syllables=syllables,
        poly=poly,
        mono=mono,
        uneasy=uneasy,
        hard2=hard2,
        hard3=hard3,
        long=long,
        mini=mini,
        different=int(rows[:, 4].sum()),
        easy_first=easy_first,
        hard_first=hard_first,
    )


def _first_hundred(part: _Parts, known: Lexicon) -> tuple[int, int, int, int]:
    """Linsear's first 100 words: the tokens they take, their sentences, easy and hard words."""
    used, words = len(part.tokens), part.words
    sentences = part.sentences if used else 0
    if used > 100:
        used = found = 0
        while found < 100 and used < len(part.tokens):
            used += 100 - found
            prefix = " ".join(part.tokens[:used])
            kept = cleaned(prefix)
            found = len(kept.replace(".", "").split())
        used = min(used, len(part.tokens))
        sentences, words = sentence_count(prefix, kept), part.words[:100]
    syllables = known.syllables_of(words)
    difficult = sum(count >= 3 for count in syllables)
    return used, sentences, sum(count > 0 for count in syllables) - difficult, difficult


def _end_of(raw: str, tokens: int) -> int:
    """The offset after so many tokens."""
    parts = raw.split(None, tokens)
    return len(raw) - (len(parts[tokens]) if len(parts) > tokens else 0)
