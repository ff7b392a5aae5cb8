"""The compiled inner loops of fingerprints: sampled n-grams, signatures, hashes of words.

They take a batch of texts as UTF-8, one text after the other, and fill flat arrays.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled, little_endian, mix
from audit.duplication.folding import SLACK, digest_letters, fold
from audit.duplication.minhash import minhash
from audit.duplication.sha1 import LANES, shingle_hashes

_u64, _i64, _uintp = np.uint64, np.int64, np.uintp
TELLING = 5  # bytes of a folded word from which it tells what a text is about


@compiled
def _sift(values, start, end):
    root = start
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and values[child] < values[child + 1]:
            child += 1
        if values[root] >= values[child]:
            return
        values[root], values[child] = values[child], values[root]
        root = child


@compiled
def _unique(values, count, level, spare, bucket):
    """Sort evenly spread 63-bit values, ``level`` leading bits of which are 0, and drop repeats.

    One pass puts them into 256 buckets by their leading bits; insertion does the rest, or a heap
    where a text repeats itself so much that insertion would be slow. Returns how many stay.
    """
    if count == 0:
        return _i64(0)
    shift = _u64(55 - level)
    for k in range(len(bucket)):
        bucket[k] = 0
    for i in range(count):
        bucket[(values[i] >> shift) + _u64(1)] += 1
    crowded = False
    for k in range(256):
        crowded |= bucket[k + 1] > 64
        bucket[k + 1] += bucket[k]
    if crowded:
        for start in range(count // 2 - 1, -1, -1):
            _sift(values, start, count)
        for end in range(count - 1, 0, -1):
            values[0], values[end] = values[end], values[0]
            _sift(values, 0, end)
    else:
        for i in range(count):
            k = values[i] >> shift
            spare[bucket[k]] = values[i]
            bucket[k] += 1
        for i in range(count):
            value = spare[i]
            j = i
            while j > 0 and values[j - 1] > value:
                values[j] = values[j - 1]
                j -= 1
            values[j] = value
    kept = _i64(1)
    for i in range(1, count):
        if values[i] != values[kept - 1]:
            values[kept] = values[i]
            kept += 1
    return kept


@compiled
def _grams(letters, many, size, level, out, spare, bucket):
    """63-bit hashes of the runs of ``size`` letters that begin with ``level`` 0 bits, unique.

    The hash is a polynomial of the letters, rolled along, and mixed (``compiled.mix``); a level is
    31 at most.
    """
    base, one = _u64(0x9E3779B97F4A7C15), _u64(1)
    power = one
    for _ in range(size):
        power *= base
    value = found = _u64(0)
    for i in range(min(size - 1, many)):
        value = value * base + (_u64(letters[i]) + one)
    least = _u64(0xFFFFFFFFFFFFFFFF) >> _u64(level)
    before = _u64(0)
    at, gone, end = _u64(size - 1), _u64(0), _u64(many)  # unsigned: looked up without a test
    while at < end:
        value = value * base + ((_u64(letters[at]) + one) - power * before)
        before = _u64(letters[gone]) + one
        mixed = (value ^ (value >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> _u64(27))) * _u64(0x94D049BB133111EB)
        out[found] = mixed
        found += _u64(mixed <= least)
        at += one
        gone += one
    for i in range(_i64(found)):  # the last step of ``mix``, which leaves leading bits alone
        out[i] = (out[i] ^ (out[i] >> _u64(31))) >> one
    return _unique(out, _i64(found), level, spare, bucket)


@compiled
def _longest(offsets):
    """The bytes of the longest text."""
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    return longest


@compiled
def fingerprints(
    source, offsets, table, size, gram, short_gram, usual, least, cap,
    digests, counts, levels, kept,
):  # fmt: skip
    """Everything for a batch of texts, given as bytes and offsets.

    Returns the flat sampled n-grams (``kept`` a text) and leaves the rest in the arrays given:
    counts are words, letters and shingles.
    """
    longest = _longest(offsets)
    bytes_ = np.empty(3 * longest + 2 * SLACK, np.uint8)
    letters = np.empty(longest + 4, np.uint32)
    grams = np.empty(longest + 2, np.uint64)
    spare = np.empty(longest + 2, np.uint64)
    bucket = np.empty(258, np.int64)
    unlisted = np.empty(0, np.int64)
    flat = np.empty(len(source) // 6 + 128 * len(offsets) + 1024, np.uint64)
    used = 0
    for n in range(len(offsets) - 1):
        held, count, many, dense, plain = fold(
            source, offsets[n], offsets[n + 1], table, bytes_, unlisted
        )
        digest_letters(bytes_, held, plain, digests[n], letters)
        counts[n, 0] = count
        counts[n, 1] = many
        counts[n, 2] = count - size + 1 if count >= size else min(count, 1)
        run = short_gram if 2 * dense > many else gram
        level = _i64(usual)
        while (many >> level) > cap:
            level += 1
        while level > 0 and (many >> level) < least:
            level -= 1
        sampled = _i64(_grams(letters, many, run, level, grams, spare, bucket))
        while level > 0 and 2 * sampled < least:  # a text that repeats itself: sample more of it
            level -= 1
            while level > 0 and 4 * sampled < least:
                level -= 1
                sampled = sampled << 1 | 1
            sampled = _grams(letters, many, run, level, grams, spare, bucket)
        levels[n] = level
        kept[n] = sampled
        if used + sampled > len(flat):
            more = np.empty(2 * len(flat) + sampled, np.uint64)
            for k in range(used):
                more[k] = flat[k]
            flat = more
        for k in range(sampled):
            flat[used + k] = grams[k]
        used += sampled
    return flat[:used]


@compiled
def signatures(source, offsets, table, a, b, size, out):
    """The MinHash signatures of a batch of texts, a row each, over runs of ``size`` words."""
    longest = _longest(offsets)
    bytes_ = np.empty(3 * longest + 2 * SLACK, np.uint8)
    at = np.empty(longest + 2, np.int64)
    hashes = np.empty(longest + 2 + 2 * LANES, np.uint32)
    starts = np.empty(longest + 2 + 2 * LANES, np.int64)
    lengths = np.empty(longest + 2 + 2 * LANES, np.int64)
    for n in range(len(offsets) - 1):
        _, count, _, _, _ = fold(source, offsets[n], offsets[n + 1], table, bytes_, at)
        total = shingle_hashes(bytes_, at, count, size, hashes, starts, lengths)
        minhash(hashes, total, a, b, out[n])


@compiled
def words(source, offsets, table, counts):
    """A 64-bit hash of each folded word of each text, ``counts`` a text, flat.

    Its lowest bit says whether the word tells what a text is about, being long or a number, the
    next whether it is a number.
    """
    longest = _longest(offsets)
    bytes_ = np.empty(3 * longest + 2 * SLACK, np.uint8)
    at = np.empty(longest + 2, np.int64)
    address = _uintp(bytes_.ctypes.data)
    flat = np.empty((len(source) + len(offsets)) // 2 + 2, np.uint64)  # a word and what parts it
    used = 0
    for n in range(len(offsets) - 1):
        _, count, _, _, _ = fold(source, offsets[n], offsets[n + 1], table, bytes_, at)
        for i in range(count):
            left = at[i + 1] - at[i] - 1
            here = address + _uintp(at[i])
            value = _u64(left)
            while left > 8:
                value = mix(value ^ little_endian(here))
                here += _uintp(8)
                left -= 8
            kept = _u64(0xFFFFFFFFFFFFFFFF) >> _u64(64 - 8 * left)
            value = mix(value * _u64(0x9E3779B97F4A7C15) ^ (little_endian(here) & kept))
            number = 48 <= bytes_[at[i]] <= 57
            long = at[i + 1] - at[i] > TELLING
            flat[used + i] = value & ~_u64(3) | _u64(number) << _u64(1) | _u64(number or long)
        counts[n] = count
        used += count
    return flat[:used]
