"""Reads a folder as the pipeline does, in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from audit import frames
from audit.reading import accounts, batches, extract, identity, inputs


class Reading:
    """What was found, the documents by id, and the counts."""

    def __init__(self, *given: str, mapping: Any = (), manifest: str | None = None, **more: Any):
        options = {k: more.pop(k) for k in ("rows", "size", "limit") if k in more}
        self.found = inputs.find(given, manifest=manifest, **more)
        raw = list(batches.batches(self.found, mapping=mapping, **options))
        parts = [extract.extract(part, mapping=mapping) for part in raw]
        docs = pl.concat([frames.empty(frames.DOCS), *parts])
        self.docs = identity.rename(docs, identity.identify(extract.index(docs)))
        self.files, self.documents, self.errors = accounts.count(
            self.found, extract.index(self.docs)
        )
        self.raw = raw

    def __getitem__(self, name: str) -> dict[str, Any]:
        rows = self.docs.filter(pl.col("id") == name, pl.col("scope") == "document")
        assert rows.height == 1, f"{name}: {self.docs['id'].to_list()}"
        return rows.row(0, named=True)

    @property
    def ids(self) -> list[str]:
        return self.docs.filter(pl.col("scope") == "document")["id"].sort().to_list()

    def balanced(self) -> bool:
        files, documents = self.files, self.documents
        return files.found == files.read + files.failed + files.skipped and (
            documents.found == documents.audited + documents.skipped + documents.failed
        )


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """``read()`` reads the test's folder, ``read("a.txt")`` files of it."""

    def of(*names: str, **more: Any) -> Reading:
        given = [str(tmp_path / name) for name in names] or [str(tmp_path)]
        result = Reading(*given, **more)
        assert result.balanced()
        assert not any(str(tmp_path) in text for text in _strings(result))
        return result

    return of


def _strings(result: Reading) -> list[str]:
    shown = [*result.found.skipped, *result.found.errors, *result.errors]
    frame = result.docs.select(pl.col(pl.String).fill_null("")).rows()
    return [
        *(entry.input + entry.reason for entry in shown),
        *(value for row in frame for value in row),
    ]
