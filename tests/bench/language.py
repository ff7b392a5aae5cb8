"""The language stage on clean news, on one core: documents a second by its parts, and start-up.

Each figure is a process of its own: what a process does once (imports, the model, word lists, the
rules' machines on their first 64 articles) is told as start-up, the rest is timed on all articles,
processor time, the best of three. "all" is ``audit.measure.measure`` with ``language`` alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CLEAN = ROOT.parent / "shared" / "data" / "clean.jsonl.gz"
PARTS = ("tokens", "identify", "readability", "patterns", "translation", "checks", "all")
WARM = 64
BATCH = 256  # articles, as engines give them
ASKED = {"identify": 1000, "all": 400}  # documents a second that were asked for


def load() -> list[str]:
    with gzip.open(CLEAN, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def articles(texts: list[str]) -> list[Any]:
    """The texts as checks are given them, with their words and sentences known."""
    from audit.article import Article
    from audit.model import Language, Published
    from audit.tokens import Text

    made = []
    for text in map(Text, texts):
        assert text.words and text.sentences
        made.append(
            Article(
                id="a",
                source=None,
                title=None,
                text=text,
                language=Language("en", 1.0),
                published=Published(),
            )
        )
    return made


def work(part: str) -> Callable[[list[str]], Callable[[], object]]:
    """From texts to a function that does one part on them; what it needs of others is ready."""
    if part == "tokens":
        from audit.tokens import Text

        return lambda texts: lambda: [(t.words, t.sentences) for t in map(Text, texts)]
    if part == "identify":
        from audit.language.identify import identify

        return lambda texts: lambda: identify(texts)
    if part == "all":
        return measured
    from audit import rules as rulebook

    rules = rulebook.load()
    if part == "readability":
        from audit.language.readability import readability

        def figures(texts: list[str]) -> Callable[[], object]:
            known = [article.text for article in articles(texts)]
            return lambda: readability(known, ["en"] * len(known))

        return figures
    if part == "patterns":
        from audit.language.patterns import find, sift

        def found(texts: list[str]) -> Callable[[], object]:
            known = articles(texts)

            def run() -> None:
                for at in range(0, len(known), BATCH):
                    some = known[at : at + BATCH]
                    sift([article.text for article in some], ["en"] * len(some), rules)
                    for article in some:
                        list(find(article, rules))

            return run

        return found
    if part == "translation":
        from audit.language.translation import verdict

        return lambda texts: (
            lambda known: lambda: [verdict(article, [], rules) for article in known]
        )(articles(texts))
    from audit.checks import catalogue

    checks = [
        check
        for name, check in catalogue().items()
        if check.by is None and check.group == "language" and name != "pattern-rules"
    ]
    return lambda texts: (
        lambda known: lambda: [list(c.find(article, rules)) for article in known for c in checks]
    )(articles(texts))


def measured(texts: list[str]) -> Callable[[], object]:
    """The whole stage, by the batch that engines give it."""
    import polars as pl

    from audit import frames
    from audit import rules as rulebook
    from audit.measure import measure

    rules = rulebook.load()
    columns: dict[str, list[Any]] = {name: [None] * len(texts) for name in frames.DOCS}
    columns |= {"id": [str(at) for at in range(len(texts))], "source": ["clean"] * len(texts)}
    columns |= {"text": list(texts), "findings": [[] for _ in texts]}
    docs = pl.DataFrame({k: pl.Series(k, columns[k], dtype=t) for k, t in frames.DOCS.items()})

    def run() -> None:
        for at in range(0, docs.height, BATCH):
            done = measure(docs[at : at + BATCH], rules=rules, parts=frozenset({"language"}))
            assert done["failed"].null_count() == done.height

    return run


def child(part: str) -> None:
    texts = load()
    began = time.process_time()
    make = work(part)
    make(texts[:WARM])()
    started = time.process_time() - began
    seconds = []
    for _ in range(3):
        run = make(texts)
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    first, best = seconds[0] / len(texts), min(seconds) / len(texts)
    print(json.dumps({"start": started, "first": first, "best": best, "documents": len(texts)}))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench language")
    parser.add_argument("--only", help="comma-separated names to run")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    known = parser.parse_args(arguments)
    if known.child:
        child(known.child)
        return 0
    if not CLEAN.is_file():
        print("bench left out: the articles it is run on are not on this machine")
        return 0
    print(
        f"{'part':<14} {'start-up s':>10} {'first docs/s':>13} {'docs/s a core':>14} {'asked':>6}"
    )
    for part in known.only.split(",") if known.only else PARTS:
        command = [sys.executable, "-m", "tests.bench", "language", "--child", part]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            print(f"{part} failed: {done.stderr[-800:]}", file=sys.stderr)
            return 1
        told = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{part:<14} {told['start']:10.2f} {1 / told['first']:13.0f} {1 / told['best']:14.0f}"
            f" {ASKED.get(part, ''):>6}"
        )
    return 0
