"""The options that several commands have, declared once for typer, and what they are read as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", help="Map a field of the input, as in text=body (repeatable)."),
]
Manifest = Annotated[
    str | None, typer.Option(help="CSV of path, source, url, title, published, author.")
]
Jobs = Annotated[int, typer.Option(min=0, help="Worker processes; 0: one a core.")]


def mapped(fields: Sequence[str] | None) -> dict[str, str]:
    """``FIELD=NAME`` as field -> name; raises AuditError where one is written otherwise."""
    from audit.model import AuditError

    found: dict[str, str] = {}
    for field in fields or ():
        name, equals, column = field.partition("=")
        if not (name and equals and column):
            raise AuditError(f"--field {field}: write FIELD=NAME, as in text=body")
        found[name] = column
    return found
