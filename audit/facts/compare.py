"""What two claims are to each other: conflict, update, two steps of one story, or the same thing.

Every verdict rests on event identity (audit/facts/events.py) and on one difference: of days, of
numbers, of status, or of the name given to the event. It names both quotes and says why.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit import model
from audit.facts import ages, events, evidence, figure_pairs, stances, standings
from audit.facts.figure_identity import (
    ALONE,
    TWO,
    Document,
    as_told,
    log_odds,
    model_of,
    story_odds,
    together,
)
from audit.facts.grounds import appeared, can_tie, chain, mistaken, twice
from audit.facts.open_verbs import is_open
from audit.facts.orders import impossible, ordered
from audit.facts.sides import Doc, Side, sides
from audit.facts.stance_verdicts import opposed
from audit.facts.telling import best
from audit.facts.toll_pairs import compare_figures, doubtful
from audit.facts.toll_verdicts import between
from audit.facts.verdicts import (
    aged,
    both,
    dates,
    numbers,
    parts,
    status,
    steps,
    steps_tell,
    tells,
)
from audit.rules import Rules

WITHIN = 0.35  # likeness lent to two claims of one document: it tells of many events


def compare_documents(a: Doc, b: Doc, rules: Rules) -> list[model.Comparison]:
    """What the claims of two documents are to each other; of one document with itself where both
    are the same. Sorted by place in ``a``; at most LIMIT, the surest."""
    left, right = sides(a, rules), (None if a.id == b.id else sides(b, rules))
    if right is None:
        pairs: Iterator[tuple[Side, Side]] = (
            (x, y) for i, x in enumerate(left) for y in left[i + 1 :]
        )
        likeness = WITHIN
    else:
        pairs = ((x, y) for x in left for y in right)
        likeness = (
            events.alike(left[0].story, right[0].story, events.actors(rules))
            if left and right
            else 0.0
        )
    found = []
    if right is not None and evidence.applies(a.text, b.text):
        first = appeared(a.facts.published, b.facts.published)
        found = evidence.against(
            (a.id, a.text, a.facts.dates), (b.id, b.text, b.facts.dates), first
        )
    if right is not None:
        found.extend(_counts(a, b, left, right, rules))
    for x, y in pairs:
        made = compare(x, y, likeness, rules)
        if made is not None:
            found.append(made)
    return best(found)


def _counts(
    a: Doc, b: Doc, left: list[Side], right: list[Side], rules: Rules
) -> list[model.Comparison]:
    """What two texts count differently, and the tolls of the main event: where they may be of one
    story; elsewhere only what is known by names."""
    known = events.actors(rules)
    fit = model_of(rules)
    told = [as_told(d.facts.gist, d.facts.published, d.facts.figures, fit.words) for d in (a, b)]
    story = story_odds(told[0], told[1], fit)
    if story is None or story < TWO:
        return []
    one, two = (
        Document(
            d.id,
            events.story((n.name for n in d.facts.names), known),
            d.facts.published,
            d.facts.figures,
        )
        for d in (a, b)
    )
    if story < ALONE:  # what is known by its names needs no story
        known_by_name = figure_pairs.decided(one, two, story, fit, one_story=False)
        return [c for c, _, _ in figure_pairs.told_as(one, two, known_by_name, fit)]
    sure = log_odds(fit.one_story)
    dated = together(a.facts.gist.day, b.facts.gist.day)
    found = compare_figures(one, two, story, log_odds(fit.likely) if dated else sure, fit)
    if story >= sure:
        unsure = doubtful(one, two, story, fit)
        found = between(a, b, left, right, story, unsure, rules) + found
    return [c for c, _, _ in found]


def compare(x: Side, y: Side, likeness: float, rules: Rules) -> model.Comparison | None:
    """The verdict on two claims, or None where they have nothing to do with each other.

    One sentence, word for word, in two documents is one statement: if it says "Thursday" in
    documents of two weeks, one has it from the other, and that is no conflict.
    """
    made = _verdict(x, y, likeness, rules)
    if made is None or x.document == y.document or made.verdict not in model.CONFLICTS:
        return made
    return None if x.words.split() == y.words.split() else made


def _verdict(x: Side, y: Side, likeness: float, rules: Rules) -> model.Comparison | None:
    one, two = x.statement, y.statement
    if x.document == y.document and one.trigger == two.trigger:
        return None
    if stances.EVENT in (one.claim.event, two.claim.event):
        return opposed(x, y, likeness) if one.claim.event == two.claim.event else None
    if one.claim.event in standings.EVENTS or two.claim.event in standings.EVENTS:
        return standings.contradicted(x, y, likeness)
    if ages.EVENT in (one.claim.event, two.claim.event):
        return aged(x, y, rules)
    if one.claim.event == two.claim.event:
        unknown = is_open(one.claim.event)
        if not tells(x, y) or (unknown and not can_tie(one, two)):
            return None
        same = events.identity(one, two, likeness, x.story, y.story, rules)
        if unknown and not twice(same):
            return None
        return (
            numbers(x, y, same, rules)
            or parts(x, y, same, rules)
            or dates(x, y, same, rules)
            or status(x, y, same, rules)
            or both(x, y, same, rules)
        )
    if not steps_tell(x, y):
        return None
    if chain(one, two, rules) is not None or mistaken(one, two, rules) or ordered(one, two, rules):
        same = events.identity(one, two, likeness, x.story, y.story, rules)
        return impossible(x, y, same, rules) or steps(x, y, same, rules)
    return None
