"""The numbers of a short statement, with what they count, set against another text's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit import model
from audit.facts.differing import comparison
from audit.facts.stems import STOP, is_content, stem
from audit.tokens import Text

_NUMBER_WORDS = {
    **{w: n for n, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split())},
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "single": 1, "solo": 1,
    "once": 1, "sole": 1, "twice": 2, "pair": 2, "couple": 2, "both": 2, "duo": 2,
    "trio": 3, "quartet": 4,
}  # fmt: skip
_ORDINALS = {
    w: n + 1
    for n, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split()
    )
}
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 1e2}
_ENDINGS = frozenset("st nd rd th".split())
_UNITS = {"m": 1e6, "bn": 1e9, "k": 1e3, "tn": 1e12}
_NUMERAL = re.compile(r"(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th|%)?(?:-([a-z]+))?$", re.IGNORECASE)
_BOUNDS = (
    ("more", re.compile(r"(?:more than|over|above|exceeding|at least|upwards of)$")),
    ("less", re.compile(r"(?:less than|fewer than|under|below|up to|at most)$")),
    (
        "about",
        re.compile(r"(?:about|around|approximately|nearly|almost|roughly|some|estimated|an)$"),
    ),
)
_MANY = re.compile(r"\b(?:variety|numerous|various|multiple|several|many|dozens)\b", re.IGNORECASE)
# Several titles in a row: "Lantern Row (2011), The Mill, Kara", "Lantern Row and The Mill".
_LIST = re.compile(
    r"[A-Z][\w'-]+(?: \(\d{4}\))?"
    r"(?:, (?:the )?[A-Z][^,.;()]{1,40}(?: \(\d{4}\))?,(?: and)?|,? and|,? as well as)"
    r" (?:[Tt]he )?[A-Z]"
)
_ALONE = re.compile(
    r"\b(?:only(?! (?:after|when|if|until|to))|solely|exclusively|nothing but)\b", re.I
)
_SUPERLATIVE = re.compile(r"(?:[a-z]{3,}est|most)$")
_LABELS = frozenset("region regions channel chapter season seasons volume phase group".split())
_MEMBERS = frozenset("single solo duo trio quartet".split())
_PERFORMS = frozenset("artist perform sing music act".split())


@dataclass(frozen=True, slots=True)
class Count:
    """A number, what kind it is, and the stems of what it counts."""

    start: int
    end: int
    value: float
    kind: str
    heads: frozenset[str]
    context: frozenset[str] = frozenset()
    bound: str = ""
    only: bool = False


def counts_differ(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    left, right = _numbers(*a[1:]), _numbers(*b[1:])
    left, right = [*left, *_tops(a[1], right)], [*right, *_tops(b[1], left)]
    out = []
    for one in left:
        kin = [o for o in right if _kin(one, o)]
        if any(_taken(o, left) for o in kin):
            continue
        if not kin and one.only and one.value == 1:
            many = _MANY.search(b[1].plain) or _LIST.search(b[1].plain)
            kin = [Count(*many.span(), 2.0, one.kind, frozenset())] if many else []
        if kin:
            most = max(len(one.heads & o.heads) for o in kin)
            kin = [o for o in kin if len(one.heads & o.heads) == most]
        if not kin or any(_close(one, o) for o in kin):
            continue
        if any(o.kind == one.kind and o.value == one.value and _close(one, o) for o in right):
            continue
        other = min(kin, key=lambda o: (-len(one.heads & o.heads), o.start))
        x, y = a[1].raw[one.start : one.end], b[1].raw[other.start : other.end]
        out.append(
            comparison(a, b, one, other, "number", "conflict", 0.75,
                  f"{x} in one text, {y} in the other, for the same thing.")
        )  # fmt: skip
    return out or _more_than_only(a, b) or _more_than_only(b, a, True)


def _more_than_only(
    a: tuple[str, Text, list[model.Timex]],
    b: tuple[str, Text, list[model.Timex]],
    turned: bool = False,
) -> list[model.Comparison]:
    """ "Only acted on stage" where the other text lists "Lantern Row, The Mill and Kara"."""
    told = _ALONE.search(a[1].plain)
    listed = _LIST.search(b[1].plain) if told else None
    if told is None or listed is None:
        return []
    said = {stem(a[1].plain[s:e]) for s, e in a[1].words if s > told.end()}
    start, end = b[1].sentence_at(listed.start())
    near = {stem(b[1].plain[s:e]) for s, e in b[1].words if start <= s < end}
    if not {w for w in said & near if w not in STOP}:
        return []
    x = Count(*told.span(), 1.0, "", frozenset())
    y = Count(*listed.span(), 2.0, "", frozenset())
    one, two = (y, x) if turned else (x, y)
    first, second = (b, a) if turned else (a, b)
    why = f'One text says "{told.group()}", the other lists several.'
    return [comparison(first, second, one, two, "number", "conflict", 0.65, why)]


def _numbers(text: Text, dates: list[model.Timex]) -> list[Count]:
    taken = [(t.start, t.end) for t in dates]
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
            continue
        joined = words[i + 1] if i + 1 < len(words) and words[i + 1][0] == end else None
        ending = text.plain[slice(*joined)].lower() if joined else ""
        if ending in _ENDINGS:
            kind = "ordinal"
        value *= _UNITS.get(ending, 1.0)
        near = text.plain[slice(*words[i - 1])].lower() if i else ""
        if raw[0].isupper() and raw[0].isalpha() and i > 0 and not _opens(text, start):
            continue  # Big Four, Channel One
        last = i + 1 if ending in _ENDINGS or ending in _UNITS else i
        while last + 1 < len(words) and (scale := _SCALE.get(text.plain[slice(*words[last + 1])])):
            value *= scale
            last += 1
        skip = last
        money = text.plain[max(0, start - 1) : start] in ("$", "£", "€")
        heads: list[str] = [stem(rest)] if rest else []
        for j in range(last + 1, min(last + 7, len(words))):
            between = text.plain[words[j - 1][1] : words[j][0]]
            word = text.plain[slice(*words[j])].lower()
            if between.strip() or word in ("and", "or", "but", "which", "who", "that"):
                break
            if word not in STOP and not word[0].isdigit() and word not in _NUMBER_WORDS:
                heads.append(stem(word))
        if (
            low == "one"
            and near not in ("number", "no")
            and (not heads or not _counted(text, words, i))
        ):
            continue
        if money:
            kind = "money"
        elif kind == "cardinal" and text.plain[words[last][1] : words[last][1] + 1] == "%":
            kind = "percent"
        before = [text.plain[slice(*w)].lower() for w in words[max(0, i - 8) : i]]
        context = frozenset(stem(w) for w in before if is_content(w))
        if near in ("number", "no") and kind == "cardinal":
            kind = "rank"
        elif near in _LABELS and kind == "cardinal":
            kind, heads = "label", []
        elif low == "single" and not (heads and heads[0] in _PERFORMS):
            continue
        elif low in _MEMBERS:
            kind = "members"
        if ending == "m" and not heads and not money:
            continue  # metres as likely as millions
        end = words[last][1]
        tail = " ".join(before[-3:])
        bound = next((b for b, pattern in _BOUNDS if pattern.search(tail)), "")
        out.append(
            Count(start, end, value, kind, frozenset(heads), context, bound, "only" in before[-5:])
        )
    return out


def _tops(text: Text, others: list[Count]) -> list[Count]:
    """ "The largest" as the first of its kind, where the other text has "the third largest"."""
    ranked = {o.heads for o in others if o.kind == "ordinal"}
    out: list[Count] = []
    for i, (start, end) in enumerate(text.words):
        low = text.plain[start:end].lower()
        if not _SUPERLATIVE.match(low) or not any(stem(low) in heads for heads in ranked):
            continue
        before = [text.plain[slice(*w)].lower() for w in text.words[max(0, i - 3) : i]]
        if not before or before[-1] in _ORDINALS or "one" in before or before[-1][0].isdigit():
            continue
        after = [text.plain[slice(*w)].lower() for w in text.words[i : i + 6]]
        out.append(Count(start, end, 1.0, "ordinal", frozenset(stem(w) for w in after)))
    return out


def _counted(text: Text, words: list[tuple[int, int]], i: int) -> bool:
    """Whether "one" counts ("one actor", "only one") and is no pronoun ("one of the")."""
    after = text.plain[slice(*words[i + 1])].lower() if i + 1 < len(words) else ""
    before = text.plain[slice(*words[i - 1])].lower() if i else ""
    return after != "of" and (before in ("only", "") or i == 0 or after not in STOP)


def _opens(text: Text, offset: int) -> bool:
    return text.sentence_at(offset)[0] == offset


def _numeral(low: str) -> tuple[float | None, str, str]:
    """A word as a number: its value, its kind, and what is joined to it ("five-octave")."""
    if low in _ORDINALS:
        return _ORDINALS[low], "ordinal", ""
    head, _, rest = low.partition("-")
    if head in _NUMBER_WORDS and (not rest or rest not in _NUMBER_WORDS):
        return float(_NUMBER_WORDS[head]), "cardinal", rest
    if head in _NUMBER_WORDS and rest in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[head] + _NUMBER_WORDS[rest]), "cardinal", ""
    if head in _ORDINALS:
        return float(_ORDINALS[head]), "ordinal", rest
    match = _NUMERAL.match(low)
    if match is None:
        return None, "", ""
    value = float(match.group(1).replace(",", ""))
    ending = (match.group(2) or "").lower()
    kind = "percent" if ending == "%" else "ordinal" if ending else "cardinal"
    return value, kind, match.group(3) or ""


def _kin(one: Count, other: Count) -> bool:
    """Whether two numbers count the same thing: a stem of what they count is shared, or, where
    one counts nothing named, two stems of what goes before."""
    if one.kind != other.kind:
        return False
    if one.kind == "members" or one.heads & other.heads:
        return True
    if one.kind == "label":
        return bool(one.context & other.context)
    if one.kind == "rank":
        return len((one.context | one.heads) & (other.context | other.heads)) >= 2
    if not one.heads and not other.heads:
        return len(one.context & other.context) >= 2
    return one.kind == "cardinal" and one.only and other.value > 1


def _taken(other: Count, left: list[Count]) -> bool:
    """Whether a number of the other text already has its equal in this one."""
    return any(o.value == other.value and o.kind == other.kind for o in left)


def _close(one: Count, other: Count) -> bool:
    """Whether two numbers can both be meant: equal, rounded, or within what "over" leaves open."""
    if one.kind in ("ordinal", "label", "members", "rank"):
        return one.value == other.value
    if one.bound == other.bound:
        slack = 0.03 if max(one.value, other.value) >= 100 or one.bound else 0.0
        return abs(one.value - other.value) <= slack * max(one.value, other.value)
    low, high = _range(one), _range(other)
    return low[0] <= high[1] and high[0] <= low[1]


def _range(count: Count) -> tuple[float, float]:
    if count.bound == "more":
        return count.value * 1.0001, float("inf")
    if count.bound == "less":
        return float("-inf"), count.value * 0.9999
    slack = 0.12 if count.bound == "about" else 0.0
    return count.value * (1 - slack), count.value * (1 + slack)
