"""What an editor should know of a text's sources and of its voice, each with the exact words.

Built on the attributions of a document: sources nobody can check, groups nobody could name, and
judgements in the text's own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from audit.article import Article, Remark
from audit.facts.presentation import hits
from audit.facts.quotations import quotations
from audit.model import Span
from audit.rules import Rules

# Sources the writer knows and the reader cannot: not "officials", who speak for an office.
_HIDDEN = re.compile(
    r"\b(?:sources?|insiders?|anonymous|unnamed|unidentified|whistle-?blowers?|tipsters?"
    r"|(?:person|people|individuals?|those|someone|man|woman) (?:who (?:is|are|was|were) )?"
    r"(?:familiar|close|briefed|with (?:direct )?knowledge))\b",
    re.IGNORECASE,
)
# A source that is a thing, or that is named after all ("a source, John Venn,").
_NOT_HIDDEN = re.compile(
    r"\b(?:news|data|open|power|light|energy|water|food|source of"
    r"|complaint|report|law|code)\b",
    re.I,
)
_GROUPS = re.compile(
    r"^(?:(?:many|some|several|most|other|numerous|various|independent|leading|certain) )*"
    r"(?:critics|observers|experts|analysts|skeptics|sceptics|pundits|commentators|detractors"
    r"|watchers|insiders|others|some|many|(?:many|some|most|several) people)$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(r"[^.]{0,40}\b(?:such as|like|including|among them)\b")
_SPEAKS = frozenset(
    """say says said believe believes believed think thinks thought claim claims claimed argue
    argues argued warn warned fear suggest suggested agree contend insist note point predict
    maintain worry wonder""".split()
)
_ESSAY = 12.0  # "I", "we", "my" … per 1,000 words outside quotations: a column, known as opinion


def _hidden(phrase: str) -> bool:
    """Whether a phrase names a source that the text keeps from its readers."""
    return bool(_HIDDEN.search(phrase)) and not _NOT_HIDDEN.search(phrase)


def hidden_sources(article: Article) -> Iterator[Remark]:
    """Attributions to a source the text keeps from its readers, one a sentence."""
    text, last = article.text, -1
    for one in article.attributions:
        if one.source is None or one.cue is None or one.kind not in ("anonymous", "vague"):
            continue
        phrase = text.plain[one.source.start : one.source.end]
        if not _hidden(phrase):
            continue
        sentence = text.sentence_at(one.source.start)[0]
        if sentence == last:
            continue
        last = sentence
        quote = text.raw[one.source.start : one.source.end]
        yield Remark(
            one.source.start,
            one.source.end,
            f"Rests on a source that is not named: \u201c{quote}\u201d. What does the text say of "
            "how that source knows?",
            0.85,
        )


def vague_sources(article: Article) -> Iterator[Remark]:
    """Attributions to a group that nobody could name: "critics say", "many believe"."""
    text = article.text
    quotes = [start for start, _ in quotations(text)]
    ends = [end for _, end in quotations(text)]
    for nth_one, one in enumerate(article.attributions):
        if one.source is None or one.cue is None:
            continue
        phrase = text.plain[one.source.start : one.source.end].strip(" ,")
        cue = text.plain[one.cue.start : one.cue.end].lower().split()
        if _hidden(phrase):
            continue  # told as a hidden source
        if not _GROUPS.match(phrase) or not cue or cue[-1] not in _SPEAKS or not one.content:
            continue
        if text.plain[one.source.end : one.cue.start].strip(" ,"):
            continue
        nth = bisect_right(quotes, one.source.start) - 1
        if nth >= 0 and one.source.start < ends[nth]:
            continue  # the speaker's words, not the text's
        if _named_near(article, nth_one):
            continue
        start = min(one.source.start, one.cue.start)
        end = max(one.source.end, one.cue.end)
        before = text.plain[max(0, start - 8) : start].lower().split()
        if cue[0] == "to" or (before and before[-1] in ("when", "if", "than", "as", "how", "what")):
            continue
        quote = text.raw[start:end]
        yield Remark(
            start,
            end,
            f"\u201c{quote}\u201d: nobody can be asked who they are.",
            0.75,
        )


def _named_near(article: Article, nth: int) -> bool:
    """Whether the same or the next sentence lets a named one of the group speak."""
    one = article.attributions[nth]
    assert one.source is not None
    start, end = article.text.sentence_at(one.source.start)
    after = article.text.sentence_at(min(len(article.text.raw), end + 3))[1]
    if _SUCH_AS.match(article.text.plain[one.source.end : end]):
        return True
    return any(
        other.source is not None
        and other.kind in ("named", "institution")
        and start <= other.source.start < after
        for other in article.attributions[max(0, nth - 6) : nth + 7]
    )


def loaded_words(article: Article, rules: Rules) -> Iterator[Remark]:
    """Words of judgement in the text's own voice: outside quotations and attributed content."""
    for hit in _own_voice(article, rules, "flagged"):
        word = article.text.raw[hit.start : hit.end]
        if word[:1].isupper() and article.text.plain[max(0, hit.start - 2) : hit.start].strip(
            ' "'
        ) not in (".", "!", "?", ""):
            continue  # part of a name
        yield Remark(
            hit.start, hit.end, f"\u201c{word}\u201d judges where a plain word would report.", 0.8
        )


def opinions(article: Article, rules: Rules) -> Iterator[Remark]:
    """Judgements stated as known in the text's own voice; columns in the first person are left."""
    text = article.text
    first = sum(hit.list in ("first_person",) for hit in hits(text, rules))
    if first * 1000.0 / (len(text.words) + 50) > _ESSAY:
        return
    for hit in _own_voice(article, rules, "flagged_opinion"):
        yield Remark(
            hit.start,
            hit.end,
            f"\u201c{text.raw[hit.start : hit.end]}\u201d states a judgement as if it were known; "
            "nobody is made to answer for it.",
            0.7,
        )


def _own_voice(article: Article, rules: Rules, name: str) -> Iterator[Span]:
    """Hits of a list that stand in nobody's words but the text's own."""
    text = article.text
    found = [h for h in hits(text, rules) if h.list == name]
    if not found:
        return
    said = sorted(
        (s.start, s.end)
        for one in article.attributions
        if one.source is not None
        for s in one.content
    )
    at, reach = 0, -1
    for hit in found:
        while at < len(said) and said[at][0] <= hit.start:
            reach = max(reach, said[at][1])
            at += 1
        if hit.start >= reach:
            yield Span(hit.start, hit.end)


# Words that carry no content in a headline.
