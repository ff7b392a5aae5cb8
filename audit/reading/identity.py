"""Names of documents and of sources, the same whatever the order of the inputs.

A document has its own id, else its path with ``#row``; a repeat gets ``~2``. A source is
what the manifest says, else the input's field, else the registered domain of the address,
else the first folder below INPUT, else the file's name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec
import polars as pl

from audit import frames
from audit.model import Finding

# One row a document whose id is not its own: the id it gets and the one it repeats.
RENAMED: dict[str, pl.DataType] = {
    "key": pl.String(),
    "id": pl.String(),
    "repeats": pl.String(),
}
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}[a-z_]*/(https?:/.*)$")


def identify(index: pl.DataFrame) -> pl.DataFrame:
    """The documents that need another id, as ``RENAMED``; ``index`` as ``frames.INDEX``.

    Of documents with one id, the first keeps it and the others get ``~2``, ``~3`` ..., in
    order of origin, row and digest: order, batches and jobs change nothing. Documents that
    agree in all of these are the same in everything.
    """
    documents = index.filter(pl.col("scope") == "document")
    taken = set(documents["id"].to_list())
    repeated = documents.filter(pl.len().over("id") > 1).sort(
        "id", "origin", "row", "digest", "key", nulls_last=False
    )
    rows: list[tuple[str, str, str]] = []
    before, count = None, 1
    for key, name in repeated.select("key", "id").iter_rows():
        if name != before:
            before, count = name, 1
            continue
        count += 1
        while f"{name}~{count}" in taken:
            count += 1
        rows.append((key, f"{name}~{count}", name))
    return pl.DataFrame(rows, schema=RENAMED, orient="row")


def rename(docs: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The documents (``frames.DOCS``) with the ids that ``identify`` gave: ``names``, as RENAMED.

    A document that repeats an id gets a finding. The order of rows stays.
    """
    joined = docs.join(names.rename({"id": "_id"}), on="key", how="left", maintain_order="left")
    changed = joined.filter(pl.col("_id").is_not_null())
    if changed.is_empty():
        return docs
    found = [
        [*(old or []), *(_finding(repeats, text) if repeats is not None else [])]
        for old, repeats, text in joined.select("findings", "repeats", "text").iter_rows()
    ]
    return frames.conform(
        joined.with_columns(
            pl.coalesce("_id", "id").alias("id"),
            pl.Series("findings", found, dtype=frames.DOCS["findings"]),
        ),
        frames.DOCS,
    )


def _finding(repeats: str, text: str | None) -> list[dict[str, object]]:
    """What is said of a document whose id another one has: it spans the first line."""
    first = re.match(r"\s*([^\n]{0,80})", text or "")
    start, end = first.span(1) if first else (0, 0)
    finding = Finding(
        rule="repeated-id",
        family="identity",
        group="reading",
        severity=2,
        start=start,
        end=end,
        quote=(text or "")[start:end],
        message=f"Another document has the id “{repeats}” too: check whether one was meant.",
        confidence=1.0,
    )
    return [msgspec.to_builtins(finding)]


def domain(url: str) -> str | None:
    """The registered domain of an address (``bbc.co.uk``), None where it has none.

    By the public suffix list that tld carries, private suffixes included, so that two
    blogs of one host are two sources; an ending that is not on the list counts as one label.
    """
    url = url.strip()
    if archived := _ARCHIVED.match(url):
        url = archived[1]
    if "://" not in url:
        url = "https://" + url.removeprefix("//")
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    return _registered(host) if host else None


@lru_cache(maxsize=65536)
def _registered(host: str) -> str | None:
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    if "." not in host or not re.fullmatch(r"[^\s/@\\\"'<>]{1,253}", host):
        return None
    from tld import get_fld

    found = get_fld(f"https://{host}/", fail_silently=True, search_private=True)
    return found or ".".join(host.split(".")[-2:])


def place(origin: str) -> tuple[str, str]:
    """The source that a path tells, and by what: its first folder, else the file's name."""
    first, _, rest = origin.partition("/")
    if rest:
        return first, "first folder"
    name = first.removesuffix(".gz") if first.count(".") > 1 else first
    return name.rpartition(".")[0] or name, "file name"
