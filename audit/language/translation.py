"""Whether a text reads as spun or machine-translated, and which of two versions does.

Three linear models over hashed words, fitted by ``tests/eval/fit_translation.py``, hold no text:
*swaps* knows which words and phrases a thesaurus puts in and newsrooms hardly write
("twelvemonth", "calendar month"; reckoned from Princeton WordNet 3.1), *alone* and *pair* weigh
words and word pairs of machine translation against those of people. One document alone says
little of translation (the verdict abstains by default); two versions of one text say much (Koppel
and Ordan 2011 on translationese; here on the differences only). ``margin`` is antisymmetric by
construction: its weights have no constant.
"""

from __future__ import annotations

import math
import re
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from audit import model
from audit.article import Article
from audit.model import Finding, Span
from audit.rules import Rules
from audit.tokens import Text

SEEN_BITS = 21  # a bitmap of word pairs seen in news
PAIR_BITS = 17  # weights of words and word pairs
_MIX = 0x9E3779B1
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:]*|[.!?;:,]")
FUNCTION_WORDS = frozenset(
    """the a an of and or but in on at to for with by from as is are was were be been being it its
    he she they we you i his her their our my your that this these those who which what when where
    why how not no so if than then there here all any some such can could will would may might must
    shall should do does did has had have having him them us me about into over after before between
    under up down out off only own same too very just also more most other while during because
    since until against through said says say one two""".split()
)
_PARTICLE = (
    "out|up|off|on|of|in|over|down|away|for|to|back|through|around|at|by|with|about|across|along"
)
# A particle inflected as if it were the verb ("let go ofed"), and other endings no writer makes.
MISFORMED = re.compile(
    rf"(?:{_PARTICLE})(?:ed|ted|ned|ing|ting|ning|s|es)"
    r"|\w*(?:[^aeiou]ys|[^aeiou]yed|[aeiou][bgp]ed|sss|shs|chs|[^aeiou]eed|eing)"
)
_AN_HEARD = re.compile(r"h|u|on|eu|[a-z]$")  # where spelling does not tell which article is right
_ALIKE = 0.7  # a difference in swaps that versions of one text may have
_FEW = 8  # words worded otherwise at which a margin is halved
_SHORT = 150  # lower-case words below which rates are taken as of so many


class Weights(NamedTuple):
    """What the fitting script wrote. Hashes are crc32 of words, sorted; weights in 1/64."""

    words: Any  # of words a thesaurus puts in
    word_weights: Any
    phrases: Any  # of word pairs
    phrase_weights: Any
    formed: Any  # words that look misformed and are not
    seen: Any  # bitmap of word pairs
    swaps: Any  # weights of the seven rates and their roots, and a constant
    alone: Any  # int8
    alone_scale: Any  # scale, constant
    pair: Any  # int8
    pair_scale: Any  # scale of the pair's words, weight of the difference in swaps


@cache
def weights() -> Weights:
    """The weights that ship with the product."""
    with np.load(Path(__file__).parent / "translation.npz", allow_pickle=False) as held:
        return Weights(*(held[name] for name in Weights._fields))


@lru_cache(1 << 16)
def crc(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


# What a changed fact is made of.
_NEGATIONS = np.array(
    [crc(word) for word in "not never no none nor neither without cannot".split()], np.uint64
)
_NUMBER_WORDS = np.array(
    [
        crc(word)
        for word in """two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred thousand million billion trillion third fourth fifth sixth seventh eighth
        ninth tenth""".split()
    ],
    np.uint64,
)


def join(first: Any, second: Any) -> Any:
    """The hash of two words in a row, from theirs (uint64 arrays or ints)."""
    return ((first * _MIX) ^ second) & 0xFFFFFFFF


class Read(NamedTuple):
    """A text as these models see it: an array a property, an element a word or stop."""

    hashes: Any  # of words in lower case; names and numbers are one word each
    lower: Any  # whether a word stands in lower case
    plain: Any  # whether it is neither name, number nor stop
    odd: Any  # whether it looks misformed
    article: Any  # 1 for "a", 2 for "an"
    sound: Any  # how a word begins: 1 vowel, 2 consonant, 0 as may be


class _Codes(dict[str, int]):
    """What is known of a token, in one integer, worked out once."""

    def __missing__(self, token: str) -> int:
        low = token.lower()
        lower = token[0].islower()
        word = low
        if token[0].isdigit():
            word = "0"
        elif token[0].isalpha() and not lower and low not in FUNCTION_WORDS:
            word = "NAME"
        odd = lower and low[-1] in "sdg" and MISFORMED.fullmatch(low) is not None
        sound = 0 if not lower or _AN_HEARD.match(low) else 1 if low[0] in "aeio" else 2
        code = crc(word) | lower << 32 | (word[0].isalpha() and word != "NAME") << 33 | odd << 34
        code |= {"a": 1, "an": 2}.get(word, 0) << 35 | sound << 37
        if len(self) >= 1 << 18:
            self.clear()
        self[token] = code
        return code


_CODES = _Codes()


def read(plain: str) -> Read:
    """Words and stops of a plain text; quotation marks and layout leave no trace."""
    codes = np.array(list(map(_CODES.__getitem__, _TOKEN.findall(plain))), np.int64)
    return Read(
        (codes & 0xFFFFFFFF).astype(np.uint64),
        (codes >> 32 & 1).astype(bool),
        (codes >> 33 & 1).astype(bool),
        (codes >> 34 & 1).astype(bool),
        codes >> 35 & 3,
        codes >> 37 & 3,
    )


def look(keys: Any, values: Any, wanted: Any) -> Any:
    """The weights of hashes, 0 where there is none."""
    if not len(wanted) or not len(keys):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at] / 64.0, 0.0)


def swap_rates(text: Read, w: Weights) -> np.ndarray:
    """Seven rates a hundred lower-case words, each kind of word counted once.

    Thesaurus words; phrases; words in no familiar company; in company on one side only; heavy ones
    among the former; misformed words; wrong articles.
    """
    low, hashes = text.lower, text.hashes
    count = max(int(low.sum()), _SHORT) / 100
    if len(hashes) < 2:
        return np.zeros(7)
    single = np.where(low, look(w.words, w.word_weights, hashes), 0.0)
    pairs = join(hashes[:-1], hashes[1:])
    both = low[:-1] & low[1:]
    double = np.where(both, look(w.phrases, w.phrase_weights, pairs), 0.0)
    slot = (pairs & ((1 << SEEN_BITS) - 1)).astype(np.int64)
    known = (w.seen[slot >> 3] >> (slot & 7).astype(np.uint8) & 1).astype(bool)
    familiar, strange = np.zeros((2, len(hashes)), bool)
    familiar[1:] = known & both
    familiar[:-1] |= known & both
    strange[1:] = ~known & both
    strange[:-1] |= ~known & both
    strange &= single > 0.1
    alone = _once(hashes, single, strange & ~familiar)
    beside = _once(hashes, single, strange & familiar)
    return np.array(
        [
            _once(hashes, single, single > 0).sum() / count,
            _once(pairs, double, double > 0).sum() / count,
            alone.sum() / count,
            beside.sum() / count,
            (alone > 1).sum() / count,
            _misformed(text, w) / count,
            _articles(text) / count,
        ]
    )


def _once(hashes: Any, values: Any, which: Any) -> Any:
    """The values of the chosen words, one each kind."""
    _, first = np.unique(hashes[which], return_index=True)
    return values[which][first]


def _misformed(text: Read, w: Weights) -> int:
    """How many distinct words look misformed and are not known to be right."""
    found = np.unique(text.hashes[text.odd])
    return int((~np.isin(found, w.formed)).sum()) if len(found) else 0


def _articles(text: Read) -> int:
    """How often ``a`` stands before a vowel or ``an`` before a consonant, as after a swap."""
    return int((text.article[:-1] * text.sound[1:] == 1).sum()) + int(
        ((text.article[:-1] == 2) & (text.sound[1:] == 2)).sum()
    )


def swap_features(rates: np.ndarray) -> np.ndarray:
    """The rates and the roots of the first five, with a constant: what ``swaps`` weighs.

    No root of misformed words and wrong articles: one slip is anyone's.
    """
    return np.concatenate(
        [np.sqrt(rates[..., :5]), rates, np.ones((*rates.shape[:-1], 1))], axis=-1
    )


class Bag(NamedTuple):
    """Slots in order, and the roots of how often they occur, or differences of these."""

    slots: Any
    values: Any


def bag(text: Read) -> Bag:
    """Words and word pairs by slot; names and numbers only in pairs."""
    slots = text.hashes[text.plain]
    if len(text.hashes) > 1:
        slots = np.concatenate([slots, join(text.hashes[:-1], text.hashes[1:])])
    slots, counts = np.unique(slots & ((1 << PAIR_BITS) - 1), return_counts=True)
    return Bag(slots.astype(np.int64), np.sqrt(counts))


def difference(a: Bag, b: Bag) -> Bag:
    """b less a, without what is the same."""
    slots, place = np.unique(np.concatenate([a.slots, b.slots]), return_inverse=True)
    values = np.zeros(len(slots))
    values[place[len(a.slots) :]] += b.values
    values[place[: len(a.slots)]] -= a.values
    left = values != 0
    return Bag(slots[left], values[left])


def _dot(held: Bag, weight: Any) -> float:
    """The weighted sum, the values scaled to length one."""
    norm = math.sqrt(float(held.values @ held.values)) or 1.0
    return float(held.values @ weight[held.slots].astype(np.float64)) / norm


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))


@lru_cache(8)
def _odds_of(plain: str) -> tuple[float, float]:
    """``odds`` of a plain text: the verdict and the check on spun texts ask one after the other."""
    return odds(read(plain))


SPUN = 1.6  # log odds: none of the native and translated texts reach it with their year held out
MACHINE = 0.0  # log odds of ``alone`` that go with slips of translation to a verdict
SPINS = 5  # distinct findings of spinning that are enough whatever the vocabulary
SLIPS = 3  # distinct slips of translation that a verdict of machine translation rests on
TEMPLATE = 3  # distinct template phrases
SECOND = 4  # distinct slips of grammar; 2 are the most in 1,631 texts of people, news, machines
SECOND_WORDS = 250  # and at least one in so many words
_ENOUGH = 50  # words below which no verdict is given


# The families of findings that speak for each verdict.
_FAMILIES = {
    "spun": ("spin",),
    "machine-translated": ("mt",),
    "template": ("ai",),
    "second-language": ("grammar",),
}


def odds(text: Read, w: Weights | None = None) -> tuple[float, float]:
    """Log odds that a text is spun, and that it is machine-translated."""
    w = w or weights()
    spun = float(swap_features(swap_rates(text, w)) @ w.swaps)
    scale, constant = w.alone_scale.tolist()
    return spun, _dot(bag(text), w.alone) * scale + constant


def verdict(article: Article, findings: Sequence[Finding], rules: Rules) -> model.Translation:
    """The verdict on one English document alone, and its score.

    ``none`` unless the evidence is strong: spun texts by their vocabulary, the others by distinct
    findings of their family, never by style alone. The score (0..1) is the likelihood of
    spinning or machine translation, given also when the verdict is none; 0 in other languages.
    Which languages a text passed through cannot be told from it alone, so that a verdict of
    translation is ``machine-translated`` here.
    """
    if article.language.code != "en":
        return model.Translation(verdict="none", score=0.0)
    spun, machine = _odds_of(article.text.plain)
    score = round(max(_logistic(spun), _logistic(machine)), 4)
    distinct = {
        kind: len({one.rule for one in findings if one.family in families and one.severity >= 2})
        for kind, families in _FAMILIES.items()
    }
    named: model.TranslationVerdict = "none"
    if len(article.text.words) >= _ENOUGH:
        if spun >= SPUN or distinct["spun"] >= SPINS:
            named = "spun"
        elif distinct["machine-translated"] >= SLIPS and machine >= MACHINE:
            named = "machine-translated"
        elif distinct["template"] >= TEMPLATE:
            named = "template"
        elif distinct["second-language"] >= max(SECOND, len(article.text.words) / SECOND_WORDS):
            named = "second-language"
    return model.Translation(verdict=named, score=score)


def swapped(text: Text, most: int = 10) -> list[tuple[Span, float]]:
    """The words and phrases of a spun text that a thesaurus likeliest put in, in order of place.

    Nothing where the text as a whole is not spun: a rare word alone is no sign.
    """
    if len(text.words) < _ENOUGH or _odds_of(text.plain)[0] < SPUN:
        return []
    w, seen = weights(), read(text.plain)
    matches = list(_TOKEN.finditer(text.plain))
    spans = [match.span() for match in matches]
    single = np.where(seen.lower, look(w.words, w.word_weights, seen.hashes), 0.0)
    pairs = join(seen.hashes[:-1], seen.hashes[1:])
    double = np.where(
        seen.lower[:-1] & seen.lower[1:], look(w.phrases, w.phrase_weights, pairs), 0.0
    )
    found: dict[str, tuple[Span, float]] = {}
    for at in np.flatnonzero(single > 1).tolist():
        found.setdefault(matches[at].group(), (Span(*spans[at]), float(single[at])))
    for at in np.flatnonzero(double > 1).tolist():
        phrase = f"{matches[at].group()} {matches[at + 1].group()}"
        span = Span(spans[at][0], spans[at + 1][1])
        found.setdefault(phrase, (span, float(double[at])))
    heaviest = sorted(found.values(), key=lambda one: (-one[1], one[0].start))[:most]
    return sorted(heaviest, key=lambda one: one[0].start)


def margin(a: Text, b: Text) -> float:
    """Which of two versions is the translated or spun one: -1 (a) to 1 (b), 0 unknown.

    Rests on the words that differ only, so that what both share says nothing, and shrinks to 0
    where few words stand in others' place: facts that were changed (numbers, names, negations)
    and passages that one side lacks are no sign of translation.
    ``margin(a, b) == -margin(b, a)``.
    """
    if a.raw == b.raw:
        return 0.0
    w = weights()
    ours, theirs = wording(read(a.plain)), wording(read(b.plain))
    weight = enough(ours, theirs)
    if not weight:
        return 0.0
    words = _dot(difference(bag(ours), bag(theirs)), w.pair)
    swapped = difference_of_swaps(ours, theirs, w)
    scale, of_swaps = w.pair_scale.tolist()
    return round(math.tanh(weight * (words * scale + swapped * of_swaps) / 2), 6)


def wording(text: Read) -> Read:
    """A text without what states its facts: negations left out, number words all the same."""
    kept = ~np.isin(text.hashes, _NEGATIONS)
    left = Read(*(column[kept] for column in text))
    number = np.isin(left.hashes, _NUMBER_WORDS)
    return left._replace(hashes=np.where(number, _NUMBER_WORDS[0], left.hashes))


def enough(a: Read, b: Read) -> float:
    """How far the differing words of two versions can tell anything: 0 (none) to 1.

    Counts the lower-case words of each side that the other lacks, and takes the shorter side:
    what one side has over and above was added or left out, not worded otherwise.
    """
    sides = []
    for text in (a, b):
        words, counts = np.unique(text.hashes[text.lower & text.plain], return_counts=True)
        sides.append(dict(zip(words.tolist(), counts.tolist(), strict=True)))
    ours, theirs = sides
    both = sum(min(count, theirs.get(word, 0)) for word, count in ours.items())
    number = min(sum(ours.values()), sum(theirs.values())) - both
    return number**2 / (number**2 + _FEW**2)


def difference_of_swaps(a: Read, b: Read, w: Weights) -> float:
    """How much more spun b is than a, 0 where they are about alike: damped log odds."""
    ours, theirs = (
        math.asinh(float(swap_features(swap_rates(text, w))[:-1] @ w.swaps[:-1])) for text in (a, b)
    )
    return math.copysign(max(abs(theirs - ours) - _ALIKE, 0.0), theirs - ours)


SURE = 0.7  # at this margin 19 of 20 decisions are right with their year held out


def translated(value: float) -> Literal["a", "b"] | None:
    """The side a margin points to; null where it is not sure enough."""
    if abs(value) < SURE:
        return None
    return "b" if value > 0 else "a"


def evidence(a: Text, b: Text, most: int = 12) -> list[tuple[Span, Span, float]]:
    """The aligned word pairs that decide ("jet" against "spray"), weightiest first.

    Each with its weight as in ``margin``: positive where b's words are those of a machine.
    """
    w = weights()
    found = []
    for left, right in _replaced(a, b):
        weight = _phrase_weight(b.plain[right[0] : right[1]], w) - _phrase_weight(
            a.plain[left[0] : left[1]], w
        )
        if weight:
            found.append((Span(*left), Span(*right), round(weight, 4)))
    found.sort(key=lambda one: (-abs(one[2]), one[0].start))
    return found[:most]


def _phrase_weight(plain: str, w: Weights) -> float:
    text = read(plain)
    if not len(text.hashes):
        return 0.0
    single = np.where(text.lower, look(w.words, w.word_weights, text.hashes), 0.0).sum()
    held = bag(text)
    summed = float(held.values @ w.pair[held.slots].astype(np.float64))
    return float(single) + summed * float(w.pair_scale[0]) / 32


def _replaced(a: Text, b: Text) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of words that stand in each other's place: between words that occur once in both.

    Anchors are kept in their longest increasing run (patience), so that the time is n log n.
    """
    left, right = ([t.plain[s:e].lower() for s, e in t.words] for t in (a, b))
    anchors = _anchors(left, right)
    found = []
    i = j = 0
    for x, y in [*anchors, (len(left), len(right))]:
        while i < x and j < y and left[i] == right[j]:
            i, j = i + 1, j + 1
        k, m = x, y
        while k > i and m > j and left[k - 1] == right[m - 1]:
            k, m = k - 1, m - 1
        if 0 < k - i <= 6 and 0 < m - j <= 6:
            found.append(((a.words[i][0], a.words[k - 1][1]), (b.words[j][0], b.words[m - 1][1])))
        i, j = x + 1, y + 1
    return found


def _anchors(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    once: list[dict[str, int]] = []
    for words in (left, right):
        places: dict[str, int] = {}
        for at, word in enumerate(words):
            places[word] = -1 if word in places else at
        once.append(places)
    pairs = [
        (at, once[1][word])
        for word, at in once[0].items()
        if at >= 0 and once[1].get(word, -1) >= 0
    ]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, y) in enumerate(pairs):
        place = bisect_left(tails, y)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(y)
            ends.append(number)
        else:
            tails[place] = y
            ends[place] = number
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]
