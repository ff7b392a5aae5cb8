"""News agencies by name: what is ascribed to one, or comes from one, is one witness.

An agency is a source where a text is by it (a dateline, a credit), and for a sentence that names it
as where the words come from: "told Reuters", "AFP reported on Tuesday", "citing TASS".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.tokens import Text

REACH = 70  # characters beside an agency's name in which it is said to tell
HEAD = 300  # characters of a text within which a dateline or a credit names its agency
_SAME = {
    "Associated Press": "AP",
    "Agence France-Presse": "AFP",
    "Agence France Presse": "AFP",
    "Press Trust of India": "PTI",
}
_NAMES = (
    "(Reuters|Associated Press|AP|AFP|Agence France[- ]Presse|TASS|Interfax|Xinhua|dpa|ANSA|EFE"
    "|Kyodo|Bloomberg|UPI|RIA Novosti|Anadolu|IRNA|SANA|PTI|Press Trust of India|Yonhap|PA Media)"
)
_PLAIN = sorted({*_NAMES.strip("()").replace("[- ]", "-").split("|"), *_SAME})
_PAIRED = re.compile(r"\b(?:and|or) (?:the )?$")
_GIVEN = re.compile(r"(?!(?:The|As|And|But|In|When|While)$)[A-Z][a-z]+$")
_AGENCY = re.compile(rf"\b{_NAMES}\b")
# "LORN (Reuters) - ", "By the Associated Press": a dateline or a credit, not a mention.
_CREDIT = re.compile(rf"\({_NAMES}\) ?(?:--?|:)|^(?:[Bb]y )?(?:[Tt]he )?{_NAMES}$", re.MULTILINE)
# "The minister told Reuters", "TASS reported", "citing the AP": where a sentence has it from. A
# product ("the Bloomberg Commodity Index", "AP VoteCast") or one's people are no report.
_NEWS = r"(?: [Nn]ews(?: [Aa]gency)?| [Aa]gency| [Nn]ewswire| [Nn]ews [Ss]ervice)?"
_CHAIN = re.compile(
    rf"\b(?:told|tells|telling|citing|cites|cited by|quoting|quotes|quoted by|according to"
    rf"|reported by|reported to|carried by|(?:interview|interviewed) (?:with|to|by)"
    rf"|statement to|speaking to|spoke to|reports? (?:by|from|in)) (?:the )?"
    rf"(?:(?:[\w-]+ )?(?:news )?(?:agency|agencies|newswire) )?{_NAMES}\b{_NEWS}"
    rf"(?! ?[A-Z&]|'s\b| (?:and|or) )"
    rf"|\b{_NAMES}{_NEWS} (?:has |had |also |first |earlier |later |previously )*"
    rf"(?:report(?:s|ed)|sa(?:ys|id)|quot(?:es|ed)|cit(?:es|ed)|w(?:rites|rote))\b"
)


def agency_in(words: str) -> str | None:
    """The agency that words name, by its usual name."""
    found = _AGENCY.search(words)
    return _SAME.get(found.group(1), found.group(1)) if found else None


def agency_of(text: Text) -> str | None:
    """The agency a text is by, as its dateline or a credit at its head says."""
    head = text.plain[:HEAD]
    if not any(map(head.__contains__, _PLAIN)):  # most name none there
        return None
    found = _CREDIT.search(head)
    return agency_in(found.group()) if found else None


def told_by(text: Text, names: Iterable[str]) -> dict[int, str]:
    """The agency that a sentence has its words from, by the start of the sentence. One that names
    two ("Reuters and the AP reported") has them from neither alone. ``names``: of the text."""
    plain, known = text.plain, "\n".join(names)
    found: dict[int, set[str]] = {}
    for name in [name for name in _PLAIN if name in known]:
        at = plain.find(name)
        while at >= 0:
            end = at + len(name)
            whole = not plain[end : end + 1].isalnum() and not plain[max(0, at - 1) : at].isalnum()
            match = _CHAIN.search(plain, max(0, at - REACH), end + REACH) if whole else None
            if match and match.start() <= at and end <= match.end() and not _person(plain, match):
                start = text.sentence_at(match.start())[0]
                found.setdefault(start, set()).add(_SAME.get(name, name))
            at = plain.find(name, end)
    return {start: min(names) for start, names in found.items() if len(names) == 1}


def _person(plain: str, match: re.Match[str]) -> bool:
    """Whether what reports is somebody of that name ("Ida Bloomberg wrote", "Bloomberg said"), or
    the second of two."""
    if not match.group()[0].isupper():
        return False
    if _PAIRED.search(plain, max(0, match.start() - 20), match.start()):
        return True
    if match.group().startswith("Bloomberg ") and match.group().endswith(("said", "says")):
        return True
    before = plain[max(0, match.start() - 20) : match.start()]
    return before[-1:] == " " and any(_GIVEN.match(word) for word in before.split()[-1:])
