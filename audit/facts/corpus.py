"""The claims of a whole pile compared: which documents speak of one event, who backs whom.

Which documents tell one story is decided first (story_rows.py, piles.py). Then rows under keys
(claim_rows.py) meet key by key (claim_pairs.py) and are joined to events (event_groups.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit.engines import Engine
from audit.facts import piles
from audit.facts.claim_pairs import FOUND, PAIR, Stand, compare_rows
from audit.facts.claim_rows import CLAIM_ROWS, claim_rows
from audit.facts.connected import homes
from audit.facts.event_groups import events_of
from audit.facts.figure_identity import pile_of
from audit.facts.story_rows import STORY_PAIRS, STORY_ROWS, story_pairs, story_rows
from audit.facts.telling import best
from audit.rules import Rules

_NEEDED = {
    name: frames.MEASURED[name]
    for name in ("id", "published", "attributions", "quantities", "statements")
}
_TEXTS: dict[str, pl.DataType] = {name: pl.String() for name in ("id", "from", "url", "text")}
PARTNERS = 32  # documents of its story that each is set against, the likeliest


@dataclass(frozen=True)
class Compared:
    """What the claims of a pile are to each other. ``truncated`` counts documents not compared
    under keys that too many share."""

    comparisons: pl.DataFrame
    events: list[model.Event]
    truncated: int


def compare_corpus(
    engine: Engine, docs: Any, measured: Any, groups: Mapping[str, str], rules: Rules
) -> Compared:
    """Compares the claims of DOCS and MEASURED tables of one run.

    groups: document -> the id of its cluster of copies, for documents that are in one; those of
    one group are not set against each other and count as one witness.
    """
    texts = engine.map(docs, _texts, _TEXTS)
    needed = engine.map(measured, _needed, _NEEDED)
    joined = engine.join(texts, needed, "id")
    told, truncated = _stories(engine, needed, rules)
    rows = engine.map(joined, partial(claim_rows, homes=homes(told), rules=rules), CLAIM_ROWS)
    found = engine.map(
        rows,
        partial(compare_rows, groups=dict(groups), told=told, rules=rules),
        FOUND,
        by="event",
    )
    frame = engine.collect(found)
    truncated += int(frame["truncated"].sum() or 0)
    return _assembled(frame.filter(pl.col("comparison").is_not_null()), groups, rules, truncated)


def _stories(
    engine: Engine, measured: Any, rules: Rules
) -> tuple[dict[tuple[str, str], float], int]:
    """The pairs of documents that tell one story, with their log-odds, as the whole pile sees them;
    and how many documents were not looked at under names that too many share."""
    rows = engine.map(measured, partial(story_rows, rules=rules), STORY_ROWS)
    pairs = engine.collect(
        engine.map(rows, partial(story_pairs, rules=rules), STORY_PAIRS, by="name")
    )
    alone = pairs.filter(pl.col("odds").is_not_null()).select("a", "b", "odds")
    odds = {(a, b): told for a, b, told in alone.iter_rows()}
    told = piles.stories(odds, pile_of(rules))
    kept = piles.nearest(told, PARTNERS)
    return kept, int(pairs["truncated"].sum() or 0)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("id", pl.col("source").alias("from"), "url", "text")


def _needed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(list(_NEEDED))


def _assembled(
    frame: pl.DataFrame, groups: Mapping[str, str], rules: Rules, truncated: int
) -> Compared:
    found: list[tuple[model.Comparison, Stand, Stand]] = []
    for pair, rows in sorted(frame.group_by("pair"), key=lambda item: str(item[0])):
        del pair
        decoded = [
            (
                msgspec.msgpack.decode(c, type=model.Comparison),
                msgspec.msgpack.decode(a, type=Stand),
                msgspec.msgpack.decode(b, type=Stand),
            )
            for c, a, b in rows.select("comparison", "a", "b").iter_rows()
        ]
        kept = {id(c) for c in best([c for c, _, _ in decoded], PAIR)}
        found.extend(item for item in decoded if id(item[0]) in kept)
    found.sort(key=lambda f: _place(f[0]))
    made = events_of(found, groups, rules)
    comparisons = frames.empty(frames.COMPARISONS)
    if found:
        comparisons = frames.conform(
            pl.DataFrame({"row": frames.column([c for c, _, _ in found],
                                               pl.Struct(frames.COMPARISONS))}).unnest("row"),
            frames.COMPARISONS,
        )  # fmt: skip
    return Compared(comparisons, made, truncated)


def _place(c: model.Comparison) -> tuple[Any, ...]:
    return (c.a.document, c.b.document, c.a.start, c.b.start, c.kind, c.verdict, c.why)
