"""What is attributed: the quotation or clause that a cue governs.

Speech stands after its cue ("she said that …"), before it ("…," she said), or on both sides;
a quotation may run on over the next sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from audit.facts.cue_weights import Candidate
from audit.facts.cue_words import PREPOSITIONS, Lexicon, Tokens
from audit.facts.sources import TIMES, Range, inverted

_HEARERS = frozenset("reporters journalists lawmakers viewers".split())
_CIRCUMSTANCE = frozenset("in on at to during after before via through last this later".split())
_REACH = 1500  # characters of a content that are looked through for its end
_TRAIL = " \t\n,;:-"
_LOOSE = frozenset(("stance", "name"))  # classes of cues whose content ends before an aside


def contents_of(
    toks: Tokens,
    lex: Lexicon,
    sentences: list[tuple[int, int]],
    cue: Candidate,
    source: Range | None,
) -> list[tuple[int, int]]:
    """The spans a cue attributes, in order; empty where none can be told."""
    nth = toks.sentence[cue.head]
    start, end = sentences[nth]
    cue_start, cue_end = toks.spans[cue.first][0], toks.spans[cue.last][1]
    after_source = max(cue_end, toks.spans[source[1]][1] if source else 0)
    before_source = cue_start
    if source and source[1] >= cue.first - 2:  # not where the subject stands far ahead
        before_source = min(cue_start, toks.spans[source[0]][0])
    kind = cue.entry.kind
    if kind == "sign":
        return _signed(toks, cue, start, end)
    if kind == "before":
        rest = _after(toks, after_source, end)
        lead = _before(toks, start, cue_start)
        return [lead] if lead and lead[1] - lead[0] > 12 else ([rest] if rest else [])
    if kind == "adverb":
        rest = _after(toks, cue_end, end)
        return [rest] if rest else []
    quote = _quote_before(toks, start, before_source)
    if quote is not None:
        found = [quote]
        found += _continued(toks, after_source, quote)
        return found
    if inverted(toks, lex, cue):
        lead = _before(toks, start, before_source)
        return [lead] if lead else []
    lead = _before(toks, start, before_source)
    if kind == "verb" and lead and _parenthetical(toks, cue, source, lead, end):
        return [lead]
    rest = _after(toks, cue_end, end)
    if rest is None:
        # "He continued:" with the quotation in the next paragraph
        follow = bisect_left(toks.quotes, (end, 0))
        if (
            ":" in toks.plain[cue_end : end + 1]
            and follow < len(toks.quotes)
            and toks.quotes[follow][0] - end < 6
        ):
            return [toks.quotes[follow]]
        return [lead] if lead else []
    return [_bounded(toks, cue, rest)]


def _bounded(toks: Tokens, cue: Candidate, rest: tuple[int, int]) -> tuple[int, int]:
    """What follows a cue, cut where another clause begins, or run to the end of its quotation."""
    nth = bisect_left(toks.quotes, (max(0, rest[0] - 1), 0))
    if nth and toks.quotes[nth - 1][1] > rest[0]:
        return rest  # the cue stands inside the quotation
    if nth < len(toks.quotes):
        quote = toks.quotes[nth]
        lead = toks.plain[rest[0] : max(rest[0], quote[0])]
        opens = not lead.strip() or lead.rstrip().endswith((",", ":"))
        if quote[0] < rest[1] and opens and len(lead) < 80:
            spoken = "say" in cue.entry.classes
            if quote[1] >= rest[1] - 1 and (spoken or not lead.strip()):
                return quote  # it goes on over the next sentences, or ends with this one
            if quote[1] >= rest[1] - 1:
                return rest[0], quote[1]
    clausal = toks.plain[rest[0] : rest[0] + 5].lower() == "that "
    reach = min(rest[1], rest[0] + _REACH)
    near = toks.quotes[max(0, nth - 1) : nth + 6]
    cut = _CUT.search(toks.plain, rest[0] + 1, reach)
    while cut and near and any(a < _start(cut) < b for a, b in near):
        cut = _CUT.search(toks.plain, cut.end(), reach)
    if cut and _start(cut) - rest[0] > 3:
        return rest[0], _start(cut)
    if not clausal and not _LOOSE.isdisjoint(cue.entry.classes):
        aside = _ASIDE.search(toks.plain, rest[0], reach)
        if aside and not any(a < aside.start() < b for a, b in near):
            return rest[0], aside.start()
    return rest


# Where a coordinate or participial clause begins that the cue does not govern.
# Their first characters come first, so that a search looks for these only; "but" begins with the
# space before it.
_CUT = re.compile(
    r"[;,b](?:(?<=;)|(?:(?<= b)ut|(?<=,) (?:but|although|though|while|whereas|saying"
    r"|adding|arguing|noting|claiming|calling|citing"
    r"|according to|and (?:said|says|added|called|(?:he|she|they) (?:said|says|added|also)"
    r"|that (?:he|she|they))))\b)"
)


def _start(cut: re.Match[str]) -> int:
    return cut.start() - (cut.string[cut.start()] == "b")


_ASIDE = re.compile(r", (?:as|because|who|which|when|where|after|and|in|with|for|[a-z]+ing)\b")


def _signed(toks: Tokens, cue: Candidate, start: int, end: int) -> list[tuple[int, int]]:
    """What stands after a speaker's colon, or before the dash of a signature."""
    at, to = cue.span(toks)
    if toks.plain[at:to] == ":":
        rest = _after(toks, to, max(end, to))
        nth = bisect_left(toks.quotes, (to, 0))
        if nth < len(toks.quotes) and toks.quotes[nth][0] - to <= 2:
            return [toks.quotes[nth]]
        return [rest] if rest else []
    quote = _quote_before(toks, start, at)
    if quote is not None:
        return [quote]
    lead = _before(toks, start, at)
    return [lead] if lead else []


def _parenthetical(
    toks: Tokens, cue: Candidate, source: Range | None, lead: tuple[int, int], end: int
) -> bool:
    """Whether a comma sets the cue's clause off from what it attributes, which stands before.

    "The bridge was shut, officials said." / "…, he told reporters on Monday."
    """
    plain = toks.plain
    if source is None or source[1] >= cue.first or plain[lead[1] : lead[1] + 1] != ",":
        return False
    opener = plain[lead[0] : min(lead[1], lead[0] + 40)].split(None, 1)[0].lower()
    if lead[1] - lead[0] < 15 or (opener in PREPOSITIONS and lead[1] - lead[0] < 40):
        return False
    after = toks.spans[cue.last][1]
    rest = plain[after : min(end, after + 200)].rstrip(" .!?\n")
    if not rest or rest[0] in ",;.":
        return True
    words = rest.split()
    head = words[0].strip(",").lower()
    return len(words) <= 12 and (
        head in _HEARERS or (head in _CIRCUMSTANCE and "that" not in words[:8]) or head in TIMES
    )


def _after(toks: Tokens, at: int, end: int) -> tuple[int, int] | None:
    """What follows a cue up to the end of the sentence, without marks at either side."""
    plain = toks.plain
    while at < end and plain[at] in _TRAIL:
        at += 1
    while end > at and plain[end - 1] in ".!? \n\t,;":
        end -= 1
    return (at, end) if end - at > 1 else None


def _before(toks: Tokens, start: int, at: int) -> tuple[int, int] | None:
    plain = toks.plain
    while at > start and plain[at - 1] in _TRAIL:
        at -= 1
    return (start, at) if at - start > 1 else None


def _quote_before(toks: Tokens, start: int, at: int) -> tuple[int, int] | None:
    """The quotation that ends right before the cue's clause."""
    nth = bisect_right(toks.quotes, (at, 0)) - 1
    if nth < 0:
        return None
    quote = toks.quotes[nth]
    between = toks.plain[quote[1] : at]
    if quote[1] > at or len(between) > 3 or "\n" in between or between.strip(" ,"):
        return None
    if quote[1] - quote[0] < 8:
        return None
    return quote


def _continued(toks: Tokens, at: int, quote: tuple[int, int]) -> list[tuple[int, int]]:
    """The quotations after the cue's clause that go on with the one before it."""
    found: list[tuple[int, int]] = []
    nth = bisect_left(toks.quotes, (at, 0))
    while nth < len(toks.quotes):
        nxt = toks.quotes[nth]
        between = toks.plain[at : nxt[0]]
        limit = 200 if not found else 4
        if len(between) > limit or "\n" in between.strip(" .,") or any(c in between for c in "!?:"):
            break
        if not found and between.count(".") > 1:
            break
        found.append(nxt)
        at = nxt[1]
        nth += 1
    return found
