"""How much of a text a thesaurus put in: seven rates of words in company they do not keep.

Words and phrases that synonym lists hold and newsrooms hardly write ("twelvemonth", "calendar
month"; reckoned from Princeton WordNet 3.1), misformed words and wrong articles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from audit.language.hashed import MIX, SEEN_BITS, Read, Weights

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
    found = np.zeros(7)
    if len(text.hashes) > 1:
        _sums(*text, w.words, w.word_weights, w.phrases, w.phrase_weights, w.formed, w.seen, found)
    return found / (max(int(text.lower.sum()), _SHORT) / 100)


@njit(cache=True, nogil=True)
def _place(keys, wanted):  # type: ignore[no-untyped-def]
    """Where a hash stands among sorted ones, -1 where it does not."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == wanted else -1


@njit(cache=True, nogil=True)
def _first(table, kinds, key, kind):  # type: ignore[no-untyped-def]
    """Whether a hash is met for the first time as of a kind (a bit); open addressing."""
    at = np.int64(key) & (len(table) - 1)
    while kinds[at] and table[at] != key:
        at = (at + 1) & (len(table) - 1)
    table[at] = key
    fresh = not kinds[at] & kind
    kinds[at] |= kind
    return fresh


@njit(cache=True, nogil=True)
def _sums(  # type: ignore[no-untyped-def]
    hashes, lower, plain, odd, article, sound,
    words, word_weights, phrases, phrase_weights, formed, seen, found,
):  # fmt: skip
    """Adds up what ``swap_rates`` counts. Weights are multiples of 1/64: the sums are exact."""
    size = 16
    while size < 4 * len(hashes):
        size *= 2
    table, kinds = np.zeros(size, np.uint64), np.zeros(size, np.uint8)
    before_known = before = False  # of the pair that ends in this word
    for i in range(len(hashes)):
        after = i + 1 < len(hashes) and lower[i] and lower[i + 1]
        after_known = False
        if after:
            pair = ((hashes[i] * np.uint64(MIX)) ^ hashes[i + 1]) & np.uint64(0xFFFFFFFF)
            slot = np.int64(pair) & ((1 << SEEN_BITS) - 1)
            after_known = (seen[slot >> 3] >> (slot & 7)) & 1 == 1
            at = _place(phrases, pair)
            if at >= 0 and phrase_weights[at] > 0 and _first(table, kinds, pair, 1):
                found[1] += phrase_weights[at] / 64.0
        at = _place(words, hashes[i]) if lower[i] else -1
        single = word_weights[at] / 64.0 if at >= 0 else 0.0
        if single > 0 and _first(table, kinds, hashes[i], 2):
            found[0] += single
        strange = (before and not before_known) or (after and not after_known)
        familiar = (before and before_known) or (after and after_known)
        if strange and single > 0.1:
            if familiar:
                if _first(table, kinds, hashes[i], 4):
                    found[3] += single
            elif _first(table, kinds, hashes[i], 8):
                found[2] += single
                found[4] += single > 1
        if odd[i] and _place(formed, hashes[i]) < 0 and _first(table, kinds, hashes[i], 16):
            found[5] += 1
        if i + 1 < len(hashes):
            wrong = article[i] == 1 and sound[i + 1] == 1
            wrong |= article[i] == 2 and sound[i + 1] == 2
            found[6] += wrong
        before, before_known = after, after_known


def swap_features(rates: np.ndarray) -> np.ndarray:
    """The rates and the roots of the first five, with a constant: what ``swaps`` weighs.

    No root of misformed words and wrong articles: one slip is anyone's.
    """
    return np.concatenate(
        [np.sqrt(rates[..., :5]), rates, np.ones((*rates.shape[:-1], 1))], axis=-1
    )
