"""Which of two versions is the machine's, and what is said of one text alone.

``heldout`` figures are of texts whose year (so every version of the story) was left out of the
weights, fitted anew here: they are what to expect on other news. ``in_sample`` figures are of the
shipped weights on the very texts they were fitted on, and say only that the file is whole. With
their year held out from tables and weights, ``tests.eval.fit_translation`` printed at the shipped
edge: F1 on spun texts .84 and .99 (4.7 and 12.7 % of words), none of 572 people's texts. Of one
text alone ``heldout`` figures are by three parts that share no story; ``tests.eval.fit_alone``
prints them also by year. Figures on ``clean`` are honest for the swap tables, which never saw it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audit.article import Article
from audit.language.hashed import bag, difference, read
from audit.language.patterns import find
from audit.language.translation import verdict
from audit.language.versions import enough, margin, wording
from audit.model import Language, Published
from audit.rules import load
from audit.tokens import Text, plain
from tests.eval.fit_alone import GROUPS, Texts, auc, hashes, held_out, recall, stories
from tests.eval.fit_translation import logistic, matrix
from tests.eval.languages import flat, rows

FLOORS = {
    "translation.heldout.which.back": 0.85,
    "translation.heldout.which.back_surer": 0.95,
    "translation.heldout.alone.back_auc": 0.87,
    "translation.heldout.alone.back_recall_at_1_percent": 0.25,
    "translation.heldout.alone.back_recall_at_0.1_percent": 0.02,
    "translation.heldout.alone.mt_auc": 0.92,
    "translation.heldout.alone.mt_recall_at_1_percent": 0.5,
    "translation.in_sample.which.back_single_paragraph": 0.95,
    "translation.in_sample.spun.f1_0.15": 0.88,
    "translation.in_sample.spun.f1_0.4": 0.97,
}
CEILINGS = {
    "translation.in_sample.alone.false_on_people": 0,
    "translation.alone.false_on_clean": 0.001,
}


def measure(data: Path) -> dict[str, float]:
    """Shares; ``surer`` is the half of the pairs with the larger margin."""
    versions = rows(data / "translations.jsonl.gz")
    spun = rows(data / "spun.jsonl.gz")
    story = {(r["story"], r["version"]): r["text"] for r in versions}
    pairs = {"back": [], "mt": [], "spun_0.15": [], "spun_0.4": []}
    for (name, version), text in sorted(story.items()):
        if version == "native":
            pairs["back"].append((text, story[name, "back_translated"]))
        elif version == "human_translation":
            pairs["mt"].append((text, story[name, "mt"]))
    for row in spun:
        pairs[f"spun_{row['rate']}"].append((story[row["doc"], "native"], row["text"]))
    figures: dict[str, float] = {}
    for name, chosen in pairs.items():
        for suffix, lay in (("", str), ("_single_paragraph", flat)):
            if suffix and name != "back":
                continue
            z = np.array([margin(Text(lay(a)), Text(lay(b))) for a, b in chosen])
            surer = np.argsort(-np.abs(z), kind="stable")[: len(z) // 2]
            figures[f"translation.in_sample.which.{name}{suffix}"] = float((z > 0).mean())
            figures[f"translation.in_sample.which.{name}{suffix}_surer"] = float(
                (z[surer] > 0).mean()
            )
        longer = np.array([len(b) > len(a) for a, b in chosen])
        figures[f"translation.which.{name}_by_length"] = float(longer.mean())
    figures |= _held_out(story)
    figures |= _alone_held_out(versions)
    figures |= _alone(versions, spun, [r["text"] for r in rows(data / "clean.jsonl.gz")])
    return figures


def _held_out(story: dict[tuple[str, str], str]) -> dict[str, float]:
    """Native against back-translation, each year judged by weights that never saw it."""
    seen = {key: read(plain(text)) for key, text in story.items()}
    bags = {key: bag(one) for key, one in seen.items()}
    worded = {key: wording(one) for key, one in seen.items()}
    kinds = (("native", "back_translated", 1.0), ("human_translation", "mt", 0.5))
    pairs = [
        (name, (name, version), (name, other), weight)
        for version, other, weight in kinds
        for name, held in sorted(story)
        if held == version
    ]
    rows_ = matrix([difference(bags[a], bags[b]) for _, a, b, _ in pairs])
    judged = matrix([difference(bag(worded[a]), bag(worded[b])) for _, a, b, _ in pairs])
    weigh = np.array([enough(worded[a], worded[b]) for _, a, b, _ in pairs])
    year = np.array([name[3:5] for name, *_ in pairs])
    counted = np.array([weight for *_, weight in pairs])
    z = np.zeros(len(pairs))
    for held in sorted(set(year)):
        use = year != held
        w = logistic(rows_[use], np.ones(use.sum()), 1.0, counted[use])
        z[~use] = (judged[~use] @ w) * weigh[~use]
    figures = {}
    for name, weight in (("back", 1.0), ("mt", 0.5)):
        mine = z[counted == weight]
        surer = np.argsort(-np.abs(mine), kind="stable")[: len(mine) // 2]
        figures[f"translation.heldout.which.{name}"] = float((mine > 0).mean())
        figures[f"translation.heldout.which.{name}_surer"] = float((mine[surer] > 0).mean())
    return figures


def _alone_held_out(versions: list[dict]) -> dict[str, float]:
    """One text alone, each third of the stories judged by weights that never saw it."""
    group = np.array([GROUPS[row["version"]] for row in versions])
    texts = Texts([row["text"] for row in versions], hashes())
    z, _ = held_out(texts, [], group, stories(versions, 3))
    people = z[group % 2 == 0]
    figures = {}
    for name, machine, own in (("back", 1, 0), ("mt", 3, 2)):
        key = f"translation.heldout.alone.{name}"
        figures[f"{key}_auc"] = auc(z[group == machine], people)
        figures[f"{key}_auc_of_one_origin"] = auc(z[group == machine], z[group == own])
        size = texts.length
        figures[f"translation.alone.{name}_by_length"] = recall(
            size[group == machine], size[group % 2 == 0], 0.01
        )
        for share, edge in (("1_percent", 0.01), ("0.1_percent", 0.001)):
            figures[f"{key}_recall_at_{share}"] = recall(z[group == machine], people, edge)
    return figures


def _alone(versions: list[dict], spun: list[dict], clean: list[str]) -> dict[str, float]:
    rules = load()

    def told(text: str):
        article = Article("x", None, None, Text(text), Language("en", 1.0), Published())
        return verdict(article, list(find(article, rules)), rules)

    figures: dict[str, float] = {}
    people = [told(r["text"]) for r in versions if r["engine"] == "human"]
    back = [told(r["text"]) for r in versions if r["version"] == "back_translated"]
    score = np.array([one.score for one in people])
    for name, share in (("1_percent", 0.01), ("0.1_percent", 0.001)):
        edge = np.sort(score)[-1 - int(share * len(score))]
        figures[f"translation.in_sample.alone.back_recall_at_{name}"] = float(
            np.mean([one.score > edge for one in back])
        )
    figures["translation.in_sample.alone.false_on_people"] = sum(
        o.verdict != "none" for o in people
    )
    on_clean = [told(text) for text in clean]
    figures["translation.alone.false_on_clean"] = sum(o.verdict != "none" for o in on_clean) / len(
        clean
    )
    docs = {r["doc"] for r in spun}
    natives = [told(r["text"]) for r in versions if r["version"] == "native" and r["story"] in docs]
    false = sum(one.verdict == "spun" for one in natives)
    for rate in (0.15, 0.4):
        chosen = [r["text"] for r in spun if r["rate"] == rate]
        hits = sum(told(text).verdict == "spun" for text in chosen)
        figures[f"translation.in_sample.spun.f1_{rate}"] = 2 * hits / (hits + false + len(chosen))
    return figures
