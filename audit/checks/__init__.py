"""What the product can find: one thin file a check, listed by the folder.

A check's id is its file's name, in words, for ever. The file says what an editor should know
of it and which room's function finds it; settings (severity, limits) stand in
rules/checks.toml under the same id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import get_data, iter_modules
from typing import Any, Literal

from audit.article import Article, Remark
from audit.model import Finding, Group
from audit.rules import Rules

_GROUP = re.compile(r'^    group="(\w+)",$', re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """One check. ``find`` is pure: from what ``by`` says, and the rules, to findings.

    ``by`` None: ``find(article: Article, rules: Rules)``, each document alone.
    ``by`` "pair": ``find(pair: model.Pair, a: Text, b: Text, rules)``; findings name ``document``.
    ``by`` "comparison": ``find(comparison: model.Comparison, rules)``; the same.
    ``by`` "reference": ``find(article, known: Sequence[Reference], rules)``, with ``--reference``.
    ``by`` "reading": found while documents get their ids; already in ``DOCS.findings``.
    ``id`` and ``document`` of findings are filled in by the pipeline where they are empty.
    """

    title: str
    why: str
    group: Group
    find: Callable[..., Iterable[Any]]
    by: Literal["pair", "comparison", "reference", "reading"] | None = None


def told(
    check: str, family: str, remarks: Iterable[Remark], article: Article, rules: Rules
) -> Iterator[Finding]:
    """A finding for each remark on a text, as the check of that id; severity 1 unless set."""
    settings = rules.checks.get(check, {})
    group = _check(check).group
    for one in remarks:
        yield Finding(
            rule=check,
            family=family,
            group=group,
            severity=int(settings.get("severity", 1)),
            start=one.start,
            end=one.end,
            quote=article.text.raw[one.start : one.end],
            message=one.message,
            confidence=one.confidence,
        )


@cache
def catalogue() -> dict[str, Check]:
    """Every check by its id, in order of id."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {check: _check(check) for check in (name.replace("_", "-") for name in names)}


@cache
def of(groups: frozenset[str]) -> dict[str, Check]:
    """The checks of some groups by their ids, in order. A check of another is not imported, for
    the rooms that checks call take half a second: its group is read from the text of its file."""
    every = sorted(module.name for module in iter_modules(__path__))
    names = [name for name in every if (group := _group(name)) is None or group in groups]
    found = {name.replace("_", "-"): _check(name) for name in names}
    return {check: one for check, one in found.items() if one.group in groups}


def _check(name: str) -> Check:
    found: Check = import_module(f"{__name__}.{name.replace('-', '_')}").CHECK
    return found


def _group(name: str) -> str | None:
    """The group that the file of a check gives it, None where that cannot be read."""
    source = get_data(__name__, f"{name}.py")
    told = _GROUP.findall(source.decode("utf-8")) if source else []
    return told[0] if len(told) == 1 else None
