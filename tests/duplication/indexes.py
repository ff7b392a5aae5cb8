"""What the tests of the index share: documents as rows of an index, and all that one holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from audit.duplication import index_check
from audit.duplication.fingerprint import fingerprint
from audit.duplication.index import ENTRY, about, open_index


def rows(texts: dict[str, str], source: str = "gazette") -> pl.DataFrame:
    """Documents by id, as ``index.ENTRY``."""
    frame = fingerprint(list(texts.values())).with_columns(
        pl.Series("id", list(texts), dtype=pl.String),
        pl.lit(source).alias("source"),
        pl.lit("2021-03-01").alias("published"),
        pl.lit(None, dtype=pl.String).alias("title"),
    )
    return frame.select(*ENTRY)


def holds(folder: Path) -> dict[str, bytes]:
    """The ids in an index, each with the digest of its text."""
    found = {}
    for segment in open_index(folder).segments:
        for row in np.flatnonzero(segment.alive()).tolist():
            name = about(segment, row)[0]
            assert name not in found, f"{name} is there twice"
            found[name] = segment.digests[row].tobytes()
    return found


def known(folder: Path, texts: dict[str, str]) -> list[index_check.Seen]:
    return index_check.check(open_index(folder), rows(texts))


def ids(seen: index_check.Seen) -> dict[str, str]:
    """The known copies of a document, each with what it is to it."""
    return {known.id: known.relation for known in seen.known}
