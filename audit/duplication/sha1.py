"""The compiled hashes of shingles: SHA-1 (FIPS 180-4) of eight side by side in vector registers.

Of each digest the first 32 bits are kept, mixed as datasketch 2 mixes them for its permutations
(scheme affine32: MurmurHash3's finaliser).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from audit.compiled import compiled

LANES = 8
BLOCK = 64  # bytes of a block of SHA-1
SHORT = BLOCK - 9  # bytes of the longest message of one block
_u64, _i64, _uintp = np.uint64, np.int64, np.uintp
WORD, _PLACE = ir.IntType(32), ir.IntType(64)
VECTOR = ir.VectorType(WORD, LANES)
# From the number of bytes left of a message, -1 to 64, back from EDGE: what is kept of a block,
# and the bit that is put down after the message.
EDGE = 64
_KEPT = np.array([255] * EDGE + [0] * (EDGE + 2), np.uint8)
_ENDED = np.array([0] * EDGE + [0x80] + [0] * (EDGE + 1), np.uint8)
START = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0)
_START = np.array(START, np.uint32)


def splat(value: int) -> ir.Constant:
    return ir.Constant(VECTOR, [value] * LANES)


def vector(builder, address, place=0):
    """The address of a vector, some places after one."""
    found = builder.inttoptr(address, VECTOR.as_pointer())
    return builder.gep(found, [ir.Constant(_PLACE, place)])


def _swapped(builder, x):
    """Each word with its bytes in the other order."""
    swap = builder.module.declare_intrinsic(
        f"llvm.bswap.v{LANES}i32", (), ir.FunctionType(VECTOR, [VECTOR])
    )
    return builder.call(swap, [x])


def _transposed(builder, rows):
    """Eight vectors of eight words, columns as rows."""

    def shuffled(x, y, places):
        mask = ir.Constant(ir.VectorType(WORD, LANES), places)
        return builder.shuffle_vector(x, y, mask)

    low, high = [0, 8, 1, 9, 4, 12, 5, 13], [2, 10, 3, 11, 6, 14, 7, 15]
    left, right = [0, 1, 8, 9, 4, 5, 12, 13], [2, 3, 10, 11, 6, 7, 14, 15]
    first, second = [0, 1, 2, 3, 8, 9, 10, 11], [4, 5, 6, 7, 12, 13, 14, 15]
    a, b, c, d, e, f, g, h = rows
    pairs = [
        (shuffled(a, b, places), shuffled(c, d, places), shuffled(e, f, places),
         shuffled(g, h, places))
        for places in (low, high)
    ]  # fmt: skip
    quads = [
        (shuffled(ab, cd, places), shuffled(ef, gh, places))
        for ab, cd, ef, gh in pairs
        for places in (left, right)
    ]
    return [shuffled(x, y, half) for half in (first, second) for x, y in quads]


def _block(builder, source, starts, windows):
    """A block of each of ``LANES`` messages as 16 vectors of big-endian words.

    ``starts`` are the addresses where the blocks begin; ``windows`` those in the tables of what
    is kept and of what is put down after the message.
    """
    words = []
    for half in (0, 1):
        rows = []
        for start, window in zip(starts, windows, strict=True):
            read, keep, end = (
                builder.load(vector(builder, builder.add(base, at), half), align=1)
                for base, at in ((source[0], start), (source[1], window), (source[2], window))
            )
            rows.append(_swapped(builder, builder.or_(builder.and_(read, keep), end)))
        words += _transposed(builder, rows)
    return words


def _rounds(builder, before, w):
    """SHA-1's compression function: the state after a block, from that before it."""

    def rotate(x, n):
        return builder.or_(builder.shl(x, splat(n)), builder.lshr(x, splat(32 - n)))

    w = list(w)
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
        x = builder.add(builder.add(e, builder.add(w[t], splat(k))), f)
        a, b, c, d, e = builder.add(rotate(a, 5), x), a, rotate(b, 30), c, d
    return [builder.add(old, new) for old, new in zip(before, (a, b, c, d, e), strict=True)]


def _mixed(builder, first):
    """The first word of each digest as datasketch reads it, mixed by MurmurHash3's finaliser."""
    h = _swapped(builder, first)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = builder.xor(h, builder.lshr(h, splat(shift)))
        h = builder.mul(h, splat(factor))
    return builder.xor(h, builder.lshr(h, splat(16)))


def _lanes(builder, address):
    """The numbers at an address, one a lane."""
    places = builder.inttoptr(address, _PLACE.as_pointer())
    return [builder.load(builder.gep(places, [ir.Constant(_PLACE, n)])) for n in range(LANES)]


@intrinsic
def _short(context, address, kept, ended, starts, lengths, out):
    """The mixed hashes of ``LANES`` messages of one block each; all addresses.

    ``starts`` holds where each message begins from ``address``, ``lengths`` its bytes.
    """

    def codegen(context, builder, signature, args):
        starts, lengths = (_lanes(builder, x) for x in args[3:5])
        windows = [builder.sub(ir.Constant(_PLACE, EDGE), x) for x in lengths]
        w = _block(builder, args[:3], starts, windows)
        bits = ir.Constant(VECTOR, ir.Undefined)
        for lane, length in enumerate(lengths):
            count = builder.trunc(builder.shl(length, ir.Constant(_PLACE, 3)), WORD)
            bits = builder.insert_element(bits, count, ir.Constant(WORD, lane))
        w[14:] = [splat(0), bits]
        first, *_ = _rounds(builder, [splat(word) for word in START], w)
        builder.store(_mixed(builder, first), vector(builder, args[5]), align=4)
        return context.get_dummy_value()

    return types.void(*(types.uintp,) * 6), codegen


@intrinsic
def _message(context, address, kept, ended, starts, windows, w):
    """A block of each of ``LANES`` messages, put into 16 vectors at ``w``; all addresses."""

    def codegen(context, builder, signature, args):
        starts, windows = (_lanes(builder, x) for x in args[3:5])
        for n, column in enumerate(_block(builder, args[:3], starts, windows)):
            builder.store(column, vector(builder, args[5], n), align=4)
        return context.get_dummy_value()

    return types.void(*(types.uintp,) * 6), codegen


@intrinsic
def _compress(context, state, w, out):
    """A block of ``LANES`` messages: changes the state, leaves mixed hashes; all addresses."""

    def codegen(context, builder, signature, args):
        before = [builder.load(vector(builder, args[0], n), align=4) for n in range(5)]
        w = [builder.load(vector(builder, args[1], n), align=4) for n in range(16)]
        after = _rounds(builder, before, w)
        for n, column in enumerate(after):
            builder.store(column, vector(builder, args[0], n), align=4)
        builder.store(_mixed(builder, after[0]), vector(builder, args[2]), align=4)
        return context.get_dummy_value()

    return types.void(*(types.uintp,) * 3), codegen


@compiled
def _long(address, starts, lengths, blocks, out):
    """The mixed hashes of ``LANES`` messages of ``blocks`` blocks each; moves ``starts`` along."""
    state = np.empty((5, LANES), np.uint32)
    w = np.empty((16, LANES), np.uint32)
    windows = np.empty(LANES, np.int64)
    for n in range(5):
        state[n] = _START[n]
    for block in range(blocks):
        for lane in range(LANES):
            windows[lane] = EDGE - min(max(lengths[lane] - block * BLOCK, -1), EDGE)
        _message(
            address, _KEPT.ctypes.data, _ENDED.ctypes.data,
            starts.ctypes.data, windows.ctypes.data, w.ctypes.data,
        )  # fmt: skip
        if block == blocks - 1:
            for lane in range(LANES):
                w[14, lane] = lengths[lane] >> 29
                w[15, lane] = (lengths[lane] << 3) & 0xFFFFFFFF
        _compress(state.ctypes.data, w.ctypes.data, out)
        for lane in range(LANES):
            starts[lane] += BLOCK


@compiled
def shingle_hashes(bytes_, at, count, size, hashes, starts, lengths):
    """SHA-1's first 32 bits of every run of ``size`` words, mixed, in no order; some come twice.

    ``at`` holds the byte where each word starts, and one past the last word's separator. Up to 64
    bytes are read past a run. ``hashes``, ``starts`` and ``lengths`` have room for as many runs and
    twice ``LANES``. Returns how many hashes there are.
    """
    address = _uintp(bytes_.ctypes.data)
    total = count - size + 1 if count >= size else min(count, 1)
    span = size if count >= size else count
    short = _u64(0)
    longest = _i64(0)
    for i in range(total):
        length = at[i + span] - at[i] - 1
        starts[short] = at[i]
        lengths[short] = length
        short += _u64(length <= SHORT)
        longest = max(longest, length)
    for k in range(_i64(short), _i64(short) + LANES):
        starts[k] = starts[0]
        lengths[k] = lengths[0]
    many = _i64(0)
    while many < short:
        step = _uintp(8 * many)
        _short(
            address, _KEPT.ctypes.data, _ENDED.ctypes.data, _uintp(starts.ctypes.data) + step,
            _uintp(lengths.ctypes.data) + step, _uintp(hashes.ctypes.data) + _uintp(4 * many),
        )  # fmt: skip
        many += LANES
    blocks = _i64(2)
    while (longest + 72) >> 6 >= blocks:
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
                lane += 1
                if lane < LANES:
                    continue
            elif lane == 0:
                break
            for k in range(lane, LANES):
                starts[k] = starts[0]
                lengths[k] = lengths[0]
            _long(address, starts, lengths, blocks, _uintp(hashes.ctypes.data) + _uintp(4 * many))
            many += LANES if lane == LANES else lane
            lane = 0
        blocks = following
    return many
