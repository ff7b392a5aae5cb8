"""Documents a second and peak memory of each stage, and ratios to the straightforward script.

The peer is what a reader of three manuals would write: for each document datasketch's MinHash
over word-5 shingles, eleven textstat measures and langdetect, document by document, spread over
the same number of processes. Everything is run on the same input in the same call, interleaved,
and the medians are told. Each run is a process of its own, so that peak memory is its own: of the
process that is started, of its largest worker, and of all together at most, as if every worker
were as large as that and all at once. "whole-1000" is the audit of the first 1,000 articles alone:
what is more in "whole" grows with the corpus, the rest goes by batch.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RATED = ROOT.parent / "shared" / "data" / "rated_articles.jsonl.gz"
PART = 1000  # articles of "whole-1000"
MEASURES = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "smog_index",
    "coleman_liau_index",
    "automated_readability_index",
    "dale_chall_readability_score",
    "linsear_write_formula",
    "gunning_fog",
    "text_standard",
    "syllable_count",
    "difficult_words",
)


def load(path: Path, limit: int) -> list[dict]:
    with path.open() as lines:
        return [json.loads(line) for _, line in zip(range(limit), lines, strict=False)]


def peer(text: str) -> tuple:
    """The straightforward work on one document."""
    import langdetect
    import textstat
    from datasketch import MinHash

    langdetect.DetectorFactory.seed = 0
    words = text.split()
    sketch = MinHash()
    for at in range(max(1, len(words) - 4)):
        sketch.update(" ".join(words[at : at + 5]).encode("utf-8", "replace"))
    figures = tuple(getattr(textstat, name)(text) for name in MEASURES)
    try:
        language = langdetect.detect(text)
    except langdetect.LangDetectException:
        language = "und"
    return sketch.hashvalues.tobytes(), figures, language


def run_peer(path: Path, limit: int, jobs: int) -> None:
    texts = [row["text"] for row in load(path, limit)]
    if jobs == 1:
        for text in texts:
            peer(text)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        for _ in pool.map(peer, texts, chunksize=16):
            pass


def run_same(path: Path, limit: int, jobs: int) -> None:
    """The same work as the peer's, through the product's own functions and engine."""
    from functools import partial

    import polars as pl

    from audit.engines.local import LocalEngine

    texts = [row["text"] for row in load(path, limit)]
    frames = (pl.DataFrame({"text": texts[at : at + 256]}) for at in range(0, len(texts), 256))
    schema = {"text": pl.String()}
    with LocalEngine(jobs=jobs) as engine:
        table = engine.read(frames, schema)
        done = engine.map(table, partial(same), {"done": pl.Int64()})
        assert engine.collect(done)["done"].sum() == len(texts)


def same(frame):
    import polars as pl

    from audit.duplication.fingerprint import fingerprint
    from audit.language.identify import identify
    from audit.language.readability import readability
    from audit.tokens import Text

    texts = frame["text"].to_list()
    languages = identify(texts)
    readability([Text(t) for t in texts], [language.code for language in languages])
    fingerprint(texts)
    return pl.DataFrame({"done": [len(texts)]}, schema={"done": pl.Int64})


def run_whole(path: Path, limit: int, jobs: int, only: str | None = None) -> None:
    import audit

    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "articles.jsonl"
        with path.open() as lines, part.open("w") as out:
            out.writelines(line for _, line in zip(range(limit), lines, strict=False))
        audit.run([str(part)], only=[only] if only else (), jobs=jobs)


def child(name: str, path: Path, limit: int, jobs: int) -> None:
    began = time.perf_counter()
    if name == "peer":
        run_peer(path, limit, jobs)
    elif name == "same":
        run_same(path, limit, jobs)
    elif name == "whole-1000":
        run_whole(path, min(limit, PART), jobs)
    else:
        run_whole(path, limit, jobs, None if name == "whole" else name)
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)  # its peak is the largest worker's
    processor = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    told = {
        "seconds": seconds,
        "processor": processor,
        "parent": own.ru_maxrss / 1024,
        "worker": workers.ru_maxrss / 1024,
    }
    print(json.dumps(told))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench stages")
    parser.add_argument("--limit", type=int, default=0, help="documents; 0 for all")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", help="comma-separated names to run")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--path", help=argparse.SUPPRESS)
    known = parser.parse_args(arguments)
    if known.child:
        child(known.child, Path(known.path), known.limit, known.jobs)
        return 0
    if not RATED.is_file():
        print("bench left out: the articles it is run on are not on this machine")
        return 0
    names = ["peer", "same", "whole", "whole-1000", "duplication", "language", "facts"]
    if known.only:
        names = known.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rated.jsonl"
        with gzip.open(RATED, "rb") as packed:
            path.write_bytes(packed.read())
        rows = sum(1 for _ in path.open())
        count = min(known.limit or rows, rows)
        results: dict[str, list[dict]] = {name: [] for name in names}
        for _ in range(known.runs):
            for name in names:
                command = [sys.executable, "-m", "tests.bench", "stages", "--child", name]
                command += ["--path", str(path), "--limit", str(count), "--jobs", str(known.jobs)]
                done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
                if done.returncode:
                    print(f"{name} failed: {done.stderr[-800:]}", file=sys.stderr)
                    return 1
                results[name].append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{count} real articles, {known.jobs} processes, median of {known.runs} run(s) each")
    print(
        f"{'stage':<12} {'docs/s':>7} {'a core':>7} {'x peer':>7} {'a core':>7}"
        f" {'parent MB':>10} {'worker MB':>10} {'at most MB':>11}"
    )
    told = {name: _medians(runs) for name, runs in results.items()}
    peer = told.get("peer")
    for name, one in told.items():
        done = min(count, PART) if name == "whole-1000" else count
        wall, core = done / one["seconds"], done / one["processor"]
        ratios = (
            [f"{wall * peer['seconds'] / count:7.2f}", f"{core * peer['processor'] / count:7.2f}"]
            if peer
            else [" " * 7] * 2
        )
        memory = one["parent"] + (known.jobs if known.jobs > 1 else 0) * one["worker"]
        print(
            f"{name:<12} {wall:7.1f} {core:7.1f} {' '.join(ratios)}"
            f" {one['parent']:10.0f} {one['worker']:10.0f} {memory:11.0f}"
        )
    return 0


def _medians(runs: list[dict]) -> dict[str, float]:
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}
