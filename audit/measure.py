"""What is measured in each document alone: the function every engine maps over DOCS.

A batch is measured in columns where that pays (language, readability, fingerprints) and document
by document where it must be. A document that our own code fails on is one failed document, with
the reason, never a failed run.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit.article import Article
from audit.checks import catalogue
from audit.rules import Rules
from audit.tokens import Text

# Which groups of checks run with which part; what reading saw is always told.
GROUPS: dict[str, tuple[str, ...]] = {
    "duplication": ("duplication",),
    "language": ("language",),
    "facts": ("facts", "sourcing", "presentation"),
    "scores": (),
}
_ENCODER = msgspec.json.Encoder()


def measure(docs: pl.DataFrame, *, rules: Rules, parts: frozenset[str]) -> pl.DataFrame:
    """MEASURED rows for the DOCS rows that are to be audited, in their order."""
    docs = docs.filter(pl.col("skipped").is_null() & pl.col("failed").is_null())
    if not docs.height:
        return frames.empty(frames.MEASURED)
    try:
        return _measure(docs, rules, parts)
    except Exception as error:
        if docs.height > 1:
            half = docs.height // 2
            return pl.concat(
                measure(part, rules=rules, parts=parts) for part in (docs[:half], docs[half:])
            )
        return _failed(docs, error)


def _failed(docs: pl.DataFrame, error: Exception) -> pl.DataFrame:
    """The row of a document that our own code could not measure."""
    reason = f"a fault of ours: {type(error).__name__}: {error}"[:300]
    row = docs.select("id", "source").with_columns(pl.lit(reason).alias("failed"))
    missing = [pl.lit(None).alias(name) for name in frames.MEASURED if name not in row.columns]
    return frames.conform(row.with_columns(missing), frames.MEASURED)


def _measure(docs: pl.DataFrame, rules: Rules, parts: frozenset[str]) -> pl.DataFrame:
    from audit.duplication.fingerprint import fingerprint
    from audit.language.identify import identify

    raw = docs["text"].to_list()
    texts = [Text(text) for text in raw]
    languages = identify(raw, docs["declared"].to_list())
    columns: dict[str, pl.Series] = {"id": docs["id"], "source": docs["source"]}
    columns["words"] = pl.Series([len(text.words) for text in texts], dtype=pl.Int64)
    columns["failed"] = pl.Series([None] * docs.height, dtype=pl.String)

    readabilities: list[dict[str, Any]] = [{}] * docs.height
    if "language" in parts:
        from audit.language.readability import readability

        readabilities = readability(texts, [language.code for language in languages])
    columns["readability"] = pl.Series([_ENCODER.encode(r).decode() for r in readabilities])

    rows = [
        _document(row, text, language, rules, parts)
        for row, text, language in zip(docs.iter_rows(named=True), texts, languages, strict=True)
    ]
    for name, dtype in frames.MEASURED.items():
        if name in rows[0]:
            values = [row[name] for row in rows]
            nested = isinstance(dtype, pl.List | pl.Struct) and name != "not_examined"
            columns[name] = (
                frames.column(values, dtype) if nested else pl.Series(values, dtype=dtype)
            )
    frame = pl.DataFrame(columns)
    if "duplication" in parts or "facts" in parts:
        frame = frame.hstack(fingerprint(raw))
    else:
        frame = frame.with_columns(pl.lit(None).alias(name) for name in frames.FINGERPRINT)
    return frames.conform(frame, frames.MEASURED)


def article_of(
    row: dict[str, Any], text: Text, language: model.Language, rules: Rules, facts: bool
) -> Article:
    """One document with its facts, as the checks see it."""
    from audit.facts.extract import extract
    from audit.facts.published import published

    known: dict[str, Any] = {
        "id": row["id"],
        "source": row["source"],
        "title": row["title"],
        "text": text,
        "language": language,
        "declared": row["declared"],
        "given": row["published"],
        "url": row["url"],
    }
    if not facts:
        when = published(text, given=row["published"], url=row["url"], title=row["title"])
        return Article(**known, published=when)
    found = extract(
        text,
        title=row["title"],
        published=row["published"],
        url=row["url"],
        language=language.code,
        rules=rules,
    )
    return Article(
        **known,
        published=found.published,
        dates=found.dates,
        quantities=found.quantities,
        attributions=found.attributions,
        claims=found.claims,
    )


def _document(
    row: dict[str, Any],
    text: Text,
    language: model.Language,
    rules: Rules,
    parts: frozenset[str],
) -> dict[str, Any]:
    """The columns of one document that are found document by document."""
    from audit.language.patterns import not_examined
    from audit.language.translation import verdict

    article = article_of(row, text, language, rules, facts="facts" in parts)
    groups = {"reading", *(group for part in parts for group in GROUPS[part])}
    found = list(msgspec.convert(row["findings"] or [], list[model.Finding]))
    for check in catalogue().values():
        if check.by is None and check.group in groups:
            found.extend(check.find(article, rules))
    translation = model.Translation(verdict="none", score=0.0)
    if "language" in parts:
        translation = verdict(article, found, rules)
    return {
        "published": article.published,
        "language": language,
        "dates": article.dates,
        "quantities": article.quantities,
        "attributions": article.attributions,
        "claims": article.claims,
        "findings": numbered(article.id, found),
        "translation": translation,
        "not_examined": not_examined(language.code),
    }


def numbered(document: str, found: Iterable[model.Finding]) -> list[model.Finding]:
    """The findings of one document in order, each with an id that survives edits elsewhere.

    The id is made of the document, the rule, the quote, and which of several same quotes it is.
    """
    ordered = sorted(found, key=lambda f: (f.start, f.end, f.rule, f.message))
    seen: Counter[tuple[str, str]] = Counter()
    done: list[model.Finding] = []
    last: tuple[int, int, str] | None = None
    for finding in ordered:
        if last == (finding.start, finding.end, finding.rule):
            continue
        last = (finding.start, finding.end, finding.rule)
        key = (finding.rule, finding.quote)
        seen[key] += 1
        name = "\0".join((document, *key, str(seen[key])))
        mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
        done.append(msgspec.structs.replace(finding, id=mark, document=document))
    return done
