"""The compiled loops of MinHash signatures: hashes of shingles and their permutations.

SHA-1 (FIPS 180-4) is computed for several shingles side by side, so that the compiler can use
vector registers; the permutations are those of datasketch 2 (scheme affine32: MurmurHash3's
finaliser, then a*h + b), so that signatures are datasketch's, bit for bit.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from audit.duplication.compiled import big_endian, compiled

LANES = 8
_u32, _i64, _uintp = np.uint32, np.int64, np.uintp
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
                w[t, lane] = big_endian(at + _uintp(4 * t))
            for t in range(full, 16):
                w[t, lane] = 0
            if full < 16 and left >= 0:
                rest = 8 * (left & 3)
                keep = _u32((0xFFFFFFFF << (32 - rest)) & 0xFFFFFFFF)
                tail = big_endian(at + _uintp(4 * full))
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
def shingle_hashes(address, at, count, size, hashes, state, w, starts, lengths, where, first):
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
def minhash(hashes, total, a, b, signatures, row):
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
