"""The compiled inner loops of fingerprints: folding, shingle hashes, MinHash, sampled n-grams.

Only this file imports numba, and only ``fingerprint`` imports this file. SHA-1 (FIPS 180-4) is
computed for 32 shingles side by side, so that the compiler can use vector registers; the
permutations are those of datasketch 2 (scheme affine32: MurmurHash3's finaliser, then a*h + b).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from audit.duplication.fold import LONG, POINT, SEPARATOR, UNSPACED

LANES = 8
_u32, _u64, _i64, _uintp = np.uint32, np.uint64, np.int64, np.uintp
_FOLD_MASK = np.uint32(POINT)
_VECTOR = ir.VectorType(ir.IntType(32), LANES)


def _splat(value: int) -> ir.Constant:
    return ir.Constant(_VECTOR, [value] * LANES)


@intrinsic
def _compress(context, state, block):
    """SHA-1's compression function on vectors of ``LANES`` messages.

    Takes the addresses of 5 vectors of state, changed in place, and of 16 vectors of message.
    """

    def codegen(context, builder, signature, args):
        def rotate(x, n):
            return builder.or_(builder.shl(x, _splat(n)), builder.lshr(x, _splat(32 - n)))

        def row(base, n):
            return builder.gep(base, [ir.Constant(ir.IntType(64), n)])

        held, message = (builder.inttoptr(arg, _VECTOR.as_pointer()) for arg in args)
        before = [builder.load(row(held, n), align=4) for n in range(5)]
        w = [builder.load(row(message, n), align=4) for n in range(16)]
        a, b, c, d, e = before
        for t in range(80):
            if t >= 16:
                x = builder.xor(builder.xor(w[t - 3], w[t - 8]), builder.xor(w[t - 14], w[t - 16]))
                w.append(rotate(x, 1))
            if t < 20:
                f = builder.xor(d, builder.and_(b, builder.xor(c, d)))
                k = 0x5A827999
            elif 40 <= t < 60:
                f = builder.or_(builder.and_(b, c), builder.and_(d, builder.or_(b, c)))
                k = 0x8F1BBCDC
            else:
                f = builder.xor(b, builder.xor(c, d))
                k = 0x6ED9EBA1 if t < 40 else 0xCA62C1D6
            x = builder.add(builder.add(e, builder.add(w[t], _splat(k))), f)
            a, b, c, d, e = builder.add(rotate(a, 5), x), a, rotate(b, 30), c, d
        for n, (old, new) in enumerate(zip(before, (a, b, c, d, e), strict=True)):
            builder.store(builder.add(old, new), row(held, n), align=4)
        return context.get_dummy_value()

    return types.void(types.uintp, types.uintp), codegen


@intrinsic
def _big_endian(context, address):
    """The big-endian 32-bit word at a byte address, aligned or not."""

    def codegen(context, builder, signature, args):
        word = builder.load(builder.inttoptr(args[0], ir.IntType(32).as_pointer()), align=1)
        return builder.bswap(word)

    return types.uint32(types.uintp), codegen


@intrinsic
def _permute(context, hashes, count, a, b, signature):
    """The least ``a*h + b`` over ``count`` hashes, for ``LANES`` permutations; all addresses."""

    def codegen(context, builder, sig, args):
        word = ir.IntType(32)
        source = builder.inttoptr(args[0], word.as_pointer())
        a, b, out = (builder.inttoptr(arg, _VECTOR.as_pointer()) for arg in args[2:])
        factor, summand = builder.load(a, align=4), builder.load(b, align=4)
        least = cgutils.alloca_once_value(builder, builder.load(out, align=4))
        empty = ir.Constant(_VECTOR, ir.Undefined)
        lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        with cgutils.for_range(builder, args[1]) as loop:
            h = builder.load(builder.gep(source, [loop.index]))
            single = builder.insert_element(empty, h, ir.Constant(word, 0))
            spread = builder.shuffle_vector(single, empty, lanes)
            x = builder.add(builder.mul(spread, factor), summand)
            held = builder.load(least)
            builder.store(builder.select(builder.icmp_unsigned("<", x, held), x, held), least)
        builder.store(builder.load(least), out, align=4)
        return context.get_dummy_value()

    return types.void(types.uintp, types.intp, types.uintp, types.uintp, types.uintp), codegen


def _cached() -> bool:
    """Whether compiled code can be kept: beside this file, or in the user's cache folder."""
    try:
        numba.njit(cache=True)(_cached)
    except RuntimeError:  # numba finds no folder it may write to
        return False
    return True


compiled = numba.njit(cache=_cached(), nogil=True)


@compiled
def _sha1_lanes(address, starts, lengths, blocks, first, state, w):
    """SHA-1 of ``LANES`` messages of ``blocks`` 64-byte blocks each.

    ``address`` is where the bytes are; they may be read up to 4 bytes past a message. The first
    word of each digest, as a little-endian machine reads it, is left in ``first``.
    """
    for lane in range(LANES):
        state[0, lane] = 0x67452301
        state[1, lane] = 0xEFCDAB89
        state[2, lane] = 0x98BADCFE
        state[3, lane] = 0x10325476
        state[4, lane] = 0xC3D2E1F0
    for block in range(blocks):
        base = block * 64
        for lane in range(LANES):
            at = address + _uintp(starts[lane] + base)
            left = lengths[lane] - base
            full = min(max(left >> 2, 0), 16)
            for t in range(full):
                w[t, lane] = _big_endian(at + _uintp(4 * t))
            for t in range(full, 16):
                w[t, lane] = 0
            if full < 16 and left >= 0:
                rest = 8 * (left & 3)
                keep = _u32((0xFFFFFFFF << (32 - rest)) & 0xFFFFFFFF)
                tail = _big_endian(at + _uintp(4 * full))
                w[full, lane] = (tail & keep) | _u32(0x80000000 >> rest)
            if block == blocks - 1:
                w[14, lane] = lengths[lane] >> 29
                w[15, lane] = (lengths[lane] << 3) & 0xFFFFFFFF
        _compress(state.ctypes.data, w.ctypes.data)
    for lane in range(LANES):
        x = state[0, lane]
        first[lane] = (
            ((x & 0xFF) << 24) | ((x & 0xFF00) << 8) | ((x >> 8) & 0xFF00) | ((x >> 24) & 0xFF)
        )


@compiled
def _mix(x):
    """The finaliser of SplitMix64: an even spread of any 64-bit value."""
    x = (x ^ (x >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _u64(27))) * _u64(0x94D049BB133111EB)
    return x ^ (x >> _u64(31))


@compiled
def _shingle_hashes(address, at, count, size, hashes, state, w, starts, lengths, where, first):
    """SHA-1's first 32 bits of every run of ``size`` words; returns how many there are.

    ``at`` holds the byte where each word starts, and one past the last word's separator.
    """
    total = count - size + 1 if count >= size else (1 if count else 0)
    span = size if count >= size else count
    many = _i64(0)
    blocks = _i64(1)
    while many < total:
        lane = _i64(0)
        following = _i64(1 << 60)  # the next number of blocks that occurs
        for i in range(total + 1):
            if i < total:
                length = at[i + span] - at[i] - 1
                need = (length + 72) >> 6
                if need != blocks:
                    if blocks < need < following:
                        following = need
                    continue
                starts[lane] = at[i]
                lengths[lane] = length
                where[lane] = i
                lane += 1
                if lane < LANES:
                    continue
            elif lane == 0:
                break
            for k in range(lane, LANES):
                starts[k] = starts[0]
                lengths[k] = lengths[0]
            _sha1_lanes(address, starts, lengths, blocks, first, state, w)
            for k in range(lane):
                hashes[where[k]] = first[k]
            many += lane
            lane = 0
        blocks = following
    return total


@compiled
def _minhash(hashes, total, a, b, signatures, row):
    """datasketch 2, affine32: the least a*mix(h) + b of each permutation; mixes in place."""
    for i in range(total):
        h = hashes[i]
        h = _u32(h ^ (h >> _u32(16)))
        h = _u32(h * _u32(0x85EBCA6B))
        h = _u32(h ^ (h >> _u32(13)))
        h = _u32(h * _u32(0xC2B2AE35))
        hashes[i] = h ^ (h >> _u32(16))
    least = _uintp(signatures.ctypes.data) + _uintp(4 * row * len(a))
    for p in range(0, 4 * len(a), 4 * LANES):
        _permute(
            hashes.ctypes.data,
            total,
            _uintp(a.ctypes.data) + _uintp(p),
            _uintp(b.ctypes.data) + _uintp(p),
            least + _uintp(p),
        )


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
def _fold(points, table, bytes_, at, letters, digest):
    """The folded words of one text as UTF-8, parted by spaces; its letters; its digest.

    Returns the number of words, of letters, and of letters of scripts without spaces where a
    word is one or two characters.
    """
    size = 0
    count = 0
    many = 0
    dense = 0
    inside = 0
    for point in points:
        folded = table[point]
        if folded < 0x80:
            # Without branches: a letter is put down, a separator only after a letter.
            letter = _i64(folded >= 32)
            apart = _i64(folded == SEPARATOR)
            bytes_[size] = folded if letter else 32
            letters[many] = folded
            at[count] = size
            count += letter & (1 - inside)
            many += letter
            size += letter | (apart & inside)
            inside = letter | (inside & (1 - apart))
            continue
        alone = folded & _u32(UNSPACED)
        if alone:
            if inside:
                bytes_[size] = 32
                size += 1
                inside = 0
            if not folded & _u32(LONG):
                dense += 1
            folded &= _FOLD_MASK
        if not inside:
            at[count] = size
            count += 1
            inside = 1
        letters[many] = folded
        many += 1
        if folded < 0x800:
            bytes_[size] = 0xC0 | (folded >> 6)
            bytes_[size + 1] = 0x80 | (folded & 0x3F)
            size += 2
        elif folded < 0x10000:
            bytes_[size] = 0xE0 | (folded >> 12)
            bytes_[size + 1] = 0x80 | ((folded >> 6) & 0x3F)
            bytes_[size + 2] = 0x80 | (folded & 0x3F)
            size += 3
        else:
            bytes_[size] = 0xF0 | (folded >> 18)
            bytes_[size + 1] = 0x80 | ((folded >> 12) & 0x3F)
            bytes_[size + 2] = 0x80 | ((folded >> 6) & 0x3F)
            bytes_[size + 3] = 0x80 | (folded & 0x3F)
            size += 4
        if alone:
            bytes_[size] = 32
            size += 1
            inside = 0
    if inside:
        bytes_[size] = 32
        size += 1
    at[count] = size
    for i in range(8):
        bytes_[size + i] = 0
    address = _uintp(bytes_.ctypes.data)
    one, two = _u64(size), _u64(0x9E3779B97F4A7C15)
    for i in range(0, size, 4):
        word = _u64(_big_endian(address + _uintp(i)))
        one = (one ^ word) * _u64(0xFF51AFD7ED558CCD)
        one ^= one >> _u64(32)
        two = (two + word) * _u64(0xC4CEB9FE1A85EC53)
        two ^= two >> _u64(29)
    digest[0] = _mix(one)
    digest[1] = _mix(two ^ one)
    return count, many, dense


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
        mixed = _mix(value) >> _u64(1)
        out[found] = mixed
        found += _i64(mixed <= least)
    return _unique(out, found, level, spare, bucket)


@compiled
def fingerprints(
    points, offsets, table, a, b, size, gram, short_gram, usual, least, cap,
    signatures, digests, counts, levels, kept,
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
    hashes = np.empty(longest + 2, np.uint32)
    grams = np.empty(longest + 2, np.uint64)
    spare = np.empty(longest + 2, np.uint64)
    bucket = np.empty(258, np.int64)
    digest = np.empty(2, np.uint64)
    state = np.empty((5, LANES), np.uint32)
    w = np.empty((16, LANES), np.uint32)
    starts = np.empty(LANES, np.int64)
    lengths = np.empty(LANES, np.int64)
    where = np.empty(LANES, np.int64)
    first = np.empty(LANES, np.uint32)
    flat = np.empty(len(points) // 6 + 128 * len(offsets) + 1024, np.uint64)
    used = 0
    address = _uintp(bytes_.ctypes.data)
    for n in range(len(offsets) - 1):
        count, many, dense = _fold(
            points[offsets[n] : offsets[n + 1]], table, bytes_, at, letters, digest
        )
        digests[n, 0] = digest[0]
        digests[n, 1] = digest[1]
        total = _shingle_hashes(
            address, at, count, size, hashes, state, w, starts, lengths, where, first
        )
        counts[n, 0] = count
        counts[n, 1] = many
        counts[n, 2] = total
        for k in range(len(a)):
            signatures[n, k] = 0xFFFFFFFF
        _minhash(hashes, total, a, b, signatures, n)
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
def shingles(points, offsets, table, size, counts):
    """64-bit hashes of the runs of ``size`` folded words of each text, ``counts`` a text, flat."""
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    bytes_ = np.empty(5 * longest + 80, np.uint8)
    at = np.empty(longest + 2, np.int64)
    letters = np.empty(longest + 1, np.uint32)
    digest = np.empty(2, np.uint64)
    words = np.empty(longest + 1, np.uint64)
    flat = np.empty(len(points) + len(offsets), np.uint64)
    used = 0
    for n in range(len(offsets) - 1):
        count, _, _ = _fold(points[offsets[n] : offsets[n + 1]], table, bytes_, at, letters, digest)
        for i in range(count):
            value = _u64(at[i + 1] - at[i])
            for p in range(at[i], at[i + 1]):
                value = (value ^ _u64(bytes_[p])) * _u64(0x100000001B3)
            words[i] = _mix(value)
        total = count - size + 1 if count >= size else (1 if count else 0)
        for i in range(total):
            value = _u64(size)
            for k in range(min(size, count)):
                value = _mix(value * _u64(0x9E3779B97F4A7C15) + words[i + k])
            flat[used + i] = value
        counts[n] = total
        used += total
    return flat[:used]
