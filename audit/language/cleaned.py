"""A text without its punctuation, and its sentences, as textstat takes and counts them."""

from __future__ import annotations

import re

_QUOTE_MARK = re.compile(r"'(?![tsd]|ve|ll|re)")  # textstat: an apostrophe of no contraction


class _Punctuation(dict[int, "int | None"]):
    """For str.translate: drops what is no letter, digit, blank, apostrophe or stop."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        kept = char.isalnum() or char.isspace() or char in "_'."
        self[code] = ord(".") if char in "!?" else code if kept else None
        return self[code]


_PUNCTUATION = _Punctuation()
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"  # the commonest of what is dropped
_DROPPED = re.compile(r"[^\w\s.'!?]+")  # what _PUNCTUATION drops


def cleaned(raw: str) -> str:
    """The text without punctuation, as textstat drops it, but with stops, all made full stops."""
    if "'" in raw:
        raw = _QUOTE_MARK.sub("", raw)
    if not raw.isascii():
        for mark in _TYPOGRAPHIC:
            if mark in raw:
                raw = raw.replace(mark, "")
    # str.translate is fast on ASCII only
    if raw.isascii():
        return raw.translate(_PUNCTUATION)
    return _DROPPED.sub("", raw).replace("!", ".").replace("?", ".")


def sentence_count(raw: str, cleaned: str) -> int:
    """textstat's count: stretches between stops that hold three words or more, at least one."""
    if not raw:
        return 0
    return max(1, sum(len(part.split(None, 3)) > 2 for part in cleaned.split(".")))
