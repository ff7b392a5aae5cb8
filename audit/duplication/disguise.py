"""Words made to look the same and compare as different: what hides a copy from a search.

Folding undoes the disguise before texts are compared; here it is told, with where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from audit.article import Article
from audit.duplication.fold import fold
from audit.model import Finding
from audit.rules import Rules

_HIDDEN = "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u180e"
# Zero-width joiners belong to the writing of these blocks: Arabic to Khmer; and to emoji.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")
_WORD = re.compile(rf"[^\W\d_](?:[{_HIDDEN}\u0300-\u036f]*[^\W\d_])+")
# A soft hyphen alone is how pages are set.
_ANY_HIDDEN = re.compile(f"[{_HIDDEN.replace(chr(0xAD), '')}]")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
# The blocks of the alphabets other than Latin: most texts have no letter of them.
_OTHER = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1d00-\u1dbf\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f"
    "\uab30-\uabbf]"
)
_LEAST = 2  # words of a text: one may be a slip of the keyboard
_SHOWN = 10  # findings a document


def look_alikes(article: Article, rules: Rules) -> Iterator[Finding]:
    """Words that mix letters of alphabets which look alike, as Latin with Cyrillic letters."""
    if article.text.raw.isascii() or not _OTHER.search(article.text.raw):
        return
    found: list[tuple[re.Match[str], list[str]]] = []
    for match in _WORD.finditer(article.text.raw):
        word = match.group()
        if word.isascii():
            continue
        alphabets = {_alphabet(c) for c in word} - {""}
        if len(alphabets) > 1 and all(fold(c).isascii() for c in word):
            found.append((match, sorted(alphabets)))
    if len(found) < _LEAST:
        return
    for match, names in found[:_SHOWN]:
        yield _finding(
            "look-alike-letters",
            match,
            f"The word mixes {' and '.join(a.title() for a in names)} letters that look the"
            f" same; {len(found)} words of this text do.",
        )


def hidden_characters(article: Article, rules: Rules) -> Iterator[Finding]:
    """Words with characters inside them that take no room."""
    if not _ANY_HIDDEN.search(article.text.raw):
        return
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(article.text.raw):
        word = match.group()
        if _ANY_HIDDEN.search(word) and not _JOINING.search(word):
            found.append(match)
    if len(found) < _LEAST:
        return
    for match in found[:_SHOWN]:
        yield _finding(
            "hidden-in-words",
            match,
            f"The word has a character inside it that cannot be seen; {len(found)} words of this"
            " text do.",
        )


def disguised(text: str) -> bool:
    """Whether words of a text mix letters that look alike, or hide characters."""
    if text.isascii():
        return False
    hidden = mixed = 0
    if _ANY_HIDDEN.search(text) or _OTHER.search(text):
        for match in _WORD.finditer(text):
            word = match.group()
            if word.isascii():
                continue
            hidden += bool(_ANY_HIDDEN.search(word) and not _JOINING.search(word))
            mixed += _mixed(word)
            if max(hidden, mixed) >= _LEAST:
                return True
    return False


def _mixed(word: str) -> bool:
    alphabets = {_alphabet(c) for c in word} - {""}
    return len(alphabets) > 1 and all(fold(c).isascii() for c in word)


def _alphabet(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((a for a in _ALPHABETS if name.startswith(a)), "")


def _finding(rule: str, match: re.Match[str], message: str) -> Finding:
    return Finding(
        rule=rule,
        family="disguise",
        group="duplication",
        severity=3,
        start=match.start(),
        end=match.end(),
        quote=match.group(),
        message=message,
        confidence=0.95,
    )
