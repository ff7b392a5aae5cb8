"""Rules as data: the TOML folders, read once, checked, and passed on by value.

A folder holds ``checks.toml``, ``scoring.toml`` and the folders ``language`` and ``facts``.
Later folders override earlier ones: a pattern rule by its id, a word list by its name, a table
by its key. What cannot be used is a RuleError that names the file, the line and the rule's id.
Long, for what is read is checked in the place that reads it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import re2

from audit.model import Group, RuleError
from audit.overrides import merged
from audit.rules_kept import kept

Scope = Literal["any", "title", "lead", "body", "tail"]
Family = Literal[
    "grammar",  # an error of syntax, also in second-language writing
    "mt",  # a literal or wrong-sense translation
    "spin",  # a synonym put where the word does not go
    "residue",  # what belongs to the page, not to the article
    "orthography",  # letters, hyphens, punctuation, number formats
    "semantic",  # says what cannot be meant
    "attribution",  # nobody answers for it
    "ai",  # a phrase of generated or template text
    "style",  # padding, loaded or worn phrasing
]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2}|\*)\Z")
_LIST = re.compile(r"(?<!\\p)(?<!\\P)\{([a-z][a-z_]+)\}")
_GROUP = re.compile(r"(?<!\\)\((?!\?)|\(\?P<[^>]*>")
_ENTRY = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_MARKED = re.compile(r"<<(.+?)>>", re.DOTALL)
# What one rule may take of memory when compiled: a bound on counted repetitions.
_MAX_MEM = 16 << 20


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern rule of rules/language. Its ``bad`` and ``good`` examples are its tests.

    ``pattern`` is RE2 over plain text (see ``audit.tokens.plain``), one sentence at a time, so
    that ``^`` and ``$`` are the ends of the sentence; ``{name}`` stands for a word list. The
    finding spans the group named ``span`` where there is one, else the whole match. A bad
    example marks the expected span with ``<<`` and ``>>``. ``unless`` patterns cancel a match
    they overlap. ``budget`` is the number of false alarms a 1,000 clean words the rule may cost.
    """

    id: str
    language: str
    family: Family
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
    lists: dict[str, list[str]] = {}  # the word lists of rules/language, by name


def folder() -> Path:
    """The rules that ship with the product."""
    here = Path(__file__).parent
    shipped = here / "_rules"
    return shipped if shipped.is_dir() else here.parent / "rules"


def load(folders: tuple[str, ...] = ()) -> Rules:
    """The shipped rules, overridden by those of the folders given, in order.

    Raises RuleError with the file, the line and the rule's id where a rule cannot be used.
    """
    roots = (folder(), *map(Path, folders))
    return _loaded(roots, _stamp(roots))


def _stamp(roots: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a file of the folders was changed since they were read."""
    files = sorted(path for root in roots for path in root.rglob("*.toml"))
    states = [(path, path.stat()) for path in files]
    return tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in states)


@lru_cache(maxsize=4)  # a program that calls inspect or compare in a loop reads the rules once
def _loaded(roots: tuple[Path, ...], stamp: tuple[tuple[str, int, int], ...]) -> Rules:
    def made() -> Rules:
        rules, problems = read(roots)
        if problems:
            raise RuleError(problems[0])
        assert rules is not None
        return rules

    return kept(Rules, roots, made)


def read(roots: tuple[Path, ...]) -> tuple[Rules | None, list[str]]:
    """The rules of the folders in order, or None, and every problem found, a sentence each."""
    problems: list[str] = []
    tables: dict[str, dict[str, Any]] = {"checks": {}, "scoring": {}}
    facts: dict[str, Any] = {}
    lists: dict[str, list[str]] = {}
    entries: list[tuple[dict[str, Any], str]] = []
    for root in roots:
        if not root.is_dir():
            problems.append(f"{root}: no such folder of rules")
            continue
        ids: dict[str, str] = {}
        for path in sorted((root / "language").glob("*.toml")):
            try:
                content = _toml(path, root)
                lists.update(_lists(content, path, root))
                for entry, where in _entries(content, path, root):
                    name = str(entry.get("id", "?"))
                    if name in ids:
                        problems.append(f"{where}: rule {name}: the id is taken at {ids[name]}")
                    ids[name] = where
                    entries.append((entry, where))
            except RuleError as error:
                problems.append(str(error))
        for path in (*sorted(root.glob("*.toml")), *sorted((root / "facts").glob("*.toml"))):
            place = path.relative_to(root)
            homes = tables if path.parent == root else facts
            try:
                content = _toml(path, root)
                if root is not roots[0]:
                    if path.stem not in homes:
                        known = ", ".join(f"{name}.toml" for name in sorted(homes))
                        raise RuleError(f"{place}: no such file of rules; there are {known}")
                    name = place.with_suffix("").as_posix()
                    content = merged(name, homes[path.stem], content, str(place))
                homes[path.stem] = content
            except RuleError as error:
                problems.append(str(error))
    patterns: dict[str, Pattern] = {}
    for entry, where in entries:
        try:
            rule = _pattern(entry, where, lists)
            patterns[rule.id] = rule
        except RuleError as error:
            problems.append(str(error))
    if problems:
        return None, problems
    ordered = tuple(patterns[key] for key in sorted(patterns))
    plain = [msgspec.to_builtins(msgspec.structs.replace(p, file="", line=0)) for p in ordered]
    try:
        content_text = json.dumps([plain, tables, facts, lists], sort_keys=True, default=str)
    except (ValueError, RecursionError) as error:
        return None, [f"{roots[-1]}: the rules cannot be written down: {error}"]
    digest = hashlib.sha256(content_text.encode("utf-8", "replace")).hexdigest()[:16]
    return (
        Rules(
            patterns=ordered,
            checks=tables["checks"],
            scoring=tables["scoring"],
            facts=facts,
            digest=digest,
            lists=lists,
        ),
        [],
    )


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its ``<<`` and ``>>``, and the spans that they marked."""
    spans: list[tuple[int, int]] = []
    text, at = "", 0
    for mark in _MARKED.finditer(example):
        text += example[at : mark.start()]
        spans.append((len(text), len(text) + len(mark.group(1))))
        text += mark.group(1)
        at = mark.end()
    return text + example[at:], spans


def compiled(pattern: str) -> Any:
    """The pattern compiled for UTF-8 bytes, with bounded memory; raises ``re2.error``."""
    options = re2.Options()
    options.max_mem = _MAX_MEM
    options.log_errors = False
    return re2.compile(pattern.encode("utf-8"), options)


def _toml(path: Path, root: Path) -> dict[str, Any]:
    where = path.relative_to(root)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except RecursionError as error:
        raise RuleError(f"{where}: nested too deeply to be read") from error
    except (ValueError, OSError) as error:
        raise RuleError(f"{where}: {error}") from error


def _lists(content: dict[str, Any], path: Path, root: Path) -> Iterator[tuple[str, list[str]]]:
    """The word lists of one file: ``[lists]``, a name to its words."""
    where = path.relative_to(root)
    lists = content.get("lists", {})
    if not isinstance(lists, dict):
        raise RuleError(f"{where}: [lists] must be a table of word lists")
    for name, words in lists.items():
        if not re.fullmatch(r"[a-z][a-z_]+", name):
            raise RuleError(f"{where}: list {name!r}: a name is small letters and underscores")
        text = isinstance(words, list) and words and all(isinstance(w, str) and w for w in words)
        if not text:
            raise RuleError(f"{where}: list {name}: must be a list of words, none of them empty")
        yield name, words


def _entries(
    content: dict[str, Any], path: Path, root: Path
) -> Iterator[tuple[dict[str, Any], str]]:
    """The ``[[rule]]`` entries of one file, over its ``[defaults]``, and where each stands."""
    where = path.relative_to(root)
    unknown = sorted(set(content) - {"defaults", "lists", "rule"})
    if unknown:
        raise RuleError(f"{where}: unknown table [{unknown[0]}]; known: defaults, lists, rule")
    defaults, entries = content.get("defaults", {}), content.get("rule", [])
    if not isinstance(defaults, dict) or not isinstance(entries, list):
        raise RuleError(f"{where}: [defaults] is a table and rules are [[rule]] entries")
    source = path.read_text("utf-8").splitlines()
    lines = [number for number, line in enumerate(source, 1) if _ENTRY.match(line)]
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 0
        at = f"{where}:{line}"
        if not isinstance(entry, dict):
            raise RuleError(f"{at}: rule {number + 1}: must be a table")
        yield {**defaults, **entry, "file": str(where), "line": line}, at


def _pattern(entry: dict[str, Any], where: str, lists: dict[str, list[str]]) -> Pattern:
    """One rule, with its word lists put in; RuleError where it cannot be used."""
    at = f"{where}: rule {entry.get('id', '?')}"
    try:
        rule = msgspec.convert(entry, Pattern)
    except (msgspec.ValidationError, TypeError) as error:
        raise RuleError(f"{at}: {error}") from error
    if not _ID.match(rule.id):
        raise RuleError(f"{at}: an id is words joined by hyphens, in small letters")
    if not _LANGUAGE.match(rule.language):
        raise RuleError(f'{at}: language is a two-letter code or "*", not {rule.language!r}')
    if rule.severity not in (1, 2, 3):
        raise RuleError(f"{at}: severity is 1, 2 or 3, not {rule.severity}")
    if not 0 < rule.confidence <= 1:
        raise RuleError(f"{at}: confidence is above 0 and at most 1, not {rule.confidence}")
    if not 0 <= rule.budget <= 1000:
        raise RuleError(f"{at}: budget is findings a 1,000 words, not {rule.budget}")
    if not rule.bad or not rule.good:
        raise RuleError(f"{at}: a rule needs a bad and a good example")
    for example in rule.bad:
        if not marked(example)[1]:
            raise RuleError(f"{at}: bad example marks no <<span>>: {example[:60]!r}")
    for text in (rule.message, rule.why, rule.source):
        if not text.strip():
            raise RuleError(f"{at}: message, why and source say something")
    rule = msgspec.structs.replace(
        rule,
        pattern=_expand(rule.pattern, lists, at),
        unless=[_expand(pattern, lists, at) for pattern in rule.unless],
    )
    for pattern in (rule.pattern, *rule.unless):
        try:
            machine = compiled(pattern)
        except (re2.error, UnicodeEncodeError) as error:
            told = error.args[0] if error.args else error
            told = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
            raise RuleError(f"{at}: RE2 cannot run the pattern: {told}") from error
        if machine.search(b"") or machine.fullmatch(b" "):
            raise RuleError(f"{at}: the pattern matches the empty string: {pattern[:60]!r}")
    if _GROUP.findall(rule.pattern) not in ([], ["(?P<span>"]):
        raise RuleError(f"{at}: one group is captured at most, (?P<span>...); others are (?:...)")
    return rule


def _expand(pattern: str, lists: dict[str, list[str]], at: str) -> str:
    """The pattern with every ``{name}`` made the alternation of that list's words."""

    def words(match: re.Match[str]) -> str:
        if match.group(1) not in lists:
            raise RuleError(f"{at}: no word list is called {match.group(1)!r}")
        return "(?:" + "|".join(lists[match.group(1)]) + ")"

    for _ in range(3):  # a list may name lists
        if not _LIST.search(pattern):
            break
        pattern = _LIST.sub(words, pattern)
    return pattern
