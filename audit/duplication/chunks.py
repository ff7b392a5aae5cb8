"""Pairs of documents with their texts: each text once for many pairs, however large a cluster is.

A chunk is some pairs and the documents in them. Over an engine a chunk is the rows of one key:
a row a document, which carries the pairs it is the first of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from audit.engines import Engine, Schema

PAIRS = 1000  # of a chunk


def _ordered(pairs: pl.DataFrame, clusters: pl.Series) -> pl.DataFrame:
    return pairs.with_columns(clusters.alias("cluster")).sort("cluster", "a", "b").drop("cluster")


def schema_of(pairs: Mapping[str, Any]) -> Schema:
    """The rows of chunks of pairs that have some columns, among them ``a`` and ``b``."""
    nested = pl.Struct({name: kind for name, kind in pairs.items() if name != "a"})
    return {
        "chunk": pl.Int64(),
        "id": pl.String(),
        "text": pl.String(),
        "pairs": pl.List(nested),
    }


def texts_of(engine: Engine, docs: Any, pairs: pl.DataFrame, clusters: pl.Series) -> Any:
    """The engine's table of chunks: ``docs`` has ``id`` and ``text``; to be mapped by ``chunk``.

    ``clusters`` has the name of each pair's cluster: those of one are kept together.
    Which documents are wanted goes to where they are, not the other way round.
    """
    number = pl.int_range(pl.len(), dtype=pl.Int64) // PAIRS
    ordered = _ordered(pairs, clusters).with_columns(number.alias("chunk"))
    rest = [name for name in pairs.columns if name != "a"]
    first = ordered.group_by("chunk", pl.col("a").alias("id")).agg(pl.struct(rest).alias("pairs"))
    both = pl.concat(
        [ordered.select("chunk", pl.col(side).alias("id")) for side in ("a", "b")]
    ).unique()
    wanted = both.join(first, on=["chunk", "id"], how="left").sort("id", "chunk")
    return engine.map(docs, partial(_wanted, wanted=wanted), schema_of(dict(pairs.schema)))


def _wanted(docs: pl.DataFrame, *, wanted: pl.DataFrame) -> pl.DataFrame:
    texts = docs.select("id", "text")
    return texts.join(wanted, on="id", how="inner", maintain_order="left_right")


def opened(rows: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, dict[str, str]]]:
    """The chunks in a frame of such rows: pairs, sorted, and the texts of their documents."""
    for chunk in rows.partition_by("chunk", maintain_order=True):
        pairs = chunk.select(pl.col("id").alias("a"), "pairs").drop_nulls().explode("pairs")
        yield (
            pairs.unnest("pairs").sort("a", "b"),
            dict(chunk.select("id", "text").iter_rows()),
        )
