"""Features in six bytes each, for as long as they are only held: compiled loops.

The low 16 bits of a feature are not kept: once features are related they hold its weight
(``pairing.CODE_BITS``).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.pairing import CODE_BITS, ROW_BITS

UNITS = 3  # of 16 bits of a feature: all but the lowest
_u16, _u64, _i64 = np.uint16, np.uint64, np.int64  # unsigned places: looked up without a test


@compiled
def pack(values, kept, target, out):
    """Features of some documents as rows of ``UNITS`` numbers, the lowest first, those of each from
    its place in ``target`` on."""
    at = _u64(0)
    for n in range(len(kept)):
        to, end = _u64(target[n]), at + _u64(kept[n])
        while at < end:
            value = _u64(values[at])
            out[to, 0] = value >> _u64(CODE_BITS)
            out[to, 1] = value >> _u64(CODE_BITS + 16)
            out[to, 2] = value >> _u64(CODE_BITS + 32)
            to += _u64(1)
            at += _u64(1)


@compiled
def _feature(held, at):
    value = _u64(held[at, 2]) << _u64(32) | _u64(held[at, 1]) << _u64(16) | _u64(held[at, 0])
    return value << _u64(CODE_BITS)


@compiled
def put(held, documents, kept, target, out):
    """Unpack the features of some documents to where ``target`` says, -1: nowhere; their low bits
    are 0."""
    start = _u64(0)
    for n in documents:
        end = start + _u64(kept[n])
        if target[n] >= 0:
            to = _u64(target[n])
            for at in range(start, end):
                out[to] = _feature(held, _u64(at))
                to += _u64(1)
        start = end


@compiled
def entries(held, documents, kept, target, keys, out, used):
    """``pairing.entries`` of packed features."""
    start = _u64(0)
    for n in documents:
        if target[n] >= 0:
            for at in range(start, start + _u64(min(kept[n], keys))):
                lead = _feature(held, _u64(at)) >> _u64(ROW_BITS - 1)
                out[used] = lead << _u64(ROW_BITS) | _u64(target[n])
                used += 1
        start += _u64(kept[n])
    return used
