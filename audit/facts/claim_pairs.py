"""The rows of one key set against each other, document by document.

A key that more than MOST documents share is too common to tell one event: the first MOST by a
digest of their id are compared and the rest counted."""

from __future__ import annotations

import hashlib
from itertools import combinations

import msgspec
import polars as pl

from audit import model
from audit.facts import events, tolls
from audit.facts.claim_rows import FIGURE, Held
from audit.facts.compare import WITHIN, compare
from audit.facts.figure_identity import Document, model_of
from audit.facts.figure_pairs import compare_figures
from audit.facts.pile_rows import LIKE, Rows
from audit.facts.sides import Side
from audit.facts.telling import best
from audit.facts.toll_verdicts import compare_tolls
from audit.rules import Rules

MOST = 48  # documents compared under one key
PAIR = 12  # comparisons kept of one pair of documents
FOUND: dict[str, pl.DataType] = {
    "pair": pl.String(),  # both documents: what comparisons are bounded by
    "comparison": pl.Binary(),
    "a": pl.Binary(),  # Stand of either side
    "b": pl.Binary(),
    "truncated": pl.Int64(),
}


class _Keyed(msgspec.Struct, frozen=True, gc=False):
    """The part of a Held that tells whether its claims can be set against each other."""

    keys: list[list[str]]


# Most rows are not compared with anything: what tells that is read first.
_HELD = msgspec.msgpack.Decoder(Held)
_KEYED = msgspec.msgpack.Decoder(_Keyed)


class Stand(msgspec.Struct, frozen=True, gc=False):
    """Where a compared claim stands."""

    document: str
    source: str | None
    published: str | None
    claim: model.Claim
    quote: str
    speaker: str | None
    agency: str | None = None


def compare_rows(frame: pl.DataFrame, *, groups: dict[str, str], rules: Rules) -> pl.DataFrame:
    """The comparisons under each key: CLAIM_ROWS sorted by key in, FOUND out."""
    out: list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]] = []
    blocks: dict[str, dict[str, bytes]] = {}  # plain: most hold one document, frames cost more
    for key, document, claims in frame.select("event", "document", "claims").iter_rows():
        blocks.setdefault(key, {}).setdefault(document, claims)
    shared = Rows(rules)
    for key, block in blocks.items():
        ids = sorted(block)
        over = max(0, len(ids) - MOST)
        if over:
            out.append((None, None, None, None, over))
            ids = _sample(ids)
        out.extend(_block(key, ids, [block[id_] for id_ in ids], groups, shared, rules))
    return pl.DataFrame(out, schema=FOUND, orient="row")


def _sample(ids: list[str]) -> list[str]:
    """MOST documents of a key, by a digest of their id: the same ones whatever the order."""
    rank = {d: hashlib.sha256(d.encode("utf-8", "replace")).digest() for d in ids}
    return sorted(sorted(ids, key=rank.__getitem__)[:MOST])


def _block(
    key: str,
    ids: list[str],
    claims: list[bytes],
    groups: dict[str, str],
    shared: Rows,
    rules: Rules,
) -> list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]]:
    whole = key.startswith(FIGURE)  # of documents, not of single claims
    if whole and len(ids) < 2:
        return []
    within: list[int] = []
    if not whole:
        within = [n for n, c in enumerate(claims) if _several(key, _KEYED.decode(c).keys)]
    if len(ids) < 2 and not within:
        return []
    opened: dict[int, Held] = {}

    def held(n: int) -> Held:
        found = opened.get(n)
        if found is None:
            if key.startswith(FIGURE):
                found = shared.opened(ids[n], claims[n])
            else:
                found = _HELD.decode(claims[n])
            opened[n] = found
        return found

    stories = [shared.story(document, packed) for document, packed in zip(ids, claims, strict=True)]
    fit = model_of(rules)
    told = shared.one_story(ids, held, fit) if key.startswith(FIGURE) else {}
    rows: list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]] = []
    for i in within:
        rows.extend(_within(ids[i], held(i), stories[i], key, rules))
    for i, j in combinations(range(len(ids)), 2):
        if groups.get(ids[i], ids[i]) == groups.get(ids[j], ids[j]):
            continue
        likeness = 0.0
        if not whole:
            likeness = shared.alike(ids[i], ids[j])
            if likeness < LIKE:
                continue
        elif (i, j) not in told:
            continue
        a, b = held(i), held(j)
        found: list[tuple[model.Comparison, Side, Side]] = []
        if whole:
            if key == _first_lead(a, b):
                pair = shared.document(ids[i], a), shared.document(ids[j], b)
                sides = _totals(pair[0], a), _totals(pair[1], b)
                found = compare_tolls(*sides, (a.cause, b.cause), told[i, j], rules)
                found += compare_figures(*pair, told[i, j], fit)
        else:
            others = _sides(ids[j], b, stories[j])
            for x in _sides(ids[i], a, stories[i]):
                for y in others:
                    if key != _least(x[1], y[1]):
                        continue
                    made = compare(x[0], y[0], likeness, rules)
                    if made is not None:
                        found.append((made, x[0], y[0]))
        if a.address and a.address == b.address:
            found = [(version(c), x, y) for c, x, y in found]
        kept = {id(c) for c in best([c for c, _, _ in found], PAIR)}
        for made, x_side, y_side in found:
            if id(made) in kept:
                rows.append(
                    (
                        f"{ids[i]}\x00{ids[j]}",
                        msgspec.msgpack.encode(made),
                        _stand(x_side, a),
                        _stand(y_side, b),
                        0,
                    )
                )
    return rows


def version(made: model.Comparison) -> model.Comparison:
    """Of two versions of one address, a difference is an update: the page was changed."""
    if made.verdict not in model.CONFLICTS:
        return made
    why = f"{made.why} Both stood at one address: the page was changed."
    return model.Comparison(made.event, made.kind, why, made.confidence, made.a, made.b, "update")


def _within(
    document: str, held: Held, story: events.Story, key: str, rules: Rules
) -> list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]]:
    """The claims of one document under one key against each other."""
    found = []
    for x, y in combinations(_sides(document, held, story), 2):
        if key == _least(x[1], y[1]):
            made = compare(x[0], y[0], WITHIN, rules)
            if made is not None and made.verdict != "corroborates":
                found.append((made, x[0], y[0]))
    kept = {id(c) for c in best([c for c, _, _ in found], PAIR)}
    return [
        (document, msgspec.msgpack.encode(c), _stand(x, held), _stand(y, held), 0)
        for c, x, y in found
        if id(c) in kept
    ]


def _several(key: str, keys: list[list[str]]) -> bool:
    """Whether two claims of a row are set against each other under its key."""
    return len(keys) > 1 and any(key == _least(a, b) for a, b in combinations(keys, 2))


def _least(a: list[str], b: list[str]) -> str | None:
    """The one key under which two claims are compared, of those they share."""
    return min(set(a) & set(b), default=None)


def _sides(key: str, held: Held, story: events.Story) -> list[tuple[Side, list[str]]]:
    return [
        (Side(key, quote, one, story, held.published, speaker), keys)
        for quote, one, speaker, keys in zip(
            held.quotes, held.statements, held.speakers, held.keys, strict=True
        )
    ]


def _totals(of: Document, held: Held) -> list[tuple[Side, tolls.Toll]]:
    """The counts of a document's main event, each as a side."""
    return [
        (Side(of.id, quote, t.statement, of.story, held.published, speaker), t)
        for t, quote, speaker in zip(held.tolls, held.quotes, held.speakers, strict=True)
    ]


def _first_lead(a: Held, b: Held) -> str | None:
    """The one key under which two documents' figures are compared, of those they share."""
    shared = set(a.lead) & set(b.lead)
    return FIGURE + min(shared) if shared else None


def _stand(side: Side, held: Held) -> bytes:
    quote = side.quote()
    return msgspec.msgpack.encode(
        Stand(
            side.document,
            held.source,
            held.published.from_,
            side.statement.claim,
            quote.quote,
            side.speaker,
            held.told_by.get(side.statement.sentence[0], held.agency),
        )
    )
