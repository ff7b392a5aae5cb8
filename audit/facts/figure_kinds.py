"""What a figure counts: a noun, money, a share, people by what befell them, a measure, a time."""

from __future__ import annotations

from audit.facts import durations

SHARE = "percentage"
SPAN = durations.SLOT
AGE = "age"
# What befell people; and what a quake is measured by.
PEOPLE = frozenset(
    """killed injured missing arrested displaced infected kidnapped hospitalized rescued
    magnitude""".split()
)
# What is measured: two reports that give one depth tell one story, but one text gives many.
MEASURES = frozenset("distance area votes speed weight volume power temperature".split())
WEIGHT = "weight"  # the one of them that is compared: one text seldom gives several
BY_UNIT = MEASURES | {SPAN}  # what is counted by its unit
# Nouns that say too little of what is counted.
_HOLLOW = frozenset(
    """other time year day month week hour minute second way part thing point reason example
    question step kind side word page story percent inch quarter decade century term""".split()
)


def counts_of(slot: str) -> str | None:
    """What a slot counts as far as figures go: a noun, money, a share, people by what befell them,
    or an age; None for all else."""
    if slot in ("money", SHARE, AGE) or slot in PEOPLE:
        return slot
    head, _, noun = slot.partition(":")
    if head != "count" or not noun or noun in _HOLLOW:
        return None
    return slot


def measures(counts: str) -> bool:
    """Whether a figure is a measure."""
    return counts.partition(":")[0] in MEASURES


def only_tells(counts: str) -> bool:
    """Whether a figure tells of a story, and is not compared: a measure that is no weight."""
    return measures(counts) and not counts.startswith(WEIGHT)


def lasts(counts: str) -> bool:
    """Whether a figure is a duration."""
    return counts.partition(":")[0] == SPAN
