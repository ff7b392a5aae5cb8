"""Copies, measured on ../shared/data: clusters, pairs, round-ups, reworded and altered copies.

``python -m tests.eval.duplication common`` makes audit/duplication/common.npz again.
Long, for its figures are taken on clusters of one run.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from audit.duplication import copies, relate
from audit.duplication.fingerprint import fingerprint
from audit.engines.local import LocalEngine

FLOORS: dict[str, float] = {
    "near_duplicates.f1": 0.99,
    "near_duplicates.ari": 0.99,
    "near_duplicates.candidate_recall": 0.999,
    "near_duplicates.flat.f1": 0.99,
    "rewrites.f1": 0.95,
    "rewrites.flat.f1": 0.95,
    "translations.f1": 0.98,
    "translations.flat.f1": 0.98,
    "altered_copies.found": 1.0,
    "first.right": 0.98,
    "first.told": 0.2,
    "first.editing.right": 0.98,
    "first.translated.right": 0.95,
    "first.spun.right": 0.95,
}
CEILINGS: dict[str, float] = {
    "near_duplicates.largest_beyond_truth": 0.0,
    "near_duplicates.briefs_merged": 0.01,
    "near_duplicates.round_ups_clustered": 0.005,
    "near_duplicates.homoglyphs.recall_lost": 0.02,
    "near_duplicates.zero_width.recall_lost": 0.02,
    "near_duplicates.swapped.recall_lost": 0.02,
    "seeds.copies": 0.0,
}
Row = dict[str, Any]
Change = Callable[[str, int], str]


def measure(data: Path, rows: int = 10_000) -> dict[str, float]:
    """Every figure of duplication; ``rows`` of near_duplicates, whole clusters at a time."""
    figures: dict[str, float] = {}
    near = _whole(_read(data / "near_duplicates.jsonl.gz"), rows)
    figures |= _near(near, "near_duplicates")
    figures |= _near(_changed(near, _flat), "near_duplicates.flat")
    few = _whole(near, rows // 4)
    plain = agreement(_labels(few, _find(few)), [row["cluster"] for row in few])["recall"]
    for name, change in _DISGUISES.items():
        disguised = _changed(few, lambda t, n, change=change: change(t, n) if n % 2 else t)
        found = agreement(_labels(disguised, _find(disguised)), [r["cluster"] for r in few])
        figures[f"near_duplicates.{name}.recall_lost"] = plain - found["recall"]
    for name in ("", ".flat"):
        change = _flat if name else _as_is
        rewrites = _read(data / "rewrites.jsonl.gz")
        figures |= _stories(rewrites, change, f"rewrites{name}")
        versions = ("native", "back_translated")
        translations = [
            row | {"id": str(n)}
            for n, row in enumerate(_read(data / "translations.jsonl.gz"))
            if row["version"] in versions
        ]
        figures |= _stories(translations, change, f"translations{name}")
    altered = _read(data / "altered_copies.jsonl.gz")
    sides = [
        {"id": f"{row['id']}{side}", "text": row[side], "cluster": row["id"]}
        for row in altered
        for side in "ab"
    ]
    found = _find(sides)
    together = {
        document: n for n, group in enumerate(found.clusters["documents"]) for document in group
    }
    figures["altered_copies.found"] = sum(
        together.get(f"{row['id']}a", -1) == together.get(f"{row['id']}b", -2) for row in altered
    ) / len(altered)
    figures |= _first(near)
    figures |= _first_of_versions(data)
    seeds = [
        {"id": path.name, "text": path.read_text("utf-8")}
        for path in sorted((data.parent / "seeds").glob("*.txt"))
    ]
    figures["seeds.copies"] = float(
        _find(seeds).pairs.filter(pl.col("relation") != "boilerplate").height
    )
    return figures


def _read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _whole(rows: list[Row], size: int) -> list[Row]:
    """The first rows of a set, up to a size, and all other rows of their clusters."""
    clusters = {row["cluster"] for row in rows[:size]}
    return [row for row in rows if row["cluster"] in clusters]


def _flat(text: str, seed: int) -> str:
    """One paragraph, straight quotes."""
    for wrong, right in zip("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--", strict=True):
        text = text.replace(wrong, right)
    return " ".join(text.split())


def _homoglyphs(text: str, seed: int) -> str:
    pick = random.Random(seed)
    other = dict(zip("aeopcxyi", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456", strict=True))
    return "".join(other[c] if c in other and pick.random() < 0.3 else c for c in text)


def _zero_width(text: str, seed: int) -> str:
    pick = random.Random(seed)
    return "".join(c + "\u200b" if pick.random() < 0.2 else c for c in text)


def _swapped(text: str, seed: int) -> str:
    """Two inner letters change places in one word of twenty."""
    pick = random.Random(seed)
    words = text.split(" ")
    for n, word in enumerate(words):
        if len(word) > 4 and pick.random() < 0.05:
            at = pick.randrange(1, len(word) - 2)
            words[n] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _as_is(text: str, seed: int) -> str:
    return text


def _changed(rows: list[Row], change: Change) -> list[Row]:
    return [row | {"text": change(row["text"], n)} for n, row in enumerate(rows)]


_DISGUISES: dict[str, Change] = {
    "homoglyphs": _homoglyphs,
    "zero_width": _zero_width,
    "swapped": _swapped,
}


def _find(rows: list[Row]) -> copies.Copies:
    docs = pl.DataFrame({"id": [str(r["id"]) for r in rows], "text": [r["text"] for r in rows]})
    marks = docs.select("id").hstack(fingerprint(docs["text"].to_list()))
    with LocalEngine(jobs=1) as engine:
        return copies.find_copies(
            engine,
            engine.read([docs], {"id": pl.String(), "text": pl.String()}),
            engine.read([marks], copies.FINGERPRINTED),
        )


def _labels(rows: list[Row], found: copies.Copies) -> list[str]:
    label = {d: id_ for id_, group, _ in found.clusters.iter_rows() for d in group}
    return [label.get(str(row["id"]), str(row["id"])) for row in rows]


def agreement(found: list[Any], truth: list[Any]) -> dict[str, float]:
    """Pairwise precision, recall and F1, and the adjusted Rand index (Hubert and Arabie 1985)."""

    def pairs(labels: Iterable[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    both, ours, theirs = pairs(zip(found, truth, strict=True)), pairs(found), pairs(truth)
    every = len(found) * (len(found) - 1) // 2
    chance = ours * theirs / every
    return {
        "precision": both / max(ours, 1),
        "recall": both / theirs,
        "f1": 2 * both / (ours + theirs),
        "ari": (both - chance) / ((ours + theirs) / 2 - chance),
    }


def _near(rows: list[Row], name: str) -> dict[str, float]:
    found = _find(rows)
    labels = _labels(rows, found)
    truth = [row["cluster"] for row in rows]
    figures = {f"{name}.{key}": value for key, value in agreement(labels, truth).items()}
    size = Counter(labels)
    kinds = defaultdict(list)
    for row, label in zip(rows, labels, strict=True):
        kinds[row["kind"]].append(size[label] > 1)
    largest = max(size.values()) - max(Counter(truth).values())
    figures[f"{name}.largest_beyond_truth"] = float(largest)
    figures[f"{name}.briefs_merged"] = float(np.mean(kinds["brief_boiler"] or [0]))
    figures[f"{name}.round_ups_clustered"] = float(np.mean(kinds["roundup"] or [0]))
    if name == "near_duplicates":
        figures |= _recall_by_kind(rows, labels, name)
        figures[f"{name}.candidate_recall"] = _candidate_recall(rows)
    return figures


def _recall_by_kind(rows: list[Row], labels: list[str], name: str) -> dict[str, float]:
    """Of the pairs of an original and a copy, those found, by the kind of copy."""
    clusters = defaultdict(list)
    for row, label in zip(rows, labels, strict=True):
        clusters[row["cluster"]].append((row["kind"], label))
    hits = defaultdict(list)
    for members in clusters.values():
        for kind, label in members:
            if kind != "orig":
                hits[kind].extend(label == own for other, own in members if other == "orig")
    return {f"{name}.recall_{k}": float(np.mean(v)) for k, v in sorted(hits.items()) if v}


def _candidate_recall(rows: list[Row]) -> float:
    """The share of true pairs of different texts that are candidates."""
    frame = fingerprint([row["text"] for row in rows]).with_columns(
        pl.Series("id", range(len(rows)))
    )
    held = frame.unique("digest", maintain_order=True)
    clusters = np.array([rows[n]["cluster"] for n in held["id"].to_list()])
    first, second = relate.candidates(held)
    true = sum(n * (n - 1) // 2 for n in Counter(clusters.tolist()).values())
    return float((clusters[first] == clusters[second]).sum() / true)


def _first(rows: list[Row]) -> dict[str, float]:
    """Who was first, of an original and one copy a cluster: how often it is told, how often right.

    No dates are given; ``right`` and ``told`` also by the ground.
    """
    clusters = defaultdict(list)
    for row in rows:
        clusters[row["cluster"]].append(row)
    some, origin = [], {}
    for n, members in enumerate(clusters.values()):
        first = [row for row in members if row["kind"] == "orig"]
        rest = [row for row in members if row["kind"] not in ("orig", "single", "roundup")]
        if first and rest:
            copy = rest[n % len(rest)]
            some += [first[0], copy]
            origin[str(first[0]["id"])] = True
    hits = defaultdict(list)
    many = 0
    for first in _find(some).clusters["first"]:
        many += 1
        if first is not None:
            hits[first["basis"]].append(first["document"] in origin)
            hits["all"].append(first["document"] in origin)
    told = hits.pop("all", [])
    figures = {"first.told": len(told) / many, "first.right": float(np.mean(told or [0]))}
    for basis, right in sorted(hits.items()):
        figures[f"first.{basis}.told"] = len(right) / many
        figures[f"first.{basis}.right"] = float(np.mean(right))
    return figures


def _first_of_versions(data: Path) -> dict[str, float]:
    """The same of a native text and its back-translation, or a spun version of it."""
    from audit.duplication.first import edited
    from audit.language.versions import margin, translated
    from audit.tokens import Text

    versions = _read(data / "translations.jsonl.gz")
    native = {row["story"]: row["text"] for row in versions if row["version"] == "native"}
    made = [("translated", r["story"], r["text"]) for r in versions if r["engine"] is not None]
    made += [("spun", row["doc"], row["text"]) for row in _read(data / "spun.jsonl.gz")]
    hits = defaultdict(list)
    many: Counter[str] = Counter()
    for kind, story, text in made:
        if story not in native:
            continue
        many[kind] += 1
        which = translated(margin(Text(native[story]), Text(text)))
        first = edited(None, ["a", "b"], [{"translated": which}])
        if first is not None:
            hits[kind].append(first.document == "a")
    figures = {}
    for kind, right in sorted(hits.items()):
        figures[f"first.{kind}.told"] = len(right) / many[kind]
        figures[f"first.{kind}.right"] = float(np.mean(right))
    return figures


def _stories(rows: list[Row], change: Change, name: str) -> dict[str, float]:
    """Pair F1 of versions of one story, those of other stories as negatives."""
    rows = _changed(rows, change)
    figures = agreement(_labels(rows, _find(rows)), [str(row["story"]) for row in rows])
    return {f"{name}.{key}": figures[key] for key in ("precision", "recall", "f1")}


def make_common(data: Path) -> None:
    """Count n-grams and words of the development data's articles and write the shipped tables."""
    from audit.duplication import common, kernels
    from audit.duplication import fingerprint as room

    room.LEVEL, room.FEATURES = 0, 1 << 30  # every n-gram
    texts = [r["text"] for n in ("rated_articles", "clean") for r in _read(data / f"{n}.jsonl.gz")]
    parts = [fingerprint(texts[n : n + 500])["features"] for n in range(0, len(texts), 500)]
    values = np.sort(pl.concat(parts).list.explode().drop_nulls().to_numpy())
    first = np.flatnonzero(np.diff(values, prepend=-1))
    held = np.diff(np.append(first, len(values)))
    often = held > common.HELD
    asked = np.empty(1, np.int64)
    words = [np.unique(kernels.words(*room.utf8([text]), asked)) for text in texts]
    each, having = np.unique(np.concatenate(words), return_counts=True)
    place = Path(common.__file__).with_name("common.npz")
    common.pack(values[first][often], held[often], each, having, len(texts), place)


if __name__ == "__main__":
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    if sys.argv[1:] == ["common"]:
        make_common(folder)
    else:
        began = time.process_time()
        for key, value in measure(folder, int((sys.argv[1:] or ["10000"])[0])).items():
            print(f"{key:45} {value:.4f}")
        print(f"{time.process_time() - began:.1f} s")
