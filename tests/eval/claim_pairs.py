"""Claim pairs: can a short statement and a short text both be right?

Recall of each kind of conflict, and false alarms on each kind of consistent pair, through the
comparison two texts get. Every figure is printed for all pairs, for the two halves by a hash of
the id (rules were written with ``dev`` in view) and with straight quotes in one paragraph.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from audit import model
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.rules import Rules, load
from audit.tokens import Text, plain

FLOORS = {
    "claim_pairs.date_recall": 0.9,
    "claim_pairs.number_recall": 0.8,
    "claim_pairs.negation_recall": 0.9,
}
CEILINGS = {
    "claim_pairs.supported_alarms": 0.045,
    "claim_pairs.rewritten_alarms": 0.02,
}


def measure(data: Path, **_: Any) -> dict[str, float]:
    """Recall by kind of conflict and false alarms by kind of consistent pair."""
    rules = load()
    rows = [json.loads(line) for line in (data / "claim_pairs.jsonl").read_text().splitlines()]
    figures: dict[str, float] = {}
    for name, kept, collapsed in (
        ("", rows, False),
        ("_dev", [r for r in rows if not _held(r["id"])], False),
        ("_held", [r for r in rows if _held(r["id"])], False),
        ("_collapsed", rows, True),
    ):
        seen: Counter[str] = Counter()
        hits: Counter[str] = Counter()
        for row in kept:
            seen[row["kind"]] += 1
            hits[row["kind"]] += _conflict(row["a"], row["b"], rules, collapsed)
        for kind in seen:
            what = "alarms" if kind in ("supported", "rewritten") else "recall"
            figures[f"claim_pairs.{kind}_{what}{name}"] = round(hits[kind] / seen[kind], 3)
    return figures


def _held(key: str) -> bool:
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


def _conflict(a: str, b: str, rules: Rules, collapsed: bool) -> bool:
    if collapsed:
        a, b = (" ".join(plain(t).split()) for t in (a, b))
    found = compare_documents(_doc("a", a, rules), _doc("b", b, rules), rules)
    return any(c.verdict in model.CONFLICTS for c in found)


def _doc(key: str, text: str, rules: Rules) -> Doc:
    kept = Text(text)
    facts = extract(kept, title=None, published=None, url=None, language="en", rules=rules)
    return Doc(key, kept, facts)
