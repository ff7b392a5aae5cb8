"""Which texts are the same: each cluster, who had it first, and its pairs side by side."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element
from audit.reports.page.parts import link, section
from audit.reports.passages import side_by_side


def copies(report: Report, numbers: dict[str, str]) -> Html:
    texts = {d.id: d.text for d in report.documents if d.text is not None}
    return section(
        "copies",
        "Copies",
        "Texts that share their wording, and what a copy changed. A cluster is one witness.",
        [_cluster(cluster, texts, numbers) for cluster in report.clusters]
        or element("p", "No copies were seen."),
    )


def _cluster(cluster: model.Cluster, texts: dict[str, str], numbers: dict[str, str]) -> Html:
    first = cluster.first
    title = f"{count(len(cluster.documents), 'text')}: {', '.join(cluster.documents[:6])}"
    if len(cluster.documents) > 6:
        title += " …"
    return element(
        "article",
        element("h3", title),
        element(
            "p",
            "First: ",
            link(first.document, numbers),
            f", by {first.basis}, certainty {first.certainty:.2f}",
        )
        if first
        else element("p", "Who had it first cannot be told.", class_="why"),
        [_pair(pair, texts, numbers) for pair in cluster.pairs[:20]],
        element("p", f"and {len(cluster.pairs) - 20} more pairs", class_="why")
        if len(cluster.pairs) > 20
        else None,
    )


def _pair(pair: model.Pair, texts: dict[str, str], numbers: dict[str, str]) -> Html:
    facts = [
        element(
            "li",
            element("span", a.kind, class_="tag bad"),
            " ",
            element("mark", a.a.text or "(nothing)", class_="x"),
            " against ",
            element("mark", a.b.text or "(nothing)", class_="x"),
        )
        for a in pair.altered
    ]
    told = [
        pair.relation.replace("-", " "),
        f"similarity {pair.similarity:.2f}",
        f"shared {pair.contained.a:.0%} of the first, {pair.contained.b:.0%} of the second",
    ]
    if pair.credited:
        told.append("credited")
    if pair.translated:
        told.append(f"{pair.translated} reads as the translated one")
    return element(
        "div",
        element("p", link(pair.a, numbers), " and ", link(pair.b, numbers), ": ", "; ".join(told)),
        element("ul", facts) if facts else None,
        element(
            "details",
            element("summary", "side by side"),
            side_by_side(pair, texts.get(pair.a), texts.get(pair.b)),
        )
        if pair.a in texts and pair.b in texts and pair.passages
        else None,
    )
