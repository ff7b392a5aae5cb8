"""The tokens of a text as the fact finders read it: each with one letter for what it does.

The letters of a text make a string, and the grammars of time expressions and of quantities are
regular expressions over that string: short, fast, and independent of spelling. The letters:

    Y year-like number   d 1..31   n other number   w number word   h hundred, thousand, dozen
    f fraction   F half  a a, an   o ordinal   s "second"   k several, few   B about, at least
    M month   D weekday  u unit    U units   q quarter(s)   Q century   P part of day
    K noon   c 12:30   W Q3, H1
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
    "clock_mark": "A",
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
    "am": "A",
    "pm": "A",
    "twenties": "9",
    "thirties": "9",
    "forties": "9",
    "fifties": "9",
    "sixties": "9",
    "seventies": "9",
    "eighties": "9",
    "nineties": "9",
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
_TOKEN = re.compile(
    r"""([^\W\d_]+)                                                            # 1 a word
  |(?=[\d'])(?:
   (\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))  # 2 ISO
  |(\d{1,4}/\d{1,2}/\d{2,4}(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\w.]))         # 3 numeric
  |(\d{1,2}:[ ]?\d\d(?::[ ]?\d\d)?(?![\d:]))                                   # 4 clock
  |(\d{1,3}/\d{1,3}(?![\d/]))                                                  # 5 fraction
  |('?\d0s\b|\d{3}0'?s\b)                                                      # 6 decade
  |(\d{1,3}(?:st|nd|rd|th)\b)                                                  # 7 ordinal
  |(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)                                # 8 number
  |('s\b|(?<=s)'(?!\w))                                                        # 9 possessive
  )
  |(\n[ \t]*\n\s*)                                                             # 10 paragraph
  |(\S)                                                                        # 11 other""",
    re.VERBOSE,
)
_KIND = ("", "", "I", "N", "c", "f", "9", "o", "", "p", "|", "")
_AMPM = re.compile(r"[ap]\.\s?m\.?(?!\w)", re.IGNORECASE)
_PERIOD = re.compile(r"[1-4](?!\w)")
_SHORT_STOP = frozenset({"jan", "mar", "mon", "sat", "sun"})


@dataclass(frozen=True)
class Lexicon:
    """The words of the rules, compiled: what one text is scanned with."""

    quick: dict[str, str]  # a word's letter; empty for words that need a look around them
    named: dict[str, re.Pattern[str]]  # the phrases and holidays that begin with a word
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
    by_first: dict[str, list[str]] = {}
    for name in sorted([*phrase, *holiday], key=lambda name: (-len(name), name)):
        by_first.setdefault(re.split(r"[\W_]", name)[0], []).append(name)
    named = {first: _phrases(names) for first, names in by_first.items()}
    around = {*named, "q", "h", "a", "p", *(w for w, char in letter.items() if char in _CASED)}
    return Lexicon(
        quick={**letter, **dict.fromkeys(around, "")},
        named=named,
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


def _phrases(names: list[str]) -> re.Pattern[str]:
    """A pattern of phrases, longest first, whatever their case and spacing."""
    body = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?:{body})(?!\w)", re.IGNORECASE)


# In ASCII text, letters are a range, which is matched faster than by their category.
_ASCII_TOKEN = re.compile(_TOKEN.pattern.replace(r"[^\W\d_]", "[A-Za-z]"), re.VERBOSE)


@lru_cache(maxsize=1)
def _scan(text: str, digest: str) -> Tokens:
    lex = _COMPILED[digest]
    pattern = _ASCII_TOKEN if text.isascii() else _TOKEN
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    letters: list[str] = []
    add_word, add_start, add_end = words.append, starts.append, ends.append
    add_letter = letters.append
    quick, signs = lex.quick.get, _PUNCT.get
    done = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        kind = match.lastindex
        low = match[0]
        if kind == 1:
            raw, low = low, low.lower()
            char = quick(low, "0")
            if not char:
                low, char, done = _word(lex, text, start, end, raw, low)
                end = done
        elif kind == 11:
            char = signs(low, "1")
        elif kind == 8:
            char = _number(low)
        else:
            low = low.lower()
            char = "1" if kind == 7 and int(low[:-2]) == 0 else _KIND[kind or 11]
        add_word(low)
        add_start(start)
        add_end(end)
        add_letter(char)
    return Tokens(text, words, starts, ends, "".join(letters))


def _word(
    lex: Lexicon, text: str, start: int, end: int, raw: str, low: str
) -> tuple[str, str, int]:
    """A word that needs a look around it: its token in small letters, its letter and its end."""
    if low in lex.named and (longer := _named(lex, text, start, raw, low)):
        return longer
    char = lex.letter.get(low, "0")
    if char in _CASED:
        char = _cased(text, raw, low, char, start, end)
        if char in "MD" and text[end : end + 1] == "." and _short(text, low, end):
            end += 1
    elif low in ("q", "h") and _PERIOD.match(text, end):
        return text[start : end + 1].lower(), "W", end + 1
    elif low in ("a", "p") and text[end : end + 1] == "." and (half := _AMPM.match(text, start)):
        return half.group().lower(), "A", half.end()
    return low, char, end


def _named(lex: Lexicon, text: str, start: int, raw: str, low: str) -> tuple[str, str, int] | None:
    """The phrase or holiday that begins with a word: its words, letter and end."""
    found = lex.named[low].match(text, start)
    if not found:
        return None
    name = " ".join(found.group().lower().split())
    if name in lex.phrase:
        return name, lex.phrase[name], found.end()
    return (name, "H", found.end()) if raw[0].isupper() else None


def _short(text: str, low: str, dot: int) -> bool:
    """Whether the full stop after a short month or weekday belongs to it."""
    if len(low) > 5 or low in ("may", "june", "july", "march", "april"):
        return False
    if low in _SHORT_STOP:
        return bool(re.match(r"(?:,|\s*\d|\s+[a-z]|\Z)", text[dot + 1 : dot + 20]))
    return not text[dot + 1 : dot + 2].isalpha()


_CASED = frozenset({"M", "D", "short", "z"})
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
        beside = _BESIDE.match(text, end) or (char == "short" and text[end : end + 1] == ".")
        if char == "short" and low in _SHORT_STOP and text[end : end + 1] == ".":
            beside = _short(text, low, end)
        before = text[max(0, start - 3) : start].rstrip()
        if low in _DOUBTFUL:
            opens = not before or before[-1] in ".!?\"'"
            return "M" if not opens or beside else "0"
        if beside or (before and before[-1].isdigit()):
            return "M" if low in MONTH else "D"
        return "0"
    return char


def scan(text: str, rules: Rules) -> Tokens:
    """The tokens of a plain text. The last text is kept: dates and quantities share it."""
    lexicon(rules)
    return _scan(text, rules.digest)
