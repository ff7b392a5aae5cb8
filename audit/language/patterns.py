"""The pattern rules of rules/language, run over one article in linear time.

RE2 matches bytes, and its ``\\b`` and ``\\w`` are ASCII: each sentence of the plain text is
encoded once, and offsets are mapped back to characters. One pass of an ``re2.Set`` over a sentence
tells which rules match there; only those are run for their spans. Compiled sets are kept
by process for each digest of rules and language.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from typing import Any

import re2

from audit.article import Article
from audit.model import Finding
from audit.rules import Pattern, Rules, compiled
from audit.tokens import Text

# Families an editor expects to be looked for; what has no rule in a language is "not examined".
FAMILIES = ("grammar", "mt", "spin", "residue", "orthography", "semantic", "attribution", "ai")
# A set's automaton is built as it reads. Small sets keep few states; each costs a pass.
_SHARD = 60
_SET_MEM = 64 << 20
# The lead is what begins in the first, the tail what begins in the last characters.
LEAD, TAIL = 500, 700
_QUOTE = re.compile(r'"')


class Machine:
    """The rules of one language, compiled."""

    def __init__(self, rules: tuple[Pattern, ...]) -> None:
        self.rules = rules
        self.spans: list[Any] = [compiled(rule.pattern) for rule in rules]
        self.groups = [1 if "(?P<span>" in rule.pattern else 0 for rule in rules]
        self.unless: list[list[Any]] = [[compiled(p) for p in rule.unless] for rule in rules]
        self.sets: list[tuple[int, Any]] = []
        for first in range(0, len(rules), _SHARD):
            options = re2.Options()
            options.max_mem = _SET_MEM
            options.log_errors = False
            batch = re2.Set.SearchSet(options)
            for rule in rules[first : first + _SHARD]:
                batch.Add(rule.pattern.encode("utf-8"))
            batch.Compile()
            self.sets.append((first, batch._set.Match))

    def candidates(self, sentence: bytes) -> list[int]:
        """The indices of the rules that match somewhere in a sentence."""
        found: list[int] = []
        for first, match in self.sets:
            hits = match(sentence)
            if hits:
                found.extend(first + index for index in hits)
        return sorted(found) if len(found) > 1 else found


_MACHINES: dict[tuple[str, str], Machine] = {}


def machine(rules: Rules, code: str) -> Machine:
    """The compiled rules for a language: its own and those of any language."""
    key = (rules.digest, code)
    if key not in _MACHINES:
        chosen = tuple(rule for rule in rules.patterns if rule.language in (code, "*"))
        _MACHINES[key] = Machine(chosen)
    return _MACHINES[key]


def find(article: Article, rules: Rules) -> Iterator[Finding]:
    """What the pattern rules see in an article, in order of place.

    Of findings of one family that overlap, the graver, then the surer, then the longer is told.
    """
    run = machine(rules, article.language.code)
    yield from distinct(list(search(article.text, run, article)))


def distinct(found: list[Finding]) -> list[Finding]:
    """Findings without those that overlap a graver, surer or longer one of the same family."""
    ranked = sorted(
        found, key=lambda f: (-f.severity, -f.confidence, f.start - f.end, f.start, f.rule)
    )
    taken: dict[str, list[tuple[int, int]]] = {}
    kept: list[Finding] = []
    for finding in ranked:
        spans = taken.setdefault(finding.family, [])
        at = bisect_right(spans, (finding.start, finding.end))
        before = at and spans[at - 1][1] > finding.start
        after = at < len(spans) and spans[at][0] < finding.end
        if not before and not after:
            insort(spans, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept, key=lambda f: (f.start, f.end, f.rule))


def search(text: Text, run: Machine, article: Article | None = None) -> Iterator[Finding]:
    """Every match of every rule; scopes count only where the article is given."""
    plain = text.plain
    quoted: Quotations | None = None
    for start, end in text.sentences:
        sentence = plain[start:end].encode("utf-8", "replace")
        hits = run.candidates(sentence)
        if not hits:
            continue
        ascii_only = len(sentence) == end - start
        for index in hits:
            rule = run.rules[index]
            if article and rule.scope != "any" and rule.scope not in scopes(article, start, end):
                continue
            spans = _spans(run, index, sentence)
            if not ascii_only:
                spans = _characters(sentence, spans)
            for left, right in spans:
                left, right = left + start, right + start
                if not ascii_only and _inside_word(plain, left, right):
                    continue
                if not rule.quoted:
                    quoted = quoted or Quotations(text)
                    if quoted.hold(left, right):
                        continue
                yield Finding(
                    rule=rule.id,
                    family=rule.family,
                    group=rule.group,
                    severity=rule.severity,
                    start=left,
                    end=right,
                    quote=text.raw[left:right],
                    message=rule.message,
                    confidence=rule.confidence,
                )


def _inside_word(plain: str, start: int, end: int) -> bool:
    """Whether a span ends within a word: RE2 takes a letter outside ASCII for a word's end."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return (not before.isascii() and (before.isalnum() or before == "\xad")) or (
        not after.isascii() and (after.isalnum() or after == "\xad")
    )


def _characters(sentence: bytes, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in bytes, in order, as spans in characters: each byte is decoded once."""
    done: list[tuple[int, int]] = []
    at = count = 0
    for left, right in spans:
        count += len(sentence[at:left].decode("utf-8", "replace"))
        length = len(sentence[left:right].decode("utf-8", "replace"))
        done.append((count, count + length))
        at, count = right, count + length
    return done


def _spans(run: Machine, index: int, sentence: bytes) -> list[tuple[int, int]]:
    """Where one rule matches in a sentence, in bytes, without what its exceptions overlap."""
    found: list[tuple[int, int]] = []
    group = run.groups[index]
    exempt = [m.span() for u in run.unless[index] for m in u.finditer(sentence)]
    for match in run.spans[index].finditer(sentence):
        left, right = match.span()
        if left == right or any(a < right and left < b for a, b in exempt):
            continue
        left, right = match.span(group)
        if left < right:
            found.append((left, right))
    return found


def scopes(article: Article, start: int, end: int) -> tuple[str, ...]:
    """Which parts of the article a sentence stands in: title, lead, body, tail.

    The title is a first paragraph that repeats the given title or does not end as a sentence
    does. Lead and tail go by distance in characters, so that layout does not matter.
    """
    plain = article.text.plain
    if start == article.text.sentences[0][0]:
        line = plain[start:end]
        if line == (article.title or "") or ("\n" in plain[end : end + 1] and line[-1] not in ".!"):
            return ("title",)
    places = [name for name, near in (("lead", start < LEAD),) if near]
    if len(plain) - end < TAIL:
        places.append("tail")
    return tuple(places) or ("body",)


class Quotations:
    """Which parts of a text stand inside double quotation marks.

    An opening mark is one before a word; a quotation may run over paragraphs that open with a
    mark again, but no longer than 1,500 characters, after which the mark was a stray one.
    """

    def __init__(self, text: Text) -> None:
        plain = text.plain
        self.starts: list[int] = []
        self.ends: list[int] = []
        opened = -1
        for mark in _QUOTE.finditer(plain):
            at = mark.start()
            before = plain[at - 1] if at else " "
            after = plain[at + 1] if at + 1 < len(plain) else " "
            opening = (before.isspace() or before in "([-'") and not after.isspace()
            if opened >= 0 and at - opened > 1500:
                opened = -1
            if opening and opened < 0:
                opened = at
            elif not opening and opened >= 0:
                self.starts.append(opened)
                self.ends.append(at)
                opened = -1

    def hold(self, start: int, end: int) -> bool:
        """Whether a span lies inside one quotation."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and end <= self.ends[at]


def not_examined(code: str, rules: Rules) -> list[str]:
    """The families that have rules, but none for a language, in a fixed order."""
    if rules.digest not in _known:
        _known.clear()
        _known[rules.digest] = _families(rules)
    known = _known[rules.digest]
    have = known.get(code, frozenset()) | known.get("*", frozenset())
    some = frozenset[str]().union(*known.values())
    return [family for family in FAMILIES if family in some and family not in have]


_known: dict[str, dict[str, frozenset[str]]] = {}  # of the last rules asked for


def _families(rules: Rules) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for rule in rules.patterns:
        found.setdefault(rule.language, set()).add(rule.family)
    return {code: frozenset(families) for code, families in found.items()}
