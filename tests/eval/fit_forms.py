"""Fits ``audit/language/forms.npz``: ``python -m tests.eval.fit_forms DATA``.

Which words never stand after which small word, as "triggered" after "would". Told by three things:
words of the same forms (as lemminflect lists them) hardly ever stand there in the news of the
development data, the word itself never does, and the language model that pocketsphinx brings (BSD)
has not met the two either, or far more seldom than chance. Both packages are needed here only;
what is written are hashes of words with a bit for each small word, no text. Half of ``clean``
and all of ``translations`` are kept out and tell how often a pair speaks in good English.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from audit.language import forms
from audit.language.rulecheck import document
from audit.rules import load
from audit.tokens import Text, key
from tests.eval.languages import flat, rows

OUT = Path(forms.__file__).parent / "forms.npz"
# Bits by which a pair must be rarer than chance: after a verb, and after other small words.
EDGES = 4.5, 6.0
WELL_KNOWN = 30  # times a word must be met to be told after words that are no verbs
LEAST = 12.0  # occurrences of a class after a small word that chance would give
WEIGHT = 0.3  # of the language model's bits
LEAST_OFTEN = 2
ENOUGH = 3.0  # bits: a pair that it knows must be so much rarer than chance
VERBS = {"VB", "VBP", "VBD", "VBN", "VBZ", "VBG"}
NOUNS = {"NN", "NNS", "VBZ"}
BARE = {"VB", "VBP", "VBZ"}
BEFORE_NOUN = frozenset("the a an these those of their his more new all some".split())
# "those he worked with include ..."
LAST = frozenset("include remain become seem appear suggest consist vary differ range".split())
VERBAL = (*forms.VERBS, *forms.SUBJECTS, "to")
_BITS = math.log2(1.0001)  # a step of the language model's logarithms


def held_out(row: dict[str, str]) -> bool:
    """Whether a row of ``clean`` is kept for measuring."""
    return bool(key(row["id"]) % 2)


def texts(data: Path) -> Iterator[str]:
    """The native news to count in, each story once."""
    kept = [row["text"] for row in rows(data / "clean.jsonl.gz") if held_out(row)]
    kept += [row["text"] for row in rows(data / "translations.jsonl.gz")]
    seen = {piece for text in kept for piece in _pieces(text)}
    many = [row["text"] for row in rows(data / "clean.jsonl.gz") if not held_out(row)]
    many += [row["text"] for row in rows(data / "rated_articles.jsonl.gz")]
    copies = rows(data / "near_duplicates.jsonl.gz")
    many += [row["text"] for row in copies if row["kind"] == "orig"]
    for text in many:
        pieces = _pieces(text)
        if sum(piece in seen for piece in pieces) < max(3, len(pieces) // 3):
            seen |= pieces
            yield text


def _pieces(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[at : at + 8]) for at in range(len(words) - 8)}


def count(many: Iterator[str]) -> tuple[Counter[str], Counter[tuple[str, str]], int]:
    """Words in lower case, pairs of them with a blank between, and words in all."""
    single, pairs, total = Counter[str](), Counter[tuple[str, str]](), 0
    for text in many:
        read = Text(text)
        words, gaps = read.raw_words, read.gaps
        total += len(words)
        single.update(word for word in words if word.islower())
        pairs.update(
            (a, b)
            for a, b, gap in zip(words, words[1:], gaps[1:], strict=False)
            if a.islower() and b.islower() and not gap.strip(" \t\n")
        )
    return single, pairs, total


def tags(word: str) -> frozenset[str]:
    """What a word may be, by the Penn tags of the forms it is listed as."""
    import lemminflect

    found = set()
    for part, lemmas in lemminflect.getAllLemmas(word).items():
        for lemma in lemmas:
            for tag, spelled in lemminflect.getAllInflections(lemma, part).items():
                if word in spelled:
                    found.add(tag)
    return frozenset(found)


def rarer(first: str, words: list[str]) -> dict[str, tuple[float, bool]]:
    """By how many bits words are rarer after a small word than anywhere, and whether the language
    model has met the two; nothing of words that it does not know."""
    lm, nothing = _model()
    gains = {
        word: (lm.prob([word]) - lm.prob([word, first])) * _BITS
        for word in words
        if lm.prob([word]) > nothing
    }
    # Of the unmet it knows nothing but how often any of them follows.
    unmet = Counter(round(gain, 2) for gain in gains.values()).most_common(1)[0][0]
    return {word: (gain, abs(gain - unmet) > 0.02) for word, gain in gains.items()}


@cache
def _model() -> tuple[Any, float]:
    import pocketsphinx

    path = pocketsphinx.get_model_path("en-us/en-us.lm.bin")
    lm = pocketsphinx.NGramModel(pocketsphinx.Config(), pocketsphinx.LogMath(), path)
    return lm, lm.prob(["qqqqqqqq"])


def _kind(word: str) -> frozenset[str]:
    """The tags of a word that can be a verb's form only, or a noun only; else nothing."""
    kind = tags(word)
    return kind if kind <= VERBS or kind <= NOUNS | {"VBG"} else frozenset()


def _asked(first: str, kind: frozenset[str]) -> bool:
    """Whether words of this kind after this small word are weighed at all."""
    if kind & {"VBG"}:
        return first in forms.MODALS  # "it has growing debts"
    if not kind <= VERBS:
        return first in forms.SUBJECTS  # "will things change", "we teachers"
    return first in VERBAL or not kind & {"VBD", "VBN"}  # "the freed hostages"


def _nouns(pairs: Counter[tuple[str, str]], single: Counter[str]) -> set[str]:
    """Words that often stand where a noun does, whatever the list of forms says: "adverts"."""
    places = Counter[str]()
    for (a, b), often in pairs.items():
        if a in BEFORE_NOUN:
            places[b] += often
    return {word for word, often in places.items() if often > 0.05 * single[word]}


def main(data: Path) -> None:
    single, pairs, total = count(texts(data))
    nouns = _nouns(pairs, single)
    known = {
        word: kind
        for word, often in single.items()
        if often >= LEAST_OFTEN and len(word) > 2 and word.isalpha() and word.isascii()
        for kind in (_kind(word),)
        if kind and word not in forms.SMALL and not (kind <= BARE and word in nouns)
    }
    in_class = Counter[frozenset[str]]()
    after = Counter[tuple[str, frozenset[str]]]()
    for word, kind in known.items():
        in_class[kind] += single[word]
    for (a, b), often in pairs.items():
        if a in forms.SMALL and b in known:
            after[a, known[b]] += often
    odd: dict[str, int] = {}
    told = Counter[str]()
    for at, first in enumerate(forms.SMALL):
        many = [word for word, kind in known.items() if _asked(first, kind)]
        gains = rarer(first, many)
        for word in many:
            kind = known[word]
            chance = single[first] * in_class[kind] / total
            gain, met = gains.get(word, (0.0, False))
            score = math.log2((chance + 0.5) / (after[first, kind] + 0.5))
            score += WEIGHT * min(max(gain, 0.0), 10.0)
            if pairs[first, word] or (met and gain < ENOUGH):
                continue
            if first not in VERBAL and (word in LAST or single[word] < WELL_KNOWN):
                continue
            if chance >= LEAST and score >= EDGES[first not in forms.VERBS]:
                odd[word] = odd.get(word, 0) | 1 << at
                told[first] += 1
    print(len(known), "words,", len(odd), "with a bit,", sum(told.values()), "pairs")
    print(told.most_common())
    order = sorted(odd, key=key)
    np.savez_compressed(
        OUT,
        words=np.array([key(word) for word in order], np.uint32),
        after=np.array([odd[word] for word in order], np.uint64),
    )
    print("file", OUT.stat().st_size)
    forms._table.cache_clear()
    for name, unseen in kept_out(data).items():
        articles = [document(text) for text in unseen]
        words = sum(len(article.text.words) for article in articles)
        found = sum(len(list(forms.wrong_forms(article, load()))) for article in articles)
        print(name, f"{found} findings, {1000 * found / words:.4f} a 1,000 words")


def kept_out(data: Path) -> dict[str, list[str]]:
    """Texts that were not counted in, by kind."""
    clean = [row["text"] for row in rows(data / "clean.jsonl.gz") if held_out(row)]
    unseen = {"clean, the other half": clean, "the same as one paragraph": [*map(flat, clean)]}
    for row in rows(data / "translations.jsonl.gz"):
        unseen.setdefault(row["version"], []).append(row["text"])
    return unseen


if __name__ == "__main__":
    main(Path(sys.argv[1]))
