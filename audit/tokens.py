"""Words, sentences and paragraphs: the one tokeniser that every room uses.

``plain(text)`` replaces typographic characters one for one, so that offsets into it are offsets
into the text as kept: the map back is the identity. Words are runs of letters and digits
with inner apostrophes, hyphens, dots and commas (``U.S.``, ``S-400``, ``1,200.5``, ``don't``); what
they are exactly is told in ``audit.words``. Each has a number in a vocabulary that texts share, so
that what is known of a word need not be worked out again. Sentences end where a reader would end
them: not after ``U.S.``, ``Mr.``, initials or in numbers. The file is long because all rooms ask
one record, ``Text``, and what it is made of stands beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from audit.characters import kinds, points

if TYPE_CHECKING:
    from audit.vocabulary import Vocabulary

# One for one, so that no offset moves: quotes, dashes, spaces.
_TYPOGRAPHIC = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "
    ),
    **dict.fromkeys("\u202f\u205f\u3000", " "),
    **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"),
}

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FEW = 40  # other characters: a text with more of them is no text in Latin letters
_ABBREVIATIONS = frozenset(
    """mr mrs ms messrs dr prof rev hon gov sen rep gen lt col maj capt sgt cpl adm cmdr pres supt
    insp det st mt ft no nos vs etc approx dept est jr sr inc ltd corp co bros llc plc jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m e.g
    i.e fig figs vol pp ave blvd rd ed eds cf al ph.d u.s u.k u.n e.u d.c""".split()
)
# Titles that are always followed by a name: never the end of a sentence.
_TITLES = frozenset(
    """mr mrs ms messrs dr prof rev hon gov sen rep gen lt col maj capt sgt cpl adm cmdr pres
    supt insp det st vs e.g i.e""".split()
)
_CJK = "\u3002\uff01\uff1f"
_STOP = re.compile(
    rf"[.!?\u2026{_CJK}](?:(?<=[{_CJK}])[{_CJK}]*|(?<![{_CJK}])[.!?\u2026]*)"
    rf"[\"')\]\u300d\u300f]*(?=\s|$|(?<=[{_CJK}\u300d\u300f]))"
)
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_INNER = re.compile(r"[\"'(\[]")
_SPACE = ord(" ")


_WORDS: list[Vocabulary] = []  # the vocabulary that texts are read with now


def begun(held: list[Vocabulary]) -> Vocabulary:
    """The vocabulary in a list of at most one, begun anew where there is none or it is full.

    A process keeps such a list for each way that it cuts texts.
    """
    from audit.vocabulary import Vocabulary  # compiled: loaded where it is used

    if not held or held[0].full:
        held[:] = [Vocabulary()]
    return held[0]


def _capital(word: str) -> bool:
    return word[0].isupper()


def key(word: str) -> int:
    """The key of a word: see ``Text.keys``."""
    return crc32(word.lower().encode("utf-8", "surrogatepass"))


def plain(text: str) -> str:
    """The text with typographic quotes, dashes and spaces made ASCII, length unchanged."""
    if text.isascii() and "\x0b" not in text and "\x0c" not in text:
        return text
    for typographic, ascii_ in _TYPOGRAPHIC.items():  # 30 times as fast as str.translate
        if typographic in text:
            text = text.replace(typographic, ascii_)
    return text


def in_shape(text: str) -> str | None:
    """The text with an ASCII letter, digit or sign in the place of each of the other characters,
    which is parted faster; None where there are too many of them, or one is a space."""
    others = set(_NOT_ASCII.findall(text))
    if len(others) > _FEW or any(map(str.isspace, others)):
        return None
    for char in others:
        text = text.replace(char, "1" if char.isdecimal() else "x" if char.isalnum() else "~")
    return text


class Text:
    """One text and its tokens, each computed on first use.

    ``raw`` is the text as kept, ``plain`` the same length with plain punctuation. ``words``,
    ``sentences`` and ``paragraphs`` are lists of half-open ``(start, end)`` in characters.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def plain(self) -> str:
        return plain(self.raw)

    @cached_property
    def points(self) -> np.ndarray:
        """The code points of ``plain`` (uint32)."""
        return points(self.plain)

    @cached_property
    def edges(self) -> tuple[np.ndarray, np.ndarray]:
        """The starts and the ends (int64) of the words."""
        from audit.words import words  # compiled: loaded where it is used

        size = len(self.points)
        # Only a number and what it runs into have nothing between them: two in three characters.
        starts, ends = np.empty((2, 2 * size // 3 + 2), np.int64)
        count = words(self.points, kinds(), starts, ends)
        return starts[:count].copy(), ends[:count].copy()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What ``numbers`` count in."""
        return begun(_WORDS)

    @cached_property
    def numbers(self) -> np.ndarray:
        """The number (int32) of each word in ``vocabulary``: equal words have equal numbers."""
        return self.vocabulary.numbers(self.points, *self.edges)

    @cached_property
    def _places(self) -> np.ndarray:
        """``numbers`` as numpy looks them up fastest (intp)."""
        return self.numbers.astype(np.intp)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        return list(zip(self.starts, self.ends, strict=True))

    @cached_property
    def starts(self) -> list[int]:
        """The starts of ``words``."""
        found: list[int] = self.edges[0].tolist()
        return found

    @cached_property
    def ends(self) -> list[int]:
        """The ends of ``words``."""
        found: list[int] = self.edges[1].tolist()
        return found

    @cached_property
    def raw_words(self) -> list[str]:
        """The words as they are written, plain punctuation aside, one for each of ``words``."""
        return self.told(str)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each word, and what stands after the last."""
        plain, (starts, ends) = self.plain, self.edges
        if not len(starts):
            return [plain]
        found = [" "] * (len(starts) + 1)
        before, after = ends[:-1], starts[1:]
        others = ((after - before != 1) | (self.points[before] != _SPACE)).nonzero()[0]
        spans = zip(before[others].tolist(), after[others].tolist(), strict=True)
        for at, (end, start) in zip((others + 1).tolist(), spans, strict=True):
            found[at] = plain[end:start]
        found[0], found[-1] = plain[: self.starts[0]], plain[self.ends[-1] :]
        return found

    @cached_property
    def lower(self) -> list[str]:
        """The words in lower case, one for each of ``words``."""
        return self.told(str.lower)

    def where(self, of: Callable[[str], bool]) -> list[int]:
        """The places in ``words`` of those of which ``of``, the same function each time, is true.

        It is asked once a word of the vocabulary, which is given as it is written.
        """
        places = self._places  # read first: it teaches the vocabulary the words
        found: list[int] = self.vocabulary.column(of, bool)[places].nonzero()[0].tolist()
        return found

    def told(self, of: Callable[[str], str]) -> list[str]:
        """What ``of``, the same function each time, says of each of ``words``."""
        places = self._places  # read first: it teaches the vocabulary the words
        found: list[str] = self.vocabulary.column(of, object)[places].tolist()
        return found

    @cached_property
    def keys(self) -> np.ndarray:
        """A hash (crc32, uint64) of each word in lower case: words of two keys differ."""
        numbers = self.numbers  # read first: it teaches the vocabulary the words
        found: np.ndarray = self.vocabulary.column(key, np.uint64)[numbers]
        return found

    @cached_property
    def capital(self) -> list[bool]:
        """Whether a word begins with a capital, for each of ``words``."""
        places = self._places
        found: list[bool] = self.vocabulary.column(_capital, bool)[places].tolist()
        return found

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Blocks parted by blank lines, or by single line ends where a line stands for itself."""
        return list(_paragraphs(self.plain))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        from audit.stops import stops  # compiled: loaded where it is used

        paragraphs = self.paragraphs
        spans = np.array(paragraphs, np.int64).reshape(-1, 2)
        found, known = stops(self.points, kinds(), _packed(), spans)
        if known:
            return _parted(self.plain, paragraphs, found.tolist())
        return [span for start, end in paragraphs for span in _split(self.plain, start, end)]

    def first_sentences(self, most: int) -> list[tuple[int, int]]:
        """The first sentences of a text, without looking for the others."""
        if "sentences" in self.__dict__:
            return self.sentences[:most]
        plain = self.plain
        spans = (span for edges in _paragraphs(plain) for span in _split(plain, *edges))
        return list(islice(spans, most))

    @cached_property
    def openings(self) -> list[int]:
        """The index in ``words`` of the first word of each sentence, or of the next one's."""
        begun = [start for start, _ in self.sentences]
        found: list[int] = self.edges[0].searchsorted(begun).tolist()
        return found

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds an offset, or the nearest one before it."""
        at = bisect_right(self.sentences, (offset, len(self.raw) + 1)) - 1
        return self.sentences[max(at, 0)] if self.sentences else (0, len(self.raw))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BLANK.finditer(text):
        yield from _lines(text, at, gap.start())
        at = gap.end()
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of a block without blank lines: hard-wrapped lines are joined."""
    spans: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if line.strip():
            left = at + len(line) - len(line.lstrip())
            right = at + len(line.rstrip())
            if spans and _wraps(text, spans[-1], left):
                spans[-1] = (spans[-1][0], right)
            else:
                spans.append((left, right))
        at = stop + 1
    return spans


def _wraps(text: str, before: tuple[int, int], at: int) -> bool:
    """Whether a line goes on from the line before: that one breaks off, this one starts small."""
    return text[before[1] - 1] not in ".!?:\"'" and text[at].islower()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < at:
            continue
        if stop.group()[0] == "." and not _ends(text, at, stop.start(), stop.end(), end):
            continue
        yield at, stop.end()
        at = stop.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        yield at, end


@cache
def _packed() -> np.ndarray:
    """What ``audit.stops`` needs to know of abbreviations."""
    from audit.stops import packed

    return packed(_ABBREVIATIONS | _TITLES)


def _parted(
    text: str, paragraphs: list[tuple[int, int]], stops: list[list[int]]
) -> list[tuple[int, int]]:
    """The same as ``_split`` of each paragraph, from where a sentence may end."""
    spans: list[tuple[int, int]] = []
    every = iter(stops)
    paragraph, dot, after, sure = next(every, (-1, 0, 0, 0))
    for place, (start, end) in enumerate(paragraphs):
        at = start
        while paragraph == place:
            if sure or text[dot] != "." or _ends(text, at, dot, after, end):
                spans.append((at, after))
                at = after
                while at < end and text[at].isspace():
                    at += 1
            paragraph, dot, after, sure = next(every, (-1, 0, 0, 0))
        if at < end:
            spans.append((at, end))
    return spans


def _ends(text: str, start: int, dot: int, after: int, end: int) -> bool:
    """Whether the full stop at ``dot`` ends a sentence."""
    nxt = after
    while nxt < end and text[nxt].isspace():
        nxt += 1
    if nxt >= end:
        return True
    following = text[nxt]
    if following.islower():
        return False
    word = _last(text[max(start, dot - 24) : dot]).lower()
    if word in _TITLES:
        return False
    if len(word) == 1 and word.isalpha() and word != "i":  # an initial: John F. Kennedy
        return False
    if word in _ABBREVIATIONS or "." in word:
        # Abbreviations end a sentence only before a word that opens one.
        opener = re.match(r"[\"'(]*([A-Z][a-z]*)\b", text[nxt : nxt + 24])
        return opener is not None and opener.group(1).lower() in _OPENERS
    return True


def _last(text: str) -> str:
    """What a text ends with, back to a space, a quotation mark or a bracket."""
    if not text or text[-1].isspace():
        return ""
    word = text.rsplit(None, 1)[-1]
    return word if word.isalnum() else _INNER.split(word)[-1]


_OPENERS = frozenset(
    """the a an this that these those he she it they we i you his her its their our my but and or
    so yet in on at by for from with after before when while as if although though since because
    there here what who how why where however meanwhile moreover many some most both each no not
    all one two three last next now then today yesterday according""".split()
)
