"""From bytes to characters: byte-order mark, what is declared, strict UTF-8, then detection.

Every answer says how it was reached and how sure it is. The same bytes give the same answer
always. Characters that cannot be decoded become U+FFFD, which a check reports; line ends are
made ``\\n`` and a byte-order mark is dropped, and nothing else changes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# The WHATWG encoding standard: what pages that declare these mean.
_MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
}
_NAMES = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251"}
_SIGNS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_CONTROL = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])
_SAMPLE = 1 << 16
# What high bytes stand for in Western European news saved as windows-1252: letters with
# accents, quotation marks, dashes, currency signs.
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôõöøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ‘’‚“”„–—…•«»‹›€£¥¢°§©®™¿¡·ºª½¼¾²³´\xa0\xad".encode(
        "cp1252"
    )
)
# What windows-1252 would show at the end of a word of another encoding: ³ ² ¹ ¿ ¼ ¾ ´ after two
# letters, or quotation marks and signs inside a word.
_UNLIKELY = re.compile(
    rb"(?<=[a-z]{2})[\xb2\xb3\xb9\xbf\xbc\xbe\xb4]|(?<=[a-z])[\x8c\x9c\xa1-\xb3\xb8-\xbf](?=[a-z])"
)
# Encodings that news is kept in; without this the detector picks rare relatives of them.
_COMMON = (
    "cp1252 cp1250 iso8859_2 cp1251 koi8_r iso8859_5 cp1253 iso8859_7 cp1254 cp1255 cp1256 cp1257"
    " cp1258 cp874 cp949 cp932 euc_jp euc_kr gb18030 big5 iso2022_jp mac_roman"
).split()
# What Python knows and no page means: a tag that was read as ASCII is in no UTF-16 page.
_UNUSABLE = frozenset(
    "utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 idna punycode undefined"
    " unicode-escape raw-unicode-escape unicode_escape raw_unicode_escape mbcs oem".split()
)
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Decoded:
    """A text, and how its bytes were read: ``origin`` is a phrase, ``confidence`` 0..1."""

    text: str
    origin: str
    confidence: float


def decode(content: bytes, *, declares: bool = False) -> Decoded:
    """The text of bytes; ``declares`` for HTML and XML, which name their encoding inside."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            body = content[len(mark) :]
            return Decoded(_ends(body.decode(name, "replace")), f"{name}, byte-order mark", 1.0)
    declared = _declared(content) if declares else None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if declared and (text is None or content.isascii()):
        try:
            named = _NAMES.get(declared, declared)
            return Decoded(_ends(content.decode(declared)), f"{named}, declared", 0.95)
        except (UnicodeError, LookupError):
            pass
    if text is not None and not _wide(content):
        return Decoded(_ends(text), "utf-8", 1.0)
    name, confidence = _detected(content)
    return Decoded(
        _ends(content.decode(name, "replace")), f"{_NAMES.get(name, name)}, detected", confidence
    )


def whole(text: str) -> str:
    """The text with surrogates joined where they form a pair, and replaced where they do not."""
    if text.isascii() or not _LONE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def binary(content: bytes) -> str | None:
    """What bytes are where they are no text, else None."""
    for sign, name in _SIGNS:
        if content.startswith(sign):
            return name
    if any(content.startswith(mark) for mark, _ in _MARKS) or _wide(content):
        return None
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > 0.3 * len(sample) or (controls > 8 and controls > 0.05 * len(sample)):
        return "binary data"
    return None


def _ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _declared(content: bytes) -> str | None:
    """The codec a page names in its first 4,096 bytes, if Python knows it."""
    match = _DECLARED.search(content[:4096])
    if not match:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    name = _MEANT.get(name, name)
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    if not codec._is_text_encoding or codec.name in _UNUSABLE:
        return None
    return name


def _wide(content: bytes) -> str | None:
    """utf-16-le or utf-16-be where every other byte is mostly NUL, though no mark says so."""
    sample = content[:4096]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > 0.7 * half and sample[1 - start :: 2].count(0) < 0.05 * half:
            return name
    return None


def _detected(content: bytes) -> tuple[str, float]:
    """The most likely codec of bytes that are not valid UTF-8, and how likely it is."""
    wide = _wide(content)
    if wide:
        return wide, 0.9
    broken = content.decode("utf-8", "replace").count("\ufffd")
    high = sum(byte > 127 for byte in content[:_SAMPLE])
    # UTF-8 with some bytes lost: many characters of several bytes decode, few fail.
    if content.decode("utf-8", "ignore").isascii() is False and broken * 5 < max(high, 1):
        return "utf-8", 0.7
    sample = _around(content)
    odd = [byte for byte in sample if byte > 127]
    # Of eight or more, one may be a damaged byte; more that do not fit are another encoding.
    strange = sum(byte not in _WESTERN for byte in odd) + len(_UNLIKELY.findall(sample))
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if strange <= max(0.03 * len(odd), len(odd) >= 8) and len(odd) < 0.3 * max(letters, 1):
        return "cp1252", 0.8
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_COMMON).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return "cp1252", 0.3
    return best.encoding, 0.6


def _around(content: bytes) -> bytes:
    """A sample of bounded length that holds high bytes: from the first one on."""
    if len(content) <= _SAMPLE:
        return content
    first = next((n for n, byte in enumerate(content) if byte > 127), 0)
    return content[max(0, first - 1024) : first + _SAMPLE]
