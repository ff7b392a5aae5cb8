"""Speakers set off by a sign, not a word: before a colon, or after a dash at the end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from audit.facts.cue_weights import Candidate
from audit.facts.cue_words import Entry, Tokens

# "Venn: …" at the head of a line or sentence, and "…" - Orla Venn
_COLON, _DASH = re.compile(r":(?=\s)"), re.compile(r"--?(?=\s?[A-Z@])")
_SPEAKER = re.compile(
    r"(?:(?<=[\n.!?\"'])|(?<=[.!?\"'] )|^)[ \t\"(]{0,3}"
    r"((?:[A-Z][\w.'-]*|of|the|and)(?:\s(?:[A-Z][\w.'-]*|of|the|and)){0,5}\s?)$"
)
_SIGNER = re.compile(r"\s?([A-Z@][\w.'-]{0,40}(?:\s[A-Z@][\w.'-]{0,40}){0,4}\s?)(?=[\n,.(\"]|$)")
_ENDS = frozenset(".!?,\"'")
_QUOTES = frozenset("\"'")
# Headings and labels of pages: no speakers.
_LABELS = frozenset(
    """related watch update updated breaking video videos photo photos more note read see exclusive
    clarification correction file q a contact tel phone email tickets news content image caption
    source sources via credit advertisement warning disclaimer editor's""".split()
)
_SIGN = Entry("sign", ("sign",))


def speakers(toks: Tokens) -> Iterator[Candidate]:
    """Speakers set before a colon or after a dash."""
    plain = toks.plain
    marks = [*_COLON.finditer(plain), *_DASH.finditer(plain)]  # each search for one character
    for sign in sorted(marks, key=re.Match.start):
        at, to = sign.span()
        colon = sign.group() == ":"
        window = max(0, at - 60)
        match = _SPEAKER.search(plain, window, at) if colon else _SIGNER.match(plain, to)
        before = plain[max(0, at - 3) : at].rstrip()[-1:]
        if match is None or not (colon or before in _ENDS):
            continue
        first = bisect_left(toks.spans, (match.start(1), 0))
        last = bisect_left(toks.spans, (match.end(1), 0)) - 1
        if last < first or last >= len(toks.spans):
            continue
        form = "colon" if colon else "dash"
        head = last if colon else max(0, first - 1)
        after = plain[to : to + 3].lstrip()[:1]
        quoted = (after if colon else before) in _QUOTES
        shout = match.group(1).isupper()
        opening = toks.sentence[head] == 0
        label = bool(_LABELS & set(toks.lower[first : last + 1]))
        if colon and (label or not (quoted or opening or shout)):
            continue
        signs = (
            ("sign", form),
            ("sign", f"{form}:words={min(last - first + 1, 4)}"),
            ("sign", f"{form}:quote={quoted}"),
            ("sign", f"{form}:shout={shout}"),
            ("sign", f"{form}:opening={opening}"),
            ("sign", f"{form}:capital={after.isupper()}"),
        )
        yield Candidate(head, head, head, _SIGN, None, signs, mark=(at, to), source=(first, last))
