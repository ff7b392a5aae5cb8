"""Which texts are the same: each cluster, who had it first, and its pairs side by side."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element, join
from audit.reports.page.parts import Pile, cut, folded, looked_for, section
from audit.reports.passages import beginnings, in_words, side_by_side

RELATION_WORDS = {
    "identical": "identical",
    "copy": "copy",
    "altered-copy": "copy with changes",
    "partial-copy": "copy of a part",
    "round-up": "round-up that holds the other",
    "reworded-copy": "the same story in other words",
    "boilerplate": "shared standing matter only",
    "independent": "independent",
}
BASIS_WORDS = {
    "date": "by date of publication",
    "containment": "for it holds what the others hold, and more",
    "credit": "for others name it",
    "editing": "by the direction of the edits",
}
SHOWN_PAIRS = 20


def copies(report: Report, pile: Pile) -> Html:
    """The clusters of copies, largest first."""
    if not looked_for(report, "duplication") and not report.clusters:
        return section("copies", "Copies", "Copies were not looked for in this run.")
    return section(
        "copies",
        "Copies",
        "Texts that share their wording or their story, and what a copy changed. A cluster is"
        " one witness.",
        [_cluster(cluster, pile) for cluster in report.clusters]
        or element("p", "No copies were seen."),
    )


def _cluster(cluster: model.Cluster, pile: Pile) -> Html:
    first = cluster.first
    named = first.document if first else cluster.documents[0]
    known = pile.texts.get(named)
    title = (known.title if known else None) or named
    more = len(cluster.pairs) - SHOWN_PAIRS
    return element(
        "article",
        element(
            "h3",
            element("span", cut(title, 160), dir="auto", lang=pile.language(named)),
            " ",
            _tag(count(len(cluster.documents), "text")),
        ),
        element(
            "p",
            "First: ",
            pile.link(first.document),
            f", {BASIS_WORDS[first.basis]}; certainty {first.certainty:.0%}",
        )
        if first
        else element("p", "Who had it first cannot be told.", class_="why"),
        [_pair(pair, pile) for pair in cluster.pairs[:SHOWN_PAIRS]],
        element("p", f"and {count(more, 'more pair')} in the JSON report", class_="why")
        if more > 0
        else None,
    )


def _tag(words: str, tone: str = "") -> Html:
    return element("span", words, class_=f"tag {tone}".strip())


def _pair(pair: model.Pair, pile: Pile) -> Html:
    a, b = pile.words(pair.a), pile.words(pair.b)
    told = [
        f"similarity {pair.similarity:.2f}",
        f"{pair.contained.a:.0%} of the first stands in the second,"
        f" {pair.contained.b:.0%} of the second in the first",
    ]
    if pair.credited:
        told.append("one names the other")
    return element(
        "div",
        element(
            "p",
            _tag(RELATION_WORDS[pair.relation]),
            " ",
            pile.link(pair.a),
            " and ",
            pile.link(pair.b),
            element("span", f": {'; '.join(told)}", class_="none"),
            join("; ", pile.link(pair.translated), " reads as translated from the other")
            if pair.translated
            else None,
        ),
        element("ul", [_change(change, a, b) for change in pair.altered]) if pair.altered else None,
        _beside(pair, a, b, pile),
        class_="against",
    )


def _change(change: model.Altered, a: str | None, b: str | None) -> Html:
    return element(
        "li",
        _tag(f"{change.kind} changed", "bad"),
        " ",
        in_words(a, change.a),
        " against ",
        in_words(b, change.b),
    )


def _beside(pair: model.Pair, a: str | None, b: str | None, pile: Pile) -> Html | None:
    """The two texts side by side: what they share, or how each begins where they share no words."""
    if a is None or b is None:
        return None
    heads = [
        element("div", element("b", pile.link(name)), class_="head") for name in (pair.a, pair.b)
    ]
    if pair.passages:
        return folded("side by side", element("div", heads, side_by_side(pair, a, b), class_="two"))
    return folded(
        "side by side: no passage is shared word for word, so how each begins",
        element("div", heads, beginnings(a, b), class_="two"),
    )
