"""A text as the translation models see it: hashes of its words, their kinds, and the weights.

The weights that ship (``translation.npz``) were fitted by ``tests/eval/fit_translation.py``; they
hold no text, only hashes (crc32 of words) and numbers.
"""

from __future__ import annotations

import math
import re
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from audit.characters import kinds, points
from audit.tokens import begun

if TYPE_CHECKING:
    from audit.vocabulary import Vocabulary

SEEN_BITS = 21  # a bitmap of word pairs seen in news
PAIR_BITS = 17  # weights of words and word pairs
MIX = 0x9E3779B1
# Words of letters, numbers and stops, as audit.language.counting finds them.
TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d.,:]*|[.!?;:,]")
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


class Weights(NamedTuple):
    """What the fitting script wrote. Hashes are crc32 of words, sorted; weights in 1/64."""

    words: Any  # of words a thesaurus puts in
    word_weights: Any
    phrases: Any  # of word pairs
    phrase_weights: Any
    formed: Any  # words that look misformed and are not
    seen: Any  # bitmap of word pairs
    swaps: Any  # weights of the seven rates and their roots, and a constant
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


def join(first: Any, second: Any) -> Any:
    """The hash of two words in a row, from theirs (uint64 arrays or ints)."""
    return ((first * MIX) ^ second) & 0xFFFFFFFF


class Read(NamedTuple):
    """A text as these models see it: an array a property, an element a word or stop."""

    hashes: Any  # of words in lower case; names and numbers are one word each
    lower: Any  # whether a word stands in lower case
    plain: Any  # whether it is neither name, number nor stop
    odd: Any  # whether it looks misformed
    article: Any  # 1 for "a", 2 for "an"
    sound: Any  # how a word begins: 1 vowel, 2 consonant, 0 as may be


def _code(token: str) -> int:
    """What is known of a token, in one integer."""
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
    return code | {"a": 1, "an": 2}.get(word, 0) << 35 | sound << 37


def read(plain: str) -> Read:
    """Words and stops of a plain text; quotation marks and layout leave no trace."""
    return read_points(points(plain))


def read_points(here: np.ndarray) -> Read:
    """The same of a text's code points."""
    from audit.language.counting import parted, tokens  # compiled: loaded where it is used

    starts, ends = tokens(here, kinds())
    known = begun(_KNOWN)
    numbers = known.numbers(here, starts, ends)
    return Read(*parted(known.column(_code, np.int64), numbers))


_KNOWN: list[Vocabulary] = []  # the tokens whose codes are known


class Bag(NamedTuple):
    """Slots in order, and the roots of how often they occur, or differences of these."""

    slots: Any
    values: Any


def bag(text: Read) -> Bag:
    """Words and word pairs by slot; names and numbers only in pairs."""
    from audit.language.counting import runs  # compiled: loaded where it is used

    slots = text.hashes[text.plain]
    if len(text.hashes) > 1:
        slots = np.concatenate([slots, join(text.hashes[:-1], text.hashes[1:])])
    slots, counts = runs(np.sort(slots & ((1 << PAIR_BITS) - 1)))
    return Bag(slots, np.sqrt(counts))


def difference(a: Bag, b: Bag) -> Bag:
    """b less a, without what is the same."""
    slots, place = np.unique(np.concatenate([a.slots, b.slots]), return_inverse=True)
    values = np.zeros(len(slots))
    values[place[len(a.slots) :]] += b.values
    values[place[: len(a.slots)]] -= a.values
    left = values != 0
    return Bag(slots[left], values[left])


def dot(held: Bag, weight: Any) -> float:
    """The weighted sum, the values scaled to length one."""
    norm = math.sqrt(float(held.values @ held.values)) or 1.0
    return float(held.values @ weight[held.slots].astype(np.float64)) / norm
