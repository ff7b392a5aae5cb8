"""Altered negation: a statement that one copy of a text turns round."""

from __future__ import annotations

from functools import partial

from audit.checks import Check
from audit.facts.altered import remarks

CHECK = Check(
    title="Altered negation",
    why="One of the two says the reverse of the other; nothing does more harm in fewer letters.",
    group="facts",
    find=partial(remarks, "negation"),
    by="pair",
)
