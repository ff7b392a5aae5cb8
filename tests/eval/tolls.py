"""Are tolls read as such: of the invented pages, and of sentences invented beside them?

A number marked killed, injured, missing, arrested or magnitude is read where a quantity over it has
its slot and its value. A quantity read as one of these over numbers that are marked as something
else, or over none, is false. ``seen`` are the topics that rules and weights may be fitted on,
``held`` those whose ids begin with "h", which nobody who does so reads. toll_sentences.txt are the
``fresh`` sentences, written before the rules were changed to read more.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit import model
from audit.facts.dates import dates
from audit.facts.quantities import quantities
from audit.rules import Rules, load
from audit.tokens import Text
from tests.eval import invented

FLOORS: dict[str, float] = {
    "tolls.seen_recall": 0.91,
    "tolls.seen_precision": 0.97,
    "tolls.held_recall": 0.72,
    "tolls.held_precision": 0.88,
    "tolls.fresh_recall": 0.77,
    "tolls.fresh_precision": 0.9,
}
CEILINGS: dict[str, float] = {}
SENTENCES = Path(__file__).with_name("toll_sentences.txt")
SLOTS = ("killed", "injured", "missing", "arrested", "magnitude")
_MARK = re.compile(r"\{(\w+) ([\d.]+)\|([^}]*)\}")

Mark = tuple[str, float, int, int]


def measure(data: Path, **_: Any) -> dict[str, float]:
    """Recall and precision of tolls on seen and held-out topics and on fresh sentences."""
    del data
    rules = load()
    figures: dict[str, float] = {}
    for group in ("seen", "held", "fresh"):
        told = count(group, rules)
        for slot in ("", *SLOTS):
            of: Counter[str] = Counter()
            for (one, what), n in told.items():
                if not slot or one == slot:
                    of[what] += n
            name = f"tolls.{group}_{slot}_" if slot else f"tolls.{group}_"
            figures[name + "recall"] = round(of["hit"] / max(1, of["hit"] + of["missed"]), 3)
            figures[name + "precision"] = round(of["right"] / max(1, of["right"] + of["false"]), 3)
    return figures


def cases(group: str) -> Iterator[tuple[str, list[Mark]]]:
    """The texts of a group with their marked numbers."""
    if group == "fresh":
        for line in SENTENCES.read_text("utf-8").splitlines():
            if line and line[0] != "#":
                yield unmarked(line)
        return
    for row in rows():
        if (row["id"][0] == "h") == (group == "held"):
            yield row["text"], [(n[0], n[1], n[3], n[4]) for n in row["numbers"]]


def rows() -> list[dict[str, Any]]:
    """The invented pages; others of that kind are for other weights."""
    return [json.loads(line) for line in invented.PAGES.read_text("utf-8").splitlines()]


def unmarked(line: str) -> tuple[str, list[Mark]]:
    """A line without its marks, and the marks."""
    marks: list[Mark] = []
    text, at = "", 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        marks.append((found[1], float(found[2]), len(text), len(text) + len(found[3])))
        text, at = text + found[3], found.end()
    return text + line[at:], marks


def count(group: str, rules: Rules, show: bool = False) -> Counter[tuple[str, str]]:
    """By slot: marked numbers that are hit or missed, quantities that are right or false."""
    told: Counter[tuple[str, str]] = Counter()
    for raw, marks in cases(group):
        text = Text(raw)
        found = quantities(text, rules, dates(text, model.Published(), rules))
        tolls = [q for q in found if q.slot in SLOTS and q.value >= 1]
        for slot, value, start, end in marks:
            if slot not in SLOTS or value < 1:
                continue
            hit = any(_is(q, slot, value) and q.start < end and start < q.end for q in tolls)
            told[slot, "hit" if hit else "missed"] += 1
            if show and not hit:
                print("missed", slot, value, _shown(raw, start, end))
        for q in tolls:
            over = [m for m in marks if q.start < m[3] and m[2] < q.end]
            right = any(_is(q, m[0], m[1]) for m in over)
            told[q.slot, "right" if right else "false"] += 1
            if show and not right:
                print("false", q.slot, q.value, _shown(raw, q.start, q.end), over)
    return told


def _is(q: model.Quantity, slot: str, value: float) -> bool:
    return q.slot == slot and value in (q.value, q.value_to)


def _shown(raw: str, start: int, end: int) -> str:
    before, after = raw[max(0, start - 70) : start], raw[end : end + 50]
    return f"{before}[[{raw[start:end]}]]{after}".replace("\n", " ")


if __name__ == "__main__":  # never of the held-out topics
    for name in sys.argv[1:] or ("seen", "fresh"):
        if name in ("seen", "fresh"):
            count(name, load(), show=True)
    for key, figure in measure(Path()).items():
        print(key, figure)
