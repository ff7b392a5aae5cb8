"""What a sentence must hold for a pattern to match in it: strings in their order.

A pattern is read by Python's own parser and cut into *steps*: sets of strings, one of which every
match holds, each directly after the step before or so many blanks after it at most. This is
necessary, never enough: RE2 has the last word on what is let through. The idea is that of RE2's
FilteredRE2 (Cox, "Regular Expression Matching with a Trigram Index", 2012), with order added. The
file is long because each kind of node of a pattern needs a few lines, and they call each other.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

# Every byte is read as one of 32 symbols: letters are small, 0 is a digit or underscore, the blank
# any white space, and "#" every other sign and byte outside ASCII (no letter to RE2).
SYMBOLS = "abcdefghijklmnopqrstuvwxyz0 .,-#"
WORD = frozenset("abcdefghijklmnopqrstuvwxyz0")
BLANK = " "
# Marks without width: begin and end of the sentence, the edge of a word, and a letter that may be
# a capital.
BEGIN, END, EDGE, EITHER = "\x01", "\x02", "\x03", "\x04"
PLACES = BEGIN + END + EDGE + EITHER
FIRST, NEXT, ANY = -2, -1, 255  # gaps: of a first step, none, without bound

_JOINED = 8  # strings up to which two sets become one of all their pairs
_CLASS = 12  # characters of a class that are told apart
_ALTERNATIVES = 48  # alternatives of one pattern that are told apart


class Step(NamedTuple):
    """One of these strings, at most ``gap`` blanks after the step before (or NEXT, or FIRST)."""

    strings: tuple[str, ...]
    gap: int


class _Gap(NamedTuple):
    """What can be much: only known is how many blanks it holds at most."""

    blanks: int


class _Choice(NamedTuple):
    """One of several sequences."""

    branches: tuple[_Sequence, ...]


_Part = frozenset[str] | _Gap | _Choice
_Sequence = tuple[_Part, ...]


class _Unknown(Exception):
    """A pattern that holds what is not known here."""


def symbols(text: str | bytes) -> str:
    """The symbols of a text, one a byte of its UTF-8."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return "".join(map(FOLD.__getitem__, data))


def _fold(byte: int) -> str:
    char = chr(byte)
    if byte > 127:
        return "#"
    if char.isalpha():
        return char.lower()
    if char.isdigit() or char == "_":
        return "0"
    if char in " \t\n\r\f":
        return BLANK
    return char if char in SYMBOLS else "#"


FOLD = tuple(map(_fold, range(256)))


def required(pattern: str) -> list[list[Step]] | None:
    """The alternatives of a pattern, each in steps; None where nothing is required or known."""
    if "[:" in pattern:  # RE2's names of classes are letters to Python's parser
        return None
    flags = "".join(re.findall(r"\(\?([a-zA-Z]+)", pattern))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = parser.parse(pattern)
        parts = _sequence(tree, "i" in flags, "m" in flags)
    except (re.error, ValueError, OverflowError, RecursionError, Warning, _Unknown):
        return None
    found = [_steps(one) for one in _alternatives(parts, _ALTERNATIVES)]
    return None if any(not steps for steps in found) else found


def _sequence(tree: Iterable[Any], any_case: bool, lines: bool) -> _Sequence:
    """A parsed pattern as sets of strings, gaps and choices."""
    found: list[_Part] = []
    letters = ""  # in a row
    for kind, value in tree:
        if kind is sre.LITERAL and (value < 128 or not any_case):
            letters += _literal(value, any_case)
            continue
        if letters:
            found.append(frozenset({letters}))
            letters = ""
        if kind is sre.SUBPATTERN:
            found.extend(_sequence(value[3], any_case, lines))
        elif kind is sre.BRANCH:
            branches = tuple(_sequence(branch, any_case, lines) for branch in value[1])
            every = [_exact(branch) for branch in branches]
            known = frozenset[str]().union(*(one for one in every if one is not None))
            found.append(known if None not in every else _Choice(branches))
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            found.extend(_repeated(value[0], value[1], _sequence(value[2], any_case, lines)))
        elif kind is sre.AT:
            found.append(frozenset({_place(value, lines)}))
        else:
            found.append(_character(kind, value, any_case))
    if letters:
        found.append(frozenset({letters}))
    return tuple(found)


@lru_cache(1 << 12)
def _literal(code: int, any_case: bool) -> str:
    return (EITHER if any_case or 65 <= code <= 90 else "") + symbols(chr(code))


def _place(kind: Any, lines: bool) -> str:
    if kind in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
        return "" if lines else BEGIN
    if kind in (sre.AT_END, sre.AT_END_STRING):
        return "" if lines else END
    return EDGE if kind is sre.AT_BOUNDARY else ""


def _character(kind: Any, value: Any, any_case: bool) -> _Part:
    if kind in (sre.ANY, sre.NOT_LITERAL):
        return _Gap(1)
    if kind is sre.LITERAL:  # RE2 folds letters outside ASCII that are not folded here
        return _Gap(0)
    if kind is not sre.IN:
        raise _Unknown
    ranges: list[range] = []
    blank = False
    for sort, member in value:
        if sort is sre.LITERAL:
            ranges.append(range(member, member + 1))
        elif sort is sre.RANGE:
            ranges.append(range(member[0], member[1] + 1))
        elif sort is sre.CATEGORY and member is sre.CATEGORY_DIGIT:
            ranges.append(range(48, 49))
        elif sort is sre.CATEGORY and member is sre.CATEGORY_SPACE:
            ranges.append(range(32, 33))
        elif sort is sre.CATEGORY and member is sre.CATEGORY_WORD:
            ranges.append(range(97, 123))
        else:  # a class of what is not in it
            blank = True
    return _Gap(1) if blank else _one_of(ranges, any_case)


def _one_of(ranges: Sequence[range], any_case: bool) -> _Part:
    blank = any(code in one for one in ranges for code in (32, 9, 10, 12, 13))
    if sum(map(len, ranges)) > 4 * _CLASS:
        return _Gap(int(blank))
    codes = [code for one in ranges for code in one]
    if any_case and max(codes) > 127:  # as above
        return _Gap(int(blank))
    found = {_literal(code, any_case) for code in codes}
    found = {one for one in found if EITHER + one not in found}
    return frozenset(found) if len(found) <= _CLASS else _Gap(int(blank))


def _repeated(least: int, most: Any, parts: _Sequence) -> _Sequence:
    strings = _exact(parts)
    most = ANY if most is sre.MAXREPEAT else int(most)
    if strings is not None and most <= 4 and len(strings) ** most <= _JOINED:
        times = range(least, most + 1)
        return (frozenset("".join(one) for n in times for one in product(strings, repeat=n)),)
    gap = _Gap(min(ANY, most * _blanks(parts)))
    return (*parts, gap) if least else (gap,)


def _exact(parts: _Sequence) -> frozenset[str] | None:
    """All that a sequence can match, where that is known and not too much."""
    found = frozenset({""})
    for part in parts:
        if not isinstance(part, frozenset) or not _joins(found, part):
            return None
        found = frozenset(a + b for a in found for b in part)
    return found


def _joins(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets are few enough to become the set of all their pairs."""
    return len(left) * len(right) <= _JOINED or min(len(left), len(right)) == 1


def _blanks(parts: _Sequence) -> int:
    """How many blanks a sequence holds at most."""
    count = 0
    for part in parts:
        if isinstance(part, _Gap):
            count += part.blanks
        elif isinstance(part, _Choice):
            count += max(map(_blanks, part.branches))
        else:
            count += max((string.count(BLANK) for string in part), default=0)
    return min(ANY, count)


def _alternatives(parts: _Sequence, most: int) -> list[_Sequence]:
    """The same as sequences without a choice, as far as they are not more than ``most``."""
    for at, part in enumerate(parts):
        if not isinstance(part, _Choice):
            continue
        known = [_exact(branch) for branch in part.branches]
        strings = frozenset[str]().union(*(one for one in known if one is not None))
        ways: list[_Sequence] = [(strings,)] if strings else []
        ways += [way for way, one in zip(part.branches, known, strict=True) if one is None]
        if len(ways) <= most:
            return [
                one
                for way in ways
                for one in _alternatives((*parts[:at], *way, *parts[at + 1 :]), most // len(ways))
            ]
    return [parts]


def _steps(parts: _Sequence) -> list[Step]:
    """The steps of one alternative; none where it requires nothing."""
    found: list[Step] = []
    held = frozenset({""})  # strings that are not yet a step
    gap = ANY  # before them

    def settle() -> None:
        nonlocal gap
        strings = settled(held)
        if not strings or not all(string.strip(PLACES + BLANK) for string in strings):
            blanks = max((string.count(BLANK) for string in held), default=0)
            gap = min(ANY, max(gap, 0) + blanks) if held != {""} or gap >= 0 else gap
            return
        found.append(Step(strings, gap if found else FIRST))
        gap = NEXT

    for part in parts:
        if isinstance(part, frozenset):
            if _joins(held, part):
                held = frozenset(a + b for a in held for b in part)
                continue
            settle()
            held = part
            continue
        settle()
        held = frozenset({""})
        blanks = _blanks((part,))
        gap = min(ANY, max(gap, 0) + blanks)
        if isinstance(part, _Choice):
            best = _best(part)
            if best:
                found.append(Step(best, gap if found else FIRST))
                gap = blanks
    settle()
    return found


def _best(choice: _Choice) -> tuple[str, ...]:
    """Strings one of which is in each branch of a choice; none where a branch requires nothing."""
    found: set[str] = set()
    for branch in choice.branches:
        steps = _steps(branch)
        if not steps:
            return ()
        found.update(
            max(steps, key=lambda step: (min(map(len, step.strings)), -len(step.strings))).strings
        )
    return tuple(sorted(found))


def settled(strings: Iterable[str]) -> tuple[str, ...]:
    """The strings with marks at their ends only, and without those that cannot be.

    ``EITHER`` stands first: without it, none of the letters is a capital.
    """
    found = set()
    for marked in strings:
        either = EITHER if EITHER in marked else ""
        string = marked.replace(EITHER, "")
        inner = string.strip(PLACES)
        if not inner:
            found.add("")
            continue
        left, right = string[: string.index(inner[0])], string[len(string.rstrip(PLACES)) :]
        kept = []
        for at, char in enumerate(inner):
            if char not in PLACES:
                kept.append(char)
            elif char == EDGE:
                before, after = inner[:at].rstrip(PLACES)[-1], inner[at:].lstrip(PLACES)[0]
                if (before in WORD) == (after in WORD):
                    break
        else:
            # A word's edge beside a sign asks for a letter on the other side: not looked at.
            begin = BEGIN if BEGIN in left else EDGE if EDGE in left and kept[0] in WORD else ""
            end = END if END in right else EDGE if EDGE in right and kept[-1] in WORD else ""
            found.add(either + begin + "".join(kept) + end)
    return tuple(sorted(one for one in found if EITHER + one not in found))
