"""Which files there are: folders, globs, single files and standard input, and what is left out.

Nothing is dropped in silence. ``found = files + skipped + errors``, and each entry says why.
Absolute paths stay in ``File.path``; every name that is shown is relative to its INPUT.
"""

from __future__ import annotations

import glob
import itertools
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from audit.model import AuditError, InputError
from audit.reading import manifest as manifests

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
CONTAINERS = ("jsonl", "json", "csv", "parquet")
_NOTES = ("readme", "license", "licence", "copying", "changelog")


@dataclass(frozen=True)
class File:
    """One file to read. ``stream`` is set for standard input, which has no path."""

    path: Path
    origin: str
    format: str
    packed: bool = False
    metadata: dict[str, str] | None = None
    stream: BinaryIO | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Found:
    """What the inputs hold: files to read, in order of origin, and files that are not read."""

    files: tuple[File, ...]
    skipped: tuple[InputError, ...]
    errors: tuple[InputError, ...]


@dataclass(frozen=True)
class _Candidate:
    path: Path
    origin: str
    named: bool  # named by the user, not met in a folder


def find(inputs: Sequence[str], *, manifest: str | None = None, format: str | None = None) -> Found:
    """The files of folders (recursive, sorted), globs, file names and ``-``.

    ``manifest`` is a CSV with a ``path`` column (relative to itself) and any of source, url,
    title, published, author; one that lies in a folder is recognised by itself. ``format``
    (a name in FORMATS without its dot) overrides file endings. Hidden files, unknown types,
    notes such as README, manifests and second mentions of one file are skipped with a reason;
    what is missing or cannot be looked at is an error. Raises AuditError where nothing is
    named or the manifest or format given is none.
    """
    if not inputs:
        raise AuditError("no input: name files, folders, globs or - for standard input")
    forced = _format(format)
    skipped: list[InputError] = []
    errors: list[InputError] = []
    candidates: list[_Candidate] = []
    streams: list[File] = []
    for given in dict.fromkeys(inputs):
        if given == "-":
            streams.append(_stdin(forced))
        else:
            candidates.extend(_expand(given, skipped, errors))
    described: dict[str, dict[str, str]] = {}
    listings: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.origin, str(c.path))):
        if forced is None and manifests.recognised(candidate.path):
            listing = _listing(candidate, listings, errors)
            if listing is None:
                continue
            described.update(listing)
            skipped.append(_entry(candidate.origin, "a manifest: it describes the files beside it"))
        else:
            listings.append(candidate)
    if manifest is not None:
        described.update(manifests.read(Path(manifest), errors))
    files = [
        replace(file, metadata=described.get(os.path.realpath(file.path)))
        for file in _files(listings, forced, skipped, errors)
    ]
    files = sorted([*files, *streams], key=lambda f: (f.origin, str(f.path)))
    return Found(tuple(files), tuple(_sorted(skipped)), tuple(_sorted(errors)))


def shown(path: str | os.PathLike[str]) -> str:
    """A name that can be shown: forward slashes, and bytes that are no UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")


def _entry(name: str, reason: str) -> InputError:
    return InputError(input=name, reason=reason, kind="file")


def _sorted(entries: list[InputError]) -> list[InputError]:
    return sorted(entries, key=lambda e: (e.input, e.reason))


def _format(name: str | None) -> str | None:
    if name is None:
        return None
    chosen = FORMATS.get("." + name.lstrip(".").lower(), name)
    if chosen not in FORMATS.values():
        known = ", ".join(ending[1:] for ending in FORMATS)
        raise AuditError(f"--format {name}: no such format; there are {known}")
    return chosen


def _stdin(forced: str | None) -> File:
    """Standard input, copied to a temporary file that vanishes when it is closed."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115
    shutil.copyfileobj(sys.stdin.buffer, spool, 1 << 20)
    spool.seek(0)
    head = spool.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    spool.seek(0)
    guess = "text"
    if head[:1] == b"{":
        guess = "jsonl"
    elif head[:1] == b"[":
        guess = "json"
    elif head[:4] == b"PAR1":
        guess = "parquet"
    elif head[:14].lower().startswith((b"<!doctype html", b"<html")):
        guess = "html"
    return File(Path("-"), "stdin", forced or guess, head[:2] == b"\x1f\x8b", stream=spool)


def _expand(
    given: str, skipped: list[InputError], errors: list[InputError]
) -> Iterator[_Candidate]:
    """The files that one INPUT stands for."""
    path = Path(given)
    if re.match(r"[a-z][a-z0-9+.-]+://", given):
        errors.append(_entry(given, "addresses are not fetched: save the page and name its file"))
    elif os.path.isdir(path):
        yield from _walk(path, path, skipped, errors)
    elif os.path.lexists(path):
        yield _Candidate(path, shown(path.name), named=True)
    elif glob.has_magic(given):
        matched = sorted(glob.glob(given, recursive=True))
        if not matched:
            errors.append(_entry(_relative(given), "the pattern matches no file"))
        base = _fixed(given)
        for match in map(Path, matched):
            if os.path.isdir(match):
                if "**" not in given:  # ** lists what is below by itself
                    yield from _walk(match, base, skipped, errors)
            else:
                yield _Candidate(match, shown(os.path.relpath(match, base)), named=False)
    else:
        errors.append(_entry(_relative(given), "no such file or folder"))


def _relative(given: str) -> str:
    """An INPUT as it may be shown: an absolute one by its last part."""
    return shown(Path(given).name or given) if os.path.isabs(given) else shown(given)


def _fixed(pattern: str) -> Path:
    """The folder of a glob before its first wildcard."""
    fixed = itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    return Path(*fixed)


def _walk(
    folder: Path, base: Path, skipped: list[InputError], errors: list[InputError]
) -> Iterator[_Candidate]:
    """Every file below a folder, in order of name; links are followed, each folder once."""
    seen: set[str] = set()

    def refused(error: OSError) -> None:
        name = shown(os.path.relpath(error.filename or folder, base))
        errors.append(_entry(name, f"the folder cannot be listed: {error.strerror or error}"))

    for root, folders, names in os.walk(folder, followlinks=True, onerror=refused):
        here = os.path.realpath(root)
        if here in seen:
            skipped.append(_entry(_below(root, base), "a link to a folder that was read already"))
            folders[:] = []
            continue
        seen.add(here)
        for name in sorted(n for n in folders if n.startswith(".")):
            skipped.append(_entry(_below(Path(root, name), base), "a hidden folder"))
        folders[:] = sorted(n for n in folders if not n.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith("."):
                skipped.append(_entry(_below(path, base), "a hidden file"))
            else:
                yield _Candidate(path, _below(path, base), named=False)


def _below(path: str | os.PathLike[str], base: Path) -> str:
    return shown(os.path.relpath(path, base))


def _listing(
    candidate: _Candidate, listings: list[_Candidate], errors: list[InputError]
) -> dict[str, dict[str, str]] | None:
    """What a manifest says, None where it cannot be read.

    One that is named itself also brings in the files it lists.
    """
    try:
        described = manifests.read(candidate.path, errors, shown_as=candidate.origin)
    except AuditError as error:
        errors.append(_entry(candidate.origin, str(error)))
        return None
    if candidate.named:
        root = os.path.realpath(candidate.path.parent)
        for path in described:
            listings.append(_Candidate(Path(path), _below(path, Path(root)), named=True))
    return described


def _files(
    candidates: list[_Candidate],
    forced: str | None,
    skipped: list[InputError],
    errors: list[InputError],
) -> Iterator[File]:
    """The candidates that can be read, each once."""
    taken: dict[str, str] = {}
    # One file met twice keeps its longest name (with its folders), whatever the order.
    for candidate in sorted(candidates, key=lambda c: (-c.origin.count("/"), c.origin)):
        real = os.path.realpath(candidate.path)
        if real in taken:
            reason = f"the same file as {taken[real]}, read once"
            skipped.append(_entry(candidate.origin, reason))
            continue
        try:
            mode = os.stat(candidate.path)
        except OSError as error:
            reason = f"it cannot be looked at: {error.strerror or error}"
            errors.append(_entry(candidate.origin, reason))
            continue
        if not stat.S_ISREG(mode.st_mode):
            skipped.append(_entry(candidate.origin, "not a regular file"))
            continue
        stem, ending = os.path.splitext(candidate.path.name.lower())
        packed = ending == ".gz"
        if packed:
            stem, ending = os.path.splitext(stem)
        kind = forced or FORMATS.get(ending)
        if kind is None and candidate.named:
            kind = "text"
        if kind is None:
            about = f"the type {ending}" if ending else "a file without an ending"
            skipped.append(_entry(candidate.origin, f"{about} is not read"))
        elif not candidate.named and stem.startswith(_NOTES):
            skipped.append(_entry(candidate.origin, "a note about the files, no article"))
        elif mode.st_size == 0 and kind in CONTAINERS:
            skipped.append(_entry(candidate.origin, "empty"))
        else:
            taken[real] = candidate.origin
            yield File(candidate.path, candidate.origin, kind, packed)
