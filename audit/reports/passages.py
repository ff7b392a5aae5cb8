"""Texts with marks in them: findings in one document, shared passages and changes in two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from audit import model
from audit.reports.markup import Html, element, join

CONTEXT = 160  # characters shown around a shared passage


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
            element("sup", element("a", n, href=f"#{number}-{n}")) for n in starts.get(right, ())
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


def side_by_side(pair: model.Pair, a: str | None, b: str | None) -> Html | None:
    """The shared passages of two texts in two columns, edited ones and changed facts marked."""
    if a is None or b is None:
        return None
    rows = []
    for passage in pair.passages[:40]:
        rows.append(_column(a, passage.a, [x.a for x in pair.altered], passage.kind))
        rows.append(_column(b, passage.b, [x.b for x in pair.altered], passage.kind))
    return element("div", rows, class_="two")


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
    return element("div", element("span", kind, class_="tag"), " ", pieces, class_="side")
