"""The compiled folding of a text: its words in lower case and without accents, parted by spaces.

Texts are UTF-8. Where 64 bytes are ASCII, as most are, they are folded with vector instructions;
any other character is looked up in the table of ``fold.Folder``.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from audit.compiled import big_endian, compiled, mix
from audit.duplication.fold import EXPANDED, LONG, POINT, SEPARATOR, UNSPACED

BLOCK = 64  # bytes looked at together: a bit each in a register
SLACK = 2 * BLOCK  # bytes that may be read, or written, past the end of a text
_u32, _u64, _i64, _uintp = np.uint32, np.uint64, np.int64, np.uintp
_FOLD_MASK = np.uint32(POINT)
_SECOND = np.uint64(0x9E3779B97F4A7C15)
_ZERO, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_BYTES = ir.VectorType(ir.IntType(8), BLOCK)


def _all(value: int) -> ir.Constant:
    return ir.Constant(_BYTES, [value] * BLOCK)


def _pointer(builder, address, kind):
    return builder.inttoptr(address, kind.as_pointer())


def _lower(builder, read):
    """ASCII letters in lower case, whether each byte is such a letter, and whether a digit."""
    low = builder.or_(read, _all(0x20))
    alpha = builder.icmp_unsigned("<", builder.sub(low, _all(ord("a"))), _all(26))
    digit = builder.icmp_unsigned("<", builder.sub(read, _all(ord("0"))), _all(10))
    return low, alpha, digit


@intrinsic
def _looked_at(context, address):
    """Of 64 bytes, a bit for each ASCII letter or digit, and one for each byte beyond ASCII."""

    def codegen(context, builder, signature, args):
        read = builder.load(_pointer(builder, args[0], _BYTES), align=1)
        _, alpha, digit = _lower(builder, read)
        word = ir.IntType(64)
        letters = builder.bitcast(builder.or_(alpha, digit), word)
        beyond = builder.bitcast(builder.icmp_signed("<", read, _all(0)), word)
        return context.make_tuple(builder, signature.return_type, [letters, beyond])

    return types.UniTuple(types.uint64, 2)(types.uintp), codegen


@intrinsic
def _lowered(context, target, source):
    """Copy 64 ASCII bytes: letters in lower case, digits as they are, else a space."""

    def codegen(context, builder, signature, args):
        read = builder.load(_pointer(builder, args[1], _BYTES), align=1)
        low, alpha, digit = _lower(builder, read)
        folded = builder.select(alpha, low, builder.select(digit, read, _all(0x20)))
        builder.store(folded, _pointer(builder, args[0], _BYTES), align=1)
        return context.get_dummy_value()

    return types.void(types.uintp, types.uintp), codegen


@intrinsic
def _ones(context, value):
    """The number of bits that are set."""

    def codegen(context, builder, signature, args):
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), codegen


@intrinsic
def _first(context, value):
    """The place of the lowest bit that is set; 64 where none is."""

    def codegen(context, builder, signature, args):
        return builder.cttz(args[0], cgutils.false_bit)

    return types.uint64(types.uint64), codegen


@compiled
def _character(source, i):
    """The code point that begins at a byte of UTF-8, and where the next one begins."""
    lead = _u32(source[i])
    if lead < 0x80:
        return lead, i + 1
    if lead < 0xE0:
        return (lead & _u32(0x1F)) << _u32(6) | (_u32(source[i + 1]) & _u32(0x3F)), i + 2
    two = (_u32(source[i + 1]) & _u32(0x3F)) << _u32(6) | (_u32(source[i + 2]) & _u32(0x3F))
    if lead < 0xF0:
        return (lead & _u32(0x0F)) << _u32(12) | two, i + 3
    three = two << _u32(6) | (_u32(source[i + 3]) & _u32(0x3F))
    return (lead & _u32(0x07)) << _u32(18) | three, i + 4


@compiled
def met(source, offsets, table, expanded, unknown):
    """Put down which code points are not in the table; returns how many there are.

    ``expanded`` says which texts hold one that folds to several characters. What does not fit into
    ``unknown`` is left out.
    """
    found = 0
    address = _uintp(source.ctypes.data)
    for n in range(len(offsets) - 1):
        several = False
        i, end = offsets[n], offsets[n + 1]
        while i < end:
            _, beyond = _looked_at(address + _uintp(i))
            i += _i64(_first(beyond))
            while i < end and source[i] >= 0x80:
                point, i = _character(source, i)
                folded = table[point]
                several |= folded == EXPANDED
                if folded == 0:
                    if found < len(unknown):
                        unknown[found] = point
                    found += 1
        expanded[n] = several
    return found


@compiled
def fold(source, start, end, table, bytes_, at):
    """The folded words of one text as UTF-8, each followed by a space.

    ``at`` gets where each word begins, and one past the last; it may be empty. Returns the number
    of bytes, of words, of letters, of letters of scripts without spaces where a word is one or
    two characters, and whether every letter is ASCII.
    """
    size = count = many = dense = inside = _ZERO
    listed = len(at) > 0
    plain = True
    address, out = _uintp(source.ctypes.data), _uintp(bytes_.ctypes.data)
    i = start
    while i < end:
        left = min(end - i, _i64(BLOCK))
        valid = _ALL >> _u64(BLOCK - left)
        letters, beyond = _looked_at(address + _uintp(i))
        if not beyond & valid:
            letters &= valid
            before = letters << _ONE | inside
            keep = (letters | before) & valid  # a letter, or what follows one
            begins = letters & ~before
            many += _ones(letters)
            if listed:
                while begins:
                    under = (begins & (_ZERO - begins)) - _ONE
                    at[count] = size + _ones(keep & under)
                    count += _ONE
                    begins &= begins - _ONE
            else:
                count += _ones(begins)
            while keep:
                lowest = keep & (_ZERO - keep)
                place = _first(keep)
                after = keep + lowest
                _lowered(out + size, address + _uintp(i) + place)
                size += _first(after) - place
                keep &= after
            inside = letters >> _u64(left - 1)
            i += left
            continue
        stop = i + left
        while i < stop:
            point, i = _character(source, i)
            folded = table[point]
            if folded < _u32(32):
                if folded == _u32(SEPARATOR) and inside:
                    bytes_[size] = 32
                    size += _ONE
                    inside = _ZERO
                continue
            alone = folded & _u32(UNSPACED)
            if alone:
                if inside:
                    bytes_[size] = 32
                    size += _ONE
                    inside = _ZERO
                if not folded & _u32(LONG):
                    dense += _ONE
                folded &= _FOLD_MASK
            if not inside:
                if listed:
                    at[count] = size
                count += _ONE
                inside = _ONE
            many += _ONE
            if folded < 0x80:
                bytes_[size] = folded
                size += _ONE
                continue
            plain = False
            if folded < 0x800:
                bytes_[size] = 0xC0 | (folded >> 6)
                size += _ONE
            elif folded < 0x10000:
                bytes_[size] = 0xE0 | (folded >> 12)
                bytes_[size + _ONE] = 0x80 | ((folded >> 6) & 0x3F)
                size += _u64(2)
            else:
                bytes_[size] = 0xF0 | (folded >> 18)
                bytes_[size + _ONE] = 0x80 | ((folded >> 12) & 0x3F)
                bytes_[size + _u64(2)] = 0x80 | ((folded >> 6) & 0x3F)
                size += _u64(3)
            bytes_[size] = 0x80 | (folded & 0x3F)
            size += _ONE
            if alone:
                bytes_[size] = 32
                size += _ONE
                inside = _ZERO
    if inside:
        bytes_[size] = 32
        size += _ONE
    if listed:
        at[count] = size
    for k in range(8):
        bytes_[size + _u64(k)] = 0
    return _i64(size), _i64(count), _i64(many), _i64(dense), plain


@compiled
def letters_of(bytes_, size, plain, letters):
    """The letters of folded words, without the spaces; ``plain`` says that all are ASCII."""
    if plain:
        at, end = _ZERO, _u64(size)
        i = _ZERO
        while i < end:
            letters[at] = bytes_[i]
            at += _u64(bytes_[i] != 32)
            i += _ONE
        return _i64(at)
    found = _i64(0)
    i = _i64(0)
    while i < size:
        point, i = _character(bytes_, i)
        letters[found] = point
        found += _i64(point != 32)
    return found


@compiled
def digest(bytes_, size, out):
    """128 bits that stand for the folded words: 8 bytes past them are zero."""
    address = _uintp(bytes_.ctypes.data)
    one, two = _u64(size), _SECOND
    for i in range(0, size, 4):
        one, two = _digested(one, two, _u64(big_endian(address + _uintp(i))))
    out[0] = mix(one)
    out[1] = mix(two ^ one)


@compiled
def _digested(one, two, word):
    one = (one ^ word) * _u64(0xFF51AFD7ED558CCD)
    one ^= one >> _u64(32)
    two = (two + word) * _u64(0xC4CEB9FE1A85EC53)
    two ^= two >> _u64(29)
    return one, two


@compiled
def digest_letters(bytes_, size, plain, out, letters):
    """``digest`` and ``letters_of``, side by side where all letters are ASCII: what one waits for,
    the other does not. ``letters`` has room for three more."""
    if not plain:
        digest(bytes_, size, out)
        return letters_of(bytes_, size, plain, letters)
    address = _uintp(bytes_.ctypes.data)
    one, two = _u64(size), _SECOND
    at, i, end, low = _ZERO, _ZERO, _u64(size), _u64(0xFF)
    while i < end:
        word = _u64(big_endian(address + _uintp(i)))
        one, two = _digested(one, two, word)
        for shift in (24, 16, 8, 0):
            letter = word >> _u64(shift) & low
            letters[at] = letter
            at += _u64((letter & _u64(0xDF)) != 0)  # neither a space nor past the end
        i += _u64(4)
    out[0] = mix(one)
    out[1] = mix(two ^ one)
    return _i64(at)
