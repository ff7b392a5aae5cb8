"""From files to batches of bytes: bounded by rows and by size, however large the files are.

This runs where the audit was started; what is made of the bytes is ``extract``'s matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import polars as pl

from audit import frames
from audit.model import AuditError
from audit.reading import containers, fields, streams
from audit.reading.inputs import CONTAINERS, File, Found

ROWS = 256
BYTES = 8 << 20
LIMIT = 32 << 20

_Record = tuple[str, int, str, int | None, str, bytes | None, str | None, str | None, str]


def batches(
    found: Found,
    *,
    mapping: fields.Mapping = (),
    rows: int = ROWS,
    size: int = BYTES,
    limit: int = LIMIT,
) -> Iterator[pl.DataFrame]:
    """The inputs as frames of schema ``frames.RAW``, in reading order.

    ``mapping`` holds pairs of a document's field and the name it has in the input. A batch
    has at most ``rows`` rows and, but for its last row, ``size`` bytes; one document may
    have ``limit`` bytes. What cannot be read is a row with ``failed`` set. Raises AuditError
    at once, before the first batch, where a name of ``mapping`` is in none of the inputs.
    """
    wanted = fields.checked(mapping)
    _seen(found, wanted)
    return _batches(found, wanted, rows, size, limit)


def _seen(found: Found, wanted: dict[str, list[str]]) -> None:
    """Whether every name that was given is a column somewhere."""
    missing = {(field, name) for field, names in wanted.items() for name in names}
    seen: dict[str, None] = {}
    for file in found.files:
        if not missing:
            return
        if file.format in CONTAINERS:
            try:
                names = containers.columns(file)
            except streams.Broken:
                continue
            seen.update(dict.fromkeys(names))
            missing = {pair for pair in missing if pair[1] not in seen}
    if missing:
        field, name = min(missing)
        has = f"the fields are {', '.join(seen)}" if seen else "no input has named fields"
        raise AuditError(f"--field {field}={name}: no input has a field {name}; {has}")


def _batches(
    found: Found, wanted: dict[str, list[str]], rows: int, size: int, limit: int
) -> Iterator[pl.DataFrame]:
    held: list[_Record] = []
    weight = 0
    for number, file in enumerate(found.files):
        for record in _records(number, file, wanted, limit):
            content = record[5]
            weight += len(content or b"")
            held.append(record)
            if len(held) >= rows or weight >= size:
                yield _frame(held)
                held, weight = [], 0
    if held:
        yield _frame(held)


def _frame(held: list[_Record]) -> pl.DataFrame:
    return pl.DataFrame(held, schema=frames.RAW, orient="row")


def _records(
    number: int, file: File, wanted: dict[str, list[str]], limit: int
) -> Iterator[_Record]:
    """The rows of one file; a last one of scope ``file`` where it fails as a whole or breaks."""
    metadata = json.dumps(file.metadata, sort_keys=True) if file.metadata else None
    at = 0
    try:
        if file.format not in CONTAINERS:
            content = streams.content(file, limit)
            key = _key(number, 0)
            yield key, number, file.origin, None, file.format, content, metadata, None, "document"
            return
        names = containers.columns(file)
        if names and not fields.text_fields(names, wanted):
            raise streams.Broken(
                f"no field holds a text; the fields are {', '.join(names[:40])}:"
                " name it with --field text=NAME"
            )
        for at, record, reason in containers.rows(file, wanted, limit):
            key = _key(number, at)
            yield key, number, file.origin, at, "record", record, metadata, reason, "document"
    except streams.Broken as broken:
        key = _key(number, at + 1) + "!"
        reason = str(broken)
        if at:
            reason = f"after row {at}: {reason}"
        yield key, number, file.origin, None, file.format, None, metadata, reason, "file"


def _key(file: int, row: int) -> str:
    return f"{file:07d}/{row:010d}"
