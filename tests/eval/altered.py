"""Altered copies on altered_copies.jsonl.gz: recall of the changed fact, false alarms on copies.

A change is found where an alteration of its kind overlaps it on both sides (or touches it: a
word left out has no width). ``flat`` is the same in one paragraph with straight quotes.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from audit import rules as rulebook
from audit.duplication.align import align
from audit.facts.altered import altered
from audit.tokens import Text, plain

KINDS = ("date", "number", "name", "negation", "quote")
FLOORS = {f"altered.{kind}.recall": 0.95 for kind in KINDS}
CEILINGS = {"altered.false_per_100": 1.0, "altered.flat.false_per_100": 1.0}


def rows(data: Path) -> list[dict[str, Any]]:
    with gzip.open(data / "altered_copies.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _touch(one: Any, span: list[int]) -> bool:
    return one.start <= span[1] and span[0] <= one.end


def _flat(text: str, span: list[int] | None) -> tuple[str, list[int] | None]:
    if span is None:
        return " ".join(plain(text).split()), None
    parts = [" ".join(plain(p).split()) for p in (text[: span[0]], text[span[0] : span[1]])]
    head = parts[0] + (" " if text[: span[0]][-1:].isspace() else "")
    flattened = re.sub(r"\s+", " ", plain(text)).strip()
    return flattened, [len(head), len(head) + max(1, len(parts[1]))]


def evaluate(pairs: list[dict[str, Any]], flat: bool = False) -> dict[str, float]:
    rules = rulebook.load()
    count: Counter[str] = Counter()
    spent = 0.0
    for row in pairs:
        change = row.get("change") or {}
        a, b = row["a"], row["b"]
        spans = change.get("a"), change.get("b")
        if flat:
            (a, at), (b, bt) = _flat(a, spans[0]), _flat(b, spans[1])
            spans = at, bt
        first, second = Text(a), Text(b)
        ops = align(first, second)
        began = time.process_time()
        found = altered(first, second, ops, rules)
        spent += time.process_time() - began
        if row["label"] == "copy":
            count["copies"] += 1
            count["false"] += bool(found)
            count["alarms"] += len(found)
            continue
        kind = row["kind"]
        count[kind] += 1
        hits = [x for x in found if _touch(x.a, spans[0]) and _touch(x.b, spans[1])]
        count[f"{kind}+"] += any(x.kind == kind for x in hits)
        count[f"{kind}*"] += bool(hits)
        count["others"] += len(found) - len(hits)
    figures = {f"{k}.recall": count[f"{k}+"] / max(1, count[k]) for k in KINDS}
    figures |= {f"{k}.recall_any_kind": count[f"{k}*"] / max(1, count[k]) for k in KINDS}
    figures["false_per_100"] = 100 * count["false"] / max(1, count["copies"])
    figures["others_per_100_altered"] = 100 * count["others"] / max(1, sum(count[k] for k in KINDS))
    figures["pairs_per_second"] = len(pairs) / max(1e-9, spent)
    return figures


def measure(data: Path, quick: bool = False) -> dict[str, float]:
    """Recall by kind and false alarms, on all pairs and on flat text."""
    pairs = rows(data)
    if quick:
        pairs = pairs[::5]
    figures = {f"altered.{k}": v for k, v in evaluate(pairs).items()}
    figures |= {f"altered.flat.{k}": v for k, v in evaluate(pairs, flat=True).items()}
    return figures


if __name__ == "__main__":
    where = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    for key, value in measure(where).items():
        print(f"{key:45} {value:.3f}")
