"""The compiled loop that counts the words a thesaurus put into a text, each kind of word once."""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call, arg-type"

from __future__ import annotations

import numpy as np
from numba import njit

from audit.language.hashed import MIX, SEEN_BITS


@njit(cache=True, nogil=True)
def _place(keys, wanted):
    """Where a hash stands among sorted ones, -1 where it does not."""
    # Hashes are spread evenly: the place is near where it would be if they were so exactly.
    guess = np.int64(wanted * np.uint64(len(keys)) >> np.uint64(32))
    low, high, reach = guess, guess, 16
    while low > 0 and keys[low - 1] >= wanted:
        low, reach = max(low - reach, 0), 2 * reach
    while high < len(keys) and keys[high] < wanted:
        high, reach = min(high + reach, len(keys)), 2 * reach
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(keys) and keys[low] == wanted else -1


@njit(cache=True, nogil=True)
def _first(table, kinds, key, kind):
    """Whether a hash is met for the first time as of a kind (a bit); open addressing."""
    at = np.int64(key) & (len(table) - 1)
    while kinds[at] and table[at] != key:
        at = (at + 1) & (len(table) - 1)
    table[at] = key
    fresh = not kinds[at] & kind
    kinds[at] |= kind
    return fresh


@njit(cache=True, nogil=True)
def count(
    hashes, lower, plain, odd, article, sound,
    words, word_weights, phrases, phrase_weights, formed, seen, worth, found,
):  # fmt: skip
    """Adds up what ``swap_rates`` counts. Weights are multiples of 1/64: the sums are exact.

    worth: by the low bits of hashes, whether a word (1) or a phrase (2) of theirs has a weight.
    """
    mask = np.uint64(len(worth) - 1)
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
            at = _place(phrases, pair) if worth[pair & mask] & 2 else -1
            if at >= 0 and phrase_weights[at] > 0 and _first(table, kinds, pair, 1):
                found[1] += phrase_weights[at] / 64.0
        at = _place(words, hashes[i]) if lower[i] and worth[hashes[i] & mask] & 1 else -1
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
