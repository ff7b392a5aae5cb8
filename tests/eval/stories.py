"""News pages by story: are differing numbers about one event, or about two?

38 numbers are marked with the event they belong to. Of the pairs of one slot in two pages that
differ, those of one event should be reported (as a conflict, or as an update where one page
appeared later), the others not. The pages hold datelines, so both verdicts occur.

story_pairs.jsonl is a longer key of our own, of all slots: two spans and the verdict of a reader
who had not seen the product's output: ``one`` (the same thing of one event, and both cannot hold:
to be reported), ``alike`` (both can hold) or ``two`` things or events. It holds no text of the
pages. 170 of the pairs were judged by a ``second`` reader too, who saw the sentences alone.
"""

from __future__ import annotations

import itertools
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
    "stories.number_precision": 0.85,
    "stories.number_recall": 0.9,
    "stories.key_precision": 0.75,
    "stories.key_recall": 0.35,
}
CEILINGS: dict[str, float] = {}
KEY = Path(__file__).with_name("story_pairs.jsonl")
REPORTED = (*model.CONFLICTS, "update")


def measure(data: Path, **_: Any) -> dict[str, float]:
    """Precision and recall over the marked pairs, and conflicts per 1,000 pages of one topic."""
    rules = load()
    figures: dict[str, float] = {}
    for name, collapsed in (("", False), ("_collapsed", True)):
        docs = pages(data, rules, collapsed)
        figures.update({f"stories.{k}{name}": v for k, v in _score(data, docs, rules).items()})
    figures.update({f"stories.key_{k}": v for k, v in _key(data, rules).items()})
    figures.update({f"stories.{k}": v for k, v in agreement().items()})
    return figures


def _key(data: Path, rules: Rules) -> dict[str, float]:
    """Precision and recall of reported numbers over story_pairs.jsonl."""
    told = told_of(pages(data, rules, marked=False), rules)
    reported = told["one+"] + told["alike+"] + told["two+"]
    return {
        "pairs": float(told["one"] + told["alike"] + told["two"]),
        "pairs_of_one": float(told["one"]),
        "reported": float(reported),
        "precision": round(told["one+"] / max(1, reported), 3),
        "recall": round(told["one+"] / max(1, told["one"]), 3),
    }


def told_of(docs: dict[str, Doc], rules: Rules, topic: str = "") -> Counter[str]:
    """How many pairs of story_pairs.jsonl (of one topic) have each verdict, and with a + how many
    of those are reported."""
    found: dict[tuple[str, str], list[model.Comparison]] = {}
    told: Counter[str] = Counter()
    for line in KEY.read_text().splitlines():
        row = json.loads(line)
        (a, *one), (b, *two) = row["a"], row["b"]
        if not a.startswith(topic):
            continue
        if (a, b) not in found:
            found[a, b] = [
                c
                for c in compare_documents(docs[a], docs[b], rules)
                if c.kind == "number" and c.verdict in REPORTED
            ]
        told[row["verdict"]] += 1
        told[f"{row['verdict']}+"] += any(_over(c.a, one) and _over(c.b, two) for c in found[a, b])
    return told


def _over(quote: model.Quote, span: list[int]) -> bool:
    return quote.start < span[1] and span[0] < quote.end


def pages(data: Path, rules: Rules, collapsed: bool = False, marked: bool = True) -> dict[str, Doc]:
    """The pages as documents; ``marked`` keeps those with marked numbers only."""
    wanted = {n["doc"] for n in _numbers(data)}
    docs = {}
    for line in (data / "story_pages.jsonl").read_text().splitlines():
        row = json.loads(line)
        if marked and row["id"] not in wanted:
            continue
        text = Text(" ".join(plain(row["text"]).split()) if collapsed else row["text"])
        facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
        docs[row["id"]] = Doc(row["id"], text, facts)
    return docs


def _numbers(data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / "story_numbers.jsonl").read_text().splitlines()]


def _score(data: Path, docs: dict[str, Doc], rules: Rules) -> dict[str, float]:
    found: dict[tuple[str, str], list[model.Comparison]] = {}
    hit = missed = false = conflicts = 0
    for a, b in itertools.combinations(_numbers(data), 2):
        if a["doc"] == b["doc"] or a["slot"] != b["slot"] or a["value"] == b["value"]:
            continue
        key = (a["doc"], b["doc"])
        if key not in found:
            found[key] = compare_documents(docs[key[0]], docs[key[1]], rules)
        reported = any(
            c.kind == "number" and c.verdict in REPORTED and _holds(c.a, a) and _holds(c.b, b)
            for c in found[key]
        )
        conflicts += reported
        if a["event"] == b["event"]:
            hit, missed = hit + reported, missed + (not reported)
        else:
            false += reported
    return {
        "pairs_of_one_event": float(hit + missed),
        "number_precision": round(hit / max(1, hit + false), 3),
        "number_recall": round(hit / max(1, hit + missed), 3),
    }


def agreement() -> dict[str, float]:
    """How often the two readers of the key say the same, and Cohen's kappa of it."""
    rows = [json.loads(line) for line in KEY.read_text("utf-8").splitlines()]
    said = [(row["verdict"], row["second"]) for row in rows if "second" in row]
    same = sum(one == other for one, other in said) / len(said)
    first, second = (Counter(side) for side in zip(*said, strict=True))
    chance = sum(first[v] * second[v] for v in first) / len(said) ** 2
    return {
        "key_read_twice": float(len(said)),
        "key_agreement": round(same, 3),
        "key_kappa": round((same - chance) / (1 - chance), 3),
    }


def _holds(quote: model.Quote, number: dict[str, Any]) -> bool:
    """Whether a quote holds the marked words, letter for letter but for spaces."""
    return _bare(number["text"]) in _bare(quote.quote) or _bare(quote.quote) in _bare(
        number["text"]
    )


def _bare(text: str) -> str:
    return "".join(plain(text).split()).casefold()
