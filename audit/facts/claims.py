"""What a text says happened: the event, who did what to whom, where, when, how many.

No parser and no model. A trigger (a verb or noun of rules/facts/events.toml) opens a claim; its
roles are the noun phrases that English word order puts round it: active and passive, relative
clauses ("which Turkey acquired"), nominal phrases ("Turkey's purchase of"), headlines. Dates and
quantities go to the trigger they stand nearest to, within the clause.

The file is long because the grammar it knows is one thing: splitting it would spread one
sentence's analysis over several files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace

import msgspec

from audit import model
from audit.facts.deals import Deal, deal, money, price, told
from audit.facts.denials import denials
from audit.facts.lexicon import built, forms
from audit.facts.modality import status as status_of
from audit.facts.names import Name, within
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text

_AUX = frozenset(
    """will would has have had is are was were be been being am not may might could can shall should
    must do does did won't wouldn't didn't doesn't don't hasn't haven't isn't aren't wasn't weren't
    cannot can't couldn't to already also reportedly officially finally never now then still just
    only even first later recently allegedly again soon both formally eventually subsequently
    previously initially actually repeatedly get gets got""".split()
)
# Verbs and nouns that pass their subject on to the verb they govern: "agreed to buy".
_GOVERNORS = frozenset(
    """consider considers considered considering decide decides decided deciding agree agrees agreed
    want wants wanted plan plans planned planning intend intends intended hope hopes hoped threaten
    threatens threatened threatening offer offers offered refuse refuses refused vow vows vowed try
    tries tried trying continue continues continued begin begins began start starts started seek
    seeks sought expect expects expected discuss discusses discussed discussing mull mulls mulled
    mulling weigh weighs weighed weighing set ready likely unlikely forced able unable due about
    going poised prepared preparing prepares scheduled supposed hesitated managed failed helped
    opted pledged promised promises deny denies denied denying confirm confirms confirmed""".split()
)
_PREP = frozenset(
    """of in on at by for from with about over against into under between during after before
    without amid despite following through until since towards toward via upon per among within near
    outside inside across around along off onto to including regarding like plus out up
    concerning""".split()
)
_CONJ = frozenset(
    """and or but while as because when although though if unless whether that than so which who
    whom whose where how why what nor yet where""".split()
)
_PRONOUNS = frozenset("he she it they we i you this those these there him her them us me".split())
_SAYING = frozenset(
    """said says say saying told tells tell announced announces reported reports claimed claims
    noted notes added adds believe believes think thinks thought stated states showed shows show
    according know knows known made make makes making caused causing causes prompted prompting
    led leading leads became become becomes let lets allow allows allowed used using uses asked asks
    came comes coming went goes take takes took gave gives has have had saw sees see put puts
    wrote writes argued argues insisted insists""".split()
)
_ADVERB = re.compile(r"[a-z]+ly$")
_DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your some any no every each another
    such more most many several few both all""".split()
)
_ORDINALS = {
    **dict.fromkeys(("first", "initial", "1st", "original"), "first"),
    **dict.fromkeys(("second", "2nd"), "second"),
    **dict.fromkeys(("third", "3rd"), "third"),
    **dict.fromkeys(("fourth", "4th"), "fourth"),
    **dict.fromkeys(("fifth", "5th"), "fifth"),
    **dict.fromkeys(("sixth", "6th"), "sixth"),
    **dict.fromkeys(("seventh", "7th"), "seventh"),
    **dict.fromkeys(("another", "additional", "more", "further", "new", "extra"), "another"),
    **dict.fromkeys(("final", "last"), "last"),
}
# Nouns a part of a whole is counted in; after an ordinal they tell one event from the next.
_PARTS = frozenset(
    """batch delivery shipment consignment tranche phase stage round part purchase order
    instalment installment regiment unit package set wave series season leg term quarter half
    deal sale contract agreement test trial election vote summit meeting visit launch
    flight""".split()
)
TOLLS = {
    "killed": "death",
    "injured": "injury",
    "missing": "disappearance",
    "arrested": "arrest",
    "magnitude": "earthquake",
    "displaced": "displacement",
    "evacuated": "displacement",
    "infected": "outbreak",
}
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person"}
# Words that give a verb's tense away where its form is also a noun ("to launch", "will attack").
_STRONG = re.compile(r'[;:()"\[\]\n]')
_EACH = re.compile(r"[ -]*(?:per\b|a (?:share|day|week|month|year|head)|each\b|apiece)")
_SPEECH = frozenset(
    """said says say told tells announced reported reports claimed added believe believes think
    thinks thought stated showed according argued wrote writes tweeted""".split()
)
_MODALS = frozenset("will would could may might should can must".split())
_HAPPENED = frozenset(
    """arrived took place occurred happened came was were began started been had has have be is
    held made""".split()
)
_TELLS = _SPEECH | frozenset("deny denies denied confirm confirms confirmed insisted".split())
_CARRIED_OUT = frozenset(
    """managed began begun started continued went forced proceeded helped chose used goes got came
    compelled happened dared""".split()
)
_CLAUSES = frozenset(
    "and but while which who that because since after before when as although until if".split()
)
_VERBAL = frozenset(
    """to will would may might could can shall should must not don't didn't doesn't
    won't do does did who they he she we""".split()
)
_NOMINAL = frozenset("of for after before during in on by over amid following from with".split())


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that opens a claim: its class, whether it is a verb, and how its roles run."""

    event: str
    verb: bool
    lemma: str
    converse: bool = False
    tail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """rules/facts/events.toml, by the first word of every form."""

    triggers: dict[str, list[Trigger]]
    verbs: frozenset[str]
    bases: frozenset[str]  # verb forms without an ending: also nouns or adjectives, often
    themes: frozenset[str]  # classes whose intransitive subject is the theme
    makers: frozenset[str]  # classes whose noun is modified by its agent ("Senate bill")
    slots: dict[str, frozenset[str]]


def lexicon(rules: Rules) -> Lexicon:
    return built(rules, _lexicon)


def _lexicon(rules: Rules) -> Lexicon:
    triggers: dict[str, list[Trigger]] = {}
    verbs: set[str] = set()
    bases: set[str] = set()
    slots: dict[str, frozenset[str]] = {}
    themes: set[str] = set()
    makers: set[str] = set()

    def add(event: str, words: list[str], verb: bool, converse: bool) -> None:
        for entry in words:
            shapes = forms(entry) if verb else _plural(entry)
            for shape in shapes:
                first, *tail = shape.split()
                lemma = shapes[0]
                triggers.setdefault(first, []).append(
                    Trigger(event, verb, lemma, converse, tuple(tail))
                )
                if verb and not tail:
                    verbs.add(first)
                    if shape == lemma and not lemma.endswith("ed"):
                        bases.add(first)

    for event, entry in sorted(rules.facts.get("events", {}).get("class", {}).items()):
        add(event, entry.get("verbs", []), True, False)
        add(event, entry.get("nouns", []), False, False)
        other = entry.get("converse", {})
        add(event, other.get("verbs", []), True, True)
        add(event, other.get("nouns", []), False, True)
        slots[event] = frozenset(entry.get("slots", []))
        if entry.get("subject") == "theme":
            themes.add(event)
        if entry.get("modifier") == "agent":
            makers.add(event)
    for options in triggers.values():
        options.sort(key=lambda t: -len(t.tail))
    return Lexicon(
        triggers, frozenset(verbs), frozenset(bases), frozenset(themes), frozenset(makers), slots
    )


def _plural(noun: str) -> list[str]:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun, noun[:-1] + "ies"]
    return [noun, noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")]


def singular(noun: str) -> str:
    """A noun's singular by rule: enough to compare two heads."""
    low = noun.casefold().removesuffix("'s")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return low[:-1]
    return low


@dataclass(slots=True)
class _Sentence:
    """One sentence's tokens, with what stands between them."""

    plain: str
    start: int
    end: int
    spans: list[tuple[int, int]]
    low: list[str] = field(default_factory=list)
    owns: list[bool] = field(default_factory=list)  # ends in 's
    gap: list[int] = field(default_factory=list)  # 0 none, 1 comma, 2 stronger, before the token
    dated: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        before = self.start
        plain = self.plain
        for start, end in self.spans:
            word = plain[start:end].lower()
            owns = ("'" in word and word.endswith(("'s", "s'"))) or plain[end : end + 1] == "'"
            self.owns.append(owns)
            self.low.append(word.removesuffix("'s") if owns else word)
            if start <= before + 1 and (start == before or plain[before] == " "):
                self.gap.append(0)
            else:
                between = plain[before:start]
                strong = _STRONG.search(between) or between.strip() in ("-", "--")
                self.gap.append(2 if strong else 1 if "," in between else 0)
            before = end

    def at(self, offset: int) -> int:
        return bisect_right(self.spans, (offset, 1 << 60)) - 1


def statements(
    text: Text,
    found: list[Name],
    dates: list[model.Timex],
    quantities: list[model.Quantity],
    attributions: list[model.Attribution],
    rules: Rules,
) -> list[Statement]:
    """The claims of an English text, in order of their triggers; ``found`` are its names."""
    lex = lexicon(rules)
    words = text.words
    codes = [n for n in found if n.kind == "code"]  # the 90s of "KV-90s" are no decade
    dates = [d for d in dates if not any(n.start < d.start < n.end + 2 for n in codes)]
    said = sorted(
        (span.start, span.end, index)
        for index, attribution in enumerate(attributions)
        for span in attribution.content
    )
    out: list[Statement] = []
    also = [q.start for q in quantities if q.slot in TOLLS]
    subject = deal(text, found)
    prices: list[int] = []
    if subject is not None:
        prices = [q.start for q in quantities if money(q.slot)]
        also += prices
    previous = _Previous(text, found, subject)
    for start, end in _opened(text, lex, also):
        first = bisect_left(words, (start, 0))
        last = bisect_left(words, (end, 0))
        spans = words[first:last]
        if not spans or len(spans) > 400:
            continue
        inside = within(found, start, end)
        if not inside and not _inside(dates, start, end) and not _inside(quantities, start, end):
            continue
        before, it = previous.of(start)
        sentence = _Sentence(text.plain, start, end, spans)
        timexes = _inside(dates, start, end)
        for timex in timexes:
            a, b = sentence.at(timex.start), sentence.at(timex.end - 1)
            sentence.dated.update(range(max(a, 0), b + 1))
        reader = _Reader(
            text,
            sentence,
            lex,
            inside,
            timexes,
            _inside(quantities, start, end),
            said,
            rules,
            it,
            subject if subject and told(text.plain, (start, end), before, subject) else None,
        )
        out.extend(reader.read())
    out.extend(denials(text, out, said))
    return out


class _Previous:
    """What the sentence before another one leaves for "it" to stand for."""

    def __init__(self, text: Text, found: list[Name], subject: Deal | None) -> None:
        self.text, self.found, self.subject = text, found, subject
        self.starts = [start for start, _ in text.sentences]

    def of(self, start: int) -> tuple[list[int], It | None]:
        """The starts of the three sentences before the one at ``start``, and what "it" is there:
        the text's deal, or a name that opens the sentence before."""
        at = bisect_left(self.starts, start) - 1
        near = self.starts[max(0, at - 2) : at + 1]
        if at < 0:
            return near, None
        span = self.text.sentences[at]
        if self.subject is not None and span[0] in self.subject.sentences:
            return near, It(self.subject.head, ())
        if "\n" in self.text.plain[span[1] : start]:
            return near, None
        for name in within(self.found, *span)[:1]:
            lead = self.text.plain[span[0] : name.start]
            after = self.text.plain[name.end : name.end + 14].split()[:1]
            if lead in ("", "The ", "the ") and (not after or after[0] not in _SPEECH):
                return near, It(singular(name.text.split()[-1]), (name,))
        return near, None


@dataclass(frozen=True, slots=True)
class It:
    """What "it" stands for at the head of a sentence: a noun, and its names where it has some."""

    head: str
    names: tuple[Name, ...]


def _opened(text: Text, lex: Lexicon, also: list[int]) -> list[tuple[int, int]]:
    """The sentences with a word that can open a claim, or with one of the offsets given."""
    lowered = text.plain.lower()
    same = len(lowered) == len(text.plain)
    triggers = lex.triggers
    wanted = set(also)
    for start, end in text.words:
        word = lowered[start:end] if same else text.plain[start:end].lower()
        if word in triggers or ("'" in word and word.removesuffix("'s") in triggers):
            wanted.add(start)
    spans = text.sentences
    starts = [span[0] for span in spans]
    held = sorted({bisect_right(starts, offset) - 1 for offset in wanted} - {-1})
    return [spans[index] for index in held]


def _inside(items: list, start: int, end: int) -> list:
    at = bisect_left(items, start, key=lambda i: i.start)
    to = bisect_left(items, end, key=lambda i: i.start)
    return items[at:to]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase: tokens first..last of a sentence, and the known names in it."""

    first: int
    last: int
    names: tuple[Name, ...]
    head: str


class _Reader:
    """The analysis of one sentence."""

    def __init__(
        self,
        text: Text,
        sentence: _Sentence,
        lex: Lexicon,
        found: list[Name],
        dates: list[model.Timex],
        quantities: list[model.Quantity],
        said: list[tuple[int, int, int]],
        rules: Rules,
        it: It | None,
        deal: Deal | None,
    ) -> None:
        self.text, self.s, self.lex, self.rules = text, sentence, lex, rules
        self.it, self.deal = it, deal
        self.names, self.dates, self.quantities, self.said = found, dates, quantities, said
        self.context = frozenset(name.name for name in found)
        self.named = {
            k
            for name in found
            for k in range(sentence.at(name.start), sentence.at(name.end - 1) + 1)
        }
        self.triggers = self._triggers()
        self.places = {index for index, _ in self.triggers}

    def read(self) -> list[Statement]:
        out: list[Statement] = []
        used: set[int] = set()
        for index, trigger in self.triggers:
            made = self._statement(index, trigger)
            if made is not None:
                out.append(made)
                if made.claim.value is not None:
                    used.add(made.claim.value.start)
        for quantity in self.quantities:
            if quantity.slot in TOLLS and quantity.start not in used:
                out.append(self._toll(quantity))
            elif self.deal and money(quantity.slot) and self._costs(quantity):
                out.append(self._price(quantity, self.deal))
        return self._merged(out)

    # Triggers ------------------------------------------------------------------------------

    def _triggers(self) -> list[tuple[int, Trigger]]:
        found: list[tuple[int, Trigger]] = []
        low = self.s.low
        for i, word in enumerate(low):
            options = self.lex.triggers.get(word)
            if not options or i in self.s.dated or i in self.named:
                continue
            options = [o for o in options if tuple(low[i + 1 : i + 1 + len(o.tail)]) == o.tail]
            if not options:
                continue
            if options[0].tail:
                found.append((i, options[0]))
                continue
            verbs = [o for o in options if o.verb]
            nouns = [o for o in options if not o.verb]
            if verbs and not self._is_verb(i, bool(nouns)):
                verbs = []
            chosen = verbs or nouns
            if chosen and not self._in_name(i, chosen[0].verb):
                found.append((i, chosen[0]))
        return found

    def _in_name(self, i: int, verb: bool) -> bool:
        """Whether the word is part of a longer capitalised name (Security Agreement Act)."""
        start, end = self.s.spans[i]
        if not self.s.plain[start].isupper():
            return False
        return any(n.start < start or n.end > end for n in within(self.names, start - 60, end + 60)
                   if n.start <= start and n.end >= end and not verb and n.kind == "name"
                   and len(n.text.split()) > 2)  # fmt: skip

    def _is_verb(self, i: int, ambiguous: bool) -> bool:
        low = self.s.low
        word = low[i]
        before = self._before(i)
        prev = low[before] if before >= 0 else ""
        if word in self.lex.bases and not (
            prev in _VERBAL or prev in _AUX or prev in _GOVERNORS or prev in _ORDINALS
            or (prev.endswith("s") and i > 0 and not self.s.owns[i - 1])
            or (i > 0 and i - 1 in self.named)
        ):  # fmt: skip
            return False
        if not ambiguous:
            # A participle before a noun is an adjective ("the sanctioned firm").
            after = low[i + 1] if i + 1 < len(low) else ""
            adjective = prev in _DETERMINERS and after not in _PREP and not word.endswith("ing")
            return not (adjective and word.endswith(("ed", "en")) and prev != "that")
        if i > 0 and (self.s.owns[i - 1] or prev in _DETERMINERS or prev in _NOMINAL):
            return False
        if prev in _VERBAL or (prev in _AUX and prev not in _ORDINALS):
            return True
        after = low[i + 1] if i + 1 < len(low) else ""
        if after in ("of", "by", "in", "on", "between", "with", "against", "that", "has", "was"):
            return False
        small = i > 0 and not self.s.plain[self.s.spans[i - 1][0]].isupper()
        if prev in _ORDINALS or (small and prev not in _CONJ and prev not in _PREP):
            return word.endswith("ed")
        starts = i + 1 < len(low) and (
            after in _DETERMINERS or self.s.plain[self.s.spans[i + 1][0]].isupper()
        )
        return starts or after.isdigit()

    def _before(self, i: int) -> int:
        """The nearest token to the left that is no plain adverb."""
        j = i - 1
        while j >= 0 and _ADVERB.match(self.s.low[j]) and not self.s.gap[j + 1]:
            j -= 1
        return j

    # Noun phrases --------------------------------------------------------------------------

    def _stops(self, j: int) -> bool:
        if j in self.named:
            return False
        word = self.s.low[j]
        return (
            j in self.s.dated
            or (word in _PREP and word != "of")
            or word in _CONJ
            or (word in _AUX and word not in ("first", "only", "both"))
            or word in _SAYING
            or word in _GOVERNORS
            or word in ("arrived", "occurred", "happened", "began", "started", "ended")
            or (word in self.lex.verbs and self._is_verb_form(j))
        )

    def _is_verb_form(self, j: int) -> bool:
        options = self.lex.triggers.get(self.s.low[j], [])
        return all(o.verb for o in options) and not self.s.low[j].endswith("ing")

    def _left(self, last: int) -> _Phrase | None:
        """The noun phrase that ends at a token."""
        j = last
        while j >= 0 and last - j < 14:
            if self._stops(j) or self.s.low[j] in _PRONOUNS:
                break
            if j < last and self.s.gap[j + 1]:
                break
            j -= 1
        return self._phrase(j + 1, last)

    def _right(self, first: int) -> _Phrase | None:
        """The noun phrase that starts at a token."""
        j = first
        while j < len(self.s.low) and j - first < 16:
            word = self.s.low[j]
            if (j > first and self.s.gap[j]) or self._stops(j) or word in _PRONOUNS:
                break
            if j > first and word in _DETERMINERS and self.s.low[j - 1] not in ("of", "all"):
                break
            j += 1
        return self._phrase(first, j - 1)

    def _phrase(self, first: int, last: int) -> _Phrase | None:
        low = self.s.low
        while first <= last and (low[first] in _DETERMINERS or low[first] == "of"):
            first += 1
        while last >= first and (low[last] == "of" or _ADVERB.match(low[last])):
            last -= 1
        if first > last:
            return None
        inside = self._heads(
            within(self.names, self.s.spans[first][0], self.s.spans[last][1]), last
        )
        stop = next((k for k in range(first, last + 1) if low[k] == "of"), last + 1)
        head = singular(low[stop - 1]) if stop > first else singular(low[last])
        return _Phrase(first, last, inside, head)

    def _heads(self, found: list[Name], last: int) -> tuple[Name, ...]:
        """The names of a phrase without the persons and things that only own what it is about:
        of "Harry's cousin Celia", Celia."""
        kept = []
        for name in found:
            at = self.s.at(name.end - 1)
            if name.kind == "actor" or not (self.s.owns[at] and at < last):
                kept.append(name)
        others = [n for n in kept if n.kind != "actor"]
        if others:
            kept = [n for n in kept if n.kind != "actor"
                    or not (self.s.owns[self.s.at(n.end - 1)])]  # fmt: skip
        return tuple(kept)

    def _role(self, phrase: _Phrase | None) -> model.Role | None:
        if phrase is None:
            return None
        start, end = self.s.spans[phrase.first][0], self.s.spans[phrase.last][1]
        best = None
        for kind in ("code", "name", "actor"):
            best = next((n for n in phrase.names if n.kind == kind), None)
            if best:
                break
        if best is not None and best.end <= start:  # "it": the name stands in another sentence
            return model.Role(start, end, self.text.raw[start:end], best.name)
        tail = self.text.plain[best.end : end] if best is not None else ""
        if best is not None and best.kind == "actor" and tail not in ("", "'s", "'"):
            # "Turkish officials" stand for Turkey; "Turkish exports" are exports.
            named = any(n is not best for n in phrase.names)
            people = phrase.head in _STAND_INS or named or best.end > end - 3
            name = best.name if people else f"{best.name} {phrase.head}"
        else:
            name = best.name if best else phrase.head
        return model.Role(start, end, self.text.raw[start:end], name)

    # Roles ---------------------------------------------------------------------------------

    def _statement(self, i: int, trigger: Trigger) -> Statement | None:
        roles = self._verb_roles(i, trigger) if trigger.verb else self._noun_roles(i, trigger)
        if trigger.converse:
            roles["agent"], roles["partner"] = roles.get("partner"), roles.get("agent")
        start, end = self.s.spans[i][0], self.s.spans[min(i + len(trigger.tail), self._n)][1]
        last = max((p.last for p in roles.values() if p is not None and p.first > i), default=i)
        date = self._date(i, trigger.verb, last)
        value = self._value(i, trigger, roles.get("theme"))
        named = any(phrase is not None and phrase.names for phrase in roles.values())
        if not named and date is None and value is None:
            return None
        status, _ = status_of(self.text, start, end, self.rules)
        if trigger.event == "rejection" and status == "denied":
            status = "asserted"
        status = self._wished(i, trigger, status)
        return self._build(i, trigger, roles, date, value, status, start, end)

    def _wished(self, i: int, trigger: Trigger, status: model.Status) -> model.Status:
        """What should be, and bare infinitives that nothing says were carried out, are no facts."""
        if not trigger.verb or status not in ("asserted", "negated"):
            return status
        before = self.s.low[max(0, i - 4) : i]
        if any(word in ("should", "must", "ought", "shouldn't", "mustn't") for word in before):
            return "proposed"
        if status == "asserted" and before[-1:] == ["to"] and not set(before) & _CARRIED_OUT:
            return "considered"
        return status

    @property
    def _n(self) -> int:
        return len(self.s.low) - 1

    def _build(
        self,
        i: int,
        trigger: Trigger,
        roles: dict[str, _Phrase | None],
        date: model.Timex | None,
        value: model.Quantity | None,
        status: model.Status,
        start: int,
        end: int,
    ) -> Statement:
        filled = {key: self._role(phrase) for key, phrase in roles.items()}
        edges = [(start, end)]
        for role in filled.values():
            if role is not None and abs(role.start - start) < 240:
                edges.append((role.start, role.end))
        for extra in (date, value):
            if extra is not None and min(abs(extra.start - end), abs(start - extra.end)) < 120:
                edges.append((extra.start, extra.end))
        first, last = min(a for a, _ in edges), max(b for _, b in edges)
        claim = model.Claim(
            first,
            last,
            trigger.event,
            model.Roles(**filled),
            self._qualifier(i, roles.get("theme")),
            date,
            value,
            status,
            self._attribution(start),
        )
        known = {
            key: frozenset(n.name for n in phrase.names) if phrase else frozenset()
            for key, phrase in roles.items()
        }
        theme = roles.get("theme")
        return Statement(
            claim,
            trigger.lemma,
            (start, end),
            (self.s.start, self.s.end),
            known.get("agent", frozenset()),
            known.get("theme", frozenset()),
            known.get("partner", frozenset()),
            known.get("place", frozenset()),
            self.context,
            theme.head if theme else None,
            not trigger.verb,
            trigger.verb and self._finite(i),
            self.deal.names
            if self.deal and theme and theme.head == self.deal.head and not theme.names
            else frozenset(),
        )

    def _verb_roles(self, i: int, trigger: Trigger) -> dict[str, _Phrase | None]:
        low, gap = self.s.low, self.s.gap
        roles: dict[str, _Phrase | None] = {}
        j = i - 1
        passive = False
        while j >= 0 and gap[j + 1] != 2:
            word = low[j]
            if word in ("be", "is", "are", "was", "were", "been", "being", "get", "got", "gets"):
                passive = passive or self._participle(i)
            elif not (word in _AUX or word in _GOVERNORS or _ADVERB.match(word)):
                break
            if gap[j] and word not in _AUX:
                break
            j -= 1
        passive = passive or (low[i + 1 + len(trigger.tail) : i + 2 + len(trigger.tail)] == ["by"])
        subject, relative = self._subject(i, j)
        after = i + 1 + len(trigger.tail)
        while after <= self._n and (_ADVERB.match(low[after]) or low[after] in ("back", "out")):
            after += 1
        obj = None
        if after <= self._n and not gap[after] and not passive:
            obj = self._right(after)
        if passive:
            roles["theme"] = subject
        elif relative and subject is not None and obj is None:
            roles["agent"], roles["theme"] = subject, relative
        elif trigger.event in self.lex.themes and (obj is None or trigger.event == "resignation"):
            roles["theme"] = subject
        else:
            roles["agent"], roles["theme"] = subject, obj
        self._prepositions(obj.last + 1 if obj else after, roles, passive, trigger)
        # "imposed sanctions on Turkey": the object names the event, the theme follows it.
        theme = roles.get("theme")
        if "on" in roles and (theme is None or theme.head in _HEADS):
            roles["theme"] = roles["on"]
        roles.pop("on", None)
        return roles

    def _participle(self, i: int) -> bool:
        word = self.s.low[i]
        return not word.endswith("ing") and not (word.endswith("s") and not word.endswith("ss"))

    def _finite(self, i: int) -> bool:
        before = set(self.s.low[max(0, i - 4) : i])
        word = self.s.low[i]
        if word.endswith("ing"):
            return False
        if word in self.lex.bases:
            return bool(before & {"did", "didn't", "do", "does", "doesn't", "don't"})
        return not before & {"to", "if", "being", "having"}

    def _subject(self, i: int, j: int) -> tuple[_Phrase | None, _Phrase | None]:
        """The subject left of a verb group that begins after token j; and, in a relative clause
        with a subject of its own ("which Turkey acquired"), the phrase it is about."""
        low, gap = self.s.low, self.s.gap
        if j < 0:
            return None, None
        if low[j] in ("which", "that", "who") and not gap[j + 1]:
            return self._left(j - 1) if j else None, None
        if low[j] in ("and", "but", "or", "then") or gap[j + 1]:
            if gap[j + 1] == 1 and low[j] not in ("and", "but", "or"):
                # A comma closes an aside: "Acme, a maker of pumps, bought".
                k = j
                while k > 0 and not gap[k]:
                    k -= 1
                aside = k > 0 and j - k < 8 and not self._clausal(k, j)
                if aside and not (self.s.low[i].endswith("ing")):
                    found = self._left(k - 1)
                    if found:
                        return found, None
            return self._main(i), None
        if low[j] in _PRONOUNS:
            return self._stands_for(j), self._antecedent(j)
        phrase = self._left(j)
        if phrase is None:
            return self._main(i), None
        return phrase, self._antecedent(phrase.first)

    def _stands_for(self, j: int) -> _Phrase | None:
        """What a subject pronoun stands for: at the head of a sentence, "it" is what the sentence
        before is about; in "Acme denied that it", the one who denies."""
        low = self.s.low
        if low[j] == "it" and j == 0:
            return _Phrase(j, j, self.it.names, self.it.head) if self.it else None
        if low[j] not in ("it", "he", "she", "they"):
            return None
        k = j - 1 - (j > 0 and low[j - 1] == "that")
        while k > 0 and j - k < 7 and (k in self.s.dated or low[k] == "on") and not self.s.gap[k]:
            k -= 1
        if k <= 0 or low[k] not in _TELLS or any(self.s.gap[k : j + 1]):
            return None
        k -= 1
        while k > 0 and (low[k] in _AUX or _ADVERB.match(low[k])):
            k -= 1
        phrase = self._left(k)
        return phrase if phrase and phrase.names else None

    def _antecedent(self, first: int) -> _Phrase | None:
        low = self.s.low
        k = first - 1
        while k >= 0 and low[k] in _DETERMINERS and low[k] != "that":
            k -= 1
        if k > 0 and low[k] in ("which", "that", "whom"):
            if low[k - 1] in _SAYING or (k > 1 and low[k - 1] in _PREP):
                return None
            return self._left(k - 1)
        return None

    def _clausal(self, first: int, last: int) -> bool:
        return any(self.s.low[k] in ("that", "which") for k in range(first, last + 1))

    def _main(self, i: int) -> _Phrase | None:
        """The sentence's first noun phrase with a name that follows no preposition."""
        for name in self.names:
            at = self.s.at(name.start)
            if at >= i:
                return None
            k = at
            while k > 0 and not self.s.gap[k] and not self._stops(k - 1):
                k -= 1
            if k > 0 and self.s.low[k - 1] in _PREP and not self.s.gap[k]:
                continue
            return self._right(k)
        return None

    def _prepositions(
        self, at: int, roles: dict[str, _Phrase | None], passive: bool, trigger: Trigger
    ) -> None:
        """Roles that prepositions to the right give, up to the end of the clause."""
        low, gap = self.s.low, self.s.gap
        for _ in range(6):
            while at <= self._n and (at in self.s.dated or low[at] in ("back", "earlier", "later")):
                at += 1
            if at > self._n or gap[at] == 2 or (gap[at] == 1 and low[at] not in ("by", "in")):
                return
            word = low[at]
            if word not in _PREP:
                return
            phrase = None if at + 1 > self._n else self._right(at + 1)
            if phrase is None:
                at += 1
                continue
            if word == "by":
                key = "agent" if passive or not trigger.verb else "place"
                if key == "agent":
                    roles.setdefault(key, phrase)
            elif word in ("from", "to", "with"):
                roles.setdefault("partner", phrase)
            elif word in ("on", "against", "for") and word != "for":
                roles.setdefault("on", phrase)
            elif word in ("in", "at", "near", "across", "outside", "off") and phrase.names:
                roles.setdefault("place", phrase)
            elif word == "of" and not trigger.verb:
                roles.setdefault("theme", phrase)
            elif word == "between":
                roles.setdefault("agent", phrase)
            at = phrase.last + 1

    def _noun_roles(self, i: int, trigger: Trigger) -> dict[str, _Phrase | None]:
        roles: dict[str, _Phrase | None] = {}
        low = self.s.low
        j = i - 1
        while j >= 0 and i - j < 8 and not self.s.gap[j + 1]:
            if self._stops(j) or low[j] == "of":
                break
            j -= 1
        owner = next((k for k in range(i - 1, j, -1) if self.s.owns[k]), None)
        subject_is_theme = trigger.event in self.lex.themes or trigger.event == "dismissal"
        if owner is not None:
            phrase = self._left(owner)
            roles["theme" if subject_is_theme else "agent"] = phrase
            if owner + 1 <= i - 1:
                rest = self._phrase(owner + 1, i - 1)
                if rest and any(n.kind != "actor" for n in rest.names):
                    roles["theme"] = rest
        elif j + 1 <= i - 1:
            phrase = self._phrase(j + 1, i - 1)
            if phrase and phrase.names:
                actors = [n for n in phrase.names if n.kind == "actor"]
                others = [n for n in phrase.names if n.kind != "actor"]
                if actors:
                    at = self.s.at(actors[0].start)
                    roles["agent"] = self._phrase(at, self.s.at(actors[0].end - 1))
                if others and trigger.event in self.lex.makers and others[0].kind != "code":
                    at = self.s.at(others[0].start)
                    roles.setdefault("agent", self._phrase(at, self.s.at(others[0].end - 1)))
                elif others:
                    at = self.s.at(others[0].start)
                    roles["theme"] = self._phrase(at, i - 1)
        # A named noun phrase goes on with its own prepositions: "purchase of", "attack on".
        at = i + 1
        if at <= self._n and low[at] not in _PREP and (at not in self.s.dated):
            # "the first delivery arrived in July": the verb after the noun carries its place.
            k = at
            while k <= self._n and k < at + 4 and low[k] not in _PREP and not self.s.gap[k]:
                k += 1
            at = k
        self._prepositions(at, roles, True, trigger)
        if roles.get("on") and not roles.get("theme"):
            roles["theme"] = roles["on"]
        roles.pop("on", None)
        return roles

    # Date, value, qualifier ------------------------------------------------------------------

    def _date(self, i: int, verb: bool, end: int) -> model.Timex | None:
        best: tuple[float, model.Timex] | None = None
        for timex in self.dates:
            if timex.type not in ("DATE", "TIME") or timex.from_ is None or timex.to is None:
                continue
            first, last = self.s.at(timex.start), self.s.at(timex.end - 1)
            if first <= i <= last or not (
                self._ties(i, first, last) if verb else self._ties_noun(i, end, first, last)
            ):
                continue
            cost = self._distance(i, first, last)
            if best and abs(first - self.s.at(best[1].start)) <= 4 and _narrower(timex, best[1]):
                cost = min(cost, best[0] - 0.1)
            elif best and abs(first - self.s.at(best[1].end)) <= 4 and _narrower(best[1], timex):
                continue
            if (
                cost < 16
                and self._nearest(i, first, last, cost)
                and (best is None or cost < best[0])
            ):
                best = (cost, timex)
        return best[1] if best else None

    def _ties(self, i: int, first: int, last: int) -> bool:
        """Whether a time expression is in the clause of a verb: nothing between opens another."""
        between = range(i + 1, first) if first > i else range(last + 1, i)
        return not any(
            (self.s.low[k] in _CLAUSES and self.s.low[k] not in ("and", "but", "as"))
            or self.s.low[k] in _SPEECH
            for k in between
        )  # fmt: skip

    def _ties_noun(self, i: int, end: int, first: int, last: int) -> bool:
        """Whether a time expression belongs to a noun: "the May 25 death", "purchase of X in 2017",
        "delivery arrived in July"; a caption's or a dateline's date is of something else."""
        low, gap = self.s.low, self.s.gap
        if last < i:
            return (last + 1 == i and not gap[i]) or (
                all(k in self.named or (low[k].isalpha() and low[k] not in _DETERMINERS
                    and not self._stops(k)) for k in range(last + 1, i))
                and i - last < 5 and not any(gap[last + 1 : i + 1])
                and last >= 0 and first > 0
            )  # fmt: skip
        if first - i > 16 or any(gap[i + 1 : first + 1]):
            return False
        for k in range(i + 1, first):
            word = low[k]
            if (word in _CLAUSES and word != "as") or word in _SPEECH or word in _PRONOUNS:
                return False
            if k > end and k in self.places and k != i:
                return False
            if (word in _MODALS or word in self.lex.verbs) and word not in _HAPPENED:
                return False
        return True

    def _nearest(self, i: int, first: int, last: int, cost: float) -> bool:
        """Whether no other trigger stands clearly nearer to the time expression."""
        return not any(
            k != i and not first <= k <= last and self._distance(k, first, last) + 4.0 < cost
            for k, _ in self.triggers
        )

    def _distance(self, i: int, first: int, last: int) -> float:
        """What it costs to tie a time expression to a trigger: tokens, commas, other triggers."""
        if first > i:
            between, extra = range(i + 1, first), 0.0
        else:
            between, extra = range(last + 1, i), 1.0
        cost = extra + 0.5 * len(between)
        gaps = range(i + 1, first + 1) if first > i else range(last + 1, i + 1)
        opening = first <= 3 and last < i  # an opening adverbial reaches the main verb
        for k in gaps:
            cost += (0, 1.0 if opening else 4.0, 12.0)[self.s.gap[k]]
        for k in between:
            if k in self.places and k != i:
                cost += 7.0 if not opening else 2.0
            elif self.s.low[k] in _CLAUSES:
                cost += 5.0
            elif self.s.low[k] in _SAYING:
                cost += 4.0
        return cost

    def _value(self, i: int, trigger: Trigger, theme: _Phrase | None) -> model.Quantity | None:
        wanted = self.lex.slots.get(trigger.event, frozenset())
        best: tuple[float, model.Quantity] | None = None
        for quantity in self.quantities:
            first, last = self.s.at(quantity.start), self.s.at(quantity.end - 1)
            in_theme = theme is not None and theme.first <= first and last <= theme.last + 1
            counted = quantity.slot.rpartition(":")[2]
            named = theme is not None and counted == theme.head
            if not (quantity.slot in wanted or (in_theme and named)):
                continue
            if _EACH.match(self.s.plain, quantity.end):
                continue
            cost = 0.0 if in_theme else self._distance(i, first, last)
            if first <= i <= last:
                cost = 0.0
            if cost < 14 and (best is None or cost < best[0]):
                best = (cost, quantity)
        return best[1] if best else None

    def _qualifier(self, i: int, theme: _Phrase | None) -> str | None:
        low = self.s.low
        reach = [range(max(0, i - 4), i)]
        if theme is not None and abs(theme.first - i) < 12:
            reach.append(range(max(0, theme.first - 2), theme.last + 1))
        for span in reach:
            for k in span:
                order = _ORDINALS.get(low[k])
                if order is None or k in self.s.dated:
                    continue
                noun = next((singular(low[m]) for m in range(k + 1, min(k + 4, len(low)))
                             if singular(low[m]) in _PARTS), None)  # fmt: skip
                if order == "another" and low[k] in ("new",) and noun is None:
                    continue
                if order == "last" and noun is None:
                    continue
                return f"{order} {noun}" if noun else order
        return None

    def _attribution(self, offset: int) -> int | None:
        at = bisect_right(self.said, (offset, 1 << 60, 0)) - 1
        while at >= 0 and at > bisect_right(self.said, (offset, 1 << 60, 0)) - 4:
            start, end, index = self.said[at]
            if start <= offset < end:
                return index
            at -= 1
        return None

    # Tolls -----------------------------------------------------------------------------------

    def _toll(self, quantity: model.Quantity) -> Statement:
        """A count of people, or a magnitude, that no trigger took: "24 dead"."""
        i = self.s.at(quantity.start)
        trigger = Trigger(TOLLS[quantity.slot], False, quantity.slot)
        places = [n for n in self.names if self._located(n)]
        roles: dict[str, _Phrase | None] = {}
        if places:
            first, last = self.s.at(places[0].start), self.s.at(places[0].end - 1)
            roles["place"] = self._phrase(first, last)
        cause = next((k for k, t in self.triggers if t.event in CAUSES and not t.verb), None)
        if cause is not None:
            roles["agent"] = self._phrase(cause, cause)
        status, _ = status_of(self.text, quantity.start, quantity.end, self.rules)
        return self._build(
            i,
            trigger,
            roles,
            self._date(i, True, i),
            quantity,
            status,
            quantity.start,
            quantity.end,
        )

    # Prices ----------------------------------------------------------------------------------

    def _costs(self, quantity: model.Quantity) -> bool:
        return price(self.s.plain, self.s.start, quantity.start) and not _EACH.match(
            self.s.plain, quantity.end
        )

    def _price(self, quantity: model.Quantity, deal: Deal) -> Statement:
        """What the text's deal costs: "is worth 30 million", "the price of 30 million"."""
        i = self.s.at(quantity.start)
        low = self.s.low
        at = next((k for k in range(i - 1, -1, -1) if low[k] == deal.head), None)
        theme = _Phrase(at, at, (), deal.head) if at is not None else None
        status, _ = status_of(self.text, quantity.start, quantity.end, self.rules)
        made = self._build(
            i,
            Trigger("price", False, "price"),
            {"theme": theme},
            None,
            quantity,
            status,
            *self._worded(quantity),
        )
        return replace(made, head=deal.head, thing=deal.names)

    def _worded(self, quantity: model.Quantity) -> tuple[int, int]:
        """The words that make an amount a price, and the amount."""
        i = self.s.at(quantity.start)
        return self.s.spans[max(0, i - 2)][0], quantity.end

    def _located(self, name: Name) -> bool:
        at = self.s.at(name.start)
        return at > 0 and self.s.low[at - 1] in ("in", "at", "near", "of", "off", "hit", "struck")

    def _merged(self, made: list[Statement]) -> list[Statement]:
        """One statement where a verb and its object noun name the same event."""
        kept: list[Statement] = []
        for one in made:
            twin = next(
                (
                    k
                    for k, other in enumerate(kept)
                    if other.claim.event == one.claim.event
                    and other.claim.value == one.claim.value
                    and abs(other.trigger[0] - one.trigger[0]) < 40
                    and (other.nominal != one.nominal)
                ),
                None,
            )
            if twin is None:
                kept.append(one)
            else:
                kept[twin] = _joined(*sorted((kept[twin], one), key=_filled, reverse=True))
        return sorted(kept, key=lambda k: (k.trigger, k.claim.event))


def _joined(one: Statement, other: Statement) -> Statement:
    """A statement with what another one of the same event adds: date, value, roles."""
    mine, theirs = one.claim, other.claim
    roles = {
        key: getattr(mine.roles, key) or getattr(theirs.roles, key)
        for key in ("agent", "theme", "partner", "place")
    }
    claim = msgspec.structs.replace(
        mine,
        start=min(mine.start, theirs.start),
        end=max(mine.end, theirs.end),
        roles=model.Roles(**roles),
        date=mine.date or theirs.date,
        value=mine.value or theirs.value,
        qualifier=mine.qualifier or theirs.qualifier,
    )
    return replace(
        one,
        claim=claim,
        agent=one.agent or other.agent,
        theme=one.theme or other.theme,
        partner=one.partner or other.partner,
        place=one.place or other.place,
    )


def _filled(one: Statement) -> int:
    roles = one.claim.roles
    return sum(r is not None for r in (roles.agent, roles.theme, roles.partner, roles.place)) + (
        one.claim.date is not None
    )


def _narrower(a: model.Timex, b: model.Timex) -> bool:
    return bool(
        a.from_ and b.from_ and a.to and b.to
        and a.from_ >= b.from_ and a.to <= b.to and (a.from_, a.to) != (b.from_, b.to)
    )  # fmt: skip


CAUSES = frozenset("earthquake storm flood fire crash attack outbreak protest".split())
_HEADS = frozenset("sanction embargo fine penalty tariff charge attack ban".split())
# People and bodies that stand for their country when its adjective goes before them.
_STAND_INS = frozenset(
    """official officials government authority president minister leader force troop army military
    side administration state source parliament forces troops diplomat spokesman ministry navy
    counterpart""".split()
)
