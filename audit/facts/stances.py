"""What a text says of a named person, body or thing that a report of the same news may reverse.

Conceded against not conceded, convicted against acquitted of one charge, resigned against
dismissed, dead against survived, approved against rejected. A clause is read by its pattern
(stance_words.py) with its name, its day and what it is about; two such clauses meet where they are
of one name, one matter and near days. What holds first and turns later is no conflict: nobody has
conceded until somebody does. The file is long because masking, reading and weeding a clause go over
the same places in its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from audit import model
from audit.facts.names import Name, within
from audit.facts.previous import PERSONAL, Previous
from audit.facts.stance_words import (
    AGAIN,
    CUES,
    ELSEWHERE,
    HELD_BACK,
    KINDS,
    NAME,
    PARTLY,
    PROSECUTION,
    REST,
    Kind,
)
from audit.facts.statement import Statement
from audit.facts.stems import is_content, stem
from audit.tokens import Text

EVENT = "stance"
_LONG = 600  # characters of a sentence that is read
ALL = "all"  # of all charges
_CUT = re.compile(
    r",|\s(?:on|in|after|by|for|at|over|but|while|who|which|before|following|against|as|with|from"
    r"|when|because|relating|related|and (?:was|were|will|would|sentenced|jailed|fined|led|ordered"
    r"|faces|has|is|then|he|she|they|said|told))\b"
)
_COMMON = frozenset(  # what headlines make a name of
    """council board parliament senate court judges judge shareholders voters regulators lawmakers
    members schools police prosecutors""".split()
)
_BETWEEN = re.compile(r"\s(?:of|between)\b")
_PART = re.compile(r"\b(?:of|in|at|from|near|for|with|to|by|on|and|or)(?: the)? $")
_COUNTS = re.compile(
    r"^(?:of )?(?:(?:all|both|any|the|a|an|\w+|\d+) )?(?:counts?|charges?)(?: of)? ?|^the |^an? "
)
_DEED = {"sacked": "dismissed", "fired": "dismissed", "detained": "arrested"}
_DEALS = frozenset(map(stem, "offer bid merger deal takeover proposal plan plans sale".split()))
_PERIOD = re.compile(
    r"\b(first|second|third|fourth|half|full|quarter|quarterly|annual|year|month|monthly|january"
    r"|february|march|april|june|july|august|september|october|november|december)\b", re.IGNORECASE
)  # fmt: skip


def stances(
    text: Text,
    found: list[Name],
    dates: list[model.Timex],
    attributions: list[model.Attribution],
) -> list[Statement]:
    """The stances of an English text, each once; ``found`` are its names."""
    cues = text.where(_cue) if found else []
    starts = [start for start, _ in text.sentences]
    opened: dict[int, set[tuple[str, int]]] = {}
    for at in cues:
        nth = bisect_right(starts, text.words[at][0]) - 1
        opened.setdefault(nth, set()).update(CUES[text.lower[at]])
    previous = Previous(text, found, None)
    out: dict[tuple[str, str, str, str], Statement] = {}
    for nth in sorted(opened.keys() - {-1}):
        start, end = text.sentences[nth]
        if end - start > _LONG:
            continue
        names = [n for n in within(found, start, end) if n.kind != "code"]
        first = text.plain[start:end].split(" ", 1)[0].lower()
        if first in PERSONAL:
            names = [*_stands(previous, text, start, first), *names]
        if not names:
            continue
        masked = _mask(text.plain[start:end], start, names)
        read = list(_read(text, masked, opened[nth], (start, end), names, dates, attributions))
        if read and ELSEWHERE.search(text.plain, start, end):
            continue
        for one in read:
            out.setdefault((one.head or "", one.lemma, min(one.theme), _of(one)), one)
    return _plain(list(out.values()))


def _cue(word: str) -> bool:
    return word.lower() in CUES


def _stands(previous: Previous, text: Text, start: int, pronoun: str) -> list[Name]:
    """Whom "he" or "she" at the head of a sentence stands for: who opens the sentence before."""
    _, it = previous.of(start, pronoun)
    if it is None or not it.names:
        return []
    one = it.names[0]
    if one.start - text.sentence_at(one.start)[0] > 40:
        return []
    return [Name(start, start + len(pronoun), one.text, one.name, one.kind)]


def _mask(sentence: str, start: int, names: list[Name]) -> str:
    """A sentence with its names masked, and the rest in lower case; as long as it was."""
    parts, done = [], 0
    low = sentence.lower() if len(sentence.lower()) == len(sentence) else sentence
    for name in names:
        a, b = name.start - start, min(name.end - start, len(sentence))
        if a >= done and b > a and low[a:b] not in _COMMON:
            parts += [low[done:a], NAME, REST * (b - a - 1)]
            done = b
    return "".join([*parts, low[done:]])


def _read(
    text: Text,
    masked: str,
    opened: set[tuple[str, int]],
    span: tuple[int, int],
    names: list[Name],
    dates: list[model.Timex],
    attributions: list[model.Attribution],
) -> Iterator[Statement]:
    at = {name.start - span[0]: name for name in names}
    for kind in KINDS:
        for side, patterns in enumerate(kind.patterns):
            if (kind.name, side) not in opened:
                continue
            for match in (m for p in patterns for m in p.finditer(masked)):
                if HELD_BACK.search(masked[max(0, match.start() - 80) : match.start()]):
                    continue
                who = _who(kind, match, at, names, masked)
                if not who:
                    continue
                yield from _told(text, kind, side, match, who, span, dates, attributions)
                if kind.name == "outcome":
                    for turn, pattern in enumerate(AGAIN):
                        again = pattern.search(masked, match.end("who"))
                        if again is not None:
                            yield from _told(
                                text, kind, turn, again, who, span, dates, attributions
                            )


def _who(
    kind: Kind, match: re.Match[str], at: dict[int, Name], names: list[Name], masked: str
) -> list[Name]:
    """Whom a stance is of: the name of its pattern, or all names of its sentence."""
    if "who" in match.re.groupindex:
        name = at.get(match.start("who"))
        if kind.name != "closing" and _PART.search(
            masked, max(0, match.start("who") - 12), match.start("who")
        ):
            return []  # "the mayor of Welby resigned"
        if name is None or masked.startswith("'s", match.end("who")) != kind.name.startswith("res"):
            return []
        return [name] if not kind.people or (name.kind == "name" and " " in name.name) else []
    if kind.name == "appeal" and PROSECUTION.search(masked):
        return []
    return [n for n in names if n.kind == "name" and (not kind.people or " " in n.name)]


def _told(
    text: Text,
    kind: Kind,
    side: int,
    match: re.Match[str],
    who: list[Name],
    span: tuple[int, int],
    dates: list[model.Timex],
    attributions: list[model.Attribution],
) -> Iterator[Statement]:
    start, end = span[0] + match.start(), span[0] + match.end()
    groups = match.groupdict()
    # Where the clause of what it is about is cut, the quote ends.
    of = text.plain[slice(*(span[0] + i for i in match.span("of")))] if groups.get("of") else ""
    cut = _CUT.search(of)
    if kind.name == "approval":
        cut = min(
            (m for m in (cut, _BETWEEN.search(of)) if m), key=lambda m: m.start(), default=None
        )
    if of and cut and kind.name in ("outcome", "approval", "result"):
        of = of[: cut.start()]
    if of:
        end = span[0] + match.start("of") + len(of)
    when = _when(text, dates, start, end, span)
    index = next(
        (i for i, a in enumerate(attributions) for s in a.content if s.start <= start < s.end), None
    )
    first = who[0]
    role = model.Role(first.start, first.end, text.raw[first.start : first.end], first.name)
    for matter in _matters(kind, of, groups, text.plain[slice(*span)]):
        claim = model.Claim(
            start,
            end,
            EVENT,
            model.Roles(theme=role),
            qualifier=matter,
            date=when,
            attribution=index,
        )
        yield Statement(
            claim,
            kind.sides[side],
            (start, end),
            span,
            theme=frozenset(n.name for n in who),
            head=kind.name,
            finite=True,
        )


def _when(
    text: Text, dates: list[model.Timex], start: int, end: int, span: tuple[int, int]
) -> model.Timex | None:
    """The day of a clause: the nearest date of its sentence, behind it rather than before it."""
    low = bisect_left([d.start for d in dates], span[0])
    near = [
        d
        for d in dates[low : low + 6]
        if d.start < span[1]
        and d.type in ("DATE", "TIME")
        and d.from_
        and not text.plain.startswith(
            "'s", d.end
        )  # "Sunday's vote" is another day than the verdict
    ]
    return min(near, key=lambda d: max(0, d.start - end, 2 * (start - d.end)), default=None)


def _matters(kind: Kind, of: str, groups: dict[str, str | None], sentence: str) -> list[str | None]:
    """What a stance is about, in words that another text's must meet; one for each charge."""
    low = of.lower().strip()
    if kind.name == "outcome":
        if not low:
            return [None]
        if re.match(r"(?:all|any|every)\b", low):
            return [ALL]
        parts = [_COUNTS.sub("", part).strip() for part in re.split(r" and |, | or ", low)]
        return [part for part in parts if part] or [None]
    if kind.name == "result":
        if PARTLY.search(sentence.lower()):
            return []
        period = " ".join(sorted({p.lower() for p in _PERIOD.findall(sentence)}))
        return [f"{(groups.get('body') or '').rstrip('s')}|{period}|{'|'.join(_percents(low))}"]
    if kind.name in ("closing",):
        return [(groups.get("body") or "").rstrip("s")]
    if kind.name == "approval":
        words = [stem(w) for w in re.findall(r"[a-z][\w-]+", low) if is_content(w)]
        deal = [w for w in words[:4] if w in _DEALS]
        heads = sorted({"deal"} if deal else set(words[:3]))
        return [f"{(groups.get('body') or '').rstrip('s')} {' '.join(heads)}"] if heads else []
    if kind.name == "done":
        return [_DEED.get(groups.get("body") or "", groups.get("body"))]
    if kind.name in ("admission", "intent"):
        told = re.findall(r"[a-z][\w-]+", re.split(r",|\bbut\b", low)[0])
        words = sorted({stem(w) for w in told if is_content(w)})
        turned = bool(re.search(r"\b(?:not|no|never|\w+n't)\b", low))
        return [" ".join(words)] if len(words) > 1 and not turned else []
    return [None]


def _percents(words: str) -> list[str]:
    return re.findall(r"\d[\d.,]*(?= ?(?:percent|per cent|%))", words)[:1]


def _of(one: Statement) -> str:
    return one.claim.qualifier or ""


def _plain(made: list[Statement]) -> list[Statement]:
    """Without the stances of which a text has both sides for one name and matter, and without an
    outcome of no charge where the text has one of the other side: it tells of two."""
    sides: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in made:
        for name in one.theme:
            sides.setdefault((one.head or "", name), set()).add((one.lemma, _of(one)))
    out = []
    for one in made:
        told = sides[one.head or "", min(one.theme)]
        other = {of for lemma, of in told if lemma != one.lemma}
        if one.head == "outcome" and (_of(one) in ("", ALL) or _of(one) in other):
            if other:
                continue
        elif one.head != "outcome" and any(_one(one.head, _of(one), of) for of in other):
            continue
        out.append(one)
    return out


def _one(kind: str | None, a: str, b: str) -> bool:
    return alike(a, b) if kind in ("admission", "intent") else a == b


def alike(a: str, b: str) -> bool:
    """Whether what is admitted is what is denied: three words in common, most of the shorter."""
    left, right = set(a.split()), set(b.split())
    shared = left & right
    return len(shared) > 1 and len(shared) >= 0.75 * min(len(left), len(right))
