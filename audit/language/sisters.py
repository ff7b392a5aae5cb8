"""Languages that are alike: which they are, and the spellings that part them.

A byte model confuses them on short texts, and a sentence in a sister of a document's language
is no foreign passage.
"""

from __future__ import annotations

import re
from functools import cache

# Languages whose short texts are alike: a second opinion is asked for, and a sentence in a
# sister of the document's language is no foreign passage.
_SISTERS = [
    *({"hr", "bs", "sr"}, {"no", "nn", "da"}, {"id", "ms"}, {"xh", "zu"}, {"cs", "sk"}),
    *({"pt", "gl"}, {"es", "gl", "ca"}, {"bg", "mk"}, {"hi", "ne", "mr"}, {"ru", "be", "uk"}),
    *({"fa", "ps"}, {"az", "tr"}, {"af", "nl"}, {"sv", "no", "nn"}, {"rw", "rn"}),
]
# Spelling and words that part languages a byte model confuses: what the first writes and the
# second does not, and the other way round.
_CUES = {
    ("sr", "bs"): (  # ekavian against ijekavian
        r"\b(?:vrem|svet|reč|mest|gde\b|ovde\b|pre\b|posle\b|uvek|vest|dec[aeiu]\b|del[ao]|beo|hte|vide"
        r"|lep|dve\b|obe\b|prome|prime|ver[aeiou]|mer[aeiou]|sed|sled|uspe|reš|čove|bezbedn)",
        r"\b\w{0,3}(?:vrijem|svijet|svjet|riječ|mjes|gdje|ovdje|prije\b|poslije|uvijek|vijes|djec|djel"
        r"|dijel|bije|htje|vidje|lijep|dvije|obje|promje|primje|vjer|mjer|sjed|sljed|uspje|rješ|čovje"
        r"|cijel|nasljed|savje|susje|pobje|zahtje|ljet)",
    ),
    ("bs", "hr"): (
        r"\b(?:šta\b|ko\b|uopšte|također|lahko|opšt|hiljad|evrop|saradnj|uslov|historij|sedmic"
        r"|bezbj?edn|nezavisn|tačk|voz(?:om|u|ovi)?\b|fabrik|avgust|(?:janu|febru)ar[au]?\b"
        r"|(?:septemb|oktob|novemb|decemb)(?:ar|ra)\b)",
        r"\b(?:što\b|tko\b|nitko|netko|opć|tisuć|europ|suradnj|uvjet|povijes|tjed|sigurnos|neovisn|točk"
        r"|vlak|tvornic|siječ|veljač|ožuj|travn|svib|lipn|srpn|kolovoz|ruj|listopad|studen|prosin"
        r"|kazališ|zrako|izvješ|glazb|nogomet|tijekom|glede|dojam|priopć|gospodar)",
    ),
    ("xh", "zu"): (
        r"kwi|rh|ii|ee|oo|\b(?:ukuba|kwaye|kunye|umntu|xa\b)",
        r"ukuthi|kanye|umuntu|\b(?:futhi|ngi|lapho|uma\b|izin)|[^t]she",
    ),
}


def cued(text: str, first: str, sure: float, open_to: dict[str, float]) -> tuple[str, float]:
    """The same, after the spellings that part sister languages have been counted.

    Latin-script Bosnian without any Bosnian spelling is called Croatian.
    """
    for one, other in _CUES:
        if first not in (one, other) or (first == "sr" and re.search("[\u0400-\u04ff]", text)):
            continue
        if first == one and open_to.get(other, 0.0) < 0.4 * sure and one != "bs":
            continue
        if first == other and open_to.get(one, 0.0) < 0.4 * sure:
            continue
        here, there = (len(cue.findall(text)) for cue in _cues(one, other))
        sum_ = sum(open_to.get(code, 0.0) for code in family(first))
        if there > here or (here == there and first == "bs" == one):
            first, sure = other, max(sure if first == other else 0.5, sum_)
        elif here > there:
            first, sure = one, max(sure if first == one else 0.5, sum_)
    return first, sure


@cache
def _cues(one: str, other: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    ones, others = _CUES[one, other]
    return re.compile(ones, re.IGNORECASE), re.compile(others, re.IGNORECASE)


@cache
def family(code: str) -> tuple[str, ...]:
    """A code and its sisters."""
    return tuple(sorted({code}.union(*(group for group in _SISTERS if code in group))))


def sisters(a: str, b: str) -> bool:
    """Whether two languages are of one family of look-alikes."""
    return any(a in group and b in group for group in _SISTERS)
