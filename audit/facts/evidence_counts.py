"""The quantities of a short text, each with its kind, what it counts and how exactly.

Kinds that measure (share, money, age, length and such) are brought to one unit, so that a third
and 33 percent, or a kilometre and a thousand metres, are one value."""

from __future__ import annotations

import re

from audit import model
from audit.facts.evidence_kinds import (
    BOUNDS,
    NUMBER_WORDS,
    ORDINALS,
    UNITS,
    Count,
    around,
    bound_of,
)
from audit.facts.stems import STOP, is_content, stem
from audit.tokens import Text

_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 1e2}
ENDINGS = frozenset("st nd rd th".split())
_SHORT = {"m": 1e6, "bn": 1e9, "k": 1e3, "tn": 1e12}
_NUMERAL = re.compile(r"(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th|%)?(?:-([a-z]+))?$", re.IGNORECASE)
_LABELS = frozenset("region regions channel chapter season seasons volume phase group".split())
_MEMBERS = frozenset("single solo duo trio quartet quintet sextet septet octet".split())
_WORKS = frozenset("duology trilogy tetralogy quadrilogy pentalogy".split())
_PERFORMS = frozenset("artist perform sing music act".split())
_FRACTION = re.compile(
    r"\b(?:(a|one|two|three|four|\d)[ -](third|quarter|fifth|sixth|eighth|tenth)s?(?= of\b| the\b)"
    r"|(half)(?= of\b| the\b| its\b| his\b| their\b| a (?:million|billion)\b)"
    r"|(majority|minority)(?= of\b)|(most)(?= of the\b| of its\b)"
    r"|(\w+) (?:in|out of)(?: every)? (\w+)(?= [a-z]))",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_GROWTH = re.compile(
    r"\b(?:(doubl|tripl|trebl|quadrupl|quintupl)(?:ed|es|ing)\b"
    r"|(two|three|four|five|six|seven|eight|nine|ten|\d+)-?fold\b)",
    re.IGNORECASE,
)
_TIMES = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5}
_OFTEN = re.compile(
    r"\b(?:(annual|yearly|monthly|weekly|daily|biennial|quarterly)(?:ly)?\b"
    r"|every (?:(other|two|three|four|five|six|ten|\d+) )?(day|week|month|year)s?\b"
    r"|(once|twice|(?:two|three|four|five|six|seven) (?:times|days)) (?:a|per|every|each)"
    r" (day|week|month|year)\b)",
    re.IGNORECASE,
)
_A_YEAR = {"day": 365.0, "week": 52.0, "month": 12.0, "year": 1.0}
_ADVERBS = {"annual": 1.0, "yearly": 1.0, "monthly": 12.0, "weekly": 52.0, "daily": 365.0,
            "biennial": 0.5, "quarterly": 4.0}  # fmt: skip
_SCORE = re.compile(r"(?<![\d\w.,/-])(\d{1,2})-(\d{1,2})(?![\d\w,/-]|\.\d)")
_FROM_TO = re.compile(r"\b(?:from|between) (\d{4}) (?:to|until|till|through|and) (\d{4})\b", re.I)
_VAGUE = re.compile(
    r"\b(tens of thousands|hundreds of thousands|dozens|scores|hundreds|thousands|millions)\b",
    re.IGNORECASE,
)
_SPREAD = {
    "dozens": (20, 200), "scores": (25, 250), "hundreds": (150, 3000),
    "thousands": (1500, 60000), "tens of thousands": (1.5e4, 2e5),
    "hundreds of thousands": (1.5e5, 2e6), "millions": (1.5e6, 1e9),
}  # fmt: skip
_AGED = re.compile(r"(?:\baged?(?: of)?|\bat (?:the age of)?|\bage)\s*$", re.IGNORECASE)
_OLD = re.compile(r"[ -]*years?[ -]*(?:old|of age)\b|-year-old|,? when (?:s?he|they)\b", re.I)
_PEOPLE = frozenset(
    "people person persons inhabitants residents population citizens populations".split()
)
_SQUARE = re.compile(r"\s*(?:square|sq\.?) (k(?:ilo)?m(?:et(?:er|re)s?)?|mi(?:les?)?)\b", re.I)
_POPULATION = re.compile(r"\bpopulation\b[^.;]{0,24}$|\bhome to[^.;]{0,12}$", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:\b(?:rank(?:s|ed|ing)?|finish(?:ed|es)?|placed|peak(?:ed|ing)?)\b[^.,;]{0,24}"
    r"|\bcame (?:in )?)$",
    re.IGNORECASE,
)


def counts(text: Text, dates: list[model.Timex]) -> list[Count]:
    """The quantities of a text in order; what is a date in it counts nothing."""
    phrases = _phrases(text)
    held = [(c.start, c.end) for c in phrases]
    held += [(t.start, t.end) for t in dates if t.type in ("DATE", "TIME")]
    return sorted([*phrases, *_words(text, held)], key=lambda c: (c.start, c.end))


def _phrases(text: Text) -> list[Count]:
    """Quantities told by other words than a number and what it counts."""
    plain, out = text.plain, []

    def add(match: re.Match[str], value: float, kind: str,
            spread: tuple[float, float] | None = None) -> None:  # fmt: skip
        ahead, behind = around(text, match.start(), match.end())
        bound = bound_of(plain, match.start())
        out.append(
            Count(match.start(), match.end(), value, kind, behind, ahead, bound, spread=spread)
        )

    for m in _FRACTION.finditer(plain):
        if m.group(2):
            over = (m.group(1) or "").lower()
            times = NUMBER_WORDS.get(over, int(over) if over.isdigit() else 1)
            add(m, 100.0 * times / _PARTS[m.group(2).lower()], "share")
        elif m.group(3):
            add(m, 50.0, "share")
        elif m.group(4) or m.group(5):
            low = (m.group(4) or "most").lower() == "minority"
            add(m, 25.0 if low else 75.0, "share", (0.0, 49.99) if low else (50.01, 100.0))
        else:
            few, of = (_small(w) for w in (m.group(6), m.group(7)))
            if few and of and few < of:
                add(m, 100.0 * few / of, "share")
    for m in _GROWTH.finditer(plain):
        word = (m.group(1) or "").lower()
        times = _TIMES[word] if word else (_small(m.group(2)) or 0)
        add(m, float(times), "growth")
    for m in _OFTEN.finditer(plain):
        if m.group(1):
            add(m, _ADVERBS[m.group(1).lower()], "often")
        elif m.group(3):
            each = 2 if m.group(2) == "other" else _small(m.group(2) or "one") or 1
            add(m, _A_YEAR[m.group(3).lower()] / each, "often")
        else:
            often = {"once": 1, "twice": 2}.get(m.group(4).lower()) or _small(m.group(4).split()[0])
            add(m, _A_YEAR[m.group(5).lower()] * (often or 1), "often")
    for m in _SCORE.finditer(plain):
        one, two = sorted((int(m.group(1)), int(m.group(2))))
        add(m, one * 100.0 + two, "score")
    for m in _VAGUE.finditer(plain):
        low, high = _SPREAD[m.group(1).lower()]
        add(m, low, "cardinal", (low, high))
    for m in _FROM_TO.finditer(plain):
        years = int(m.group(2)) - int(m.group(1))
        if 0 < years < 120:
            add(m, years * 365.25, "span", ((years - 1) * 365.25, (years + 1) * 365.25))
    return out


def _small(word: str) -> int | None:
    low = word.lower()
    return int(low) if low.isdigit() else NUMBER_WORDS.get(low)


def _words(text: Text, taken: list[tuple[int, int]]) -> list[Count]:
    words = text.words
    out: list[Count] = []
    skip = -1
    for i, (start, end) in enumerate(words):
        if i <= skip or any(s <= start < e for s, e in taken):
            continue
        raw = text.plain[start:end]
        low = raw.lower()
        value, kind, rest = _numeral(low)
        if value is None:
            if low in ("twice", "thrice") and not _opens(text, start):
                near_by = around(text, start, end)
                times = 2.0 if low == "twice" else 3.0
                out.append(Count(start, end, times, "times", near_by[1], near_by[0]))
            continue
        joined = words[i + 1] if i + 1 < len(words) and words[i + 1][0] == end else None
        ending = text.plain[slice(*joined)].lower() if joined else ""
        if ending in ENDINGS:
            kind = "ordinal"
        value *= _SHORT.get(ending, 1.0)
        near = text.plain[slice(*words[i - 1])].lower() if i else ""
        if raw[0].isupper() and raw[0].isalpha() and i > 0 and not _opens(text, start):
            continue  # Big Four, Channel One
        last = i + 1 if ending in ENDINGS or ending in _SHORT else i
        value, last = _scaled(text, value, last)
        skip = last
        money = text.plain[max(0, start - 1) : start] in ("$", "£", "€")
        end = words[last][1]
        named, unit = _heads(text, last, rest)
        heads = ["people" if w in _PEOPLE else stem(w) for w in named]
        if (
            low == "one"
            and near not in ("number", "no")
            and (not heads or not _counted(text, words, i))
        ):
            continue
        ahead = text.plain[end : end + 24]
        behind = text.plain[max(0, start - 40) : start]
        before = [text.plain[slice(*w)].lower() for w in words[max(0, i - 8) : i]]
        square = _SQUARE.match(ahead)
        if money:
            kind = "money"
        elif kind == "percent" or (
            kind == "cardinal" and (ahead[:1] == "%" or re.match(r" per ?cent\b", ahead))
        ):
            kind = "share"
        elif kind == "cardinal" and value < 130 and (_OLD.match(ahead) or _AGED.search(behind)):
            kind, heads = "age", []
        elif kind == "cardinal" and square:
            kind = "area"
            value *= 1e6 if square.group(1)[0] in "kK" else 2.59e6
        elif kind == "cardinal" and unit in UNITS:
            kind, each = UNITS[unit]
            value *= each
        elif kind == "cardinal" and re.search(r"\bmagnitude\b[^.;]{0,6}$", behind):
            kind = "magnitude"
        elif rest == "time" or (kind == "cardinal" and ahead.startswith("-time")):
            kind = "times"
        placed = (heads and heads[0] in ("plac", "posit")) or _PLACED.search(behind)
        if (kind == "cardinal" and near in ("number", "no")) or (kind == "ordinal" and placed):
            kind = "rank"
        elif near in _LABELS and kind == "cardinal":
            kind, heads = "label", []
        elif low == "single" and not (heads and heads[0] in _PERFORMS) and near not in (
            "a", "one", "only", "just"
        ):  # fmt: skip
            continue
        elif low in _MEMBERS and (low not in ("single", "solo") or set(heads) & _PERFORMS):
            kind = "members"
        elif low in _WORKS:
            kind = "works"
        if ending == "m" and not heads and not money:
            continue  # metres as likely as millions
        if re.search(r"\b(?:\w+|\d+) of (?:the|its|his|her|their|these|those|a total of)\s$", behind
                     ) and kind == "cardinal":  # fmt: skip
            heads = []  # the whole that something is a part of
        found = frozenset(heads)
        if kind == "cardinal" and _POPULATION.search(behind):
            found |= {"people"}
        context = frozenset(stem(w) for w in before if is_content(w))
        tail = " ".join(before[-3:])
        bound = next((b for b, pattern in BOUNDS if pattern.search(tail)), "")
        out.append(Count(start, end, value, kind, found, context, bound, "only" in before[-5:]))
    return out


def _scaled(text: Text, value: float, last: int) -> tuple[float, int]:
    """A number with the words that scale it: "two hundred and fifty", "1.2 million"."""
    words = text.words
    while last + 1 < len(words) and (scale := _SCALE.get(text.plain[slice(*words[last + 1])])):
        value *= scale
        last += 1
        if scale > 100 or last + 2 >= len(words):
            continue
        if text.plain[slice(*words[last + 1])] == "and":
            more = NUMBER_WORDS.get(text.plain[slice(*words[last + 2])].lower())
            if more and more < 100:
                value, last = value + more, last + 2
    return value, last


def _heads(text: Text, last: int, rest: str) -> tuple[list[str], str]:
    """The words a number counts, and the first of them: its unit."""
    words = text.words
    heads: list[str] = [rest] if rest else []
    unit = rest
    for j in range(last + 1, min(last + 7, len(words))):
        between = text.plain[words[j - 1][1] : words[j][0]]
        word = text.plain[slice(*words[j])].lower()
        if between.strip(" -") or word in ("and", "or", "but", "which", "who", "that"):
            break
        unit = unit or word
        if word not in STOP and not word[0].isdigit() and word not in NUMBER_WORDS:
            heads.append(word)
    return heads, unit


def _counted(text: Text, words: list[tuple[int, int]], i: int) -> bool:
    """Whether "one" counts ("one actor", "only one") and is no pronoun ("one of the")."""
    after = text.plain[slice(*words[i + 1])].lower() if i + 1 < len(words) else ""
    before = text.plain[slice(*words[i - 1])].lower() if i else ""
    return after != "of" and (before in ("only", "") or i == 0 or after not in STOP)


def _opens(text: Text, offset: int) -> bool:
    return text.sentence_at(offset)[0] == offset


def _numeral(low: str) -> tuple[float | None, str, str]:
    """A word as a number: its value, its kind, and what is joined to it ("five-octave")."""
    if low in ORDINALS:
        return ORDINALS[low], "ordinal", ""
    head, _, rest = low.partition("-")
    if head in NUMBER_WORDS and (not rest or rest not in NUMBER_WORDS):
        if rest in ORDINALS:
            return float(NUMBER_WORDS[head] + ORDINALS[rest]), "ordinal", ""
        return float(NUMBER_WORDS[head]), "cardinal", rest
    if head in NUMBER_WORDS and rest in NUMBER_WORDS:
        return float(NUMBER_WORDS[head] + NUMBER_WORDS[rest]), "cardinal", ""
    if head in ORDINALS and head not in ("debut", "inaugural", "maiden"):
        return float(ORDINALS[head]), "ordinal", rest
    match = _NUMERAL.match(low)
    if match is None:
        return None, "", ""
    value = float(match.group(1).replace(",", ""))
    ending = (match.group(2) or "").lower()
    kind = "percent" if ending == "%" else "ordinal" if ending else "cardinal"
    return value, kind, match.group(3) or ""
