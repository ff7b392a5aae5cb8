"""What every document of a pile is about, as rows under names, and how likely each two that share
one of them tell one story."""

from __future__ import annotations

from itertools import combinations

import msgspec
import polars as pl

from audit import frames, model
from audit.facts.claim_rows import sampled
from audit.facts.figure_identity import Told, as_told, model_of, story_odds
from audit.facts.figures import Figure
from audit.facts.gist import NO_GIST, Gist, meets
from audit.rules import Rules

STORY_ROWS: dict[str, pl.DataType] = {
    "name": pl.String(),  # a stem that the document writes with a capital
    "document": pl.String(),
    "told": pl.Binary(),  # msgpack of a Told
}
STORY_PAIRS: dict[str, pl.DataType] = {
    "a": pl.String(),  # the lesser id
    "b": pl.String(),
    "odds": pl.Float64(),  # log-odds that both tell one story
    "truncated": pl.Int64(),
}
_HELD = 1 << 11  # documents of which what is told is remembered
_SOME = 0.5  # log-odds over those of two documents with nothing in common, from which a pair counts


class _Kept(msgspec.Struct, frozen=True, gc=False):
    """The part of a Kept (kept.py) that tells what a document is about."""

    figures: list[Figure] = []
    gist: Gist = NO_GIST


_KEPT = msgspec.msgpack.Decoder(_Kept)
_TOLD = msgspec.msgpack.Decoder(Told)


def story_rows(frame: pl.DataFrame, *, rules: Rules) -> pl.DataFrame:
    """STORY_ROWS of documents with measured facts: ``id``, ``published``, ``statements``."""
    words = model_of(rules).words
    published = frames.records(frame["published"], model.Published)
    out: list[tuple[str, str, bytes]] = []
    for n, (key, held) in enumerate(frame.select("id", "statements").iter_rows()):
        if not held:
            continue
        kept = _KEPT.decode(held)
        told = as_told(kept.gist, published[n] or model.Published(), kept.figures, words)
        packed = msgspec.msgpack.encode(told)
        out.extend((name, key, packed) for name in meets(kept.gist))
    return pl.DataFrame(out, schema=STORY_ROWS, orient="row")


def story_pairs(frame: pl.DataFrame, *, rules: Rules) -> pl.DataFrame:
    """STORY_PAIRS of STORY_ROWS sorted by name: each two documents once, under the least name that
    both have, where more than nothing speaks for one story."""
    fit = model_of(rules)
    least = fit.story.get("", 0.0) + _SOME
    blocks: dict[str, dict[str, bytes]] = {}
    for name, document, packed in frame.select("name", "document", "told").iter_rows():
        blocks.setdefault(name, {}).setdefault(document, packed)
    out: list[tuple[str | None, str | None, float | None, int]] = []
    opened: dict[str, tuple[Told, frozenset[str]]] = {}

    def seen(document: str, packed: bytes) -> tuple[Told, frozenset[str]]:
        found = opened.get(document)
        if found is None:
            if len(opened) >= _HELD:
                opened.clear()
            told = _TOLD.decode(packed)
            found = opened[document] = told, frozenset(meets(told.gist))
        return found

    for name, block in blocks.items():
        ids, over = sampled(sorted(block))
        if over:
            out.append((None, None, None, over))
        if len(ids) < 2:
            continue
        held = [seen(one, block[one]) for one in ids]
        for i, j in combinations(range(len(ids)), 2):
            (a, lead), (b, other) = held[i], held[j]
            if name != min(lead & other):
                continue
            odds = story_odds(a, b, fit)
            if odds is not None and odds >= least:
                out.append((ids[i], ids[j], round(odds, 6), 0))
    return pl.DataFrame(out, schema=STORY_PAIRS, orient="row")
