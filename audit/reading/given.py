"""Documents given in memory, by a program: strings, or dicts with a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from audit.model import AuditError
from audit.reading import extract, fields, identity


def from_dicts(items: Sequence[Any], *, mapping: fields.Mapping = ()) -> pl.DataFrame:
    """Documents as ``frames.DOCS`` in the order given, with their final ids.

    An item is a text, or a dict with ``text`` and any of id, title, url, published, source,
    author, language (by any name that records go by, see ``fields.NAMES``). One without an id
    is ``#1``, ``#2`` ... by its place. Raises AuditError where an item is neither, has no text, or
    a field of a wrong type.
    """
    if isinstance(items, str | bytes | Mapping) or not isinstance(items, Sequence):
        raise AuditError("documents are given as a list of texts or dicts")
    wanted = fields.checked(mapping)
    rows = []
    for number, item in enumerate(items, 1):
        given = {"text": item} if isinstance(item, str) else item
        if not isinstance(given, Mapping):
            raise AuditError(
                f"document {number} is a {extract.kind_of(item)}, not a text or a dict with a text"
            )
        _typed(number, given)
        draft = extract.Draft()
        extract.from_record(draft, given, wanted)
        if draft.failed:
            raise AuditError(f"document {number}: {draft.failed}")
        if "source" not in draft.values and "url" in draft.values:
            draft.put("source", identity.domain(draft.values["url"]), "domain of the address", 0.9)
        row = {"key": f"{0:07d}/{number:010d}", "file": 0, "origin": "", "row": number}
        rows.append((row, draft))
    docs = extract.framed(rows)
    return identity.rename(docs, identity.identify(extract.index(docs)))


def _typed(number: int, given: Mapping[Any, Any]) -> None:
    """Refuses field names and short fields of types that say nothing."""
    for name, value in given.items():
        if not isinstance(name, str):
            raise AuditError(f"document {number} has a field named {name!r}: names are strings")
        if name in fields.NAMES and name not in ("text", "html"):
            plain = value is None or (isinstance(value, str | int) and not isinstance(value, bool))
            if not plain and fields.string(value) is None:
                raise AuditError(
                    f"document {number}: the field {name} holds a {extract.kind_of(value)},"
                    " not a string"
                )
