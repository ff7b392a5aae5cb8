"""Functions for the engines to run: workers import them from here."""
import os, time
import polars as pl
def lengths(frame): return frame.select("id", n=pl.col("text").str.len_chars())
def slow(frame):
    time.sleep(0.002*frame.height)
    return lengths(frame)
def crash(frame):
    if frame["id"].is_in(["137"]).any(): os.kill(os.getpid(), 9)
    return lengths(frame)
def lost(frame): return frame.select("id", n=pl.lit(-1))
def group(frame): return frame.group_by("key", maintain_order=True).agg(pl.len().alias("n").cast(pl.Int64), pl.col("id").str.join(",").alias("ids"))
