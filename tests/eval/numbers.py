"""The labelled numbers of story pages: are they extracted, with their slot, value and bound?"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from audit import model, rules
from audit.facts.dates import dates
from audit.facts.quantities import quantities
from audit.tokens import Text
from tests.eval.dates import collapse

FLOORS: dict[str, float] = {"numbers.recall": 0.97, "numbers.recall_with_bound": 0.97}
_BOUNDS = {"min": "at_least", "max": "at_most", "exact": "exact"}


def measure(data: Path, **quick: Any) -> dict[str, float]:
    """Recall of the labelled numbers: slot and value, and those with the bound too."""
    with (data / "story_numbers.jsonl").open(encoding="utf-8") as lines:
        wanted = [json.loads(line) for line in lines]
    with (data / "story_pages.jsonl").open(encoding="utf-8") as lines:
        pages = {row["id"]: row["text"] for row in map(json.loads, lines)}
    loaded = rules.load()
    figures: dict[str, float] = {}
    for name in ("", "collapsed."):
        value = bound = 0
        for want in wanted:
            text, sentence = pages[want["doc"]], want["sentence"]
            if name:
                text, sentence = collapse(text, [])[0], collapse(sentence, [])[0]
            at = text.find(sentence)
            page = Text(text)
            found = [
                q
                for q in quantities(page, loaded, dates=dates(page, model.Published(), loaded))
                if at <= q.start < at + len(sentence)
            ]
            hits = [q for q in found if q.slot == want["slot"].lower() and q.value == want["value"]]
            value += bool(hits)
            bound += any(q.bound == _BOUNDS[want["kind"]] for q in hits)
            if quick.get("show") and not any(q.bound == _BOUNDS[want["kind"]] for q in hits):
                print(want["text"], "|", sentence[:150], [(q.text, q.slot, q.bound) for q in found])
        figures[f"numbers.{name}recall"] = round(value / len(wanted), 4)
        figures[f"numbers.{name}recall_with_bound"] = round(bound / len(wanted), 4)
    begun = time.process_time()
    for text in list(pages.values()):
        page = Text(text)
        quantities(page, loaded, dates=[])
    figures["numbers.docs_per_s"] = round(len(pages) / (time.process_time() - begun))
    return figures


if __name__ == "__main__":
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    for key, figure in measure(folder, show="--errors" in sys.argv).items():
        print(key, figure)
