"""From bytes to documents: text, title, dates and the rest, each with where it came from.

Pure: it sees a frame of ``frames.RAW`` and gives one of ``frames.DOCS``, and runs in workers.
Nothing raises for what an input holds; a row that cannot be read says so in ``failed``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import polars as pl

from audit import frames
from audit.reading import days, encoding, fields, identity, page

_FIELDS = ("source", "url", "title", "author", "published", "modified", "declared", "text")
_Origin = dict[str, Any]


class Draft:
    """A document while its fields are gathered: the first value that is given stays."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.origins: list[_Origin] = []
        self.own: str | None = None
        self.failed: str | None = None
        self.skipped: str | None = None
        self.scope = "document"
        self.site: tuple[str, str, float] | None = None  # the name a page gives its site

    def put(self, name: str, value: str | None, origin: str, confidence: float) -> None:
        if value and name not in self.values:
            self.values[name] = encoding.whole(value)
            self.note(name, origin, confidence)

    def note(self, name: str, origin: str, confidence: float) -> None:
        origin = encoding.whole(origin)
        self.origins.append({"field": name, "origin": origin, "confidence": confidence})

    def put_date(self, name: str, value: str | None, origin: str, confidence: float) -> None:
        if not value or name in self.values:
            return
        found, how, sure = days.normal(value)
        if found:
            self.put(name, found, f"{origin}: {how}", round(confidence * sure, 4))
        else:
            self.note(name, f"{origin}: {how}", 0.0)


def extract(raw: pl.DataFrame, *, mapping: fields.Mapping = ()) -> pl.DataFrame:
    """The documents of a batch, as ``frames.DOCS``; ids may repeat until ``identity.rename``.

    ``mapping`` as in ``batches``.
    """
    wanted = fields.checked(mapping)
    return framed([(row, _draft(row, wanted)) for row in raw.iter_rows(named=True)])


def lost(raw: pl.DataFrame, *, reason: str) -> pl.DataFrame:
    """The documents of a batch that could not be extracted at all, each failed for ``reason``."""
    return extract(raw.with_columns(pl.coalesce("failed", pl.lit(reason)).alias("failed")))


def index(docs: pl.DataFrame) -> pl.DataFrame:
    """What is kept of each document to give ids and to count: ``frames.INDEX``."""
    return frames.conform(docs, frames.INDEX)


def framed(drafts: Sequence[tuple[dict[str, Any], Draft]]) -> pl.DataFrame:
    """``frames.DOCS`` from drafts and the RAW row (key, file, origin, row) of each."""
    rows = []
    for row, draft in drafts:
        values = draft.values
        number = row["row"]
        own = draft.own or (row["origin"] if number is None else f"{row['origin']}#{number}")
        content = [own, *(values.get(name) for name in _FIELDS), draft.failed, draft.skipped]
        digest = hashlib.blake2b(msgspec.json.encode(content), digest_size=16).hexdigest()
        rows.append(
            {
                **{name: values.get(name) for name in _FIELDS},
                "id": own,
                "origins": draft.origins,
                "findings": [],
                "skipped": draft.skipped,
                "failed": draft.failed,
                **{name: row[name] for name in ("key", "file", "origin", "row")},
                "scope": draft.scope,
                "digest": digest,
            }
        )
    return pl.DataFrame(rows, schema=frames.DOCS) if rows else frames.empty(frames.DOCS)


def _draft(row: dict[str, Any], wanted: dict[str, list[str]]) -> Draft:
    draft = Draft()
    manifest: dict[str, str] = json.loads(row["manifest"]) if row["manifest"] else {}
    single = row["row"] is None
    named = fields.match(manifest, {})
    for name in ("source", "language", *(("title", "url", "author", "id") if single else ())):
        for column in named.get(name, []):
            _take(draft, name, manifest[column], "manifest", 1.0)
    if single:
        for name in ("published", "modified"):
            for column in named.get(name, []):
                draft.put_date(name, manifest[column], "manifest", 1.0)
    if row["failed"] is not None:
        draft.failed, draft.scope = row["failed"], row["scope"]
    elif row["kind"] == "record":
        _line(draft, row["content"], wanted)
    else:
        _file(draft, row["content"], row["kind"])
    if "source" not in draft.values:
        if found := identity.domain(draft.values.get("url", "")):
            draft.put("source", found, "domain of the address", 0.9)
        elif draft.site:
            draft.put("source", *draft.site)
        else:
            draft.put("source", *identity.place(row["origin"]), 0.6)
    return draft


def _take(draft: Draft, name: str, value: str | None, origin: str, confidence: float) -> None:
    if name == "id":
        draft.own = draft.own or (encoding.whole(value) if value else None)
    elif name == "language":
        draft.put("declared", value, origin, confidence)
    else:
        draft.put(name, value, origin, confidence)


def _file(draft: Draft, content: bytes, kind: str) -> None:
    """A file that is one document."""
    if not content.strip():
        draft.skipped = "empty"
        draft.values["text"] = ""
        return
    what = encoding.binary(content)
    if what:
        draft.failed, draft.scope = f"it is {what}, not text", "file"
        return
    decoded = encoding.decode(content, declares=kind == "html")
    if kind == "html":
        _page(draft, decoded.text, decoded.origin, decoded.confidence)
        return
    text = encoding.whole(decoded.text)
    if kind == "markdown":
        text = _front(draft, text)
    draft.put("text", text, f"the file; {decoded.origin}", decoded.confidence)
    draft.values.setdefault("text", text)
    if not text.strip():
        draft.skipped = "empty"
    _headline(draft, text, kind)


def _page(draft: Draft, source: str, origin: str, confidence: float) -> None:
    found = page.read(source)
    for name, (value, where, sure) in found.stated.items():
        if name in ("published", "modified"):
            draft.put_date(name, value, where, sure)
        elif name == "source":
            draft.site = (value, where, 0.7)
        else:
            _take(draft, name, value, where, sure)
    sure = round(found.confidence * confidence, 4)
    draft.put("text", found.text, f"{found.origin}; {origin}", sure)
    if "text" not in draft.values:
        draft.values["text"] = ""
        draft.skipped = "the page holds no article"


def _line(draft: Draft, content: bytes, wanted: dict[str, list[str]]) -> None:
    """One line or element: a JSON object, or a string that is the text."""
    decoded = encoding.decode(content.strip())
    try:
        record = msgspec.json.decode(decoded.text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        try:
            record = json.loads(decoded.text)  # knows lone surrogates and NaN
        except (ValueError, RecursionError) as error:
            what = encoding.binary(content)
            reason = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
            draft.failed = f"it is {what or 'no valid JSON: ' + reason}"
            return
    if isinstance(record, str):
        record = {"text": record}
    if not isinstance(record, dict):
        draft.failed = f"it is a {kind_of(record)}, not an object with fields"
        return
    from_record(draft, record, wanted, decoded.origin, decoded.confidence)


def from_record(
    draft: Draft,
    record: Mapping[str, Any],
    wanted: dict[str, list[str]],
    coding: str = "utf-8",
    sure: float = 1.0,
) -> None:
    named = fields.match(record, wanted)
    texts = named.get("text", [])
    given = next((c for c in texts if record[c] not in (None, "", [])), None)
    pages = [c for c in named.get("html", []) if isinstance(record[c], str) and record[c].strip()]
    suffix = "" if coding == "utf-8" else f"; {coding}"
    for name in ("source", "title", "url", "author", "id", "language"):
        for column in named.get(name, []):
            value = fields.string(record[column])
            exact = 1.0 if column in (name, *wanted.get(name, [])) else 0.9
            _take(draft, name, value, f"field {column}{suffix}", round(exact * sure, 4))
    for name in ("published", "modified"):
        for column in named.get(name, []):
            draft.put_date(name, fields.string(record[column]), f"field {column}", sure)
    if given is not None:
        value = record[given]
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if not isinstance(value, str):
            draft.failed = f"the field {encoding.whole(given)} holds a {kind_of(value)}, not a text"
            return
        text = encoding.whole(value).removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        draft.put("text", text, f"field {given}{suffix}", sure)
        draft.values.setdefault("text", "")
        if not text.strip():
            draft.skipped = "empty"
    elif pages:
        _page(draft, encoding.whole(record[pages[0]]), f"field {pages[0]}{suffix}", sure)
    elif texts or named.get("html"):
        draft.values["text"] = ""
        draft.skipped = "empty"
    else:
        seen = encoding.whole(", ".join(str(name) for name in list(record)[:40]))
        told = f"the fields are {seen}" if seen else "it has no fields"
        draft.failed = f"no field holds a text; {told}"


def kind_of(value: Any) -> str:
    kinds = {dict: "record", list: "list", bool: "truth value", int: "number", float: "number"}
    return "null" if value is None else kinds.get(type(value), type(value).__name__)


_MATTER = re.compile(r"---[ \t]*\n((?:[^\n]{0,2000}\n){0,60}?)---[ \t]*(?:\n|$)")
_ENTRY = re.compile(r"^([A-Za-z][\w -]{0,40}):[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def _front(draft: Draft, text: str) -> str:
    """The text below the front matter, whose entries are fields like those of a record."""
    found = _MATTER.match(text)
    entries = {k: v.strip("\"'") for k, v in _ENTRY.findall(found[1])} if found else {}
    if not found or not entries:
        return text
    named = fields.match(entries, {})
    for name in ("source", "title", "url", "author", "id", "language"):
        for column in named.get(name, []):
            _take(draft, name, entries[column], f"front matter, {column}", 0.95)
    for name in ("published", "modified"):
        for column in named.get(name, []):
            draft.put_date(name, entries[column], f"front matter, {column}", 0.95)
    return text[found.end() :].lstrip("\n")


def _headline(draft: Draft, text: str, kind: str) -> None:
    """The first line as the title, where it looks like one; the text keeps it."""
    first = re.match(r"\s*([^\n]{3,200})(?:\n|$)", text)
    if not first:
        return
    line = first[1].strip()
    if kind == "markdown" and (heading := re.match(r"#{1,3}[ \t]+(.+?)[ \t#]*$", line)):
        draft.put("title", heading[1], "first heading", 0.9)
        return
    rest = text[first.end() :].lstrip("\n")
    if (
        len(line) <= 150
        and 2 <= len(line.split()) <= 25
        and line[-1] not in ".,;:"
        and line[0] not in "-–—*>|#•"
        and rest.strip()
        and (text[first.end() : first.end() + 1] == "\n" or len(rest.split("\n", 1)[0]) > 80)
    ):
        draft.put("title", line, "first line", 0.5)
