"""Whether a statement says that something happened, or that it is planned, denied, feared …

``status`` looks at the clause round a trigger (the verb or noun that names an event): its verb
group, what governs it ("plans to", "denied", "ruled out"), what modifies it ("proposed"), and
what follows it where it is the subject ("was called off"). No parser: scopes are bounded by
punctuation, conjunctions and a few tokens. The words are data, rules/facts/modality.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import cast

from audit.facts.lexicon import built, forms
from audit.model import Span, Status
from audit.rules import Rules
from audit.tokens import Text

_REACH = 28  # tokens looked at on the left of a trigger
_GOVERNOR = 8  # tokens between a governor and its infinitive, as in "plans by the army to buy"
_CLAUSE = 12  # tokens between a governor and the verb of its clause
_PHRASE = 5  # longest phrase of the lists, in words
_STRONG = re.compile(r"[;:()\"?!\n\[\]]|\s-+\s|--")
_SPLIT = re.compile(r"(?<=\w)(n't|'ll|'d|'re|'ve|'s|'m)$|(?<=^can)(not)$", re.IGNORECASE)
_STOPS = frozenset(
    """who which whom whose but because after when while although though where before since
    and""".split()
)
_DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your 's any some every each another
    such no further more new first second third last""".split()
)
_PREPOSITIONS = frozenset(
    """of on in at by for from with about over against into under between during after before
    without amid despite following through to""".split()
)
_REPORTING = frozenset(
    """said says say told tells announced announces added adds promised pledged vowed warned
    confirmed believed thought knew stated insisted indicated noted reported that""".split()
)
_BE = frozenset("be been being is are was were am 's 're 'm".split())
_HAVE = frozenset("have has had having 've".split())


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class _Lists:
    """rules/facts/modality.toml by construction: phrase (words) to status."""

    modal: dict[str, str]
    to: dict[tuple[str, ...], str]
    gerund: dict[tuple[str, ...], str]
    clause: dict[tuple[str, ...], str]
    modifier: dict[str, str]
    after: dict[tuple[str, ...], str]
    negations: frozenset[str]
    subjects: frozenset[str]
    skip: frozenset[str]
    auxiliaries: frozenset[str]


def _build(rules: Rules) -> _Lists:
    data = rules.facts["modality"]

    def phrases(table: dict[str, list[str]], verbs: bool) -> dict[tuple[str, ...], str]:
        found: dict[tuple[str, ...], str] = {}
        for key, entries in table.items():
            status = key.removesuffix("_words")
            for entry in entries:
                plain = not verbs or key.endswith("_words")
                for form in [entry] if plain else forms(entry):
                    found.setdefault(tuple(form.split()), status)
        return found

    def words(table: dict[str, list[str]]) -> dict[str, str]:
        return {word: status for status, entries in table.items() for word in entries}

    return _Lists(
        modal=words(data["modal"]),
        to=phrases(data["to"], True),
        gerund=phrases(data["gerund"], True),
        clause=phrases(data["clause"], True),
        modifier=words(data["modifier"]),
        after=phrases(data["after"], False),
        negations=frozenset(data["negation"]["words"]),
        subjects=frozenset(data["negation"]["subjects"]),
        skip=frozenset(data["skip"]["words"]),
        auxiliaries=frozenset(data["skip"]["auxiliaries"]),
    )


def status(text: Text, start: int, end: int, rules: Rules) -> tuple[Status, Span | None]:
    """The status of what the trigger ``text.plain[start:end]`` names, and the words that tell it.

    The span covers the cue ("plans to", "denied", "not") and is None where the statement is
    plainly asserted. Offsets outside the text give ``("asserted", None)``.
    """
    lists = built(rules, _build)
    first, last = text.sentence_at(start)
    left = _tokens(text, first, start, _REACH)
    right = _tokens(text, end, last, 12, forward=True)
    trigger = text.plain[start:end].lower()
    reader = _Reader(lists, text.plain, left, right, text.plain[first:last])
    found, cue = reader.read(len(left) - 1, start, trigger)
    return cast(Status, found), cue


def _tokens(text: Text, start: int, end: int, most: int, forward: bool = False) -> list[_Token]:
    """Up to ``most`` words of ``[start, end)`` nearest to the trigger, contractions split."""
    words = text.words
    low, high = bisect_left(words, (start,)), bisect_left(words, (end,))
    span = words[low : low + most] if forward else words[max(low, high - most) : high]
    found: list[_Token] = []
    for at, to in span:
        to = min(to, end)
        word = text.plain[at:to].lower()
        if word == "may" and text.plain[at] == "M" and at and text.plain[at - 1] == " ":
            word = "May"  # the month
        cut = _SPLIT.search(word) if "'" in word or word == "cannot" else None
        if cut:
            found.append(_Token(word[: cut.start()], at, at + cut.start()))
            found.append(_Token(word[cut.start() :], at + cut.start(), to))
        else:
            found.append(_Token(word, at, to))
    return found


def _strong(gap: str) -> bool:
    """Whether what stands between two words parts their clauses."""
    return gap != " " and _STRONG.search(gap) is not None


class _Reader:
    """One look at one trigger: the tokens on either side and the lists."""

    def __init__(
        self, lists: _Lists, plain: str, left: list[_Token], right: list[_Token], sentence: str
    ) -> None:
        self.lists, self.plain, self.left, self.right = lists, plain, left, right
        self.sentence = sentence

    def read(self, at: int, start: int, trigger: str, depth: int = 0) -> tuple[str, Span | None]:
        """The status of the word that starts at ``start``, ``left[at]`` being the one before it."""
        if depth > 4:
            return "asserted", None
        after = self.right[0].word if self.right and depth == 0 else ""
        before = self.left[at].word if at >= 0 and not self._parted(at, start) else ""
        nominal = (
            before in _DETERMINERS
            or (before in _PREPOSITIONS and before != "to")
            or before in self.lists.modifier
            or after == "of"
        )
        if nominal:
            found = self._noun(at, start, depth)
            if found[1] is not None or depth:
                return found
            found = self._clause(at, start)
            return found if found[1] is not None else self._follow()
        found, k, moved = self._group(at, start, trigger, depth)
        if found[1] is not None:
            return found
        unclear = not moved and not trigger.endswith("ed")
        if unclear or (moved and self.left[k + 1].word in ("being", "having")):
            # "avoided being arrested": what governs the group governs its verb
            noun = self._noun(k, self.left[k + 1].start if moved else start, depth)
            if noun[1] is not None:
                return noun
        found = self._clause(k, start if not moved else self.left[k + 1].start)
        if found[1] is None and unclear and not depth:
            return self._follow()
        return found

    def _gap(self, at: int, start: int) -> str:
        return self.plain[self.left[at].end : start]

    def _parted(self, at: int, start: int) -> bool:
        gap = self._gap(at, start)
        return "," in gap or _strong(gap)

    def _group(
        self, at: int, start: int, trigger: str, depth: int
    ) -> tuple[tuple[str, Span | None], int, bool]:
        """The verb group on the left: negation, modals, and what governs an infinitive."""
        lists, left = self.lists, self.left
        k, edge = at, start
        negation: Span | None = None
        modal: _Token | None = None
        have = False
        if k >= 0 and left[k].word in ("and", "or") and not trigger.endswith(("ed", "ing", "s")):
            joined = self._coordinate(k)
            if joined is not None:
                k, edge = joined, left[joined].end
        while k >= 0 and not _strong(self._gap(k, edge)):
            token = left[k]
            comma = "," in self._gap(k, edge)
            if comma and not (token.word in lists.skip or left[min(k + 1, at)].word in lists.skip):
                break
            if token.word == "longer" and k and left[k - 1].word == "no":
                negation, k = Span(left[k - 1].start, token.end), k - 1
            elif token.word in lists.negations:
                following = left[k + 1].word if k < at else trigger
                if following != "only":
                    negation = negation or Span(token.start, token.end)
            elif token.word in lists.modal or token.word in ("would", "'d"):
                modal = token
            elif token.word in lists.auxiliaries:
                have = have or token.word in _HAVE
            elif token.word == "to":
                if modal is None:
                    return self._infinitive(k, negation, have, depth), k - 1, True
                break
            elif not (token.word in lists.skip or token.word.endswith("ly")):
                break
            edge, k = left[k].start, k - 1
        if modal is not None:
            return (self._modal(modal, negation, have, k), k, True)
        if negation is not None:
            return (("negated", negation), k, True)
        return (("asserted", None), k, k < at)

    def _coordinate(self, k: int) -> int | None:
        """The index of "to" or a modal that the verb before "and" shares with the trigger."""
        for j in range(k - 1, max(-1, k - 7), -1):
            if _strong(self._gap(j, self.left[j + 1].start)):
                return None
            word = self.left[j].word
            if word == "to" or word in self.lists.modal or word == "would":
                return j
            if word in _STOPS:
                return None
        return None

    def _modal(
        self, modal: _Token, negation: Span | None, have: bool, k: int
    ) -> tuple[str, Span | None]:
        cue = Span(modal.start, modal.end)
        if have and modal.word in ("would", "'d", "should", "ought"):
            return ("considered", cue) if negation else ("negated", cue)
        if modal.word in ("would", "'d"):
            reported = any(token.word in _REPORTING for token in self.left[max(0, k - 12) : k + 1])
            kind = "planned" if reported else "considered"
        else:
            kind = self.lists.modal[modal.word]
        if negation and modal.word not in ("may", "might"):
            return "negated", Span(min(cue.start, negation.start), max(cue.end, negation.end))
        if kind == "planned" and self.sentence.rstrip("\"' ").endswith("?"):
            kind = "considered"
        return kind, cue

    def _infinitive(
        self, to: int, negation: Span | None, have: bool, depth: int
    ) -> tuple[str, Span | None]:
        """The status of a to-infinitive from what governs it; a bare one is an intention."""
        left = self.left
        edge = left[to].start
        for k in range(to - 1, max(-1, to - 1 - _GOVERNOR), -1):
            if _strong(self._gap(k, edge)):
                break
            word = left[k].word
            if k == to - 1 and word in _HAVE:
                kind = "asserted" if word == "had" else "planned"
                return ("negated", negation) if negation else (kind, self._span(k, to, kind))
            if k == to - 1 and word in _BE:
                return ("negated", negation) if negation else ("planned", self._span(k, to))
            match = self._phrase(self.lists.to, k)
            if match:
                kind, width = match
                at = k - width + 1
                if kind == "asserted" and have:
                    return "asserted", None
                outer, cue = self.read(at - 1, left[at].start, left[at].word, depth + 1)
                if negation and kind in ("asserted", "planned", "predicted"):
                    return "negated", negation
                if word == "unlikely":
                    return "negated", self._span(at, to)
                if kind == "negated" and word == "yet":
                    return "negated", self._span(at, to)
                return _combine(kind, self._span(at, to, kind), outer, cue)
            if word in _STOPS:
                break
            edge = left[k].start
        if have:
            return ("negated", negation) if negation else ("asserted", None)
        if negation:
            return "negated", negation
        return "planned", Span(left[to].start, left[to].end)

    def _span(self, first: int, last: int, kind: str = "") -> Span | None:
        if kind == "asserted":
            return None
        return Span(self.left[first].start, self.left[last].end)

    def _phrase(self, table: dict[tuple[str, ...], str], last: int) -> tuple[str, int] | None:
        """The longest phrase of a table that ends in ``left[last]``: its status and its words."""
        first = max(0, last + 1 - _PHRASE)
        words = tuple([token.word for token in self.left[first : last + 1]])
        for skipped in range(len(words)):
            if (found := table.get(words[skipped:])) is not None:
                return found, len(words) - skipped
        return None

    def _noun(self, at: int, start: int, depth: int) -> tuple[str, Span | None]:
        """The status of a noun: its modifiers, what governs it, what follows it."""
        lists, left = self.lists, self.left
        edge = start
        for k in range(at, max(-1, at - 7), -1):
            if self._parted(k, edge):
                break
            word = left[k].word
            if word == "no" and k + 1 < len(left) and left[k + 1].word in ("doubt", "longer"):
                break
            if k > at - 5 and word in lists.modifier:
                return lists.modifier[word], Span(left[k].start, left[k].end)
            match = self._phrase(lists.gerund, k)
            if match:
                kind, width = match
                first = k - width + 1
                outer, cue = self.read(first - 1, left[first].start, left[first].word, depth + 1)
                return _combine(kind, self._span(first, k), outer, cue)
            if word in _BE and all(t.word in _DETERMINERS for t in left[k + 1 : at + 1]):
                # "refuses to be a singer": what holds for the copula holds for its noun
                return self._group(k, left[k].end, "be", depth + 1)[0]
            if word in ("not", "never") and all(
                t.word in _DETERMINERS for t in left[k + 1 : at + 1]
            ):
                return "negated", Span(left[k].start, left[k].end)
            if word in _STOPS or word in lists.auxiliaries or word in lists.modal:
                break
            edge = left[k].start
        return "asserted", None

    def _follow(self) -> tuple[str, Span | None]:
        """What is said of a noun that is the subject: "the sale was called off"."""
        right = self.right
        aside = False  # between two commas
        for k in range(min(12, len(right))):
            gap = self.plain[right[k - 1].end : right[k].start] if k else ""
            if _strong(gap):
                break
            if "," in gap:
                aside = not aside
            if aside:
                continue
            for width in range(_PHRASE, 0, -1):
                words = tuple(token.word for token in right[k : k + width])
                joined = tuple(w for w in words if w not in ("also", "now", "already"))
                found = self.lists.after.get(words) or self.lists.after.get(joined)
                if found and len(words) == width:
                    return found, Span(right[k].start, right[k + width - 1].end)
            word = right[k].word
            if word in self.lists.auxiliaries or word in _STOPS or word in self.lists.modal:
                break
        return "asserted", None

    def _clause(self, at: int, start: int) -> tuple[str, Span | None]:
        """What governs the clause as a whole: a denial, a condition, a negative subject."""
        lists, left = self.lists, self.left
        edge = start
        for k in range(at, max(-1, at - _CLAUSE), -1):
            gap = self._gap(k, edge)
            if "," in gap or _strong(gap):
                break
            token = left[k]
            if token.word in lists.subjects and at - k <= 6:
                before = left[k - 1].word if k else ""
                if before not in _PREPOSITIONS and before not in lists.auxiliaries:
                    return "negated", Span(token.start, token.end)
            match = self._phrase(lists.clause, k)
            if match:
                kind, width = match
                first = k - width + 1
                outer, _ = self._group(first - 1, left[first].start, left[first].word, 1)[0]
                if outer == "negated":
                    return "asserted", None
                return kind, Span(left[first].start, token.end)
            if token.word in _STOPS:
                break
            edge = token.start
        return "asserted", None


def _combine(
    kind: str, cue: Span | None, outer: str, outer_cue: Span | None
) -> tuple[str, Span | None]:
    """The status of what a governor governs, given the status of the governor itself."""
    if outer == "denied":
        return "denied", outer_cue
    if outer == "negated":
        if kind in ("negated", "denied"):
            # "did not fail to", "did not rule out": it happened, or may yet
            return ("asserted", None) if kind == "negated" else ("considered", outer_cue)
        return "negated", outer_cue
    if outer == "asserted":
        return kind, cue
    return (outer, outer_cue) if kind == "asserted" else (kind, cue)
