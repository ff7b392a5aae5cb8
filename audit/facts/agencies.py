"""News agencies by name: what is ascribed to one, or comes from one, is one witness."""

from __future__ import annotations

import re

from audit.tokens import Text

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
_AGENCY = re.compile(rf"\b{_NAMES}\b")
# "LORN (Reuters) - ", "By the Associated Press": a dateline or a credit, not a mention.
_CREDIT = re.compile(rf"\({_NAMES}\) ?(?:--?|:)|^(?:[Bb]y )?(?:[Tt]he )?{_NAMES}$", re.MULTILINE)


def agency_in(words: str) -> str | None:
    """The agency that words name, by its usual name."""
    found = _AGENCY.search(words)
    return _SAME.get(found.group(1), found.group(1)) if found else None


def agency_of(text: Text) -> str | None:
    """The agency a text is by, as its dateline or a credit at its head says."""
    found = _CREDIT.search(text.plain[:HEAD])
    return agency_in(found.group()) if found else None
