"""Which field of a record holds what: the names publishers and crawlers use, and ``--field``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from audit.model import AuditError

Mapping = Sequence[tuple[str, str]]

# Fields of a document -> names they go by, most telling first; compared without case,
# underscores, hyphens and spaces.
NAMES: dict[str, list[str]] = {
    "text": (
        "text body content articlebody article fulltext maintext articletext bodytext plaintext"
        " contenttext cleantext rawtext story"
    ).split(),
    "html": "html rawhtml contenthtml bodyhtml htmlcontent page".split(),
    "title": "title headline ogtitle articletitle heading".split(),
    "url": "url link canonical canonicalurl articleurl webpage weburl permalink uri".split(),
    "source": (
        "source sourcename sourcedomain publisher outlet site sitename domain newspaper medium"
        " publication hostname"
    ).split(),
    "published": (
        "published publishedat datepublished publishdate publicationdate pubdate publisheddate"
        " publisheddatetime date datetime createdat timestamp"
    ).split(),
    "modified": "modified updated updatedat datemodified lastmodified modifieddate".split(),
    "author": "author authors byline creator writer".split(),
    "id": "id guid uid uuid docid documentid articleid".split(),
    "language": "language lang locale langcode languagecode".split(),
}
_PLAIN = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    return _PLAIN.sub("", name.lower())


_KNOWN = {name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)}


def checked(mapping: Mapping) -> dict[str, list[str]]:
    """Field -> names given for it with ``--field``; AuditError for a field that does not exist."""
    chosen: dict[str, list[str]] = {}
    for field, name in mapping:
        if field not in NAMES:
            raise AuditError(
                f"--field {field}={name}: a document has no field {field};"
                f" there are {', '.join(NAMES)}"
            )
        if not name:
            raise AuditError(f"--field {field}=: name the input's field that holds the {field}")
        chosen.setdefault(field, []).append(name)
    return chosen


def match(columns: Iterable[str], mapping: dict[str, list[str]]) -> dict[str, list[str]]:
    """Field -> the columns that hold it, best first: those named, then those that are known."""
    columns = list(columns)
    found: dict[str, list[str]] = {}
    known = []
    for column in columns:
        field, rank = _KNOWN.get(plain(column), ("", 0))
        if field:
            known.append((rank, column, field))
    for field, names in mapping.items():
        found[field] = [name for name in names if name in columns]
    taken = {column for columns_ in found.values() for column in columns_}
    for _, column, field in sorted(known):
        if column not in taken:
            found.setdefault(field, []).append(column)
    return {field: names for field, names in found.items() if names}


def text_fields(columns: Iterable[str], mapping: dict[str, list[str]] | None = None) -> list[str]:
    """The columns that may hold the text or the page of a document."""
    found = match(columns, mapping or {})
    return [*found.get("text", []), *found.get("html", [])]


def kept(columns: Iterable[str], mapping: dict[str, list[str]]) -> list[str]:
    """The columns that hold any field of a document, in their own order."""
    columns = list(columns)
    used = {column for names in match(columns, mapping).values() for column in names}
    return [column for column in columns if column in used]


def delimiter(content: str) -> str:
    """What parts the columns of a CSV: the sign that parts its first line most often."""
    first = content.split("\n", 1)[0]
    return max(",;\t|", key=lambda sign: (first.count(sign), sign == ","))


def string(value: Any) -> str | None:
    """A short field as one line: lists joined, a record by its name; None where it says nothing."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float):
        return str(value) if value == value else None
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(s for s in map(string, value) if s) or None
    if isinstance(value, dict):
        return next(
            (s for key in ("name", "title", "value") if (s := string(value.get(key)))), None
        )
    return None
