"""Which habits of spelling, stops and style a text keeps: a house keeps one set, a program mixes.

A newsroom that spells "color" puts a point after "Mr" and a comma before the last "and" of a list;
one that spells "colour" does neither. A translation program spells as the texts it learnt from,
mostly American ones, and keeps the stops, titles and currencies of its original. Quotation marks
and line breaks count for nothing, so that the layout of a file cannot carry a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from audit.characters import kinds, points
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
_BITS = 16  # of the hashes of words that are looked at first: few words tell of a spelling
_SHORT = 60  # words and stops below which rates are taken as of so many


_STRINGS = [(one, at) for at, strings in enumerate(_HABITS.values()) for one in strings]
_LENGTHS = np.array([len(one) for one, _ in _STRINGS])
_HABIT = np.array([at for _, at in _STRINGS])


@cache
def _automaton() -> tuple[np.ndarray, ...]:
    """The symbols of code points, and the automaton of the strings in these."""
    from audit.language.automaton import automaton  # compiled: loaded where it is used

    chars = [" ", *sorted({char for one, _ in _STRINGS for char in one} - {" "})]
    symbol_of = np.zeros(max(map(ord, chars)) + 1, np.uint8)
    symbol_of[[ord(char) for char in chars]] = np.arange(1, len(chars) + 1)
    data = symbol_of[points("".join(one for one, _ in _STRINGS))]
    return symbol_of, *automaton(data, _LENGTHS.astype(np.int32), len(chars) + 1)


def counts(here: np.ndarray) -> np.ndarray:
    """How often each habit shows in a text, given its code points."""
    from audit.language.counting import occurrences  # compiled: loaded where it is used

    found = occurrences(here, kinds(), *_automaton(), _LENGTHS)
    return np.bincount(_HABIT, found, len(_HABITS))


def habits(
    texts: Sequence[Read], held: Sequence[np.ndarray], american: np.ndarray, british: np.ndarray
) -> np.ndarray:
    """What the model of translations weighs, a row a text: rates of habits, the spelling, each
    with the other.

    ``held`` are their code points; ``american`` and ``british`` are sorted hashes of words that
    only one of the two spells so.
    """
    found = np.array([counts(here) for here in held])
    told = np.zeros(1 << _BITS, bool)
    told[np.concatenate([american, british]) & np.uint64(len(told) - 1)] = True
    words = [text.hashes[text.lower] for text in texts]
    words = [those[told[those & np.uint64(len(told) - 1)]] for those in words]
    spelling = [[_among(those, american), _among(those, british)] for those in words]
    ours, theirs = np.log1p(np.array(spelling, np.float64)).T
    leaning = ours - theirs
    spelt = np.log1p(found[:, :_SPELT])
    sides = (leaning, np.maximum(leaning, 0.0), ours, theirs, np.minimum(ours, theirs))
    lengths = np.array([max(len(text.hashes), _SHORT) for text in texts]) / 100
    rates = np.sqrt(found / lengths[:, None])
    return np.column_stack([rates, *sides, spelt, leaning[:, None] * spelt])


def _among(words: np.ndarray, table: np.ndarray) -> int:
    if not len(words):
        return 0
    at = np.minimum(np.searchsorted(table, words), len(table) - 1)
    return int((table[at] == words).sum())
