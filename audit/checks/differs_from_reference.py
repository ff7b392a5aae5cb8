"""Differs from reference facts: a document claims otherwise than the facts the editor gave."""

from __future__ import annotations

from audit.checks import Check
from audit.facts.reference import findings

CHECK = Check(
    title="Differs from your own facts",
    why="You, or a fact check you keep, know better: the finding has the link.",
    group="facts",
    find=findings,
    by="reference",
)
