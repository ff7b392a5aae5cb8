"""The compiled permutations of MinHash signatures: the least of each over the hashes of a text.

They are those of datasketch 2 (scheme affine32: a*h + b of mixed hashes), so that signatures are
datasketch's, bit for bit.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from audit.compiled import compiled
from audit.duplication.sha1 import LANES, VECTOR, WORD, splat, vector

ABREAST = 4  # vectors of permutations whose least values stay in registers
_uintp = np.uintp


def _permuting(abreast):
    """A function that finds the least ``a*h + b`` for some vectors of permutations at once."""

    @intrinsic
    def permute(context, hashes, count, a, b, signature):
        """The least ``a*h + b`` over ``count`` hashes, put into ``signature``; all addresses."""

        def codegen(context, builder, sig, args):
            source = builder.inttoptr(args[0], WORD.as_pointer())
            factors, summands = (
                [builder.load(vector(builder, args[x], n), align=4) for n in range(abreast)]
                for x in (2, 3)
            )
            least = [cgutils.alloca_once_value(builder, splat(0xFFFFFFFF)) for _ in factors]
            empty = ir.Constant(VECTOR, ir.Undefined)
            with cgutils.for_range(builder, args[1]) as loop:
                h = builder.load(builder.gep(source, [loop.index]))
                single = builder.insert_element(empty, h, ir.Constant(WORD, 0))
                spread = builder.shuffle_vector(single, empty, splat(0))
                for held, factor, summand in zip(least, factors, summands, strict=True):
                    x = builder.add(builder.mul(spread, factor), summand)
                    before = builder.load(held)
                    smaller = builder.icmp_unsigned("<", x, before)
                    builder.store(builder.select(smaller, x, before), held)
            for n, held in enumerate(least):
                builder.store(builder.load(held), vector(builder, args[4], n), align=4)
            return context.get_dummy_value()

        return types.void(types.uintp, types.intp, types.uintp, types.uintp, types.uintp), codegen

    return permute


_permute, _permute_more = _permuting(1), _permuting(ABREAST)


@compiled
def minhash(hashes, total, a, b, signature):
    """datasketch 2, affine32: the least a*h + b of each permutation, of mixed hashes."""
    source = _uintp(hashes.ctypes.data)
    least, factors, summands = (
        _uintp(signature.ctypes.data), _uintp(a.ctypes.data), _uintp(b.ctypes.data)
    )  # fmt: skip
    at, step = 0, LANES * ABREAST
    while at + step <= len(a):
        more = _uintp(4 * at)
        _permute_more(source, total, factors + more, summands + more, least + more)
        at += step
    while at < len(a):
        more = _uintp(4 * at)
        _permute(source, total, factors + more, summands + more, least + more)
        at += LANES
