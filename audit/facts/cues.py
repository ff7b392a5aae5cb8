"""Cue candidates: the words that could attribute something to somebody, and their features.

A candidate is a verb, noun or phrase of the lists in rules/facts/attribution.toml. Whether it is
a cue where it stands is told by fitted weights over what stands round it: the form of the verb,
what precedes and follows it, quotation marks. See ``audit.facts.attribution``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from audit.facts.lexicon import built, forms
from audit.rules import Rules
from audit.tokens import Text

BE = frozenset("be been being is are was were am isn't aren't wasn't weren't".split())
HAVE = frozenset("have has had having hasn't haven't hadn't".split())
MODAL = frozenset(
    """will would shall should may might could can must won't wouldn't shouldn't couldn't can't
    cannot do does did don't doesn't didn't 'll""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your no any some every each another
    such several many few more most all both either neither what which whose""".split()
)
PRONOUNS = frozenset("i you he she it we they who which that".split())
OBJECTS = frozenset("me him her us them it you himself herself themselves itself this".split())
PREPOSITIONS = frozenset(
    """of on in at by for from with about over against into under between during after before
    without amid despite through as than toward towards upon within across per like""".split()
)
CONJUNCTIONS = frozenset("and but or so nor yet".split())
SUBORDINATORS = frozenset(
    """because although though while when after before since unless until if as whereas
    where""".split()
)
CLAUSAL = frozenset("that how why what whether if who where when which".split())
ADVERBS = frozenset(
    """also then now just even still again never ever always often once later not only repeatedly
    already soon once further thus therefore instead first long too yet sometimes""".split()
)


_SAID = frozenset("said says say told tells saying added wrote according".split())
_NEAR = 5  # words between two candidates that tell of each other
_QUANTIFIERS = frozenset("many some most several few all both others".split())


@dataclass
class Tokens:
    """The words of a text with what the features need, as parallel lists."""

    plain: str
    spans: list[tuple[int, int]]
    lower: list[str]
    capital: list[bool]
    sentence: list[int]  # the sentence a word stands in
    first: list[int]  # by sentence: its first word
    quotes: list[tuple[int, int]]
    quoted: list[int] = field(default_factory=list)  # by word: the quotation it stands in, or -1

    names: frozenset[str] | None = None

    def known(self, word: str) -> bool:
        """Whether the text has the word with a capital inside a sentence: then it is a name."""
        if self.names is None:
            begins = set(self.first)
            self.names = frozenset(
                w
                for i, w in enumerate(self.lower)
                if self.capital[i] and i not in begins and self.gap(i - 1) == " "
            )
        return word in self.names

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next one."""
        end = self.spans[i][1]
        return (
            self.plain[end : self.spans[i + 1][0]]
            if i + 1 < len(self.spans)
            else self.plain[end : end + 4]
        )


def tokens(text: Text, quotes: list[tuple[int, int]]) -> Tokens:
    """The words of a text, each with its sentence and its quotation."""
    plain, spans = text.plain, text.words
    small = plain.lower()
    if len(small) == len(plain):
        lower = [small[s:e] for s, e in spans]
    else:  # a few capitals lower to two characters
        lower = [plain[s:e].lower() for s, e in spans]
    capital = [plain[s].isupper() for s, _ in spans]
    begins = [s for s, _ in spans]
    first = [bisect_left(begins, start) for start, _ in text.sentences] or [0]
    first[0] = 0
    sentence: list[int] = []
    for nth, at in enumerate(first):
        until = first[nth + 1] if nth + 1 < len(first) else len(spans)
        sentence += [nth] * (until - at)
    quoted = [-1] * len(spans)
    for nth, (start, end) in enumerate(quotes):
        low, high = bisect_left(begins, start), bisect_left(begins, end)
        quoted[low:high] = [nth] * (high - low)
    return Tokens(plain, spans, lower, capital, sentence, first, quotes, quoted)


@dataclass(frozen=True)
class Entry:
    """A word or phrase of the lists: its classes, and the form of the verb."""

    kind: str  # verb | noun | before | adverb | other
    classes: tuple[str, ...]
    form: str = ""  # base | s | past | ing
    lemma: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Entries by their first word, longest first."""

    entries: dict[str, list[Entry]]
    sources: dict[str, frozenset[str]]
    finite: frozenset[str]  # verb forms that are no noun: they end a noun phrase
    weights: dict[str, float]
    threshold: float


_FORMS = ("base", "s", "past", "past", "ing")


def lexicon(rules: Rules) -> Lexicon:
    """The lists of rules/facts/attribution.toml, made ready once a rule set."""
    return built(rules, _lexicon)


def _lexicon(rules: Rules) -> Lexicon:
    data: dict[str, Any] = rules.facts["attribution"]
    found: dict[tuple[str, ...], dict[str, Any]] = {}

    def add(words: tuple[str, ...], kind: str, group: str, form: str, lemma: str) -> None:
        entry = found.setdefault(
            words, {"kind": kind, "classes": set(), "form": form, "lemma": lemma, "words": words}
        )
        entry["classes"].add(group)
        if entry["kind"] != kind:
            entry["kind"] = "verb" if "verb" in (kind, entry["kind"]) else kind

    for group, entries in data["verbs"].items():
        for entry in entries:
            listed = forms(entry)
            for n, form in enumerate(listed):
                label = "ing" if n == len(listed) - 1 else _FORMS[min(n, 3)]
                add(tuple(form.split()), "verb", group, label, listed[0])
    for group, entries in data["nouns"].items():
        for entry in entries:
            add(tuple(entry.split()), "noun", f"noun-{group}", "noun", entry)
    for group, kind in (("before_source", "before"), ("adverbs", "adverb"), ("other", "other")):
        for entry in data["phrases"][group]:
            add(tuple(entry.split()), kind, kind, "", entry)
    entries_by: dict[str, list[Entry]] = {}
    for words, e in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        entries_by.setdefault(words[0], []).append(
            Entry(e["kind"], tuple(sorted(e["classes"])), e["form"], e["lemma"], words)
        )
    model: dict[str, Any] = rules.facts.get("attribution-model", {})
    finite = frozenset(
        e.words[0]
        for listed in entries_by.values()
        for e in listed
        if len(e.words) == 1
        and e.kind == "verb"
        and e.form in ("past", "s")
        and not any(c.startswith("noun") for c in e.classes)
    )
    return Lexicon(
        entries=entries_by,
        finite=finite,
        sources={key: frozenset(words) for key, words in data["sources"].items()},
        weights=model.get("weights", {}),
        threshold=model.get("threshold", 0.0),
    )


@dataclass(frozen=True)
class Candidate:
    """A possible cue: words ``first`` to ``last`` (inclusive), ``head`` being the listed one."""

    first: int
    head: int
    last: int
    entry: Entry
    features: tuple[str, ...]
    mark: tuple[int, int] | None = None  # the characters of a cue that is no word: a colon, a dash
    source: tuple[int, int] | None = None  # the words of the source, where the form tells it

    def span(self, toks: Tokens) -> tuple[int, int]:
        """The characters of the cue."""
        return self.mark or (toks.spans[self.first][0], toks.spans[self.last][1])


def candidates(toks: Tokens, lex: Lexicon) -> list[Candidate]:
    """All possible cues of a text, in order."""
    found: list[Candidate] = []
    entries, lower = lex.entries, toks.lower
    reach = 0
    for i in [n for n, word in enumerate(lower) if word in entries]:
        if i < reach:
            continue
        for entry in entries[lower[i]]:
            width = len(entry.words)
            if width == 1 or tuple(lower[i : i + width]) == entry.words:
                found.append(_candidate(toks, i, i + width - 1, entry))
                reach = i + width
                break
    found = [_beside(toks, found, n) for n in range(len(found))]
    marks = [*_marks(toks)]
    return sorted([*found, *marks], key=lambda c: c.span(toks)) if marks else found


def _beside(toks: Tokens, found: list[Candidate], n: int) -> Candidate:
    """A candidate with features for the candidates right before and after it."""
    one, features = found[n], []
    for side, k in (("left", n - 1), ("right", n + 1)):
        if not 0 <= k < len(found):
            continue
        other = found[k]
        far = one.first - other.last if side == "left" else other.first - one.last
        if far > _NEAR or toks.sentence[other.head] != toks.sentence[one.head]:
            continue
        group = "say" if "say" in other.entry.classes else other.entry.kind
        features.append(f"{side}={group}")
        features += [f"{c}:{side}={group}" for c in one.entry.classes]
    return replace(one, features=one.features + tuple(features)) if features else one


# "Venn: …" at the head of a line or sentence, and "…" - Orla Venn
_COLON = re.compile(
    r"(?:(?<=[\n.!?\"'])|(?<=[.!?\"'] )|^)[ \t\"(]{0,3}"
    r"((?:[A-Z][\w.'-]*\s?|of |the |and ){1,6})(:)\s"
)
_DASH = re.compile(r"[.!?,\"']\s{0,2}(--?)\s?((?:[A-Z@][\w.'-]*\s?){1,5})(?=[\n,.(\"]|$)")
# Headings and labels of pages: no speakers.
_LABELS = frozenset(
    """related watch update updated breaking video videos photo photos more note read see exclusive
    clarification correction file q a contact tel phone email tickets news content image caption
    source sources via credit advertisement warning disclaimer editor's""".split()
)
_SIGN = Entry("sign", ("sign",))


def _marks(toks: Tokens) -> Iterator[Candidate]:
    """Speakers set before a colon or after a dash."""
    plain = toks.plain
    for pattern, form in ((_COLON, "colon"), (_DASH, "dash")):
        name, sign = (1, 2) if form == "colon" else (2, 1)
        for match in pattern.finditer(plain):
            first = bisect_left(toks.spans, (match.start(name), 0))
            last = bisect_left(toks.spans, (match.end(name), 0)) - 1
            if last < first or last >= len(toks.spans):
                continue
            words = last - first + 1
            head = last if form == "colon" else max(0, first - 1)
            after = plain[match.end() : match.end() + 2].lstrip()[:1]
            before = plain[match.start() : match.start(sign)].rstrip()[-1:]
            quoted = (after if form == "colon" else before) in ('"', "'")
            shout = plain[match.start(name) : match.end(name)].isupper()
            opening = toks.sentence[head] == 0
            label = bool(_LABELS & set(toks.lower[first : last + 1]))
            if form == "colon" and (label or not (quoted or opening or shout)):
                continue
            features = (
                f"sign={form}",
                f"sign={form}:words={min(words, 4)}",
                f"sign={form}:quote={quoted}",
                f"sign={form}:shout={shout}",
                f"sign={form}:opening={opening}",
                f"sign={form}:capital={after.isupper()}",
            )
            yield Candidate(head, head, head, _SIGN, features, match.span(sign), (first, last))


def _candidate(toks: Tokens, head: int, last: int, entry: Entry) -> Candidate:
    lower, sent = toks.lower, toks.sentence[head]
    opening = toks.first[sent]
    # the verb group on the left: adverbs, auxiliaries, "to"
    first, passive, group = head, False, ""
    k = head - 1
    while k >= opening and k >= head - 6:
        word = lower[k]
        gap = toks.gap(k)
        if gap.strip():
            break
        if word in BE:
            passive = passive or (
                (first == head or lower[head - 1] in ADVERBS or True) and entry.form == "past"
            )
            group = group or "be"
        elif word in HAVE:
            group = group or "have"
        elif word in MODAL:
            group = "modal"
        elif word == "to":
            group = "to"
        elif not (word in ADVERBS or (word.endswith("ly") and len(word) > 4)):
            break
        first = k
        k -= 1
    before = lower[k] if k >= opening else "^"
    lead = toks.gap(k) if k >= opening else ""
    if before == "^":
        previous = "start"
    elif "," in lead:
        previous = "comma"
    elif lead.strip():
        previous = "quote" if '"' in lead else "punct"
    elif before in PRONOUNS:
        previous = "relative" if before in ("who", "which", "that") else "pronoun"
    elif before in _QUANTIFIERS and entry.form != "noun":
        previous = "pronoun"
    elif before in DETERMINERS:
        previous = "det"
    elif before.endswith(("'s", "s'")):
        previous = "poss"
    elif before in PREPOSITIONS:
        previous = "prep"
    elif before in CONJUNCTIONS:
        previous = "conj"
    elif before in SUBORDINATORS:
        previous = "sub"
    elif toks.capital[k]:
        previous = "Name"
    else:
        previous = "s-word" if before.endswith("s") else "word"
    gap = toks.gap(last)
    after = lower[last + 1] if last + 1 < len(lower) and toks.sentence[last + 1] == sent else "$"
    if '"' in gap or "'" in gap.strip():
        following = "quote"
    elif ":" in gap:
        following = "colon"
    elif after == "$" or gap.strip()[:1] in (".", "!", "?"):
        following = "end"
    elif "," in gap:
        following = "comma"
    elif gap.strip():
        following = "punct"
    elif after == "that":
        following = "that"
    elif after in CLAUSAL:
        following = "wh"
    elif after == "to":
        following = "to"
    elif after in ("by", "of", "in", "on", "for", "with", "about", "at"):
        following = after
    elif after in PREPOSITIONS:
        following = "prep"
    elif after in OBJECTS or after in PRONOUNS:
        following = "pronoun"
    elif after in DETERMINERS:
        following = "det"
    elif toks.capital[last + 1]:
        following = "Name"
    elif after in CONJUNCTIONS or after in SUBORDINATORS:
        following = "conj"
    elif after.endswith("ing"):
        following = "ing"
    elif after.endswith("ly") or after in ADVERBS:
        following = "adv"
    else:
        following = "word"
    inside = toks.quoted[head] >= 0
    near = _quote_near(toks, first, last)
    kind, form = entry.kind, entry.form
    ahead = lower[last + 1 : last + 6] if following not in ("end", "comma", "punct") else []
    that = "that" if "that" in ahead else ("inf" if "to" in ahead else "")
    nested = any(w in _SAID for w in lower[max(opening, head - 25) : first] if first > opening)
    features = [
        f"form={form}",
        f"prev={previous}",
        f"next={following}",
        f"group={group}",
        f"near={near}",
        f"kind={kind}:prev={previous}",
        f"kind={kind}:next={following}",
        f"form={form}:prev={previous}",
        f"form={form}:group={group}",
        f"form={form}:next={following}",
        f"kind={kind}:near={near}",
        f"prev={previous}:next={following}",
        f"ahead={that}",
        f"lemma={entry.lemma}",
        f"lemma={entry.lemma}:next={following}",
        f"lemma={entry.lemma}:form={form}",
    ]
    for c in entry.classes:
        features += [
            f"class={c}",
            f"{c}:next={following}",
            f"{c}:form={form}",
            f"{c}:prev={previous}",
            f"{c}:ahead={that}",
            f"{c}:group={group}",
            f"{c}:near={near}",
        ]
    if nested:
        features.append("nested")
        features += [f"nested:{c}" for c in entry.classes]
    if sent == 0:
        features.append("opening")
    if "not" in lower[first:head] or any(w.endswith("n't") for w in lower[first:head]):
        features.append("negated")
        features += [f"negated:{c}" for c in entry.classes]
    if passive:
        features.append("passive")
        features.append(f"passive:next={following}")
    if inside:
        features.append("inside")
        features += [f"inside:{c}" for c in entry.classes]
    if len(entry.words) > 1:
        features.append("phrase")
    return Candidate(first, head, last, entry, tuple(features))


def _quote_near(toks: Tokens, first: int, last: int) -> str:
    """Whether a quotation stands next to the cue's clause: before, after, both or none."""
    start, end = toks.spans[first][0], toks.spans[last][1]
    nth = bisect_right(toks.quotes, (start, 1 << 60))
    before = nth > 0 and toks.quotes[nth - 1][1] <= start and start - toks.quotes[nth - 1][1] < 90
    if before:
        between = toks.plain[toks.quotes[nth - 1][1] : start]
        before = not any(mark in between for mark in ".!?\n")
    after = nth < len(toks.quotes) and 0 <= toks.quotes[nth][0] - end < 60
    if after:
        between = toks.plain[end : toks.quotes[nth][0]]
        after = not any(mark in between for mark in "!?\n")
    return ("b" if before else "") + ("a" if after else "")
