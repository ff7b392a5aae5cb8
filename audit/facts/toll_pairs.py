"""Which tolls of two reports count the same people, and whether they differ.

What befell people is told in few words, so words beside the numbers say little; a fitted score of
its own ([toll] in rules/facts/identity.toml) weighs how the numbers stand in their texts, and how
likely both texts tell one story, which it does not ask for.
"""

from __future__ import annotations

from math import log

from audit import model
from audit.facts import figure_pairs, tolls
from audit.facts.figure_identity import (
    TWO,
    Document,
    Model,
    chance,
    elsewhere,
    figure_parts,
    log_odds,
    odds,
    shared_words,
)
from audit.facts.figure_kinds import PEOPLE
from audit.facts.figure_pairs import Match, alike, told_as
from audit.facts.figures import Figure, one_kind
from audit.facts.grounds import compatible
from audit.facts.sides import Side
from audit.facts.words import Words

DOUBT = 0.4  # score below which two totals are of two things
FIRST = 4.0  # log-odds of one story from which "at least one" is a first report of many
EARLY = 1.5  # what a first report of one counts as the logarithm of the ratio, at most
ONGOING = "infected"  # what rises for months: two counts of two days are none
_MANY = 3.0  # logarithm of how many pairs of one kind there are, at most


def compare_figures(
    a: Document, b: Document, story: float, least: float, fit: Model
) -> list[tuple[model.Comparison, Side, Side]]:
    """What two documents count differently, and what alike: tolls, and, where both tell one story,
    all else; elsewhere only what is one number whatever the story (figure_pairs.py). ``story``: the
    log-odds that they do, ``least`` those from which that is enough."""
    found = decided(a, b, story, fit)
    found += figure_pairs.decided(a, b, story, fit, story >= least)
    return told_as(a, b, found, fit)


def doubtful(a: Document, b: Document, story: float, fit: Model) -> set[tuple[int, int]]:
    """Where two tolls begin that are hardly of one thing, so that the rules of totals
    (toll_verdicts.py) may not take them for one. How far apart the numbers are does not count here:
    the toll of a main event grows."""
    grown = fit.toll.get("ratio", 0.0)
    return {
        (m.a.number.start, m.b.number.start)
        for m in matches(a, b, story, fit)
        if chance(odds(m.parts, fit.toll) - grown * m.parts["ratio"]) < DOUBT
        and not compatible(m.a.number, m.b.number)
    }


def matches(a: Document, b: Document, story: float, fit: Model) -> list[Match]:
    """The pairs of tolls of one kind, likeliest first; ``story``: the log-odds of one story."""
    found = []
    for x in a.figures:
        if x.counts not in PEOPLE:
            continue
        for y in b.figures:
            if y.counts == x.counts and one_kind(x, y) and (story >= FIRST or not _first(x, y)):
                parts = toll_parts(x, y, story, a, b, fit.words)
                shared = shared_words(x, y)
                words = tuple(sorted(shared, key=lambda k: (-shared[k], k)))
                found.append(Match(x, y, chance(odds(parts, fit.toll)), parts, words))
    found.sort(key=lambda m: (-m.sure, m.a.number.start, m.b.number.start))
    return found


def _first(x: Figure, y: Figure) -> bool:
    """Whether either toll is of one: a first report, or one among others."""
    return min(x.number.value, y.number.value) < 2


def decided(a: Document, b: Document, story: float, fit: Model) -> list[tuple[Match, bool]]:
    """The pairs of tolls that count one thing, each with whether they differ; each toll in its
    likeliest pair only, but for one that both texts give: the other is free for another."""
    if story < TWO or not a.story.ends & b.story.ends:
        return []
    taken: set[tuple[str, int]] = set()
    agreed: set[tuple[str, int]] = set()
    out = []
    sure = story >= log_odds(fit.one_story)
    same_day = tolls.apart(a.published, b.published) == 0
    for match in matches(a, b, story, fit):
        if match.a.counts == ONGOING and not same_day:
            continue
        keys = {("a", match.a.number.start), ("b", match.b.number.start)}
        if match.sure < fit.one_toll:
            break
        same = match.a.number.value == match.b.number.value
        if keys & agreed and not same:
            continue
        if not taken & keys:
            if not compatible(match.a.number, match.b.number):
                out.append((match, True))
            elif sure and alike(match):
                out.append((match, False))
        taken |= keys
        if same:
            agreed |= keys
    return out


def toll_parts(
    x: Figure, y: Figure, story: float, a: Document, b: Document, words: Words
) -> dict[str, float]:
    """What speaks for one toll, and against it: what does for any figure; that both texts tell two
    stories, places, other numbers beside, and bounds."""
    parts = figure_parts(x, y, story, a, b, words)
    here, there = (sum(f.counts == x.counts and not f.scope for f in d.figures) for d in (a, b))
    parts["story"] = min(0.0, parts["story"])
    if _first(x, y):
        parts["ratio"] = min(parts["ratio"], EARLY)
    parts["elsewhere"] = float(elsewhere(x, y, a, b))
    parts["bound"] = float(x.number.bound != "exact" or y.number.bound != "exact")
    parts["many"] = min(_MANY, log(max(1, here * there)))
    return parts
