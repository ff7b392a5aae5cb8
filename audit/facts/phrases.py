"""Which words of a sentence open a claim, and which noun phrases stand round them."""

from __future__ import annotations

from bisect import bisect_right

from audit import model
from audit.facts.claim_words import (
    AUX,
    CONJ,
    DETERMINERS,
    GOVERNORS,
    NOMINAL,
    ORDINALS,
    PREP,
    PRONOUNS,
    STAND_INS,
    VERBAL,
    adverb,
)
from audit.facts.deals import Deal
from audit.facts.names import Name
from audit.facts.plurals import singular
from audit.facts.sentence import It, Phrase, Sentence
from audit.facts.triggers import Lexicon, Trigger
from audit.rules import Rules
from audit.tokens import Text


class Reader:
    """One sentence being read: its tokens, names, dates, amounts, and the triggers in it."""

    def __init__(
        self,
        text: Text,
        sentence: Sentence,
        lex: Lexicon,
        found: list[Name],
        dates: list[model.Timex],
        quantities: list[model.Quantity],
        said: list[tuple[int, int, int]],
        rules: Rules,
        it: It | None,
        deal: Deal | None,
        opening: list[int],
        verbs: list[int],
    ) -> None:
        """``opening`` and ``verbs``: the words that can open a claim, of a class that rules list
        or of a class of their own."""
        self.text, self.s, self.lex, self.rules = text, sentence, lex, rules
        self.it, self.deal = it, deal
        self.n = len(sentence.low) - 1  # the last token
        self.names, self.dates, self.quantities, self.said = found, dates, quantities, said
        self.context = frozenset([name.name for name in found])
        self.named = named_in(sentence, found)
        self.verbs = verbs
        self.triggers = triggers_of(self, opening)
        self.places = {index for index, _ in self.triggers}


def named_in(sentence: Sentence, found: list[Name]) -> set[int]:
    """The tokens of a sentence that are part of its names."""
    named: set[int] = set()
    begun, spans = sentence.begun, sentence.spans
    for name in found:
        first = bisect_right(begun, name.start) - 1
        if first >= 0 and name.end <= spans[first][1]:  # most often
            named.add(first)
        else:
            named.update(range(first, sentence.at(name.end - 1) + 1))
    return named


def triggers_of(r: Reader, opening: list[int]) -> list[tuple[int, Trigger]]:
    found: list[tuple[int, Trigger]] = []
    low = r.s.low
    tails, bare, dated, named = r.lex.tailed, r.lex.bare, r.s.dated, r.named
    for i in opening:
        if i in dated or i in named:
            continue
        word = low[i]
        if word in tails:
            tailed = next((t for t in tails[word] if _follows(low, i + 1, t.tail)), None)
            if tailed is not None:
                found.append((i, tailed))
                continue
        verb, noun = bare[word]
        if verb is not None and not is_verb(r, i, noun is not None):
            verb = None
        if noun is not None and word in _DEALS and not _deal(r, i):
            continue
        chosen = verb or noun
        if chosen is not None and not in_name(r, i, chosen.verb):
            found.append((i, chosen))
    if len(found) > 1:  # "the delivery arrived": one event, named by its noun
        things = r.lex.things
        nouns = {t.event for _, t in found if t.lemma not in things}
        found = [f for f in found if f[1].lemma not in things or f[1].event not in nouns]
    return found


def _follows(low: list[str], at: int, tail: tuple[str, ...]) -> bool:
    """Whether the words from a token on are those of a tail."""
    return low[at : at + 1] == [tail[0]] and tuple(low[at : at + len(tail)]) == tail


_DEALS = frozenset(("deal", "deals"))
_MUCH = frozenset(("great", "good", "big"))  # a great deal of
_ON = frozenset("for to on with between worth over was were is has had".split())


def _deal(r: Reader, i: int) -> bool:
    """Whether "deal" is what two sides agreed on: "the deal with Acme", no "to deal with"."""
    low = r.s.low
    before, after = low[i - 1] if i else "", low[i + 1] if i + 1 < len(low) else ""
    if before in VERBAL or before in AUX or before in PRONOUNS or before in _MUCH:
        return False
    ends = i + 1 == len(low) or r.s.gap[i + 1] > 0 or i + 1 in r.s.dated
    return i > 0 and (after in _ON or after in PREP or ends)


def in_name(r: Reader, i: int, verb: bool) -> bool:
    """Whether the word is part of a longer capitalised name (Security Agreement Act)."""
    start, end = r.s.spans[i]
    if not r.s.plain[start].isupper():
        return False
    return any(n.start < start or n.end > end for n in r.names
               if start - 60 <= n.start <= start and end <= n.end <= end + 60 and not verb
               and n.kind == "name" and len(n.text.split()) > 2)  # fmt: skip


def is_verb(r: Reader, i: int, ambiguous: bool) -> bool:
    low = r.s.low
    word = low[i]
    before = before_of(r, i)
    prev = low[before] if before >= 0 else ""
    if word in r.lex.bases and not (
        prev in VERBAL or prev in AUX or prev in GOVERNORS or prev in ORDINALS
        or (prev.endswith("s") and i > 0 and not r.s.owns[i - 1])
        or (i > 0 and i - 1 in r.named)
    ):  # fmt: skip
        return False
    if not ambiguous:
        # A participle before a noun is an adjective ("the sanctioned firm").
        after = low[i + 1] if i + 1 < len(low) else ""
        adjective = prev in DETERMINERS and after not in PREP and not word.endswith("ing")
        return not (adjective and word.endswith(("ed", "en")) and prev != "that")
    if i > 0 and (r.s.owns[i - 1] or prev in DETERMINERS or prev in NOMINAL):
        return False
    if prev in VERBAL or (prev in AUX and prev not in ORDINALS):
        return True
    after = low[i + 1] if i + 1 < len(low) else ""
    if after in ("of", "by", "in", "on", "between", "with", "against", "that", "has", "was"):
        return False
    small = i > 0 and not r.s.plain[r.s.spans[i - 1][0]].isupper()
    if prev in ORDINALS or (small and prev not in CONJ and prev not in PREP):
        return word.endswith("ed")
    starts = i + 1 < len(low) and (after in DETERMINERS or r.s.plain[r.s.spans[i + 1][0]].isupper())
    return starts or after.isdigit()


def before_of(r: Reader, i: int) -> int:
    """The nearest token to the left that is no plain adverb."""
    j = i - 1
    while j >= 0 and adverb(r.s.low[j]) and not r.s.gap[j + 1]:
        j -= 1
    return j


def stops(r: Reader, j: int) -> bool:
    """Whether no noun phrase goes on over a token."""
    if j in r.named:
        return False
    return r.s.low[j] in r.lex.stops or j in r.s.dated


def left_of(r: Reader, last: int) -> Phrase | None:
    """The noun phrase that ends at a token."""
    low, gap = r.s.low, r.s.gap
    j = last
    while j >= 0 and last - j < 14:
        if low[j] in PRONOUNS or (j < last and gap[j + 1]) or stops(r, j):
            break
        j -= 1
    return phrase_of(r, j + 1, last)


def right_of(r: Reader, first: int) -> Phrase | None:
    """The noun phrase that starts at a token."""
    low, gap = r.s.low, r.s.gap
    if first > r.n or stops(r, first) or low[first] in PRONOUNS:
        return None
    j, most = first + 1, min(r.n + 1, first + 16)
    while j < most:
        word = low[j]
        if gap[j] or word in PRONOUNS or stops(r, j):
            break
        if word in DETERMINERS and low[j - 1] not in ("of", "all"):
            break
        j += 1
    return phrase_of(r, first, j - 1)


def phrase_of(r: Reader, first: int, last: int) -> Phrase | None:
    low = r.s.low
    while first <= last and (low[first] in DETERMINERS or low[first] == "of"):
        first += 1
    while last >= first and (low[last] == "of" or adverb(low[last])):
        last -= 1
    if first > last:
        return None
    start, end = r.s.begun[first], r.s.spans[last][1]
    inside = [n for n in r.names if start <= n.start and n.end <= end]
    words = low[first : last + 1]
    head = first + words.index("of") - 1 if "of" in words else last
    return Phrase(first, last, heads_of(r, inside, last) if inside else (), singular(low[head]))


def heads_of(r: Reader, found: list[Name], last: int) -> tuple[Name, ...]:
    """The names of a phrase without the persons and things that only own what it is about:
    of "Harry's cousin Celia", Celia."""
    kept = []
    for name in found:
        at = r.s.at(name.end - 1)
        if name.kind == "actor" or not (r.s.owns[at] and at < last):
            kept.append(name)
    others = [n for n in kept if n.kind != "actor"]
    if others:
        kept = [n for n in kept if n.kind != "actor"
                or not (r.s.owns[r.s.at(n.end - 1)])]  # fmt: skip
    return tuple(kept)


def _sure(name: Name) -> int:
    """How little a name tells of which thing is meant."""
    return _KINDS[name.kind]


_KINDS = {"code": 0, "name": 1, "actor": 2}


def role_of(r: Reader, phrase: Phrase | None) -> model.Role | None:
    if phrase is None:
        return None
    start, end = r.s.begun[phrase.first], r.s.spans[phrase.last][1]
    names = phrase.names
    best = (min(names, key=_sure) if len(names) > 1 else names[0]) if names else None
    if best is not None and best.end <= start:  # "it": the name stands in another sentence
        return model.Role(start, end, r.text.raw[start:end], best.name)
    tail = r.text.plain[best.end : end] if best is not None else ""
    if best is not None and best.kind == "actor" and tail not in ("", "'s", "'"):
        # "Turkish officials" stand for Turkey; "Turkish exports" are exports.
        named = any(n is not best for n in phrase.names)
        people = phrase.head in STAND_INS or named or best.end > end - 3
        name = best.name if people else f"{best.name} {phrase.head}"
    else:
        name = best.name if best else phrase.head
    return model.Role(start, end, r.text.raw[start:end], name)
