"""Which habits of spelling, stops and style a text keeps: a house keeps one set, a program mixes.

A newsroom that spells "color" puts a point after "Mr" and a comma before the last "and" of a list;
one that spells "colour" does neither. A translation program spells as the texts it learnt from,
mostly American ones, and keeps the stops, titles and currencies of its original. Quotation marks
and line breaks count for nothing, so that the layout of a file cannot carry a figure.
"""

from __future__ import annotations

import numpy as np

from audit.language.hashed import Read

# Strings that are counted in a text, white space as single spaces.
_HABITS: dict[str, tuple[str, ...]] = {
    "comma_and": (", and ",),
    "title": ("Mr ", "Mrs ", "Dr "),
    "title_point": ("Mr. ", "Mrs. ", "Dr. "),
    "short_name": (" US ", " UK "),
    "short_name_points": ("U.S.", "U.K."),
    "pound": ("£", "pence", "pounds"),
    "euro": ("€", "euros"),
    "per_cent": ("per cent",),
    "percent": ("percent",),
    "short_million": ("m ", "bn "),
    # Up to here: habits that go with a spelling.
    "dollar": ("$",),
    "sign": ("%",),
    "not_short": ("n't ",),
    "will_short": ("'ll ", "'re ", "'ve ", "'m "),
    "is_short": ("t's ", "e's "),
    "genitive": ("'s ",),
    "semicolon": (";",),
    "dash": (" - ", "--"),
    "however": ("owever",),
    "participle": ("ing ",),
    "adverb": ("ly ",),
}
_SPELT = 10  # the first habits, which are set against the spelling
_SHORT = 60  # words and stops below which rates are taken as of so many


def counts(plain: str) -> list[int]:
    """How often each habit shows."""
    count = " ".join(plain.split()).count
    return [sum(map(count, strings)) for strings in _HABITS.values()]


def habits(text: Read, plain: str, american: np.ndarray, british: np.ndarray) -> np.ndarray:
    """What the model of translations weighs: rates of habits, the spelling, each with the other.

    ``american`` and ``british`` are sorted hashes of words that only one of the two spells so.
    """
    found = np.array(counts(plain), np.float64)
    words = text.hashes[text.lower]
    ours, theirs = np.log1p(_among(words, american)), np.log1p(_among(words, british))
    leaning = ours - theirs
    spelt = np.log1p(found[:_SPELT])
    spelling = [leaning, max(leaning, 0.0), ours, theirs, min(ours, theirs)]
    rates = np.sqrt(found / (max(len(text.hashes), _SHORT) / 100))
    return np.concatenate([rates, spelling, spelt, leaning * spelt])


def _among(words: np.ndarray, table: np.ndarray) -> int:
    if not len(words):
        return 0
    at = np.minimum(np.searchsorted(table, words), len(table) - 1)
    return int((table[at] == words).sum())
