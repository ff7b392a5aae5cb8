"""What an editor should check first at each source: by consequence, then by certainty."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import polars as pl
from msgspec import structs

from audit import model
from audit.model import CONFLICTS, CheckFirst
from audit.rules import Rules
from audit.scoring import reads_as, worth

# Consequence for the reader, 0..1: a fact told wrongly before a fact unsupported, before wording.
_ALTERED = {"number": 1.0, "negation": 1.0, "date": 0.9, "name": 0.9, "quote": 0.85}
_GROUP = {
    "facts": 0.75,
    "sourcing": 0.6,
    "duplication": 0.55,
    "presentation": 0.5,
    "language": 0.25,
    "reading": 0.2,
}
_RULE = {
    "publication-date-contradicted": 0.85,
    "headline-stronger-than-body": 0.9,
    "anonymous-source": 0.52,
}
_LEAST = {"facts": 2, "presentation": 2}  # severity that is looked at; else 3
_ONCE = frozenset({"publication-date-contradicted", "stands-alone"})  # a text
UNNAMED = 3  # statements laid on unnamed sources from which the text itself is looked at
CALLED = 40  # characters of what one of them is called
LEAD = 1000  # characters in which the first of them stands
_HIDDEN = "anonymous-source"
HEAD = 200  # characters in which a page tells its own day
_SLIP = "slip"  # of language; other entries have the kind of what differs, or none
_Place = tuple[str, int, int]  # document, start, end
_Entry = tuple[float, str, CheckFirst]  # weight, kind, entry
SHOWN = 10  # a source
ALIKE = 2  # of them, findings with one message
SLIPS = 2  # of language, clear ones, from which they are worth a look at a text
WORDING = 3  # of them, slips of language: the texts show the others


def eligible(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings (frames.FINDINGS) that are worth a look: the severe ones, those of facts and of
    how a text is presented a step before, grave claims that stand alone, and one for each text
    that rests on sources it does not name: three statements or more, from its head on."""
    least = pl.col("group").replace_strict(_LEAST, default=3)
    return pl.concat(
        [
            findings.filter((pl.col("severity") >= least) | (pl.col("rule") == "stands-alone")),
            _unnamed(findings),
        ]
    )


def _unnamed(findings: pl.DataFrame) -> pl.DataFrame:
    """The first unnamed source of each text that rests on several, with how many there are and what
    three of them are called."""
    called = pl.col("quote").str.strip_chars().str.replace_all(r"\s+", " ").str.slice(0, CALLED)
    told = (
        findings.filter(pl.col("rule") == _HIDDEN)
        .sort("document", "start", "id")
        .with_columns(
            pl.len().over("document").alias("times"),
            called.unique(maintain_order=True).head(3).implode().over("document").alias("called"),
        )
        .unique("document", keep="first", maintain_order=True)
        .filter((pl.col("times") >= UNNAMED) & (pl.col("start") < LEAD))
    )
    said = pl.format(
        "{} statements rest on sources that are not named: “{}”.",
        "times",
        pl.col("called").list.join("”, “"),
    )
    sure = (0.3 + 0.1 * pl.col("times")).clip(upper_bound=0.9)
    made = told.with_columns(said.alias("message"), sure.alias("confidence"))
    return made.drop("times", "called")


def marks(documents: pl.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Of frames.DOCUMENTS: the verdict on how each text reads, and its day where that is known."""
    reads: dict[str, str] = {}
    days: dict[str, str] = {}
    for key, verdict, when in documents.select("id", "translation", "published").iter_rows():
        reads[key] = (verdict or {}).get("verdict") or "none"
        if when and when.get("value"):
            days[key] = when["value"]
    return reads, days


def check_first(
    source_of: Mapping[str, str | None],
    findings: Sequence[model.Finding],
    clusters: Sequence[model.Cluster],
    events: Sequence[model.Event],
    rules: Rules,
    addresses: Mapping[str, str] | None = None,
    reads: Mapping[str, str] | None = None,
    days: Mapping[str, str] | None = None,
) -> dict[str, list[CheckFirst]]:
    """For each source the statements to check first, at most SHOWN, at most one a passage.

    source_of: the source of each document by id. findings: those that are ``eligible``.
    addresses: of documents that have one; two of one address are an update, no altered copy.
    reads: the verdict on how a document reads (model.Translation.verdict). days: when a document
    appeared, where that is known.
    """
    days = days or {}
    gravity = rules.facts["events"].get("weights", {})
    ranked: dict[str, list[_Entry]] = defaultdict(list)
    places: dict[str, list[tuple[str, _Place]]] = defaultdict(list)  # of an event's conflicts

    def add(weight: float, entry: CheckFirst, kind: str = "") -> None:
        source = source_of.get(entry.document)
        if source is not None:
            sure = round(weight * entry.confidence, 4)
            ranked[source].append((sure, kind, structs.replace(entry, weight=sure)))

    shared = worth.shared(events)
    for event in events:
        figures = worth.figures(event)
        for one in event.comparisons:
            if one.verdict in CONFLICTS:
                weight = worth.conflict(event, one, figures, shared, days, gravity)
                for side, other in ((one.a, one.b), (one.b, one.a)):
                    add(weight, _conflict(event, one, side, other), one.kind)
                    places[event.id].append((one.kind, (side.document, side.start, side.end)))
    ids = {(f.document, f.start, f.end): f.id for f in findings if f.rule.startswith("altered-")}
    for cluster in clusters:
        first = cluster.first.document if cluster.first else None
        for pair in cluster.pairs:
            if first is not None and first not in (pair.a, pair.b):
                continue
            if addresses and addresses.get(pair.a, "") == addresses.get(pair.b, " "):
                continue  # a page that was changed
            for changed in pair.altered:
                if _dateline(pair, changed, days):
                    continue
                entry = _changed(pair, changed, cluster.first)
                mark = ids.get((entry.document, entry.start, entry.end))
                add(_ALTERED[changed.kind], structs.replace(entry, finding=mark), changed.kind)
    once: set[tuple[str, str]] = set()
    signs: dict[str, list[model.Finding]] = defaultdict(list)
    slips = Counter(f.document for f in findings if f.group == "language" and f.family != "residue")
    for finding in findings:
        if finding.group == "language" and finding.family != "residue":
            signs[finding.document].append(finding)
        told = (
            finding.rule in reads_as.LEFT
            or finding.family == "conflict"
            or finding.rule.startswith("altered-")
        )
        if finding.rule in _ONCE:
            told = told or (finding.document, finding.rule) in once
            once.add((finding.document, finding.rule))
        told = told or (finding.group == "language" and slips[finding.document] < SLIPS)
        if finding.family != "residue" and not told:
            weight = _RULE.get(finding.rule, _GROUP[finding.group])
            add(weight, _seen(finding), _SLIP if finding.group == "language" else "")
    for document, verdict in sorted((reads or {}).items()):
        if verdict in reads_as.VERDICTS and document in signs:
            weight, sign, why = reads_as.told(verdict, signs[document])
            add(weight, structs.replace(_seen(sign), why=why, confidence=reads_as.SURE))
    return {source: _distinct(told, places) for source, told in sorted(ranked.items())}


def with_alone(
    sources: Sequence[model.Source], findings: pl.DataFrame, source_of: Mapping[str, str | None]
) -> list[model.Source]:
    """The sources with how many grave claims of theirs stand alone."""
    documents = findings.filter(pl.col("rule") == "stands-alone")["document"]
    count = Counter(source_of.get(document) for document in documents)
    return [structs.replace(source, alone=count[source.id]) for source in sources]


# What ties the two sides of a conflict is told where both stand, not where it is only announced.
_TIES = re.compile(r"\. (?:In common|Beside both|For one thing): ")


def _conflict(
    event: model.Event, one: model.Comparison, side: model.Quote, other: model.Quote
) -> CheckFirst:
    same = side.document == other.document
    where = "the same text" if same else other.document
    differs = _TIES.split(one.why, maxsplit=1)[0].rstrip(".")
    return CheckFirst(
        why=f"{differs}. {where.capitalize() if same else where} says “{_short(other.quote)}”.",
        document=side.document,
        quote=side.quote,
        start=side.start,
        end=side.end,
        event=event.id,
        confidence=one.confidence,
    )


def _dateline(pair: model.Pair, changed: model.Altered, days: Mapping[str, str]) -> bool:
    """Whether what differs is the day either page gives as its own."""
    a, b = days.get(pair.a), days.get(pair.b)
    head = max(changed.a.start, changed.b.start) < HEAD
    return changed.kind == "date" and head and a is not None and b is not None and a != b


def _changed(pair: model.Pair, changed: model.Altered, first: model.First | None) -> CheckFirst:
    """The changed fact, in the copy where that is known."""
    mine, theirs, document, other = changed.b, changed.a, pair.b, pair.a
    if first is not None and first.document == pair.b:
        mine, theirs, document, other = changed.a, changed.b, pair.a, pair.b
    return CheckFirst(
        why=f"{changed.kind} changed in a copy: {other} has “{_short(theirs.text) or 'nothing'}”",
        document=document,
        quote=mine.text,
        start=mine.start,
        end=mine.end,
        confidence=0.6 + 0.3 * (first.certainty if first is not None else 0.0),
    )


def _seen(finding: model.Finding) -> CheckFirst:
    return CheckFirst(
        why=finding.message,
        document=finding.document,
        quote=finding.quote,
        start=finding.start,
        end=finding.end,
        finding=finding.id,
        confidence=finding.confidence,
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def _same(start: int, end: int, a: int, b: int) -> bool:
    """Whether two passages are one: they begin together, or share half of the shorter."""
    return start == a or 2 * (min(end, b) - max(start, a)) >= max(1, min(end - start, b - a))


def _distinct(
    entries: list[_Entry], places: Mapping[str, list[tuple[str, _Place]]]
) -> list[CheckFirst]:
    """The best entries, each passage, each event and each reason once; a slip of language only in
    a text that nothing graver is told of."""
    kept: list[CheckFirst] = []
    passages: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    told: set[str] = set()
    alike: Counter[str] = Counter()
    # Of the conflicts kept, both sides: the spans by kind and document.
    matters: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    slips = 0
    ordered = sorted(entries, key=lambda e: (-e[0], e[2].document, e[2].start, e[2].why))
    grave = {entry.document for _, kind, entry in ordered if kind != _SLIP}
    for _, kind, entry in ordered:
        others = passages[entry.document]
        wording = kind == _SLIP
        reason = entry.why.partition(": “")[0]  # without the words it quotes
        if alike[reason] == ALIKE:
            continue
        if wording and (slips == WORDING or others or entry.document in grave):
            continue
        if entry.event in told:
            continue  # one event told of once: its other pairs stand with it in the report
        here = [other for a, b, other in others if _same(entry.start, entry.end, a, b)]
        if entry.event is not None and (not here or kind in here):
            told.add(entry.event)
        if here:
            continue  # what differs there in another way is told from its other side
        sides = places.get(entry.event or "", [])
        met = [
            any(start < b and a < end for a, b in matters.get((what, document), ()))
            for what, (document, start, end) in sides
        ]
        pairs = [x or y for x, y in zip(met[::2], met[1::2], strict=True)]
        if pairs and 2 * sum(pairs) >= len(pairs):
            continue  # one matter, told of from its other side
        others.append((entry.start, entry.end, kind))
        for what, (document, start, end) in sides:
            matters[what, document].append((start, end))
        alike[reason] += 1
        slips += wording
        kept.append(entry)
        if len(kept) == SHOWN:
            break
    return kept
