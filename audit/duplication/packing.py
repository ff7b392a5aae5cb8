"""Features in six bytes each, for as long as they are only held: compiled loops.

The low 16 bits of a feature are not kept: once features are related they hold its weight
(``pairing.CODE_BITS``).
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np

from audit.compiled import compiled
from audit.duplication.pairing import CODE_BITS

UNITS = 3  # of 16 bits of a feature: all but the lowest
_u16, _i64 = np.uint16, np.int64


@compiled
def pack(values, out):
    """Features as rows of ``UNITS`` numbers, the lowest first."""
    for k in range(len(values)):
        value = values[k] >> _i64(CODE_BITS)
        for unit in range(UNITS):
            out[k, unit] = _u16(value & 0xFFFF)
            value >>= 16


@compiled
def unpack(held, out):
    """The features in such rows, their low bits 0."""
    for k in range(len(held)):
        value = _i64(0)
        for unit in range(UNITS - 1, -1, -1):
            value = value << 16 | _i64(held[k, unit])
        out[k] = value << _i64(CODE_BITS)
