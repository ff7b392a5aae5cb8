"""How well the language findings do: recall of what an editor marked, false alarms on clean text.

``gold`` is the share of marks of severity 2 and 3 that are hit: same family (the part of the
mark's category before the dot), and an overlap of .3 of the union or a finding inside the mark.
``clean`` is findings of severity 2 or more a 1,000 words of well-edited news, as kept and as one
paragraph with straight quotes. ``error_spans`` is the share of marked translation errors that a
finding touches; what else it finds there is mostly unmarked error, so no precision is read off.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from audit.checks import catalogue
from audit.language.rulecheck import document
from audit.model import Finding
from audit.rules import Rules, load
from audit.tokens import plain

FLOORS = {"language.gold_recall": 0.70, "language.error_spans_reach": 0.06}
CEILINGS = {"language.clean_per_1000": 0.10, "language.clean_flat_per_1000": 0.10}


def measure(data: Path, **quick: Any) -> dict[str, float]:
    """Figures by name; ``every`` takes only each so many rows of the larger files."""
    every = int(quick.get("every", 1))
    rules = load()
    found = {
        **gold(data.parent, rules),
        **clean(data, rules, every),
        **spans(data, rules, every),
    }
    return {f"language.{name}": value for name, value in found.items()}


def findings(text: str, rules: Rules, code: str = "en") -> list[Finding]:
    """What every language check of one document sees in a text."""
    article = document(text, code)
    return [
        finding
        for check in catalogue().values()
        if check.by is None and check.group == "language"
        for finding in check.find(article, rules)
    ]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    for line in text.splitlines():
        yield json.loads(line)


def hits(mark: dict[str, Any], found: Iterable[Finding]) -> list[Finding]:
    """The findings that hit a mark, as ../shared/data/README.md defines a hit."""
    hit = []
    for f in found:
        both = min(mark["end"], f.end) - max(mark["start"], f.start)
        union = max(mark["end"], f.end) - min(mark["start"], f.start)
        inside = mark["start"] <= f.start and f.end <= mark["end"]
        if both > 0 and (inside or both / union >= 0.3):
            hit.append(f)
    return hit


def gold(shared: Path, rules: Rules, show: bool = False) -> dict[str, float]:
    """Recall of the marked slips, strictly and with any family; agreement on severity."""
    marks: dict[str, list[dict[str, Any]]] = {}
    for mark in rows(shared / "gold" / "language.jsonl"):
        marks.setdefault(mark["file"], []).append(mark)
    total = strict = loose = agree = found_all = matched = 0
    for name, listed in sorted(marks.items()):
        path = shared / "seeds" / Path(name).name
        text = path.read_text("utf-8-sig")
        found = findings(text, rules)
        grave = [f for f in found if f.severity >= 2]
        found_all += len(grave)
        matched += sum(any(hits(m, [f]) for m in listed) for f in grave)
        for mark in listed:
            if mark["severity"] < 2:
                continue
            touching = hits(mark, found)
            same = [f for f in touching if f.family == mark["category"].split(".")[0]]
            total += 1
            loose += bool(touching)
            strict += bool(same)
            agree += any(f.severity == mark["severity"] for f in same)
            if show and not same:
                other = ", ".join(f"{f.family}:{f.rule}" for f in touching)
                print(f"miss {mark['severity']} {mark['category']:24} {mark['quote']!r} [{other}]")
        if show:
            for f in grave:
                if not any(hits(m, [f]) for m in listed):
                    print("extra", f.severity, f.rule, repr(text[f.start - 30 : f.end + 30]))
    return {
        "gold_recall": strict / max(total, 1),
        "gold_recall_any_family": loose / max(total, 1),
        "gold_severity_agreement": agree / max(strict, 1),
        "gold_precision": matched / max(found_all, 1),
    }


def clean(data: Path, rules: Rules, every: int = 1) -> dict[str, float]:
    words = 0
    kept, flat = Counter[int](), Counter[int]()
    for number, row in enumerate(rows(data / "clean.jsonl.gz")):
        if number % every:
            continue
        words += len(document(row["text"]).text.words)
        kept.update(f.severity for f in findings(row["text"], rules))
        single = " ".join(plain(row["text"]).split())
        flat.update(f.severity for f in findings(single, rules))
    thousands = max(words, 1) / 1000
    return {
        "clean_per_1000": (kept[2] + kept[3]) / thousands,
        "clean_flat_per_1000": (flat[2] + flat[3]) / thousands,
        "clean_mild_per_1000": kept[1] / thousands,
    }


def spans(data: Path, rules: Rules, every: int = 1) -> dict[str, float]:
    """The share of marked errors in translated segments that a finding touches."""
    total = reached = 0
    cache: dict[str, list[Finding]] = {}
    for number, row in enumerate(rows(data / "error_spans.jsonl.gz")):
        if number % every:
            continue
        text = row["text"]
        if text not in cache:
            cache[text] = findings(text, rules)
        total += 1
        reached += any(f.start < row["end"] and row["start"] < f.end for f in cache[text])
    return {"error_spans_reach": reached / max(total, 1)}


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2].parent / "shared"
    if "--show" in sys.argv:
        gold(root, load(), show=True)
    for name, value in measure(root / "data").items():
        print(f"{name:36} {value:.4f}")
