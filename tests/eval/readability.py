"""Readability: whether it ranks one story written at three levels, and how fast it is."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import textstat

from audit.language.readability import readability
from audit.tokens import Text
from tests.eval.languages import flat, rows

FLOORS = {
    "readability.levels_ranked": 0.85,
    "readability.levels_ranked_single_paragraph": 0.85,
    "readability.times_textstat": 4.0,
}
LEVELS = ("Adv", "Int", "Ele")
ELEVEN = (
    "flesch_reading_ease flesch_kincaid_grade smog_index coleman_liau_index "
    "automated_readability_index dale_chall_readability_score difficult_words "
    "linsear_write_formula gunning_fog text_standard spache_readability"
).split()


def measure(data: Path) -> dict[str, float]:
    """``ranked``: pairs of levels of one story that the grade (true sentences) puts in order."""
    labelled = rows(data / "rewrites.jsonl.gz")
    figures = {}
    for suffix, lay in (("", str), ("_single_paragraph", flat)):
        notes = readability([Text(lay(r["text"])) for r in labelled], ["en"] * len(labelled))
        for kind in ("true_sentences", "textstat"):
            stories: dict[int, dict[str, float]] = {}
            for row, note in zip(labelled, notes, strict=True):
                grade = note[kind]["flesch_kincaid_grade"]
                stories.setdefault(row["story"], {})[row["level"]] = grade
            name = "levels_ranked" if kind == "true_sentences" else "levels_ranked_textstat"
            figures[f"readability.{name}{suffix}"] = _ranked(stories)
    figures["readability.times_textstat"] = _speed([r["text"] for r in labelled[:60]])
    return figures


def _ranked(stories: dict[int, dict[str, float]]) -> float:
    right = pairs = 0
    for grades in stories.values():
        for at, high in enumerate(LEVELS):
            for low in LEVELS[at + 1 :]:
                if high in grades and low in grades:
                    pairs += 1
                    right += grades[high] > grades[low]
    return right / pairs


def _speed(texts: list[str]) -> float:
    """Processor time of textstat's eleven measures over ours of all of them, cold words."""
    tokens = [Text(text) for text in texts]
    for text in tokens:
        _ = text.words, text.sentences
    readability(tokens[:1], ["en"])
    began = time.process_time()
    readability(tokens, ["en"] * len(tokens))
    ours = time.process_time() - began
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        began = time.process_time()
        for text in texts:
            for name in ELEVEN:
                getattr(textstat, name)(text)
    return (time.process_time() - began) / ours
