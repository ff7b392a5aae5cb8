"""What reading leaves in a text: characters that were lost, mangled or control something.

Each function takes one article and gives findings with exact spans; at most ``MOST`` a
document and kind, the first of which says how many there are in all.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from audit.article import Article
from audit.model import Finding
from audit.rules import Rules

MOST = 20
_LOST = re.compile("\ufffd+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202d\u202e]+")
_CONTROLS = [chr(point) for point in range(0x202F) if _CONTROL.match(chr(point))]
# UTF-8 read as windows-1252: what its lead bytes and continuation bytes turn into.
_NEXT = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MANGLED = re.compile(
    "(?:"
    rf"â(?:€|\x80){_NEXT}"  # quotation marks, dashes, the ellipsis
    "|â(?:€|\x80)(?=[\\s\ufffd?\"',.;:]|$)"  # a closing quotation mark, its last byte lost
    rf"|â(?:‚¬|„¢|ˆ’)"  # the euro, trade mark and minus signs
    "|Ã[\u0080-\u009f\u00a1-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # é, ü, ñ ...
    "|(?<![A-ZÀ-Þ])Ã\xa0"  # à, but not AMANHÃ before a no-break space
    "|Â[\xa0£©®°·»«´½¼¾²³¡¿§¥¢ª¹º]"  # signs and no-break spaces
    "|(?<![ÂÃâ€\x80-\x9f])[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]"  # windows-1252 as Latin-1
    "|ï»¿"  # a byte-order mark
    rf"|(?:[ÐÑ]{_NEXT}){{3,}}"  # Cyrillic
    "|‚Ä[ôúùìîòò¢¶]"  # quotation marks, by way of Mac Roman
    ")+"
)

# What every such run begins with: most texts hold none of them.
_LEADS = "âÃÂïÐÑ‚" + "".join(map(chr, range(0x80, 0xA0)))


def lost(article: Article, rules: Rules) -> list[Finding]:
    """Runs of U+FFFD: bytes that could not be decoded, here or before the text came here."""
    if "\ufffd" not in article.text.raw:
        return []
    return _found(article, _LOST, "replaced-bytes", 2, _lost)


def mangled(article: Article, rules: Rules) -> list[Finding]:
    """Runs of characters that are UTF-8 read in another encoding (``â€™`` for ``’``)."""
    raw = article.text.raw
    if raw.isascii() or not any(lead in raw for lead in _LEADS):
        return []
    found = _found(article, _MANGLED, "mojibake", 2, _mangled)
    # A reader sees past a stray Â before a sign; other runs hide a letter or a quotation mark.
    return [msgspec.structs.replace(f, severity=1) if f.quote[0] == "Â" else f for f in found]


def controls(article: Article, rules: Rules) -> list[Finding]:
    """Runs of control characters, and of those that turn the direction of writing."""
    raw = article.text.raw
    if not any(control in raw for control in _CONTROLS):
        return []
    return _found(article, _CONTROL, "control-characters", 1, _controls)


def _found(
    article: Article,
    pattern: re.Pattern[str],
    rule: str,
    severity: int,
    says: Callable[[str], str],
) -> list[Finding]:
    text = article.text.raw
    spans = [match.span() for match in pattern.finditer(text)]
    findings = []
    for number, (start, end) in enumerate(spans[:MOST]):
        message = says(text[start:end])
        if number == 0 and len(spans) > MOST:
            message += f" There are {len(spans)} such places; the first {MOST} are shown."
        findings.append(
            Finding(
                rule=rule,
                family="encoding",
                group="reading",
                severity=severity,
                start=start,
                end=end,
                quote=text[start:end],
                message=message,
                confidence=0.99 if rule != "mojibake" else 0.95,
            )
        )
    return findings


def _lost(quote: str) -> str:
    many = f"{len(quote)} characters were" if len(quote) > 1 else "A character was"
    return f"{many} lost: the bytes are not what the file's encoding says."


def _mangled(quote: str) -> str:
    if len(quote) == 1:
        meant = quote.encode("latin-1").decode("cp1252")
        return f"A mangled character: probably “{meant}”, windows-1252 read in another encoding."
    try:
        meant = "".join(map(_byte, quote)).encode("latin-1").decode("utf-8")
    except (UnicodeError, ValueError):
        meant = ""
    meant = meant if meant.isprintable() else ""
    was = f"probably “{meant}”, " if meant.strip() else ""
    return f"A mangled character: {was}UTF-8 that was read in another encoding."


def _byte(character: str) -> str:
    """The byte, as a Latin-1 character, that windows-1252 shows as a character."""
    if ord(character) < 256:
        return character
    return character.encode("cp1252").decode("latin-1")


def _controls(quote: str) -> str:
    names = ", ".join(f"U+{ord(c):04X}" for c in sorted(set(quote))[:4])
    return f"A character that cannot be seen stands in the text ({names})."
