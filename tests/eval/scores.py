"""How well reliability ranks rated sources: the same number of articles a source, nothing else.

Read through ``audit.run`` (sources: scores.reliability.value) with the shipped weights, which were
fitted on the sources of split ``train``; ``dev`` are the others. The range of the correlation is
that of 1,000 bootstrap samples of sources. ``folds`` fits the weights anew on nine tenths of all
sources and reads the tenth they have not seen (linear part alone).
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

import audit
from tests.eval.fit_scoring import CAP, MEASURES, MOST, fit, ratings, signals

FLOORS = {"scores.spearman_dev": 0.55, "scores.spearman_folds": 0.55}
CENTRE = ("center", "left-center", "right-center")


def measure(data: Path) -> dict[str, float]:
    known = ratings(data)
    values = {
        source.name: source.scores.reliability.value
        for source in _report(data).sources
        if source.scores.reliability.value is not None
    }
    names = sorted(values)
    got = np.array([values[n] for n in names])
    rated = np.array([float(known[n]["pc1"]) for n in names])
    dev = np.array([known[n]["split"] == "dev" for n in names])
    centre = np.array([known[n]["bias"] in CENTRE for n in names])
    low, high = _range(got[dev], rated[dev])
    bottom = rated <= np.quantile(rated, 0.15)
    told = got <= np.quantile(got, 0.15)
    folds, folds_centre = _folds(data, known)
    return {
        "scores.sources": float(len(names)),
        "scores.spearman_dev": float(spearmanr(got[dev], rated[dev])[0]),
        "scores.spearman_dev_low": low,
        "scores.spearman_dev_high": high,
        "scores.spearman_all": float(spearmanr(got, rated)[0]),
        "scores.spearman_centre": float(spearmanr(got[centre], rated[centre])[0]),
        "scores.spearman_folds": folds,
        "scores.spearman_folds_centre": folds_centre,
        "scores.lowest_precision": float((bottom & told).sum() / told.sum()),
        "scores.lowest_recall": float((bottom & told).sum() / bottom.sum()),
    }


def _report(data: Path) -> audit.Report:
    by_source: dict[str, list[dict]] = defaultdict(list)
    with gzip.open(data / "rated_articles.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            by_source[row["source"]].append(row)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "articles.jsonl"
        with place.open("w") as out:
            for _, rows in sorted(by_source.items()):
                if len(rows) >= MOST:
                    for row in sorted(rows, key=lambda r: r["id"])[:MOST]:
                        kept = {k: row[k] for k in ("id", "source", "url", "title", "text")}
                        out.write(json.dumps(kept) + "\n")
        return audit.run([str(place)])


def _range(got: np.ndarray, rated: np.ndarray) -> tuple[float, float]:
    draw = np.random.RandomState(0)
    found = []
    for _ in range(1000):
        chosen = draw.randint(0, len(got), len(got))
        found.append(spearmanr(got[chosen], rated[chosen])[0])
    return float(np.nanquantile(found, 0.05)), float(np.nanquantile(found, 0.95))


def _folds(data: Path, known: dict[str, dict[str, str]]) -> tuple[float, float]:
    measured = {k: v for k, v in signals(data).items() if len(v) >= 5}
    names = list(MEASURES)
    sign = np.array([MEASURES[n][1] for n in names], float)
    every = np.array([[d[n] for n in names] for v in measured.values() for d in v])
    centre, scale = every.mean(0), np.maximum(every.std(0), 1e-6)
    x = np.array(
        [
            np.clip(
                (np.array([[d[n] for n in names] for d in v]) - centre) / scale, -CAP, CAP
            ).mean(0)
            for v in measured.values()
        ]
    )
    y = np.array([float(known[k]["pc1"]) for k in measured])
    weight = np.array([len(v) / MOST for v in measured.values()])
    full = weight >= 1
    partisan = np.array([known[k]["bias"] not in CENTRE for k in measured])
    order = np.random.RandomState(0).permutation(len(y))
    told = np.zeros(len(y))
    for fold in range(10):
        held = np.zeros(len(y), bool)
        held[order[fold::10]] = True
        points, base = fit(x[~held], y[~held], weight[~held], sign)
        told[held] = x[held] @ points + base
    middle = full & ~partisan
    return (
        float(spearmanr(told[full], y[full])[0]),
        float(spearmanr(told[middle], y[middle])[0]),
    )
