"""The tokens of a text as the fact finders read it: each with one letter for what it does.

The letters of a text make a string, and the grammars of time expressions and of quantities are
regular expressions over that string: short, fast, and independent of spelling. The letters:

    Y year-like number   d 1..31   n other number   w number word   h hundred, thousand, dozen
    f fraction   F half  a a, an   o ordinal   s "second"   k several, few   B about, at least
    M month   D weekday  u unit    U units   q quarter(s)   Q century   P part of day   K noon   c 12:30
    A a.m.    z time zone   E weekend   S season   H holiday   9 decade   y today
    L last    l latest   C this    X next    T the   t that   v every   e early   b end, start
    G ago     g before   ~ recent  x old    Z fiscal   j adjectives between number and unit
    R now, the future    V daily   I ISO date   N numeric date   r period   O of   i in, on, at
    & and, or, to   p possessive   $ currency   % per cent   - , . as they are
    0 another word   1 another character   | end of a paragraph
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from audit.facts import numbers
from audit.facts.calendar import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from audit.rules import Rules

_LETTER = {
    "past": "L",
    "latest": "l",
    "present": "C",
    "next": "X",
    "those": "t",
    "every": "v",
    "early": "e",
    "edge": "b",
    "ago": "G",
    "before": "g",
    "about": "B",
    "vague": "k",
    "half": "F",
    "part": "P",
    "clock": "K",
    "weekend": "E",
    "season": "S",
    "fiscal": "Z",
    "middle": "j",
    "zone": "z",
    "period": "r",
    "old": "x",
    "recent": "~",
}
_FIXED = {
    "the": "T",
    "a": "a",
    "an": "a",
    "of": "O",
    "in": "i",
    "on": "i",
    "at": "i",
    "during": "i",
    "and": "&",
    "or": "&",
    "to": "&",
    "per": "%",
    "percent": "%",
    "second": "s",
    "today": "y",
    "tonight": "y",
    "yesterday": "y",
    "tomorrow": "y",
    "overnight": "y",
}
# Full names that are also common words count only with a capital; short forms need a full stop
# or a number beside them.
_DOUBTFUL = frozenset({"may", "march", "august"})
_TAIL = r"""
  |(?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
  |(?P<num>\d{1,4}(?P<sep>[/.])\d{1,2}(?P=sep)\d{2,4}(?![\w/]|\.\d))
  |(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
  |(?P<frac>\d{1,3}/\d{1,3}(?![\d/]))
  |(?P<dec>'?\d0s\b|\d{3}0s\b|\d{3}0's\b)
  |(?P<nth>\d{1,3}(?:st|nd|rd|th)\b)
  |(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
  |(?P<ampm>[apAP]\.\s?[mM]\.?(?!\w)|[apAP][mM]\b)
  |(?P<abbr>(?:(?:Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Tues?|Wed|Thurs?|Fri)\.(?!\w)
    |(?:Jan|Mar|Mon|Sat|Sun)\.(?=,|\s*\d|\s+[a-z]|\Z)))
  |(?P<poss>'s\b|(?<=s)'(?!\w))
  |(?P<word>[^\W\d_]+)
  |(?P<gap>\n[ \t]*\n\s*)
  |(?P<other>[^\s])
"""


@dataclass(frozen=True)
class Lexicon:
    """The words of the rules, compiled: what one text is scanned with."""

    token: re.Pattern[str]
    letter: dict[str, str]
    phrase: dict[str, str]
    unit: dict[str, str]
    reference: dict[str, str]
    frequency: dict[str, str]
    holiday: dict[str, list[Any]]
    future: frozenset[str]
    past: frozenset[str]
    infinitive: frozenset[str]


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text: lower-case words, offsets, and the string of their letters."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    letters: str


_COMPILED: dict[str, Lexicon] = {}


def lexicon(rules: Rules) -> Lexicon:
    """The compiled words of a set of rules, kept by its digest."""
    found = _COMPILED.get(rules.digest)
    if found is None:
        found = _COMPILED[rules.digest] = compile_lexicon(rules.facts.get("dates", {}))
    return found


def compile_lexicon(table: dict[str, Any]) -> Lexicon:
    """The lexicon of a table laid out as rules/facts/dates.toml."""
    letter: dict[str, str] = {}
    for word in numbers.CARDINALS:
        letter[word] = "w"
    for word in numbers.SCALES:
        letter[word] = "h"
    for word in numbers.ORDINALS:
        letter[word] = "o"
    words = table.get("words", {})
    for kind, char in _LETTER.items():
        letter.update(dict.fromkeys(words.get(kind, []), char))
    unit: dict[str, str] = {}
    for name, forms in table.get("units", {}).items():
        for form in forms:
            unit[form] = name
            plural = form.endswith("s") or form == "millennia"
            letter[form] = (
                "q" if name == "quarter" else "U" if plural else "Q" if name == "century" else "u"
            )
    reference = dict(table.get("references", {}))
    letter.update(dict.fromkeys(reference, "R"))
    frequency = dict(table.get("frequencies", {}))
    letter.update(dict.fromkeys(frequency, "V"))
    letter.update(_FIXED)
    letter.update(dict.fromkeys(MONTHS, "M"))
    letter.update(dict.fromkeys(WEEKDAYS, "D"))
    letter.update(dict.fromkeys((f"{name}s" for name in WEEKDAYS), "D"))
    for short in [*MONTH, *WEEKDAY]:
        letter.setdefault(short, "short")
    phrase: dict[str, str] = {}
    holiday = {name.lower(): spec for name, spec in table.get("holidays", {}).items()}
    phrases = table.get("phrases", {})
    for kind, items in phrases.items():
        if kind == "references":
            reference.update(items)
            phrase.update(dict.fromkeys(items, "R"))
        else:
            phrase.update(dict.fromkeys(items, _LETTER[kind]))
    named = sorted(table.get("holidays", {}), key=lambda name: (-len(name), name))
    plain = sorted(phrase, key=lambda name: (-len(name), name))
    head = (
        rf"(?P<holiday>{_phrases(named)})|(?P<phrase>(?i:{_phrases(plain)}))"
        if named and plain
        else r"(?P<holiday>(?!))|(?P<phrase>(?!))"
    )
    return Lexicon(
        token=re.compile(head + _TAIL, re.VERBOSE),
        letter=letter,
        phrase=phrase,
        unit=unit,
        reference=reference,
        frequency=frequency,
        holiday=holiday,
        future=frozenset(words.get("future_cue", [])),
        past=frozenset(words.get("past_cue", "").split()),
        infinitive=frozenset(words.get("to_cue", [])),
    )


def _phrases(names: list[str]) -> str:
    """An alternation that is tried only where one of its first letters stands at a word's start."""
    firsts = "".join(sorted({name[0] for name in names} | {name[0].upper() for name in names}))
    body = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return rf"(?<![\w])(?=[{re.escape(firsts)}])(?:{body})(?![\w])"


@lru_cache(maxsize=2)
def _scan(text: str, digest: str) -> Tokens:
    lex = _COMPILED[digest]
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    letters: list[str] = []
    known = lex.letter
    for match in lex.token.finditer(text):
        kind = match.lastgroup
        raw = match.group()
        start, end = match.span()
        if kind == "word":
            low = raw.lower()
            char = known.get(low, "0")
            if char in _CASED:
                char = _cased(text, raw, low, char, start, end)
        elif kind == "other":
            low, char = raw, _PUNCT.get(raw, "1")
        elif kind == "number":
            low = raw
            char = _number(raw)
        elif kind in ("phrase", "holiday"):
            low = " ".join(raw.lower().split())
            char = lex.phrase[low] if kind == "phrase" else "H"
        else:
            low, char = raw.lower(), _KIND[kind or ""]
            if kind == "nth" and int(raw[:-2]) == 0:
                char = "1"
            elif kind == "abbr":
                low = low[:-1]
                char = "M" if low in MONTH else "D"
        words.append(low)
        starts.append(start)
        ends.append(end)
        letters.append(char)
    return Tokens(text, words, starts, ends, "".join(letters))


_CASED = frozenset({"M", "D", "short", "z"})
_KIND = {
    "iso": "I",
    "num": "N",
    "clock": "c",
    "frac": "f",
    "dec": "9",
    "nth": "o",
    "ampm": "A",
    "poss": "p",
    "gap": "|",
    "abbr": "M",
}
_PUNCT = {"-": "-", ",": ",", ".": ".", "%": "%", "$": "$", "€": "$", "£": "$", "¥": "$", "₹": "$"}
_BESIDE = re.compile(r",?\s*\d")


def _number(raw: str) -> str:
    if raw.isdigit():
        if len(raw) == 4 and "1000" <= raw <= "2199":
            return "Y"
        if len(raw) <= 2 and 1 <= int(raw) <= 31:
            return "d"
    return "n"


def _cased(text: str, raw: str, low: str, char: str, start: int, end: int) -> str:
    """The letter of a word that is a month, a weekday or a zone only when written as one."""
    if char == "z":
        return "z" if raw.isupper() else "0"
    if char == "short" or low in _DOUBTFUL:
        if not raw[0].isupper():
            return "0"
        beside = _BESIDE.match(text, end)
        before = text[max(0, start - 3) : start].rstrip()
        if low in _DOUBTFUL:
            opens = not before or before[-1] in ".!?\"'"
            return "M" if not opens or (beside and beside.group()[-1].isdigit()) else "0"
        if beside or (before and before[-1].isdigit()):
            return "M" if low in MONTH else "D"
        return "0"
    return char


def scan(text: str, rules: Rules) -> Tokens:
    """The tokens of a plain text. The last two texts are kept: dates and quantities share them."""
    lexicon(rules)
    return _scan(text, rules.digest)
