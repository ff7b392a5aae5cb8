"""What befell people whose number stands in no listed words: "nine never reached the shore".

A number of people, or one that stands alone, that no rule of audit/facts/slots.py places is weighed
by the words around it: what is done to them or what they do, the words of death, wounds, care,
search and arrest in their sentence and how they stand to it, what the numbers before count, the
words of the sentence before and of the opening. The weights are fitted on invented sentences and
pages (``python -m tests.eval.fit_befell``); they and the words stand in rules/facts/befell.toml.
Long, for what is weighed and how it is found are read together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audit.facts.counting import Number, Page, gap, is_human
from audit.facts.numerals import bound_before
from audit.facts.person_nouns import by_ending
from audit.facts.plurals import singular
from audit.facts.slots import noun_after
from audit.rules import Rules

SLOTS = ("killed", "injured", "missing", "arrested")
_GRAVE = frozenset(("death", "hurt", "care", "missing", "arrest"))
_GRAVE_TOO = frozenset("held suspects captured seized victims lost fell shot".split())
_REACH = 25  # tokens on either side of a number that are looked at
_OPENING = 30  # tokens that tell what a text is about
_BACK = 40  # tokens of a sentence before
_NEAR, _MID = 4, 9  # tokens away
_MODIFIED = 8  # tokens between a noun and its verb: "passengers of the night express died"
_BREAKS = frozenset(', ; : - ( ) " and but while who which that whom when after as where'.split())
_SKIPPED = frozenset(
    """the a all these those another other others its his her their only already so far still now
    just even perhaps maybe possibly more further first about yet also later""".split()
)
_THEM = frozenset("them whom these those us you".split())
_OWNERS = frozenset("the its his her their our my all those these".split())
_NOT = frozenset("not never t no none nobody without cannot".split())
_HELPS = frozenset(
    """was were is are has have had been be being did do does could can may might will would still
    also already reported reportedly feared believed presumed known said thought confirmed listed
    left remain remained remains now later officially who all both then apparently""".split()
)
_OBJECTS = frozenset("the a an his her their him them more several".split())
_PLACES = frozenset("in on at near of from to for with by as among including against than".split())
_SHORT = frozenset("mr mrs ms dr st gen col lt sgt capt maj rev hon sen rep gov prof no".split())


@dataclass(frozen=True)
class Befell:
    """Words by what they speak of, nouns by what they count, weights by sign, the least odds."""

    words: dict[str, tuple[str, ...]]
    grave: frozenset[str]  # those words that surely speak of it
    heads: dict[str, str]
    weights: dict[str, tuple[float, ...]]
    least: float


def befell_of(rules: Rules) -> Befell:
    """The words and weights of a rule set."""
    table: dict[str, Any] = rules.facts.get("befell", {})
    words: dict[str, tuple[str, ...]] = {}
    for kind, entries in table.get("words", {}).items():
        for entry in entries:
            words[entry] = (*words.get(entry, ()), kind)
    return Befell(
        words,
        _GRAVE_TOO.union(word for word, kinds in words.items() if _GRAVE.intersection(kinds)),
        {noun: kind for kind, nouns in table.get("heads", {}).items() for noun in nouns},
        {
            sign: tuple(w / 100 for w in weights)
            for sign, weights in table.get("weights", {}).items()
        },
        table.get("least", {}).get("chance", 0.6),
    )


@dataclass(frozen=True)
class Told:
    """A number, its slot where a rule gave one, and whether its slot is open."""

    number: Number
    slot: str | None
    open: bool


class Signs:
    """The signs around the numbers of one page, read one after the other."""

    def __init__(self, page: Page, lex: Befell, numbers: list[Told]) -> None:
        self.page, self.lex = page, lex
        self.size = len(page.words)
        self.of_number = {
            at for told in numbers for at in range(told.number.first, told.number.last)
        }
        self.by_first = {told.number.first: told for told in numbers}
        opening = {k for w in page.words[:_OPENING] for k in lex.words.get(w, ())}
        slots = {told.slot for told in numbers if told.slot in SLOTS}
        self.whole = [f"t:{k}" for k in sorted(opening)] + [f"doc:{s}" for s in sorted(slots)]

    def ends(self, at: int) -> bool:
        """Whether a sentence ends with a token."""
        page = self.page
        if page.letters[at] == "|":
            return True
        if at + 1 >= self.size:
            return False
        follows = gap(page, at + 1)
        if "\n" in follows and page.plain[page.starts[at + 1]].isupper():
            return True
        if page.words[at] not in (".", "!", "?") or not follows:
            return False
        before = page.words[at - 1] if at else ""
        if len(before) == 1 or before in _SHORT:
            return False
        return not page.plain[page.starts[at + 1]].islower()

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The sentence round a number, as far as it is looked at."""
        low, high = first, last
        while low > 0 and first - low < _REACH and not self.ends(low - 1):
            low -= 1
        while high < self.size and high - last < _REACH and not self.ends(high):
            high += 1
        return low, min(self.size, high + 1)

    def head(self, last: int) -> tuple[str, int]:
        """What kind of thing a number that ends before a token counts, and where that ends."""
        words, page = self.page.words, self.page
        if words[last : last + 1] == ["of"] and last + 1 < self.size:
            if words[last + 1] in _THEM:
                return "ofthem", last + 2
            at = last + 1
            while at < self.size and words[at] in _OWNERS:
                at += 1
            if at > last + 1:
                stop, noun = noun_after(page, at)
                return (f"ofthe:{self.kind(noun)}", stop) if noun else ("ofthe", at)
            return "bare", last
        stop, noun = noun_after(page, last)
        if noun is not None:
            return self.kind(noun), stop
        for at in (last, last + 1):
            if at < self.size and (at == last or page.letters[last] in "0j"):
                word = words[at]
                if word in self.lex.heads or singular(word) in page.lex.words["one_person"]:
                    return self.kind(word), at + 1
        return "bare", last

    def kind(self, noun: str) -> str:
        known = self.lex.heads.get(noun)
        if known:
            return known
        if is_human(self.page, noun):
            return "human"
        return "human" if by_ending(noun) else "thing"

    def around(self, told: Told, before: list[tuple[int, str]]) -> tuple[list[str], int]:
        """The signs of a number, and where what it counts ends. ``before``: the numbers before it
        by their first token, with what they count."""
        page, words = self.page, self.page.words
        first, last = told.number.first, told.number.last
        lead, _ = bound_before(page, first)
        head, stop = self.head(last)
        low, high = self.bounds(first, last)
        told_of = [
            *self.near(range(stop, high), "a", stop),
            *self.near(range(lead - 1, low - 1, -1), "b", lead - 1),
        ]
        signs = [f"h:{head}"]
        raw = page.plain[page.starts[first] : page.ends[last - 1]]
        if "." in raw:
            signs.append("decimal")
        value = told.number.value
        signs.append("v1" if value == 1 else "v4" if value <= 4 else "vk" if value >= 1000 else "v")
        evidence = list(told_of)
        evidence.append(self.done_to(lead, low))
        evidence += self.done_by(stop, high)
        same = [(at, slot) for at, slot in before if low <= at < first]
        slot = next((s for _, s in reversed(same) if s != "none"), None)
        if slot:
            evidence.append(f"ante:{slot}")
        if same:
            evidence.append(f"last:{same[-1][1]}")
        start = self.sentence_before(low)
        earlier = [s for at, s in before if start <= at < low and s != "none"]
        if earlier and not slot:
            evidence.append(f"prev:{earlier[-1]}")
        evidence += sorted({f"p:{k}" for w in words[start:low] for k in self.lex.words.get(w, ())})
        signs += evidence
        signs += [f"{head}&{e}" for e in evidence]
        signs += self.whole
        return signs, stop

    def sentence_before(self, low: int) -> int:
        """Where the sentence before a token begins, as far as it is looked at."""
        at = max(0, low - 1)
        while at > 0 and low - at < _BACK and not self.ends(at - 1):
            at -= 1
        return at

    def near(self, tokens: range, side: str, begin: int) -> Iterator[str]:
        """The first word of each kind on one side: how far, and what stands between."""
        words, known = self.page.words, self.lex.words
        seen: set[str] = set()
        crossed = number = 0
        for at in tokens:
            word = words[at]
            if at in self.of_number:
                number = 1
            elif word in _BREAKS:
                crossed += 1
            for kind in known.get(word, ()):
                if kind not in seen:
                    seen.add(kind)
                    away = abs(at - begin)
                    far = "n" if away < _NEAR else "m" if away < _MID else "f"
                    over = "x" if number else "c" if crossed > 1 else "b" if crossed else "0"
                    yield f"{side}:{kind}:{far}{over}"
                    yield f"{side}:{kind}:{over}"
                    yield f"{side}:{kind}"

    def done_to(self, lead: int, low: int) -> str:
        """What governs a number from before: a verb's kind, a preposition, nothing."""
        words = self.page.words
        at = lead - 1
        while at > low and words[at] in _SKIPPED:
            at -= 1
        # "killing two men and three women": what governs the first governs the second.
        while at > low and words[at] in ("and", ",", "or"):
            first = next((k for k in range(at - 1, max(low, at - 6) - 1, -1) if k in self.by_first),
                         None)  # fmt: skip
            if first is None or any(words[k] in _HELPS for k in range(first, at)):
                break
            at = bound_before(self.page, first)[0] - 1
            while at > low and words[at] in _SKIPPED:
                at -= 1
        if at < low:
            return "g:^"
        word = words[at]
        kinds = self.lex.words.get(word)
        if kinds:
            return f"g:{kinds[0]}"
        return f"g:{word}" if word in _BREAKS or word in _PLACES else "g:*"

    def done_by(self, stop: int, high: int, past: bool = False) -> list[str]:
        """What those counted do or what is done to them: the kind of their verb."""
        words = self.page.words
        at = stop
        # "nine women and five children were", "five men, three of them guards, were"
        for _ in range(3):
            if at + 1 < high and words[at] in ("and", ",", "or"):
                here = at + 1
                while here < high and words[here] in _SKIPPED:
                    here += 1
                if here in self.by_first:
                    at = self.head(self.by_first[here].number.last)[1]
                    continue
            break
        if at < high and words[at] == ",":
            end = next((k for k in range(at + 1, min(high, at + 16)) if words[k] == ","), None)
            if end and end + 1 < high and words[end + 1] in _HELPS:
                at = end + 1
        helped = denied = False
        while at < high and (
            words[at] in _HELPS or words[at] in _NOT or words[at] == "'"
            or words[at].endswith("ly") or (words[at] in _SKIPPED and at > stop)
        ):  # fmt: skip
            denied = denied or words[at] in _NOT
            helped = helped or words[at] in _HELPS
            at += 1
        if at >= high:
            return ["v:$"]
        word = words[at]
        kinds = self.lex.words.get(word)
        how = ("n" if denied else "") + ("h" if helped else "")
        if kinds:
            after = at + 1 < high and (words[at + 1] in _OBJECTS or at + 1 in self.of_number)
            object_ = "o" if after and not helped else ""
            return [f"v:{k}:{how}{object_}" for k in kinds] + [f"v:{k}" for k in kinds]
        told = word if word in _BREAKS or word in _PLACES or word in (".", "|") else "*"
        signs = [f"v:{told}:{how}", f"v:{told}"]
        if not past and (told in _PLACES or word in ("who", "that", "aboard")):
            signs += self.later(at + 1, high)
        return signs

    def later(self, first: int, high: int) -> list[str]:
        """The verb past what a noun is modified by: "members of a choir died", "36 on board were
        killed"."""
        words = self.page.words
        for at in range(first, min(high, first + _MODIFIED)):
            word = words[at]
            if at in self.of_number or (word in _BREAKS and word not in ("who", "that")):
                break
            if word in _HELPS or (word in self.lex.words and word.endswith(("ed", "ied"))):
                return [f"w{sign[1:]}" for sign in self.done_by(at, high, True)]
        return []


def weighed(signs: list[str], lex: Befell) -> tuple[str, float]:
    """The likeliest slot by the signs, and how likely it is."""
    weights = lex.weights
    total = list(weights.get("", (0.0,) * 5))
    for sign in signs:
        of = weights.get(sign)
        if of:
            for at, weight in enumerate(of):
                total[at] += weight
    top = max(total)
    odds = [math.exp(t - top) for t in total]
    best = max(range(1, len(odds)), key=odds.__getitem__)
    return SLOTS[best - 1], odds[best] / sum(odds)
