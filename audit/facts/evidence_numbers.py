"""The numbers of a short statement, with what they count, set against another text's."""

from __future__ import annotations

import re

from audit import model
from audit.facts.differing import comparison
from audit.facts.evidence_counts import ENDINGS, counts
from audit.facts.evidence_kinds import ORDINALS, Count
from audit.facts.stems import STOP, stem
from audit.tokens import Text

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
# Kinds that measure one thing of a matter, mostly: two values are of it if the words near them
# share a stem, or if each text has just one.
_MEASURED = frozenset(
    """share money age span length area mass speed volume degrees magnitude times growth often
    score""".split()
)
_EXACT = frozenset("ordinal label members works rank score times".split())


def counts_differ(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]]
) -> list[model.Comparison]:
    left, right = counts(*a[1:]), counts(*b[1:])
    left, right = [*left, *_tops(a[1], right)], [*right, *_tops(b[1], left)]
    out = []
    for one in left:
        kin = [o for o in right if _kin(one, o, left, right)]
        kin = [o for o in kin if o.kind == one.kind] or kin
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
        equal = [o for o in right if o.kind == one.kind and o.value == one.value and _close(one, o)]
        fits = max(_fit(one, o) for o in kin)
        if any(_fit(one, o) + 2 > fits for o in equal):
            continue  # the same number, of what may be the same
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


def _tops(text: Text, others: list[Count]) -> list[Count]:
    """ "The largest" as the first of its kind, where the other text has "the third largest"."""
    ranked = {o.heads for o in others if o.kind == "ordinal"}
    out: list[Count] = []
    for i, (start, end) in enumerate(text.words):
        low = text.plain[start:end].lower()
        if not _SUPERLATIVE.match(low) or (low == "most" and i + 1 == len(text.words)):
            continue
        told = stem(text.plain[slice(*text.words[i + 1])].lower() if low == "most" else low)
        if not any(told in heads for heads in ranked):
            continue
        before = [text.plain[slice(*w)].lower() for w in text.words[max(0, i - 3) : i]]
        if not before or "one" in before or "among" in before or before[-1][0].isdigit():
            continue
        if before[-1] in ENDINGS or before[-1].rpartition("-")[2] in ORDINALS:
            continue  # the third largest
        after = [text.plain[slice(*w)].lower() for w in text.words[i : i + 6]]
        out.append(Count(start, end, 1.0, "ordinal", frozenset(stem(w) for w in after)))
    return out


def _kin(one: Count, other: Count, left: list[Count], right: list[Count]) -> bool:
    """Whether two numbers count the same thing: a stem of what they count is shared, or, where
    one counts nothing named, two stems of what goes before."""
    if one.kind != other.kind:
        if {one.kind, other.kind} != {"rank", "ordinal"}:
            return False
        return len((one.context | one.heads) & (other.context | other.heads)) >= 2
    if (one.spread or other.spread) and one.kind == "cardinal":
        return bool((one.context | one.heads) & (other.context | other.heads))
    if one.kind in ("members", "works") or one.heads & other.heads:
        return True
    if one.kind in _MEASURED:
        near, there = one.heads | one.context, other.heads | other.context
        alone = all(sum(c.kind == one.kind for c in side) == 1 for side in (left, right))
        return alone or bool(near & there)
    if one.kind == "label":
        return bool(one.context & other.context)
    if one.kind == "rank":
        alone = all(sum(c.kind == one.kind for c in side) == 1 for side in (left, right))
        return alone or len((one.context | one.heads) & (other.context | other.heads)) >= 2
    if not one.heads and not other.heads:
        return len(one.context & other.context) >= 2
    return one.kind == "cardinal" and one.only and other.value > 1


def _fit(one: Count, other: Count) -> int:
    """How well two numbers may be of one thing: stems they count, twice, and those about them."""
    near = (one.heads | one.context) & (other.heads | other.context)
    return 2 * len(one.heads & other.heads) + len(near)


def _taken(other: Count, left: list[Count]) -> bool:
    """Whether a number of the other text already has its equal in this one."""
    return any(o.kind == other.kind and _close(o, other) for o in left if o.value == other.value)


def _close(one: Count, other: Count) -> bool:
    """Whether two numbers can both be meant: equal, rounded, or within what "over" leaves open."""
    bounds = {one.bound, other.bound}
    if one.kind in _EXACT and "less" not in bounds and "more" not in bounds:
        return one.value == other.value
    if bounds == {"more", "less"} and one.value == other.value:
        return False
    low, high = _range(one), _range(other)
    slack = 0.0
    if one.bound == other.bound and not one.spread and not other.spread:
        big = max(one.value, other.value) >= 100 or one.bound or one.kind not in ("cardinal", "age")
        slack = 0.03 * max(one.value, other.value) if big else 0.0
        return abs(one.value - other.value) <= slack
    return low[0] <= high[1] and high[0] <= low[1]


def _range(count: Count) -> tuple[float, float]:
    if count.spread is not None:
        return count.spread
    if count.bound == "more":
        return count.value, float("inf")
    if count.bound == "less":
        return float("-inf"), count.value
    slack = 0.12 if count.bound == "about" else 0.0
    return count.value * (1 - slack), count.value * (1 + slack)
