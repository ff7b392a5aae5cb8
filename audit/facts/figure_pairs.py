"""Which figures of two reports of one story count the same thing, and whether they differ.

Two are taken for one where the fitted score says so (figure_identity.py), neither text gives the
other's value as well, and neither has a likelier match, or one known by a name.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass, replace

from audit import model
from audit.facts import tolls
from audit.facts.claim_words import TOLLS
from audit.facts.figure_identity import (
    ALONE,
    PARTS,
    Document,
    Model,
    beside,
    chance,
    figure_parts,
    odds,
    shared_words,
    two_people,
)
from audit.facts.figure_kinds import AGE, PEOPLE, SHARE, lasts
from audit.facts.figure_scopes import POPULATION, SEVERAL, TRADED
from audit.facts.figures import Figure, one_kind
from audit.facts.grounds import appeared, compatible
from audit.facts.name_keys import bare, named, one_of
from audit.facts.prices import one_deal
from audit.facts.sides import Side
from audit.facts.statement import Statement
from audit.facts.telling import made_of
from audit.facts.words import Words

APART = 8.0  # how many times the smaller number the greater may be
SUMS = 3.0  # and of two sums of money: another sum of the same deal
BESIDE = 0.3  # weight of the words that must stand beside both numbers, or other numbers alike,
SURE = 0.7  # where the score is below this,
ONLY = 0.5  # or this, where all other numbers of the kind agree
SAME = 0.7  # of the words a match shares: from there another number is told of the same thing
SHARES = 0.6  # a text that gives shares gives several: from here two are of one thing
STEADY = 0.6  # from here a higher number published later is told where nothing is growing
DAYS = 7  # between two texts that give an age of nobody known
AGREE = 0.5  # from here two equal numbers agree
COUNTED = 10  # a lesser number is alike by chance where little else is
_GROWING = re.compile(
    r"\b(?:so far|now|already|as of|by (?:\w+day|now)|total|tolls?|dead|died|kill\w*|injur\w*"
    r"|wounded|hurt|missing|victims|cases|confirmed|infect\w*|sick\w*|affected|damag\w*|destroy\w*|loss\w*"
    r"|lost|burn\w*|flooded|homeless|displaced|evacuat\w*|rescu\w*|recover\w*|found|arrest\w*"
    r"|detain\w*|seized|charged|donat\w*|raised|collected|signatures|signed|votes|counted|grow\w*"
    r"|grew|ris\w+|rose)\b",
    re.IGNORECASE,
)
# What tells, beside an age, of somebody's death.
_DEATH = re.compile(
    r"\b(?:victims?|the dead|(?:death|murder|killing|funeral|body) of"
    r"|(?:was|were) (?:also )?(?:killed|murdered|slain|shot dead|stabbed to death|found dead)"
    r"|died|dies|who (?:died|was killed))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"[^\W\d_]|[$£€¥%]")
SHOWN = 4  # parts of the score that are shown, the weightiest


@dataclass(frozen=True)
class Match:
    """Two figures, how likely they count one thing, and why."""

    a: Figure
    b: Figure
    sure: float
    parts: dict[str, float]
    words: tuple[str, ...]


def in_common(
    x: Figure, y: Figure, a: Document, b: Document, words: Words
) -> dict[str, float] | None:
    """The words beside two figures, no tolls, that can count one thing, and what each weighs; None
    where they cannot, whatever day the texts are of."""
    if x.counts in PEOPLE or y.counts in PEOPLE:  # toll_pairs.py
        return None
    if (x.number.unit or "") != (y.number.unit or "") or not words.alike(x.counts, y.counts):
        return None
    if not one_kind(x, y) or (lasts(x.counts) and two_people(x, y, a, b)):
        return None
    if x.scope == TRADED and tolls.apart(a.published, b.published) != 0:
        return None
    person = one_of(x.whose, y.whose, person=x.counts == AGE)
    if person is False:
        return None
    shared = shared_words(x, y)
    return shared if shared or person or beside(x, y, a, b) or one_deal(x.deal, y.deal) else None


def matches(a: Document, b: Document, story: float, fit: Model) -> list[Match]:
    """The pairs of figures that can count one thing: those known by a name first, then by how
    likely."""
    found = []
    days = tolls.apart(a.published, b.published)
    for x, y in itertools.product(a.figures, b.figures):
        shared = in_common(x, y, a, b, fit.words)
        if shared is None or (x.counts == AGE and not _of_one_time(x, y, days)):
            continue
        parts = figure_parts(x, y, story, a, b, fit.words)
        words = tuple(sorted(shared, key=lambda k: (-shared[k], k)))
        found.append(Match(x, y, chance(odds(parts, fit.figure)), parts, words))
    found.sort(key=lambda m: (not known(m), -m.sure, m.a.number.start, m.b.number.start))
    return found


def known(match: Match) -> bool:
    """Whether both figures are known by a name: of one purchase, person, place or owner."""
    return match.parts["deal"] > 0 or match.parts["whom"] == 1


def decided(
    a: Document, b: Document, story: float, fit: Model, one_story: bool = True
) -> list[tuple[Match, bool]]:
    """The matches whose numbers cannot both hold, and those whose numbers are the same; each with
    whether they differ, each figure in one only: known by a name, or else its likeliest. Where it
    is not sure that both tell ``one_story``: of what is known by names, only."""
    if not one_story:
        a, b = _known(a, story), _known(b, story)
        if not (a.figures and b.figures):
            return []
    taken: set[tuple[str, int]] = set()
    out = []
    for match in matches(a, b, story, fit):
        keys = {("a", match.a.number.start), ("b", match.b.number.start)}
        if match.sure < fit.one_thing:
            continue
        if match.a.counts == SHARE and match.sure < SHARES:
            continue
        told = match.parts["shared"] >= BESIDE
        named_both = known(match)
        if not (one_story or named_both) and (
            match.a.scope != POPULATION or set(match.a.names).isdisjoint(match.b.names)
        ):
            continue
        least = ONLY if match.parts["left"] else SURE
        if taken & keys or not (named_both or match.sure >= least or told or match.parts["beside"]):
            pass
        elif not compatible(match.a.number, match.b.number):
            if not both_hold(match, a, b, fit):
                out.append((match, True))
        elif told and match.sure >= AGREE and alike(match):
            out.append((match, False))
        taken |= keys
    return out


def _of_one_time(x: Figure, y: Figure, days: int | None) -> bool:
    """Whether no birthday can make two ages of one, in texts so many ``days`` apart, None if that
    is not known: the dead have none. The ages of people named in full are compared as claims too
    (ages.py)."""
    if not one_of(x.whose, y.whose, person=True):
        return days is not None and days <= DAYS
    if abs(x.number.value - y.number.value) != 1 or days in (0, 1):
        return True
    return any(_DEATH.search(f.quote) for f in (x, y))


def _known(of: Document, story: float) -> Document:
    """A document with those of its figures that are known by names: who lives in a place, what is
    paid for a purchase and, if it may be one story, all else that tells of somebody named."""
    may = story >= ALONE
    known = [f for f in of.figures if f.scope == POPULATION or f.deal or (may and named(f.whose))]
    return replace(of, figures=known)


def alike(match: Match) -> bool:
    """Whether two figures agree, and not by chance."""
    number = match.a.number.value
    return number == match.b.number.value and (number >= COUNTED or len(match.words) > 1)


def both_hold(match: Match, a: Document, b: Document, fit: Model) -> bool:
    """Whether the numbers are of a part and a whole, of two places, or either text gives the
    other's number too: then each has both, or means other things."""
    x, y = match.a, match.b
    most = math.log(SUMS if x.counts.startswith("money") else APART)
    if x.whole != y.whole or match.parts["ratio"] > most or _other_year(x, y, a, b):
        return True
    kinds = {fit.words.kin(x.counts), fit.words.kin(y.counts)}
    weight = SAME * sum(shared_words(x, y).values())

    def told(mine: Figure, other: Figure, of: Document) -> bool:
        return any(
            fit.words.kin(f.counts) in kinds
            and (f.scope == mine.scope or SEVERAL not in (f.scope, mine.scope))
            and compatible(mine.number, f.number)
            and (not match.parts["whom"] or one_of(mine.whose, f.whose, x.counts == AGE))
            and (f.sentence == other.sentence or sum(shared_words(mine, f).values()) >= weight)
            for f in of.figures
        )

    return told(x, y, b) or told(y, x, a)


def _other_year(x: Figure, y: Figure, a: Document, b: Document) -> bool:
    """Whether one figure is told of a past year and the other of another or of none: "sold 22
    trains in 2009" beside "orders 40 trains"."""
    if not (x.years or y.years) or set(x.years) & set(y.years):
        return False
    return all(
        year < (of.published.from_ or "")[:4]
        for figure, of in ((x, a), (y, b))
        for year in figure.years
    )


def side_of(document: Document, figure: Figure) -> Side:
    """A figure as one side of a comparison: a claim of a toll's class, of ``age`` or ``count``."""
    event = AGE if figure.counts == AGE else TOLLS.get(figure.counts, "count")
    claim = model.Claim(figure.start, figure.end, event, value=figure.number)
    statement = Statement(claim, event, (figure.start, figure.end), figure.sentence)
    return Side(document.id, figure.quote, statement, document.story, document.published, None)


def told_as(
    a: Document, b: Document, found: list[tuple[Match, bool]], fit: Model
) -> list[tuple[model.Comparison, Side, Side]]:
    """Figures of two documents that count one thing, and whether they differ, as comparisons."""
    out = []
    for match, differ in found:
        x, y = side_of(a, match.a), side_of(b, match.b)
        if x.words.split() == y.words.split():
            continue
        told = [" ".join(f.number.text.split()) for f in (match.a, match.b)]
        why = f"{_bare(told, match.a)}{told[0]} against {told[1]}"
        first = appeared(a.published, b.published)
        early, late = (match.a, match.b) if (first or 0) <= 0 else (match.b, match.a)
        verdict = "conflict"
        if not differ:
            verdict, why = "corroborates", f"Both give {told[0]}"
        elif first and late.number.value >= early.number.value:
            if _grows(match, x, y):
                verdict, why = "update", f"{why}; the higher number was published later"
            elif match.sure < STEADY:
                continue
        quotes = match.a.quote, match.b.quote
        words = (next(filter(None, (_in_full(s, q) for q in quotes)), "") for s in match.words[:5])
        beside_both = ", ".join(filter(None, words))
        said = f" Beside both: {beside_both}." if beside_both else ""
        said += _of_several(match, a, b, fit) if differ else ""
        weights = fit.toll if match.a.counts in PEOPLE else fit.figure
        why = f"{why}.{said} For one thing: {_told(match, weights)}."
        out.append((made_of(x, y, "number", verdict, match.sure, why), x, y))
    return out


def _of_several(match: Match, a: Document, b: Document, fit: Model) -> str:
    """What one text gives for one deed and the other for several, said in words."""
    for mine, other, of in ((match.a, match.b, b), (match.b, match.a, a)):
        kin = fit.words.kin(other.counts)
        for f in of.figures:
            same = f.number.value == mine.number.value and fit.words.kin(f.counts) == kin
            if same and f.scope == SEVERAL != other.scope:
                return f" {of.id} gives {' '.join(f.number.text.split())} for several together."
    return ""


def _bare(told: list[str], of: Figure) -> str:
    """What two numbers count, where neither says so: "killed: 29 against 31"; and whose age it
    is."""
    if of.counts == AGE:
        whose = next((name for name in of.names if bare(name) in of.whose), "")
        return f"age of {whose}: " if whose else "age: "
    noun = of.counts.partition(":")[2] or of.counts
    return "" if any(_NOUN.search(words) for words in told) else f"{noun}: "


def _in_full(stem: str, quote: str) -> str:
    """The word of a quote that a stem was cut from, in small letters, if there is one."""
    found = (w for w in re.findall(r"[\w'-]+", quote.lower()) if w.startswith(stem))
    return next(found, "")


def _grows(match: Match, x: Side, y: Side) -> bool:
    """Whether what is counted is still being counted: a toll, damage, donations; no price."""
    if match.a.counts in PEOPLE and match.a.counts != "magnitude":
        return True
    return _GROWING.search(x.words) is not None or _GROWING.search(y.words) is not None


def _told(match: Match, weights: dict[str, float]) -> str:
    """The parts of the score that speak for one thing, weightiest first, in words."""
    weighed = {k: weights.get(k, 0.0) * v for k, v in match.parts.items() if k in PARTS}
    shown = sorted((k for k in weighed if weighed[k] > 0), key=lambda k: (-weighed[k], k))
    return ", ".join(PARTS[k] for k in shown[:SHOWN])
