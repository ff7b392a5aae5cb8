"""What a later folder of rules may say over the shipped tables: keys that exist, values of a kind.

A table is merged key by key, so that one limit can be changed without repeating the others. A key
that nothing reads would be a mistake that nobody is told of: it is refused. Only within a table of
facts may there be new keys: classes of events, words, names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit.model import RuleError

Table = dict[str, Any]


def known_checks() -> set[str]:
    """The ids of all checks, by their files: nothing of them is loaded."""
    folder = Path(__file__).parent / "checks"
    names = (path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    return {name.replace("_", "-") for name in names}


def merged(name: str, shipped: Mapping[str, Any], given: Mapping[str, Any], where: str) -> Table:
    """The shipped table of one file with what a later folder says in place of it.

    name: ``checks``, ``scoring``, or ``facts/`` and the file's name. Raises RuleError, with
    ``where`` as the file, for a key that is not known and for a value of another kind.
    """
    if name == "checks":
        every = {**{key: {"severity": 3} for key in sorted(known_checks())}, **shipped}
        result = _merged(every, given, where, "")
        for check, settings in given.items():
            if settings.get("severity", 3) not in (1, 2, 3):
                raise RuleError(f"{where}: {check}: severity is 1, 2 or 3")
        return {key: result[key] for key in (*shipped, *given)}
    return _merged(shipped, given, where, "", deep=not name.startswith("facts/"))


def _merged(
    shipped: Mapping[str, Any], given: Mapping[str, Any], where: str, at: str, deep: bool = True
) -> Table:
    result = dict(shipped)
    for key, value in given.items():
        here = f"{at}.{key}" if at else key
        if key not in shipped:
            known = ", ".join(sorted(shipped)[:12])
            raise RuleError(f"{where}: {here}: nothing goes by that name; there are {known}")
        before = shipped[key]
        if _kind(value) != _kind(before):
            raise RuleError(f"{where}: {here}: must be {_kind(before)}, not {_kind(value)}")
        if isinstance(before, Mapping):
            result[key] = _merged(before, value, where, here) if deep else {**before, **value}
        else:
            result[key] = value
    return result


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else f"a {type(value).__name__}"
