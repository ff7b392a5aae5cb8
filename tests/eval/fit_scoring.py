"""Fits the weights of rules/scoring.toml: ``python -m tests.eval.fit_scoring [--write]``.

Each measure has the sign an editor would give it, or none: the weights solve a least-squares
problem under that constraint (Lawson and Hanson 1974, non-negative least squares), shrunk towards
small equal weights, on the mean standing of up to ten articles a source against the joined
expert ratings. Dates, bylines and leftovers of a crawl are no measures (see the data's README).
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from audit import model, rules
from audit.article import Article
from audit.facts import presentation
from audit.facts.attribution import attributions
from audit.tokens import Text

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PLACE = ROOT / "rules" / "scoring.toml"
MARK = "# --- fitted by tests/eval/fit_scoring.py ---\n"
MOST = 10  # articles a source
SHRINK, TOWARDS = 100.0, 0.01
CAP = 2.5

# signal: (area, sign, what an editor calls it)
MEASURES = {
    "strong": ("presentation", -1, "strong words outside quotations"),
    "emotive": ("presentation", -1, "emotive words outside quotations"),
    "intensifiers": ("presentation", -1, "intensifying words"),
    "second_person": ("presentation", -1, "addressing the reader"),
    "first_person": ("presentation", -1, "the writer speaking as I"),
    "first_plural": ("presentation", -1, "the writer speaking as we"),
    "slang": ("presentation", -1, "slang"),
    "hype": ("presentation", -1, "sensational words"),
    "argument": ("presentation", -1, "arguing instead of reporting"),
    "opinion": ("presentation", -1, "opinion outside quotations"),
    "conspiratorial": ("presentation", -1, "conspiratorial words"),
    "exclamations": ("presentation", -1, "exclamation marks"),
    "questions": ("presentation", -1, "question marks"),
    "ellipses": ("presentation", -1, "trailing dots"),
    "capitals": ("presentation", -1, "words in capitals"),
    "scare_quotes": ("presentation", -1, "single words in quotation marks"),
    "contractions": ("presentation", -1, "contractions"),
    "hedges": ("presentation", 1, "hedged statements"),
    "title_clickbait": ("presentation", -1, "headlines that withhold what they are about"),
    "title_question": ("presentation", -1, "headlines that ask"),
    "title_exclamation": ("presentation", -1, "headlines that shout"),
    "title_capitals": ("presentation", -1, "headlines with words in capitals"),
    "title_loaded": ("presentation", -1, "headlines with loaded words"),
    "title_you": ("presentation", -1, "headlines that speak to the reader"),
    "attributed_vague": ("sourcing", -1, "attributions to nobody in particular"),
    "attributed_anonymous": ("sourcing", -1, "attributions to unnamed sources"),
    "aggregated": ("sourcing", -1, "reports of others' reports"),
    "attributed_named": ("sourcing", 1, "attributions to named people"),
    "attributed_institution": ("sourcing", 1, "attributions to institutions"),
    "sourced_share": ("sourcing", 1, "share of attributions with a named source"),
    "sourcing": ("sourcing", 1, "words of sourcing"),
    "quote_share": ("sourcing", 1, "share of direct quotation"),
    "study": ("sourcing", 1, "studies and data referred to"),
    "civic": ("sourcing", 1, "institutions of public life"),
    "numbers": ("sourcing", 1, "figures"),
    "names": ("sourcing", 1, "people and bodies named in full"),
}


def ratings(data: Path) -> dict[str, dict[str, str]]:
    with (data / "rated_sources.csv").open() as file:
        return {row["source"]: row for row in csv.DictReader(file)}


def signals(data: Path) -> dict[str, list[dict[str, float]]]:
    """The signals of up to MOST articles of each source, in order of id."""
    loaded = rules.load()
    by_source: dict[str, list[dict]] = defaultdict(list)
    with gzip.open(data / "rated_articles.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            by_source[row["source"]].append(row)
    found: dict[str, list[dict[str, float]]] = {}
    for source, rows in sorted(by_source.items()):
        measured = []
        for row in sorted(rows, key=lambda r: r["id"]):
            if len(measured) == MOST:
                break
            text = Text(row["text"])
            if len(text.words) < 100:
                continue
            article = Article(
                id=row["id"],
                source=source,
                title=row["title"],
                text=text,
                language=model.Language("en", 1.0),
                published=model.Published(),
                attributions=attributions(text, loaded),
            )
            measured.append(presentation.measure(article, loaded))
        found[source] = [one for one in measured if one]
    return found


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, sign: np.ndarray):
    """Weights and intercept; x: sources by measures, y: ratings 0..1."""
    spread = x.std(0) + 1e-9
    mean_x = np.average(x, axis=0, weights=weight)
    mean_y = np.average(y, weights=weight)
    scaled = (x - mean_x) / spread * sign * np.sqrt(weight)[:, None]
    width = x.shape[1]
    left = np.vstack([scaled, np.sqrt(SHRINK) * np.eye(width)])
    right = np.concatenate(
        [(y - mean_y) * np.sqrt(weight), np.full(width, np.sqrt(SHRINK) * TOWARDS)]
    )
    found = nnls(left, right)[0] * sign / spread
    return found, mean_y - mean_x @ found


def main(arguments: list[str]) -> int:
    known = ratings(DATA)
    measured = {k: v for k, v in signals(DATA).items() if len(v) >= 5}
    names = list(MEASURES)
    every = np.array([[d[n] for n in names] for v in measured.values() for d in v])
    centre, scale = every.mean(0), np.maximum(every.std(0), 1e-6)
    standing = {
        k: np.clip((np.array([[d[n] for n in names] for d in v]) - centre) / scale, -CAP, CAP)
        for k, v in measured.items()
    }
    x = np.array([standing[k].mean(0) for k in measured])
    y = np.array([float(known[k]["pc1"]) for k in measured])
    weight = np.array([len(v) / MOST for v in measured.values()])
    train = np.array([known[k]["split"] == "train" for k in measured])
    sign = np.array([MEASURES[n][1] for n in names], float)
    points, base = fit(x[train], y[train], weight[train], sign)
    residual = np.sqrt(np.average((x[~train] @ points + base - y[~train]) ** 2))
    areas = {}
    for area in ("presentation", "sourcing"):
        inside = np.array([MEASURES[n][0] == area for n in names])
        areas[area] = 20.0 / max((100 * x[:, inside] @ points[inside]).std(), 1e-6)
    lines = [MARK, "\n[reliability]\n", f"base = {100 * base:.2f}\n"]
    lines.append("# One standard error of the fit, in points, on sources it was not fitted on.\n")
    lines += [f"residual = {100 * residual:.1f}\n"]
    lines.append("# Points lost if all text is borrowed, if all compared statements conflict:\n")
    lines += ["# set by judgement, no rated data tells them.\n"]
    lines += ["borrowed = 15.0\n", "conflicts = 20.0\n", "compared = 5.0\n"]
    for area, factor in areas.items():
        lines += [f"\n[area.{area}]\n", f"factor = {factor:.3f}\n"]
    for name, c, s, p in zip(names, centre, scale, points, strict=True):
        if abs(p) < 1e-4:
            continue
        area, _, words = MEASURES[name]
        lines += ["\n[[measure]]\n", f'signal = "{name}"\n', f'name = "{words}"\n']
        lines += [f'area = "{area}"\n', f"centre = {c:.4g}\n", f"scale = {s:.4g}\n"]
        lines += [f"points = {100 * p:.3f}\n"]
    text = "".join(lines)
    if "--write" in arguments:
        before = PLACE.read_text().split(MARK)[0].rstrip() + "\n\n"
        PLACE.write_text(before + text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
