"""The claims of a whole pile compared: which documents speak of one event, who backs whom.

Claims meet under keys (class of event and a specific name), so no claim is set against all
others. A key that more than MOST documents share is too common to tell one event: the first MOST
are compared and the rest counted in ``truncated``. Copies are one witness, and so are documents
that quote one agency.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import msgspec
import polars as pl

from audit import frames, model
from audit.engines import Engine
from audit.facts import events, tolls
from audit.facts.compare import WITHIN, Side, best, compare, compare_tolls
from audit.facts.kept import Kept, opened
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text

MOST = 48  # documents compared under one key
EACH = 8  # claims of one document under one key
KEYS = 40  # keys of one document: the most specific claims first
NAMES = 40  # names kept of a document's story
LIKE = 0.18  # likeness of two documents below which they tell two stories
PAIR = 12  # comparisons kept of one pair of documents
CLAIMS = 40  # claims listed of one event
_NEEDED = {
    name: frames.MEASURED[name] for name in ("id", "published", "attributions", "statements")
}
_TEXTS: dict[str, pl.DataType] = {"id": pl.String(), "from": pl.String(), "text": pl.String()}
# One row a document and key: its claims under the key, with what its document lends them.
CLAIM_ROWS: dict[str, pl.DataType] = {
    "event": pl.String(),  # the key: class of event and a name
    "document": pl.String(),
    "claims": pl.Binary(),  # msgpack of a _Held
}
_FOUND: dict[str, pl.DataType] = {
    "pair": pl.String(),  # both documents: what comparisons are bounded by
    "comparison": pl.Binary(),
    "a": pl.Binary(),  # _Stand of either side
    "b": pl.Binary(),
    "truncated": pl.Int64(),
}
_AGENCY = re.compile(
    r"\b(Reuters|Associated Press|AP|AFP|Agence France-Presse|TASS|Interfax|Xinhua|dpa|ANSA|EFE"
    r"|Kyodo|Bloomberg|UPI|RIA Novosti|Anadolu|IRNA|SANA|PTI|Yonhap|PA Media)\b"
)


class _Held(msgspec.Struct, frozen=True):
    """The claims of one document under one key."""

    source: str | None
    published: model.Published
    names: dict[str, int]
    focus: list[str]
    quotes: list[str]
    speakers: list[str | None]
    statements: list[Statement]
    keys: list[list[str]]
    tolls: list[tolls.Toll]
    lead: list[str]
    cause: str | None


class _Stand(msgspec.Struct, frozen=True):
    """Where a compared claim stands."""

    document: str
    source: str | None
    published: str | None
    claim: model.Claim
    quote: str
    speaker: str | None


@dataclass(frozen=True)
class Compared:
    """What the claims of a pile are to each other. ``truncated`` counts documents not compared
    under keys that too many share."""

    comparisons: pl.DataFrame
    events: list[model.Event]
    check_first: list[model.CheckFirst]
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
    rows = engine.map(joined, partial(claim_rows, rules=rules), CLAIM_ROWS)
    found = engine.map(
        rows, partial(compare_rows, groups=dict(groups), rules=rules), _FOUND, by="event"
    )
    frame = engine.collect(found)
    truncated = int(frame["truncated"].sum() or 0)
    return _assembled(frame.filter(pl.col("comparison").is_not_null()), groups, rules, truncated)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("id", pl.col("source").alias("from"), "text")


def _needed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(list(_NEEDED))


# Rows ------------------------------------------------------------------------------------------


def claim_rows(frame: pl.DataFrame, *, rules: Rules) -> pl.DataFrame:
    """CLAIM_ROWS of documents with text and measured facts (English ones)."""
    kinds = {
        "published": model.Published,
        "attributions": list[model.Attribution],
    }
    facts = {name: frames.records(frame[name], kind) for name, kind in kinds.items()}
    out: list[tuple[str, str, bytes]] = []
    columns = frame.select("id", "from", "text", "statements")
    for n, (key, source, raw, held) in enumerate(columns.iter_rows()):
        if not raw or not held:
            continue
        out.extend(
            _document(
                key,
                source,
                Text(raw),
                facts["published"][n] or model.Published(),
                facts["attributions"][n] or [],
                opened(held),
                rules,
            )
        )
    return pl.DataFrame(out, schema=CLAIM_ROWS, orient="row")


def _document(
    key: str,
    source: str | None,
    text: Text,
    published: model.Published,
    attributions: list[model.Attribution],
    kept: Kept,
    rules: Rules,
) -> list[tuple[str, str, bytes]]:
    found, made = kept.names, kept.statements
    known = events.actors(rules)
    story = events.story((n.name for n in found), known)
    counts = tolls.tolls(text, made, published)
    totals = [t for t in counts if t.total]
    lead = sorted(tolls.lead(text, found, counts) - known)
    cause = tolls.cause(made)
    under: dict[str, list[Statement]] = {}
    keys: dict[int, list[str]] = {}
    for one in made:
        mine = _keys(one, story, known, rules)
        keys[id(one)] = mine
        for name in mine:
            if len(under.setdefault(name, [])) < EACH:
                under[name].append(one)
    if totals:
        for name in lead[:3]:
            under.setdefault(f"toll|{cause or ''}|{_tail(name)}", [])
    most = dict(story.names.most_common(NAMES))
    rows = []
    for name in sorted(under)[:KEYS]:
        held = _Held(
            source=source,
            published=published,
            names=most,
            focus=sorted(story.focus),
            quotes=[text.raw[s.claim.start : s.claim.end] for s in under[name]],
            speakers=[_speaker(text, s, attributions) for s in under[name]],
            statements=under[name],
            keys=[keys[id(s)] for s in under[name]],
            tolls=totals[:6] if name.startswith("toll|") else [],
            lead=lead,
            cause=cause,
        )
        if name.startswith("toll|"):
            held = msgspec.structs.replace(
                held,
                quotes=[text.raw[t.statement.claim.start : t.statement.claim.end] for t in totals],
                speakers=[_speaker(text, t.statement, attributions) for t in totals],
            )
        rows.append((name, key, msgspec.msgpack.encode(held)))
    return rows


def _speaker(text: Text, statement: Statement, attributions: list[model.Attribution]) -> str | None:
    index = statement.claim.attribution
    source = attributions[index].source if index is not None else None
    return text.plain[source.start : source.end] if source else None


def _keys(one: Statement, story: events.Story, known: frozenset[str], rules: Rules) -> list[str]:
    """What a claim meets others under: its chain or class with each specific name of its roles,
    with its document's focus where its theme has no name, with two actors where it has no more."""
    checkable = one.claim.date is not None or one.claim.value is not None
    if not checkable and not (one.agent and one.theme) and one.claim.status == "asserted":
        return []
    chains = rules.facts["events"].get("chains", {})
    classes = [n for n, chain in sorted(chains.items()) if one.claim.event in chain]
    specific = (one.theme | one.agent | one.partner | one.place | one.thing) - known
    if not (one.theme - known):
        specific |= story.focus
    tails = sorted({_tail(name) for name in specific})[:4]
    if not tails:
        actors = sorted((one.theme | one.agent | one.partner | one.place) & known)
        tails = ["+".join(pair) for pair in combinations(actors, 2)][:2]
        if not tails and actors and one.head:
            tails = [f"{actors[0]}+{one.head}"]
    return [f"{name}|{tail}" for name in classes or [one.claim.event] for tail in tails]


def _tail(name: str) -> str:
    return name.rsplit(" ", 1)[-1].casefold()


# Comparing ---------------------------------------------------------------------------------------


def compare_rows(frame: pl.DataFrame, *, groups: dict[str, str], rules: Rules) -> pl.DataFrame:
    """The comparisons under each key: CLAIM_ROWS sorted by key in, _FOUND out."""
    out: list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]] = []
    for _, block in frame.group_by("event", maintain_order=True):
        block = block.unique("document").sort("document")
        over = max(0, block.height - MOST)
        if over:
            out.append((None, None, None, None, over))
            block = _sample(block)
        out.extend(_block(block, groups, rules))
    return pl.DataFrame(out, schema=_FOUND, orient="row")


def _sample(block: pl.DataFrame) -> pl.DataFrame:
    """MOST documents of a key, by a digest of their id: the same ones whatever the order."""
    rank = [hashlib.sha256(d.encode("utf-8", "replace")).digest() for d in block["document"]]
    kept = sorted(range(block.height), key=lambda i: rank[i])[:MOST]
    return block[sorted(kept)]


def _block(
    block: pl.DataFrame, groups: dict[str, str], rules: Rules
) -> list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]]:
    key = block["event"][0]
    held = [msgspec.msgpack.decode(c, type=_Held) for c in block["claims"]]
    ids = block["document"].to_list()
    known = events.actors(rules)
    stories = [events.Story(Counter(h.names), frozenset(h.focus)) for h in held]
    rows: list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]] = []
    for i, one in enumerate(held if not key.startswith("toll|") else ()):
        rows.extend(_within(ids[i], one, stories[i], key, rules))
    for i, j in combinations(range(len(held)), 2):
        a, b = held[i], held[j]
        if groups.get(ids[i], ids[i]) == groups.get(ids[j], ids[j]):
            continue
        likeness = events.alike(stories[i], stories[j], known)
        if likeness < LIKE:
            continue
        found: list[tuple[model.Comparison, Side, Side]] = []
        if key.startswith("toll|"):
            found = _tolls(ids[i], ids[j], a, b, stories[i], stories[j], likeness, key, rules)
        else:
            for x in _sides(ids[i], a, stories[i]):
                for y in _sides(ids[j], b, stories[j]):
                    if key != _least(x[1], y[1]):
                        continue
                    made = compare(x[0], y[0], likeness, rules)
                    if made is not None:
                        found.append((made, x[0], y[0]))
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


def _within(
    document: str, held: _Held, story: events.Story, key: str, rules: Rules
) -> list[tuple[str | None, bytes | None, bytes | None, bytes | None, int]]:
    """The claims of one document under one key against each other."""
    if key.startswith("toll|"):
        return []
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


def _least(a: list[str], b: list[str]) -> str | None:
    """The one key under which two claims are compared, of those they share."""
    return min(set(a) & set(b), default=None)


def _sides(key: str, held: _Held, story: events.Story) -> list[tuple[Side, list[str]]]:
    return [
        (Side(key, quote, one, story, held.published, speaker), keys)
        for quote, one, speaker, keys in zip(
            held.quotes, held.statements, held.speakers, held.keys, strict=True
        )
    ]


def _tolls(
    a_id: str,
    b_id: str,
    a: _Held,
    b: _Held,
    left: events.Story,
    right: events.Story,
    likeness: float,
    key: str,
    rules: Rules,
) -> list[tuple[model.Comparison, Side, Side]]:
    shared = {_tail(n) for n in a.lead[:3]} & {_tail(n) for n in b.lead[:3]}
    if key.rpartition("|")[2] != min(shared, default=None):
        return []
    sides = [
        [
            (Side(d, quote, t.statement, story, h.published, speaker), t)
            for t, quote, speaker in zip(h.tolls, h.quotes, h.speakers, strict=False)
        ]
        for d, h, story in ((a_id, a, left), (b_id, b, right))
    ]
    return compare_tolls(
        sides[0],
        sides[1],
        (a.cause, b.cause),
        (frozenset(a.lead), frozenset(b.lead)),
        likeness,
        rules,
    )


def _stand(side: Side, held: _Held) -> bytes:
    quote = side.quote()
    return msgspec.msgpack.encode(
        _Stand(
            side.document,
            held.source,
            held.published.from_,
            side.statement.claim,
            quote.quote,
            side.speaker,
        )
    )


# Events ------------------------------------------------------------------------------------------

_LINKS = ("conflict", "class-mismatch", "disputed", "update", "corroborates", "wording")
_ORDER = ("conflict", "class-mismatch", "disputed", "update", "corroborates", "coexists", "wording")


def _assembled(
    frame: pl.DataFrame, groups: Mapping[str, str], rules: Rules, truncated: int
) -> Compared:
    found: list[tuple[model.Comparison, _Stand, _Stand]] = []
    for pair, rows in sorted(frame.group_by("pair"), key=lambda item: str(item[0])):
        del pair
        decoded = [
            (
                msgspec.msgpack.decode(c, type=model.Comparison),
                msgspec.msgpack.decode(a, type=_Stand),
                msgspec.msgpack.decode(b, type=_Stand),
            )
            for c, a, b in rows.select("comparison", "a", "b").iter_rows()
        ]
        kept = {id(c) for c in best([c for c, _, _ in decoded], PAIR)}
        found.extend(item for item in decoded if id(item[0]) in kept)
    found.sort(key=lambda f: _place(f[0]))
    made = _events(found, groups, rules)
    comparisons = frames.empty(frames.COMPARISONS)
    if found:
        comparisons = frames.conform(
            pl.DataFrame({"row": frames.column([c for c, _, _ in found],
                                               pl.Struct(frames.COMPARISONS))}).unnest("row"),
            frames.COMPARISONS,
        )  # fmt: skip
    return Compared(comparisons, made, check_first(made, rules), truncated)


def _place(c: model.Comparison) -> tuple[Any, ...]:
    return (c.a.document, c.b.document, c.a.start, c.b.start, c.kind, c.verdict, c.why)


def _events(
    found: list[tuple[model.Comparison, _Stand, _Stand]],
    groups: Mapping[str, str],
    rules: Rules,
) -> list[model.Event]:
    """Claims joined by comparisons that say they are of one event."""
    home: dict[tuple[str, int, int, str], tuple[str, int, int, str]] = {}

    def root(key: tuple[str, int, int, str]) -> tuple[str, int, int, str]:
        home.setdefault(key, key)
        while home[key] != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    stands: dict[tuple[str, int, int, str], _Stand] = {}
    for made, a, b in found:
        keys = [_claim_key(s) for s in (a, b)]
        stands.update(zip(keys, (a, b), strict=True))
        if made.verdict in _LINKS and made.confidence >= 0.6:
            one, two = sorted(root(k) for k in keys)
            home[two] = one
    inside: dict[tuple[str, int, int, str], list[model.Comparison]] = {}
    beside: dict[tuple[str, int, int, str], dict[tuple[str, int, int, str], _Stand]] = {}
    for made, a, b in found:
        home_of = root(_claim_key(a))
        inside.setdefault(home_of, []).append(made)
        # What coexists with the event is shown with it, and counts for no witness of it.
        beside.setdefault(home_of, {})[_claim_key(b)] = b
    members: dict[tuple[str, int, int, str], list[_Stand]] = {}
    for key in sorted(stands):
        members.setdefault(root(key), []).append(stands[key])
    out = []
    for key in sorted(inside):
        claims = members[key]
        shown = {_claim_key(s): s for s in claims} | beside[key]
        comparisons = inside[key]
        verdict = min((c.verdict for c in comparisons), key=_ORDER.index)
        digest = hashlib.sha256("|".join(map(str, key)).encode("utf-8", "replace")).hexdigest()
        out.append(
            model.Event(
                id=f"e{digest[:12]}",
                label=_label(claims, rules),
                claims=[
                    model.EventClaim(s.document, s.source, s.claim, s.quote)
                    for s in sorted(
                        shown.values(),
                        key=lambda s: (s.published or "9", s.document, s.claim.start),
                    )
                ][:CLAIMS],
                verdict=verdict,
                comparisons=comparisons[:CLAIMS],
                independent_sources=independent(claims, groups),
            )
        )
    return out


def _claim_key(stand: _Stand) -> tuple[str, int, int, str]:
    return (stand.document, stand.claim.start, stand.claim.end, stand.claim.event)


def independent(claims: Iterable[_Stand], groups: Mapping[str, str]) -> int:
    """How many independent sources vouch for claims. A source counts once: a text it shares with
    others adds nothing where the source speaks for itself too."""
    told: dict[str, set[str]] = {}
    for stand in claims:
        told.setdefault(witness(stand, groups), set()).add(stand.source or stand.document)
    alone = {name.removeprefix("source ") for name in told if name.startswith("source ")}
    return sum(name.startswith("source ") or not told[name] <= alone for name in told)


def witness(stand: _Stand, groups: Mapping[str, str]) -> str:
    """Who vouches for a claim: the agency it is ascribed to, else the cluster of copies its
    document is in, else its source, else the document."""
    agency = _AGENCY.search(stand.speaker or "")
    if agency:
        return f"agency {agency.group(1)}"
    group = groups.get(stand.document)
    return f"copies {group}" if group else f"source {stand.source or stand.document}"


def _label(claims: Iterable[_Stand], rules: Rules) -> str:
    """What an event is called: class, the names most claims share, and its dates."""
    claims = list(claims)
    event = Counter(s.claim.event for s in claims).most_common(1)[0][0]
    entry = rules.facts["events"]["class"].get(event, {})
    who: Counter[str] = Counter()
    for stand in claims:
        roles = stand.claim.roles
        for role in (roles.agent, roles.theme, roles.partner, roles.place):
            if role is not None and role.name[:1].isupper():
                who[role.name] += 1
    top = sorted(who, key=lambda n: (-who[n], n))[:3]
    name = str(entry.get("label", event.replace("-", " ")))
    return f"{name}: {', '.join(top)}" if top else name


# What to check first -----------------------------------------------------------------------------


def check_first(found: list[model.Event], rules: Rules, most: int = 50) -> list[model.CheckFirst]:
    """What is worth an editor's minute: by what hangs on it, how sure it is, how many carry it.

    Conflicts come before disputes; of one event the surest is shown, at the side fewer vouch for.
    """
    weights = rules.facts["events"].get("weights", {})
    ranked: list[tuple[float, model.CheckFirst]] = []
    for event in found:
        clashes = [c for c in event.comparisons if c.verdict in model.CONFLICTS]
        if not clashes:
            continue
        backed = Counter(
            side.document
            for c in event.comparisons
            if c.verdict == "corroborates"
            for side in (c.a, c.b)
        )
        clash = max(clashes, key=lambda c: (c.verdict == "conflict", c.confidence, _place(c)))
        side = min((clash.a, clash.b), key=lambda q: (backed[q.document], q.document))
        weight = float(weights.get(clash.event, 1.0))
        worth = weight * clash.confidence * (1.0 if clash.verdict == "conflict" else 0.75)
        worth *= 1 + 0.1 * min(event.independent_sources, 5)
        ranked.append(
            (
                worth,
                model.CheckFirst(
                    why=clash.why,
                    document=side.document,
                    quote=side.quote,
                    start=side.start,
                    end=side.end,
                    event=event.id,
                    confidence=clash.confidence,
                ),
            )
        )
    ranked.sort(key=lambda r: (-r[0], r[1].document, r[1].start))
    return [entry for _, entry in ranked[:most]]
