"""How telling a word is in news, and which words stand for each other beside a number.

All are data (rules/facts/identity.toml): the stems that many articles have, by how many have
them; groups of nouns of which a report may take either ("14 rifles", "14 guns"), and of words of
one deed ("seized", "recovered").
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from audit.facts.lexicon import built
from audit.facts.person_nouns import by_ending
from audit.facts.plurals import singular
from audit.facts.remembered import Remembered
from audit.facts.stems import STOP, stem
from audit.rules import Rules

MEMORY = 1 << 15  # words a process remembers
ANYBODY = frozenset(("count:person", "count:man"))
_SOME = ("survivor", "passenger")  # of the people that were there: the crew are others
_WEAK = 0.3  # of a name whose last word tells nothing

# Words of dates and of numbers: they tell when and how many, and not of what.
_COUNTING = frozenset(
    """january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year day
    night morning hundred thousand million billion trillion dozen""".split()
)


@dataclass(frozen=True)
class Words:
    """Stems with a weight below 1, and nouns with the first noun of their group."""

    common: dict[str, float]
    groups: dict[str, str]
    people: Remembered[bool]  # whether what is counted are people, by a noun
    seen: dict[str, tuple[str, float] | None]  # a memory of ``telling``
    names: dict[str, float]  # a memory of ``rare``
    # A memory of ``telling`` as it is beside a number, words of one deed told as one.
    beside: Remembered[tuple[str, float] | None]

    def telling(self, word: str) -> tuple[str, float] | None:
        """The stem of a small word and how telling it is, 0..1; None where it tells nothing."""
        if word in self.seen:
            return self.seen[word]
        found = None
        if telling(word):
            key = stem(word)
            found = key, self.common.get(key, 1.0)
        if len(self.seen) < MEMORY:
            self.seen[word] = found
        return found

    def key(self, word: str) -> str:
        """What a word, as it is written, is told by in a gist: its stem without accents; ""
        where it tells nothing, or begins with no letter."""
        low = unaccented(word.lower())
        told = self.telling(low)
        return told[0] if told and low[0].isalpha() else ""

    def rare(self, name: str) -> float:
        """How telling a name is, 0..1, by its last word."""
        found = self.names.get(name)
        if found is None:
            if len(self.names) >= MEMORY:
                self.names.clear()
            told = self.telling(name.rsplit(" ", 1)[-1].lower())
            found = self.names[name] = told[1] if told else _WEAK
        return found

    def alike(self, one: str, other: str) -> bool:
        """Whether two figures can count one thing: by one noun or one of its group, or people
        where either noun says nobody in particular ("nine sailors", "eight men"); a sum may be a
        rate, too."""
        mine, its = self.kin(one), self.kin(other)
        if mine == its:
            return True
        if mine in ANYBODY or its in ANYBODY:
            return self.people[mine] and self.people[its]
        return "money" in (one, other) and one.startswith("money") and other.startswith("money")

    def kin(self, counts: str) -> str:
        """What is counted, nouns of one group told as one."""
        head, colon, noun = counts.partition(":")
        return f"{head}:{self.groups.get(noun, noun)}" if colon else counts


def unaccented(word: str) -> str:
    """A word without its accents: outlets write "Gonzalez" for "González"."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def telling(word: str) -> bool:
    """Whether a small word can tell what a clause is about."""
    return not (word in STOP or word in _COUNTING or len(word) < 3 or word[0].isdigit())


def words_of(rules: Rules) -> Words:
    """The words of a rule set."""
    return built(rules, _words)


def _words(rules: Rules) -> Words:
    table = rules.facts.get("identity", {})
    common = {
        key: float(weight)
        for weight, stems in table.get("common", {}).items()
        for key in stems.split()
    }
    groups = {noun: group.split()[0] for group in table.get("kin", []) for noun in group.split()}
    deeds: dict[str, str] = {}
    for group in table.get("deeds", []):
        stems = [stem(word) for word in group.split()]
        for key in stems:
            deeds.setdefault(key, stems[0])

    def beside(word: str) -> tuple[str, float] | None:
        told = words.telling(word)
        return (deeds.get(told[0], told[0]), told[1]) if told else None

    nouns = rules.facts.get("quantities", {}).get("words", {})
    known = {singular(word) for key in ("person", "one_person") for word in nouns.get(key, ())}

    def person(counts: str) -> bool:
        head, _, noun = counts.partition(":")
        return head == "count" and noun not in _SOME and (noun in known or by_ending(f"{noun}s"))

    words = Words(common, groups, Remembered(person), {}, {}, Remembered(beside))
    return words
