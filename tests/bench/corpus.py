"""A press corpus made up word by word: clusters of copies, boilerplate, briefs and round-ups.

Words are invented and drawn by Zipf's law with fixed phrases among them, so that unrelated
articles share phrases as real ones do. The same seed gives the same corpus.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

SYLLABLES = [c + v for c in "bcdfghjklmnprstvwz" for v in "aeiou"]


def write(path: Path, rows: int, seed: int = 1) -> None:
    """JSON lines of id, text and true cluster; about 300 words an article, four in ten copied."""
    pick = np.random.default_rng(seed)
    counts = pick.integers(1, 5, 60_000)
    syllables = pick.integers(0, len(SYLLABLES), (60_000, 4))
    words = np.array(
        ["".join(SYLLABLES[s] for s in row[:n]) for row, n in zip(syllables, counts, strict=True)]
    )
    share = 1 / np.arange(3, len(words) + 3)
    share = np.cumsum(share / share.sum())
    share /= share[-1]

    def drawn(count: int) -> np.ndarray:
        return words[np.searchsorted(share, pick.random(count), side="right")]

    phrases = [" ".join(drawn(5)) for _ in range(20_000)]
    tails = [" ".join(words[pick.integers(0, 5000, 25)]).capitalize() + "." for _ in range(40)]

    def article(length: int) -> str:
        body = drawn(length)
        lines = []
        for start in range(0, length, 18):
            line = list(body[start : start + 18])
            if pick.random() < 0.3:
                line.insert(pick.integers(0, len(line)), phrases[pick.integers(0, 20_000)])
            lines.append(" ".join(line).capitalize() + ".")
        return " ".join(lines)

    def copy(text: str) -> str:
        kind = pick.integers(0, 6)
        parts = text.split(" ")
        if kind == 0:
            return text.upper()
        if kind == 1:
            return " ".join(parts[: int(len(parts) * pick.uniform(0.45, 0.9))])
        if kind == 2:
            return tails[pick.integers(0, 40)] + " " + text + " " + tails[pick.integers(0, 40)]
        if kind == 3:
            lines = text.split(". ")
            at = len(lines) // 3
            return ". ".join(lines[at:] + lines[:at])
        for n in np.flatnonzero(pick.random(len(parts)) < (0.04 if kind == 4 else 0.15)):
            parts[n] = words[pick.integers(0, 60_000)]
        return " ".join(parts)

    made = 0
    cluster = 0
    with path.open("w", encoding="utf-8") as out:

        def put(text: str, cluster: int) -> None:
            nonlocal made
            if made < rows:
                out.write(json.dumps({"id": str(made), "text": text, "cluster": cluster}) + "\n")
                made += 1

        while made < rows:
            draw = pick.random()
            text = article(int(np.clip(pick.lognormal(5.5, 0.5), 60, 2500)))
            cluster += 1
            if draw < 0.05:  # a brief under the outlet's own head and tail
                tail = tails[pick.integers(0, 40)]
                put(f"{tail} {article(60)} {tail}", cluster)
            elif draw < 0.08:
                put(" * ".join((text, article(120), article(200))), cluster)
            else:
                put(text, cluster)
                if draw < 0.35:
                    for _ in range(min(int(pick.geometric(0.5)), 20)):
                        put(copy(text), cluster)
