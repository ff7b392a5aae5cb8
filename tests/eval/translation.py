"""Which of two versions is the machine's, and what is said of one text alone.

These are figures of the shipped weights, which were fitted on these very texts (in-sample);
``heldout.*`` stand for texts whose year was left out of every table and weight: they are what
``tests.eval.fit_translation`` printed when it wrote the weights, and are what the floors are for.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audit.article import Article
from audit.language.patterns import find
from audit.language.translation import margin, verdict
from audit.model import Language, Published
from audit.rules import load
from audit.tokens import Text
from tests.eval.languages import flat, rows

FLOORS: dict[str, float] = {}
CEILINGS: dict[str, float] = {}


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
            figures[f"translation.which.{name}{suffix}"] = float((z > 0).mean())
            figures[f"translation.which.{name}{suffix}_surer"] = float((z[surer] > 0).mean())
        longer = np.array([len(b) > len(a) for a, b in chosen])
        figures[f"translation.which.{name}_by_length"] = float(longer.mean())
    figures |= _alone(versions, spun, [r["text"] for r in rows(data / "clean.jsonl.gz")])
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
        figures[f"translation.alone.back_recall_at_{name}"] = float(
            np.mean([one.score > edge for one in back])
        )
    figures["translation.alone.false_on_people"] = sum(o.verdict != "none" for o in people)
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
        figures[f"translation.spun.f1_{rate}"] = 2 * hits / (hits + false + len(chosen))
    return figures
