"""Fits the weights that tell whether two figures count one thing; folds by topic.

    python -m tests.eval.fit_identity            # what the folds reach
    python -m tests.eval.fit_identity --common   # counts the common stems anew, into the same file
    python -m tests.eval.fit_identity --write    # writes the weights into rules/facts/identity.toml
    python -m tests.eval.fit_identity --write figure   # those of figures only

[figure] is fitted on all pages, the others without those of desks (invented.py): with these the
marked numbers of story_pages fell from precision .90 to .86.

Four logistic regressions (ridge). Of documents: pairs of story_pages and of our own invented pages
(invented.py) of one topic, and one in EACH of two topics; one story where the pages' ``story`` is
one. Of what a pile adds: piles drawn of these (fit_piles.py). Of figures, and of tolls: all pairs
that can be compared and differ (fit_figures.py, fit_tolls.py).
To each, as what is surely no: pairs of rated_articles that have names in common and appeared more
than APART days apart: other news of the same people. A fold leaves a topic out of all. Whether
two pages tell one story counts as all pages in one folder decide it (audit/facts/piles.py).
Common stems: how many of rated_articles and clean have them. No text is kept.
Two to five minutes. Long, for all scores are fitted on the same pages and judged together.
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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from audit.facts import events, piles, tolls
from audit.facts.claim_rows import MOST, tail_of
from audit.facts.extract import Facts
from audit.facts.figure_identity import (
    TWO,
    Document,
    Told,
    as_told,
    log_odds,
    model_of,
    odds,
    of_other_days,
    story_parts,
)
from audit.facts.gist import meets
from audit.facts.pile_rows import LIKE
from audit.facts.stems import stem
from audit.facts.words import telling, words_of
from audit.rules import Rules, load
from tests.eval import fit_figures, fit_piles, fit_tolls, invented
from tests.eval.rated import articles
from tests.eval.stories import by_two, in_folder, marked_numbers, pages, told_of

FILE = Path(__file__).parents[2] / "rules/facts/identity.toml"
DATA = Path(__file__).parents[2].parent / "shared" / "data"
RIDGE = 3.0
SETTLED = 1e-9  # change of a weight from which it is found
EACH = 31  # of the pairs of two topics, one in so many
OTHERS = 4  # of the pairs of other news, one in so many lends its articles to piles
APART = 60  # days between two articles from which they tell two stories
FAR = 0.3  # what a pair of these counts
LEAST = (0.4, 0.5)  # scores of tolls that might be enough
# Topics of real pages, and of invented ones.
KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("real", str.isdigit),
    ("desks", lambda t: t[0] == "b"),
    ("invented", lambda t: not t.isdigit() and t[0] not in "-b"),
)
WAYS = {"two at a time": by_two, "one folder": in_folder}
# The share of articles from which a stem is common, and what it then weighs.
COMMON = ((0.068, "0.3"), (0.025, "0.45"), (0.009, "0.6"), (0.003, "0.8"))

Table = tuple[list[dict[str, float]], np.ndarray, np.ndarray, list[str]]


def logistic(
    x: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    ridge: float = RIDGE,
    constant: bool = True,
) -> np.ndarray:
    """Constant first, if there is one, then a weight a column; the columns are scaled while the
    ridge acts."""
    scale = x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), x / scale] if constant else x / scale
    penalty = np.eye(z.shape[1]) * ridge
    if constant:
        penalty[0, 0] = 0.01
    found = np.zeros(z.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ found))
        slope = z.T @ (weights * (y - p)) - penalty @ found
        curve = (z * (weights * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < SETTLED:
            break
    return np.r_[found[0], found[1:] / scale] if constant else found / scale


@dataclass(frozen=True)
class Page:
    """What is compared of a page."""

    document: Document
    told: Told


def documents(data: Path, rules: Rules) -> dict[str, Page]:
    docs = pages(data, rules, marked=False) | invented.pages(rules)
    return {key: page(key, d.facts, rules) for key, d in docs.items()}


def page(key: str, facts: Facts, rules: Rules) -> Page:
    story = events.story((n.name for n in facts.names), events.actors(rules))
    return Page(
        Document(key, story, facts.published, facts.figures),
        as_told(facts.gist, facts.published, facts.figures, words_of(rules)),
    )


def other_news(data: Path, rules: Rules) -> list[tuple[Page, Page]]:
    """Pairs of rated articles that share a foremost name and appeared long after each other."""
    known = events.actors(rules)
    by_name: dict[str, list[Page]] = {}
    for row, _, facts in articles(data, rules):
        if facts.published.from_ and facts.figures:
            made = page(row["id"], facts, rules)
            for name in {tail_of(n) for n in events.foremost(made.document.story, known)}:
                by_name.setdefault(name, []).append(made)
    found: dict[tuple[str, str], tuple[Page, Page]] = {}
    for name in sorted(by_name):
        for a, b in itertools.combinations(by_name[name][:MOST], 2):
            one, two = a.document, b.document
            days = tolls.apart(one.published, two.published)
            if (days or 0) > APART and events.alike(one.story, two.story, known) >= LIKE:
                found[one.id, two.id] = a, b
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


def stories(data: Path, docs: dict[str, Page], far: list[tuple[Page, Page]]) -> Table:
    """Pairs of documents: parts, whether one story, weights, topics."""
    told = told_in(data)
    parts, one, of = [], [], []
    apart = 0
    for a, b in itertools.combinations(sorted(docs), 2):
        if topic(a) != topic(b):
            apart += 1
            if apart % EACH:
                continue
        if not (docs[a].document.figures and docs[b].document.figures):
            continue
        if of_other_days(docs[a].told, docs[b].told):
            continue
        parts.append(story_parts(docs[a].told, docs[b].told))
        one.append(told[a] == told[b])
        of.append(topic(a) if topic(a) == topic(b) else "-")
    weights = np.r_[np.ones(len(one)), np.full(len(far), FAR)]
    for x, y in far:
        parts.append(story_parts(x.told, y.told))
        one.append(False)
        of.append("-")
    return parts, np.array(one, float), weights, of


def told_in(data: Path) -> dict[str, str]:
    """The story of each page."""
    with (data / "story_pages.jsonl").open(encoding="utf-8") as lines:
        told = {row["id"]: row["story"] for row in map(json.loads, lines)}
    return told | {row["id"]: row["story"] for row in invented.rows()}


def unseen_odds(
    docs: dict[str, Page], story: dict[str, dict[str, float]]
) -> dict[tuple[str, str], float]:
    """The log-odds of one story of each two pages that meet, those of one topic by weights that
    have not seen it."""
    meeting = {key: frozenset(meets(one.told.gist)) for key, one in docs.items()}
    return {
        (a, b): odds(
            story_parts(docs[a].told, docs[b].told),
            story.get(topic(a), story["-"]) if topic(a) == topic(b) else story["-"],
        )
        for a, b in itertools.combinations(sorted(docs), 2)
        if meeting[a] & meeting[b] and not of_other_days(docs[a].told, docs[b].told)
    }


def of_piles(
    data: Path,
    docs: dict[str, Page],
    far: list[tuple[Page, Page]],
    story: dict[str, dict[str, float]],
) -> dict[str, float]:
    """The weights of what a pile adds; and prints what a pile reaches with them."""
    others = {p.document.id: p for pair in far[::OTHERS] for p in pair}
    apart = {(min(ids), max(ids)) for ids in ((x.document.id, y.document.id) for x, y in far)}
    told = {key: story for key, story in told_in(data).items() if key in docs}
    of = {key: topic(key) for key in docs}
    table = unseen_odds(docs | others, story)
    never = story["-"][""]
    x, y, weights, _ = fit_piles.rows(table, never, told, of, sorted(others), apart, FAR)
    found = logistic(x, y, weights, constant=False)
    made = dict(zip(fit_piles.PARTS, map(float, found), strict=True))
    said = 1 / (1 + np.exp(-(x @ found)))
    inside = weights == 1.0
    show("one story, piles", said[inside], y[inside], y.sum())
    print(
        f"  of {(~inside).sum()} of other news {(said[~inside] >= 0.5).sum()} taken for one story"
    )
    return made


def figures(
    docs: dict[str, Page],
    plain: dict[str, Page],
    far: list[tuple[Page, Page]],
    rules: Rules,
    story: dict[str, dict[str, float]],
    pile: dict[str, float],
) -> tuple[Table, Table, np.ndarray]:
    """Pairs of figures, tolls aside (fit_figures.py), and pairs of tolls in ``plain`` ones
    (fit_tolls.py): parts,
    whether of one thing, weights, topics; whether the former can be reported. ``story`` are
    the weights by the topic left out of them, "-" for none; ``pile`` those of what a pile adds."""
    fit = model_of(rules)
    table = unseen_odds(docs, story)
    linked = piles.stories(table, piles.Pile(story["-"][""], pile, TWO))

    def told(a: str, b: str) -> float:
        """The log-odds that two pages, in order, tell one story, as a pile of all decides."""
        found = linked.get((a, b))
        return table.get((a, b), story["-"][""]) if found is None else found

    other = [(x, y, odds(story_parts(x.told, y.told), story["-"])) for x, y in far]
    mine = {key: one.document for key, one in docs.items()}
    of_figures = fit_figures.pairs(
        mine,
        told,
        log_odds(fit.likely),
        [(x.document, y.document, own) for x, y, own in other],
        fit,
        FAR,
    )
    of_tolls = fit_tolls.rows(
        marked_numbers(DATA),
        {key: mine[key] for key in plain},
        linked,
        [(x.document, y.document, own) for x, y, own in other if own >= TWO],
        fit.words,
        FAR,
    )
    return of_figures.rows, of_tolls, of_figures.open


def fitted(
    rows: Table, without: str | None = None, ridge: float = RIDGE, dropped: tuple[str, ...] = ()
) -> dict[str, float]:
    """The weights by part, "" being the constant; without the pairs of one topic, and without the
    parts ``dropped``."""
    parts, one, weights, of = rows
    names = [name for name in parts[0] if name not in dropped]
    keep = np.array([t != without for t in of])
    x = np.array([[p[n] for n in names] for p in parts])
    found = logistic(x[keep], one[keep], weights[keep], ridge)
    return {"": found[0], **dict(zip(names, found[1:], strict=True))}


def of_things(rows: Table, without: str | None = None) -> dict[str, float]:
    """The weights of figures that are no tolls."""
    made = fitted(rows, without, fit_figures.RIDGE, fit_figures.DROPPED)
    return made | fit_figures.KNOWN


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
              f"recall {right / max(1, whole):.3f} of {whole:.0f} ({said.sum()} said)")  # fmt: skip


def main() -> None:
    if "--common" in sys.argv:
        write_common(common(DATA))
    rules = load()
    docs, far = documents(DATA, rules), other_news(DATA, rules)
    of_desks = {row["id"] for row in invented.read(invented.DESKS)}
    plain = {key: one for key, one in docs.items() if key not in of_desks}
    of_stories = stories(DATA, plain, far)
    inside = np.array([t != "-" for t in of_stories[3]])
    unseen = held_out(of_stories)
    show("one story, unseen topics", unseen[inside], of_stories[1][inside], of_stories[1].sum())
    topics = sorted({t for t in of_stories[3] if t != "-"})
    by_topic = {t: fitted(of_stories, t) for t in topics} | {"-": fitted(of_stories)}
    pile = of_piles(DATA, plain, far, by_topic)
    of_figures, of_tolls, can = figures(docs, plain, far, rules, by_topic, pile)
    print(f"pairs of other news: {len(far)}, of their figures: {of_figures[3].count('-')}")
    of_one = held_out(of_figures)
    for name, kind in KINDS:
        mine = np.array([kind(t) for t in of_figures[3]])
        show(f"one thing, unseen topics, {name}", (of_one * can)[mine], of_figures[1][mine],
             of_figures[1][mine].sum())  # fmt: skip
    unseen = held_out(of_tolls)
    for name, kind in KINDS:
        mine = np.array([kind(t) for t in of_tolls[3]])
        show(f"one toll, unseen topics, {name}", unseen[mine], of_tolls[1][mine],
             of_tolls[1][mine].sum())  # fmt: skip
    story, figure, toll = fitted(of_stories), of_things(of_figures), fitted(of_tolls)
    whole_key(rules, of_stories, of_figures, of_tolls, pile)
    for name, weights in (("story", story), ("pile", pile), ("figure", figure), ("toll", toll)):
        print(name, {k: round(float(v), 3) for k, v in weights.items()})
    if "--write" in sys.argv:
        made = {"story": story, "pile": pile, "figure": figure, "toll": toll}
        names = sys.argv[sys.argv.index("--write") + 1 :] or list(made)
        write({name: made[name] for name in names})


def whole_key(
    rules: Rules, of_stories: Table, of_figures: Table, of_tolls: Table, pile: dict[str, float]
) -> None:
    """Prints what comparing pages, two at a time and those of a topic in one folder, reaches on
    story_pairs.jsonl and on the invented pages, tolls and claims included, with weights that have
    not seen the topic, for each score that might be enough."""
    docs = pages(DATA, rules, marked=False)
    own = invented.pages(rules)
    written = invented.rows()
    of_wires = {topic(row["id"]) for row in invented.read(invented.WIRES)}
    topics = sorted({*of_figures[3], *of_tolls[3]} - {"-"})
    fits = {
        t: {
            "story": fitted(of_stories, t),
            "figure": of_things(of_figures, t),
            "toll": fitted(of_tolls, t),
        }
        for t in topics
    }
    for least, (name, way) in itertools.product(LEAST, WAYS.items()):
        told: Counter[str] = Counter()
        ours: Counter[tuple[str, str, bool]] = Counter()
        wires: Counter[tuple[str, str, bool]] = Counter()
        shown = []
        for left in topics:
            table = {**rules.facts["identity"], **fits[left], "pile": pile}
            table["least"] = {**table["least"], "toll": least}
            unseen = msgspec.structs.replace(rules, facts={**rules.facts, "identity": table})
            mine = {k: d for k, d in {**docs, **own}.items() if topic(k) == left}
            if next(iter(mine)) in own:
                (wires if left in of_wires else ours).update(
                    invented.told_of(way(mine, unseen), [r for r in written if r["id"] in mine])
                )
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
        for (which, of_all), (kind, slots) in itertools.product(
            (("invented pages", ours), ("wires", wires)), (("all", None), ("tolls", invented.TOLLS))
        ):
            one, whole, two = invented.count(of_all, slots)
            print(f"{which}, {kind}, {name}, unseen topics, least {least}: "
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
