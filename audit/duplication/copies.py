"""The copies in a corpus: verified pairs, clusters, who was first, who is independent of whom.

Fingerprints (some 2 kB a document) are collected and related here; texts are read only for
the pairs that were found, and only where the engine runs. Longer than most files: what is made
of judged pairs, clusters, witnesses and who was first, stands beside the steps that need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from audit import frames, model
from audit.duplication import chunks, relate
from audit.duplication.first import first_of, telling
from audit.duplication.holders import stories
from audit.duplication.marks import collect, of_texts
from audit.duplication.pairs import JUDGED, judge
from audit.duplication.pairs import judged as judged_of
from audit.duplication.roundups import round_ups
from audit.duplication.threads import mapped
from audit.engines import Engine, Schema

FINGERPRINTED: Schema = {"id": pl.String(), **frames.FINGERPRINT}
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
    rows = chunks.texts_of(engine, docs, asked, related.clusters(asked))
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
    short = marks.rows.filter("short")
    related = relate.relate(marks, threads)
    del marks
    return gather(related, _judged(related, ids, texts, threads), short, {})


def _judged(
    related: relate.Related, ids: Sequence[str], texts: Sequence[str], threads: int
) -> pl.DataFrame:
    """The pairs judged on texts that are held in memory."""
    place = {document: n for n, document in enumerate(ids)}

    def judge_some(pairs: pl.DataFrame) -> pl.DataFrame:
        held = {*pairs["a"], *pairs["b"]}
        return judged_of(pairs, {document: texts[place[document]] for document in held})

    asked = _asked(related)
    each = min(PAIRS, max(-(-asked.height // threads), 1))
    parted = chunks.parted(asked, related.clusters(asked), each)
    done = [frames.empty(JUDGED), *mapped(judge_some, parted, threads)]
    return pl.concat(done).sort("a", "b")


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
    while True:  # where one is put aside, others may come together
        meant = round_ups(judged, _together(related, judged))
        if not meant.any():
            break
        told = pl.when(meant).then(pl.lit("partial-copy")).otherwise("relation")
        judged = judged.with_columns(told.alias("relation"))
        related, judged = _parted(related, judged, judged["apart"] | meant)
    related = replace(related, labels=_joined(related, judged))
    judged = _parts(related, judged)
    return Copies(
        pairs=_public(judged),
        clusters=_clusters(related, judged, published),
        groups=_groups(related, judged),
        short=marks.filter("short")["id"].sort().to_list(),
        truncated=related.truncated,
    )


def _together(related: relate.Related, judged: pl.DataFrame) -> pl.Series:
    """Whether the documents of each pair are in one cluster."""
    first, second = related.compared.sides(judged)
    return pl.Series(related.labels[first] == related.labels[second], dtype=pl.Boolean)


def _clusters(
    related: relate.Related, judged: pl.DataFrame, published: dict[str, model.Published]
) -> pl.DataFrame:
    """The clusters of more than one document, as ``frames.CLUSTERS``."""
    ids = related.compared.met
    members = (
        pl.DataFrame({"cluster": related.labels, "id": ids})
        .group_by("cluster", maintain_order=True)
        .agg("id")
        .filter(pl.col("id").list.len() > 1)
        .sort("cluster")
    )
    copied = judged.filter(
        pl.col("relation").is_in((*COPIES, "partial-copy")) & _together(related, judged) & telling()
    )
    told: dict[int, list[dict[str, Any]]] = {}
    first, _ = related.compared.sides(copied)
    rows = copied.select(FIRST_FROM).iter_rows(named=True)
    for cluster, row in zip(related.labels[first].tolist(), rows, strict=True):
        told.setdefault(cluster, []).append(row)
    found = [
        first_of(documents, told.get(cluster, []), published)
        for cluster, documents in members.iter_rows()
    ]
    named = members.select(ids.gather(members["cluster"]).alias("id"), documents="id")
    return frames.conform(
        named.with_columns(first=frames.column(found, frames.dtype_of(model.First))),
        frames.CLUSTERS,
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


def _parts(related: relate.Related, judged: pl.DataFrame) -> pl.DataFrame:
    """The judged pairs, a part of a story told from boilerplate by who else holds it."""
    asked = (judged["apart"] & (judged["common"] > 0)).to_numpy()
    told = np.zeros(judged.height, bool)
    told[asked] = stories(related.compared, related.labels, judged.filter(pl.Series(asked)))
    part = pl.when(pl.Series(told)).then(pl.lit("partial-copy"))
    said = part.when(pl.Series(asked)).then(pl.lit("boilerplate")).otherwise("relation")
    return judged.with_columns(said.alias("relation"))


def _joined(related: relate.Related, judged: pl.DataFrame) -> np.ndarray:
    """Cluster labels once reworded copies have joined: those verified with most of a cluster."""
    labels = related.labels
    reworded = _linked(related, judged.filter(pl.col("relation") == "reworded-copy"))
    if not len(reworded):
        return labels
    size = Counter(labels.tolist())
    apart: dict[int, set[int]] = {}
    parted = pl.col("apart") | (pl.col("relation") == "round-up")
    for a, b in _linked(related, judged.filter(parted)).tolist():
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    links: dict[int, Counter[int]] = {}
    for a, b in reworded.tolist():
        links.setdefault(a, Counter())[b] += 1
        links.setdefault(b, Counter())[a] += 1
    now: dict[int, int] = {}

    def found(label: int) -> int:
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
    joined = labels.copy()
    for label in now:
        joined[labels == label] = found(label)
    return joined


def _linked(related: relate.Related, pairs: pl.DataFrame) -> np.ndarray:
    """The clusters of the two documents of each pair, where they are two."""
    first, second = related.compared.sides(pairs)
    both = np.stack([related.labels[first], related.labels[second]], axis=1)
    return both[both[:, 0] != both[:, 1]]


def _groups(related: relate.Related, judged: pl.DataFrame) -> dict[str, str]:
    """Documents that are one witness: clusters, and those that share a part of a story.

    A document made of several stories goes with the one that makes most of it, its cluster if it
    is in one, and with what shares text with that: it does not make the others one witness.
    """
    from audit.duplication.linkage import components

    labels, compared = related.labels, related.compared
    linked = np.sort(_linked(related, related.pairs), axis=1)
    met = set((linked[:, 0] * len(labels) + linked[:, 1]).tolist())
    some = judged.filter(pl.col("relation").is_in(("partial-copy", "round-up")))
    parts: dict[int, list[tuple[float, int]]] = {}
    sides = (side.tolist() for side in compared.sides(some))
    for a, b, held_a, held_b in zip(*sides, some["held_a"], some["held_b"], strict=True):
        wider, part, held = (a, b, held_a) if held_a <= held_b else (b, a, held_b)
        parts.setdefault(wider, []).append((-held, part))
    label = labels.tolist()
    sizes = Counter(label)
    near: dict[int, list[int]] = {}
    mixed: set[int] = set()
    for _ in range(2):  # what is made of several stories is told first, then left out as a part
        near = {}
        for wider, held_parts in sorted(parts.items()):
            several = sorted(x for x in held_parts if x[1] not in mixed)
            if not several:
                continue
            own = label[wider]
            main = own if sizes[own] > 1 else label[several[0][1]]
            near[wider] = [
                part
                for _, part in several
                if label[part] == main
                or min(label[part], main) * len(label) + max(label[part], main) in met
            ]
        mixed |= {wider for wider, kept in near.items() if len(kept) < len(parts[wider])}
    alike = compared.sides(judged.filter(pl.col("relation").is_in(COPIES)))
    held_in = [(wider, part) for wider, kept in near.items() for part in kept]
    first, second = np.array(held_in, np.int64).reshape(-1, 2).T
    found = np.empty(len(labels), np.int64)
    components(
        np.concatenate([alike[0], np.arange(len(labels)), first]),
        np.concatenate([alike[1], labels, second]),
        found,
    )
    shared = np.flatnonzero(np.bincount(found, minlength=len(labels))[found] > 1)
    ids = compared.met
    return dict(zip(ids.gather(shared), ids.gather(found[shared]), strict=True))


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
