"""How a text is presented: rates of loaded, shouting, hedging and sourcing words.

Every measure is a plain count over the words outside quotations, per 1,000 words where nothing
else is said, so that a reader can recount it. Lists are data: rules/facts/loaded.toml. What marks
how a text was collected (dates, bylines, leftovers of pages) is not measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import re2

from audit.article import Article
from audit.facts.lexicon import built
from audit.facts.quotations import quotations
from audit.rules import Rules
from audit.tokens import Text

_NUMBER = re.compile(r"\d")
_FEWEST = 20  # words below which rates mean nothing
_PRIOR = 50  # words added to every text: a single word in a short text is no rate
_KINDS = ("named", "institution", "anonymous", "vague", "pronoun")


@dataclass(frozen=True, eq=False)
class _Lists:
    """Words to the lists they stand in; phrases by first word, longest first."""

    names: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    second: dict[str, frozenset[str]]  # the second words of phrases, by the first
    clickbait: tuple[object, ...]


def _build(rules: Rules) -> _Lists:
    data = rules.facts["loaded"]
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entries in data["lists"].items():
        for word in dict.fromkeys(entries.split()):
            words.setdefault(word, []).append(name)
    for name, listed in data["phrases"].items():
        for phrase in listed:
            parts = tuple(phrase.split())
            phrases.setdefault(parts[0], []).append((parts, name))
    return _Lists(
        names=(*data["lists"], *data["phrases"]),
        words={word: tuple(names) for word, names in words.items()},
        phrases={
            first: tuple(sorted(found, key=lambda item: (-len(item[0]), item)))
            for first, found in phrases.items()
        },
        second={
            first: frozenset(parts[1] if len(parts) > 1 else "" for parts, _ in found)
            for first, found in phrases.items()
        },
        clickbait=tuple(re2.compile(pattern) for pattern in data["clickbait"]["patterns"]),
    )


@dataclass(frozen=True)
class Hit:
    """A listed word or phrase where it stands."""

    start: int
    end: int
    list: str


def hits(text: Text, rules: Rules) -> tuple[Hit, ...]:
    """Every listed word and phrase outside quotations, in order."""
    return _hits(text, built(rules, _build))


@lru_cache(maxsize=2)  # several checks ask for those of one text, one after the other
def _hits(text: Text, lists: _Lists) -> tuple[Hit, ...]:
    quotes = quotations(text)
    spans, lower = text.words, text.lower
    words, seconds = lists.words, lists.second
    places = [
        at
        for at, (word, after) in enumerate(zip(lower, [*lower[1:], ""], strict=False))
        if word in words or (word in seconds and (after in seconds[word] or "" in seconds[word]))
    ]
    found: list[Hit] = []
    nth = 0
    for i in places:
        listed, started = lists.words.get(lower[i]), lists.phrases.get(lower[i])
        start, end = spans[i]
        while nth < len(quotes) and quotes[nth][1] <= start:
            nth += 1
        if nth < len(quotes) and quotes[nth][0] <= start:
            continue
        for name in listed or ():
            found.append(Hit(start, end, name))
        for parts, name in started or ():
            if tuple(lower[i : i + len(parts)]) == parts:
                found.append(Hit(start, spans[i + len(parts) - 1][1], name))
                break
    return tuple(found)


def measure(article: Article, rules: Rules) -> dict[str, float]:
    """The presentation of one document by name; an empty dict below ``_FEWEST`` words.

    Rates are per 1,000 words, shares between 0 and 1; ``title_…`` are 0 where there is no title.
    ``attributed_KIND`` are rates of attributions by kind of source.
    """
    text = article.text
    count = len(text.words)
    if count < _FEWEST:
        return {}
    lists = built(rules, _build)
    quotes = quotations(text)
    plain = text.plain
    per = 1000.0 / (count + _PRIOR)
    found = dict.fromkeys(lists.names, 0.0)
    for hit in hits(text, rules):
        found[hit.list] += per
    body = sum(e - s for s, e in quotes)
    words = [plain[s:e] for s, e in text.words]
    letters = sum(map(len, words))
    found["exclamations"] = plain.count("!") * per
    found["questions"] = plain.count("?") * per
    found["ellipses"] = (plain.count("...") + plain.count("\u2026")) * per
    found["capitals"] = per * sum(len(w) > 4 and w.isalpha() for w in words if w.isupper())
    found["numbers"] = per * len([w for w in words if w[0].isdigit()])
    found["names"] = per * _full_names(text)
    found["long_words"] = len([w for w in words if len(w) > 9]) / count
    found["word_length"] = letters / count
    found["sentence_length"] = count / max(1, len(text.sentences))
    found["quote_share"] = min(1.0, body / max(1, len(plain)))
    found["quotes"] = len(quotes) * per
    found["scare_quotes"] = per * sum(plain.count(" ", s, e) < 2 for s, e in quotes)
    for kind in _KINDS:
        found[f"attributed_{kind}"] = 0.0
    for one in article.attributions:
        if one.cue is not None:
            found[f"attributed_{one.kind}"] += per
    found["attributed"] = sum(found[f"attributed_{kind}"] for kind in _KINDS)
    found["sourced_share"] = (
        found["attributed_named"] + found["attributed_institution"] + _EVEN * per
    ) / (found["attributed"] + 2 * _EVEN * per)
    found |= _title(article.title or "", lists)
    return found


_EVEN = 2.0  # attributions of either sort added to every text, for the same reason as _PRIOR


def _full_names(text: Text) -> int:
    """Runs of two capitalised words inside sentences: people and bodies named in full."""
    plain, spans = text.plain, text.words
    found, last = 0, -2
    for i, both in enumerate(pairwise(text.capital)):
        if both == (True, True):
            (s, _), (s2, e2) = spans[i], spans[i + 1]
            if s2 - s > 2 and plain[s2 - 1] == " ":
                found += last != i - 1 and e2 - s2 > 1
                last = i
    return found


def _title(title: str, lists: _Lists) -> dict[str, float]:
    """Measures of the headline: 0 or 1, or counts where the name says so."""
    text = Text(title)
    lower = text.plain.lower()
    words = [lower[s:e] for s, e in text.words]
    strong = sum(bool({"strong", "emotive"} & set(lists.words.get(w, ()))) for w in words)
    return {
        "title_words": float(len(words)),
        "title_clickbait": float(any(p.search(lower) for p in lists.clickbait)),  # type: ignore[attr-defined]
        "title_question": float("?" in title),
        "title_exclamation": float("!" in title),
        "title_capitals": float(
            sum(w.isupper() and w.isalpha() and len(w) > 3 for w in title.split())
        ),
        "title_loaded": float(strong),
        "title_you": float(any(w in ("you", "your", "i", "we", "my", "our") for w in words)),
        "title_quote": float('"' in text.plain or " '" in text.plain),
        "title_number": float(bool(_NUMBER.search(title))),
    }
