"""The compiled inner loops of fingerprints: folding, sampled n-grams, shingles of words.

They take a batch of texts as code points, one text after the other, and fill flat arrays.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.duplication.compiled import big_endian, compiled, mix
from audit.duplication.fold import EXPANDED, LONG, POINT, SEPARATOR, UNSPACED
from audit.duplication.minhash import LANES, minhash, shingle_hashes

_u32, _u64, _i64, _uintp = np.uint32, np.uint64, np.int64, np.uintp
_FOLD_MASK = np.uint32(POINT)


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
def met(points, offsets, table, expanded):
    """Whether every code point was looked at; ``expanded`` says which texts hold one that folds
    to several characters."""
    unknown = False
    for n in range(len(offsets) - 1):
        several = False
        for i in range(offsets[n], offsets[n + 1]):
            folded = table[points[i]]
            unknown |= folded == 0
            several |= folded == EXPANDED
        expanded[n] = several
    return not unknown


@compiled
def _fold(points, start, end, table, bytes_, at, letters, digest):
    """The folded words of one text as UTF-8, parted by spaces; its letters; its digest.

    Returns the number of words, of letters, and of letters of scripts without spaces where a
    word is one or two characters. Counters are unsigned, which spares a look at their sign.
    """
    zero, one_more = _u64(0), _u64(1)
    size = count = many = dense = inside = zero
    for i in range(start, end):
        folded = table[points[i]]
        if folded < _u32(0x80):
            # Without branches: a letter is put down, a separator only after a letter.
            letter = _u64(folded >= _u32(32))
            apart = _u64(folded == _u32(SEPARATOR))
            bytes_[size] = folded if letter else _u32(32)
            letters[many] = folded
            at[count] = size
            count += letter & (one_more - inside)
            many += letter
            size += letter | (apart & inside)
            inside = letter | (inside & (one_more - apart))
            continue
        alone = folded & _u32(UNSPACED)
        if alone:
            if inside:
                bytes_[size] = 32
                size += one_more
                inside = zero
            if not folded & _u32(LONG):
                dense += one_more
            folded &= _FOLD_MASK
        if not inside:
            at[count] = size
            count += one_more
            inside = one_more
        letters[many] = folded
        many += one_more
        if folded < 0x800:
            bytes_[size] = 0xC0 | (folded >> 6)
            size += one_more
        elif folded < 0x10000:
            bytes_[size] = 0xE0 | (folded >> 12)
            bytes_[size + one_more] = 0x80 | ((folded >> 6) & 0x3F)
            size += _u64(2)
        else:
            bytes_[size] = 0xF0 | (folded >> 18)
            bytes_[size + one_more] = 0x80 | ((folded >> 12) & 0x3F)
            bytes_[size + _u64(2)] = 0x80 | ((folded >> 6) & 0x3F)
            size += _u64(3)
        bytes_[size] = 0x80 | (folded & 0x3F)
        size += one_more
        if alone:
            bytes_[size] = 32
            size += one_more
            inside = zero
    if inside:
        bytes_[size] = 32
        size += one_more
    at[count] = size
    for i in range(8):
        bytes_[size + _u64(i)] = 0
    address = _uintp(bytes_.ctypes.data)
    one, two = size, _u64(0x9E3779B97F4A7C15)
    for i in range(0, _i64(size), 4):
        word = _u64(big_endian(address + _uintp(i)))
        one = (one ^ word) * _u64(0xFF51AFD7ED558CCD)
        one ^= one >> _u64(32)
        two = (two + word) * _u64(0xC4CEB9FE1A85EC53)
        two ^= two >> _u64(29)
    digest[0] = mix(one)
    digest[1] = mix(two ^ one)
    return _i64(count), _i64(many), _i64(dense)


@compiled
def _grams(letters, many, size, level, out, spare, bucket):
    """63-bit hashes of the runs of ``size`` letters that begin with ``level`` 0 bits, unique.

    The hash is a polynomial of the letters, rolled along, and mixed.
    """
    base = _u64(0x9E3779B97F4A7C15)
    power = _u64(1)
    for _ in range(size):
        power *= base
    value = _u64(0)
    found = _i64(0)
    least = _u64(0x7FFFFFFFFFFFFFFF) >> _u64(level)
    for i in range(min(size - 1, many)):
        value = value * base + (_u64(letters[i]) + _u64(1))
    before = _u64(0)
    for i in range(size - 1, many):
        value = value * base + ((_u64(letters[i]) + _u64(1)) - power * before)
        before = _u64(letters[i - size + 1]) + _u64(1)
        mixed = mix(value) >> _u64(1)
        out[found] = mixed
        found += _i64(mixed <= least)
    return _unique(out, found, level, spare, bucket)


@compiled
def fingerprints(
    points, offsets, table, size, gram, short_gram, usual, least, cap,
    digests, counts, levels, kept,
):  # fmt: skip
    """Everything for a batch of texts, given as code points and offsets.

    Returns the flat sampled n-grams (``kept`` a text) and leaves the rest in the arrays given:
    counts are words, letters and shingles.
    """
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    bytes_ = np.empty(5 * longest + 80, np.uint8)
    at = np.empty(longest + 2, np.int64)
    letters = np.empty(longest + 1, np.uint32)
    grams = np.empty(longest + 2, np.uint64)
    spare = np.empty(longest + 2, np.uint64)
    bucket = np.empty(258, np.int64)
    digest = np.empty(2, np.uint64)
    flat = np.empty(len(points) // 6 + 128 * len(offsets) + 1024, np.uint64)
    used = 0
    for n in range(len(offsets) - 1):
        count, many, dense = _fold(
            points, offsets[n], offsets[n + 1], table, bytes_, at, letters, digest
        )
        digests[n, 0] = digest[0]
        digests[n, 1] = digest[1]
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
def signatures(points, offsets, table, a, b, size, out):
    """The MinHash signatures of a batch of texts, a row each, over runs of ``size`` words."""
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    bytes_ = np.empty(5 * longest + 80, np.uint8)
    at = np.empty(longest + 2, np.int64)
    letters = np.empty(longest + 1, np.uint32)
    hashes = np.empty(longest + 2, np.uint32)
    digest = np.empty(2, np.uint64)
    state = np.empty((5, LANES), np.uint32)
    w = np.empty((16, LANES), np.uint32)
    starts = np.empty(LANES, np.int64)
    lengths = np.empty(LANES, np.int64)
    where = np.empty(LANES, np.int64)
    first = np.empty(LANES, np.uint32)
    address = _uintp(bytes_.ctypes.data)
    for n in range(len(offsets) - 1):
        count, _, _ = _fold(points, offsets[n], offsets[n + 1], table, bytes_, at, letters, digest)
        total = shingle_hashes(
            address, at, count, size, hashes, state, w, starts, lengths, where, first
        )
        for k in range(len(a)):
            out[n, k] = 0xFFFFFFFF
        minhash(hashes, total, a, b, out, n)


@compiled
def words(points, offsets, table, counts):
    """A 64-bit hash of each folded word of each text, ``counts`` a text, flat."""
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    bytes_ = np.empty(5 * longest + 80, np.uint8)
    at = np.empty(longest + 2, np.int64)
    letters = np.empty(longest + 1, np.uint32)
    digest = np.empty(2, np.uint64)
    flat = np.empty(len(points), np.uint64)
    used = 0
    for n in range(len(offsets) - 1):
        count, _, _ = _fold(points, offsets[n], offsets[n + 1], table, bytes_, at, letters, digest)
        for i in range(count):
            value = _u64(at[i + 1] - at[i])
            for p in range(at[i], at[i + 1]):
                value = (value ^ _u64(bytes_[p])) * _u64(0x100000001B3)
            flat[used + i] = mix(value)
        counts[n] = count
        used += count
    return flat[:used]


@compiled
def shingles(words, counts, size, out, offsets):
    """64-bit hashes of the runs of ``size`` words of each text, of all words if there are fewer.

    ``offsets`` gets where each text's begin and end; returns how many there are.
    """
    used = 0
    start = 0
    for n in range(len(counts)):
        count = counts[n]
        total = count - size + 1 if count >= size else min(count, 1)
        for i in range(total):
            value = _u64(size)
            for k in range(min(size, count)):
                value = mix(value * _u64(0x9E3779B97F4A7C15) + words[start + i + k])
            out[used + i] = value
        used += total
        start += count
        offsets[n + 1] = used
    return used
