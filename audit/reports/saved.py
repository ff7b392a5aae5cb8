"""Reading a report that was saved earlier, by this version or an older one."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from audit.model import SCHEMA_VERSION, AuditError, Report


def load(file: str) -> Report:
    """The report in a file, or on stdin for ``-``; raises AuditError where it is none."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise AuditError(f"{file}: {error.strerror or error}") from error
    try:
        version = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("schema_version")
        number = str(msgspec.json.decode(version)) if version is not None else "0"
        if number.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise AuditError(
                f"{file}: a report of version {number}; this tool reads version {SCHEMA_VERSION}"
            )
        return msgspec.json.decode(content, type=Report)
    except msgspec.DecodeError as error:
        raise AuditError(f"{file}: not a report of source-audit: {error}") from error
