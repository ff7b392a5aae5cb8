"""How much of a text a thesaurus put in: seven rates of words in company they do not keep.

Words and phrases that synonym lists hold and newsrooms hardly write ("twelvemonth", "calendar
month"; reckoned from Princeton WordNet 3.1), misformed words and wrong articles.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from audit.language.hashed import Read, Weights

_BITS = 19  # of the hashes that are looked at first: most words weigh nothing
_SHORT = 150  # lower-case words below which rates are taken as of so many


def look(keys: Any, values: Any, wanted: Any) -> Any:
    """The weights of hashes, 0 where there is none."""
    if not len(wanted) or not len(keys):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at] / 64.0, 0.0)


def swap_rates(text: Read, w: Weights) -> np.ndarray:
    """Seven rates a hundred lower-case words, each kind of word counted once.

    Thesaurus words; phrases; words in no familiar company; in company on one side only; heavy ones
    among the former; misformed words; wrong articles.
    """
    from audit.language.swapcount import count  # compiled: loaded where it is used

    found = np.zeros(7)
    if len(text.hashes) > 1:
        tables = w.words, w.word_weights, w.phrases, w.phrase_weights, w.formed, w.seen
        count(*text, *tables, _worth(w), found)
    return found / (max(int(text.lower.sum()), _SHORT) / 100)


_WORTH: list[tuple[Weights, np.ndarray]] = []  # of the last weights


def _worth(w: Weights) -> np.ndarray:
    """By the low bits of hashes, whether a word (1) or a phrase (2) of theirs weighs anything."""
    if not _WORTH or _WORTH[0][0] is not w:
        table = np.zeros(1 << _BITS, np.uint8)
        for bit, keys, values in ((1, w.words, w.word_weights), (2, w.phrases, w.phrase_weights)):
            table[keys[values > 0] & np.uint64(len(table) - 1)] |= bit
        _WORTH[:] = [(w, table)]
    return _WORTH[0][1]


def swap_features(rates: np.ndarray) -> np.ndarray:
    """The rates and the roots of the first five, with a constant: what ``swaps`` weighs.

    No root of misformed words and wrong articles: one slip is anyone's.
    """
    return np.concatenate(
        [np.sqrt(rates[..., :5]), rates, np.ones((*rates.shape[:-1], 1))], axis=-1
    )
