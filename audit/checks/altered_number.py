"""Altered number: a number that two copies of one text give differently."""

from __future__ import annotations

from functools import partial

from audit.checks import Check
from audit.facts.altered import remarks

CHECK = Check(
    title="Altered number",
    why="One of the two is wrong about how many or how much, and readers of either cannot know it.",
    group="facts",
    find=partial(remarks, "number"),
    by="pair",
)
