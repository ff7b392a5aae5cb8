"""How hard a text is to read: textstat's measures, in batch, and where the text is hard.

The measures under ``textstat`` equal textstat 0.7.8's functions of the same names on the same text
to the last bit (a test holds them equal), without its global language and with the syllables
of each word counted once a process. textstat ends a sentence at every full stop, so that "U.S."
makes texts look easier than they are: the same formulas with the sentences of ``audit.tokens``
stand beside them under ``true_sentences``. Nothing here says anything of a source's reliability.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from audit.language.formulas import LANGUAGES, Counts, measures
from audit.language.hardness import LONG_SENTENCE, hardest, passive_share, sentences_of
from audit.language.pieces import cut_up
from audit.tokens import Text


def readability(texts: list[Text], codes: list[str]) -> list[dict[str, Any]]:
    """The readability of each text in the language of its code (ISO 639-1).

    ``textstat`` and ``true_sentences`` are null in languages without a formula. Other keys:
    ``sentences``, ``words_per_sentence``, ``long_sentences`` {limit, count, share, spans},
    ``passive_share`` (of sentences; English only), ``hard`` [{start, end, words, measure, value,
    limit}], hardest first.
    """
    held = [sentences_of(text) for text in texts]
    made: list[_Made | None] = [None] * len(texts)
    for code in LANGUAGES:
        which = [at for at, own in enumerate(codes) if own == code]
        for at, one in zip(which, _cut([texts[at] for at in which], code), strict=True):
            made[at] = one
    hard = hardest(texts, codes, held)
    return [_one(*row) for row in zip(texts, codes, held, made, hard, strict=True)]


class _Made(NamedTuple):
    """What a text is made of as textstat cuts it."""

    counts: Counts
    sentences: int
    first: int  # sentences in what Linsear's first 100 words take of the text
    end: int  # and the offset after it


def _one(
    text: Text,
    code: str,
    held: tuple[list[tuple[int, int]], list[int]],
    made: _Made | None,
    hard: list[dict[str, Any]],
) -> dict[str, Any]:
    sentences, lengths = held
    note: dict[str, Any] = {"textstat": None, "true_sentences": None}
    if made:
        counts, counted, first, end = made
        note["textstat"] = measures(code, counts, counted, first, text.raw)
        true_first = max(1, sum(start < end for start, _ in sentences))
        note["true_sentences"] = measures(
            code, counts, max(1, len(sentences)) if counts.tokens else 0, true_first, None
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
    note["hard"] = hard
    return note


def _cut(texts: list[Text], code: str) -> list[_Made]:
    found = []
    for figures, told in cut_up(texts, [[(0, len(text.raw))] for text in texts], code):
        tokens, chars, letters, sentences, first, end = figures
        syllables, poly, mono, uneasy, hard2, hard3, long, mini, _, different, easy, hard = told[1:]
        counts = Counts(
            words=told[0],
            tokens=tokens,
            chars=chars,
            letters=letters,
            syllables=syllables,
            poly=poly,
            mono=mono,
            uneasy=uneasy,
            hard2=hard2,
            hard3=hard3,
            long=long,
            mini=mini,
            different=different,
            easy_first=easy,
            hard_first=hard,
        )
        found.append(_Made(counts, sentences, first, end))
    return found
