"""Altered name: a name that two copies of one text give differently."""

from __future__ import annotations

from functools import partial

from audit.checks import Check
from audit.facts.altered import remarks

CHECK = Check(
    title="Altered name",
    why="One of the two puts somebody else in the story: a slip here can be a libel.",
    group="facts",
    find=partial(remarks, "name"),
    by="pair",
)
