"""What all compiled loops share: how they are compiled and kept, and a few small functions.

Only the files of compiled loops import this one, so numba is imported where it is used.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

_u64 = np.uint64


@intrinsic
def big_endian(context, address):
    """The big-endian 32-bit word at a byte address, aligned or not."""

    def codegen(context, builder, signature, args):
        word = builder.load(builder.inttoptr(args[0], ir.IntType(32).as_pointer()), align=1)
        return builder.bswap(word)

    return types.uint32(types.uintp), codegen


@intrinsic
def little_endian(context, address):
    """The little-endian 64-bit word at a byte address, aligned or not."""

    def codegen(context, builder, signature, args):
        return builder.load(builder.inttoptr(args[0], ir.IntType(64).as_pointer()), align=1)

    return types.uint64(types.uintp), codegen


def _cached() -> bool:
    """Whether compiled code can be kept: beside this file, or in the user's cache folder."""
    try:
        numba.njit(cache=True)(_cached)
    except RuntimeError:  # numba finds no folder it may write to
        return False
    return True


compiled = numba.njit(cache=_cached(), nogil=True)


@compiled
def mix(x):
    """The finaliser of SplitMix64: an even spread of any 64-bit value."""
    x = (x ^ (x >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _u64(27))) * _u64(0x94D049BB133111EB)
    return x ^ (x >> _u64(31))
