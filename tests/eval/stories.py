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
from collections.abc import Callable
from functools import cache
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
from audit.tokens import Text, plain

FLOORS = {
    "stories.number_precision": 0.9,
    "stories.number_recall": 0.9,
    "stories.key_precision": 0.97,
    "stories.key_recall": 0.81,
    "stories.folder_precision": 0.97,
    "stories.folder_recall": 0.8,
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
    figures.update({f"stories.{k}": v for k, v in _key(data, rules).items()})
    figures.update({f"stories.{k}": v for k, v in agreement().items()})
    return figures


def _key(data: Path, rules: Rules) -> dict[str, float]:
    """Precision and recall of reported numbers over story_pairs.jsonl: two pages at a time, and
    with all pages in one folder, where what all of them say tells which pages tell one story."""
    docs = pages(data, rules, marked=False)
    figures: dict[str, float] = {}
    for name, told in (
        ("key", told_of(everywhere(by_two(docs, rules), docs))),
        ("folder", told_of(everywhere(in_folder(docs, rules), docs))),
    ):
        reported = told["one+"] + told["alike+"] + told["two+"]
        figures |= {
            f"{name}_reported": float(reported),
            f"{name}_precision": round(told["one+"] / max(1, reported), 3),
            f"{name}_recall": round(told["one+"] / max(1, told["one"]), 3),
        }
    figures["key_pairs"] = float(told["one"] + told["alike"] + told["two"])
    figures["key_pairs_of_one"] = float(told["one"])
    return figures


Found = Callable[[str, str], list[tuple[model.Quote, model.Quote]]]  # numbers of two pages


def by_two(docs: dict[str, Doc], rules: Rules) -> Found:
    """The numbers that are reported when two pages are compared."""

    @cache
    def found(a: str, b: str) -> list[tuple[model.Quote, model.Quote]]:
        made = compare_documents(docs[a], docs[b], rules)
        return [(c.a, c.b) for c in made if c.kind == "number" and c.verdict in REPORTED]

    return found


def in_folder(docs: dict[str, Doc], rules: Rules) -> Found:
    """The numbers that are reported of each two pages when all lie in one folder."""
    by: dict[tuple[str, str], list[tuple[model.Quote, model.Quote]]] = {}
    made = compared(docs, rules).filter(
        (pl.col("kind") == "number") & pl.col("verdict").is_in(REPORTED)
    )
    for row in made.select("a", "b").iter_rows():
        a, b = (model.Quote(q["start"], q["end"], q["document"], q["quote"]) for q in row)
        by.setdefault((a.document, b.document), []).append((a, b))
        by.setdefault((b.document, a.document), []).append((b, a))
    return lambda a, b: by.get((a, b), [])


def everywhere(found: Found, docs: dict[str, Doc]) -> Found:
    """The same, each number also where its page gives it again: a page that says "two boats" twice
    states it once."""

    def again(page: str, quote: model.Quote) -> list[model.Quote]:
        told = docs[page].facts.quantities
        meant = {(q.slot, q.value) for q in told if quote.start <= q.start and q.end <= quote.end}
        return [
            quote,
            *(
                model.Quote(q.start, q.end, page, q.text)
                for q in told
                if (q.slot, q.value) in meant
            ),
        ]

    @cache
    def all_of(a: str, b: str) -> list[tuple[model.Quote, model.Quote]]:
        pairs = found(a, b)
        return [p for x, y in pairs for p in itertools.product(again(a, x), again(b, y))]

    return all_of


def compared(docs: dict[str, Doc], rules: Rules) -> pl.DataFrame:
    """The comparisons of a run over documents, each a source of its own."""
    ids = sorted(docs)
    facts = [docs[key].facts for key in ids]
    texts = {"id": ids, "source": ids, "text": [docs[key].text.raw for key in ids]}
    frame = pl.DataFrame(texts).with_columns(url=pl.lit(None, pl.String))
    names = ("published", "attributions", "quantities")
    measured = pl.DataFrame({"id": ids}).with_columns(
        **{n: frames.column([getattr(f, n) for f in facts], frames.MEASURED[n]) for n in names},
        statements=pl.Series([kept(f) for f in facts], dtype=pl.Binary),
    )
    with LocalEngine(jobs=1, rows=400) as engine:
        return compare_corpus(
            engine,
            engine.read([frame], dict(frame.schema)),
            engine.read([measured], dict(measured.schema)),
            {},
            rules,
        ).comparisons


def told_of(found: Found, topic: str = "") -> Counter[str]:
    """How many pairs of story_pairs.jsonl (of one topic) have each verdict, and with a + how many
    of those are reported."""
    told: Counter[str] = Counter()
    for line in KEY.read_text().splitlines():
        row = json.loads(line)
        (a, *one), (b, *two) = row["a"], row["b"]
        if a.startswith(topic):
            told[row["verdict"]] += 1
            told[f"{row['verdict']}+"] += any(over(x, one) and over(y, two) for x, y in found(a, b))
    return told


def over(quote: model.Quote, span: list[int]) -> bool:
    """Whether a quote and a span have a character in common."""
    return quote.start < span[1] and span[0] < quote.end


def pages(data: Path, rules: Rules, collapsed: bool = False, marked: bool = True) -> dict[str, Doc]:
    """The pages as documents; ``marked`` keeps those with marked numbers only."""
    wanted = {n["doc"] for n in marked_numbers(data)}
    docs = {}
    for line in (data / "story_pages.jsonl").read_text().splitlines():
        row = json.loads(line)
        if marked and row["id"] not in wanted:
            continue
        text = Text(" ".join(plain(row["text"]).split()) if collapsed else row["text"])
        facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
        docs[row["id"]] = Doc(row["id"], text, facts)
    return docs


def marked_numbers(data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / "story_numbers.jsonl").read_text().splitlines()]


def _score(data: Path, docs: dict[str, Doc], rules: Rules) -> dict[str, float]:
    found: dict[tuple[str, str], list[model.Comparison]] = {}
    hit = missed = false = conflicts = 0
    for a, b in itertools.combinations(marked_numbers(data), 2):
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
