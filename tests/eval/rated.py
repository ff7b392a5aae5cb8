"""Conflicts between rated articles, read by eye: how many of those reported are true.

rated_conflicts.jsonl holds two spans, the kind and whether the reader calls the pair a conflict:
first every conflict the comparison reports over all 3,539 articles when the scores that are enough
(rules/facts/identity.toml) are lowered to .1 and .2, then pairs of one toll told in passing that
were found by hand, and three that a run reports since. No text of the articles.
``python -m tests.eval.rated`` runs over all articles and says how many conflicts are reported
there, by kind, and which of them nobody has read.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from audit import frames, model
from audit.engines.local import LocalEngine
from audit.facts.compare import Doc, compare_documents
from audit.facts.corpus import compare_corpus
from audit.facts.extract import extract
from audit.facts.kept import kept
from audit.rules import Rules, load
from audit.tokens import Text

FLOORS: dict[str, float] = {"rated.precision": 0.6}
CEILINGS: dict[str, float] = {}
KEY = Path(__file__).with_name("rated_conflicts.jsonl")
DATA = Path(__file__).parents[2].parent / "shared" / "data"


def measure(data: Path, **_: Any) -> dict[str, float]:
    """Of the pairs read: how many are reported, how many of those are true, and the reverse."""
    rules = load()
    rows = read()
    wanted = {row[side][0] for row in rows for side in "ab"}
    docs = {
        row["id"]: Doc(row["id"], text, facts)
        for row, text, facts in articles(data, rules, frozenset(wanted))
    }
    told: Counter[str] = Counter()
    for row in rows:
        (a, *one), (b, *two) = row["a"], row["b"]
        reported = any(
            c.verdict in model.CONFLICTS
            and (
                (_over(c.a, a, one) and _over(c.b, b, two))
                or (_over(c.a, b, two) and _over(c.b, a, one))
            )
            for c in compare_documents(docs[a], docs[b], rules)
        )
        told["true"] += row["true"]
        told["reported"] += reported
        told["hit"] += reported and row["true"]
    return {
        "rated.read": float(len(rows)),
        "rated.read_true": float(told["true"]),
        "rated.reported": float(told["reported"]),
        "rated.precision": round(told["hit"] / max(1, told["reported"]), 3),
        "rated.recall": round(told["hit"] / max(1, told["true"]), 3),
    }


def read() -> list[dict[str, Any]]:
    return [json.loads(line) for line in KEY.read_text("utf-8").splitlines()]


def articles(data: Path, rules: Rules, only: frozenset[str] | None = None) -> Any:
    """Rows of the rated articles with their text and facts."""
    with gzip.open(data / "rated_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if only is not None and row["id"] not in only:
                continue
            text = Text(row["text"])
            facts = extract(
                text,
                title=row["title"],
                published=row["date"] or None,
                url=row["url"],
                language="en",
                rules=rules,
            )
            yield row, text, facts


def _over(quote: model.Quote, document: str, span: list[int]) -> bool:
    return quote.document == document and quote.start < span[1] and span[0] < quote.end


def whole(data: Path) -> None:
    """Prints what is reported over all articles, and the conflicts that nobody has read."""
    rules = load()
    rows, found = [], []
    for row, _, facts in articles(data, rules):
        rows.append(row)
        found.append(facts)
    ids = [row["id"] for row in rows]
    docs = pl.DataFrame(
        {name: [row[name] for row in rows] for name in ("id", "source", "url", "text")}
    )
    names = ("published", "attributions", "quantities")
    measured = pl.DataFrame({"id": ids}).with_columns(
        **{n: frames.column([getattr(f, n) for f in found], frames.MEASURED[n]) for n in names},
        statements=pl.Series([kept(f) for f in found], dtype=pl.Binary),
    )
    with LocalEngine(jobs=1, rows=400) as engine:
        made = compare_corpus(
            engine,
            engine.read([docs], dict(docs.schema)),
            engine.read([measured], dict(measured.schema)),
            {},
            rules,
        ).comparisons
    print(sorted(Counter(zip(made["kind"], made["verdict"], strict=True)).items()))
    known = {frozenset((row["a"][0], row["b"][0])) for row in read()}
    for one in made.filter(pl.col("verdict").is_in(model.CONFLICTS)).iter_rows(named=True):
        pair = frozenset((one["a"]["document"], one["b"]["document"]))
        print("read" if pair in known else "UNREAD", one["kind"], one["verdict"], sorted(pair))


if __name__ == "__main__":
    whole(DATA if len(sys.argv) < 2 else Path(sys.argv[1]))
