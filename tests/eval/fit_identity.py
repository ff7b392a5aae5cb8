"""Fits the weights that tell whether two figures count one thing; folds by topic.

    python -m tests.eval.fit_identity            # what the folds reach
    python -m tests.eval.fit_identity --common   # counts the common stems anew, into the same file
    python -m tests.eval.fit_identity --write    # writes the weights into rules/facts/identity.toml

Two logistic regressions (ridge). Of documents: pairs of story_pages and of our own invented pages
(invented.py) of one topic, and one in EACH of two topics; one story where the pages' ``story`` is
one. Of figures: the pairs of marked numbers in invented pages, and of story_pairs.jsonl (``alike``
counts as a third of a "no": they are of one thing and both can hold).
To either, as what is surely no: pairs of rated_articles that have names in common and appeared more
than APART days apart: other news of the same people. A fold leaves a topic out of all. Whether
two pages tell one story counts as all pages in one folder decide it (audit/facts/piles.py).
Common stems: how many of rated_articles and clean have them. No text is kept.
Long, for both scores are fitted on the same pairs and judged together.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import sys
import textwrap
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from audit.facts import events, tolls
from audit.facts.claim_pairs import LIKE, MOST
from audit.facts.claim_rows import tail_of
from audit.facts.extract import Facts
from audit.facts.figure_identity import (
    Document,
    figure_parts,
    model_of,
    odds,
    story_parts,
)
from audit.facts.figure_pairs import Match, both_hold, matches
from audit.facts.figures import Figure
from audit.facts.gist import meets
from audit.facts.grounds import compatible
from audit.facts.pile_rows import Rows
from audit.facts.stems import stem
from audit.facts.words import telling, words_of
from audit.rules import Rules, load
from audit.tokens import Text
from tests.eval import invented
from tests.eval.rated import articles
from tests.eval.stories import KEY, by_two, in_folder, pages, told_of

FILE = Path(__file__).parents[2] / "rules/facts/identity.toml"
DATA = Path(__file__).parents[2].parent / "shared" / "data"
RIDGE = 3.0
EACH = 31  # of the pairs of two topics, one in so many
SOME = 0.3  # what an ``alike`` pair counts
APART = 60  # days between two articles from which they tell two stories
FAR = 0.3  # what a pair of these counts
LEAST = (0.2, 0.3, 0.4, 0.5)  # scores that might be enough
WAYS = {"two at a time": by_two, "one folder": in_folder}
# The share of articles from which a stem is common, and what it then weighs.
COMMON = ((0.068, "0.3"), (0.025, "0.45"), (0.009, "0.6"), (0.003, "0.8"))

Table = tuple[list[dict[str, float]], np.ndarray, np.ndarray, list[str]]


def logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Constant first, then a weight a column; the columns are scaled while the ridge acts."""
    scale = x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), x / scale]
    penalty = np.eye(z.shape[1]) * ridge
    penalty[0, 0] = 0.01
    found = np.zeros(z.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ found))
        slope = z.T @ (weights * (y - p)) - penalty @ found
        curve = (z * (weights * p * (1 - p))[:, None]).T @ z + penalty
        found += np.linalg.solve(curve, slope)
    return np.r_[found[0], found[1:] / scale]


def documents(data: Path, rules: Rules) -> dict[str, Document]:
    docs = pages(data, rules, marked=False) | invented.pages(rules)
    return {key: document(key, d.text, d.facts, rules) for key, d in docs.items()}


def document(key: str, text: Text, facts: Facts, rules: Rules) -> Document:
    del text
    story = events.story((n.name for n in facts.names), events.actors(rules))
    return Document(key, story, facts.published, facts.gist, facts.figures)


def other_news(data: Path, rules: Rules) -> list[tuple[Document, Document]]:
    """Pairs of rated articles that share a foremost name and appeared long after each other."""
    known = events.actors(rules)
    by_name: dict[str, list[Document]] = {}
    for row, text, facts in articles(data, rules):
        if facts.published.from_ and facts.figures:
            made = document(row["id"], text, facts, rules)
            for name in {tail_of(n) for n in events.foremost(made.story, known)}:
                by_name.setdefault(name, []).append(made)
    found: dict[tuple[str, str], tuple[Document, Document]] = {}
    for name in sorted(by_name):
        for a, b in itertools.combinations(by_name[name][:MOST], 2):
            days = tolls.apart(a.published, b.published)
            if (days or 0) > APART and events.alike(a.story, b.story, known) >= LIKE:
                found[a.id, b.id] = a, b
    return [found[key] for key in sorted(found)]


def common(data: Path) -> dict[str, list[str]]:
    """The stems that many articles have, by what they weigh."""
    have: Counter[str] = Counter()
    count = 0
    for name in ("rated_articles", "clean"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                words = set(re.findall(r"[a-z]{3,}(?:'[a-z]+)?", json.loads(line)["text"].lower()))
                have.update({stem(w) for w in words if telling(w)})
                count += 1
    found: dict[str, list[str]] = {weight: [] for _, weight in COMMON}
    for key in sorted(have):
        weight = next((w for share, w in COMMON if have[key] >= share * count), None)
        if weight:
            found[weight].append(key)
    return found


def topic(document: str) -> str:
    return document.partition("_")[0]


def stories(
    data: Path,
    docs: dict[str, Document],
    far: list[tuple[Document, Document]],
    rules: Rules,
) -> Table:
    """Pairs of documents: parts, whether one story, weights, topics."""
    words = words_of(rules)
    with (data / "story_pages.jsonl").open(encoding="utf-8") as lines:
        told = {row["id"]: row["story"] for row in map(json.loads, lines)}
    told |= {row["id"]: row["story"] for row in invented.rows()}
    parts, one, of = [], [], []
    apart = 0
    for a, b in itertools.combinations(sorted(docs), 2):
        if topic(a) != topic(b):
            apart += 1
            if apart % EACH:
                continue
        if not (docs[a].figures and docs[b].figures):
            continue
        parts.append(story_parts(docs[a], docs[b], words))
        one.append(told[a] == told[b])
        of.append(topic(a) if topic(a) == topic(b) else "-")
    weights = np.r_[np.ones(len(one)), np.full(len(far), FAR)]
    for x, y in far:
        parts.append(story_parts(x, y, words))
        one.append(False)
        of.append("-")
    return parts, np.array(one, float), weights, of


def piled(
    docs: dict[str, Document], rules: Rules, weights: dict[str, float], of: str
) -> dict[tuple[str, str], float]:
    """The log-odds of the pairs of pages of one topic that tell one story by ``weights``, all
    pages lying in one folder: as in a run, under the name that both have foremost."""
    fit = replace(model_of(rules), story=weights)
    rows = Rows(rules)
    rows.stories.update({key: d.story for key, d in docs.items()})
    under: dict[str, list[str]] = {}
    for key in sorted(docs):
        for name in meets(docs[key].gist):
            under.setdefault(name, []).append(key)
    found: dict[tuple[str, str], float] = {}
    for name in sorted(under, reverse=True):  # the least name that two share has the last word
        ids = under[name]
        pairs = list(itertools.combinations(ids, 2))
        for pair in pairs:
            found.pop(pair, None)
        if any(topic(key) == of for key in ids):
            told = rows.one_story(ids, lambda n, ids=ids: docs[ids[n]], fit)
            found.update({(ids[i], ids[j]): odds for (i, j), odds in told.items()})
    return {pair: odds for pair, odds in found.items() if topic(pair[0]) == of == topic(pair[1])}


def figures(
    docs: dict[str, Document],
    far: list[tuple[Document, Document]],
    rules: Rules,
    story: dict[str, dict[str, float]],
) -> tuple[Table, np.ndarray, Counter[str]]:
    """Pairs of figures: parts, whether of one thing, weights, topics; whether their documents tell
    one story and their numbers differ, so that they can be reported; and the verdicts of pairs
    without a figure. ``story`` are the weights by the topic left out of them, "-" for none."""
    fit = model_of(rules)
    parts, one, weights, of, open_ = [], [], [], [], []
    lost: Counter[str] = Counter()
    linked: dict[tuple[str, str], float] = {}
    for left in sorted(set(story) - {"-"}):
        linked |= piled(docs, rules, story[left], left)
    key = [json.loads(line) for line in KEY.read_text("utf-8").splitlines()]
    for row in [*key, *invented.pairs()]:
        left, right, verdict = row["a"], row["b"], row["verdict"]
        a, b = docs[left[0]], docs[right[0]]
        pair = next(
            (
                (x, y)
                for x in _at(a, left)
                for y in _at(b, right)
                if fit.words.kin(x.counts) == fit.words.kin(y.counts)
                and (x.number.unit or "") == (y.number.unit or "")
            ),
            None,
        )
        if pair is None:
            lost[verdict] += "value" not in row
            continue
        told = linked.get((a.id, b.id))
        own = odds(story_parts(a, b, fit.words), story[topic(a.id)])
        parts.append(figure_parts(*pair, own if told is None else told, a, b, fit.words))
        match = Match(*pair, 1.0, parts[-1], ())
        open_.append(
            told is not None
            and not compatible(pair[0].number, pair[1].number)
            and not both_hold(match, a, b, fit)
        )
        one.append(verdict == "one")
        weights.append(SOME if verdict == "alike" else 1.0)
        of.append(topic(a.id))
    for a, b in far:
        own = odds(story_parts(a, b, fit.words), story["-"])
        for match in matches(a, b, own, fit):
            if not compatible(match.a.number, match.b.number):
                parts.append(match.parts)
                one.append(False)
                weights.append(FAR)
                of.append("-")
                open_.append(False)
    return (parts, np.array(one, float), np.array(weights), of), np.array(open_), lost


def _at(document: Document, span: list[Any]) -> list[Figure]:
    _, start, end = span
    return [f for f in document.figures if f.number.start < end and start < f.number.end]


def fitted(rows: Table, without: str | None = None) -> dict[str, float]:
    """The weights by part, "" being the constant; without the pairs of one topic."""
    parts, one, weights, of = rows
    names = list(parts[0])
    keep = np.array([t != without for t in of])
    x = np.array([[p[n] for n in names] for p in parts])
    found = logistic(x[keep], one[keep], weights[keep])
    return {"": found[0], **dict(zip(names, found[1:], strict=True))}


def held_out(rows: Table) -> np.ndarray:
    """The probability of each pair by weights that have not seen its topic."""
    parts, _, _, of = rows
    models = {t: fitted(rows, None if t == "-" else t) for t in sorted(set(of))}
    return np.array([1 / (1 + np.exp(-odds(p, models[t]))) for p, t in zip(parts, of, strict=True)])


def show(name: str, chance: np.ndarray, one: np.ndarray, whole: float) -> None:
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = chance >= least
        right = one[said].sum()
        print(f"{name} >= {least}: precision {right / max(1, said.sum()):.3f} "
              f"recall {right / whole:.3f} of {whole:.0f} ({said.sum()} said)")  # fmt: skip


def main() -> None:
    if "--common" in sys.argv:
        write_common(common(DATA))
    rules = load()
    docs, far = documents(DATA, rules), other_news(DATA, rules)
    of_stories = stories(DATA, docs, far, rules)
    inside = np.array([t != "-" for t in of_stories[3]])
    unseen = held_out(of_stories)
    show("one story, unseen topics", unseen[inside], of_stories[1][inside], of_stories[1].sum())
    topics = sorted({t for t in of_stories[3] if t != "-"})
    by_topic = {t: fitted(of_stories, t) for t in topics} | {"-": fitted(of_stories)}
    of_figures, can, lost = figures(docs, far, rules, by_topic)
    print(f"pairs of other news: {len(far)}, of their figures: {of_figures[3].count('-')}")
    print("pairs without a figure:", dict(sorted(lost.items())))
    whole = of_figures[1].sum() + lost["one"]
    show("one thing, unseen topics", held_out(of_figures) * can, of_figures[1], whole)
    story, figure = fitted(of_stories), fitted(of_figures)
    seen = np.array([1 / (1 + np.exp(-odds(p, figure))) for p in of_figures[0]])
    show("one thing, in-sample", seen * can, of_figures[1], whole)
    whole_key(rules, of_stories, of_figures)
    for name, weights in (("story", story), ("figure", figure)):
        print(name, {k: round(float(v), 3) for k, v in weights.items()})
    if "--write" in sys.argv:
        write({"story": story, "figure": figure})


def whole_key(rules: Rules, of_stories: Table, of_figures: Table) -> None:
    """Prints what comparing pages, two at a time and those of a topic in one folder, reaches on
    story_pairs.jsonl and on the invented pages, tolls and claims included, with weights that have
    not seen the topic, for each score that might be enough."""
    docs = pages(DATA, rules, marked=False)
    own = invented.pages(rules)
    topics = sorted(set(of_figures[3]) - {"-"})
    fits = {t: {"story": fitted(of_stories, t), "figure": fitted(of_figures, t)} for t in topics}
    for least, (name, way) in itertools.product(LEAST, WAYS.items()):
        told: Counter[str] = Counter()
        ours: Counter[tuple[str, str, bool]] = Counter()
        shown = []
        for left in topics:
            table = {**rules.facts["identity"], **fits[left]}
            table["least"] = {**table["least"], "figure": least}
            unseen = msgspec.structs.replace(rules, facts={**rules.facts, "identity": table})
            mine = {k: d for k, d in {**docs, **own}.items() if topic(k) == left}
            if next(iter(mine)) in own:
                ours += invented.told_of(way(mine, unseen), left)
                continue
            of = told_of(way(mine, unseen), f"{left}_")
            told += of
            shown.append(
                f"{left}: {of['one+']}/{of['one+'] + of['two+'] + of['alike+']}/{of['one']}"
            )
        said = told["one+"] + told["two+"] + told["alike+"]
        print(f"whole key, {name}, unseen topics, least {least}: "
              f"precision {told['one+'] / max(1, said):.3f} "
              f"recall {told['one+'] / told['one']:.3f} of {told['one']} "
              f"(right/reported/of: {', '.join(shown)})")  # fmt: skip
        for kind, slots in (("all", None), ("tolls", invented.TOLLS)):
            one, whole, two = invented.count(ours, slots)
            print(f"invented pages, {kind}, {name}, unseen topics, least {least}: "
                  f"precision {one / max(1, one + two):.3f} recall {one / whole:.3f} "
                  f"({one} of {whole}, {two} of two things)")  # fmt: skip


def write(tables: dict[str, dict[str, float]]) -> None:
    """The weights into the rules, each table in place of the old one."""
    text = FILE.read_text("utf-8")
    for name, weights in tables.items():
        lines = "".join(f"{json.dumps(k)} = {v:.3f}\n" for k, v in weights.items())
        text = re.sub(rf"(?ms)^\[{name}\]\n.*?(?=^\[|\Z)", f"[{name}]\n{lines}\n", text)
    tomllib.loads(text)
    FILE.write_text(text, "utf-8")


def write_common(stems: dict[str, list[str]]) -> None:
    """The common stems into the rules, in place of the old ones."""
    kept = FILE.read_text("utf-8").partition("[common]\n")[0]
    tables = []
    for weight, keys in stems.items():
        lines = textwrap.fill(" ".join(keys), 100, initial_indent="    ", subsequent_indent="    ")
        tables.append(f'"{weight}" = """\n{lines}\n"""\n')
    text = f"{kept}[common]\n{''.join(tables)}"
    tomllib.loads(text)
    FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
