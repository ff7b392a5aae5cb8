"""The bytes of one file, unpacked and bounded, or a sentence on why they cannot be had."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from typing import Any, BinaryIO, cast

from audit.reading.inputs import File

_CHUNK = 1 << 20
HEAD = 1 << 20
# What damaged or vanishing files raise while they are read.
FAULTS = (OSError, EOFError, zlib.error)
# A packed file that grows more than this is a trap, not an archive of articles (deflate
# itself stops near 1,030 to 1; news packs at 3 to 10).
_RATIO, _FREE = 200, 256 << 20


class Broken(Exception):
    """A file that cannot be read, or not from here on; the sentence says why."""


def opened(file: File) -> BinaryIO:
    """The bytes of a file, unpacked where it is packed. Raises Broken where it cannot be opened."""
    try:
        if file.stream is not None:
            stream = open(os.dup(file.stream.fileno()), "rb")  # noqa: SIM115
            stream.seek(0)
        else:
            stream = open(file.path, "rb")  # noqa: SIM115
    except OSError as error:
        raise Broken(f"it cannot be opened: {error.strerror or error}") from error
    if file.packed:
        return cast(BinaryIO, io.BufferedReader(_Unpacked(stream), _CHUNK))
    return stream


class _Unpacked(io.RawIOBase):
    """A gzip stream that refuses to grow without end."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(len(buffer))
        self._read += len(data)
        if self._read > _FREE and self._read > _RATIO * max(self._packed.tell(), 1):
            raise Broken("it unpacks to far more than any text would: reading stopped")
        buffer[: len(data)] = data
        return len(data)


def content(file: File, limit: int) -> bytes:
    """A file that is one document. Raises Broken where it is over ``limit`` bytes."""
    try:
        with opened(file) as stream:
            data = stream.read(limit + 1)
    except FAULTS as error:
        raise Broken(why(error)) from error
    if len(data) > limit:
        raise Broken(f"it is larger than {megabytes(limit)}, the limit for one document")
    return data


def beginning(stream: BinaryIO) -> bytes:
    """The first bytes of a file, as far as it can be read; raises where that is nowhere."""
    first = b""
    try:
        while len(first) < HEAD and (more := stream.read1(HEAD)):  # type: ignore[attr-defined]
            first += more
    except (*FAULTS, Broken):
        if not first:
            raise
    return first


def megabytes(limit: int) -> str:
    """A limit as an editor reads it."""
    return f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit:,} bytes"


def why(error: Exception) -> str:
    """What went wrong, as a sentence."""
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read: {error.strerror}"
    text = " ".join(str(error).split())
    return f"it breaks off or is damaged: {text[:200] or type(error).__name__}"
