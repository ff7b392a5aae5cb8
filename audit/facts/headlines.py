"""Headlines that claim what their text holds back from: a hedge of the body left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.article import Article, Remark
from audit.facts.lexicon import built
from audit.facts.modality import status
from audit.rules import Rules
from audit.tokens import Text

_OVERLAP = 0.5  # share of a headline's content words that stand round the verb in the text
_LEAD = 5  # sentences at the head of a text in which the headline's claim is looked for
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
    if best is not None and not _vouched(best, body, content, article):
        yield best


def _vouched(
    best: Remark, body: list[tuple[int, int]], content: set[str], article: Article
) -> bool:
    """Whether what one sentence calls "reportedly" so, another lays on somebody named."""
    text = article.text
    if not text.plain[best.start : best.end].lower().startswith(_HEARSAY):
        return False
    for one in article.attributions:
        if one.cue is None or one.kind not in ("named", "institution"):
            continue
        start, end = text.sentence_at(one.cue.start)
        said = {_stem(text.plain[s:e].lower()) for s, e in text.words if start <= s < end}
        if (start, end) in body and not start <= best.start < end and len(said & content) > 1:
            return True
    return False


_HEARSAY = ("reportedly", "allegedly", "apparently", "supposedly")

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
    if word.endswith("ly"):
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
