"""What one of two short texts denies and the other states."""

from __future__ import annotations

import re
from bisect import bisect_left

from audit import model
from audit.facts.differing import comparison
from audit.facts.evidence_kinds import Count
from audit.facts.stems import is_content, stem
from audit.tokens import Text

DENIED = 0.3  # share of the denied words that the other text must state
_NOT = re.compile(
    r"\b(?:(?:not|never)(?! (?:only|just|merely|simply|all|every\w*|necessarily|always|so|that"
    r"|least|yet|until|even))|cannot|can't|nobody|nothing|nowhere|neither|nor|without|none"
    r"|(?:barely|hardly|scarcely)(?! (?:\w+ )?\d)"
    r"|(?:do|did|does|is|was|could|would|wo|have|has|had|are|were|should)(?:n't|nt)"
    r"|(?:fail|refus|declin|neglect|avoid)(?:s|es|ed|e|ing)? to|unable to|incapable of"
    r"|unwilling to|(?:avoid|escap)(?:s|es|ed)(?= \w+ing\b)|turned down"
    r"|(?:has|have|had|is|are) yet to|yet to be|no longer|far from|lacks?|lacked"
    r"|(?:any|every|some|no)(?:thing|one|body|where)(?: \w+)? (?:but|except|besides|other than)"
    r"|no (?!doubt|later|sooner|more than|less than|fewer than|wonder|matter|\. ?\d)"
    r"|little (?:to|or) no|zero)\b ?",
    re.IGNORECASE,
)
# Words that deny or doubt without a "not": where one stands beside it, nothing is stated flatly.
# As written: the "Little" of a name doubts nothing.
_DOUBT = re.compile(
    r"\b(?:[Uu]nlikely|non-existent|doubts?|doubted|doubtful|deny|denies|denied|rejected"
    r"|rather than|[Ii]nstead|little|few|against|prevent\w*|avoid\w*|stopp?\w*|[Ww]ithout|nor"
    r"|[Nn]o|[Nn]ot|\w+n't|never|[Dd]espite|unless|yet|unclear|unknown|scepti\w*|skepti\w*"
    r"|lack\w*|fail\w*|except)\b"
)
_PAIRED = re.compile(r"(?<=\w) and (?=[A-Z])")  # of one subject: "Ida Voss and Karel Vrba"
_DEEP = frozenset(
    """because that which who whom whose if when while although though since unless where why how
    whether as said says and but""".split()
)


def denials(
    a: tuple[str, Text, list[model.Timex]], b: tuple[str, Text, list[model.Timex]], turned: bool
) -> list[model.Comparison]:
    """What ``a`` denies in the main clause of a sentence and ``b`` states flatly."""
    out = []
    text, other = a[1], b[1]
    stated = stated_in(other)
    for cue in _NOT.finditer(text.plain):
        start, end = text.sentence_at(cue.start())
        before = text.plain[start : cue.start()].lower()
        led = re.findall(r"\w[\w'-]*", before)
        deep = _DEEP & set(_PAIRED.sub(" ", text.plain[start : cue.start()]).lower().split())
        if len(led) > 14 or deep or text.plain[start] in "\"'" or _named(text, cue.start()):
            continue
        scope = _scope(text, cue.end(), end)
        denied = [w for w in scope if is_content(w[0])]
        subject = {stem(word) for word in led}
        denied = [w for w in denied if stem(w[0]) not in subject] or denied
        if not denied:
            continue
        hits = [(w, at) for w in denied if (at := _match(stem(w[0]), stated)) is not None]
        share = len(hits) / len(denied)
        if share < DENIED or (turned and (share < 0.4)):
            continue
        flat = [at for _, at in hits if not _doubtful(other, at)]
        if 2 * len(flat) < len(hits) or not flat:
            continue
        near = Count(cue.start(), max(w[2] for w in denied), 0.0, "", frozenset())
        far = Count(*_together(other, flat), 0.0, "", frozenset())
        if _other_day(_dated(text, near, a[2]), _dated(other, far, b[2])):
            continue
        x, y = (far, near) if turned else (near, far)
        one, two = (b, a) if turned else (a, b)
        out.append(
            comparison(one, two, x, y, "negation", "conflict", round(0.5 + 0.35 * share, 3),
                  f'One text says "{text.raw[cue.start() : near.end]}", the other states it.')
        )  # fmt: skip
    return out[:2]


def _dated(text: Text, told: Count, dates: list[model.Timex]) -> tuple[str, str] | None:
    """The first and last day that the sentence of a statement names, where it names one date."""
    start, end = text.sentence_at(told.start)
    days = [(d.from_, d.to) for d in dates if start <= d.start < end and d.from_ and d.to]
    return days[0] if len(days) == 1 else None


def _other_day(one: tuple[str, str] | None, two: tuple[str, str] | None) -> bool:
    """Whether what is denied for one day is stated for another."""
    return bool(one and two and (one[1] < two[0] or two[1] < one[0]))


def _named(text: Text, at: int) -> bool:
    """Whether a word of denial is part of a name: the capital in "Master of None"."""
    return text.plain[at].isupper() and text.sentence_at(at)[0] != at


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


def stated_in(text: Text) -> dict[str, tuple[int, int]]:
    """The stems of what a text states, each with its place; what it denies is left out."""
    denied: list[tuple[int, int]] = []
    for cue in _NOT.finditer(text.plain):
        if _named(text, cue.start()):
            continue
        _, end = text.sentence_at(cue.start())
        scope = _scope(text, cue.end(), end)
        denied.append((cue.start(), max((w[2] for w in scope), default=cue.end())))
    found: dict[str, tuple[int, int]] = {}
    for s, e in text.words:
        word = text.plain[s:e].lower()
        if is_content(word) and not any(x <= s < y for x, y in denied):
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
