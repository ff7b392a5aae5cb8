"""What reading numbers rests on: the words of the rules, and one text with its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from audit import model
from audit.facts.plurals import singular
from audit.facts.scan import Tokens
from audit.rules import Rules


@dataclass(frozen=True)
class People:
    """The words of one slot of people, as tuples of tokens by their first or last one."""

    slot: str
    state: dict[str, list[tuple[str, ...]]]  # by first word
    act: dict[str, list[tuple[str, ...]]]  # by last word
    noun: frozenset[str]
    toll: dict[str, list[tuple[str, ...]]]  # by last word
    needs_person: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    people: tuple[People, ...]
    states: frozenset[str]  # first words of what befell people,
    acts: frozenset[str]  # last words of what is done to them,
    nouns: frozenset[str]  # and what they are called by it, of all slots
    bounds: dict[str, str]
    currency: dict[str, str]
    measure: dict[str, tuple[str, str]]
    words: dict[str, frozenset[str]]


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number's tokens ``first`` .. ``last`` (half-open) and its value."""

    first: int
    last: int
    value: float
    bound: str = "exact"
    scaled: bool = False


@dataclass(frozen=True)
class Page:
    """One text as numbers are read in it. ``busy`` are the spans of its time expressions."""

    words: list[str]
    letters: str
    starts: list[int]
    ends: list[int]
    plain: str
    lex: Lexicon
    busy: list[tuple[int, int]]
    busy_starts: list[int]


def page_of(tokens: Tokens, lex: Lexicon, dates: list[model.Timex]) -> Page:
    """The page of a text's tokens and its time expressions."""
    busy = [(d.start, d.end) for d in dates]
    starts = [start for start, _ in busy]
    return Page(
        tokens.words, tokens.letters, tokens.starts, tokens.ends, tokens.text, lex, busy, starts
    )


def lexicon(rules: Rules) -> Lexicon:
    table: dict[str, Any] = rules.facts.get("quantities", {})

    def keyed(entries: list[str], last: bool) -> dict[str, list[tuple[str, ...]]]:
        by: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(entry.split())
            by.setdefault(parts[-1] if last else parts[0], []).append(parts)
        return by

    people = tuple(
        People(
            slot,
            keyed(entry.get("state", []), False),
            keyed(entry.get("act", []), True),
            frozenset(entry.get("noun", [])),
            keyed(entry.get("toll", []), True),
            frozenset(entry.get("needs_person", [])),
        )
        for slot, entry in table.get("people", {}).items()
    )
    return Lexicon(
        people=people,
        states=frozenset(word for entry in people for word in entry.state),
        acts=frozenset(word for entry in people for word in entry.act),
        nouns=frozenset(word for entry in people for word in entry.noun),
        bounds={
            phrase: kind for kind, items in table.get("bounds", {}).items() for phrase in items
        },
        currency=dict(table.get("currency", {})),
        measure={
            word: (slot, unit)
            for slot, units in table.get("measures", {}).items()
            for word, unit in units.items()
        },
        words={kind: frozenset(items) for kind, items in table.get("words", {}).items()},
    )


def gap(page: Page, at: int) -> str:
    """What stands before a token, back to the one before it."""
    return page.plain[page.ends[at - 1] : page.starts[at]] if at else ""


def is_person(page: Page, at: int) -> bool:
    return page.words[at] in page.lex.words["person"]


def is_human(page: Page, word: str) -> bool:
    """Whether a word is a noun of one person or several."""
    words = page.lex.words
    men = word.endswith("men") and word not in _SINGULAR_MEN
    return men or word in words["person"] or singular(word) in words["one_person"]


_SINGULAR_MEN = frozenset("specimen regimen abdomen acumen bitumen".split())


def plural(page: Page, at: int) -> bool:
    word = page.words[at]
    if word in page.lex.words["plural"] or word in page.lex.words["person"]:
        return True
    if word.endswith(("men", "people")) and len(word) > 5 and word not in _SINGULAR_MEN:
        return True
    return (
        len(word) > 3
        and word[-1] == "s"
        and word[-2:] not in ("ss", "us", "is")
        and word.isalpha()
        and not page.plain[page.starts[at] : page.ends[at]].isupper()
        and word not in page.lex.words["hollow"]
        and word not in page.lex.words["stop"]
    )


def breaks(page: Page, at: int) -> bool:
    """Whether a new line with a capital begins at a token: a headline's end."""
    return "\n" in gap(page, at) and page.plain[page.starts[at]].isupper()
