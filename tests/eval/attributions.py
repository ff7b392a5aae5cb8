"""Attributions on attributions.jsonl: cues, sources given the cue, sentences.

The weights of the cue model are fitted here: ``python -m tests.eval.attributions --fit`` writes
rules/facts/attribution-model.toml from all articles. Figures named ``unseen`` come from weights
fitted on the other four fifths of the articles (by hash of the id), so they tell what to expect
elsewhere; ``all``, ``dev`` and ``held`` (halves by hash) are those of the shipped weights. ``flat``
is the same text in one paragraph with straight quotes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import msgspec
import numpy as np

from audit import rules as rulebook
from audit.facts.attribution import attributions
from audit.facts.cue_words import lexicon, tokens
from audit.facts.cues import candidates
from audit.facts.quotations import quotations
from audit.model import Attribution
from audit.tokens import Text, plain

FLOORS = {
    "attributions.unseen.cue_f1": 0.75,
    "attributions.unseen.source_given_cue": 0.91,
    "attributions.unseen.sentence_precision": 0.90,
    "attributions.unseen.sentence_recall": 0.80,
    "attributions.unseen_flat.cue_f1": 0.74,
}
Spans = list[tuple[int, int]]
Gold = list[dict[str, Spans]]
MODEL = Path("rules/facts/attribution-model.toml")
FOLDS = 5
PENALTY, RAREST, STEPS = 4.0, 3, 300  # of the fit: chosen by five folds over the articles


def fold(name: str, folds: int = 5) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def articles(data: Path) -> list[tuple[str, str, list[Gold]]]:
    """Each text once: its id, the text, and all its annotations."""
    found: dict[str, tuple[str, list[Gold]]] = {}
    for line in (data / "attributions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = [
            {k: [tuple(s) for s in one.get(k, [])] for k in ("cue", "source", "content")}
            for one in row["attributions"]
        ]
        found.setdefault(row["text"], (row["id"], []))[1].append(gold)
    return [(name, text, golds) for text, (name, golds) in found.items()]


def flat(text: str, golds: list[Gold]) -> tuple[str, list[Gold]]:
    """The same in one paragraph with straight quotes, its spans moved along."""
    at, parts, moved = 0, [], np.zeros(len(text) + 1, int)
    for piece in re.finditer(r"\s+|\S+", text):
        word = " " if piece.group()[0].isspace() else plain(piece.group())
        for k in range(piece.start(), piece.end()):
            moved[k] = at + min(k - piece.start(), len(word) - 1)
        parts.append(word)
        at += len(word)
    moved[len(text)] = at

    def move(spans: Spans) -> Spans:
        return [(int(moved[s]), int(moved[e - 1]) + 1) for s, e in spans if e > s]

    return "".join(parts), [
        [{k: move(v) for k, v in one.items()} for one in gold] for gold in golds
    ]


def _overlap(a: Spans, b: Spans) -> bool:
    return any(x < f and e < y for x, y in a for e, f in b)


def _spans(one: Attribution, part: str) -> Spans:
    got = getattr(one, part)
    got = got if isinstance(got, list) else [got] if got else []
    return [(s.start, s.end) for s in got]


def score(text: Text, found: list[Attribution], gold: Gold) -> Counter[str]:
    """Counts against one annotation; a cue found matches one cue of the annotation at most."""
    count: Counter[str] = Counter()
    free = list(range(len(gold)))
    for one in found:
        cue = _spans(one, "cue")
        if not cue:
            continue
        count["cues"] += 1
        hit = next((k for k in free if _overlap(cue, gold[k]["cue"])), None)
        if hit is None:
            continue
        free.remove(hit)
        count["hits"] += 1
        if gold[hit]["source"]:
            count["sourced"] += 1
            count["source"] += _overlap(_spans(one, "source"), gold[hit]["source"])
        if gold[hit]["content"]:
            mine = {k for s, e in _spans(one, "content") for k in range(s, e)}
            true = {k for s, e in gold[hit]["content"] for k in range(s, e)}
            count["contented"] += 1
            count["content"] += bool(mine & true)
            count["content_half"] += len(mine & true) >= 0.5 * len(mine | true)
    count["gold"] += sum(bool(one["cue"]) for one in gold)
    for name, parts in (("cue", ("cue",)), ("any", ("cue", "source", "content"))):
        ours = [s for one in found for part in parts for s in _spans(one, part)]
        theirs = [s for one in gold for part in parts for s in one[part]]
        for sentence in text.sentences:
            here, there = _overlap([sentence], ours), _overlap([sentence], theirs)
            count[f"{name}_both"] += here and there
            count[f"{name}_found"] += here
            count[f"{name}_true"] += there
    return count


def _f1(count: Counter[str]) -> float:
    return 2 * count["hits"] / max(1, count["cues"] + count["gold"])


def count(
    docs: list[tuple[str, str, list[Gold]]], rules: rulebook.Rules, one_paragraph: bool = False
) -> Counter[str]:
    """Counts over articles, each against the annotation it fits best."""
    total: Counter[str] = Counter()
    for _, raw, golds in docs:
        if one_paragraph:
            raw, golds = flat(raw, golds)
        text = Text(raw)
        found = attributions(text, rules)
        total += max((score(text, found, gold) for gold in golds), key=_f1)
    return total


def evaluate(
    docs: list[tuple[str, str, list[Gold]]], rules: rulebook.Rules, one_paragraph: bool = False
) -> dict[str, float]:
    return summary(count(docs, rules, one_paragraph))


def summary(total: Counter[str]) -> dict[str, float]:
    return {
        "cue_precision": total["hits"] / max(1, total["cues"]),
        "cue_recall": total["hits"] / max(1, total["gold"]),
        "cue_f1": _f1(total),
        "source_given_cue": total["source"] / max(1, total["sourced"]),
        "content_given_cue": total["content"] / max(1, total["contented"]),
        "content_half_given_cue": total["content_half"] / max(1, total["contented"]),
        "sentence_precision": total["any_both"] / max(1, total["any_found"]),
        "sentence_recall": total["any_both"] / max(1, total["any_true"]),
        "cue_sentence_precision": total["cue_both"] / max(1, total["cue_found"]),
        "cue_sentence_recall": total["cue_both"] / max(1, total["cue_true"]),
    }


def fit(docs: list[tuple[str, str, list[Gold]]], rules: rulebook.Rules) -> dict[str, float]:
    """Weights of the cue features by logistic regression (ridge, Adam, fixed steps)."""
    lex = lexicon(rules)
    rows: list[tuple[str, ...]] = []
    truth: list[float] = []
    for _, raw, golds in docs:
        text = Text(raw)
        toks = tokens(text, quotations(text))
        for one in candidates(toks, lex):
            span = [one.span(toks)]
            votes = [any(_overlap(span, g["cue"]) for g in gold) for gold in golds]
            rows.append(tuple(one.features()))
            truth.append(sum(votes) / len(votes))
    counts = Counter(f for row in rows for f in row)
    names = sorted(f for f, n in counts.items() if n >= RAREST)
    index = {f: i for i, f in enumerate(names)}
    owner = np.array([n for n, row in enumerate(rows) for f in row if f in index])
    column = np.array([index[f] for row in rows for f in row if f in index])
    wanted = np.array(truth)
    w = np.zeros(len(names) + 1)
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        z = np.bincount(owner, weights=w[column], minlength=len(rows)) + w[-1]
        error = 1 / (1 + np.exp(-z)) - wanted
        slope = np.bincount(column, weights=error[owner], minlength=len(names)) + PENALTY * w[:-1]
        slope = np.append(slope, error.sum())
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope * slope
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {"": round(float(w[-1]), 3)} | {
        f: round(float(x), 3) for f, x in zip(names, w[:-1], strict=True) if abs(x) >= 0.005
    }


THRESHOLD = -0.5  # log odds: best F1 by five folds


def with_weights(rules: rulebook.Rules, weights: dict[str, float]) -> rulebook.Rules:
    model = {"weights": weights, "threshold": THRESHOLD}
    return msgspec.structs.replace(rules, facts={**rules.facts, "attribution-model": model})


def measure(data: Path, quick: bool = False) -> dict[str, float]:
    """The figures of the shipped weights, and of weights fitted on the other half."""
    rules = rulebook.load()
    docs = articles(data)
    if quick:
        docs = docs[::4]
    halves = defaultdict(list)
    for doc in docs:
        halves[fold(doc[0], 2)].append(doc)
    figures: dict[str, float] = {}
    for name, part in (("all", docs), ("dev", halves[0]), ("held", halves[1])):
        figures |= {f"attributions.{name}.{k}": v for k, v in evaluate(part, rules).items()}
    flat_figures = evaluate(docs, rules, one_paragraph=True)
    figures |= {f"attributions.flat.{k}": v for k, v in flat_figures.items()}
    total: Counter[str] = Counter()
    flat_total: Counter[str] = Counter()
    for k in range(FOLDS):
        learned = with_weights(rules, fit([d for d in docs if fold(d[0]) != k], rules))
        rest = [d for d in docs if fold(d[0]) == k]
        total += count(rest, learned)
        flat_total += count(rest, learned, one_paragraph=True)
    figures |= {f"attributions.unseen.{k}": v for k, v in summary(total).items()}
    figures |= {f"attributions.unseen_flat.{k}": v for k, v in summary(flat_total).items()}
    return figures


def write(weights: dict[str, float], place: Path) -> None:
    lines = [
        "# Weights (log odds) that tell cues from other uses of the listed words. Fitted by",
        "# python -m tests.eval.attributions --fit; a feature is named for what it looks at.",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
        *(f"{json.dumps(name)} = {value}" for name, value in sorted(weights.items())),
    ]
    place.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    data = root.parent / "shared" / "data"
    if "--fit" in sys.argv:
        write(fit(articles(data), rulebook.load()), root / MODEL)
    for key, value in measure(data).items():
        print(f"{key:50} {value:.3f}")
