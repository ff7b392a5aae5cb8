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
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import numpy as np

from audit.facts import parting
from audit.facts.calendar import MONTH
from audit.facts.letters import CASED, DIGITAL, SIGNS, TOKEN, Lexicon, lexicon
from audit.rules import Rules
from audit.tokens import in_shape

# Full names that are also common words count only with a capital; short forms need a full stop
# or a number beside them.
_DOUBTFUL = frozenset({"may", "march", "august"})
_AMPM = re.compile(r"[ap]\.\s?m\.?(?!\w)", re.IGNORECASE)
_WORDLIKE = re.compile(r"\w")
_PERIOD = re.compile(r"[1-4](?!\w)")
_SHORT_STOP = frozenset({"jan", "mar", "mon", "sat", "sun"})
_BESIDE = re.compile(r",?\s*\d")


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text: lower-case words, offsets, and the string of their letters."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    letters: str


def scan(text: str, rules: Rules) -> Tokens:
    """The tokens of a plain text. The last text is kept: dates and quantities share it."""
    return _scan(text, lexicon(rules))


@lru_cache(maxsize=1)
def _scan(text: str, lex: Lexicon) -> Tokens:
    """The tokens with the letters they have by themselves, then those that need a look around."""
    starts, ends, words, letters, around = parted(text, lex)
    before, size = lex.before, len(words)
    joined: list[tuple[int, int]] = []  # tokens that became part of the one before them
    done = 0
    words.append("")  # after the last
    for at in around:
        if starts[at] < done:
            continue
        usual = before.get(words[at])
        if usual and words[at + 1] not in usual[0]:
            letters[at] = usual[1]
            continue
        words[at], letters[at], done = _around(lex, text, at, words, starts[at], ends[at])
        if done > ends[at]:
            ends[at] = done
            joined.append((at + 1, bisect_left(starts, done, at + 1)))
    del words[size:]
    if len(joined) > _MANY:
        own = bytearray(b"\1") * size
        for first, last in joined:
            own[first:last] = bytes(last - first)
        words, starts = list(compress(words, own)), list(compress(starts, own))
        ends, letters = list(compress(ends, own)), list(compress(letters, own))
    else:
        for first, last in reversed(joined):
            del words[first:last], starts[first:last], ends[first:last], letters[first:last]
    return Tokens(text, words, starts, ends, "".join(letters))


_MANY = 32  # deletions from a list from which a new list is made sooner


def parted(text: str, lex: Lexicon) -> tuple[list[int], list[int], list[str], list[str], list[int]]:
    """The starts, ends, words and letters of the tokens of a text, and which need a look around."""
    shape = text if text.isascii() else in_shape(text)
    if shape is None:  # not in Latin letters
        spans = [match.span() for match in TOKEN.finditer(text)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        raw = [text[start:end] for start, end in spans]
        letters = list(map(lex.letters.__getitem__, raw))
        around = [at for at, letter in enumerate(letters) if not letter]
        return starts, ends, list(map(str.lower, raw)), letters, around
    data = np.frombuffer(shape.encode(), np.uint8)
    marks: list[tuple[int, int]] = []
    for at in ((data - 48 < 10) | (data == 39)).nonzero()[0].tolist():  # a digit or apostrophe
        if not marks or at >= marks[-1][1]:
            found = DIGITAL.match(shape, at)
            if found:
                marks.append(found.span())
    begun, ended, told, words = parting.part(data, SIGNS, marks, lex.tree)
    starts, ends = begun.tolist(), ended.tolist()
    if shape is not text:  # a word with another letter in it is none of the words in ASCII
        others = np.flatnonzero(data != np.frombuffer(text.encode("ascii", "replace"), np.uint8))
        holders = np.searchsorted(begun, others, "right") - 1
        told[holders] = parting.OWN
        for at in holders.tolist():
            words[at] = text[starts[at] : ends[at]].lower()
    letters = list(told.tobytes().decode("ascii"))
    for at in (told == parting.OWN).nonzero()[0].tolist():
        letters[at] = lex.letters[text[starts[at] : ends[at]]]
        told[at] = parting.OWN if letters[at] else parting.AROUND
    around = (told == parting.AROUND).nonzero()[0].tolist()
    for at in around:
        letters[at] = ""
    return starts, ends, words, letters, around


def _around(
    lex: Lexicon, text: str, at: int, words: list[str], start: int, end: int
) -> tuple[str, str, int]:
    """A token that needs a look around it: its words in small letters, its letter, its end."""
    low, raw = words[at], text[start:end]
    second = lex.second.get(low)
    if second is not None:
        follows = "" in second or (at + 1 < len(words) and words[at + 1] in second)
        if follows and (longer := _named(lex, text, start, raw, low)):
            return longer
    if low == "'":
        possessive = text[start - 1 : start] == "s" and not _WORDLIKE.match(text, end)
        return low, "p" if possessive else "1", end
    char = lex.letter.get(low, "0")
    if char in CASED:
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
