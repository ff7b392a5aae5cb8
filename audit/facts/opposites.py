"""Words that cannot both be true of one thing: "rose" and "fell", "guilty" and "acquitted".

A pair is only taken where neither text has both, and a word of what is common stands by each."""

from __future__ import annotations

import re

from audit import model
from audit.facts.differing import comparison
from audit.facts.evidence_denials import stated_in
from audit.facts.evidence_kinds import Count
from audit.facts.stems import stem
from audit.tokens import Text


def opposites(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    """A word in one text and its opposite in the other, of the same thing: "rose", "fell"."""
    left, right = stated_in(a[1]), stated_in(b[1])
    common = (set(left) & set(right)) - _SIDES[0].keys()
    if not common:
        return []
    for word, at in left.items():
        for pair in _SIDES[0].get(word, ()):
            there = next((right[o] for o in sorted(_SIDES[1][pair]) if o in right), None)
            own = _SIDES[0].get(word, {}).get(pair, frozenset())
            if there is None or own & right.keys() or _SIDES[1][pair] & left.keys():
                continue
            if not _close_by(a[1], at, common) or not _close_by(b[1], there, common):
                continue
            x = Count(*at, 0.0, "", frozenset())
            y = Count(*there, 0.0, "", frozenset())
            why = f"{a[1].raw[slice(*at)]} in one text, {b[1].raw[slice(*there)]} in the other."
            return [comparison(a, b, x, y, "negation", "conflict", 0.65, why)]
    return []


def _close_by(text: Text, at: tuple[int, int], common: set[str]) -> bool:
    near = text.plain[max(0, at[0] - 40) : at[1] + 40].lower()
    return any(stem(w) in common for w in re.findall(r"\w[\w'-]*", near))


def _sides(lines: str) -> tuple[dict[str, dict[int, frozenset[str]]], dict[int, frozenset[str]]]:
    """From lines "rise rose : fall fell": by stem, the pair it is in and its own side; by pair,
    the other side. Each line gives two pairs."""
    own: dict[str, dict[int, frozenset[str]]] = {}
    other: dict[int, frozenset[str]] = {}
    for n, line in enumerate(lines.strip().splitlines()):
        one, two = (frozenset(stem(w) for w in side.split()) for side in line.split(":"))
        for number, (mine, theirs) in enumerate(((one, two), (two, one)), 2 * n):
            other[number] = theirs
            for word in mine:
                own.setdefault(word, {})[number] = mine
    return own, other


_SIDES = _sides("""
increase increased rise rose grew gained : decrease decreased fell fall dropped shrank
growth climbed surged soared jumped rose : declined plunged slumped sank fell dropped
gained : lost lose loses losing
raised raise hiked : cut cuts lowered lower reduced
minor slight : major catastrophic severe massive devastating
solo soloist : band group duo
win won winning wins : lost lose losing loses
legal : illegal banned outlawed
allowed permitted permits allows : banned bans forbidden prohibited prohibits forbids
expensive : free cheap inexpensive
public : private
largest biggest : smallest
highest tallest : lowest shortest
longest : shortest
oldest eldest : youngest newest
older elder : younger
richest wealthiest : poorest
best : worst
hottest warmest : coldest
ahead : behind
approved passed approval : rejected defeated rejection
favour favor backed : rejected opposed
supports supported supporter : opposes opposed opponent
convicted guilty : acquitted cleared innocent
alive survived surviving : died dead killed
opened opening reopened : closed closing
northern north : southern south
eastern east : western west
arrived : departed
male : female
hired appointed : fired dismissed sacked
resigned quit : stayed remained reelected
inside : outside
indoors indoor : outdoors outdoor
accepted : refused declined
admitted admits : denied denies
confirmed confirms : denied denies
married : unmarried single
positive : negative
praised acclaimed acclaim praise : panned criticized criticised
success successful hit : flop failure unsuccessful bomb
succeeded : failed
renewed : cancelled canceled
natural : artificial man-made
animated : live-action
fictional fiction : nonfiction non-fiction
hero protagonist : villain antagonist
ally allies friend : enemy enemies foe rival
advanced : retreated withdrew
unanimously : narrowly narrow
common : rare rarest
temporary : permanent
professional : amateur
includes included including : excludes excluded excluding
inhabited live populated : uninhabited
fully completely entirely : partially partly
voluntary voluntarily : compulsory mandatory forced
domestic : foreign overseas
living extant : extinct
protected : unprotected
safe : unsafe dangerous
healthy : unhealthy
likely : unlikely
able : unable
married : divorced
urban : rural
liberal : conservative
majority : minority
ancient : modern contemporary
pro-government : anti-government
tax-free : taxable
guest : permanent
landlocked : coastal island
loves loved adores : hates hated despises despised
strengthened strengthen : weakened weaken
expanded expand : contracted shrank
imported imports import : exported exports export
attacked : defended
easy : difficult hard
strong : weak
sober : drunk
active : inactive retired
monolingual : bilingual multilingual
vegetarian : carnivore carnivorous
sequel : prequel
sank sunk : afloat
postponed cancelled : played
began started begins starts : ended ends concluded
stopped ceased halted : continues continued resumed
""")
