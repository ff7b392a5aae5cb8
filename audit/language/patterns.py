"""The pattern rules of rules/language, run over one article in linear time.

RE2 matches bytes, and its ``\\b`` and ``\\w`` are ASCII: the sentences of the plain text are
encoded, and offsets are mapped back to characters. One walk over the bytes
(``audit.language.sieve``) tells which rules can match in which sentence; each rule is then run over
those of a whole batch as lines of one text, and on its own in the few where it matches. The few
rules that any words can match are an ``re2.Set``, read over all sentences of a text at once.
What is compiled is kept by process for each digest of rules and language. The file is long because
what a rule is run over, and what then counts as found, are read together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any
from weakref import WeakKeyDictionary

import re2

from audit.article import Article
from audit.model import Finding
from audit.rules import Pattern, Rules, compiled, marked
from audit.tokens import Text, plain

# A set's automaton is built as it reads. Small sets keep few states; each costs a pass.
_SHARD = 30
_SET_MEM = 64 << 20
# Where lines stand for sentences, ^ and $ are a line's; what asks for the text's own ends is run
# on every sentence.
_LINES = b"(?m)"
_TEXT_ENDS = re.compile(r"\\[AzQ]|\(\?[a-zA-Z]*-[a-zA-Z]*m")
_AT_ONCE = 4096  # bytes of sentences that a rule is run over at once: enough to make calls few
_BATCH = 1_000_000  # bytes of texts that are sifted together, or one text
# The lead is what begins in the first, the tail what begins in the last characters.
LEAD, TAIL = 500, 700
_QUOTE = re.compile(r'"')
_UNANCHORED = re2._re2.RE2.Anchor.UNANCHORED


class Machine:
    """The rules of one language, compiled."""

    def __init__(self, rules: tuple[Pattern, ...]) -> None:
        self.rules = rules
        self.groups = [1 if "(?P<span>" in rule.pattern else 0 for rule in rules]
        from audit.language.sieve import candidates, prepared  # compiled: loaded where it is used

        self._candidates = candidates
        examples = [marked(text)[0] for rule in rules for text in (*rule.bad, *rule.good)]
        self.needy, self.sieve = prepared(
            [rule.pattern for rule in rules],
            [plain(text).encode("utf-8", "replace") for text in examples],
        )
        needy = set(self.needy)
        rest = [at for at in range(len(rules)) if at not in needy]
        self.everywhere = [at for at in rest if _TEXT_ENDS.search(rules[at].pattern)]
        self.sets: list[tuple[list[int], Any]] = []
        rest = [at for at in rest if at not in self.everywhere]
        for first in range(0, len(rest), _SHARD):
            options = re2.Options()
            options.max_mem = _SET_MEM
            options.log_errors = False
            batch = re2.Set.SearchSet(options)
            shard = rest[first : first + _SHARD]
            for at in shard:
                batch.Add(_LINES + rules[at].pattern.encode("utf-8"))
            batch.Compile()
            self.sets.append((shard, batch._set.Match))
        self._in_lines: dict[int, Any] = {}
        self._alone: dict[int, Any] = {}
        self._matches: dict[int, Any] = {}
        self._exceptions: dict[int, list[Any]] = {}

    def hits(self, sentences: list[bytes]) -> list[list[int]]:
        """For each sentence the indices of the rules that may match in it, in order.

        None that matches is left out: a sentence is passed over only where it lacks what the rule
        requires, or where the rule, read over sentences as lines, has no match that touches it.
        """
        return self.hits_of([sentences])[0]

    def hits_of(self, texts: list[list[bytes]]) -> list[list[list[int]]]:
        """The same of the sentences of several texts, for each text: the less time the more."""
        sentences = [sentence for own in texts for sentence in own]
        found: list[list[int]] = [list(self.everywhere) for _ in sentences]
        held: dict[int, list[int]] = {}
        for line, place in zip(*self._candidates(self.sieve, sentences), strict=True):
            held.setdefault(self.needy[place], []).append(line)
        for index, lines in held.items():
            whole = _TEXT_ENDS.search(self.rules[index].pattern) is not None
            for line in lines if whole else self._touched(index, lines, sentences):
                found[line].append(index)
        bounds = list(pairwise(accumulate(map(len, texts), initial=0)))
        for (start, end), own in zip(bounds, texts, strict=True):
            joined = b"\n".join(own)
            for shard, match in self.sets:
                for index in match(joined) or ():
                    for line in self._touched(shard[index], range(start, end), sentences):
                        found[line].append(shard[index])
        for one in found:
            one.sort()
        return [found[start:end] for start, end in bounds]

    def _touched(self, index: int, lines: Sequence[int], sentences: list[bytes]) -> Iterator[int]:
        """Those of some sentences that a match of a rule touches, read as lines of one text."""
        first = 0
        while first < len(lines):
            last, size = first + 1, len(sentences[lines[first]])
            while last < len(lines) and size < _AT_ONCE:
                size += len(sentences[lines[last]])
                last += 1
            part = lines[first:last]
            joined = b"\n".join([sentences[line] for line in part])
            first = last
            if not self.speaks(index, joined):
                continue
            ends = list(accumulate(len(sentences[line]) + 1 for line in part))
            after = 0  # sentences before this one are told already
            for match in self._lines(index).finditer(joined):
                start, end = match.span()
                begin = max(after, bisect_right(ends, start))
                after = max(after, bisect_left(ends, end) + 1)
                yield from part[begin:after]

    def alone(self, index: int) -> Any:
        """A rule's pattern, compiled when it is first hit."""
        if index not in self._alone:
            self._alone[index] = compiled(self.rules[index].pattern)
        return self._alone[index]

    def speaks(self, index: int, lines: bytes) -> bool:
        """Whether a rule matches in lines, asked of RE2 itself: half of the asking is saved."""
        match = self._matches.get(index)
        if match is None:
            match = self._matches[index] = self._lines(index)._regexp.Match
        found: bool = match(_UNANCHORED, lines, 0, len(lines))[0][0] >= 0
        return found

    def exceptions(self, index: int) -> list[Any]:
        """A rule's exceptions, compiled when its pattern first matches."""
        if index not in self._exceptions:
            self._exceptions[index] = [compiled(one) for one in self.rules[index].unless]
        return self._exceptions[index]

    def _lines(self, index: int) -> Any:
        """A rule as it is run over lines."""
        if index not in self._in_lines:
            self._in_lines[index] = compiled(_LINES.decode() + self.rules[index].pattern)
        return self._in_lines[index]


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


_Sifted = tuple[list[bytes], list[list[int]]]  # sentences in bytes, what may match in each
# What a text was sifted to, and by which rules, as long as it is in use.
_SIFTED: WeakKeyDictionary[Text, tuple[Machine, _Sifted]] = WeakKeyDictionary()


def sift(texts: Sequence[Text], codes: Sequence[str], rules: Rules) -> None:
    """Works out for a batch where which rule may match, in less time than for each text."""
    for code in sorted(set(codes)):
        run = machine(rules, code)
        held: list[Text] = []
        size = 0
        for text in (text for text, own in zip(texts, codes, strict=True) if own == code):
            if size > _BATCH:
                _sift(held, run)
                held, size = [], 0
            held.append(text)
            size += len(text.raw)
        _sift(held, run)


def _sift(texts: list[Text], run: Machine) -> None:
    sentences = []
    for text in texts:
        plain = text.plain
        sentences.append([plain[a:b].encode("utf-8", "replace") for a, b in text.sentences])
    for text, own, hits in zip(texts, sentences, run.hits_of(sentences), strict=True):
        _SIFTED[text] = run, (own, hits)


def _sifted(text: Text, run: Machine) -> _Sifted:
    known = _SIFTED.get(text)
    if known is None or known[0] is not run:
        _sift([text], run)
        known = _SIFTED[text]
    return known[1]


def search(text: Text, run: Machine, article: Article | None = None) -> Iterator[Finding]:
    """Every match of every rule; scopes count only where the article is given."""
    plain = text.plain
    quoted: Quotations | None = None
    sentences, hits_in = _sifted(text, run)
    for (start, end), sentence, hits in zip(text.sentences, sentences, hits_in, strict=True):
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
    matches = list(run.alone(index).finditer(sentence))
    group = run.groups[index]
    exempt = [m.span() for u in run.exceptions(index) for m in u.finditer(sentence)]
    for match in matches:
        left, right = match.span()
        if left == right or any(a < right and left < b for a, b in exempt):
            continue
        left, right = match.span(group)
        right = _whole_words(sentence, left, right)
        if left < right:
            found.append((left, right))
    return found


def _whole_words(sentence: bytes, start: int, end: int) -> int:
    """The end of a span without the blank or the part of a word that a rule looked ahead to."""
    kept = sentence[start:end].rstrip()
    if sentence[end - 1 : end].isalnum() and sentence[end : end + 1].isalnum():
        kept = kept.rpartition(b" ")[0].rstrip() or kept
    return start + len(kept)


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
