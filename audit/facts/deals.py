"""The one deal a text is about, so that "the contract", "it" and "the price" are known by names.

A text names the parties of a contract once and then says "the contract was signed" or "it was
signed", "is worth", "the price". Where a text speaks of one deal only, what it says of it carries
the names of the sentences that tell of it; where there are two, nothing is lent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from audit.facts.names import Name, within
from audit.tokens import Text

HEADS = frozenset("contract deal agreement accord treaty pact lease".split())
_NOUNS = sorted(HEADS)
_NOUN = "|".join(_NOUNS)
_FORMS = HEADS | {f"{head}s" for head in HEADS} | {"treaties"}
_INNER = re.compile(r"['-]")
_BACK = 4  # words that a mention reaches back from its noun
_MENTION = re.compile(
    rf"\b(?P<det>a|an|the|this|that|its|their|her|his)(?: (?!a |an |the )[\w'-]+){{0,3}}?"
    rf" (?P<head>{_NOUN})\b(?P<owner>'s)?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\b(?:signs?|wins?|won) (?:[\w'-]+ )?(?P<head>{_NOUN})\b", re.IGNORECASE)
# A second deal beside the first: then "the contract" may be either.
_OTHERS = re.compile(
    rf"\b(?:(?:another|second|third|separate|earlier|previous|former|old|older|similar|rival|two"
    rf"|three|several|both|many|other) (?:[\w'-]+ ){{0,2}}?(?:{_NOUN})s?|treaties"
    rf"|(?<!such )(?:{'|'.join(h for h in sorted(HEADS) if h != 'treaty')})s)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"(?:It|This)\b")
# What a deal costs, said of the deal: "worth 30 million", "a price of 30 million".
_COST = re.compile(
    r"\b(?:worth|valued at|priced at|(?:price|value|cost|sum)(?: tag)? of|price (?:is|was)"
    r"|will cost|costs?|(?:put|set|estimated|fixed) at)(?: (?:about|around|some|nearly|almost"
    r"|more than|over|up to|at least|roughly|approximately|a total of|an estimated))?"
    r"(?: [$€£]?)?$",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\b(?:the|its) (?:price|cost|value|sum)\b", re.IGNORECASE)
_COINS = frozenset(
    """crown krona krone koruna franc mark peso rouble ruble lira dinar dirham rupee riyal real
    zloty forint shekel rand won yuan yen euro dollar pound""".split()
)


@dataclass(frozen=True)
class Deal:
    """The deal of a text: its noun, the names told with it, the starts of its sentences."""

    head: str
    names: frozenset[str]
    sentences: frozenset[int]


def deal(text: Text, found: list[Name]) -> Deal | None:
    """The one deal a text is about; None where it has none, or speaks of more than one."""
    nouns = _nouns(text)
    if not nouns or any(_seen(_OTHERS, text, nouns)):
        return None
    mentions = [*_seen(_MENTION, text, nouns), *_seen(_BARE, text, nouns)]
    heads = sorted({m["head"].lower() for m in mentions})
    if len(heads) != 1:
        return None
    spans = text.sentences
    starts = [start for start, _ in spans]
    at = sorted({bisect_right(starts, m.start()) - 1 for m in mentions} - {-1})
    after = [
        i + 1
        for i in at
        if i + 1 < len(spans) and _IT.match(text.plain, spans[i + 1][0], spans[i + 1][1])
    ]
    held = sorted({*at, *after})
    names = frozenset(
        name.name
        for i in held[:4]
        for name in within(found, *spans[i])
        if name.start >= _opening(text.plain, spans[i]) and name.kind != "actor"
    )
    return Deal(heads[0], names, frozenset(spans[i][0] for i in held))


def _nouns(text: Text) -> list[int]:
    """The words that are a noun of a deal, or hold one: "contracts", "pact's", "lease-holder"."""
    return text.where(_formed)


def _formed(word: str) -> bool:
    word = word.lower()
    return word in _FORMS or (
        ("-" in word or "'" in word) and not _FORMS.isdisjoint(_INNER.split(word))
    )


def _seen(pattern: re.Pattern[str], text: Text, nouns: list[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern whose last word is one of the nouns, in order, without overlaps."""
    words, done = text.words, 0
    for at in nouns:
        found = pattern.search(text.plain, max(done, words[max(0, at - _BACK)][0]), words[at][1])
        if found:
            done = found.end()
            yield found


def price(plain: str, start: int, at: int) -> bool:
    """Whether the amount at an offset of a sentence is what something costs."""
    return _COST.search(plain[max(start, at - 60) : at]) is not None


def told(plain: str, span: tuple[int, int], before: list[int], known: Deal) -> bool:
    """Whether a sentence tells of the deal: it names it, goes on with "it", or says "the price"
    soon after one that does. ``before``: the starts of the few sentences before it."""
    if span[0] in known.sentences:
        return True
    near = not known.sentences.isdisjoint(before)
    return near and _PRICE.search(plain, *span) is not None


def money(slot: str) -> bool:
    """Whether a quantity is of money: "crowns" count as such."""
    return slot == "money" or (slot.startswith("count:") and slot[6:] in _COINS)


def _opening(plain: str, span: tuple[int, int]) -> int:
    """Where a sentence starts behind its dateline: the place and agency are not told of."""
    cut = re.search(r" (?:-|--) ", plain[span[0] : min(span[1], span[0] + 90)])
    return span[0] + cut.end() if cut else span[0]
