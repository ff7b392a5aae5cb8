"""How much of a text a thesaurus put in: seven rates of words in company they do not keep.

Words and phrases that synonym lists hold and newsrooms hardly write ("twelvemonth", "calendar
month"; reckoned from Princeton WordNet 3.1), misformed words and wrong articles.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from audit.language.hashed import Read, Weights

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
        count(*text, w.words, w.word_weights, w.phrases, w.phrase_weights, w.formed, w.seen, found)
    return found / (max(int(text.lower.sum()), _SHORT) / 100)


def swap_features(rates: np.ndarray) -> np.ndarray:
    """The rates and the roots of the first five, with a constant: what ``swaps`` weighs.

    No root of misformed words and wrong articles: one slip is anyone's.
    """
    return np.concatenate(
        [np.sqrt(rates[..., :5]), rates, np.ones((*rates.shape[:-1], 1))], axis=-1
    )
