"""What every document of a pile is about, as rows under names, and how likely each two that share
one of them tell one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import inf

import msgspec
import polars as pl

from audit import frames, model
from audit.facts.claim_rows import sampled
from audit.facts.figure_identity import (
    APART,
    Told,
    as_told,
    model_of,
    odds,
    of_other_days,
    story_parts,
)
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
    names: list[str] = []
    documents: list[str] = []
    of: list[bytes] = []
    for n, (key, held) in enumerate(frame.select("id", "statements").iter_rows()):
        if not held:
            continue
        kept = _KEPT.decode(held)
        told = as_told(kept.gist, published[n] or model.Published(), kept.figures, words)
        packed = msgspec.msgpack.encode(told)
        under = meets(kept.gist)
        names += under
        documents += [key] * len(under)
        of += [packed] * len(under)
    return pl.DataFrame({"name": names, "document": documents, "told": of}, schema=STORY_ROWS)


@dataclass(frozen=True, slots=True)
class _Met:
    """What one document is compared by: the names it meets others under, and the days on which it
    can have appeared, as ordinals; without end where they are not known."""

    told: Told
    under: frozenset[str]
    first: float
    last: float


def _met(packed: bytes) -> _Met:
    told = _TOLD.decode(packed)
    seen = told.published
    first, last = -inf, inf
    if seen.from_ and seen.to:
        first, last = _ordinal(seen.from_, -inf), _ordinal(seen.to, inf)
    return _Met(told, frozenset(meets(told.gist)), first, last)


def _ordinal(day: str, unknown: float) -> float:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return unknown


def story_pairs(frame: pl.DataFrame, *, rules: Rules) -> pl.DataFrame:
    """STORY_PAIRS of STORY_ROWS sorted by name: each two documents once, under the least name that
    both have, where more than nothing speaks for one story."""
    fit = model_of(rules)
    least = fit.story.get("", 0.0) + _SOME
    blocks: dict[str, dict[str, bytes]] = {}
    for name, document, packed in frame.select("name", "document", "told").iter_rows():
        blocks.setdefault(name, {}).setdefault(document, packed)
    out: list[tuple[str | None, str | None, float | None, int]] = []
    opened: dict[str, _Met] = {}

    def met(document: str, packed: bytes) -> _Met:
        found = opened.get(document)
        if found is None:
            if len(opened) >= _HELD:
                opened.clear()
            found = opened[document] = _met(packed)
        return found

    for name, block in blocks.items():
        ids, over = sampled(sorted(block))
        if over:
            out.append((None, None, None, over))
        if len(ids) < 2:
            continue
        held = [(one, met(one, block[one])) for one in ids]
        for (one, a), (two, b) in combinations(held, 2):
            if a.first - b.last > APART or b.first - a.last > APART:
                continue
            if name == min(a.under & b.under) and not of_other_days(a.told, b.told):
                found = odds(story_parts(a.told, b.told), fit.story)
                if found >= least:
                    out.append((one, two, round(found, 6), 0))
    return pl.DataFrame(out, schema=STORY_PAIRS, orient="row")
