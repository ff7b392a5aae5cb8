"""Set expressions of news with one word swapped for a synonym: "human privileges".

The expressions, the synonyms and what is English all the same stand in
rules/language/expressions.toml. All variants are made once a set of rules and found by two words
in a row, of which one was put in. After Cabanac, Labbé and Magazinov, "Tortured phrases" (2021).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from audit.article import Article
from audit.model import Finding
from audit.rules import Rules
from audit.tokens import key as key_of

_BLANK = re.compile(r"[ \t]+\Z|[ \t]*\n[ \t]*\Z|-\Z")
_WORD = re.compile(r"[\w'-]+")
_BITS = 20  # of the table of pairs


class Variant(NamedTuple):
    """One expression with a word swapped."""

    words: tuple[str, ...]
    key: int  # where the two words stand by which it is found
    meant: str
    term: bool  # or an everyday phrase
    sure: bool  # or told in company only


class Variants(NamedTuple):
    """All variants by two words in a row, one of them put in, the longest variant first."""

    by_pair: dict[tuple[str, str], list[Variant]]
    seen: np.ndarray  # bool: whether a pair may be one of these, by the keys of its words


_VARIANTS: dict[str, Variants] = {}  # of the last rules asked for


def broken_expressions(article: Article, rules: Rules) -> Iterator[Finding]:
    """Expressions with a word that never stands in them, and doubtful ones where two are found."""
    if article.language.code != "en":
        return
    text = article.text
    known = _variants(rules)
    keys = text.keys
    met = np.flatnonzero(known.seen[_slot(keys[:-1], keys[1:])]).tolist()
    if not met:
        return
    low, numbers = text.vocabulary.list(str.lower), text.numbers
    found: dict[int, Variant] = {}
    for key in met:
        for one in known.by_pair.get((low[numbers[key]], low[numbers[key + 1]]), ()):
            at, end = key - one.key, key - one.key + len(one.words)
            same = at >= 0 and tuple(low[n] for n in numbers[at:end].tolist()) == one.words
            if same and all(map(_BLANK.match, text.gaps[at + 1 : end])):
                found[at] = one
                break
    company = len({one.meant for one in found.values()}) > 1
    for at, one in found.items():
        if not (one.sure or company):
            continue
        start, end = text.words[at][0], text.words[at + len(one.words) - 1][1]
        name = "broken-expression" if one.term else "broken-phrase"
        yield Finding(
            rule="broken-expression",
            family="spin",
            group="language",
            severity=int(rules.checks.get(name, {}).get("severity", 2)),
            start=start,
            end=end,
            quote=text.raw[start:end],
            message=f"a set expression with a word swapped: “{one.meant}”",
            confidence=0.9 if one.sure else 0.7,
        )


def _slot(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Where pairs of keys stand in ``Variants.seen``."""
    return (first * 0x9E3779B1 ^ second) & ((1 << _BITS) - 1)


def _variants(rules: Rules) -> Variants:
    if rules.digest not in _VARIANTS:
        _VARIANTS.clear()
        made = _made(rules.lists)
        seen = np.zeros(1 << _BITS, bool)
        words = np.array([[key_of(word) for word in pair] for pair in made], np.uint64).reshape(
            -1, 2
        )
        seen[_slot(words[:, 0], words[:, 1])] = True
        _VARIANTS[rules.digest] = Variants(made, seen)
    return _VARIANTS[rules.digest]


def _made(lists: dict[str, list[str]]) -> dict[tuple[str, str], list[Variant]]:
    synonyms = {
        sure: _synonyms(lists.get(name, []))
        for sure, name in ((True, "broken_by"), (False, "broken_by_in_company"))
    }
    meant = {
        form: term
        for name, term in (("set_phrases", False), ("set_terms", True))
        for expression in lists.get(name, [])
        for form in _forms(expression, term)
    }
    known = {*meant, *lists.get("expressions_in_use", [])}
    found: dict[str, Variant] = {}
    for expression, term in meant.items():
        words = expression.split()
        for at, word in enumerate(words):
            for sure, table in synonyms.items():
                for synonym in _of(word, table, term and at == len(words) - 1):
                    variant = " ".join((*words[:at], synonym, *words[at + 1 :]))
                    if variant not in known and " " in variant:
                        put, every = _WORD.findall(synonym), tuple(_WORD.findall(variant))
                        new = Variant(every, _key(every, at, len(put)), expression, term, sure)
                        found.setdefault(variant, new)
    keyed: dict[tuple[str, str], list[Variant]] = {}
    for one in sorted(found.values(), key=lambda one: (-len(one.words), one.words)):
        keyed.setdefault((one.words[one.key], one.words[one.key + 1]), []).append(one)
    return keyed


def _key(words: tuple[str, ...], at: int, count: int) -> int:
    """Where two words in a row begin, one of them put in at ``at``, that are long and so rare."""
    first, last = max(at - 1, 0), min(at + count, len(words) - 1)
    return max(range(first, last), key=lambda n: sorted(map(len, words[n : n + 2])))


def _synonyms(lines: list[str]) -> dict[str, list[str]]:
    """ "word: one, another" as a table."""
    parts = (line.partition(":") for line in lines)
    return {word.strip(): [s.strip() for s in rest.split(",")] for word, _, rest in parts}


def _forms(expression: str, term: bool) -> Iterator[str]:
    """An expression, and its plural where it is a term."""
    yield expression
    if term and not expression.endswith("s"):
        yield plural(expression)


def _of(word: str, table: dict[str, list[str]], last: bool) -> list[str]:
    """The synonyms of a word, or the plurals of those of its singular where it ends a term."""
    if word in table or not last:
        return table.get(word, [])
    for singular in (word[:-1], word[:-2], f"{word[:-3]}y"):
        if singular in table and plural(singular) == word:
            return [one if one.endswith("s") else plural(one) for one in table[singular]]
    return []


def plural(noun: str) -> str:
    """A noun's plural by the common spelling rules."""
    if noun.endswith(("man", "woman")):
        return f"{noun[:-2]}en"
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if re.search(r"[^aeiou]y\Z", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}s"
