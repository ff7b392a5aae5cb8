"""Texts with marks in them: findings in one document, shared passages and changes in two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from audit import model
from audit.reports.markup import Html, element, join

CONTEXT = 160  # characters shown of either end of a long shared passage
AROUND = 30  # characters shown on either side of a changed fact
BEGINNING = 700  # characters shown of texts that share no passage
PASSAGES = 40  # shared passages shown for a pair


def annotated(text: str, findings: Sequence[model.Finding], number: str) -> Html:
    """The text with each finding marked and numbered; overlapping marks take the most severe."""
    cuts = {0, len(text)}
    for finding in findings:
        cuts |= {min(finding.start, len(text)), min(finding.end, len(text))}
    starts: dict[int, list[int]] = {}
    for n, finding in enumerate(findings, 1):
        starts.setdefault(finding.end, []).append(n)
    edges = sorted(cuts)
    level = _levels(findings, edges)
    pieces: list[object] = []
    for at, (left, right) in enumerate(pairwise(edges)):
        piece = text[left:right]
        pieces.append(element("mark", piece, class_=f"s{level[at]}") if level[at] else piece)
        pieces.extend(
            element("sup", element("a", n, href=f"#{number}-{n}", aria_label=f"finding {n}"))
            for n in starts.get(right, ())
        )
    return join(*pieces)


def _levels(findings: Sequence[model.Finding], edges: list[int]) -> list[int]:
    """The highest severity over each stretch between two edges."""
    place = {edge: at for at, edge in enumerate(edges)}
    level = [0] * len(edges)
    for finding in findings:
        start, end = place.get(finding.start), place.get(finding.end)
        if start is None or end is None:
            continue
        for at in range(start, end):
            level[at] = max(level[at], finding.severity)
    return level


def side_by_side(pair: model.Pair, a: str, b: str) -> Html:
    """The shared passages of two texts in two columns, edited ones and changed facts marked."""
    rows = []
    for passage in pair.passages[:PASSAGES]:
        rows.append(_column(a, passage.a, [x.a for x in pair.altered], passage.kind))
        rows.append(_column(b, passage.b, [x.b for x in pair.altered], passage.kind))
    return join(*rows)


def beginnings(a: str, b: str) -> Html:
    """How two texts begin, in two columns."""
    return join(*(element("div", _begins(text), class_="side", dir="auto") for text in (a, b)))


def _begins(text: str) -> str:
    if len(text) <= BEGINNING:
        return text
    return text[:BEGINNING].rpartition(" ")[0] + " …"


def in_words(text: str | None, span: model.TextSpan) -> Html:
    """A changed fact, marked, with the words around it where the text is known."""
    mark = element("mark", span.text or "(nothing)", class_="x")
    if text is None or text[span.start : span.end] != span.text:
        return mark
    before = text[max(0, span.start - AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + AROUND].partition("\n")[0]
    if span.start > len(before):
        before = "…" + before.partition(" ")[2]
    if span.end + len(after) < len(text):
        after = after.rpartition(" ")[0] + "…"
    return element("span", "“", before, mark, after, "”", dir="auto")


def _column(text: str, span: model.Span, changed: Sequence[model.Span], kind: str) -> Html:
    inner = sorted((c.start, c.end) for c in changed if span.start <= c.start and c.end <= span.end)
    pieces: list[object] = []
    at = span.start
    for start, end in inner:
        if start < at or start == end:
            continue
        pieces += [text[at:start], element("mark", text[start:end], class_="x")]
        at = end
    pieces.append(text[at : span.end])
    if kind == "verbatim" and span.end - span.start > 4 * CONTEXT and not inner:
        kept = text[span.start : span.start + CONTEXT], text[span.end - CONTEXT : span.end]
        pieces = [kept[0], " … ", kept[1]]
    words = {"verbatim": "word for word", "edited": "edited"}[kind]
    tag = element("span", words, class_="tag")
    return element("div", tag, " ", pieces, class_="side", dir="auto")
