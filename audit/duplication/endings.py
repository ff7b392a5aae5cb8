"""Where plain texts break off, which others go on, and what may name a source: compiled loops.

They do at once, for texts of nothing but ASCII, what ``editing`` does one by one, and tell which
texts it is to be asked about; and they tell which texts ``credit`` is to be asked about.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

from functools import cache

import numpy as np

from audit.compiled import compiled, little_endian

_u8, _u64, _i64, _uintp = np.uint8, np.uint64, np.int64, np.uintp
WHOLE, BROKEN, ASK = 0, 1, 2  # what a text's end is: a sentence's, or none, or not for us to tell
NAME, LOW, LONG_S = 1, 2, 0xBFC5  # the long s is an s in either case
_SPACE, _STOP, _CAPITAL, _WORD, _CLOSING, _SMALL = (np.uint8(1 << n) for n in range(6))


def _kinds():
    kinds = np.zeros(256, np.uint8)
    for kind, letters in (
        (_SPACE, "\t\n\v\f\r\x1c\x1d\x1e\x1f "),
        (_STOP, ".!?"),
        (_CAPITAL, "ABCDEFGHIJKLMNOPQRSTUVWXYZ/"),
        (_WORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_abcdefghijklmnopqrstuvwxyz"),
        (_CLOSING, ",;:%')\"-"),
        (_SMALL, "0123456789abcdefghijklmnopqrstuvwxyz"),
    ):
        for letter in letters:
            kinds[ord(letter)] |= kind
    return kinds


_KINDS = _kinds()


@cache
def numbers(words: tuple[str, ...]) -> np.ndarray:
    """Up to eight bytes of each word as a number, and which bits of it count."""
    given = [word.encode()[:8] for word in words]
    return np.array(
        [[int.from_bytes(w, "little"), (1 << 8 * len(w)) - 1] for w in given], np.uint64
    )


@cache
def lowered(words: tuple[str, ...]) -> np.ndarray:
    """The same, as ``_low`` makes them."""
    found = numbers(words).copy()
    found[:, 0] = (found[:, 0] | np.uint64(0x2020202020202020)) & found[:, 1]
    return found


@compiled
def _low(read):
    """Bytes with the bit set that parts capitals from small letters."""
    return read | _u64(0x2020202020202020)


@compiled
def _signed(source, start, end, signs):
    """Whether one of some signs stands between two places, or begins just before the second."""
    address = _uintp(source.ctypes.data)
    found = False
    for n in range(len(signs)):
        value, mask = signs[n, 0], signs[n, 1]
        for at in range(start, end):
            found |= _low(little_endian(address + _uintp(at))) & mask == value
    return found


@compiled
def _broken(source, start, end, tail, signs, out):
    """What the end of a text is; where it is broken, ``out`` gets the last of it, white space as
    single spaces. See ``editing``, which says what ``tail`` and the ``signs`` are, ``lowered``."""
    start = max(start, end - tail)
    while end > start and _KINDS[source[end - 1]] & _SPACE:
        end -= 1
    if end == start:
        return WHOLE
    if _signed(source, max(start, end - 3 * len(out)), end, signs):
        return ASK
    if _KINDS[source[end - 1]] & _STOP:
        return WHOLE
    left, at, spaced = len(out), end, False
    while at > start and left:
        at -= 1
        if _KINDS[source[at]] & _SPACE:
            spaced = True
            continue
        if spaced:
            left -= 1
            out[left] = 32
            spaced = False
        if left:
            left -= 1
            out[left] = source[at]
    if left:
        return WHOLE
    return ASK if _KINDS[source[end - 1]] & _CAPITAL else BROKEN


@compiled
def _spaced(source, start, end, out):
    """A text with its white space as single spaces, none at its ends; returns its length."""
    used, spaced = _u64(0), True
    for at in range(start, end):
        letter = source[_u64(at)]
        space = (_KINDS[letter] & _SPACE) != 0
        out[used] = _u8(32) if space else letter
        used += _u64(not (space and spaced))
        spaced = space
    return _i64(used) - _i64(used > _u64(0) and spaced)


@compiled
def _goes_on(text, size, end):
    """Whether a text, white space as single spaces, has an end of another and goes on after it."""
    here, there = _uintp(text.ctypes.data), _uintp(end.ctypes.data)
    lead = little_endian(there)
    at = _u64(0)
    while at + _u64(len(end)) <= _u64(size):
        if little_endian(here + at) == lead:
            k = 8
            while k < len(end) and text[at + _u64(k)] == end[k]:
                k += 1
            if k == len(end):
                at += _u64(k)
                if at == _u64(size):
                    return False
                kind = _KINDS[text[at]]
                if kind & _SPACE:
                    return at + _u64(1) < _u64(size) and (_KINDS[text[at + _u64(1)]] & _SMALL) != 0
                return (kind & (_WORD | _CLOSING)) != 0
        at += _u64(1)
    return False


@compiled
def cut(source, offsets, plain, first, second, ending, tail, signs, some, made, unsure):
    """Which text of each pair breaks off within a sentence that the other completes, by the last
    ``ending`` characters; put down at the places ``some`` in ``made``, a row a side.

    ``plain`` says which texts are ASCII: of pairs of others, and where ``editing`` is to be asked,
    it is ``unsure``.
    """
    rows = len(plain)
    ends, kinds = np.empty((rows, ending), np.uint8), np.empty(rows, np.uint8)
    longest = _i64(0)
    for n in range(rows):
        kinds[n] = ASK
        if plain[n]:
            kinds[n] = _broken(source, offsets[n], offsets[n + 1], tail, signs, ends[n])
            longest = max(longest, offsets[n + 1] - offsets[n])
    text = np.empty(longest + 8, np.uint8)
    held, size = _i64(-1), _i64(0)
    for n in range(len(first)):
        a, b, to = first[n], second[n], some[n]
        made[0, to] = made[1, to] = False
        unsure[to] = kinds[a] == ASK or kinds[b] == ASK
        if unsure[to]:
            continue
        for side in range(2):
            mine, other = (a, b) if side == 0 else (b, a)
            if kinds[mine] == BROKEN:
                if held != other:
                    held = other
                    size = _spaced(source, offsets[other], offsets[other + 1], text)
                made[side, to] = _goes_on(text, size, ends[mine])


@compiled
def _hash(word):
    """The place of a word of eight bytes in a table of 1,024."""
    return word * _u64(0x9E3779B97F4A7C15) >> _u64(54)


@compiled
def _known(word, table):
    at = _hash(word)
    while table[at]:
        if table[at] == word:
            return True
        at = (at + _u64(1)) & _u64(1023)
    return False


@compiled
def _asked(source, start, end, names, lows, pairs):
    """Whether a name begins some word between two places, or one of ``lows`` stands there."""
    address = _uintp(source.ctypes.data)
    for at in range(start, end):
        pair = _u64(source[_u64(at)]) | _u64(source[_u64(at) + _u64(1)]) << _u64(8)
        kind = pairs[pair]
        if not kind:
            continue
        read = little_endian(address + _uintp(at))
        low = _low(read)
        if kind & LOW:
            for k in range(len(lows)):
                if low & lows[k, 1] == lows[k, 0]:
                    return True
        if kind & NAME and (at == start or not _KINDS[source[at - 1]] & _WORD):
            size = 1
            while size < 8 and at + size < end and _KINDS[source[at + size]] & _WORD:
                size += 1
            if _known(read & (_u64(0xFFFFFFFFFFFFFFFF) >> _u64(64 - 8 * size)), names):
                return True
        if pair == _u64(LONG_S):
            return True
    return False


@compiled
def _after(source, start, end, many):
    """Where so many characters of UTF-8 end, from a place on."""
    at = min(end, start + many)
    beyond = 0
    for k in range(start, at):
        beyond += source[k] >= 0x80
    if not beyond:
        return at
    at, left = start, many
    while at < end and left:
        at += 1
        while at < end and source[at] & 0xC0 == 0x80:
            at += 1
        left -= 1
    return at


@compiled
def _before(source, start, end, many):
    """Where so many characters begin, up to a place."""
    at = max(start, end - many)
    beyond = 0
    for k in range(at, end):
        beyond += source[k] >= 0x80
    if not beyond:
        return at
    at, left = end, many
    while at > start and left:
        at -= 1
        while at > start and source[at] & 0xC0 == 0x80:
            at -= 1
        left -= 1
    return at


@compiled
def named(source, offsets, head, tail, names, lows, pairs, out):
    """Which texts may name a source in their first or last characters.

    ``names`` is a hash table of what names begin with, up to eight letters of a word as a number,
    0 being none; ``lows`` what else is looked for, as in ``_broken``; ``pairs`` says which two
    bytes may begin either (``NAME``, ``LOW``), the second counting 256 times.
    """
    for n in range(len(out)):
        start, end = offsets[n], offsets[n + 1]
        first, last = _after(source, start, end, head), _before(source, start, end, tail)
        if last <= first:
            first = last = end
        out[n] = _asked(source, start, first, names, lows, pairs) or _asked(
            source, last, end, names, lows, pairs
        )
