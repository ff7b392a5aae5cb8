"""Passages of a text in another language than its own: sentences, quotations, other scripts."""

from __future__ import annotations

import re

import numpy as np

from audit import model
from audit.characters import kinds, points
from audit.language.ngrams import codes, odds
from audit.language.sisters import family, sisters

_FOREIGN = 0.92  # probability of another language that makes a passage foreign
_OWN = 0.02  # and the probability of the document's own that it may not pass
_WORDS = 5  # lower-case words a foreign passage has at least
_LETTERS = 24
_UNSPACED = 12  # letters where words are not parted by spaces, or the script is another
_BATCH = 4096  # passages that are judged at once
_SCREEN = 72  # characters from the middle of a passage that are read first
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_OTHER_SCRIPT = re.compile(
    r"(?:[\u0370-\u1dff\u3040-\ud7ff][\s,.()\-]{0,3}){11,}[\u0370-\u1dff\u3040-\ud7ff][.!?]?"
)
_LOWER_WORD = re.compile(r"(?<![\w@/.#'’-])[^\W\d_A-Z][^\W\d_A-Z]*(?:['’-][^\W\d_A-Z]+)*(?![\w@/])")
# Two of these in a passage: it is English, and need not be read again. See language/cutting.py.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|was|with|by|from|has|have|which|for|is)\b"
    r".*?\b(?:the|of|and|that|was|with|by|from|has|have|which|for|is|to|in|at|be|are|been|his|their)\b"
)
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+")


def passages(texts: list[str], told: list[str]) -> list[list[model.Foreign]]:
    """The passages of each text that are surely in another language than ``told`` says it is in.

    Texts of no known language have none.
    """
    pieces: list[tuple[int, int, int, str]] = []
    for index, (text, code) in enumerate(zip(texts, told, strict=True)):
        if code != "und":
            pieces.extend((index, *piece) for piece in _pieces(text, code))
    mixed: list[list[model.Foreign]] = [[] for _ in texts]
    for at in range(0, len(pieces), _BATCH):
        _judge(pieces[at : at + _BATCH], told, mixed)
    return [_joined(text, found) for text, found in zip(texts, mixed, strict=True)]


def _pieces(text: str, code: str) -> list[tuple[int, int, str]]:
    """Sentences, quotations and runs of another script: what could be a foreign passage."""
    from audit.language.cutting import WORDS, pieces  # compiled: loaded where it is used

    spans = pieces(points(text), kinds(), WORDS, _UNSPACED, code == "en")
    found = [(start, end, text[start:end]) for start, end in spans.tolist()]
    if not text.isascii() and _OTHER_LETTER.search(text):
        for match in _OTHER_SCRIPT.finditer(text):
            if not (code == "en" and _ENGLISH.search(text, *match.span())):
                found.append((*match.span(), match.group()))
    return found


def _judge(
    pieces: list[tuple[int, int, int, str]], told: list[str], mixed: list[list[model.Foreign]]
) -> None:
    """Adds to ``mixed`` the pieces that are surely in another language than their document."""
    known = codes()
    place = {code: at for at, code in enumerate(known)}
    own = np.array([place[told[piece[0]]] for piece in pieces])
    rows = odds([_middle(piece[3]) for piece in pieces])
    lines = np.arange(len(pieces))
    doubtful = np.flatnonzero((rows.argmax(axis=1) != own) & (rows[lines, own] < 0.2))
    again = [(pieces[i], _words_of(pieces[i][3])) for i in doubtful.tolist()]
    again = [(piece, words) for piece, words in again if words]
    if not again:
        return
    rows = odds([words for _, words in again])
    for ((index, start, end, _), _words), row in zip(again, rows, strict=True):
        code = known[int(row.argmax())]
        mine = told[index]
        if code in ("und", mine) or sisters(code, mine):
            continue
        kin = sum(float(row[place[other]]) for other in family(code) if other in place)
        left = float(row[place[mine]])
        if (kin >= _FOREIGN and left <= _OWN) or (row.max() >= 0.6 and left <= _OWN / 4):
            mixed[index].append(model.Foreign(start=start, end=end, code=code))


def _middle(piece: str) -> str:
    """The characters of a passage that are read first: enough to see whether to read on."""
    spare = len(piece) - _SCREEN
    return piece if spare <= 0 else piece[spare // 2 : spare // 2 + _SCREEN]


def _words_of(piece: str) -> str:
    """The lower-case words of a piece, or nothing where too few are left to judge by."""
    if piece.isupper():
        piece = piece.lower()
    if max(piece[:200]) >= "\u0370" and _OTHER_SCRIPT.search(piece):
        return piece
    words = _LOWER_WORD.findall(_NOISE.sub(" ", piece))
    if len(words) < _WORDS or sum(map(len, words)) < _LETTERS:
        return ""
    return " ".join(words)


def _joined(text: str, found: list[model.Foreign]) -> list[model.Foreign]:
    """Passages in order of place: those of one language with nothing between them are one."""
    joined: list[model.Foreign] = []
    for piece in sorted(found, key=lambda one: (one.start, -one.end)):
        last = joined[-1] if joined else None
        if last and piece.start < last.end:
            continue
        if (
            last
            and last.code == piece.code
            and piece.start - last.end < 80
            and not _LETTER.search(text, last.end, piece.start)
        ):
            joined[-1] = model.Foreign(start=last.start, end=piece.end, code=last.code)
        else:
            joined.append(piece)
    return joined
