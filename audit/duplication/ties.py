"""Whether what a text has of its own belongs to what it shares with another: compiled loops.

The words of one story come back in all of it: its names, its places, its matter. What stands
around a story in a round-up, or before boilerplate in a brief, has hardly a word in common with
it (lexical cohesion, Hearst 1997).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled, mix

RUN = 20  # words of a run that is a text's own: fewer are an edit
ISLAND = 4  # words shared by chance within such a run
FEWEST = 16  # words as telling as can be that it takes to be judged, or more that tell less
LEAST = 40  # words that a text is taken to have at least
USUAL = 150.0  # different words of a text that tell anything, half of articles having more
GROWTH = 0.7  # with the power of their number that the words met by chance grow, or a little less
FULL = 255  # how telling a word is that few articles have
_u32, _u64, _i64 = np.uint32, np.uint64, np.int64
_ODD = np.uint64(0x9E3779B97F4A7C15)


@compiled
def scratch(longest):
    """Two hash tables for what each of two texts of so many words at most has, and the stamps of
    their entries: one counts only with the stamp it was put in with."""
    room = _i64(64)
    while room < 2 * longest:
        room *= 2
    return np.empty((2, room), np.uint64), np.full((2, room), -1, np.int32)


@compiled
def _own(total, size, own):
    """Mark the words in runs that another text does not have; returns how many there are."""
    many = _i64(0)
    for n in range(size):
        own[n] = False
    n = _i64(0)
    while n < size:
        if total[n + 1] > total[n]:
            n += 1
            continue
        end, shared, at = n + 1, _i64(0), n + 1
        while at < size and shared <= ISLAND:
            if total[at + 1] > total[at]:
                shared += 1
            else:
                shared = 0
                end = at + 1
            at += 1
        if end - n >= RUN:
            for k in range(n, end):
                own[k] = True
            many += end - n
        n = end
    return many


@compiled
def _at(value, table, stamps, stamp):
    """Where a value stands in a hash table, or would."""
    mask = _u64(len(table) - 1)
    at = (value >> _u64(2)) & mask  # unsigned: looked up without a test
    while stamps[at] == stamp and table[at] != value:
        at = (at + _u64(1)) & mask
    return at


@compiled
def _put(value, table, stamps, stamp):
    """Put a value into a hash table; whether it was not there."""
    at = _at(value, table, stamps, stamp)
    if stamps[at] == stamp:
        return False
    table[at] = value
    stamps[at] = stamp
    return True


@compiled
def _tells(word, known, weights):
    """How telling a word is, 0 to ``FULL``: what ``weights`` has of it, nothing for a short word
    that is not ``known`` (a hash table of upper halves of hashes, 0 being none)."""
    mask = _u64(len(known) - 1)
    half = _u32(word >> _u64(32))
    at = _u64(half) & mask
    while known[at]:
        if known[at] == half:
            return _i64(weights[at])
        at = (at + _u64(1)) & mask
    return _i64(FULL) if word & _u64(1) else _i64(0)


@compiled
def tied(words, known, weights, total, own, table, stamps, stamp):
    """How many words a text has of its own, and how far they go with what it shares.

    ``words`` as ``kernels.words`` gives them, ``known`` and ``weights`` tell how much each tells
    (``common.words``), ``total`` is the running count of those shared; ``table`` and ``stamps`` are
    scratch, two of each. The second value is the share of what its own words tell that is of words
    the rest of the text has too, over a power of the number of words there, for a long text has
    many by chance (in units of the square root of ``USUAL``); infinite where they tell too little.
    """
    many = _own(total, len(words), own)
    if many == 0:
        return 0.0, np.inf
    rest = mine = met = _i64(0)
    for n in range(len(words)):
        if not own[n] and _tells(words[n], known, weights):
            rest += _i64(_put(words[n], table[0], stamps[0], stamp))
    for n in range(len(words)):
        if own[n]:
            tells = _tells(words[n], known, weights)
            if tells and _put(words[n], table[1], stamps[1], stamp):
                mine += tells
                if stamps[0, _at(words[n], table[0], stamps[0], stamp)] == stamp:
                    met += tells
    if mine < FEWEST * FULL:
        return float(many), np.inf
    return float(many), met / mine / np.sqrt(USUAL) * (USUAL / max(rest, LEAST)) ** GROWTH


@compiled
def _number(words, n):
    """The number that begins at a word, which may be several words, where it is told by the two
    words before it; where it ends, a hash of it, a hash of those two."""
    end, value = n, _u64(0)
    while end < len(words) and words[end] & _u64(2):
        value = mix(value ^ words[end])
        end += 1
    if n < 2 or words[n - 2] & _u64(2):
        return end, value, _u64(0)
    return end, value, mix(words[n - 1] + words[n - 2] * _ODD)


@compiled
def numbers(one, two, places, its_places, own, table, stamps, stamp):
    """How many numbers stand behind the same two words in both texts, the first time each, outside
    what is their own (``own``, a row each), and how many of them are the same number.

    ``places`` are those of words that are numbers, in each text.
    """
    met = same = end = _i64(0)
    for k in range(len(places)):
        n = _i64(places[k])
        if n < end or own[0, n]:
            continue
        end, value, before = _number(one, n)
        if before and _put(before, table[0], stamps[0], stamp):
            table[1, _at(before, table[0], stamps[0], stamp)] = value
    end = 0
    for k in range(len(its_places)):
        n = _i64(its_places[k])
        if n < end or own[1, n]:
            continue
        end, value, before = _number(two, n)
        at = _at(before, table[0], stamps[0], stamp)
        if before and stamps[0, at] == stamp and stamps[1, at] != stamp:
            stamps[1, at] = stamp
            met += 1
            same += _i64(table[1, at] == value)
    return float(met), float(same)
