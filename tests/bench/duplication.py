"""Signatures and the whole search for copies, against public MinHash tools on the same input.

``python -m tests.bench duplication [--rows N] [--sample N] [--times N] [--peers PYTHON]``: peers
other than datasketch are run by the interpreter given (or SOURCE_AUDIT_PEERS), of an environment
where rensa and gaoya are installed; a peer that is not there is said to be left out. Contenders
take turns, each in a process of its own; the medians are told, and ratios to ours.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import corpus

HERE = Path(__file__).parent
SIGNATURES = ("ours", "datasketch_update", "datasketch_batch", "rensa")
PIPELINES = ("ours", "datasketch", "rensa", "gaoya")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench duplication")
    parser.add_argument("--rows", type=int, default=20_000, help="articles of the pipeline")
    parser.add_argument("--sample", type=int, default=2_000, help="articles of the signatures")
    parser.add_argument("--times", type=int, default=3, help="turns of each contender")
    parser.add_argument("--threshold", default="0.5", help="Jaccard threshold of the peers")
    parser.add_argument("--peers", default=os.environ.get("SOURCE_AUDIT_PEERS", sys.executable))
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.jsonl"), Path(folder, "many.jsonl")
        corpus.write(few, given.sample)
        corpus.write(many, given.rows)
        _table("signatures", SIGNATURES, few, given)
        _table("pipeline", PIPELINES, many, given)
    return 0


def _table(step: str, names: tuple[str, ...], file: Path, given: argparse.Namespace) -> None:
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(given.times):
        for name in names:
            if result := _run(name, step, file, given):
                runs[name].append(result)
    print(f"\n{step}, {given.sample if step == 'signatures' else given.rows:,} articles")
    print(f"{'':20}{'docs/s':>10}{'cpu s':>9}{'ours is':>10}{'peak MB':>9}{'F1':>7}")
    ours = statistics.median(r["processor"] for r in runs["ours"])
    for name, results in runs.items():
        if not results:
            print(f"{name:20} left out: not installed in the environment of --peers")
            continue
        seconds = statistics.median(r["processor"] for r in results)
        peak = statistics.median(r["peak"] for r in results) / 1024
        share = f"{results[0]['f1']:.3f}" if "f1" in results[0] else ""
        rate = results[0]["rows"] / statistics.median(r["wall"] for r in results)
        print(f"{name:20}{rate:10,.0f}{seconds:9.2f}{seconds / ours:9.1f}x{peak:9,.0f}{share:>7}")


def _run(name: str, step: str, file: Path, given: argparse.Namespace) -> dict[str, Any] | None:
    mine = name == "ours" or name.startswith("datasketch")
    python = sys.executable if mine else given.peers
    done = subprocess.run(
        [python, str(HERE / "duplication_peers.py"), name, step, str(file), given.threshold],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1]), "POLARS_MAX_THREADS": "1"},
    )
    if done.returncode and "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))
