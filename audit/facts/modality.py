"""Whether a statement says that something happened, or that it is planned, denied, feared …

``status`` looks at the clause round a trigger (the verb or noun that names an event): its verb
group, what governs it ("plans to", "denied", "ruled out"), what modifies it ("proposed"), and
what follows it where it is the subject ("was called off"). No parser: scopes are bounded by
punctuation, conjunctions and a few tokens. The words are data, rules/facts/modality.toml.
The file is long because every reader of a clause shares its small readers of the verb group.
"""

from __future__ import annotations

import re
from typing import cast

from audit.facts.lexicon import built
from audit.facts.modality_words import (
    BE,
    DETERMINERS,
    HAVE,
    LONGEST,
    PREPOSITIONS,
    REPORTING,
    STOPS,
    Lists,
    Phrases,
    Side,
    lists,
    side,
)
from audit.model import Span, Status
from audit.rules import Rules
from audit.tokens import Text

_REACH = 28  # tokens looked at on the left of a trigger
_FOLLOW = 12  # and on its right
_GOVERNOR = 8  # tokens between a governor and its infinitive, as in "plans by the army to buy"
_CLAUSE = 12  # tokens between a governor and the verb of its clause
_STRONG = re.compile(r"[;:()\"?!\n\[\]]|\s-+\s|--")
# What is not denied or negated but its reason or its time: "denied that it fired him because",
# "did not accuse him until March".
_NARROWED = {
    "denied": re.compile(
        r"[^.;!?\n]*?\b(?:because|in (?:retaliation|revenge|order to)|to punish"
        r"|as (?:a )?(?:reward|retaliation|punishment|revenge)"
        r"|for (?:political|personal|financial) (?:reason|gain)s?)\b"
    ),
    "negated": re.compile(r"[^.;!?\n]*?\buntil (?!further notice)"),
}
_ASIDES = frozenset({"also", "now", "already"})  # between the words of what follows


def status(text: Text, start: int, end: int, rules: Rules) -> tuple[Status, Span | None]:
    """The status of what the trigger ``text.plain[start:end]`` names, and the words that tell it.

    The span covers the cue ("plans to", "denied", "not") and is None where the statement is
    plainly asserted. Offsets outside the text give ``("asserted", None)``.
    """
    first, last = text.sentence_at(start)
    left = side(text, first, start, _REACH)
    right = side(text, end, last, _FOLLOW, forward=True)
    trigger = text.plain[start:end].lower()
    reader = _Reader(built(rules, lists), text.plain, left, right, text.plain[first:last])
    found, cue = reader.read(len(left.words) - 1, start, trigger)
    if found in _NARROWED and _NARROWED[found].match(text.plain, end, min(last, end + 160)):
        return "asserted", None
    return cast(Status, found), cue


def _strong(gap: str) -> bool:
    """Whether what stands between two words parts their clauses."""
    return gap != " " and _STRONG.search(gap) is not None


def _parts(gap: str) -> bool:
    """Whether what stands between two words parts them, be it by a comma only."""
    return gap != " " and ("," in gap or _STRONG.search(gap) is not None)


class _Reader:
    """One look at one trigger: the tokens on either side and the lists."""

    def __init__(self, lists: Lists, plain: str, left: Side, right: Side, sentence: str) -> None:
        self.lists, self.plain, self.right = lists, plain, right
        self.words, self.starts, self.ends = left.words, left.starts, left.ends
        self.sentence = sentence

    def read(self, at: int, start: int, trigger: str, depth: int = 0) -> tuple[str, Span | None]:
        """The status of the word that starts at ``start``, after ``words[at]``."""
        if depth > 4:
            return "asserted", None
        after = self.right.words[0] if self.right.words and depth == 0 else ""
        before = self.words[at] if at >= 0 and not self._parted(at, start) else ""
        nominal = (
            before in DETERMINERS
            or (before in PREPOSITIONS and before != "to")
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
        if unclear or (moved and self.words[k + 1] in ("being", "having")):
            # "avoided being arrested": what governs the group governs its verb
            noun = self._noun(k, self.starts[k + 1] if moved else start, depth)
            if noun[1] is not None:
                return noun
        found = self._clause(k, start if not moved else self.starts[k + 1])
        if found[1] is None and unclear and not depth:
            return self._follow()
        return found

    def _gap(self, at: int, start: int) -> str:
        return self.plain[self.ends[at] : start]

    def _parted(self, at: int, start: int) -> bool:
        return _parts(self._gap(at, start))

    def _group(
        self, at: int, start: int, trigger: str, depth: int
    ) -> tuple[tuple[str, Span | None], int, bool]:
        """The verb group on the left: negation, modals, and what governs an infinitive."""
        lists, words = self.lists, self.words
        k, edge = at, start
        negation: Span | None = None
        modal: int | None = None
        have = False
        if k >= 0 and words[k] in ("and", "or") and not trigger.endswith(("ed", "ing", "s")):
            joined = self._coordinate(k)
            if joined is not None:
                k, edge = joined, self.ends[joined]
        while k >= 0:
            gap = self._gap(k, edge)
            if _strong(gap):
                break
            word = words[k]
            comma = "," in gap
            if comma and not (word in lists.skip or words[min(k + 1, at)] in lists.skip):
                break
            if word == "longer" and k and words[k - 1] == "no":
                negation, k = Span(self.starts[k - 1], self.ends[k]), k - 1
            elif word in lists.negations:
                following = words[k + 1] if k < at else trigger
                if following != "only":
                    negation = negation or self._at(k)
            elif word in lists.modal or word in ("would", "'d"):
                modal = k
            elif word in lists.auxiliaries:
                have = have or word in HAVE
            elif word == "to":
                if k == at and k and trigger[0].isdigit():  # "climbed to 22"
                    verb = self.read(k - 2, self.starts[k - 1], words[k - 1], depth + 1)
                    return verb, k - 1, True
                if modal is None:
                    return self._infinitive(k, negation, have, depth), k - 1, True
                break
            elif not (word in lists.skip or word.endswith("ly")):
                break
            edge, k = self.starts[k], k - 1
        if modal is not None:
            return (self._modal(modal, negation, have, k), k, True)
        if negation is not None:
            return (("negated", negation), k, True)
        return (("asserted", None), k, k < at)

    def _coordinate(self, k: int) -> int | None:
        """The index of "to" or a modal that the verb before "and" shares with the trigger."""
        for j in range(k - 1, max(-1, k - 7), -1):
            if _strong(self._gap(j, self.starts[j + 1])):
                return None
            word = self.words[j]
            if word == "to" or word in self.lists.modal or word == "would":
                return j
            if word in STOPS:
                return None
        return None

    def _modal(
        self, modal: int, negation: Span | None, have: bool, k: int
    ) -> tuple[str, Span | None]:
        cue, word = self._at(modal), self.words[modal]
        if have and word in ("would", "'d", "should", "ought"):
            return ("considered", cue) if negation else ("negated", cue)
        if word in ("would", "'d"):
            reported = not REPORTING.isdisjoint(self.words[max(0, k - 12) : k + 1])
            kind = "planned" if reported else "considered"
        else:
            kind = self.lists.modal[word]
        if negation and word not in ("may", "might"):
            return "negated", Span(min(cue.start, negation.start), max(cue.end, negation.end))
        if kind == "planned" and self.sentence.rstrip("\"' ").endswith("?"):
            kind = "considered"
        return kind, cue

    def _infinitive(
        self, to: int, negation: Span | None, have: bool, depth: int
    ) -> tuple[str, Span | None]:
        """The status of a to-infinitive from what governs it; a bare one is an intention."""
        edge = self.starts[to]
        for k in range(to - 1, max(-1, to - 1 - _GOVERNOR), -1):
            if _strong(self._gap(k, edge)):
                break
            word = self.words[k]
            if k == to - 1 and word in HAVE:
                kind = "asserted" if word == "had" else "planned"
                return ("negated", negation) if negation else (kind, self._span(k, to, kind))
            if k == to - 1 and word in BE:
                return ("negated", negation) if negation else ("planned", self._span(k, to))
            match = self._phrase(self.lists.to, k)
            if match:
                kind, width = match
                at = k - width + 1
                if kind == "asserted" and have:
                    return "asserted", None
                outer, cue = self.read(at - 1, self.starts[at], self.words[at], depth + 1)
                if negation and kind in ("asserted", "planned", "predicted"):
                    return "negated", negation
                if word == "unlikely":
                    return "negated", self._span(at, to)
                if kind == "negated" and word == "yet":
                    return "negated", self._span(at, to)
                return _combine(kind, self._span(at, to, kind), outer, cue)
            if word in STOPS:
                break
            edge = self.starts[k]
        if have:
            return ("negated", negation) if negation else ("asserted", None)
        if negation:
            return "negated", negation
        return "planned", self._at(to)

    def _span(self, first: int, last: int, kind: str = "") -> Span | None:
        if kind == "asserted":
            return None
        return Span(self.starts[first], self.ends[last])

    def _at(self, k: int) -> Span:
        return Span(self.starts[k], self.ends[k])

    def _phrase(self, table: Phrases, last: int) -> tuple[str, int] | None:
        """The longest phrase of a table that ends in ``words[last]``: its status and its words."""
        if self.words[last] not in table.last:
            return None
        words = tuple(self.words[max(0, last + 1 - LONGEST) : last + 1])
        for skipped in range(len(words)):
            if (found := table.status.get(words[skipped:])) is not None:
                return found, len(words) - skipped
        return None

    def _noun(self, at: int, start: int, depth: int) -> tuple[str, Span | None]:
        """The status of a noun: its modifiers, what governs it, what follows it."""
        lists, words = self.lists, self.words
        plain, ends = self.plain, self.ends
        edge = start
        for k in range(at, max(-1, at - 7), -1):
            if _parts(plain[ends[k] : edge]):
                break
            word = words[k]
            if word == "no" and k + 1 < len(words) and words[k + 1] in ("doubt", "longer"):
                break
            if k > at - 5 and word in lists.modifier:
                return lists.modifier[word], self._at(k)
            match = self._phrase(lists.gerund, k) if word in lists.gerund.last else None
            if match:
                kind, width = match
                first = k - width + 1
                outer, cue = self.read(first - 1, self.starts[first], words[first], depth + 1)
                return _combine(kind, self._span(first, k), outer, cue)
            if word in BE and DETERMINERS.issuperset(words[k + 1 : at + 1]):
                # "refuses to be a singer": what holds for the copula holds for its noun
                return self._group(k, self.ends[k], "be", depth + 1)[0]
            if word in ("not", "never") and DETERMINERS.issuperset(words[k + 1 : at + 1]):
                return "negated", self._at(k)
            if word in STOPS or word in lists.auxiliaries or word in lists.modal:
                break
            edge = self.starts[k]
        return "asserted", None

    def _follow(self) -> tuple[str, Span | None]:
        """What is said of a noun that is the subject: "the sale was called off"."""
        after, words = self.lists.after, self.right.words
        starts, ends = self.right.starts, self.right.ends
        aside = False  # between two commas
        for k, word in enumerate(words[:_FOLLOW]):
            gap = self.plain[ends[k - 1] : starts[k]] if k else ""
            if _strong(gap):
                break
            if "," in gap:
                aside = not aside
            if aside:
                continue
            if word in after.first or word in _ASIDES:
                for width in range(min(LONGEST, len(words) - k), 0, -1):
                    phrase = tuple(words[k : k + width])
                    rest = tuple(w for w in phrase if w not in _ASIDES)
                    found = after.status.get(phrase) or after.status.get(rest)
                    if found:
                        return found, Span(starts[k], ends[k + width - 1])
            if word in self.lists.auxiliaries or word in STOPS or word in self.lists.modal:
                break
        return "asserted", None

    def _clause(self, at: int, start: int) -> tuple[str, Span | None]:
        """What governs the clause as a whole: a denial, a condition, a negative subject."""
        lists, words = self.lists, self.words
        plain, ends = self.plain, self.ends
        edge = start
        for k in range(at, max(-1, at - _CLAUSE), -1):
            if _parts(plain[ends[k] : edge]):
                break
            word = words[k]
            if word in lists.subjects and at - k <= 6:
                before = words[k - 1] if k else ""
                if before not in PREPOSITIONS and before not in lists.auxiliaries:
                    return "negated", self._at(k)
            match = self._phrase(lists.clause, k) if word in lists.clause.last else None
            if match:
                kind, width = match
                first = k - width + 1
                outer, _ = self._group(first - 1, self.starts[first], words[first], 1)[0]
                if outer == "negated":
                    return "asserted", None
                return kind, Span(self.starts[first], self.ends[k])
            if word in STOPS:
                break
            edge = self.starts[k]
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
