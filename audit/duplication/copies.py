"""The copies in a corpus: verified pairs, clusters, who was first, who is independent of whom.

Fingerprints (some 2 kB a document) are collected and related here; texts are read only for
the pairs that were found, and only where the engine runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from audit import frames, model
from audit.duplication import chunks, relate
from audit.duplication.first import first_of, rows_of, telling
from audit.duplication.holders import stories
from audit.duplication.judged import ASKED_OF, FOUND, JUDGED, Found, Judged
from audit.duplication.marks import Marks, collect, of_texts
from audit.duplication.pairs import judge
from audit.duplication.pairs import judged as judged_of
from audit.duplication.roundups import round_ups
from audit.duplication.threads import mapped
from audit.duplication.witnesses import COPIES, groups, joined
from audit.engines import Engine, Schema

FINGERPRINTED: Schema = {"id": pl.String(), **frames.FINGERPRINT}
PAIRS = 4000  # judged at once where texts are held in memory


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
    ids, listed = related.compared.met, related.compared.listed
    sides = {"a": ids.gather(listed.first[asked]), "b": ids.gather(listed.second[asked])}
    known = dict(zip(list(ASKED_OF)[2:], _known(related, asked), strict=True))
    pairs = pl.DataFrame({**sides, **known}, ASKED_OF)
    clusters = ids.gather(related.labels[listed.first[asked]])
    rows = chunks.texts_of(engine, docs, pairs, clusters)
    judged = engine.collect(engine.map(rows, judge, JUDGED, by="chunk")).sort("a", "b")
    published = {}
    if measured is not None:
        dates = engine.collect(engine.map(measured, _dates, _DATES))
        published = dict(
            zip(dates["id"], frames.records(dates["published"], model.Published), strict=True)
        )
    found = {name: judged[name].to_numpy() for name in FOUND}
    return gather(related, asked, found, _short(marks), published)


def copies_of(ids: Sequence[str], texts: Sequence[str], threads: int = 1) -> Copies:
    """All copies among documents that are held in memory, as ``find_copies`` finds them."""
    marks = of_texts(ids, texts, threads)
    short = _short(marks)
    related = relate.relate(marks, threads)
    del marks
    asked = _asked(related)
    return gather(related, asked, _judged(related, asked, texts, threads), short, {})


def _short(marks: Marks) -> list[str]:
    """The documents too short to be judged."""
    return marks.ids.filter(pl.Series(marks.short)).sort().to_list()


def _judged(
    related: relate.Related, asked: np.ndarray, texts: Sequence[str], threads: int
) -> Found:
    """What ``judged`` finds on texts that are held in memory."""
    listed, source = related.compared.listed, related.compared.source
    first, second = listed.first[asked], listed.second[asked]
    known = _known(related, asked)
    order = np.argsort(related.labels[first], kind="stable")  # those of a cluster together

    def judge_some(some: np.ndarray) -> Found:
        held, place = np.unique((first[some], second[some]), return_inverse=True)
        raw = [texts[n] for n in source[held].tolist()]
        return judged_of(raw, *place.reshape(2, -1), *(column[some] for column in known))

    each = min(PAIRS, max(-(-len(asked) // threads), 1))
    parted = [order[start : start + each] for start in range(0, len(order), each)]
    found = {name: np.empty(len(asked), kind.to_python()) for name, kind in FOUND.items()}
    for some, part in zip(parted, mapped(judge_some, parted, threads), strict=True):
        for name, column in part.items():
            found[name][some] = column
    return found


def _asked(related: relate.Related) -> np.ndarray:
    """Which of the pairs listed are judged on their texts."""
    near = related.compared.listed.overlap >= relate.ASKED
    return np.flatnonzero((related.relation != relate.INDEPENDENT) | near)


def _known(related: relate.Related, asked: np.ndarray) -> tuple[np.ndarray, ...]:
    """What ``judged`` is told of pairs that are asked about."""
    listed = related.compared.listed
    known = (related.relation, listed.overlap, listed.held_a, listed.held_b)
    return tuple(column[asked] for column in known)


def gather(
    related: relate.Related,
    asked: np.ndarray,
    found: Found,
    short: list[str],
    published: dict[str, model.Published],
) -> Copies:
    """The last step of ``find_copies``: clusters from judged pairs, and who was first.

    ``found`` is what was found of the pairs listed that were ``asked``.
    """
    listed = related.compared.listed
    judged = Judged(
        listed.first[asked], listed.second[asked], listed.held_a[asked], listed.held_b[asked], found
    )
    relation, apart = found["relation"].copy(), found["apart"].copy()
    related = _parted(related, asked, judged, relation, apart)
    while True:  # where one is put aside, others may come together
        meant = round_ups(judged, relation, apart, _together(related, judged))
        if not meant.any():
            break
        relation[meant] = relate.PARTIAL
        related = _parted(related, asked, judged, relation, apart | meant)
        apart |= meant
    related = replace(related, labels=joined(related, judged, relation, apart))
    _tell_parts(related, judged, relation, apart)
    return Copies(
        pairs=_public(related, judged, relation),
        clusters=_clusters(related, judged, relation, published),
        groups=groups(related, judged, relation),
        short=short,
        truncated=related.truncated,
    )


def _together(related: relate.Related, judged: Judged) -> np.ndarray:
    """Whether the documents of each pair are in one cluster."""
    return np.asarray(related.labels[judged.first] == related.labels[judged.second])


def _clusters(
    related: relate.Related,
    judged: Judged,
    relation: np.ndarray,
    published: dict[str, model.Published],
) -> pl.DataFrame:
    """The clusters of more than one document, as ``frames.CLUSTERS``."""
    labels, ids = related.labels, related.compared.met
    sizes = np.bincount(labels, minlength=len(labels))
    order = np.argsort(labels, kind="stable")
    order = order[sizes[labels[order]] > 1]
    members = (
        pl.DataFrame({"cluster": labels[order], "documents": ids.gather(order)})
        .group_by("cluster", maintain_order=True)
        .agg("documents")
    )
    firsts = np.flatnonzero(sizes > 1)
    copied = np.isin(relation, (*COPIES, relate.PARTIAL)) & _together(related, judged)
    some = np.flatnonzero(copied & telling(judged))
    told: dict[int, list[dict[str, Any]]] = {}
    cluster = labels[judged.first[some]].tolist()
    for label, row in zip(cluster, rows_of(judged, some, ids), strict=True):
        told.setdefault(label, []).append(row)
    found = [
        first_of(documents, told.get(label, []), published) if published or label in told else None
        for label, documents in members.iter_rows()
    ]
    named = {
        "id": ids.gather(firsts),
        "documents": members["documents"],
        "first": frames.column(found, frames.dtype_of(model.First)),
    }
    return frames.conform(pl.DataFrame(named), frames.CLUSTERS)


def _parted(
    related: relate.Related, asked: np.ndarray, judged: Judged, relation: np.ndarray,
    apart: np.ndarray,
) -> relate.Related:  # fmt: skip
    """Clusters without the pairs that are apart; what that makes of the others' ``relation``."""
    if not apart.any():
        return related
    related = relate.apart(related, judged.first[apart], judged.second[apart])
    now = ~apart & (relation != relate.REWORDED)
    relation[now] = related.relation[asked][now]
    return related


def _tell_parts(
    related: relate.Related, judged: Judged, relation: np.ndarray, apart: np.ndarray
) -> None:
    """Tell a part of a story from boilerplate by who else holds it."""
    asked = np.flatnonzero(apart & (judged.found["common"] > 0))
    one, two, common = judged.first[asked], judged.second[asked], judged.found["common"][asked]
    told = stories(related.compared, related.labels, one, two, common)
    relation[asked] = np.where(told, relate.PARTIAL, relate.BOILERPLATE)


def _public(related: relate.Related, judged: Judged, relation: np.ndarray) -> pl.DataFrame:
    """The judged pairs worth telling, as ``frames.PAIRS``."""
    told = np.flatnonzero(relation != relate.INDEPENDENT)
    ids, found = related.compared.met, judged.found
    names = pl.Series(relate.RELATIONS, dtype=pl.String)
    made = pl.DataFrame(
        {
            "a": ids.gather(judged.first[told]),
            "b": ids.gather(judged.second[told]),
            "relation": names.gather(relation[told].astype(np.int64)),
            "similarity": found["similarity"][told],
            "contained_a": found["contained_a"][told],
            "contained_b": found["contained_b"][told],
            "credited": (found["credit_a"] | found["credit_b"])[told],
        }
    ).with_columns(
        pl.struct(a="contained_a", b="contained_b").alias("contained"),
        pl.lit(None, pl.String).alias("translated"),
        pl.lit(0.0).alias("translation_margin"),
        *(pl.lit([], frames.PAIRS[name]).alias(name) for name in ("passages", "altered")),
        pl.lit(None, frames.PAIRS["covered"]).alias("covered"),
    )
    return frames.conform(made, frames.PAIRS)


_DATES: Schema = {"id": pl.String(), "published": frames.dtype_of(model.Published)}


def _dates(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("id", "published")
