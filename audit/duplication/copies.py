"""The copies in a corpus: verified pairs, clusters, who was first, who is independent of whom.

Fingerprints (some 2 kB a document) are collected and related here; texts are read only for
the pairs that were found, and only where the engine runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from audit import frames, model
from audit.duplication import chunks, relate
from audit.duplication.first import first_of
from audit.duplication.holders import stories
from audit.duplication.marks import collect, of_texts
from audit.duplication.pairs import JUDGED, judge
from audit.duplication.pairs import judged as judged_of
from audit.duplication.roundups import round_ups
from audit.duplication.threads import mapped
from audit.engines import Engine, Schema

FINGERPRINTED: Schema = {"id": pl.String(), **frames.FINGERPRINT}
# What is read of judged pairs to tell who was first.
# What of a pair tells who was first.
FIRST_FROM = (
    *("a", "b", "credit_a", "credit_b", "contained_a", "contained_b"),
    *("made_a", "made_b", "own_a", "own_b", "tied_a", "tied_b"),
)
PAIRS = 4000  # judged at once where texts are held in memory
COPIES = ("identical", "copy", "altered-copy", "reworded-copy")


@dataclass(frozen=True)
class Copies:
    """What duplication found.

    ``pairs`` has the columns of ``frames.PAIRS`` (translation, passages and altered still empty);
    ``clusters`` those of ``frames.CLUSTERS``; ``groups`` gives every document that shares its text
    with another the id of its independence group, the least id in it; ``short`` lists documents
    too short to be judged unless identical; ``truncated`` counts what was cut, by name.
    """

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    groups: dict[str, str]
    short: list[str]
    truncated: dict[str, int]


def find_copies(engine: Engine, docs: Any, fingerprints: Any, measured: Any = None) -> Copies:
    """All copies among documents.

    docs: a table with ``id`` and ``text``. fingerprints: a table with ``id`` and the columns of
    ``frames.FINGERPRINT``. measured: a table with ``id`` and ``published``, for who was first.
    """
    marks = collect(engine.batches(fingerprints))
    related = relate.relate(marks)
    asked = _asked(related)
    rows = chunks.texts_of(engine, docs, asked, related.labels)
    judged = engine.collect(engine.map(rows, judge, JUDGED, by="chunk")).sort("a", "b")
    published = {}
    if measured is not None:
        dates = engine.collect(engine.map(measured, _dates, _DATES))
        published = dict(
            zip(dates["id"], frames.records(dates["published"], model.Published), strict=True)
        )
    return gather(related, judged, marks.rows, published)


def copies_of(ids: Sequence[str], texts: Sequence[str], threads: int = 1) -> Copies:
    """All copies among documents that are held in memory, as ``find_copies`` finds them."""
    marks = of_texts(ids, texts, threads)
    related = relate.relate(marks, threads)
    place = {document: n for n, document in enumerate(ids)}

    def judge_some(pairs: pl.DataFrame) -> pl.DataFrame:
        held = {*pairs["a"], *pairs["b"]}
        return judged_of(pairs, {document: texts[place[document]] for document in held})

    parted = chunks.parted(_asked(related), related.labels, PAIRS)
    done = [frames.empty(JUDGED), *mapped(judge_some, parted, threads)]
    return gather(related, pl.concat(done).sort("a", "b"), marks.rows, {})


def _asked(related: relate.Related) -> pl.DataFrame:
    """The pairs that are judged on their texts."""
    seen = (pl.col("relation") != "independent") | (pl.col("overlap") >= relate.ASKED)
    return related.pairs.filter(seen)


def gather(
    related: relate.Related,
    judged: pl.DataFrame,
    marks: pl.DataFrame,
    published: dict[str, model.Published],
) -> Copies:
    """The last step of ``find_copies``: clusters from judged pairs, and who was first."""
    related, judged = _parted(related, judged, judged["apart"])
    wider = round_ups(related.labels, judged)
    if wider:
        meant = pl.col("wider").is_in(wider)
        judged = judged.with_columns(
            pl.when(meant).then(pl.lit("partial-copy")).otherwise("relation").alias("relation")
        )
        related, judged = _parted(related, judged, judged.select(pl.col("apart") | meant)["apart"])
    labels = _joined(related.labels, judged)
    judged = _parts(related, labels, judged)
    cluster_of = pl.DataFrame(
        {"id": list(labels), "cluster": list(labels.values())},
        schema={"id": pl.String(), "cluster": pl.String()},
    )
    members = (
        cluster_of.group_by("cluster")
        .agg(pl.col("id").sort())
        .filter(pl.col("id").list.len() > 1)
        .sort("cluster")
    )
    by_cluster: dict[str, list[dict[str, Any]]] = {}
    copied = judged.filter(pl.col("relation").is_in((*COPIES, "partial-copy")))
    for row in copied.select(FIRST_FROM).iter_rows(named=True):
        if labels[row["a"]] == labels[row["b"]]:
            by_cluster.setdefault(labels[row["a"]], []).append(row)
    found = [
        first_of(documents, by_cluster.get(cluster, []), published)
        for cluster, documents in members.iter_rows()
    ]
    first = frames.column(found, frames.dtype_of(model.First))
    clusters = frames.conform(
        members.select("cluster", pl.col("id").alias("documents"), first.alias("first")).rename(
            {"cluster": "id"}
        ),
        frames.CLUSTERS,
    )
    return Copies(
        pairs=_public(judged),
        clusters=clusters,
        groups=_groups(labels, judged, related),
        short=marks.filter("short")["id"].sort().to_list(),
        truncated=related.truncated,
    )


def _parted(
    related: relate.Related, judged: pl.DataFrame, apart: pl.Series
) -> tuple[relate.Related, pl.DataFrame]:
    """Clusters without the pairs that are apart, and what that makes of the other pairs."""
    judged = judged.with_columns(apart.alias("apart"))
    if not apart.any():
        return related, judged
    related = relate.apart(related, judged.filter("apart").select("a", "b"))
    now = related.pairs.select("a", "b", pl.col("relation").alias("now"))
    settled = pl.col("apart") | (pl.col("relation") == "reworded-copy")
    judged = judged.join(now, on=["a", "b"], how="left", maintain_order="left").with_columns(
        pl.when(settled).then("relation").otherwise("now").alias("relation")
    )
    return related, judged.drop("now")


def _parts(related: relate.Related, labels: dict[str, str], judged: pl.DataFrame) -> pl.DataFrame:
    """The judged pairs, a part of a story told from boilerplate by who else holds it."""
    asked = (judged["apart"] & (judged["common"] > 0)).to_numpy()
    told = np.zeros(judged.height, bool)
    told[asked] = stories(related, labels, judged.filter(pl.Series(asked)))
    part = pl.when(pl.Series(told)).then(pl.lit("partial-copy"))
    said = part.when(pl.Series(asked)).then(pl.lit("boilerplate")).otherwise("relation")
    return judged.with_columns(said.alias("relation"))


def _joined(labels: dict[str, str], judged: pl.DataFrame) -> dict[str, str]:
    """Cluster labels once reworded copies have joined: those verified with most of a cluster."""
    size = Counter(labels.values())
    apart: dict[str, set[str]] = {}
    for a, b in judged.filter("apart").select("a", "b").iter_rows():
        apart.setdefault(labels[a], set()).add(labels[b])
        apart.setdefault(labels[b], set()).add(labels[a])
    links: dict[str, Counter[str]] = {}
    reworded = judged.filter(pl.col("relation") == "reworded-copy").select("a", "b")
    for a, b in reworded.iter_rows():
        if labels[a] != labels[b]:
            links.setdefault(labels[a], Counter())[labels[b]] += 1
            links.setdefault(labels[b], Counter())[labels[a]] += 1
    now: dict[str, str] = {}

    def found(label: str) -> str:
        while label in now:
            label = now[label]
        return label

    once = [(-n, low, high) for low, met in links.items() for high, n in met.items() if low < high]
    for _, low, high in sorted(once):
        one, two = sorted((found(low), found(high)))
        if one == two or two in apart.get(one, ()):
            continue
        if 2 * links[one][two] < size[one] * size[two]:
            continue
        now[two] = one
        size[one] += size.pop(two)
        for other, n in links.pop(two).items():
            if other != one:
                links[one][other] += n
                links[other][one] += n
            del links[other][two]
        for other in apart.pop(two, ()):
            apart.setdefault(one, set()).add(other)
            apart[other].add(one)
            apart[other].discard(two)
    return {document: found(label) for document, label in labels.items()}


def _groups(
    labels: dict[str, str], judged: pl.DataFrame, related: relate.Related
) -> dict[str, str]:
    """Documents that are one witness: clusters, and those that share a part of a story.

    A document made of several stories goes with the one that makes most of it, its cluster if it
    is in one, and with what shares text with that: it does not make the others one witness.
    """
    ids = sorted(labels)
    number = {document: n for n, document in enumerate(ids)}
    met = {
        tuple(sorted((labels[a], labels[b])))
        for a, b in zip(related.pairs["a"].to_list(), related.pairs["b"].to_list(), strict=True)
        if labels[a] != labels[b]
    }
    alike = judged.filter(pl.col("relation").is_in(COPIES)).select("a", "b").rows()
    parts: dict[str, list[tuple[float, str]]] = {}
    some = judged.filter(pl.col("relation").is_in(("partial-copy", "round-up")))
    for a, b, held_a, held_b in some.select("a", "b", "held_a", "held_b").iter_rows():
        wider, part, held = (a, b, held_a) if held_a <= held_b else (b, a, held_b)
        parts.setdefault(wider, []).append((-held, part))
    sizes = Counter(labels.values())
    near: dict[str, list[str]] = {}
    mixed = set()
    for _ in range(2):  # what is made of several stories is told first, then left out as a part
        near = {}
        for wider, held_parts in sorted(parts.items()):
            several = sorted(x for x in held_parts if x[1] not in mixed)
            if not several:
                continue
            own = labels[wider]
            main = own if sizes[own] > 1 else labels[several[0][1]]
            near[wider] = [
                part
                for _, part in several
                if labels[part] == main or tuple(sorted((labels[part], main))) in met
            ]
        mixed |= {wider for wider, kept in near.items() if len(kept) < len(parts[wider])}
    links = [*alike, *labels.items()]
    links += [(wider, part) for wider, kept in near.items() for part in kept]
    from audit.duplication.linkage import components

    found = np.empty(len(ids), np.int64)
    first, second = (np.array([number[x[side]] for x in links], np.int64) for side in (0, 1))
    components(first, second, found)
    held_by = np.bincount(found, minlength=len(ids))
    return {ids[n]: ids[found[n]] for n in range(len(ids)) if held_by[found[n]] > 1}


def _public(judged: pl.DataFrame) -> pl.DataFrame:
    """The judged pairs worth telling, as ``frames.PAIRS``."""
    told = judged.filter(pl.col("relation") != "independent").with_columns(
        pl.struct(a="contained_a", b="contained_b").alias("contained"),
        pl.lit(None, pl.String).alias("translated"),
        pl.lit(0.0).alias("translation_margin"),
        *(pl.lit([], frames.PAIRS[name]).alias(name) for name in ("passages", "altered")),
        pl.lit(None, frames.PAIRS["covered"]).alias("covered"),
    )
    return frames.conform(told, frames.PAIRS)


_DATES: Schema = {"id": pl.String(), "published": frames.dtype_of(model.Published)}


def _dates(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("id", "published")
