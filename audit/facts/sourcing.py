"""What an editor should know of a text's sources and of its voice, each with the exact words.

Built on the attributions of a document: sources nobody can check, groups nobody could name,
judgements in the text's own voice, and headlines that claim what the text holds back from.
Long, for the four read the same attributions and quotations and leave each other's out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from audit.article import Article, Remark
from audit.facts.lexicon import built
from audit.facts.modality import status
from audit.facts.presentation import hits
from audit.facts.quotations import quotations
from audit.model import Span
from audit.rules import Rules
from audit.tokens import Text

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
_OVERLAP = 0.5  # share of a headline's content words that stand round the verb in the text
_LEAD = 5  # sentences at the head of a text in which the headline's claim is looked for


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
_SMALL = frozenset(
    """the a an of to in on at by for from with and or but as is are was were be been has have had
    his her its their our my your he she it they we you i this that these those after before over
    under into out up down off new more than not no who what when where why how all about amid
    s t""".split()
)


@dataclass(frozen=True)
class _Hedges:
    before: tuple[tuple[str, ...], ...]
    headline: frozenset[str]


def _build(rules: Rules) -> _Hedges:
    data = rules.facts["loaded"]["hedged"]
    return _Hedges(
        tuple(sorted((tuple(p.split()) for p in data["before"]), key=lambda p: (-len(p), p))),
        frozenset(data["headline"]),
    )


def headline(article: Article, rules: Rules) -> Iterator[Remark]:
    """The hedge of the body that the headline leaves out: one remark at most, on the body.

    The headline's claim is a verb it shares with one of the first sentences, with words of the
    headline before and after it; there the verb is hedged, denied or only considered, and in none
    of these sentences is it asserted. A headline with a hedge, a quotation or a question of its
    own says less.
    """
    title = (article.title or "").strip()
    hedges = built(rules, _build)
    head = Text(title)
    words = [head.plain[s:e].lower() for s, e in head.words]
    if len(words) < 4 or len(words) > 25 or hedges.headline & set(words):
        return
    if any(mark in head.plain for mark in '?":|') or " '" in head.plain:
        return
    content = {_stem(w) for w in words if w not in _SMALL and len(w) > 2}
    if len(content) < 3:
        return
    text = article.text
    stems = [_stem(w) for w in words]
    best: Remark | None = None
    body = [s for s in text.sentences if head.plain not in text.plain[s[0] : s[1]]][:_LEAD]
    for start, end in body:
        if end - start > 1200:
            continue
        inside = [(s, e) for s, e in text.words if start <= s < end]
        lower = [text.plain[s:e].lower() for s, e in inside]
        for i, place in _shared(stems, content, lower):
            if not _verbal(lower, i):
                continue
            before = content & set(stems[:place]) & {_stem(w) for w in lower[max(0, i - 30) : i]}
            after = content & set(stems[place + 1 :]) & {_stem(w) for w in lower[i + 1 : i + 20]}
            if not before or not after or len(before | after) + 1 < _OVERLAP * len(content):
                continue
            cue = _hedge(lower, i, hedges)
            if cue is not None:
                span = (inside[cue][0], inside[i][1])
            else:
                found, told = status(text, *inside[i], rules)
                if found not in ("considered", "denied", "threatened") or told is None:
                    return  # the text asserts it
                if text.plain[told.start : told.end].lower().split()[0] in _NO_HEDGE:
                    return
                span = (min(told.start, inside[i][0]), max(told.end, inside[i][1]))
            if best is None:
                quote = text.raw[span[0] : span[1]]
                best = Remark(
                    *span,
                    f"The text says \u201c{quote}\u201d; its headline leaves that out: "
                    f"\u201c{title}\u201d.",
                    0.65,
                )
    if best is not None:
        yield best


_NO_HEDGE = frozenset("can able should must ought how whether if right power".split())


def _shared(stems: list[str], content: set[str], lower: list[str]) -> Iterator[tuple[int, int]]:
    """Words of a sentence that the headline has in its middle: index here, index there."""
    for i, word in enumerate(lower):
        stem = _stem(word)
        if stem in content and word not in _SMALL:
            place = stems.index(stem)
            if 0 < place < len(stems) - 1:
                yield i, place


def _verbal(lower: list[str], i: int) -> bool:
    """Whether a word stands as a verb: after an auxiliary, an adverb or "to", or ending in -ed."""
    word, before = lower[i], lower[i - 1] if i else ""
    if before in ("the", "a", "an", "his", "her", "its", "their", "of", "this", "that"):
        return False
    return (
        word.endswith(("ed", "ing"))
        or before
        in (
            "even",
            "also",
            "may",
            "might",
            "could",
            "to",
            "have",
            "had",
            "has",
            "would",
            "will",
            "be",
        )
        or before.endswith("ly")
    )


def _hedge(lower: list[str], i: int, hedges: _Hedges) -> int | None:
    """The index of the hedge right before a verb, adverbs and "been" between them stepped over."""
    k = i
    while True:
        for phrase in hedges.before:
            if k >= len(phrase) and tuple(lower[k - len(phrase) : k]) == phrase:
                return k - len(phrase)
        if k and (
            lower[k - 1] in ("been", "be", "also", "have", "even") or lower[k - 1].endswith("ly")
        ):
            k -= 1
        else:
            break
    return None


def _stem(word: str) -> str:
    for ending in ("'s", "ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("ey")
    return word.rstrip("ey") if len(word) > 4 else word
