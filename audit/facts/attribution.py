"""Attributions: which words are whose, by cue, source and content.

Candidates come from word lists, what stands round them is weighed by a small fitted model
(rules/facts/attribution-model.toml), then the source and the content are read off the
clause. A quotation nobody is made to answer for is an attribution without cue and source.
"""

from __future__ import annotations

from audit.facts.contents import contents_of
from audit.facts.cue_loop import Table, table_of, worded
from audit.facts.cue_signs import speakers
from audit.facts.cue_weights import weigh
from audit.facts.cue_words import Tokens, lexicon, tokens
from audit.facts.kinds import kind_of
from audit.facts.lexicon import built
from audit.facts.quotations import quotations
from audit.facts.sources import Range, source_of
from audit.model import Attribution, Span
from audit.rules import Rules
from audit.tokens import Text

_SHORTEST = 4  # words of a quotation that stands for itself: shorter ones are scare quotes


def attributions(text: Text, rules: Rules) -> list[Attribution]:
    """Every attribution of a text, in order of where it begins.

    ``cue`` and ``source`` are None where the text has none; ``content`` may hold several spans.
    """
    lex = lexicon(rules)
    quotes = quotations(text)
    toks = tokens(text, quotes)
    if not toks.spans:
        return []
    cues = worded(toks, lex, built(rules, _table))
    signed = [one for one in speakers(toks) if weigh(one, lex) > lex.threshold]
    if signed:
        cues = sorted([*cues, *signed], key=lambda one: one.span(toks))
    found: list[Attribution] = []
    for cue in cues:
        source = source_of(toks, lex, cue)
        content = contents_of(toks, lex, text.sentences, cue, source)
        found.append(
            Attribution(
                cue=Span(*cue.span(toks)),
                source=_span(toks, source),
                content=[Span(*span) for span in content],
                kind=kind_of(toks, lex, source),
            )
        )
    found += _orphans(toks, found)
    return sorted(found, key=_begin)


def _table(rules: Rules) -> Table:
    return table_of(lexicon(rules))


def _span(toks: Tokens, words: Range | None) -> Span | None:
    return Span(toks.spans[words[0]][0], toks.spans[words[1]][1]) if words else None


def _begin(one: Attribution) -> tuple[int, int]:
    starts, ends = [], []
    for span in (one.cue, one.source, *one.content):
        if span is not None:
            starts.append(span.start)
            ends.append(span.end)
    return min(starts), max(ends)


def _orphans(toks: Tokens, found: list[Attribution]) -> list[Attribution]:
    """Quotations that no attribution covers."""
    if not toks.quotes:
        return []
    spans = [span for one in found for span in (*one.content, one.cue) if span is not None]
    covered = sorted([(span.start, span.end) for span in spans])
    orphans: list[Attribution] = []
    at, reach = 0, -1
    for start, end in toks.quotes:
        while at < len(covered) and covered[at][0] < end:
            reach = max(reach, covered[at][1])
            at += 1
        if reach > start or toks.plain[start:end].count(" ") < _SHORTEST - 1:
            continue
        orphans.append(Attribution(cue=None, source=None, content=[Span(start, end)], kind="vague"))
    return orphans
