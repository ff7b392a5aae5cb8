"""The index as a folder: a manifest that names the segments there are, a lock for who writes.

A change is written beside what is there and comes to be when the manifest is replaced, whole, by
a rename. A writer that was killed leaves files nobody names; the next writer sweeps them away.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from audit.duplication import fingerprint, segments
from audit.duplication.segments import DamagedError, Segment, Written
from audit.model import AuditError

FORMAT = 1
MANIFEST = "manifest"
LOCK = "lock"
TRIES = 50  # times a reader looks again where writers take away what it is about to open
_OURS = re.compile(r"\d{8,}\.(segment|removed)|manifest\.new")
# Text in which every rule of folding shows: an index is of use only while it folds to the same.
PROBE = "Ａ “probe”, 12½ co‐operation; naïve ﬁre\u200bworks Дом 市长 ไทย مدينة ΣΊΣΥΦΟΣ " * 3


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A segment as the manifest names it."""

    file: str
    bytes: int
    digest: str
    documents: int
    signed: int = 0  # of them known by their signature only
    removed: int = 0  # of them no longer there
    removed_file: str | None = None  # their rows, ascending, as little-endian uint32
    removed_digest: str | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All that is in an index at one moment."""

    format: int = FORMAT
    fingerprint: str  # what ``scheme`` was when it was made
    generation: int = 0  # rises with every change; files are numbered by it
    parts: tuple[Part, ...] = ()

    @property
    def documents(self) -> int:
        return sum(part.documents - part.removed for part in self.parts)


@cache
def scheme() -> str:
    """A digest of what fingerprints are made by: constants, and the fingerprint of a probe."""
    names = ("SHINGLE", "PERMUTATIONS", "SEED", "GRAM", "SHORT_GRAM", "LEVEL", "LEAST")
    constants = {n: getattr(fingerprint, n) for n in (*names, "FEATURES", "KEYS", "SHORT")}
    probe = fingerprint.fingerprint([PROBE])
    content = msgspec.json.encode([constants, *probe.row(0)])
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def load(folder: Path) -> Manifest:
    """The manifest of a folder. Raises AuditError where there is none or it cannot be used."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise AuditError(
            f"{folder}: no index there; source-audit index add --index {folder} makes one"
        ) from error
    except OSError as error:
        raise AuditError(f"{folder}: the index cannot be read: {error.strerror}") from error
    body, _, mark = content.rstrip(b"\n").rpartition(b"\n")
    if _mark(body) != mark:
        raise DamagedError(folder, "its manifest is not as it was written")
    try:
        version = msgspec.json.decode(body).get("format")
        if version != FORMAT:
            raise AuditError(
                f"{folder}: an index of format {version}, and this is source-audit for format"
                f" {FORMAT}: use the version that made it, or add the documents anew"
            )
        return msgspec.json.decode(body, type=Manifest)
    except (msgspec.DecodeError, AttributeError) as error:
        raise DamagedError(folder, "its manifest cannot be read") from error


def _mark(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()


def save(folder: Path, manifest: Manifest) -> None:
    """The manifest in the place of the one that is there: the moment a change comes to be."""
    body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    beside = folder / "manifest.new"
    durable(beside, body + b"\n" + _mark(body) + b"\n")
    sync(folder)  # the files it names, before it names them
    os.replace(beside, folder / MANIFEST)
    sync(folder)


def durable(path: Path, content: bytes) -> None:
    """A small file, on the disk when this returns."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """The names in a folder, on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_parts(folder: Path, manifest: Manifest) -> list[Segment]:
    """The segments a manifest names. FileNotFoundError where one is gone."""
    found = []
    for part in manifest.parts:
        dead = np.zeros(0, np.uint32)
        if part.removed_file:
            content = (folder / part.removed_file).read_bytes()
            if _mark(content).decode() != part.removed_digest:
                raise DamagedError(folder, f"{part.removed_file} is not as it was written")
            dead = np.frombuffer(content, "<u4")
        segment = segments.opened(folder / part.file, Written(part.bytes, part.digest), dead)
        if len(segment) != part.documents or len(dead) != part.removed:
            raise DamagedError(folder, f"{part.file} holds other documents than the manifest says")
        found.append(segment)
    return found


def snapshot(folder: Path) -> tuple[Manifest, list[Segment]]:
    """What is in an index now; a writer that goes on writing changes nothing about it."""
    manifest = load(folder)
    for _ in range(TRIES):
        try:
            return manifest, open_parts(folder, manifest)
        except FileNotFoundError as error:
            now = load(folder)
            if now.generation == manifest.generation:
                raise DamagedError(folder, f"{Path(error.filename).name} is gone") from error
            manifest = now
        except OSError as error:
            raise AuditError(f"{folder}: the index cannot be read: {error.strerror}") from error
    raise AuditError(f"{folder}: others write to the index too fast to read it: try again")


def removed(folder: Path, name: str, part: Part, rows: np.ndarray) -> Part:
    """The part with these rows removed, written under a new name."""
    content = np.unique(rows).astype("<u4").tobytes()
    durable(folder / name, content)
    return msgspec.structs.replace(
        part,
        removed=len(content) // 4,
        removed_file=name,
        removed_digest=_mark(content).decode(),
    )


def tell(sentence: str) -> None:
    """Say something to who started this."""
    print(sentence, file=sys.stderr)


@contextmanager
def writing(folder: Path, say: Callable[[str], None], make: bool = False) -> Iterator[Manifest]:
    """The manifest, for the one writer there may be; others wait and are told so by ``say``.

    ``make``: an index that is not there is made. What a killed writer left is swept away. The
    lock goes with the process, however it ends.
    """
    import fcntl

    if make:
        _prepare(folder)
    else:
        load(folder)
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise AuditError(f"{folder}: the index cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"{folder}: another process is writing to the index; waiting for it to finish")
            fcntl.flock(handle, fcntl.LOCK_EX)
        if make and not (folder / MANIFEST).exists():
            if any(name.endswith(".segment") for name in os.listdir(folder)):
                raise DamagedError(folder, "its manifest is gone")
            save(folder, Manifest(fingerprint=scheme()))
        manifest = load(folder)
        if manifest.fingerprint != scheme():
            raise AuditError(f"{folder}: {OTHER}")
        sweep(folder, manifest)
        yield manifest
    except OSError as error:
        raise AuditError(f"{folder}: the index cannot be written: {error.strerror}") from error
    finally:
        os.close(handle)


OTHER = (
    "this version of source-audit makes other fingerprints than those in the index: use the"
    " version that made it, or add the documents anew"
)


def _prepare(folder: Path) -> None:
    """The folder of an index, made where it is missing; AuditError where it is something else."""
    try:
        folder.mkdir(exist_ok=True)
        names = os.listdir(folder)
    except FileNotFoundError as error:
        raise AuditError(f"{folder}: its folder does not exist") from error
    except OSError as error:
        raise AuditError(f"{folder}: the index cannot be made: {error.strerror}") from error
    if MANIFEST not in names and not all(name == LOCK or _OURS.fullmatch(name) for name in names):
        raise AuditError(f"{folder}: a folder with other files in it, and no index: name another")


def sweep(folder: Path, manifest: Manifest) -> None:
    """Take away the files of earlier states, and what killed writers left."""
    named = {part.file for part in manifest.parts} | {part.removed_file for part in manifest.parts}
    for name in os.listdir(folder):
        if _OURS.fullmatch(name) and name not in named:
            (folder / name).unlink(missing_ok=True)
