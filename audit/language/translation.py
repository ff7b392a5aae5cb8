"""Whether a text alone reads as spun, machine-translated, written by template or second-language.

Two models that hold no text: *swaps* (``tests/eval/fit_translation.py``) knows which words and
phrases a thesaurus puts in and newsrooms hardly write, *alone* (``audit.language.alone``) what
machines' translations are like. One document alone says little of translation, and the verdict
abstains by default; of two versions see ``audit.language.versions``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np

from audit import model
from audit.article import Article
from audit.language import alone
from audit.language.hashed import TOKEN, join, read_points, weights
from audit.language.swaps import look, swap_features, swap_rates
from audit.model import Finding, Span
from audit.rules import Rules
from audit.tokens import Text

SPUN = 1.6  # log odds: none of the native and translated texts reach it with their year held out
# The least weight of a word that is said to be put in, and from what log odds of the text on which.
# With years held out .89 and .92 of those said were (4.7 and 12.7 % of words swapped), and .35
# and .47 of all swaps were said.
HEAVY, THROUGHOUT, LIGHT = 1.5, 6.0, 0.75
MACHINE = 0.0  # log odds of *alone* that go with slips of translation to a verdict
SPINS = 4  # distinct findings of spinning, enough whatever the vocabulary; people's texts have 1
SLIPS = 2  # distinct slips of translation a verdict rests on; 1 is the most in 2,519 of people
TEMPLATE = 3  # distinct template phrases
SECOND = 4  # distinct slips of grammar; 2 are the most in 1,631 texts of people, news, machines
SECOND_WORDS = 250  # and at least one in so many words
_ENOUGH = 50  # words below which no verdict is given
_TOLD = 0.9  # the least score of a text with a verdict: fewer than one in ten of them is wrong


# The families of findings that speak for each verdict.
_FAMILIES = {
    "spun": ("spin",),
    "machine-translated": ("mt",),
    "template": ("ai",),
    "second-language": ("grammar",),
}


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))


# What was found, as long as the text is in use: log odds that it is spun, that it is translated.
_ODDS: WeakKeyDictionary[Text, tuple[float, float]] = WeakKeyDictionary()


def weigh(texts: Sequence[Text]) -> None:
    """Works out for a batch of English texts what verdicts rest on, in less time than for each."""
    w, read_ = weights(), [read_points(text.points) for text in texts]
    machine = alone.odds(read_, [text.points for text in texts])
    for text, one, translated in zip(texts, read_, machine, strict=True):
        _ODDS[text] = float(swap_features(swap_rates(one, w)) @ w.swaps), translated


def _odds_of(text: Text) -> tuple[float, float]:
    if text not in _ODDS:
        weigh([text])
    return _ODDS[text]


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
    spun, machine = _odds_of(article.text)
    score = round(max(_logistic(spun), _logistic(machine)), 4)
    distinct = {
        kind: len({one.rule for one in findings if one.family in families and one.severity >= 2})
        for kind, families in _FAMILIES.items()
    }
    named: model.TranslationVerdict = "none"
    size = len(article.text.numbers)
    if size >= _ENOUGH:
        if spun >= SPUN or distinct["spun"] >= SPINS:
            named = "spun"
        elif distinct["machine-translated"] >= SLIPS and machine >= MACHINE:
            named = "machine-translated"
        elif distinct["template"] >= TEMPLATE:
            named = "template"
        elif distinct["second-language"] >= max(SECOND, size / SECOND_WORDS):
            named = "second-language"
    if named in ("spun", "machine-translated"):
        score = max(score, _TOLD)
    return model.Translation(verdict=named, score=score)


def swapped(text: Text) -> list[tuple[Span, float]]:
    """The words and phrases of a spun text that a thesaurus put in, in order of place.

    Each kind once, with its weight. Nothing where the text as a whole is not spun: a rare word
    alone is no sign; the more of them stand together, the less it takes to say it of one.
    """
    spun = _odds_of(text)[0] if len(text.numbers) >= _ENOUGH else -math.inf
    if spun < SPUN:
        return []
    least = HEAVY if spun < THROUGHOUT else LIGHT
    w, seen = weights(), read_points(text.points)
    matches = list(TOKEN.finditer(text.plain))
    spans = [match.span() for match in matches]
    single = np.where(seen.lower, look(w.words, w.word_weights, seen.hashes), 0.0)
    pairs = join(seen.hashes[:-1], seen.hashes[1:])
    double = np.where(
        seen.lower[:-1] & seen.lower[1:], look(w.phrases, w.phrase_weights, pairs), 0.0
    )
    found: dict[str, tuple[Span, float]] = {}
    for at in np.flatnonzero(single > least).tolist():
        found.setdefault(matches[at].group(), (Span(*spans[at]), float(single[at])))
    for at in np.flatnonzero(double > least).tolist():
        phrase = f"{matches[at].group()} {matches[at + 1].group()}"
        span = Span(spans[at][0], spans[at + 1][1])
        found.setdefault(phrase, (span, float(double[at])))
    return sorted(found.values(), key=lambda one: (one[0].start, one[0].end))
