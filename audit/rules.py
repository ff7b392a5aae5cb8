"""Rules as data: the TOML folders, read once, checked, and passed on by value.

A folder holds ``checks.toml``, ``scoring.toml`` and the folders ``language`` and ``facts``.
Later folders override earlier ones: a pattern rule by its id, a table by its key.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from audit.model import Group, RuleError

Scope = Literal["any", "title", "lead", "body", "tail"]


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern rule of rules/language. Its ``bad`` and ``good`` examples are its tests.

    ``pattern`` is RE2 over plain text (see ``audit.tokens.plain``); the finding spans the group
    named ``span`` where there is one, else the whole match. A bad example marks the expected
    span with ``<<`` and ``>>``. ``unless`` patterns cancel a match they overlap. ``budget`` is
    the number of false alarms a 1,000 clean words the rule may cost.
    """

    id: str
    language: str
    family: str
    pattern: str
    message: str
    why: str
    severity: int
    source: str
    bad: list[str]
    good: list[str]
    group: Group = "language"
    confidence: float = 0.8
    scope: Scope = "any"
    unless: list[str] = []
    quoted: bool = False  # whether it also applies inside quotation marks
    budget: float = 0.01
    file: str = ""
    line: int = 0


class Rules(msgspec.Struct, frozen=True):
    """Every rule of a run, by value: what is not in here cannot change a result."""

    patterns: tuple[Pattern, ...]
    checks: dict[str, Any]
    scoring: dict[str, Any]
    facts: dict[str, Any]  # one entry a file of rules/facts, by the file's name
    digest: str


def folder() -> Path:
    """The rules that ship with the product."""
    here = Path(__file__).parent
    shipped = here / "_rules"
    return shipped if shipped.is_dir() else here.parent / "rules"


def load(folders: tuple[str, ...] = ()) -> Rules:
    """The shipped rules, overridden by those of the folders given, in order.

    Raises RuleError with the file, the line and the rule's id where a rule cannot be used.
    """
    patterns: dict[str, Pattern] = {}
    tables: dict[str, dict[str, Any]] = {"checks": {}, "scoring": {}}
    facts: dict[str, Any] = {}
    for root in (folder(), *map(Path, folders)):
        if not root.is_dir():
            raise RuleError(f"{root}: no such folder of rules")
        for path in sorted((root / "language").glob("*.toml")):
            for rule in _patterns(path, root):
                patterns[rule.id] = rule
        for name, table in tables.items():
            if (root / f"{name}.toml").is_file():
                table.update(_toml(root / f"{name}.toml", root))
        for path in sorted((root / "facts").glob("*.toml")):
            facts[path.stem] = {**facts.get(path.stem, {}), **_toml(path, root)}
    ordered = tuple(patterns[key] for key in sorted(patterns))
    content = msgspec.json.encode(
        [[msgspec.structs.replace(p, file="", line=0) for p in ordered], tables, facts],
        order="sorted",
        enc_hook=str,
    )
    return Rules(
        patterns=ordered,
        checks=tables["checks"],
        scoring=tables["scoring"],
        facts=facts,
        digest=hashlib.sha256(content).hexdigest()[:16],
    )


def _toml(path: Path, root: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RuleError(f"{path.relative_to(root)}: {error}") from error


def _patterns(path: Path, root: Path) -> list[Pattern]:
    """The rules of one file: ``[[rule]]`` entries, over the file's ``[defaults]``."""
    content = _toml(path, root)
    defaults = content.get("defaults", {})
    source = path.read_text("utf-8").splitlines()
    lines = [n for n, line in enumerate(source, 1) if line.strip() == "[[rule]]"]
    found = []
    for number, entry in enumerate(content.get("rule", [])):
        line = lines[number] if number < len(lines) else 0
        where = f"{path.relative_to(root)}:{line}"
        name = entry.get("id", f"rule {number + 1}") if isinstance(entry, dict) else "?"
        try:
            merged = {**defaults, **entry, "file": str(path.relative_to(root)), "line": line}
            found.append(msgspec.convert(merged, Pattern))
        except (msgspec.ValidationError, TypeError) as error:
            raise RuleError(f"{where}: rule {name}: {error}") from error
    return found
