"""Signatures and the whole search for copies, against public MinHash tools on the same input.

``python -m tests.bench duplication [--count N] [--sample N] [--times N] [--growth A,B,…]``. Peers
(datasketch, rensa, gaoya) are installed into an environment of their own, kept in the user's cache
folder, or run by the interpreter given with ``--peers``. Contenders take turns, each in a process
of its own, on one core where nothing else is said; medians of processor seconds are told, and what
each takes for one second of ours. Peers run at their defaults and at the threshold of their best
F1; above ``MANY`` articles they take one turn each, and datasketch's ``update``, which takes 6 ms
an article, is timed on its signatures alone. What Python takes to make shingles for rensa is told.
rensa's threshold only filters, its bands stay: what parts its two rows is mostly the machine, so
take the median of several turns, not one.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.bench import corpus

HERE = Path(__file__).parent
PEERS = ("datasketch==2.0.0", "rensa==0.5.0", "gaoya==0.2.2")
SIGNATURES = (
    "ours", "ours_alone", "datasketch_update", "datasketch_batch", "rensa", "shingles_alone",
)  # fmt: skip
MANY = 50_000  # articles above which a peer takes one turn
# What a peer's index does where no threshold is given: datasketch's own, those of the readmes.
DEFAULTS = {"datasketch": 0.9, "rensa": 0.8, "gaoya": 0.5}
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
ONE_CORE = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS")
Result = dict[str, Any]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench duplication")
    parser.add_argument("--count", type=int, default=20_000, help="articles of the pipeline")
    parser.add_argument("--sample", type=int, default=2_000, help="articles of the signatures")
    parser.add_argument("--times", type=int, default=3, help="turns of each contender")
    parser.add_argument("--growth", default="", help="counts at which ours alone is timed")
    parser.add_argument("--peers", default=os.environ.get("SOURCE_AUDIT_PEERS"))
    given = parser.parse_args(argv)
    python = given.peers or _environment()
    growth = [int(n) for n in given.growth.split(",") if n]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.jsonl")
        corpus.write(whole, max([given.count, given.sample, *growth]))
        few, many = (_head(whole, n) for n in (given.sample, given.count))
        _signatures(few, python, given.times)
        best = _best(few, python)
        _pipelines(many, python, given.times, best)
        _two_cores(many, python, given.times, best)
        _growth([_head(whole, n) for n in growth])
    return 0


def _environment() -> str:
    """The interpreter of the peers' environment, made where it is not there."""
    place = Path.home() / ".cache" / "source-audit" / "bench-peers"
    python = str(place / "bin" / "python")
    if not Path(python).exists():
        print(f"installing {', '.join(PEERS)}")
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    return python


def _head(file: Path, rows: int) -> Path:
    """The first articles of a corpus, in a file of their own."""
    made = file.with_name(f"{rows}.jsonl")
    with file.open(encoding="utf-8") as source, made.open("w", encoding="utf-8") as out:
        out.writelines(line for _, line in zip(range(rows), source, strict=False))
    return made


def _run(name: str, step: str, file: Path, python: str, cores: int = 1, *more: str) -> Result:
    mine = name.startswith("ours")
    limits = dict.fromkeys(ONE_CORE, str(cores))
    command = [sys.executable if mine else python, str(HERE / "duplication_peers.py")]
    done = subprocess.run(
        [*command, name, step, str(file), *more],
        capture_output=True,
        text=True,
        env={**os.environ, **limits, "PYTHONPATH": str(HERE.parents[1])},
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


def _told(results: dict[str, list[Result]], key: str = "processor") -> None:
    """One line a contender: medians over its turns, and ratios to ours."""
    print(
        f"{'':26}{'docs/s':>9}{key[:9] + ' s':>12}{'of ours':>9}{'peak MB':>9}{'of it':>7}{'F1':>7}"
    )

    def middle(runs: list[Result], name: str) -> float:
        return statistics.median(float(run[name]) for run in runs)

    mine = results["ours"]
    for name, runs in results.items():
        seconds, peak = middle(runs, key), middle(runs, "peak") / 1024
        share = f"{runs[0]['f1']:7.3f}" if "f1" in runs[0] else ""
        print(
            f"{name:26}{runs[0]['rows'] / seconds:9,.0f}{seconds:12.2f}"
            f"{seconds / middle(mine, key):8.1f}x{peak:9,.0f}"
            f"{middle(mine, 'peak') / 1024 / peak:7.2f}{share}"
        )


def _signatures(file: Path, python: str, times: int) -> None:
    print(
        f"signatures from text, {file.stem} articles; ours is the whole fingerprint, ours_alone\n"
        "the signature by itself; the peers' are of word-5 shingles made in Python"
    )
    results: dict[str, list[Result]] = {name: [] for name in SIGNATURES}
    for _ in range(times):
        for name, runs in results.items():
            runs.append(_run(name, "signatures", file, python))
    _told(results)


def _best(file: Path, python: str) -> dict[str, float]:
    """The threshold of each peer's best pairwise F1."""
    best = {}
    for name in DEFAULTS:
        found = {t: _run(name, "pipeline", file, python, 1, str(t))["f1"] for t in THRESHOLDS}
        best[name] = max(THRESHOLDS, key=lambda t: found[t])
    print(f"\nbest thresholds, on {file.stem} articles: {best}")
    return best


def _contenders(best: dict[str, float]) -> dict[str, tuple[str, ...]]:
    """Name told -> contender and its threshold."""
    found: dict[str, tuple[str, ...]] = {"ours": ("ours", "0")}
    for name, default in DEFAULTS.items():
        for threshold in dict.fromkeys((default, best[name])):
            found[f"{name} at {threshold}"] = (name, str(threshold))
    return found


def _pipelines(file: Path, python: str, times: int, best: dict[str, float]) -> None:
    results: dict[str, list[Result]] = {}
    large = int(file.stem) > MANY
    for turn in range(times):
        for told, (name, threshold) in _contenders(best).items():
            if turn and large and name != "ours":
                continue
            run = _run(name, "pipeline", file, python, 1, threshold)
            results.setdefault(told, []).append(run)
        if not turn and not large:
            run = _run("datasketch_update", "pipeline", file, python, 1, str(best["datasketch"]))
            results["datasketch, update, once"] = [run]
    print(f"\ntexts in, clusters out, {file.stem} articles, one core")
    _told(results)
    found = _run("ours", "recall", file, python)
    print(
        f"of the true pairs {found['candidates']:.4f} are candidates, {found['verified']:.4f} are"
        f" verified, {found['clusters']:.4f} are in one cluster; precision {found['precision']:.4f}"
    )


def _two_cores(file: Path, python: str, times: int, best: dict[str, float]) -> None:
    results: dict[str, list[Result]] = {}
    for _ in range(times):
        for name, threshold in (("ours", 0.0), ("gaoya", best["gaoya"])):
            run = _run(name, "pipeline", file, python, 2, str(threshold))
            results.setdefault(name, []).append(run)
    print(f"\ntexts in, clusters out, {file.stem} articles, two cores, wall seconds")
    _told(results, "wall")


def _growth(files: list[Path]) -> None:
    runs = [_run("ours", "pipeline", file, sys.executable) for file in files]
    for before, after in pairwise(runs):
        a, b = before["rows"], after["rows"]
        allowed = b * math.log(b) / (a * math.log(a))
        print(
            f"growth from {a:,} to {b:,}: time {after['processor'] / before['processor']:.2f},"
            f" n log n {allowed:.2f}; peak {before['peak'] // 1024:,} to"
            f" {after['peak'] // 1024:,} MB"
        )
