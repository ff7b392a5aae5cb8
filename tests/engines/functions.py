"""Functions for the engines to run: workers import them from here."""

import os
import signal
import time

import polars as pl

from audit.model import AuditError

DOCS = {"id": pl.String(), "text": pl.String(), "key": pl.Int64()}
LENGTHS = {"id": pl.String(), "length": pl.Int64()}
GROUPS = {"key": pl.Int64(), "rows": pl.Int64(), "ids": pl.List(pl.String()), "call": pl.Int64()}


def same(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def one(docs: pl.DataFrame) -> pl.DataFrame:
    return docs.filter(pl.col("id") == docs["id"][0])


def lengths(docs: pl.DataFrame) -> pl.DataFrame:
    print("functions may print")
    return docs.select("id", length=pl.col("text").str.len_chars())


def groups(docs: pl.DataFrame) -> pl.DataFrame:
    """Each run of rows of one key: were a key parted or not sorted, it would come twice."""
    runs = docs.group_by(pl.col("key").rle_id().alias("run"), maintain_order=True)
    return runs.agg(pl.first("key"), pl.len().alias("rows"), pl.col("id").alias("ids")).select(
        "key", "rows", "ids", call=pl.lit(docs["key"].n_unique())
    )


def shout(docs: pl.DataFrame, suffix: str) -> pl.DataFrame:
    return docs.with_columns(pl.col("text").str.to_uppercase() + suffix)


def slow(docs: pl.DataFrame) -> pl.DataFrame:
    time.sleep(0.05 * docs.height)
    return lengths(docs)


def process(docs: pl.DataFrame) -> pl.DataFrame:
    return docs.select("id", length=pl.lit(os.getpid()))


def poisonous(docs: pl.DataFrame) -> pl.DataFrame:
    if docs["text"].str.contains("poison").any():
        os.kill(os.getpid(), signal.SIGKILL)
    return lengths(docs)


def deadly(docs: pl.DataFrame) -> pl.DataFrame:
    os._exit(3)


def lost(docs: pl.DataFrame) -> pl.DataFrame:
    return docs.select("id", length=pl.lit(-1))


def lost_group(docs: pl.DataFrame) -> pl.DataFrame:
    return groups(docs).with_columns(rows=pl.lit(-1))


def poisonous_groups(docs: pl.DataFrame) -> pl.DataFrame:
    poisonous(docs)
    return groups(docs)


def failing(docs: pl.DataFrame) -> pl.DataFrame:
    raise ValueError("the moon is full")


def refusing(docs: pl.DataFrame) -> pl.DataFrame:
    raise AuditError("a sentence for the user")
