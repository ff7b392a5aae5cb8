"""What all compiled loops share: how they are compiled and kept, and a few small functions.

Only the files of compiled loops import this one, so numba is imported where it is used.

numba keeps compiled code by the file of a loop and does not see that another file it calls into has
changed. So the folder it is kept in is named for the source of all of them: after an upgrade, or an
edit, no loop runs with the old code of another.
"""

# Compiled by numba: no annotations inside.
# mypy: ignore-errors

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

_u64 = np.uint64


def _without_algebra() -> None:
    """Keep numba from importing scipy as it starts, to see whether matrices can be multiplied:
    a third of a second a process. Who multiplies some, which no loop here does, loads it then."""
    from numba.np import linalg

    def unasked() -> None:
        return None

    kept, linalg.ensure_blas = linalg.ensure_blas, unasked
    try:
        import numba.np.arraymath  # noqa: F401
    finally:
        linalg.ensure_blas = kept


_without_algebra()


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


@intrinsic
def soon(context, address):
    """Have the processor fetch what stands at a byte address, which will be looked at soon."""

    def codegen(context, builder, signature, args):
        byte = ir.IntType(8).as_pointer()
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        flags = [ir.Constant(flag, n) for n in (0, 2, 1)]  # to be read, kept a while, data
        builder.call(fetch, [builder.inttoptr(args[0], byte), *flags])
        return context.get_dummy_value()

    return types.void(types.uintp), codegen


_HERE = Path(__file__).parent
_OLD = 7 * 86_400  # seconds after which code of another source is thrown away


def _digest() -> str:
    """A checksum of the source of all compiled loops."""
    sources = [path.read_bytes() for path in sorted(_HERE.rglob("*.py"))]
    loops = [text for text in sources if b"audit.compiled import" in text or b"intrinsic" in text]
    return hashlib.sha256(b"\0".join(loops)).hexdigest()[:12]


def _folder() -> str | None:
    """Where compiled code is kept: numba's own choice, beside this file, or the user's cache."""
    own = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    given = numba.config.CACHE_DIR
    for base in [Path(given)] if given else [_HERE / "__pycache__", Path(own, "source-audit")]:
        folder = base / f"compiled-{_digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            for other in base.glob("compiled-*"):
                if other != folder and other.stat().st_mtime < time.time() - _OLD:
                    shutil.rmtree(other, ignore_errors=True)
        except OSError:
            continue
        return str(folder)
    return None


FOLDER = _folder()  # None: compiled anew in each process


def compiled(function):
    """The function, compiled when it is first called, and kept."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = FOLDER or before
    try:
        return numba.njit(cache=FOLDER is not None, nogil=True)(function)
    finally:
        numba.config.CACHE_DIR = before


@compiled
def mix(x):
    """The finaliser of SplitMix64: an even spread of any 64-bit value."""
    x = (x ^ (x >> _u64(30))) * _u64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _u64(27))) * _u64(0x94D049BB133111EB)
    return x ^ (x >> _u64(31))
