"""The rows of one key set against each other, document by document.

A key that very many documents share is too common to tell one event: some are compared and the rest
counted (claim_rows.sampled)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import msgspec
import polars as pl

from audit import model
from audit.facts import events, tolls
from audit.facts.claim_rows import CLAIM_ROWS, FIGURE, Held, least, sampled
from audit.facts.compare import WITHIN, compare
from audit.facts.figure_identity import Document, log_odds, model_of, together
from audit.facts.pile_rows import LIKE, Rows
from audit.facts.sides import Side
from audit.facts.telling import best
from audit.facts.toll_pairs import compare_figures, doubtful
from audit.facts.toll_verdicts import compare_tolls
from audit.rules import Rules

PAIR = 12  # comparisons kept of one pair of documents
FOUND: dict[str, pl.DataType] = {
    "pair": pl.String(),  # both documents: what comparisons are bounded by
    "comparison": pl.Binary(),
    "a": pl.Binary(),  # Stand of either side
    "b": pl.Binary(),
    "truncated": pl.Int64(),
}


_Row = tuple[str | None, bytes | None, bytes | None, bytes | None, int]  # of FOUND


_HELD = msgspec.msgpack.Decoder(Held)


class Stand(msgspec.Struct, frozen=True, gc=False):
    """Where a compared claim stands."""

    document: str
    source: str | None
    published: str | None
    claim: model.Claim
    quote: str
    speaker: str | None
    agency: str | None = None


def compare_rows(
    frame: pl.DataFrame,
    *,
    groups: Mapping[str, str],
    told: Mapping[tuple[str, str], float],
    rules: Rules,
) -> pl.DataFrame:
    """The comparisons under each key: CLAIM_ROWS sorted by key in, FOUND out.

    told: the log-odds of one story of the pairs of documents that tell one."""
    out: list[_Row] = []
    blocks: dict[str, dict[str, bytes]] = {}  # plain: most hold one document, frames cost more
    several: set[tuple[str, str]] = set()
    for key, document, many, claims in frame.select(list(CLAIM_ROWS)).iter_rows():
        blocks.setdefault(key, {}).setdefault(document, claims)
        if many:
            several.add((key, document))
    shared = Rows(rules)
    partners: dict[str, list[str]] = {}
    for one, two in sorted(told):
        partners.setdefault(one, []).append(two)
    for key, block in blocks.items():
        if key.startswith(FIGURE):
            out.extend(_told_block(block, partners, groups, told, shared, rules))
            continue
        ids, over = sampled(sorted(block))
        if over:
            out.append((None, None, None, None, over))
        within = [n for n, id_ in enumerate(ids) if (key, id_) in several]
        if within or len(ids) > 1:
            claims = [block[id_] for id_ in ids]
            out.extend(_block(key, ids, claims, within, groups, shared, rules))
    return pl.DataFrame(out, schema=FOUND, orient="row")


def _told_block(
    block: Mapping[str, bytes],
    partners: Mapping[str, list[str]],
    groups: Mapping[str, str],
    told: Mapping[tuple[str, str], float],
    shared: Rows,
    rules: Rules,
) -> list[_Row]:
    """What the documents of one story, ``partners`` of each other, count differently."""
    fit = model_of(rules)
    least, likely = log_odds(fit.one_story), log_odds(fit.likely)
    rows: list[_Row] = []
    for one in sorted(block):
        others = [
            two
            for two in partners.get(one, ())
            if two in block and groups.get(one, one) != groups.get(two, two)
        ]
        if not others:
            continue
        shared.story(one, block[one])
        a = shared.opened(one, block[one])
        for two in others:
            shared.story(two, block[two])
            b = shared.opened(two, block[two])
            story = told[one, two]
            pair = shared.document(one, a), shared.document(two, b)
            dated = together(a.day, b.day)
            found = compare_figures(*pair, story, likely if dated else least, fit)
            if story >= least and a.tolls and b.tolls:
                sides = _totals(pair[0], a), _totals(pair[1], b)
                unsure = doubtful(*pair, story, fit)
                totals = compare_tolls(*sides, (a.cause, b.cause), story, unsure, rules)
                found = totals + found
            rows.extend(_rows(one, two, a, b, found))
    return rows


def _rows(
    one: str, two: str, a: Held, b: Held, found: list[tuple[model.Comparison, Side, Side]]
) -> list[_Row]:
    """The best of what was found between two documents."""
    if a.address and a.address == b.address:
        found = [(version(c), x, y) for c, x, y in found]
    kept = {id(c) for c in best([c for c, _, _ in found], PAIR)}
    return [
        (f"{one}\x00{two}", msgspec.msgpack.encode(made), _stand(x, a), _stand(y, b), 0)
        for made, x, y in found
        if id(made) in kept
    ]


def _block(
    key: str,
    ids: list[str],
    claims: list[bytes],
    within: list[int],
    groups: Mapping[str, str],
    shared: Rows,
    rules: Rules,
) -> list[_Row]:
    """What is found under one key; ``within``: which documents are set against themselves too."""
    opened: dict[int, Held] = {}

    def held(n: int) -> Held:
        found = opened.get(n)
        if found is None:
            found = opened[n] = _HELD.decode(claims[n])
        return found

    stories = [shared.story(document, packed) for document, packed in zip(ids, claims, strict=True)]
    rows: list[_Row] = []
    for i in within:
        rows.extend(_within(ids[i], held(i), stories[i], key, rules))
    for i, j in combinations(range(len(ids)), 2):
        if groups.get(ids[i], ids[i]) == groups.get(ids[j], ids[j]):
            continue
        likeness = shared.alike(ids[i], ids[j])
        if likeness < LIKE:
            continue
        a, b = held(i), held(j)
        found: list[tuple[model.Comparison, Side, Side]] = []
        others = _sides(ids[j], b, stories[j])
        for x in _sides(ids[i], a, stories[i]):
            for y in others:
                if key != least(x[1], y[1]):
                    continue
                made = compare(x[0], y[0], likeness, rules)
                if made is not None:
                    found.append((made, x[0], y[0]))
        if found:
            rows.extend(_rows(ids[i], ids[j], a, b, found))
    return rows


def version(made: model.Comparison) -> model.Comparison:
    """Of two versions of one address, a difference is an update: the page was changed."""
    if made.verdict not in model.CONFLICTS:
        return made
    why = f"{made.why} Both stood at one address: the page was changed."
    return model.Comparison(made.event, made.kind, why, made.confidence, made.a, made.b, "update")


def _within(document: str, held: Held, story: events.Story, key: str, rules: Rules) -> list[_Row]:
    """The claims of one document under one key against each other."""
    found = []
    for x, y in combinations(_sides(document, held, story), 2):
        if key == least(x[1], y[1]):
            made = compare(x[0], y[0], WITHIN, rules)
            if made is not None and made.verdict != "corroborates":
                found.append((made, x[0], y[0]))
    kept = {id(c) for c in best([c for c, _, _ in found], PAIR)}
    return [
        (document, msgspec.msgpack.encode(c), _stand(x, held), _stand(y, held), 0)
        for c, x, y in found
        if id(c) in kept
    ]


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
