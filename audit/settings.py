"""What a run is asked to do: one frozen record, passed by value to every stage."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from audit.model import AuditError

Part = Literal["duplication", "language", "facts", "scores"]
PARTS: tuple[Part, ...] = ("duplication", "language", "facts", "scores")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of ``audit.run``; the command line has an option for each.

    inputs: files, folders, globs or ``-``. only: the parts to run, all where empty ("scores"
    brings the others with it). rules: folders of rules over the shipped ones, last wins.
    fields: field of a document -> name of the input's field. manifest: a CSV of metadata.
    jobs: worker processes, 0 for one a core. engine: ``local`` or ``spark[:MASTER]``.
    gates: limits such as ``reliability>=60`` or ``conflicts<=0``. accepted: a file of judged
    findings (see ``source-audit accept``). reference: own facts to check documents against.
    shown: how many documents the report annotates with their text.
    """

    inputs: tuple[str, ...]
    only: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    manifest: str | None = None
    jobs: int = 0
    engine: str = "local"
    gates: tuple[str, ...] = ()
    accepted: str | None = None
    reference: str | None = None
    shown: int = 100

    def parts(self) -> frozenset[str]:
        """The parts to run; raises AuditError for one that does not exist."""
        for part in self.only:
            if part not in PARTS:
                raise AuditError(f"--only {part}: no such part; there are {', '.join(PARTS)}")
        chosen = self.only or PARTS
        return frozenset(PARTS if "scores" in chosen else chosen)

    def digest(self) -> str:
        """A fingerprint of what can change a result: not the inputs, the engine or the jobs."""
        content = msgspec.json.encode(
            [sorted(self.parts()), sorted(self.fields), sorted(self.gates), self.shown]
        )
        return hashlib.sha256(content).hexdigest()[:16]
