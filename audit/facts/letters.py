"""The letter that each word, number and sign has for the fact finders, told by itself.

Some words need a look around them: those that open a phrase ("as many as"), and months, weekdays
and time zones, which count only when written as such; ``audit.facts.scan`` looks there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from audit.facts import numbers, parting
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
# Letters of words that count only with a capital, a full stop or a number beside them.
CASED = frozenset({"M", "D", "short", "z"})
# What is in digits is of one of these kinds, told by the token alone.
_DIGITS = r"""
   (\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))  # I ISO
  |(\d{1,4}/\d{1,2}/\d{2,4}(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\w.]))         # N numeric
  |(\d{1,2}:[ ]?\d\d(?::[ ]?\d\d)?(?![\d:]))                                   # c clock
  |(\d{1,3}/\d{1,3}(?![\d/]))                                                  # f fraction
  |('?\d0s\b|\d{3}0'?s\b)                                                      # 9 decade
  |(\d{1,3}(?:st|nd|rd|th)\b)                                                  # o ordinal
  |(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)                                # number
  |('s\b|(?<=s)'(?!\w))                                                        # p possessive
"""
_KINDS = re.compile(_DIGITS, re.VERBOSE)
# A token is a word, one of these kinds, a gap between paragraphs, or a single character.
_UNGROUPED = re.sub(r"\((?!\?)", "(?:", _DIGITS)
_TOKEN = rf"([^\W\d_]++|(?=[\d'])(?:{_UNGROUPED})|\n[ \t]*\n\s*|\S)"
TOKEN = re.compile(_TOKEN, re.VERBOSE)
# The kinds of what is in digits, and "'s": they open with a digit or an apostrophe.
DIGITAL = re.compile(_UNGROUPED, re.VERBOSE)
_KIND = " INcf9o"
_PUNCT = {"-": "-", ",": ",", ".": ".", "%": "%", "$": "$", "€": "$", "£": "$", "¥": "$", "₹": "$"}
# The letters of the signs of ASCII; what an apostrophe is, a look around it must tell.
SIGNS = np.array([ord(_PUNCT.get(chr(byte), "1")) for byte in range(256)], np.uint8)
SIGNS[ord("'")] = parting.AROUND
_MOST = 50_000  # tokens whose letter is remembered


class Letters(dict[str, str]):
    """The letter of each token as it is written; empty where a look around it must tell.

    Tokens met for the first time are worked out and remembered, up to a bound.
    """

    def __init__(self, quick: dict[str, str]) -> None:
        super().__init__()
        self.quick = quick

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        letter = self[token] = self._letter(token)
        return letter

    def _letter(self, token: str) -> str:
        first = token[0]
        if first.isalnum() and not first.isdecimal():
            return self.quick.get(token.lower(), "0")
        if token == "'":  # a possessive after s
            return ""
        if first == "\n":
            return "|"
        if not (first == "'" or first.isdecimal()):
            return _PUNCT.get(token, "1")
        found = _KINDS.fullmatch(token)
        kind = (found.lastindex if found else 0) or 0
        if kind == 7:
            return _number(token)
        if kind == 6:
            return "o" if int(token[:-2]) else "1"
        return "p" if kind == 8 else _KIND[kind] if kind else "1"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of the rules, compiled: what one text is scanned with."""

    letters: Letters  # of tokens as they are written
    tree: tuple[Any, Any]  # of the words, as audit.facts.parting reads it
    named: dict[str, re.Pattern[str]]  # the phrases and holidays that begin with a word
    second: dict[str, frozenset[str]]  # by such a word: the tokens that can stand after it
    # Words that only some words after them make anything else of, and their letter otherwise.
    before: dict[str, tuple[frozenset[str], str]]
    letter: dict[str, str]
    phrase: dict[str, str]
    unit: dict[str, str]
    reference: dict[str, str]
    frequency: dict[str, str]
    holiday: dict[str, list[Any]]
    future: frozenset[str]
    past: frozenset[str]
    infinitive: frozenset[str]
    tensed: frozenset[str]  # all words that tell of tense, but those in -ed


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
    second = {first: _second(names) for first, names in by_first.items()}
    future, past = words.get("future_cue", []), words.get("past_cue", "").split()
    around = {*named, "q", "h", "a", "p", *(w for w, char in letter.items() if char in CASED)}
    quick = {**letter, **dict.fromkeys(around, "")}
    return Lexicon(
        letters=Letters(quick),
        tree=parting.tree(quick),
        named=named,
        second=second,
        before=_before(second, letter),
        letter=letter,
        phrase=phrase,
        unit=unit,
        reference=reference,
        frequency=frequency,
        holiday=holiday,
        future=frozenset(future),
        past=frozenset(past),
        infinitive=frozenset(words.get("to_cue", [])),
        tensed=frozenset((*future, *past, "to")),
    )


def _before(
    second: dict[str, frozenset[str]], letter: dict[str, str]
) -> dict[str, tuple[frozenset[str], str]]:
    """The words that open phrases of more than one word, and "a", which "a.m." begins with."""
    followed = {"a": frozenset[str](), **second}
    followed["a"] |= {"."}
    return {
        word: (tokens, letter.get(word, "0"))
        for word, tokens in followed.items()
        if "" not in tokens and letter.get(word, "0") not in CASED and word not in ("q", "h", "p")
    }


def _second(names: list[str]) -> frozenset[str]:
    """The second tokens of phrases, "" for one of a single token: "'s" of "father's day"."""
    found = {"".join(TOKEN.split(name)[3:4]) for name in names}
    return frozenset(found | {token[0] for token in found if token == "'s"})  # "FATHER'S"


def _phrases(names: list[str]) -> re.Pattern[str]:
    """A pattern of phrases, longest first, whatever their case and spacing."""
    body = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?:{body})(?!\w)", re.IGNORECASE)


def _number(raw: str) -> str:
    if raw.isdigit():
        if len(raw) == 4 and "1000" <= raw <= "2199":
            return "Y"
        if len(raw) <= 2 and 1 <= int(raw) <= 31:
            return "d"
    return "n"
