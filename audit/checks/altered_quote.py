"""Altered quotation: a word in a quotation that two copies of one text give differently."""

from __future__ import annotations

from functools import partial

from audit.checks import Check
from audit.facts.altered import remarks

CHECK = Check(
    title="Altered quotation",
    why="A quotation is somebody's exact words; where two copies differ, one of them puts words in "
    "a mouth.",
    group="facts",
    find=partial(remarks, "quote"),
    by="pair",
)
