"""Every span that a report, a note or a comparison points at, with the text it should be.

``None`` stands where a record gives a span without its words: it must lie within the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Name of the record, document, start, end, words.
Pointed = tuple[str, str, int, int, str | None]


def _one(kind: str, document: str, span: Mapping[str, Any] | None) -> Iterator[Pointed]:
    if span is not None:
        words = span.get("quote", span.get("text"))
        yield kind, document, span["start"], span["end"], words


def _claim(document: str, claim: Mapping[str, Any]) -> Iterator[Pointed]:
    yield from _one("claim", document, claim)
    for role in claim["roles"].values():
        yield from _one("role", document, role)
    yield from _one("claim date", document, claim["date"])
    yield from _one("claim value", document, claim["value"])


def _comparisons(rows: Iterable[Mapping[str, Any]]) -> Iterator[Pointed]:
    for row in rows:
        for side in "ab":
            yield from _one("comparison", row[side]["document"], row[side])


def _pair(pair: Mapping[str, Any], a: str, b: str) -> Iterator[Pointed]:
    for side, document in (("a", a), ("b", b)):
        for passage in pair["passages"]:
            yield from _one("passage", document, passage[side])
        for change in pair["altered"]:
            yield from _one("altered", document, change[side])


def of_note(note: Mapping[str, Any]) -> Iterator[Pointed]:
    """What one record of ``inspect`` points at."""
    name = note["id"]
    for kind in ("dates", "quantities", "findings"):
        for row in note[kind]:
            yield from _one(kind, name, row)
    for row in note["language"]["mixed"]:
        yield from _one("mixed", name, row)
    for row in note["attributions"]:
        for span in (row["cue"], row["source"], *row["content"]):
            yield from _one("attribution", name, span)
    for claim in note["claims"]:
        yield from _claim(name, claim)
        assert claim["attribution"] is None or note["attributions"][claim["attribution"]]


def of_comparison(pair: Mapping[str, Any], a: str = "a", b: str = "b") -> Iterator[Pointed]:
    """What a record of ``compare`` points at."""
    yield from _pair(pair, a, b)
    yield from _comparisons(pair["comparisons"])


def of_report(report: Mapping[str, Any]) -> Iterator[Pointed]:
    """What report.json points at."""
    for finding in report["findings"]:
        yield from _one("finding", finding["document"], finding)
    for document in report["documents"]:
        for row in (document["language"] or {}).get("mixed", ()):
            yield from _one("mixed", document["id"], row)
    for cluster in report["clusters"]:
        for pair in cluster["pairs"]:
            yield from _pair(pair, pair["a"], pair["b"])
    for event in report["events"]:
        yield from _comparisons(event["comparisons"])
        for one in event["claims"]:
            yield from _claim(one["document"], one["claim"])
            span = {**one["claim"], "quote": one["quote"]}
            yield from _one("event claim", one["document"], span)
    for source in report["sources"]:
        for check in source["check_first"]:
            yield from _one("check first", check["document"], check)


def of_tables(tables: Mapping[str, list[dict[str, Any]]]) -> Iterator[Pointed]:
    """What the tables of a run point at."""
    for finding in tables["findings"]:
        yield from _one("finding", finding["document"], finding)
    for pair in tables["pairs"]:
        yield from _pair(pair, pair["a"], pair["b"])
    yield from _comparisons(tables["comparisons"])
    for one in tables["claims"]:
        span = {**one["claim"], "quote": one["quote"]}
        yield from _one("claim", one["document"], span)


def wrong(pointed: Iterable[Pointed], texts: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The spans that do not hold the words said, or lie outside their document."""
    found: list[tuple[Any, ...]] = []
    for kind, document, start, end, words in pointed:
        text = texts[document]
        held = text[start:end] if 0 <= start <= end <= len(text) else None
        if held is None or (words is not None and held != words):
            found.append((kind, document, start, end, words, held))
    return found
