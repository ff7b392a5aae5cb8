"""Which figures of two reports of one story count the same thing, and whether they differ.

Two are taken for one where they count the same noun, their clauses share most of what is told
beside the number, neither text gives the other's value as well, and neither has a nearer match.
"""

from __future__ import annotations

import re

from audit import model
from audit.facts import events, tolls
from audit.facts.events import Story
from audit.facts.figures import Figure, Match
from audit.facts.grounds import appeared, compatible
from audit.facts.sides import Side
from audit.facts.statement import Statement
from audit.facts.telling import made_of

LIKE = 0.4  # likeness of two documents from which they tell one story
SHARED = 1.25  # weight of the words two clauses must share
SHARE = 0.4  # and that weight as a share of the poorer clause
ALONE = 0.8  # that weight where either text counts the noun once only
NAMED = 0.1  # what a name both sentences have adds to that share
BARE = 0.6  # the share for people, whom every sentence counts
APART = 3.5  # how many times the smaller number the greater may be
_OTHER = re.compile(r"\bothers?\b", re.IGNORECASE)
DAYS = 21  # between two publications of one story


def one_story(a: Story, b: Story, likeness: float, days: int | None, known: frozenset[str]) -> bool:
    """Whether two documents report one story: alike in names, the foremost of each in the other."""
    if likeness < LIKE or (days is not None and days > DAYS):
        return False
    return _leads(a, b, known) and _leads(b, a, known)


def _leads(a: Story, b: Story, known: frozenset[str]) -> bool:
    own = events.foremost(a, known)
    held = [n for n in own if events.meet(frozenset((n,)), frozenset(b.names))]
    return len(held) >= min(2, len(own)) > 0


def matches(left: list[Figure], right: list[Figure], known: frozenset[str]) -> list[Match]:
    """The pairs of figures that count one thing, best first."""
    found = []
    for x in left:
        for y in right:
            if x.counts != y.counts or (x.number.unit or "") != (y.number.unit or ""):
                continue
            if bool(_OTHER.search(x.number.text)) != bool(_OTHER.search(y.number.text)):
                continue  # "three other rifles": beside others that were counted before
            shared = {k: min(w, y.stems[k]) for k, w in x.stems.items() if k in y.stems}
            weight = sum(shared.values())
            whole = min(sum(x.stems.values()), sum(y.stems.values()))
            if weight and whole:
                words = tuple(sorted(shared, key=lambda k: (-shared[k], k)))
                found.append(Match(x, y, weight, weight / whole, words))
    found.sort(key=lambda m: (-m.weight * m.share, m.a.start, m.b.start))
    return found


def differing(left: list[Figure], right: list[Figure], known: frozenset[str]) -> list[Match]:
    """The matches whose numbers cannot both hold."""
    found = matches(left, right, known)
    taken: set[tuple[str, int]] = set()
    out = []
    for match in found:
        x, y = match.a, match.b
        nearest = ("a", x.number.start) not in taken and ("b", y.number.start) not in taken
        taken |= {("a", x.number.start), ("b", y.number.start)}
        alone = all(sum(f.counts == x.counts for f in side) == 1 for side in (left, right))
        if nearest and _one_thing(match, alone, known) and not _told_alike(match, left, right):
            out.append(match)
    return out


def _one_thing(match: Match, alone: bool, known: frozenset[str]) -> bool:
    """``alone``: either text counts that noun once only."""
    x, y = match.a, match.b
    if x.whole != y.whole or len(match.words) < 2:
        return False
    low, high = sorted((x.number.value, y.number.value))
    if high > APART * low:
        return False
    one, two = frozenset(x.names), frozenset(y.names)
    if one and two and not events.meet(one, two):
        return False
    one, two = one - known, two - known
    named = sum(events.meet(frozenset((n,)), two) for n in one)
    if one and two and not named:
        return False
    least = BARE if x.counts == "count:person" else SHARE
    counted = alone and x.counts not in ("money", "count:person")
    return (
        match.weight >= (ALONE if counted else SHARED)
        and match.share + NAMED * min(2, named) + (NAMED if counted else 0.0) >= least
    )


def _told_alike(match: Match, left: list[Figure], right: list[Figure]) -> bool:
    """Whether either text has the other's number too: then each has both, or means other things."""
    x, y = match.a, match.b
    return (
        compatible(x.number, y.number)
        or any(f.counts == x.counts and compatible(x.number, f.number) for f in right)
        or any(f.counts == y.counts and compatible(y.number, f.number) for f in left)
    )


def side_of(document: str, figure: Figure, story: Story, published: model.Published) -> Side:
    """A figure as one side of a comparison: a claim of the class ``count``."""
    claim = model.Claim(figure.start, figure.end, "count", value=figure.number)
    statement = Statement(claim, "count", (figure.start, figure.end), figure.sentence)
    return Side(document, figure.quote, statement, story, published, None)


def compare_figures(
    a: tuple[str, Story, model.Published, list[Figure]],
    b: tuple[str, Story, model.Published, list[Figure]],
    likeness: float,
    known: frozenset[str],
) -> list[tuple[model.Comparison, Side, Side]]:
    """What two documents, each (id, story, published, figures), count differently."""
    days = tolls.apart(a[2], b[2])
    if not (a[3] and b[3]) or not one_story(a[1], b[1], likeness, days, known):
        return []
    out = []
    for match in differing(a[3], b[3], known):
        x, y = side_of(a[0], match.a, a[1], a[2]), side_of(b[0], match.b, b[1], b[2])
        if x.words.split() == y.words.split():
            continue
        sure = min(0.92, 0.45 + 0.3 * match.share + 0.25 * likeness)
        told = [" ".join(f.number.text.split()) for f in (match.a, match.b)]
        why = f"{told[0]} against {told[1]}"
        first = appeared(a[2], b[2])
        early, late = (match.a, match.b) if (first or 0) <= 0 else (match.b, match.a)
        verdict = "conflict"
        if first and late.number.value >= early.number.value:
            verdict, why = "update", f"{why}; the higher number was published later"
        why = f"{why}. Beside both: {', '.join(match.words[:5])}."
        out.append((made_of(x, y, "number", verdict, sure, why), x, y))
    return out
