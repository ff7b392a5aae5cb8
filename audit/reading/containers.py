"""Files that hold many documents, a record at a time: JSON lines, JSON, CSV and Parquet.

Each reader yields ``(row, record, reason)``: the line or row number from 1, the record as bytes
of a JSON object, or the reason why that row could not be read. Nothing is loaded whole: a
row over the limit is passed by, not held. A file that breaks off raises ``Broken``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from audit.reading import encoding, fields
from audit.reading.inputs import File
from audit.reading.streams import FAULTS, HEAD, Broken, beginning, content, megabytes, opened, why

Row = tuple[int, bytes | None, str | None]

_CHUNK = 1 << 20
_SLICE = 2048  # rows of a Parquet file at a time


def rows(file: File, wanted: dict[str, list[str]], limit: int) -> Iterator[Row]:
    """The records of a container. ``wanted`` maps fields to names given with ``--field``."""
    read = {"jsonl": _lines, "json": _json, "csv": _csv, "parquet": _parquet}[file.format]
    try:
        yield from read(file, wanted, limit)
    except (*FAULTS, csv.Error, pl.exceptions.PolarsError) as error:
        raise Broken(why(error)) from error


def columns(file: File) -> list[str]:
    """The names of the fields of a container, from its header or its first records.

    Raises Broken where the file cannot be read.
    """
    try:
        if file.format == "parquet":
            return pl.scan_parquet(_source(file)).collect_schema().names()
        with opened(file) as stream:
            head = beginning(stream)
    except (*FAULTS, pl.exceptions.PolarsError) as error:
        raise Broken(why(error)) from error
    kind = encoding.binary(head)
    if kind:
        raise Broken(f"it is {kind}, not text")
    text = encoding.decode(head).text
    if file.format == "csv":
        header = next(csv.reader(io.StringIO(text), delimiter=fields.delimiter(text)), [])
        return [column.strip() for column in header]
    if file.format == "json":
        return list(dict.fromkeys(re.findall(r'[{,]\s*"([^"\\]{1,80})"\s*:', text)))
    names: dict[str, None] = {}
    for line in text.split("\n")[:100]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            names.update(dict.fromkeys(record))
        elif isinstance(record, str):
            names["text"] = None
    if not names and len(head) >= HEAD:  # a first line that is longer than the sample
        return list(dict.fromkeys(re.findall(r'[{,]\s*"([^"\\]{1,80})"\s*:', text)))
    return list(names)


def _long(limit: int) -> str:
    return f"it is longer than {megabytes(limit)}, the limit for one document"


def _lines(file: File, wanted: dict[str, list[str]], limit: int) -> Iterator[Row]:
    with opened(file) as stream:
        head = stream.read(4)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Broken("JSON lines in UTF-16 are not read: save the file as UTF-8")
    with opened(file) as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            if len(line) > limit and not line.endswith(b"\n"):
                while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                    pass
                yield number, None, _long(limit)
            elif line.strip():
                yield number, line, None


_SIGN = re.compile(rb'["\\{}\[\]]')


def _json(file: File, wanted: dict[str, list[str]], limit: int) -> Iterator[Row]:
    """The elements of an array, wherever a JSON file holds its documents.

    A file that is one object is one document, or holds them in its only list of objects.
    """
    with opened(file) as stream:
        data = stream.read(4096)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        yield from _array(file, limit)
        return
    whole = content(file, limit)
    try:
        record = json.loads(encoding.decode(whole).text)
    except (ValueError, RecursionError) as error:
        lines = whole.split(b"\n", 2)
        if len(lines) > 1 and lines[0].strip().endswith(b"}"):  # JSON lines by another name
            yield from _lines(file, wanted, limit)
            return
        deep = isinstance(error, RecursionError)
        why_not = "it is nested too deeply" if deep else error
        raise Broken(f"it is no valid JSON: {why_not}") from error
    if isinstance(record, dict) and not fields.text_fields(record, wanted):
        lists = [v for v in record.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if len(lists) == 1:
            for number, element in enumerate(lists[0], 1):
                yield number, _packed(element), None
            return
    yield 1, _packed(record), None


def _array(file: File, limit: int) -> Iterator[Row]:
    """The elements of a top-level array, cut out by counting brackets outside strings."""
    depth, number, resume = 0, 0, -1
    quoted = escaped = over = False
    held = bytearray()
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            start = 0
            for sign in _SIGN.finditer(chunk):
                at, byte = sign.start(), sign.group()
                if escaped and at == resume:
                    escaped = False
                    continue
                escaped = byte == b"\\" and quoted
                ends = False
                if escaped:
                    resume = at + 1
                elif byte == b'"':
                    quoted = not quoted
                    if depth == 1 and quoted:
                        start = at
                    ends = depth == 1 and not quoted
                elif not quoted and byte != b"\\":
                    depth += 1 if byte in b"{[" else -1
                    if depth == 2 and byte in b"{[":
                        start = at
                    ends = depth == 1 and byte in b"}]"
                if ends:
                    held += chunk[start : at + 1]
                    number += 1
                    long = over or len(held) > limit
                    yield number, None if long else bytes(held), _long(limit) if long else None
                    held, over = bytearray(), False
            if depth >= 2 or quoted:
                held += chunk[start:]
                if len(held) > limit:
                    held, over = bytearray(), True
            if escaped:
                resume -= len(chunk)
    if depth != 0:
        raise Broken("it breaks off in the middle of its list")


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def _csv(file: File, wanted: dict[str, list[str]], limit: int) -> Iterator[Row]:
    with opened(file) as stream:
        head = beginning(stream)
    name = "utf-8"
    for mark, wide in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        name = wide if head.startswith(mark) else name
    size = 0

    def lines(text: io.TextIOWrapper) -> Iterator[str]:
        nonlocal size
        while line := text.readline(limit + 1):
            size += len(line)
            if size > limit:
                raise Broken(
                    f"row {number + 1} is longer than {megabytes(limit)} (a quotation mark that"
                    " is never closed?): what follows was not read"
                )
            yield line

    # The csv module keeps this for the whole process; its own limit is 131,072 characters.
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    number = 0
    # Bytes that are no UTF-8 pass as surrogates and come out as the same bytes: the record is
    # decoded as a whole where documents are made.
    with (
        opened(file) as stream,
        io.TextIOWrapper(stream, name, "surrogateescape", newline="") as text,
    ):
        reader = csv.reader(lines(text), delimiter=fields.delimiter(head.decode(name, "replace")))
        header = [column.lstrip("\ufeff").strip() for column in next(reader, [])]
        used = set(fields.kept(filter(None, header), wanted))
        twice = next((name for name in header if name in used and header.count(name) > 1), None)
        if twice is not None:
            raise Broken(f"two of its columns are named {twice}: rename one of them")
        for row in reader:
            size = 0
            if not row:
                continue
            number += 1
            record = {k: v for k, v in zip(header, row, strict=False) if k in used}
            if len(row) > len(header) and any(row[len(header) :]):
                yield number, None, f"it has {len(row)} columns, the header {len(header)}"
                continue
            packed = json.dumps(record, ensure_ascii=False)
            yield number, packed.encode("utf-8", "surrogateescape"), None


def _source(file: File) -> Any:
    return file.stream if file.stream is not None else file.path


def _parquet(file: File, wanted: dict[str, list[str]], limit: int) -> Iterator[Row]:
    if file.packed:
        raise Broken("a packed Parquet file is not read: unpack it first")
    # Slices, not collect_batches: the same time, and a third of the memory, for it reads row
    # groups ahead.
    scan = pl.scan_parquet(_source(file))
    names = fields.kept(scan.collect_schema().names(), wanted)
    scan = scan.select(names)
    number = 0
    while (part := scan.slice(number, _SLICE).collect()).height:
        for record in part.iter_rows(named=True):
            number += 1
            for name, value in record.items():
                if isinstance(value, bytes):
                    record[name] = encoding.decode(value).text
            packed = _packed(record)
            long = len(packed) > limit
            yield number, None if long else packed, _long(limit) if long else None
