"""What was found, counted: every file and document is read, skipped or failed, none is lost."""

from __future__ import annotations

import polars as pl

from audit.model import DocumentCounts, FileCounts, InputError
from audit.reading.inputs import Found


def count(found: Found, index: pl.DataFrame) -> tuple[FileCounts, DocumentCounts, list[InputError]]:
    """Files and documents as read so far, and everything that could not be read.

    ``index`` as ``frames.INDEX``, over all documents. Documents that a later stage leaves out
    go from ``audited`` to ``skipped``.
    """
    broken = index.filter(pl.col("scope") == "file")
    documents = index.filter(pl.col("scope") == "document")
    failed = len(found.errors) + broken["file"].n_unique()
    everything = len(found.files) + len(found.skipped) + len(found.errors)
    files = FileCounts(
        found=everything,
        read=everything - failed - len(found.skipped),
        failed=failed,
        skipped=len(found.skipped),
    )
    bad = documents.filter(pl.col("failed").is_not_null()).height
    left = documents.filter(pl.col("failed").is_null(), pl.col("skipped").is_not_null()).height
    counts = DocumentCounts(
        found=documents.height, audited=documents.height - bad - left, skipped=left, failed=bad
    )
    errors = list(found.errors)
    failures = index.filter(pl.col("failed").is_not_null()).sort("origin", "row", "key")
    for origin, row, scope, reason in failures.select("origin", "row", "scope", "failed").rows():
        name = origin if row is None else f"{origin}#{row}"
        errors.append(InputError(input=name, reason=reason, kind=scope))
    return files, counts, sorted(errors, key=lambda e: (e.input, e.reason))
