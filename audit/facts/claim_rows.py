"""The claims of each document as rows under keys, so that no claim is set against all others.

A key is a class of event (or a chain of them) with a specific name of the claim. Longer than most
files: what is kept of a document and how it is found again are one layout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from operator import itemgetter

import msgspec
import polars as pl

from audit import frames, model
from audit.facts import events, memberships, offices, stances, tolls
from audit.facts.addresses import address
from audit.facts.agencies import agency_of, told_by
from audit.facts.ages import BIRTH, EVENT, ages
from audit.facts.figures import Figure
from audit.facts.lexicon import built
from audit.facts.names import Name
from audit.facts.offices import DAYS
from audit.facts.open_verbs import is_open
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text

EACH = 8  # claims of one document under one key
TOTALS = 6  # counts of its main event kept of a document
MOST = 48  # documents compared under one key
KEYS = 40  # keys of one document: the most specific claims first
NAMES = 40  # names kept of a document's story
# One row a document and key: its claims under the key, with what its document lends them.
FIGURE = "figure|"  # keys of figures: then the story that the document tells
_STOOD = (f"{offices.EVENT}|", f"{memberships.EVENT}|")  # keys of what people and states are
_SAID = f"{stances.EVENT}|"  # and of what is said of them
_OF_PEOPLE = frozenset((*_STOOD, _SAID))
CLAIM_ROWS: dict[str, pl.DataType] = {
    "event": pl.String(),  # the key: class of event and a name
    "document": pl.String(),
    "several": pl.Boolean(),  # whether two of its claims are set against each other under the key
    "claims": pl.Binary(),  # msgpack of a Held
}


class Held(msgspec.Struct, frozen=True, gc=False):
    """The claims of one document under one key."""

    source: str | None
    published: model.Published
    names: dict[str, int]
    focus: list[str]
    quotes: list[str]
    speakers: list[str | None]
    statements: list[Statement]
    keys: list[list[str]]
    tolls: list[tolls.Toll] = []
    cause: str | None = None
    figures: list[Figure] = []
    address: str | None = None
    agency: str | None = None
    told_by: dict[int, str] = {}  # start of a sentence -> the agency it has its words from
    day: int = 0  # of a year, as its gist has it


class _Named(msgspec.Struct, frozen=True, gc=False):
    """The part of a Name that most documents are compared by."""

    name: str


class _Day(msgspec.Struct, frozen=True, gc=False):
    """The part of a Gist that tells when a document appeared."""

    day: int = 0


class _Kept(msgspec.Struct, frozen=True, gc=False):
    """The part of a Kept (kept.py) that claims are compared by; what few need is read for them."""

    names: msgspec.Raw
    statements: list[Statement]
    figures: msgspec.Raw = msgspec.Raw(b"\x90")
    gist: _Day = _Day()
    standings: list[Statement] = []


_KEPT = msgspec.msgpack.Decoder(_Kept)
_NAMED = msgspec.msgpack.Decoder(list[_Named])
_NAMES = msgspec.msgpack.Decoder(list[Name])
_FIGURES = msgspec.msgpack.Decoder(list[Figure])


def claim_rows(frame: pl.DataFrame, *, homes: Mapping[str, str], rules: Rules) -> pl.DataFrame:
    """CLAIM_ROWS of documents with text and measured facts (English ones); ``homes``: the story of
    each document that others tell too."""
    published = frames.records(frame["published"], model.Published)
    each = pl.element().struct.field
    # Only what is read of these columns is made into objects: sources, and ages.
    read = frame.select(
        pl.col("attributions").list.eval(each("source")),
        pl.col("quantities").list.eval(pl.element().filter(each("slot") == EVENT)),
    )
    sources = read["attributions"].to_list()
    quantities = frames.records(read["quantities"], list[model.Quantity])
    out: list[tuple[str, str, bool, bytes]] = []
    columns = frame.select("id", "from", "url", "text", "statements")
    for n, (key, source, url, raw, held) in enumerate(columns.iter_rows()):
        if not raw or not held:
            continue
        out.extend(
            _document(
                key,
                source,
                address(url),
                Text(raw),
                published[n] or model.Published(),
                sources[n] or [],
                quantities[n] or [],
                _KEPT.decode(held),
                homes.get(key),
                rules,
            )
        )
    return pl.DataFrame(out, schema=CLAIM_ROWS, orient="row")


def sampled(ids: list[str]) -> tuple[list[str], int]:
    """Of the documents under one key MOST, the same ones whatever their order, by a digest of their
    id; and how many are left out."""
    if len(ids) <= MOST:
        return ids, 0
    rank = {d: hashlib.sha256(d.encode("utf-8", "replace")).digest() for d in ids}
    return sorted(sorted(ids, key=rank.__getitem__)[:MOST]), len(ids) - MOST


def _document(
    key: str,
    source: str | None,
    where: str | None,
    text: Text,
    published: model.Published,
    sources: list[dict[str, int] | None],
    quantities: list[model.Quantity],
    kept: _Kept,
    home: str | None,
    rules: Rules,
) -> list[tuple[str, str, bool, bytes]]:
    made = [*kept.statements, *kept.standings]
    if quantities:  # ages
        made += ages(text, _NAMES.decode(kept.names), quantities)
    known = events.actors(rules)
    story = events.story([n.name for n in _NAMED.decode(kept.names)], known)
    counts = tolls.tolls(text, kept.statements, published)
    totals = [t for t in counts if t.total][:TOTALS]
    cause = tolls.cause(made)
    agency, chains = agency_of(text), _chained(text, story, made, sources)
    under: dict[str, list[Statement]] = {}
    keys: dict[int, list[str]] = {}
    for one in made:
        if f"{one.claim.event}|" in _OF_PEOPLE:
            mine = _standing(one, key, published)
        else:
            mine = _keys(one, story, known, rules)
        keys[id(one)] = mine
        for name in mine:
            if len(under.setdefault(name, [])) < EACH:
                under[name].append(one)
    if home is not None:
        under[f"{FIGURE}{home}"] = []
    most = dict(sorted(story.names.items(), key=itemgetter(1), reverse=True)[:NAMES])
    rows = []
    focus = sorted(story.focus)
    whole = sorted(n for n in under if n.startswith(_STOOD))[:EACH]
    whole += sorted(n for n in under if n.startswith(_SAID))[: 4 * EACH]
    ranked = sorted(
        (n for n in under.keys() - set(whole) if not n.startswith(_SAID)),
        key=lambda n: (not n.startswith(FIGURE), is_open(n), n),
    )
    for name in [*ranked[:KEYS], *whole]:
        held = Held(
            source=source,
            address=where,
            agency=agency,
            told_by=chains,
            published=published,
            names=most,
            focus=focus,
            quotes=[text.raw[s.claim.start : s.claim.end] for s in under[name]],
            speakers=[_speaker(text, s, sources) for s in under[name]],
            statements=under[name],
            keys=[keys[id(s)] for s in under[name]],
        )
        if name.startswith(FIGURE):
            held = msgspec.structs.replace(
                held,
                tolls=totals,
                quotes=[text.raw[t.statement.claim.start : t.statement.claim.end] for t in totals],
                speakers=[_speaker(text, t.statement, sources) for t in totals],
                cause=cause,
                figures=_FIGURES.decode(kept.figures),
                day=kept.gist.day,
            )
        rows.append((name, key, _several(name, held.keys), msgspec.msgpack.encode(held)))
    return rows


def _several(key: str, keys: list[list[str]]) -> bool:
    return len(keys) > 1 and any(key == least(a, b) for a, b in combinations(keys, 2))


def least(a: list[str], b: list[str]) -> str | None:
    """The one key under which two claims are compared, of those they share."""
    return min(set(a) & set(b), default=None)


def _speaker(text: Text, statement: Statement, sources: list[dict[str, int] | None]) -> str | None:
    index = statement.claim.attribution
    source = sources[index] if index is not None else None
    return text.plain[source["start"] : source["end"]] if source else None


def _chained(
    text: Text, story: events.Story, made: list[Statement], sources: list[dict[str, int] | None]
) -> dict[int, str]:
    """The agencies that sentences have their words from: they name one, or the sentence that says
    who speaks in them does."""
    chains = told_by(text, story.names)
    for one in made if chains else ():
        index = one.claim.attribution
        source = sources[index] if index is not None else None
        if source is not None:
            agency = chains.get(text.sentence_at(source["start"])[0])
            if agency is not None:
                chains.setdefault(one.sentence[0], agency)
    return chains


def _keys(one: Statement, story: events.Story, known: frozenset[str], rules: Rules) -> list[str]:
    """What a claim meets others under: its chain or class with each specific name of its roles,
    with its document's focus where its theme has no name, with two actors where it has no more,
    with its document's foremost names where it is the only one of its kind there."""
    checkable = one.claim.date is not None or one.claim.value is not None
    if not checkable and not (one.agent and one.theme) and one.claim.status == "asserted":
        return []
    meets = BIRTH if one.claim.event == EVENT else one.claim.event
    classes = built(rules, _chains).get(meets)
    specific = (one.theme | one.agent | one.partner | one.place | one.thing) - known
    if not (one.theme - known):
        specific |= story.focus
    tails = sorted({tail_of(name) for name in specific})[:4]
    if not tails:
        actors = sorted((one.theme | one.agent | one.partner | one.place) & known)
        tails = ["+".join(pair) for pair in combinations(actors, 2)][:2]
        if not tails and actors and one.head:
            tails = [f"{actors[0]}+{one.head}"]
        if not tails and one.sole:
            tails = sorted({tail_of(name) for name in events.foremost(story, known)})
    return [f"{name}|{tail}" for name in classes or [one.claim.event] for tail in tails]


def _standing(one: Statement, document: str, published: model.Published) -> list[str]:
    """What an office or a membership meets others under: the name, with the spans of DAYS that a
    text not further off is in too. One of a day unknown meets those of its own text."""
    if one.claim.event == stances.EVENT:
        return _stance(one, document, published)
    name = f"{one.claim.event}|{min(one.theme)}".casefold()
    if one.head == offices.PERSON:
        return [name]
    if not published.from_:
        return [f"{name}|{document}"]
    nth = date.fromisoformat(published.from_[:10]).toordinal() // DAYS
    return [f"{name}|{nth}", f"{name}|{nth + 1}"]


def _stance(one: Statement, document: str, published: model.Published) -> list[str]:
    """What a stance meets others under: its kind with a name, and the span of days its text may be
    in; texts of no day meet each other."""
    ends = {tail_of(name) for name in one.theme}
    names = sorted(ends | {name.split()[0].casefold() for name in one.theme})[:6]
    if published.from_:
        nth = date.fromisoformat(published.from_[:10]).toordinal() // DAYS
        days = [str(nth), str(nth + 1)]
    else:
        days = [""]
    return [f"{one.claim.event}|{one.head}|{name}|{day}" for name in names for day in days]


def _chains(rules: Rules) -> dict[str, list[str]]:
    """By class of event: the chains it is in."""
    found: dict[str, list[str]] = {}
    for name, chain in sorted(rules.facts["events"].get("chains", {}).items()):
        for event in chain:
            if name not in found.setdefault(event, []):
                found[event].append(name)
    return found


@lru_cache(maxsize=1 << 14)
def tail_of(name: str) -> str:
    return name.rsplit(" ", 1)[-1].casefold()
