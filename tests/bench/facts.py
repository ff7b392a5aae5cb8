"""The fact stages on rated articles, on one core: documents a second by their parts, and memory.

Processor time of one process, each part of each article timed alone, the best of three passes.
"dates" is all that dates need (publication, tokens); the parts after it share what was made
before them, and "extraction" is their sum. "comparing" is ``compare_corpus`` over all articles.
Peak memory is told after a quarter of the articles and after all, nothing of them being kept: it
must not grow. Start-up is what a fresh process does up to the facts of its first article.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RATED = ROOT.parent / "shared" / "data" / "rated_articles.jsonl.gz"
PASSES = 3
ASKED = {"dates": 200, "all": 120}  # documents a second that were asked for


def load(limit: int) -> list[dict[str, Any]]:
    with gzip.open(RATED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows[:: max(1, len(rows) // limit)][:limit]


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(row: dict[str, Any], rules: Any) -> dict[str, float]:
    """Seconds of each part on one article, in the order in which ``extract`` does them."""
    from audit.facts.attribution import attributions
    from audit.facts.claims import statements
    from audit.facts.dates import dates
    from audit.facts.figures import figures
    from audit.facts.gist import gist
    from audit.facts.memberships import memberships
    from audit.facts.names import names
    from audit.facts.offices import offices
    from audit.facts.published import published
    from audit.facts.quantities import quantities
    from audit.facts.stances import stances
    from audit.facts.words import words_of
    from audit.tokens import Text

    seconds: dict[str, float] = {}
    last = time.process_time()

    def tick(part: str) -> None:
        nonlocal last
        now = time.process_time()
        seconds[part] = now - last
        last = time.process_time()

    text = Text(row["text"])
    assert len(text.lower) == len(text.capital) == len(text.words) and text.openings is not None
    tick("words and sentences")
    when = published(text, given=row["date"] or None, url=row["url"], title=row["title"])
    days = dates(text, when, rules)
    tick("dates")
    amounts = quantities(text, rules, dates=days)
    tick("quantities")
    said = attributions(text, rules)
    tick("attributions")
    found = names(text, rules)
    tick("names")
    statements(text, found, days, amounts, said, rules)
    tick("claims")
    figures(text, amounts, found, rules, when, days)
    gist(text, days, words_of(rules), when)
    tick("figures and gist")
    offices(text, found)
    memberships(text, found, rules)
    stances(text, found, days, said)
    tick("standings")
    return seconds


def comparing(rows: list[dict[str, Any]], rules: Any) -> float:
    """Seconds of comparing the facts of all articles with each other."""
    import polars as pl

    from audit import frames
    from audit.engines.local import LocalEngine
    from audit.facts.corpus import compare_corpus
    from audit.measure import measure

    columns: dict[str, list[Any]] = {name: [None] * len(rows) for name in frames.DOCS}
    columns |= {key: [row[key] for row in rows] for key in ("id", "source", "url", "title", "text")}
    columns |= {"published": [row["date"] or None for row in rows], "findings": [[] for _ in rows]}
    docs = pl.DataFrame({k: pl.Series(k, columns[k], dtype=t) for k, t in frames.DOCS.items()})
    measured = measure(docs, rules=rules, parts=frozenset({"facts"}))
    assert measured["failed"].null_count() == measured.height
    seconds = []
    for _ in range(PASSES):
        began = time.process_time()
        with LocalEngine(jobs=1) as engine:
            tables = (
                engine.read([docs], dict(frames.DOCS)),
                engine.read([measured], dict(frames.MEASURED)),
            )
            compare_corpus(engine, *tables, {}, rules)
        seconds.append(time.process_time() - began)
    return min(seconds)


def child(limit: int) -> dict[str, Any]:
    rows = load(limit)
    began = time.process_time()
    from audit import rules as rulebook
    from audit.engines import COLLECTED

    gc.set_threshold(*COLLECTED)  # as where a run measures documents
    rules = rulebook.load()
    timed(rows[0], rules)
    started = time.process_time() - began
    peaks = []
    best: list[dict[str, float]] = []
    for at, row in enumerate(rows, 1):
        best.append(timed(row, rules))
        if at in (max(1, len(rows) // 4), len(rows)):
            peaks.append(peak())
    for _ in range(PASSES - 1):  # over all articles, since the last one is remembered
        for at, row in enumerate(rows):
            best[at] = {part: min(s, best[at][part]) for part, s in timed(row, rules).items()}
    parts = {part: sum(one[part] for one in best) / len(rows) for part in best[0]}
    parts["extraction"] = sum(parts.values())
    parts["comparing"] = comparing(rows, rules) / len(rows)
    parts["all"] = parts["extraction"] + parts["comparing"]
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    return {"start": started, "parts": parts, "peaks": peaks, "words": words, "rows": len(rows)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench facts")
    parser.add_argument("--limit", type=int, default=500, help="articles, spread over the file")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if not RATED.exists():
        print(f"{RATED.name} is not there: nothing to measure")
        return 0
    if given.child:
        print(json.dumps(child(given.limit)))
        return 0
    command = [sys.executable, "-m", "tests.bench", "facts", "--child", f"--limit={given.limit}"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"{told['rows']} articles of {told['words']:.0f} words on average, one core")
    for part, seconds in told["parts"].items():
        asked = f"   asked for: {ASKED[part]}" if part in ASKED else ""
        print(f"{part:20} {1000 * seconds:7.2f} ms a document {1 / seconds:8.0f} a second{asked}")
    quarter, whole = told["peaks"]
    print(f"start-up to the first article {told['start']:.2f} s")
    print(f"peak memory of extraction {quarter:.0f} MB after a quarter, {whole:.0f} MB after all")
    return 0
