"""Gold pairs of the seeds: the verdict on two quotes, through the comparison of their documents.

A pair is right where a comparison of the two documents (or of the one with itself) has a side
overlapping either quote by more than .3 of the shorter one, and the gold verdict.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audit import model
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.rules import Rules, load
from audit.tokens import Text, plain

FLOORS = {"fact_pairs.right": 1.0, "fact_pairs.right_collapsed": 1.0}
CEILINGS: dict[str, float] = {}
_NAMES = {
    "class_mismatch": "class-mismatch",
    "coexist": "coexists",
    "corroborate": "corroborates",
}


def measure(data: Path, **_: Any) -> dict[str, float]:
    """The share of gold pairs whose verdict is among the comparisons of their documents."""
    rules = load()
    return {
        "fact_pairs.right": _right(data.parent, rules, False),
        "fact_pairs.right_collapsed": _right(data.parent, rules, True),
    }


def _right(shared: Path, rules: Rules, collapsed: bool) -> float:
    docs = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        raw = path.read_text("utf-8")
        text = Text(" ".join(plain(raw).split()) if collapsed else raw)
        facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
        docs[path.name] = Doc(path.name, text, facts)
    rows = [json.loads(x) for x in (shared / "gold/fact_pairs.jsonl").read_text().splitlines()]
    right = 0
    for row in rows:
        a, b = (docs[row[side]["file"]] for side in "ab")
        spans = [_find(d.text.plain, row[side]["quote"]) for d, side in ((a, "a"), (b, "b"))]
        wanted = _NAMES.get(row["verdict"], row["verdict"])
        right += any(
            c.verdict == wanted
            and (
                (_over(c.a, a.id, spans[0]) and _over(c.b, b.id, spans[1]))
                or (_over(c.b, a.id, spans[0]) and _over(c.a, b.id, spans[1]))
            )
            for c in compare_documents(a, b, rules)
        )
    return round(right / len(rows), 3)


def _find(text: str, quote: str) -> tuple[int, int]:
    words = plain(quote)
    at = text.find(words)
    return at, at + len(words)


def _over(quote: model.Quote, document: str, span: tuple[int, int]) -> bool:
    shared = min(quote.end, span[1]) - max(quote.start, span[0])
    shorter = min(quote.end - quote.start, span[1] - span[0])
    return quote.document == document and shared > 0.3 * shorter
