"""A short statement against a short text on the same matter: can both be right?

Where one of two texts is a sentence or two, there is no story to find events in; the two are
given as being of one matter. What is compared is every date, every number with what it counts,
and whether what one denies the other states. Words are matched by stem, so that a synonym is
never taken for a difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from audit import model
from audit.tokens import Text

STATEMENT = 45  # words of the shorter text, at most
DENIED = 0.3  # share of the denied words that the other text must state
EVIDENCE = 280  # words of the longer one, at most

_STOP = frozenset(
    """the a an this that these those he she it they we i you his her its their our my your him them
    us who which what whom whose when where why how is are was were be been being am do does did
    done doing has have had having will would shall should can could may might must of in on at by
    for from with about over against into under between during after before without to until
    since than as and or but nor so if because while although though also only just even still
    there here one ones any some all both each every other another such more most much many very
    too own same well get got been s t ever never not no known called named own up out off down
    then now""".split()
)
_NOT = re.compile(
    r"\b(?:(?:not|never)(?! (?:only|just|merely|simply|all|every\w*|necessarily|always|so|that"
    r"|least|yet|until|even))|cannot|can't|nobody|nothing|nowhere|neither|nor|without|none"
    r"|(?:barely|hardly|scarcely)(?! (?:\w+ )?\d)"
    r"|(?:do|did|does|is|was|could|would|wo|have|has|had|are|were|should)(?:n't|nt)"
    r"|(?:fail|refus|declin|neglect)(?:s|es|ed|e|ing)? to|unable to|incapable of|unwilling to"
    r"|(?:has|have|had|is|are) yet to|yet to be|no longer|far from|lacks?|lacked"
    r"|(?:any|every|some|no)(?:thing|one|body|where)(?: \w+)? (?:but|except|besides|other than)"
    r"|no (?!doubt|later|sooner|more than|less than|fewer than|wonder|matter|\. ?\d)"
    r"|zero)\b ?",
    re.IGNORECASE,
)
# Words that deny or doubt without a "not": where one stands beside it, nothing is stated flatly.
_DOUBT = re.compile(
    r"\b(?:unlikely|non-existent|doubts?|doubted|doubtful|deny|denies|denied|rejected|rather than"
    r"|instead|little|few|against|prevent\w*|avoid\w*|stopp?\w*|without|nor|no|not|\w+n't|never"
    r"|despite|unless|yet|unclear|unknown|scepti\w*|skepti\w*|lack\w*"
    r"|fail\w*|except)\b",
    re.IGNORECASE,
)
_DEEP = frozenset(
    """because that which who whom whose if when while although though since unless where why how
    whether as said says and but""".split()
)
_NUMBER_WORDS = {
    **{w: n for n, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split())},
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "single": 1, "solo": 1,
    "once": 1, "twice": 2, "both": 2, "duo": 2, "trio": 3, "quartet": 4,
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
_LABELS = frozenset("region regions channel chapter season seasons volume phase group".split())
_MEMBERS = frozenset("single solo duo trio quartet".split())
_PERFORMS = frozenset("artist perform sing music act".split())
_CALENDAR = re.compile(r"\d|january|february|march|april|may\b|june|july|august|september|october"
                       r"|november|december|century", re.IGNORECASE)  # fmt: skip
_LIFE = re.compile(r"\(([^()]{0,160})\)")


@dataclass(frozen=True, slots=True)
class _When:
    """A date as days, or as a month and day of no year; open to one side after "before"."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class _Count:
    """A number, what kind it is, and the stems of what it counts."""

    start: int
    end: int
    value: float
    kind: str
    heads: frozenset[str]
    context: frozenset[str] = frozenset()
    bound: str = ""
    only: bool = False


def applies(a: Text, b: Text) -> bool:
    """Whether two texts are short enough to be set against each other as they stand."""
    short, long = sorted((len(a.words), len(b.words)))
    return 3 <= short <= STATEMENT and long <= EVIDENCE


def stem(word: str) -> str:
    """A word cut to the part its forms share: enough for matching, not a linguist's stem."""
    low = word.casefold().removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly",
                   "ors", "or", "ion", "ions", "ment", "ian", "al", "s", "y", "e"):  # fmt: skip
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            low = low[: -len(ending)]
            break
    return low if len(low) < 5 or low[-1] != low[-2] else low[:-1]


def against(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    """What a short text and another one, each (id, text, dates), state differently or alike."""
    found = [
        *_dates(a, b),
        *_counts(a, b),
        *_denials(a, b, False),
        *_denials(b, a, True),
        *_opposites(a, b),
    ]
    return sorted(found, key=lambda c: (c.a.start, c.b.start, c.kind))[:12]


# Dates -----------------------------------------------------------------------------------------


def _dates(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    left, right = _whens(a[1], a[2]), _whens(b[1], b[2])
    if not left or not right:
        return []
    left, right = _years(left, right), _years(right, left)
    left, right = _life(a[1], b[1], left, right)
    out = []
    short, long = (left, right) if len(a[1].words) <= len(b[1].words) else (right, left)
    swap = short is not left
    texts = (b[1], a[1]) if swap else (a[1], b[1])
    dates = a[2] if swap else b[2]
    spans = [w for w in short if (w.first and w.last and " " in w.text.strip()) or "-" in w.text]
    for one in short:
        if any(w is not one and w.start <= one.start and one.end <= w.end for w in spans):
            continue
        near = (
            _nearest(long, _local(texts[0], one, short), texts[1])
            if _year(one) and not _named(texts[0], one)
            else long
        )
        if any(_meet(one, other) for other in near) or _relative(texts[1], dates):
            continue
        other = min(long, key=lambda o: (_apart(one, o), o.start))
        x, y = (other, one) if swap else (one, other)
        out.append(
            _made(a, b, x, y, "date", "conflict", 0.8,
                  f"{x.text} in one text; no date of the other meets it ({y.text}).")
        )  # fmt: skip
    return out


def _years(whens: list[_When], others: list[_When]) -> list[_When]:
    """Without the dates of no year, where the other side has only years to set against them."""
    if any(o.month is not None for o in others):
        return whens
    return [w for w in whens if w.first is not None] or whens


def _relative(text: Text, dates: list[model.Timex]) -> bool:
    """Whether a text dates something by "this year", which says no year."""
    return any(
        d.type == "DATE" and re.match(r"(?:this|last|next) (?:year|month|week)", d.text.lower())
        for d in dates
    )


def _year(when: _When) -> bool:
    return when.first is not None and when.month is None


def _named(text: Text, when: _When) -> bool:
    """Whether a year is part of a name: "the 2016 Olympics"."""
    return re.match(r" [A-Z]", text.plain[when.end : when.end + 2]) is not None


def _nearest(others: list[_When], words: set[str], text: Text) -> list[_When]:
    """The dates of the longer text whose own clause shares most words with the statement; all of
    them where none stands out."""
    if len(others) < 2:
        return others
    scores = [(len(_local(text, other, others) & words), other) for other in others]
    top = max(score for score, _ in scores)
    best = [other for score, other in scores if score == top]
    second = max((score for score, _ in scores if score < top), default=top)
    return best if top - second >= 2 else others


def _local(text: Text, when: _When, others: list[_When]) -> set[str]:
    """The stems of the clause a date closes: back to the date before it, or ninety characters."""
    before = max((o.end for o in others if o.end <= when.start), default=0)
    start = max(before, text.sentence_at(when.start)[0], when.start - 90)
    return {stem(w) for w in re.findall(r"\w[\w'-]*", text.plain[start : when.start].lower())}


def _whens(text: Text, dates: list[model.Timex]) -> list[_When]:
    out = []
    dates = sorted([*dates, *_bracketed(text, dates)], key=lambda d: d.start)
    out.extend(_spans(text, dates))
    for timex in dates:
        stamp = text.plain[timex.start : timex.end + 4]
        if timex.type != "DATE" or re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", stamp):
            continue  # a time stamp is of the page, not of what it tells
        if not _CALENDAR.search(timex.text):
            continue
        value = timex.value
        partial = re.match(r"(?:XXXX|\d{4})-(\d\d)(?:-(\d\d))?$", value)
        yearless = value.startswith("XXXX") or (
            partial is not None and not re.search(r"\d{4}|'\d\d", timex.text)
        )
        if partial and yearless:
            day = int(partial.group(2)) if partial.group(2) else None
            out.append(
                _When(timex.start, timex.end, timex.text, None, None, int(partial.group(1)), day)
            )
            continue
        if not (timex.from_ and timex.to):
            continue
        first, last = date.fromisoformat(timex.from_[:10]), date.fromisoformat(timex.to[:10])
        before = text.plain[max(0, timex.start - 14) : timex.start].lower().split()
        if before and before[-1] in ("around", "about", "circa", "c."):
            first, last = first - timedelta(1826), last + timedelta(1826)
        elif before and before[-1] in ("before", "pre"):
            first, last = date.min, first - timedelta(1)
        elif before and before[-1] in ("after", "since"):
            last = date.max
        elif before and before[-1] == "by":
            first = date.min
        out.append(
            _When(timex.start, timex.end, timex.text, first, last, first.month
                  if (last - first).days < 32 else None, first.day if first == last else None)
        )  # fmt: skip
    return out


def _spans(text: Text, dates: list[model.Timex]) -> list[_When]:
    """Spans of time: "1491-1510", "from 1981 to 1989"."""
    out = []
    for one, two in pairwise(d for d in dates if d.type == "DATE" and d.from_ and d.to):
        between = text.plain[one.end : two.start]
        opened = text.plain[max(0, one.start - 9) : one.start].lower().split()[-1:]
        joined = between.strip() == "-" and len(between) < 2
        worded = (opened, between.strip()) in ((["from"], "to"), (["between"], "and"))
        start, end = one.from_ or "", two.to or ""
        if (joined or worded) and start < end:
            first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
            out.append(_When(one.start, two.end, text.plain[one.start : two.end], first, last))
    return out


def _bracketed(text: Text, dates: list[model.Timex]) -> list[model.Timex]:
    """Years in brackets behind a title: "The Apparition (2012)"."""
    known = {d.start for d in dates}
    return [
        model.Timex(m.start(1), m.end(1), m.group(1), "DATE", m.group(1),
                    f"{m.group(1)}-01-01", f"{m.group(1)}-12-31")
        for m in re.finditer(r"\(((?:1[5-9]|20)\d\d)\)", text.plain)
        if m.start(1) not in known
    ]  # fmt: skip


def _meet(a: _When, b: _When) -> bool:
    if a.first and b.first and a.last and b.last:
        return a.first <= b.last and b.first <= a.last
    if a.month is None or b.month is None:
        return True
    return a.month == b.month and (a.day is None or b.day is None or a.day == b.day)


def _apart(a: _When, b: _When) -> float:
    if a.first and b.first and a.last and b.last:
        return abs((a.first - b.first).days)
    return abs((a.month or 0) - (b.month or 0)) * 30.0


def _life(a: Text, b: Text, left: list[_When], right: list[_When]) -> tuple[list, list]:
    """A birth is set against the first date of a lifespan in brackets, a death against the last."""
    sides = [(a, left), (b, right)]
    for i, (text, whens) in enumerate(sides):
        other, others = sides[1 - i]
        for word, index in (("born", 0), ("birth", 0), ("died", -1), ("death", -1)):
            if not re.search(rf"\b{word}\b", text.plain, re.IGNORECASE) or len(whens) != 1:
                continue
            for life in _LIFE.finditer(other.plain):
                inside = [w for w in others if life.start() <= w.start < life.end()]
                years = [w for w in inside if w.first is not None]
                if len(years) >= 2 and "-" in life.group():
                    others = [years[index]]
                    sides[1 - i] = (other, others)
                    break
    return sides[0][1], sides[1][1]


# Numbers ---------------------------------------------------------------------------------------


def _counts(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    left, right = _numbers(*a[1:]), _numbers(*b[1:])
    out = []
    for one in left:
        kin = [o for o in right if _kin(one, o)]
        if any(_taken(o, left) for o in kin):
            continue
        if not kin and one.only and one.value == 1:
            many = _MANY.search(b[1].plain)
            kin = [_Count(*many.span(), 2.0, one.kind, frozenset())] if many else []
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
            _made(a, b, one, other, "number", "conflict", 0.75,
                  f"{x} in one text, {y} in the other, for the same thing.")
        )  # fmt: skip
    return out


def _numbers(text: Text, dates: list[model.Timex]) -> list[_Count]:
    taken = [(t.start, t.end) for t in dates]
    words = text.words
    out: list[_Count] = []
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
            if word not in _STOP and not word[0].isdigit() and word not in _NUMBER_WORDS:
                heads.append(stem(word))
        if (
            low == "one"
            and near not in ("number", "no")
            and (not heads or not _counted(text, words, i))
        ):
            continue
        if money:
            kind = "money"
        before = [text.plain[slice(*w)].lower() for w in words[max(0, i - 8) : i]]
        context = frozenset(stem(w) for w in before if _content(w))
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
            _Count(start, end, value, kind, frozenset(heads), context, bound, "only" in before[-5:])
        )
    return out


def _counted(text: Text, words: list[tuple[int, int]], i: int) -> bool:
    """Whether "one" counts ("one actor", "only one") and is no pronoun ("one of the")."""
    after = text.plain[slice(*words[i + 1])].lower() if i + 1 < len(words) else ""
    before = text.plain[slice(*words[i - 1])].lower() if i else ""
    return after != "of" and (before in ("only", "") or i == 0 or after not in _STOP)


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


def _kin(one: _Count, other: _Count) -> bool:
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


def _taken(other: _Count, left: list[_Count]) -> bool:
    """Whether a number of the other text already has its equal in this one."""
    return any(o.value == other.value and o.kind == other.kind for o in left)


def _close(one: _Count, other: _Count) -> bool:
    """Whether two numbers can both be meant: equal, rounded, or within what "over" leaves open."""
    if one.kind in ("ordinal", "label", "members", "rank"):
        return one.value == other.value
    if one.bound == other.bound:
        slack = 0.03 if max(one.value, other.value) >= 100 or one.bound else 0.0
        return abs(one.value - other.value) <= slack * max(one.value, other.value)
    low, high = _range(one), _range(other)
    return low[0] <= high[1] and high[0] <= low[1]


def _range(count: _Count) -> tuple[float, float]:
    if count.bound == "more":
        return count.value * 1.0001, float("inf")
    if count.bound == "less":
        return float("-inf"), count.value * 0.9999
    slack = 0.12 if count.bound == "about" else 0.0
    return count.value * (1 - slack), count.value * (1 + slack)


# Denials ---------------------------------------------------------------------------------------


def _denials(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]], turned: bool
) -> list[model.Comparison]:
    """What ``a`` denies in the main clause of a sentence and ``b`` states flatly."""
    out = []
    text, other = a[1], b[1]
    stated = _stated(other)
    for cue in _NOT.finditer(text.plain):
        start, end = text.sentence_at(cue.start())
        before = text.plain[start : cue.start()].lower()
        led = re.findall(r"\w[\w'-]*", before)
        if len(led) > 14 or any(word in _DEEP for word in led) or text.plain[start] in "\"'":
            continue
        scope = _scope(text, cue.end(), end)
        denied = [w for w in scope if _content(w[0])]
        subject = {stem(word) for word in led}
        denied = [w for w in denied if stem(w[0]) not in subject] or denied
        if not denied:
            continue
        hits = [(w, at) for w in denied if (at := _match(stem(w[0]), stated)) is not None]
        share = len(hits) / len(denied)
        if share < DENIED or (turned and (share < 0.7 or len(hits) < 2)):
            continue
        flat = [at for _, at in hits if not _doubtful(other, at)]
        if 2 * len(flat) < len(hits) or not flat:
            continue
        near = _Count(cue.start(), max(w[2] for w in denied), 0.0, "", frozenset())
        far = _Count(*_together(other, flat), 0.0, "", frozenset())
        x, y = (far, near) if turned else (near, far)
        one, two = (b, a) if turned else (a, b)
        out.append(
            _made(one, two, x, y, "negation", "conflict", round(0.5 + 0.35 * share, 3),
                  f'One text says "{text.raw[cue.start() : near.end]}", the other states it.')
        )  # fmt: skip
    return out[:2]


def _opposites(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    """A word in one text and its opposite in the other, of the same thing: "rose", "fell"."""
    left, right = _stated(a[1]), _stated(b[1])
    common = (set(left) & set(right)) - _SIDES[0].keys()
    if not common:
        return []
    for word, at in left.items():
        for pair in _SIDES[0].get(word, ()):
            there = next((right[o] for o in sorted(_SIDES[1][pair]) if o in right), None)
            own = _SIDES[0].get(word, {}).get(pair, frozenset())
            if there is None or own & right.keys() or _SIDES[1][pair] & left.keys():
                continue
            if not _close_by(a[1], at, common) or not _close_by(b[1], there, common):
                continue
            x = _Count(*at, 0.0, "", frozenset())
            y = _Count(*there, 0.0, "", frozenset())
            why = f"{a[1].raw[slice(*at)]} in one text, {b[1].raw[slice(*there)]} in the other."
            return [_made(a, b, x, y, "negation", "conflict", 0.65, why)]
    return []


def _close_by(text: Text, at: tuple[int, int], common: set[str]) -> bool:
    near = text.plain[max(0, at[0] - 40) : at[1] + 40].lower()
    return any(stem(w) in common for w in re.findall(r"\w[\w'-]*", near))


def _sides(lines: str) -> tuple[dict[str, dict[int, frozenset[str]]], dict[int, frozenset[str]]]:
    """From lines "rise rose : fall fell": by stem, the pair it is in and its own side; by pair,
    the other side. Each line gives two pairs."""
    own: dict[str, dict[int, frozenset[str]]] = {}
    other: dict[int, frozenset[str]] = {}
    for n, line in enumerate(lines.strip().splitlines()):
        one, two = (frozenset(stem(w) for w in side.split()) for side in line.split(":"))
        for number, (mine, theirs) in enumerate(((one, two), (two, one)), 2 * n):
            other[number] = theirs
            for word in mine:
                own.setdefault(word, {})[number] = mine
    return own, other


_SIDES = _sides("""
increase increased rose rise grew gained growth : decrease decreased fell fall dropped shrank
minor slight : major catastrophic severe massive
solo soloist : band group duo
win won winning wins : lost lose losing loses
legal : illegal banned outlawed
expensive : free cheap
public : private
largest biggest : smallest
highest : lowest
oldest eldest : youngest
older elder : younger
ahead : behind
approved passed : rejected defeated
convicted guilty : acquitted cleared innocent
alive survived : died dead killed
opened opening : closed closing
northern north : southern south
eastern east : western west
arrived : departed
male : female
hired appointed : fired dismissed sacked
inside : outside
accepted : refused declined
married : unmarried single
""")


def _doubtful(text: Text, at: tuple[int, int]) -> bool:
    """Whether a word of doubt or denial stands before a word, in its clause."""
    start, _ = text.sentence_at(at[0])
    before = text.plain[max(start, at[0] - 110) : at[0]]
    cut = max(before.rfind(c) for c in ",;:")
    return _DOUBT.search(before[cut + 1 :]) is not None


def _together(text: Text, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The spans that lie in the sentence of the first one, as one."""
    start, end = text.sentence_at(spans[0][0])
    inside = [s for s in spans if start <= s[0] < end]
    return min(inside)[0], max(s[1] for s in inside)


def _scope(text: Text, start: int, end: int) -> list[tuple[str, int, int]]:
    """The words a negation reaches: to the end of its clause, twelve at most."""
    words = text.words
    at = bisect_left(words, (start, 0))
    out: list[tuple[str, int, int]] = []
    for s, e in words[at : at + 14]:
        if s >= end:
            break
        between = text.plain[out[-1][2] if out else start : s]
        word = text.plain[s:e].lower()
        if out and (any(c in between for c in ",;:()") or word in _BREAKS):
            break
        out.append((word, s, e))
    return out


_BREAKS = frozenset("but because although while which who despite until unless except".split())


def _content(word: str) -> bool:
    return word not in _STOP and len(word) > 2


def _stems(text: Text) -> set[str]:
    return {stem(text.plain[s:e]) for s, e in text.words if _content(text.plain[s:e].lower())}


def _stated(text: Text) -> dict[str, tuple[int, int]]:
    """The stems of what a text states, each with its place; what it denies is left out."""
    denied: list[tuple[int, int]] = []
    for cue in _NOT.finditer(text.plain):
        _, end = text.sentence_at(cue.start())
        scope = _scope(text, cue.end(), end)
        denied.append((cue.start(), max((w[2] for w in scope), default=cue.end())))
    found: dict[str, tuple[int, int]] = {}
    for s, e in text.words:
        word = text.plain[s:e].lower()
        if _content(word) and not any(x <= s < y for x, y in denied):
            for part in [word, *word.split("-")]:
                found.setdefault(stem(part), (s, e))
    return found


def _match(wanted: str, stated: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    if wanted in stated:
        return stated[wanted]
    if len(wanted) < 5:
        longer = (k for k in stated if len(k) >= 7 and k.startswith(wanted))
        return next((stated[k] for k in longer), None) if len(wanted) == 4 else None
    for key in stated:
        if len(key) >= 5 and key[:6] == wanted[:6] and abs(len(key) - len(wanted)) <= 4:
            return stated[key]
    return None


# Records ---------------------------------------------------------------------------------------


def _made(a, b, x, y, kind, verdict, confidence, why):  # type: ignore[no-untyped-def]
    return model.Comparison(
        "statement",
        kind,
        why,
        confidence,
        model.Quote(x.start, x.end, a[0], a[1].raw[x.start : x.end]),
        model.Quote(y.start, y.end, b[0], b[1].raw[y.start : y.end]),
        verdict,
    )
