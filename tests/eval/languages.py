"""Language identification: accuracy, false alarms, foreign passages put into clean news."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

from audit.language.identify import identify
from audit.language.second import langdetect, sample

FLOORS = {
    "languages.sentences": 0.985,
    "languages.first_40": 0.94,
    "languages.first_40_capitals": 0.94,
    "languages.foreign_recall": 0.90,
    "languages.foreign_recall_single_paragraph": 0.90,
    "languages.sample_agrees": 0.97,
}
CEILINGS = {
    "languages.clean_not_english": 0.0,
    "languages.clean_with_foreign_passage": 0.002,
    "languages.foreign_spurious": 0.005,
    "languages.titles_wrong": 0.07,
}


def rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def flat(text: str) -> str:
    """The text as one paragraph with straight quotes: no layout cue is left."""
    straight = str.maketrans("“”„«»‘’–—", '"""""\'\'--')
    return " ".join(text.split()).translate(straight)


def measure(data: Path) -> dict[str, float]:
    """Shares of texts; ``foreign`` figures are of sentences put into clean English news."""
    labelled = rows(data / "languages.jsonl.gz")
    clean = [row["text"] for row in rows(data / "clean.jsonl.gz")]
    gold = [row["lang"] for row in labelled]
    figures = {
        "languages.sentences": _share(identify([r["text"] for r in labelled]), gold),
        "languages.first_40": _share(identify([r["text"][:40] for r in labelled]), gold),
    }
    capitals = [r["text"][:40].upper() for r in labelled]
    figures["languages.first_40_capitals"] = _share(identify(capitals), gold)
    titles = identify([text.split("\n", 1)[0] for text in clean])
    figures["languages.titles"] = sum(one.code == "en" for one in titles) / len(titles)
    wrong = sum(one.code not in ("en", "und") for one in titles)
    figures["languages.titles_wrong"] = wrong / len(titles)
    began = time.process_time()
    told = identify(clean)
    figures["languages.docs_a_second"] = len(clean) / (time.process_time() - began)
    figures["languages.clean_not_english"] = sum(one.code != "en" for one in told) / len(told)
    figures["languages.clean_with_foreign_passage"] = sum(bool(o.mixed) for o in told) / len(told)
    for suffix, lay in (("", str), ("_single_paragraph", flat)):
        texts, spans = _inserted(labelled, clean, lay)
        hit = spurious = 0
        for one, (start, end) in zip(identify(texts), spans, strict=True):
            over = sum(max(0, min(m.end, end) - max(m.start, start)) for m in one.mixed)
            hit += over > 0.5 * (end - start)
            spurious += any(m.end <= start or m.start >= end for m in one.mixed)
        figures[f"languages.foreign_recall{suffix}"] = hit / len(spans)
        if not suffix:
            figures["languages.foreign_spurious"] = spurious / len(spans)
    figures["languages.sample_agrees"] = _agreement(labelled, clean)
    return figures


def _share(told: list, gold: list[str]) -> float:
    return sum(one.code == code for one, code in zip(told, gold, strict=True)) / len(gold)


def _inserted(labelled: list[dict], clean: list[str], lay) -> tuple[list[str], list]:
    """Clean articles that hold one foreign sentence each, and where it stands."""
    texts, spans = [], []
    for number, row in enumerate(r for r in labelled if r["lang"] != "en"):
        blocks = clean[number % len(clean)].split("\n\n")
        cut = 1 + number % len(blocks)
        head, foreign = lay("\n\n".join(blocks[:cut])), lay(row["text"])
        gap = "\n\n" if lay is str else " "
        texts.append(head + gap + foreign + gap + lay("\n\n".join(blocks[cut:])))
        spans.append((len(head) + len(gap), len(head) + len(gap) + len(foreign)))
    return texts, spans


def _agreement(labelled: list[dict], clean: list[str]) -> float:
    """How often langdetect says the same of the 400-character sample as of the full text.

    On articles: clean ones, and ten sentences of one language joined to a text.
    """
    texts = clean[::16]
    for code in sorted({row["lang"] for row in labelled}):
        joined = [row["text"] for row in labelled if row["lang"] == code]
        texts.extend(" ".join(joined[at : at + 10]) for at in range(0, len(joined), 10))
    same = 0
    for text in texts:
        part, full = langdetect(sample(text)), langdetect(text)
        same += max(part, key=part.__getitem__, default="") == max(
            full, key=full.__getitem__, default=""
        )
    return same / len(texts)
