"""What a manifest says of the files it lists: a CSV with the columns path, source, url and so on.

A CSV is a manifest where it has a ``path`` column that names existing files relative to itself,
and no column that could hold a text.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from audit.model import AuditError, InputError
from audit.reading import encoding, fields

_HEAD = 1 << 16
_LARGEST = 256 << 20


def recognised(path: Path) -> bool:
    """Whether a file is a manifest; what cannot be read is none."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with open(path, "rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    lines = encoding.decode(head).text.splitlines()
    if len(lines) < 2 or "path" not in lines[0].lower():
        return False
    rows = list(_rows("\n".join(lines[:-1] if len(head) == _HEAD else lines)))
    columns = list(rows[0]) if rows else []
    if not rows or "path" not in columns or fields.text_fields(columns):
        return False
    return path.name.lower().startswith("manifest") or any(
        (path.parent / row["path"]).is_file() for row in rows[:20] if row["path"]
    )


def read(
    path: Path, errors: list[InputError], *, shown_as: str | None = None
) -> dict[str, dict[str, str]]:
    """What a manifest says, by the real path of each file. Listed files that are not there, or
    lie outside its folder, are added to ``errors``. Raises AuditError where it is no manifest."""
    name = shown_as or path.name
    try:
        if path.stat().st_size > _LARGEST:
            raise AuditError(f"{name}: a manifest of over {_LARGEST >> 20} MB is not read")
        content = encoding.decode(path.read_bytes()).text
    except OSError as error:
        raise AuditError(f"{name}: the manifest cannot be read: {error.strerror}") from error
    rows = list(_rows(content))
    if not rows or "path" not in rows[0]:
        seen = (", ".join(rows[0]) if rows else "") or "no row"
        raise AuditError(f"{name}: a manifest needs a column named path; it has {seen}")
    folder = os.path.realpath(path.parent)
    described: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 2):
        listed = row.pop("path", "")
        if not listed:
            continue
        if "\x00" in listed:
            errors.append(InputError(input=name, reason=f"row {number} lists no file's name"))
            continue
        real = os.path.realpath(os.path.join(folder, listed))
        if os.path.isabs(listed) or os.path.commonpath([real, folder]) != folder:
            reason = f"row {number} lists a file outside the manifest's folder"
            errors.append(InputError(input=name, reason=reason))
        elif not os.path.isfile(real):
            reason = f"{name} lists it, but there is no such file"
            errors.append(InputError(input=listed, reason=reason))
        else:
            described[real] = {key: value for key, value in row.items() if value}
    return described


def _rows(content: str) -> list[dict[str, str]]:
    """The rows of a CSV, with trimmed lower-case column names."""
    reader = csv.DictReader(io.StringIO(content), delimiter=fields.delimiter(content))
    reader.fieldnames = [str(name).strip().lower() for name in reader.fieldnames or []]
    try:
        return [
            {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and k}
            for row in reader
            if not isinstance(row, list)
        ]
    except csv.Error:
        return []
