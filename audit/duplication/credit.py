"""Where a text says that it was taken from an agency or another outlet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np
import re2

from audit import model
from audit.tokens import Text

HEAD, TAIL = 600, 500  # characters in which a credit line may stand

# News agencies by the name or initials they sign with.
_AGENCY = (
    r"Reuters|REUTERS|Thomson Reuters|Associated Press|AP|AFP|Agence France[- ]Presse|dpa|DPA|"
    r"Deutsche Presse-Agentur|UPI|United Press International|Xinhua|TASS|ITAR-TASS|RIA Novosti|"
    r"Sputnik|Interfax|Anadolu Agency|AA|ANSA|EFE|Kyodo|Kyodo News|Yonhap|PTI|Press Trust of India|"
    r"IANS|ANI|Bloomberg|Press Association|PA Media|AAP|Canadian Press|The Canadian Press|IRNA|"
    r"Tasnim|Fars News|WAM|SPA|Antara|Bernama|APA|ATS|Belga|ANP|NTB|TT|Ritzau|PAP|CTK|MTI|Lusa|"
    r"Tanjug|HINA|Ukrinform|BelTA|Kazinform|ANTARA|VNA|NAN|MENA|SANA|KUNA|QNA|Petra|TAP|APS|MAP|"
    r"Interpress|Inter Press Service|IPS|City News Service|States News Service|ProPublica|KHN"
)
_HEAD = re.compile(
    rf"\((?:The )?(?P<a>{_AGENCY})\)[ \t]*[-:,]|"
    rf"^[^\n]{{0,60}}\bBy (?:The )?(?P<b>{_AGENCY})\b[^\n]{{0,20}}$|"
    rf"^[^\n]{{0,40}}[,|/-] ?(?:The )?(?P<c>{_AGENCY})[ \t]*$|"
    rf"^(?:The )?(?P<d>{_AGENCY})[ \t]*$",
    re.MULTILINE,
)
_TAIL = re.compile(
    rf"(?:Copyright|\(c\)|\u00a9)[^\n]{{0,20}}?(?P<a>{_AGENCY})\b|"
    rf"\((?:The |[A-Z]{{1,4}}/)?(?P<b>{_AGENCY})\)[. \t]*$|"
    rf"(?:^|[.!?\"'] )(?:The )?(?P<c>{_AGENCY})[. \t]*$",
    re.MULTILINE,
)
_TAKING = (
    "originally", "previously", "first ", "republish", "re-publish", "reprint", "re-print",
    "repost", "re-post", "source", "via",
)  # fmt: skip
# A cheap look first: most texts name no agency and no taking where it counts.
_NAMED = re2.compile(rf"\b(?:{_AGENCY})\b")
_TOLD = re2.compile(rf"\b(?:{_AGENCY})\b|(?i:{'|'.join(_TAKING)})")
_PART = r"[A-Z0-9][\w&'-]*(?:\.\w[\w&'-]*)*"
_NAME = rf"{_PART}(?: (?:of |the |and )?{_PART}){{0,5}}"
_VERBS = r"published|appeared|posted|printed|ran|reported"
_TAKEN = re.compile(
    rf"(?i:(?:originally|first|previously) (?:{_VERBS})|re-?(?:published|printed|posted))"
    r"(?i: with permission)? (?i:in|on|at|by|from) (?i:the )?"
    rf"(?P<a>{_NAME})|"
    r"(?m:^(?:Source|Via|Originally from)[ \t]*: ?(?P<b>[A-Z0-9][^\n.]{1,60}))"
)


@cache
def _looked_for() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What ``_TOLD`` finds begins so: for ``endings.named``."""
    from audit.duplication import endings

    names, pairs = np.zeros(1024, np.uint64), np.zeros(1 << 16, np.uint8)
    every = _AGENCY.split("|")
    held = [n for n in every if any(f" {o} " in f" {n} " for o in every if o != n)]
    first = [word.group() for n in every if n not in held and (word := re.match(r"\w+", n))]
    for value, _ in endings.numbers(tuple(dict.fromkeys(first))).tolist():
        at = value * 0x9E3779B97F4A7C15 % (1 << 64) >> 54
        while names[at]:
            at = (at + 1) % 1024
        names[at] = value
        pairs[value & 0xFFFF] |= endings.NAME
    for one, two in (tuple(word[:2]) for word in _TAKING):
        for pair in (one + two, one.upper() + two, one + two.upper(), (one + two).upper()):
            pairs[ord(pair[0]) | ord(pair[1]) << 8] |= endings.LOW
    pairs[endings.LONG_S] |= endings.LOW
    return names, endings.lowered(_TAKING), pairs


def may_be(source: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Which texts, as UTF-8, may have a credit line: all that have one, and a few more."""
    from audit.duplication import endings

    found = np.empty(len(offsets) - 1, np.bool_)
    endings.named(source, offsets, HEAD, TAIL, *_looked_for(), found)
    return found


def credits(text: Text) -> list[tuple[model.TextSpan, str]]:
    """The credit lines of a text: where each stands and whom it names, in order."""
    found: list[tuple[model.TextSpan, str]] = []
    if not _TOLD.search(_ends(text.raw)):
        return found
    tail = max(0, len(text.raw) - TAIL)
    head = min(HEAD, len(text.raw))
    plain = text.plain
    spans = [(_HEAD, 0, head)] if _names(plain, 0, head) else []
    spans += [(_TAIL, tail, len(plain))] if _names(plain, tail, len(plain)) else []
    for start, end in ((0, head), (max(tail, head), len(plain))):
        lowered = plain[start:end].lower()
        if any(word in lowered for word in _TAKING):
            spans.append((_TAKEN, start, end))
    for pattern, start, end in spans:
        for match in pattern.finditer(plain, start, end):
            name = match.lastgroup or "a"
            at, to = match.span(name)
            span = model.TextSpan(match.start(), match.end(), text.raw[slice(*match.span())])
            found.append((span, text.raw[at:to].strip()))
    unique = {(span.start, span.end): (span, name) for span, name in found}
    return [unique[key] for key in sorted(unique)]


def credited(texts: Sequence[str]) -> list[bool]:
    """Whether each of some texts has a credit line; one that names nobody is passed by."""
    told = [False] * len(texts)
    ends = [_ends(text) for text in texts]
    after = list(accumulate(len(end) + 1 for end in ends))
    joined = b"\n".join(ends)
    at = 0
    while match := _TOLD.search(joined, at):
        n = bisect_right(after, match.start())
        told[n] = bool(credits(Text(texts[n])))
        at = after[n]
    return told


def _ends(raw: str) -> bytes:
    """Where a credit line may stand in a text."""
    ends = raw if len(raw) <= HEAD + TAIL else f"{raw[:HEAD]}\n{raw[-TAIL:]}"
    return ends.encode("utf-8", "replace")


def _names(plain: str, start: int, end: int) -> bool:
    return _NAMED.search(plain[start:end].encode("utf-8", "replace")) is not None
