"""The schemas of the frames that pass between stages, and what every column means.

Only types that Arrow and Spark share are used: strings, 64-bit integers, floats, booleans,
binary, lists and structs. A stage ends in ``conform``, so a frame that does not fit its
schema fails where it was made. Nested columns follow the public records, field for field.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any

import msgspec
import polars as pl

from audit import model

_ENCODER = msgspec.json.Encoder()
_PLAIN = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    bytes: pl.Binary(),
}


def dtype_of(annotation: Any) -> pl.DataType:
    """The column type that holds values of a record's annotation.

    ``X | None`` is X (every column is nullable), a Literal is a string, and a ``dict`` whose
    keys differ from row to row is a string of JSON.
    """
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return dtype_of(next(a for a in args if a is not type(None)))
    if origin is typing.Literal:
        return _PLAIN[type(args[0])]
    if origin is dict:
        return pl.String()
    if origin is list:
        return pl.List(dtype_of(args[0]))
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return pl.Struct(fields_of(annotation))
    raise TypeError(f"no column type for {annotation!r}")


def fields_of(record: type[msgspec.Struct]) -> dict[str, pl.DataType]:
    """The schema whose columns are the fields of a record."""
    return {f.encode_name: dtype_of(f.type) for f in msgspec.structs.fields(record)}


def conform(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The frame with exactly the schema's columns, in its order and types.

    Raises ``polars`` errors where a column is missing or cannot be cast: a fault of ours.
    """
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def column(values: Iterable[Any], dtype: pl.DataType) -> pl.Series:
    """A nested column from records, or lists of records: several times faster than from dicts."""
    encoded = [None if v is None else _ENCODER.encode(v).decode() for v in values]
    return pl.Series(encoded, dtype=pl.String).str.json_decode(dtype)


def records(series: pl.Series, kind: Any) -> list[Any]:
    """The records of a nested column: ``records(frame["dates"], list[model.Timex])``."""
    return msgspec.convert(series.to_list(), list[kind | None])


def empty(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """A frame of no rows."""
    return pl.DataFrame(schema=schema)


# A field of a document, where it came from and how sure that is (0..1).
ORIGIN = pl.Struct({"field": pl.String(), "origin": pl.String(), "confidence": pl.Float64()})
FINDING = dtype_of(model.Finding)

# One row a document as found, before it is read: bytes, and where they come from.
RAW: dict[str, pl.DataType] = {
    "key": pl.String(),  # unique within the run; sorts in reading order; never shown
    "file": pl.Int64(),  # number of the file in reading.inputs.Found.files
    "origin": pl.String(),  # path relative to INPUT, with / on every system
    "row": pl.Int64(),  # line or row number from 1 in a file of many; null where a file is one
    "kind": pl.String(),  # text | markdown | html | record (a JSON object)
    "content": pl.Binary(),  # null where failed
    "manifest": pl.String(),  # JSON object: what the manifest says of the file; else null
    "failed": pl.String(),  # null, or why it could not be read, a sentence
    "scope": pl.String(),  # document | file: what failed
}

# One row a document, as read. Rows of scope "file" are no documents: they tell of a file
# that failed as a whole, or from here on.
DOCS: dict[str, pl.DataType] = {
    "id": pl.String(),  # unique within the run, once reading.identity.rename was applied
    "source": pl.String(),  # null where nothing tells
    "url": pl.String(),
    "title": pl.String(),
    "author": pl.String(),
    "published": pl.String(),  # as given, ISO 8601 where it could be read; else null
    "modified": pl.String(),  # when the page says it was changed, if it does
    "declared": pl.String(),  # the language the input declares, if it does
    "text": pl.String(),  # as kept: what all offsets count in
    "origins": pl.List(ORIGIN),  # for each field above that is not null
    "findings": pl.List(FINDING),  # what reading saw: replaced bytes, repeated ids
    "skipped": pl.String(),  # null, or why the document is not audited
    "failed": pl.String(),  # null, or why it could not be read
    "key": pl.String(),  # as in RAW
    "file": pl.Int64(),  # as in RAW
    "origin": pl.String(),  # as in RAW
    "row": pl.Int64(),  # as in RAW
    "scope": pl.String(),  # as in RAW
    "digest": pl.String(),  # of all fields as read: settles the order of documents of one id
}

# What a run keeps of every document: enough to give ids and to count what was found.
INDEX: dict[str, pl.DataType] = {
    name: DOCS[name]
    for name in ("key", "file", "origin", "row", "id", "digest", "scope", "skipped", "failed")
}

# One row a document, measured alone. Text stays in DOCS.
MEASURED: dict[str, pl.DataType] = {
    "id": pl.String(),
    "source": pl.String(),
    "words": pl.Int64(),
    "readability": pl.String(),  # JSON object: the measures differ by language
    "published": dtype_of(model.Published),
    "language": dtype_of(model.Language),
    "dates": dtype_of(list[model.Timex]),
    "quantities": dtype_of(list[model.Quantity]),
    "attributions": dtype_of(list[model.Attribution]),
    "claims": dtype_of(list[model.Claim]),
    "statements": pl.Binary(),  # names and claims as comparing needs them: facts/kept.py
    "findings": dtype_of(list[model.Finding]),
    "translation": dtype_of(model.Translation),
    "signals": pl.String(),  # JSON object: rates that scoring reads, by name
    "not_examined": pl.List(pl.String()),  # what cannot be done in this language
    "failed": pl.String(),  # null, or the reason our own code gave up on the document
}

# One row a document, from its text alone: what duplication keeps of it, some 2 kB.
FINGERPRINT: dict[str, pl.DataType] = {
    "digest": pl.Binary(),  # 16 bytes: equal where the folded words are equal
    "words": pl.Int64(),  # folded words; in scripts without spaces, characters
    "letters": pl.Int64(),  # folded letters and digits
    "shingles": pl.Int64(),  # word-5 shingles, repeats included
    "signature": pl.Binary(),  # MinHash of them: little-endian uint32 values of datasketch 2
    "level": pl.Int64(),  # features are n-grams whose hash begins with this many 0 bits
    "features": pl.List(pl.Int64()),  # sampled hashes of character n-grams, ascending, < 2**63
    "bands": pl.List(pl.Int64()),  # keys that copies are likely to share
    "short": pl.Boolean(),  # too short to be judged, unless identical
}

# One row a finding, and one a document, as a run lists them: records are made of what is shown.
FINDINGS = fields_of(model.Finding)
DOCUMENTS = fields_of(model.Document)  # text is null: the report adds it where it annotates

# One row a verified pair, a < b.
PAIRS = fields_of(model.Pair)

# One row a cluster.
CLUSTERS = {
    "id": pl.String(),
    "documents": pl.List(pl.String()),
    "first": dtype_of(model.First),
}

# One row a comparison of two claims.
COMPARISONS = fields_of(model.Comparison)
