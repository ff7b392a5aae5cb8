"""How often general English writes a word or two in a row, from a language model in ARPA format.

The tables of ``fit_translation`` read the US English model of CMU Sphinx (PyPI package
``pocketsphinx``, BSD licence), written out by ``NGramModel.readfile(...).write(file, ARPA)``; what
comes after its pairs of words is not read.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path


def expected(path: Path, words: float) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How often a text of so many words would hold each word and each pair, in lower case.

    Only pairs the model lists; not the marks of where a sentence begins and ends.
    """
    single: dict[str, float] = defaultdict(float)
    double: dict[tuple[str, str], float] = defaultdict(float)
    share: dict[str, float] = {}
    order = 0
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("\\"):
                order = int(line[1]) if line[1].isdigit() else 0
                if order > 2:
                    break
                continue
            parts = line.rstrip("\n").split("\t")
            if "<s>" in parts or "</s>" in parts or len(parts) <= order:
                continue
            if order == 1:
                share[parts[1]] = 10.0 ** float(parts[0]) * words
                single[parts[1].lower()] += share[parts[1]]
            elif order == 2 and parts[1] in share:
                pair = parts[1].lower(), parts[2].lower()
                double[pair] += 10.0 ** float(parts[0]) * share[parts[1]]
    return single, double
