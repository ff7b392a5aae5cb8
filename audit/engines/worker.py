"""One worker process: frames in on stdin, what a function makes of them out on stdout.

``python -m audit.engines.worker`` is started by the local engine. A message is one byte that
says what it is, eight bytes of length, and that many bytes:

    to the worker    F a pickled (function, schema, by), which is kept    R a digest and a frame
    from the worker  S started    O the resulting frame    E a pickled (sentence, refusal)

Frames are Arrow IPC streams; the digest (SHA-256) says which of the kept functions is to run.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import signal
import struct
import traceback
from typing import IO, Any

import polars as pl

from audit.engines import COLLECTED, call
from audit.model import AuditError

HEAD = struct.Struct("<cQ")
DIGEST = 32
KEPT = 8  # functions a worker holds; at the ninth both sides forget all of them


def send(stream: IO[bytes], kind: bytes, *parts: bytes | memoryview) -> None:
    """Writes one message; raises BrokenPipeError where nobody reads any more."""
    stream.write(HEAD.pack(kind, sum(len(part) for part in parts)))
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, memoryview]:
    """Reads one message; raises EOFError where the other side has gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    kind, size = HEAD.unpack(head)
    body = memoryview(bytearray(size))
    at = 0
    while at < size:
        got = stream.readinto(body[at:])  # type: ignore[attr-defined]
        if not got:
            raise EOFError
        at += got
    return kind, body


def pack(frame: pl.DataFrame) -> memoryview:
    """A frame as an Arrow IPC stream."""
    stream = io.BytesIO()
    frame.write_ipc_stream(stream)
    return stream.getbuffer()


def unpack(body: memoryview) -> pl.DataFrame:
    """The frame of an Arrow IPC stream."""
    return pl.read_ipc_stream(io.BytesIO(body))


def keep(kept: dict[bytes, Any], digest: bytes, value: Any) -> None:
    """What both sides do when a function is sent, so that each knows what the other holds."""
    if len(kept) == KEPT:
        kept.clear()
    kept[digest] = value


def _answer(kept: dict[bytes, Any], body: memoryview) -> tuple[bytes, bytes | memoryview]:
    try:
        held = kept[bytes(body[:DIGEST])]
        if isinstance(held, Exception):
            raise held
        function, schema, by = held
        return b"O", pack(call(function, unpack(body[DIGEST:]), schema, by))
    except AuditError as error:
        return b"E", pickle.dumps(("", error))
    except Exception as error:
        trace = "".join(traceback.format_exception(error.__cause__ or error))
        return b"E", pickle.dumps((f"{error}\n{trace}", None))


def main() -> None:
    """Serves until stdin closes. What functions print goes to stderr, never into the protocol."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
    target = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    gc.set_threshold(*COLLECTED)
    kept: dict[bytes, Any] = {}
    try:
        send(target, b"S")
        while True:
            kind, body = receive(source)
            if kind == b"F":
                digest = hashlib.sha256(body).digest()
                try:
                    keep(kept, digest, pickle.loads(body))
                except Exception as error:
                    keep(kept, digest, error)
            else:
                send(target, *_answer(kept, body))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the engine has gone: nothing is left to flush


if __name__ == "__main__":
    main()
