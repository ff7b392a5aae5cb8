"""What every view of a report shows first, in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.model import CONFLICTS, CheckFirst, Report, Source

REACH = 70  # characters shown on either side of a short quote
# What Report.truncated counts, as an editor says it.
CUT = {
    "sources": "sources not listed; the tables list them all",
    "pairs": "pairs of copies not listed; the tables list them all",
    "documents": "documents not listed; the tables list them all",
    "findings": "findings not listed; the tables list them all",
    "clusters": "clusters not listed; the tables list them all",
    "events": "events not listed; the tables list them all",
    "errors": "errors not listed; the tables list them all",
    "skipped": "files left out that are not listed; the tables list them all",
    "components": "groups of over 5,000 texts that are alike, split where they are least so",
    "documents under one key of facts": "texts of much-told events not compared with all others",
}


COPIED = " changed in a copy: "  # in the reason of what an alteration of a copy is told by
SLIP = 0.3  # weight below which an entry is a slip of wording, after all others
TURN = 0.85  # what each further entry of one source weighs of the one before it
AGAIN = 0.5  # what an entry weighs of a text or a matter that one is told of already


def checks(report: Report, most: int) -> list[tuple[CheckFirst, str]]:
    """What to check first over all sources, with the source's name: by consequence and certainty,
    each source having its turn; each event once, a matter or a document told of already later."""
    ranked = sorted(
        (
            (
                -check.weight * TURN**place,
                check.finding is not None,  # reports saved before 0.3 hold no weights
                place if not check.weight else 0,
                -check.confidence,
                check.document,
                check.start,
                check.why,
                name,
                check,
            )
            for name, place, check in (
                (source.name, place, check)
                for source in report.sources
                for place, check in enumerate(source.check_first)
            )
        ),
        key=lambda entry: entry[:8],
    )
    places: dict[str, list[tuple[str, int, int, str]]] = {
        event.id: [
            (side.document, side.start, side.end, one.kind)
            for one in event.comparisons
            if one.verdict in CONFLICTS
            for side in (one.a, one.b)
        ]
        for event in report.events
    }
    taken: list[tuple[str, int, int, str]] = []  # what the entries kept quote, on both sides
    kept: list[tuple[float, bool, CheckFirst, str]] = []
    firsts = 0
    seen: set[str] = set()
    texts: set[str] = set()
    matters: list[frozenset[str]] = []
    again: set[tuple[str, frozenset[str]]] = set()
    for worth, *_, name, check in ranked:
        mark = check.event or f"{check.quote}\0{check.why}"
        if mark in seen:
            continue
        seen.add(mark)
        words = _matter(check) if check.event else frozenset()
        if (check.document, words) in again:
            continue  # two mentions of one number
        if words:
            again.add((check.document, words))
        same = any(2 * len(words & other) > len(words | other) for other in matters)
        sides = places.get(check.event or "", [])
        if check.event is None and COPIED in check.why:  # "number changed in a copy: …"
            sides = [(check.document, check.start, check.end, check.why.partition(" ")[0])]
        met = [
            any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] and a[3] == b[3] for b in taken)
            for a in sides
        ]
        pairs = [any(met[n : n + 2]) for n in range(0, len(met), 2)]  # comparisons have two sides
        if pairs and 2 * sum(pairs) >= len(pairs):
            continue  # one matter from its other side: told of once
        if same or check.document in texts:
            kept.append((worth * AGAIN, True, check, name))
            continue
        kept.append((worth, False, check, name))
        firsts += 1
        texts.add(check.document)
        taken.extend(sides)
        matters.extend([words] if words else [])
        if firsts == 3 * most:
            break
    # The sort is stable: reports without weights keep first tellings first, in order.
    kept.sort(key=lambda one: (one[2].weight < SLIP, one[0], one[1]))
    return [(check, name) for *_, check, name in kept[:most]]


def _matter(check: CheckFirst) -> frozenset[str]:
    """The words of what differs: "two boats against three boats" is one matter wherever told; so is
    the purchase of one firm by another, but not "killed" without its numbers."""
    named = re.match(r"[^:]*\([^:]*(?=: )", check.why)
    head = named[0] if named else re.split(r"[.;](?= )", check.why, maxsplit=1)[0]
    head = head.lower()
    return frozenset(re.findall(r"[^\W_][\w-]*", head))


def ranked(sources: Sequence[Source]) -> list[Source]:
    """Sources with a score first, the highest first; then those with most texts."""

    def place(source: Source) -> tuple[bool, float, int, str]:
        value = source.scores.reliability.value
        return value is None, -(value or 0.0), -source.documents, source.name

    return sorted(sources, key=place)


def around(text: str | None, check: CheckFirst) -> tuple[str, str, str]:
    """A quote with the words before and after it, where the report holds its text."""
    if text is None or text[check.start : check.end] != check.quote or len(check.quote) > 2 * REACH:
        return "", check.quote, ""
    left, right = max(0, check.start - REACH), min(len(text), check.end + REACH)
    before, after = text[left : check.start], text[check.end : right]
    if left:
        before = "…" + before.partition(" ")[2]
    if right < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, check.quote, after
