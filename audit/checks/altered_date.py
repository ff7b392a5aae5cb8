"""Altered date: a date that two copies of one text give differently."""

from __future__ import annotations

from functools import partial

from audit.checks import Check
from audit.facts.altered import remarks

CHECK = Check(
    title="Altered date",
    why="One of the two is wrong about when it happened, and readers of either cannot know it.",
    group="facts",
    find=partial(remarks, "date"),
    by="pair",
)
