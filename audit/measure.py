"""What is measured in each document alone: the function every engine maps over DOCS.

A batch is measured in columns where that pays (language, readability, fingerprints) and document
by document where it must be. A document that our own code fails on is one failed document, with
the reason, never a failed run.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import polars as pl

from audit import frames, model
from audit.article import Article
from audit.checks import of
from audit.rules import Rules
from audit.tokens import Text

if TYPE_CHECKING:
    from audit.facts.extract import Facts
    from audit.facts.reference import Reference

# Which groups of checks run with which part; what reading saw is always told.
GROUPS: dict[str, tuple[str, ...]] = {
    "duplication": ("duplication",),
    "language": ("language",),
    "facts": ("facts", "sourcing", "presentation"),
    "scores": (),
}
UNTOLD = model.Language("und", 0.0)
SCORED_LANGUAGES = ("en",)  # those whose presentation and sourcing can be measured
_ENCODER = msgspec.json.Encoder()


def measure(
    docs: pl.DataFrame,
    *,
    rules: Rules,
    parts: frozenset[str],
    known: Sequence[Reference] = (),
) -> pl.DataFrame:
    """MEASURED rows for the DOCS rows that are to be audited, in their order.

    ``known``: the editor's own facts, which documents are checked against.
    """
    docs = docs.filter(pl.col("skipped").is_null() & pl.col("failed").is_null())
    if not docs.height:
        return frames.empty(frames.MEASURED)
    try:
        return _measure(docs, rules, parts, known)
    except Exception as error:
        if docs.height > 1:
            half = docs.height // 2
            return pl.concat(
                measure(part, rules=rules, parts=parts, known=known)
                for part in (docs[:half], docs[half:])
            )
        return failed(docs, reason=f"a fault of ours: {type(error).__name__}: {error}")


def failed(docs: pl.DataFrame, *, reason: str) -> pl.DataFrame:
    """MEASURED rows of documents that could not be measured."""
    rows = docs.select("id", "source").with_columns(pl.lit(reason[:300]).alias("failed"))
    missing = [pl.lit(None).alias(name) for name in frames.MEASURED if name not in rows.columns]
    return frames.conform(rows.with_columns(missing), frames.MEASURED)


def _measure(
    docs: pl.DataFrame, rules: Rules, parts: frozenset[str], known: Sequence[Reference]
) -> pl.DataFrame:
    raw = docs["text"].to_list()
    texts = [Text(text) for text in raw]
    told = bool(parts & {"language", "facts"})  # copies are found in any language
    languages = [UNTOLD] * docs.height
    if told:
        from audit.language.identify import identify

        languages = identify(raw, docs["declared"].to_list())
    columns: dict[str, pl.Series] = {"id": docs["id"], "source": docs["source"]}
    columns["words"] = pl.Series([len(text.edges[0]) for text in texts], dtype=pl.Int64)
    columns["failed"] = pl.Series([None] * docs.height, dtype=pl.String)

    readabilities: list[dict[str, Any]] = [{}] * docs.height
    if "language" in parts:
        from audit.language.patterns import sift
        from audit.language.readability import readability
        from audit.language.translation import weigh

        codes = [language.code for language in languages]
        readabilities = readability(texts, codes)
        weigh([text for text, code in zip(texts, codes, strict=True) if code == "en"])
        sift(texts, codes, rules)
    columns["readability"] = pl.Series([_ENCODER.encode(r).decode() for r in readabilities])

    rows = _documents(list(docs.iter_rows(named=True)), texts, languages, rules, parts, known)
    for name, dtype in frames.MEASURED.items():
        if name in rows[0]:
            values = [row[name] for row in rows]
            nested = isinstance(dtype, pl.List | pl.Struct) and name != "not_examined"
            columns[name] = (
                frames.column(values, dtype) if nested else pl.Series(values, dtype=dtype)
            )
    return frames.conform(pl.DataFrame(columns), frames.MEASURED)


def facts_of(row: dict[str, Any], text: Text, code: str, rules: Rules) -> Facts:
    """The facts of one DOCS row, whose language is ``code``."""
    from audit.facts.extract import extract

    return extract(
        text,
        title=row["title"],
        published=row["published"],
        url=row["url"],
        language=code,
        rules=rules,
    )


def _documents(
    rows: Sequence[dict[str, Any]],
    texts: Sequence[Text],
    languages: Sequence[model.Language],
    rules: Rules,
    parts: frozenset[str],
    known: Sequence[Reference],
) -> list[dict[str, Any]]:
    """The columns that are found document by document: one thing in all of them, then the next,
    for what is read for one stays in the processor's cache."""
    told: list[Facts | None] = [None] * len(rows)
    if "facts" in parts:
        told = [
            facts_of(row, text, language.code, rules)
            for row, text, language in zip(rows, texts, languages, strict=True)
        ]
    articles = _articles(rows, texts, languages, told)
    found = [msgspec.convert(row["findings"] or [], list[model.Finding]) for row in rows]
    groups = frozenset(("reading", *(group for part in parts for group in GROUPS[part])))
    for check in of(groups).values():
        if check.by is None:
            for article, own in zip(articles, found, strict=True):
                own.extend(check.find(article, rules))
        elif check.by == "reference" and known:
            for article, own in zip(articles, found, strict=True):
                own.extend(check.find(article, known, rules))
    statements: list[bytes | None] = [None] * len(rows)
    if "facts" in parts:
        from audit.facts.kept import kept

        statements = [kept(facts) for facts in told if facts]
    verdicts = [model.Translation("none", 0.0)] * len(rows)
    if "language" in parts:
        from audit.language.translation import verdict

        verdicts = [verdict(*one, rules) for one in zip(articles, found, strict=True)]
    return [
        {
            "published": article.published,
            "language": None if article.language is UNTOLD else article.language,
            "dates": article.dates,
            "quantities": article.quantities,
            "attributions": article.attributions,
            "claims": article.claims,
            "statements": statement,
            "findings": numbered(article.id, own),
            "translation": translation,
            "signals": _ENCODER.encode(_signals(article, rules, parts)).decode(),
            "not_examined": _unexamined(article.language, rules, parts),
        }
        for article, own, statement, translation in zip(
            articles, found, statements, verdicts, strict=True
        )
    ]


def _articles(
    rows: Sequence[dict[str, Any]],
    texts: Sequence[Text],
    languages: Sequence[model.Language],
    told: Sequence[Facts | None],
) -> list[Article]:
    """What checks are given of each document."""
    from audit.facts.published import published

    return [
        Article(
            id=row["id"],
            source=row["source"],
            title=row["title"],
            text=text,
            language=language,
            published=facts.published
            if facts
            else published(text, given=row["published"], url=row["url"], title=row["title"]),
            declared=row["declared"],
            given=row["published"],
            url=row["url"],
            dates=facts.dates if facts else [],
            quantities=facts.quantities if facts else [],
            attributions=facts.attributions if facts else [],
            claims=facts.claims if facts else [],
        )
        for row, text, language, facts in zip(rows, texts, languages, told, strict=True)
    ]


def _signals(article: Article, rules: Rules, parts: frozenset[str]) -> dict[str, float]:
    """The rates that scoring reads, where it is asked for."""
    if "scores" not in parts or article.language.code not in SCORED_LANGUAGES:
        return {}
    from audit.facts.presentation import measure as presentation

    return presentation(article, rules)


def _unexamined(language: model.Language, rules: Rules, parts: frozenset[str]) -> list[str]:
    """What was asked for and cannot be done in a document's language."""
    from audit.language.examined import not_examined

    if language is UNTOLD:
        return []
    found = not_examined(language.code, rules) if "language" in parts else []
    if "facts" in parts and language.code not in (*SCORED_LANGUAGES, "und"):
        found += GROUPS["facts"]
    return found


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
