"""Fits the weights that tell what befell people whose number no listed words place; folds by topic.

    python -m tests.eval.fit_befell            # what the folds reach, and held-out and fresh text
    python -m tests.eval.fit_befell --write    # writes the weights into rules/facts/befell.toml

A softmax regression (ridge) over the signs of audit/facts/befell_signs.py. Fitted on the numbers of
the invented pages whose topics are seen (see tests/eval/tolls.py) and of invented wires, on
toll_lessons.txt, and on numbers of rated_articles that no rule reads as a toll, as what is almost
surely none. Numbers that rules read weigh less, for the weights are never asked about them. No text
is kept.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from audit import model
from audit.facts.befell import before_of, told_of
from audit.facts.befell_signs import SLOTS, Signs, befell_of
from audit.facts.counting import lexicon, page_of
from audit.facts.dates import dates
from audit.facts.lexicon import built
from audit.facts.numerals import numbers_in
from audit.facts.quantities import quantity
from audit.facts.scan import scan
from audit.rules import Rules, folder, load
from audit.tokens import Text
from tests.eval import invented, tolls
from tests.eval.__main__ import DATA

CLASSES = ("none", *SLOTS)
RIDGE = 0.85
LEAST = 5  # numbers that have a sign, at least
KNOWN, NEWS = 0.3, 0.6  # weight of a number that a rule reads, and of one in other news
ARTICLES = 2700  # of rated_articles, the last third to see how often something is read
SMALL = 8  # hundredths: weights below are left out
LESSONS = Path(__file__).with_name("toll_lessons.txt")

# The signs of a number, what it counts, and whether its slot is open.
Example = tuple[list[str], str, bool]
Row = tuple[list[str], str, float]
Weights = dict[str, np.ndarray]


def examples(raw: str, marks: list[tolls.Mark] | None, rules: Rules) -> list[Example]:
    """The numbers of a text that may be of people; without marks, as rules read them."""
    text = Text(raw)
    days = dates(text, model.Published(), rules)
    page = page_of(scan(text.plain, rules), built(rules, lexicon), days)
    found = [(number, quantity(page, text, number)) for number in numbers_in(page)]
    lex = built(rules, befell_of)
    numbers = told_of(page, found, lex)
    signs = Signs(page, lex, numbers)
    before: list[tuple[int, str]] = []
    out = []
    for (number, of), told in zip(found, numbers, strict=True):
        start, end = page.starts[number.first], page.ends[number.last - 1]
        slot = "none"
        for kind, value, first, last in marks or []:
            if kind in SLOTS and value == number.value and first < end and start < last:
                slot = kind
        people = of is None or of.slot in SLOTS or of.slot.startswith("count:")
        if people and number.value == int(number.value):
            out.append((signs.around(told, before)[0], slot, told.open))
        seen = before_of(told)
        if seen is not None:
            before.append((number.first, slot if marks is not None else seen))
    return out


def rows_of(found: list[Example], news: bool = False) -> list[Row]:
    """Examples with their weights; of other news those only that are open."""
    if news:
        return [(signs, "none", NEWS) for signs, _, is_open in found if is_open]
    return [(signs, slot, 1.0 if is_open else KNOWN) for signs, slot, is_open in found]


def fitted(rows: list[Row]) -> Weights:
    """The weights of each class by sign, "" being the constant."""
    often = Counter(sign for signs, _, _ in rows for sign in set(signs))
    names = [sign for sign, count in sorted(often.items()) if count >= LEAST]
    at = {sign: k for k, sign in enumerate(names)}
    cells = [(n, at[sign]) for n, row in enumerate(rows) for sign in row[0] if sign in at]
    where = tuple(np.array(cells).T)
    x = csr_matrix((np.ones(len(cells)), where), shape=(len(rows), len(names)))
    y = np.eye(len(CLASSES))[[CLASSES.index(slot) for _, slot, _ in rows]]
    weight = np.array([w for _, _, w in rows])[:, None]
    shape = (len(names) + 1, len(CLASSES))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        z = x @ w[1:] + w[0]
        z -= z.max(1)[:, None]
        p = np.exp(z)
        p /= p.sum(1)[:, None]
        off = (p - y) * weight
        of = -(weight * y * np.log(p + 1e-12)).sum() + 0.5 * RIDGE * (w[1:] ** 2).sum()
        return of, np.vstack([off.sum(0)[None, :], x.T @ off + RIDGE * w[1:]]).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": 300}).x.reshape(shape)  # fmt: skip
    return {"": found[0], **{sign: found[k + 1] for sign, k in at.items()}}


def judged(weights: Weights, found: list[Example]) -> list[tuple[float, str, str]]:
    """Of open numbers: how likely the likeliest slot is, that slot, and what is marked."""
    out = []
    for signs, slot, is_open in found:
        if is_open:
            z = weights[""] + sum(weights[s] for s in signs if s in weights)
            p = np.exp(z - z.max())
            best = int(p[1:].argmax()) + 1
            out.append((float(p[best] / p.sum()), CLASSES[best], slot))
    return out


def show(name: str, found: list[tuple[float, str, str]]) -> None:
    whole = sum(slot != "none" for _, _, slot in found)
    for least in (0.4, 0.5, 0.6, 0.7, 0.8):
        said = [(best, slot) for chance, best, slot in found if chance >= least]
        right = sum(best == slot for best, slot in said)
        print(f"{name} >= {least}: precision {right / max(1, len(said)):.3f} "
              f"recall {right / max(1, whole):.3f} of {whole} ({len(said)} said)")  # fmt: skip


def write(weights: Weights) -> None:
    """The weights in hundredths, in place of those in befell.toml."""
    path = folder() / "facts" / "befell.toml"
    lines = []
    for sign, of in sorted(weights.items()):
        whole = [round(100 * float(w)) for w in of]
        if not sign or max(map(abs, whole)) >= SMALL:
            lines.append(f"{json.dumps(sign)} = [{', '.join(map(str, whole))}]")
    text = path.read_text("utf-8")
    head = re.split(r"(?m)^\[weights\]\n", text)[0]
    path.write_text(head + "[weights]\n" + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    rules = load()
    topics: dict[str, list[Example]] = defaultdict(list)
    for row in (*tolls.rows(), *invented.read(invented.WIRES)):
        marks = [(n[0], n[1], n[3], n[4]) for n in row["numbers"]]
        topic = "held" if row["id"][0] == "h" else row["id"].partition("_")[0]
        topics[topic] += examples(row["text"], marks, rules)
    held = topics.pop("held")
    lines = LESSONS.read_text("utf-8").splitlines()
    taught = [tolls.unmarked(line) for line in lines if line and line[0] != "#"]
    lessons = [e for text, marks in taught for e in examples(text, marks, rules)]
    fresh = [e for text, marks in tolls.cases("fresh") for e in examples(text, marks, rules)]
    with gzip.open(DATA / "rated_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        chosen = random.Random(1).sample(file.read().splitlines(), ARTICLES)
    news = [examples(json.loads(line)["text"][:8000], None, rules) for line in chosen]
    cut = 2 * ARTICLES // 3
    always = rows_of(lessons) + [r for found in news[:cut] for r in rows_of(found, news=True)]
    unseen = []
    for left in sorted(topics):
        others = [r for topic, found in topics.items() if topic != left for r in rows_of(found)]
        unseen += judged(fitted(others + always), topics[left])
    weights = fitted([r for found in topics.values() for r in rows_of(found)] + always)
    show("seen topics, left out in turn", unseen)
    show("held-out topics", judged(weights, held))
    show("fresh sentences", judged(weights, fresh))
    other = judged(weights, [e for found in news[cut:] for e in found])
    for least in (0.5, 0.7):
        said = sum(chance >= least for chance, _, _ in other)
        print(f"other news >= {least}: {said} of {len(other)} in {ARTICLES - cut} articles")
    if "--write" in sys.argv:
        write(weights)


if __name__ == "__main__":
    main()
