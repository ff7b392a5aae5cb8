"""What tells a changed fact from changed wording: the word lists of rules/facts/altered.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.facts.change_words import Piece
from audit.facts.spellings import one_edit, stem
from audit.rules import Rules

FUNCTION = frozenset(
    """a an the of to in on at by for from with and or but as is are was were be been being has
    have had do does did this that these those it its he she they his her their i we you my our
    your so if then than there here what which who whom when where while into onto upon about
    not no yes oh well also too very just only""".split()
)
_FILLERS = frozenset(
    """um uh er like know mean really actually basically sort kind okay ok yeah s re ve ll d m t
    gonna going wanna want gotta got cause because em them""".split()
)


CLOCK = re.compile(r"\D?\d{1,2}(?:: ?\d\d\b| ?[ap]\.?m\b)", re.IGNORECASE)
_UNIT = re.compile(
    r"[ -]*(?:(?P<mile>miles?|mi\b|mph)|(?P<km>km|kilomet|kph)|(?P<ft>feet|foot|ft\b|square[ -]+f)"
    r"|(?P<m>met(?:er|re)|m\b|square[ -]+m)|(?P<lb>pounds?|lbs?\b)|(?P<kg>kilo(?:s|gr)|kg\b)"
    r"|(?P<acre>acres?)|(?P<ha>hectares?)|(?P<in>inch)|(?P<cm>cm\b|centimet))",
    re.IGNORECASE,
)


def unit_of(after: str) -> str | None:
    """The unit that the words after a number name, None where they name none."""
    found = _UNIT.match(after)
    return found.lastgroup if found else None


@dataclass(frozen=True)
class Lists:
    synonyms: dict[str, frozenset[int]]
    aliases: dict[str, int]
    titles: frozenset[str]
    negations: frozenset[str]
    soft: frozenset[str]
    prefixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]

    def synonym(self, x: str, y: str) -> bool:
        groups = self.synonyms
        return bool(groups.get(x, frozenset()) & groups.get(y, frozenset()))

    def alike(self, x: str, y: str) -> bool:
        if x == y or self.synonym(x, y) or stem(x) == stem(y):
            return True
        for long, short in self.endings:
            for p, q in ((x, y), (y, x)):
                if p.endswith(long) and p[: -len(long)] + short == q:
                    return True
                if len(long) < 4 and long in p and p.replace(long, short) == q:
                    return True
        aliases = self.aliases
        if x in aliases and aliases[x] == aliases.get(y):
            return True
        # one slip of the keyboard or the scanner in a longer word
        return len(x) > 3 and len(y) > 3 and one_edit(x, y)

    def wording(self, ours: list[Piece], theirs: list[Piece]) -> bool:
        """Whether two sides differ in wording only."""
        left = [p.key for p in ours if not any(self.alike(p.key, q.key) for q in theirs)]
        right = [q.key for q in theirs if not any(self.alike(p.key, q.key) for p in ours)]
        small = FUNCTION | _FILLERS
        return all(k in small for k in left) and all(k in small for k in right)


def build(rules: Rules) -> Lists:
    data = rules.facts["altered"]
    groups: dict[str, set[int]] = {}
    for n, entry in enumerate(data["synonyms"]):
        for word in entry.split():
            groups.setdefault(word, set()).add(n)
    return Lists(
        synonyms={word: frozenset(ids) for word, ids in groups.items()},
        aliases={w: n for n, entry in enumerate(data["aliases"]) for w in entry.split()},
        titles=frozenset(data["titles"].split()),
        negations=frozenset(data["negation"]["words"]),
        soft=frozenset(data["negation"]["soft"]),
        prefixes=tuple(data["negation"]["prefixes"]),
        endings=tuple((a, b) for a, b in data["spelling"]["endings"]),
    )
