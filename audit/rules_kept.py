"""The rules as they were read last, kept on disk: reading and checking them takes most of a second.

They are kept under a checksum of every byte they are made from, the code that reads them with it,
beside the compiled code or in the user's cache. Where neither can be written to, or what is kept
cannot be used, they are read anew; the rules are the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import msgspec

Kept = TypeVar("Kept", bound=msgspec.Struct)
MOST = 8  # states of the rules that are kept
_HERE = Path(__file__).parent
_CODE = ("rules.py", "overrides.py", "rules_kept.py")  # what reads them


def kept(kind: type[Kept], roots: Iterable[Path], make: Callable[[], Kept]) -> Kept:
    """What ``make`` gives for the TOML files of some folders in their order, or gave before."""
    try:
        name = f"rules-{_checksum(roots)}.msgpack"
    except OSError:
        return make()
    for place in _places():
        try:
            return msgspec.msgpack.decode((place / name).read_bytes(), type=kind)
        except (OSError, msgspec.MsgspecError):
            continue
    made = make()
    try:
        content = msgspec.msgpack.encode(made)
        same = msgspec.msgpack.decode(content, type=kind) == made
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        return made
    for place in _places() if same else ():  # a date in a file, say, would come back as a string
        if _written(place, name, content):
            break
    return made


def _checksum(roots: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for path in (_HERE / name for name in _CODE):
        told.update(path.read_bytes())
    for root in roots:
        told.update(b"\0root")
        for path in sorted(root.rglob("*.toml")):
            content = path.read_bytes()
            told.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode("utf-8", "replace"))
            told.update(content)
    return told.hexdigest()[:24]


def _places() -> list[Path]:
    """Where compiled code is kept too: where numba is told to, else here, else the user's cache."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return [Path(given)]
    own = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return [_HERE / "__pycache__", Path(own, "source-audit")]


def _written(place: Path, name: str, content: bytes) -> bool:
    try:
        place.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place, prefix="rules-", delete=False) as beside:
            beside.write(content)
        os.replace(beside.name, place / name)
        older = sorted(place.glob("rules-*.msgpack"), key=lambda path: path.stat().st_mtime)
        for path in older[:-MOST]:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
