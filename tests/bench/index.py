"""The index at a million documents: how fast it opens, how fast it answers, what it takes on disk.

``python -m tests.bench index [--documents N] [--texts N] [--queries N] [--folder DIR]``. Some
documents are made of text (``corpus``); the rest are rows of features: two fifths drawn by Zipf's
law from those of the texts, the others of nobody else. As in 3,500 news articles, half of the keys
are held by one document, one in twenty by more than 1.2 % of all, and some 5 % of all documents
share a key with a usual one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from audit.duplication import index, index_check, index_write
from audit.duplication.fingerprint import KEYS, fingerprint
from tests.bench import corpus

BATCH = 1 << 15
POOL, FLAT = 200_000, 500  # n-grams that unrelated texts share; how many are about as common
LEVEL = 3
_MOST = np.int64((1 << (63 - LEVEL)) - 1)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench index")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--texts", type=int, default=3_000, help="of them made of text")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", help="where the index is made, and left; else it is temporary")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(given.folder or scratch, "bench.index")
        file = Path(scratch, "texts.jsonl")
        corpus.write(file, given.texts)
        texts = [json.loads(line)["text"] for line in file.open()]
        if not place.exists():
            _build(place, texts, given.documents)
        _look_up(place, texts, given.queries)
    return 0


def _build(place: Path, texts: list[str], documents: int) -> None:
    spent, begun = 0.0, time.process_time()
    added = 0
    for batch in _batches(texts, documents):
        start = time.process_time()
        added += index_write.add(place, [batch]).added
        spent += time.process_time() - start
    whole = time.process_time() - begun
    rate = added / spent
    print(f"added      {added:,} documents, {rate:,.0f} a second; {whole:.0f} s with making them")


def _batches(texts: list[str], documents: int) -> Iterator[pl.DataFrame]:
    for start in range(0, len(texts), BATCH):
        yield _named(fingerprint(texts[start : start + BATCH]), "text", start)
    pick = np.random.default_rng(7)
    features = fingerprint(texts).filter(pl.col("level") == LEVEL).select("features")
    counted = features.explode("features")["features"].value_counts(sort=True)
    pool = np.resize(counted.sort("count", "features", descending=True)["features"], POOL)
    for start in range(len(texts), documents, BATCH):
        yield _named(_made(pick, pool, min(BATCH, documents - start)), "made", start)


def _named(frame: pl.DataFrame, kind: str, start: int) -> pl.DataFrame:
    rows = range(start, start + frame.height)
    return frame.with_columns(
        pl.Series("id", [f"{kind}/{n}" for n in rows]),
        pl.Series("source", [f"outlet-{n % 500}" for n in rows]),
        pl.lit("2021-03-01").alias("published"),
        pl.Series("title", [f"An article with a title of some length, number {n}" for n in rows]),
    )


def _made(pick: np.random.Generator, pool: np.ndarray, rows: int) -> pl.DataFrame:
    """Fingerprints of documents of some 300 words that were never written."""
    lengths = np.clip(pick.lognormal(5.1, 0.35, rows), 80, 400).astype(np.int64)
    width = int(lengths.max())
    values = pick.integers(0, _MOST, (rows, width))
    drawn = pick.random((rows, 2 * width // 5))
    rank = (FLAT * ((POOL / FLAT + 1) ** drawn - 1)).astype(np.int64)  # density falls as 1 / rank
    values[:, : 2 * width // 5] = pool[np.minimum(rank, POOL - 1)]
    pick.permuted(values, axis=1, out=values)
    values[np.arange(width) >= lengths[:, None]] = np.iinfo(np.int64).max
    values.sort(axis=1)
    values[:, 1:][values[:, 1:] == values[:, :-1]] = np.iinfo(np.int64).max  # drawn twice
    there = values < np.iinfo(np.int64).max
    kept, lengths = values[there], there.sum(axis=1)
    signature = pick.integers(0, 1 << 32, (rows, 128), dtype=np.uint32).tobytes()
    digest = pick.bytes(16 * rows)
    features = _lists(kept, lengths)
    return pl.DataFrame(
        {
            "digest": [digest[n : n + 16] for n in range(0, len(digest), 16)],
            "words": lengths * 8 // 5,
            "letters": lengths * 8,
            "shingles": lengths * 8 // 5 - 4,
            "signature": [signature[n : n + 512] for n in range(0, len(signature), 512)],
            "level": np.full(rows, LEVEL),
            "features": features,
            "bands": features.list.head(KEYS),
            "short": np.zeros(rows, bool),
        }
    )


def _lists(flat: np.ndarray, counts: np.ndarray) -> pl.Series:
    frame = pl.DataFrame({"row": np.repeat(np.arange(len(counts)), counts), "value": flat})
    return frame.group_by("row", maintain_order=True).agg("value")["value"]


def _look_up(place: Path, texts: list[str], queries: int) -> None:
    with tempfile.TemporaryDirectory() as small:  # compiled code is loaded
        index_write.add(f"{small}/index", [_named(fingerprint(texts[:300]), "warm", 0)])
        for text in texts[:20]:
            _ask(index.open_index(f"{small}/index"), text)
    for path in place.iterdir():  # what was written is not in memory when it is looked up
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
    start = time.perf_counter()
    opened = index.open_index(place)
    print(f"open       {1000 * (time.perf_counter() - start):.1f} ms, nothing of it in memory")
    asked = list(_questions(texts, queries))
    first = _times(opened, asked)
    again = _times(opened, asked)
    for name, times, more in (
        ("check", again, ""),
        ("cold", first, ", each page read from disk the first time"),
    ):
        for kind, found in zip(("", "processor "), times, strict=True):
            median, high, most = np.percentile(found, [50, 95, 100])
            told = f"{median:.1f} ms median, {high:.1f} ms p95, {most:.1f} ms at most"
            print(f"{name:<10} {kind}{told}: from text to answer, {len(found)} articles{more}")
    right = sum(
        any(known.id == wanted for known in _ask(opened, text).known) if wanted else 1
        for text, wanted in asked
    )
    figures = index.stats(opened)
    print(f"found      {right} of {len(asked)} as they should be")
    print(
        f"disk       {figures['bytes_a_document']:,.0f} bytes a document,"
        f" {figures['bytes'] / 1e9:.2f} GB in {figures['segments']} segments"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory     {peak:,.0f} MB at most, pages of the index included")


def _questions(texts: list[str], queries: int) -> Iterator[tuple[str, str | None]]:
    """Articles to look up, and the document that must be found: or None for new ones."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "new.jsonl")
        corpus.write(file, queries, seed=99)
        new = [json.loads(line)["text"] for line in file.open()]
    for n in range(queries):
        at = (n * 7919) % len(texts)
        words = texts[at].split(" ")
        if n % 4 == 0 or len(words) < 80:
            yield texts[at].upper(), f"text/{at}"
        elif n % 4 == 1:
            yield " ".join(words[: len(words) * 2 // 3]), f"text/{at}"
        elif n % 4 == 2:
            yield " ".join(w for k, w in enumerate(words) if k % 25), f"text/{at}"
        else:
            yield new[n], None


def _ask(opened: index.Index, text: str) -> index_check.Seen:
    return index_check.check(opened, _named(fingerprint([text]), "asked", 0))[0]


def _times(
    opened: index.Index, asked: list[tuple[str, str | None]]
) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock and of the processor."""
    clock, processor = [], []
    for text, _ in asked:
        start, begun = time.perf_counter(), time.process_time()
        _ask(opened, text)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - begun))
    return clock, processor
