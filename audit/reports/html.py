"""The report as one HTML page: readable without scripts, safe whatever the articles hold.

The page carries no script and loads nothing: its content policy forbids both. The order is an
editor's: the answer, what to check first, the sources, conflicting facts, copies, the texts with
their findings, and what was not read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from audit import model
from audit.model import CONFLICTS, Report
from audit.reports.markup import Html, count, element, join, raw
from audit.reports.order import around, checks
from audit.reports.passages import annotated, side_by_side
from audit.reports.style import CSS

SHOWN_CHECKS = 12
VERDICT_WORDS = {
    "conflict": ("stated in conflict", "bad"),
    "class-mismatch": ("same day, named otherwise", "bad"),
    "disputed": ("disputed", "warn"),
    "update": ("updated", ""),
    "wording": ("other words", ""),
    "coexists": ("no conflict", ""),
    "corroborates": ("corroborated", "good"),
}
SCORE_WORDS = {
    "reliability": "how far a reader can lean on what it publishes",
    "language": "how well it is written; never part of reliability",
    "originality": "how much of it is its own",
    "consistency": "do its facts agree with others' and with themselves",
    "sourcing": "does it say who said so",
    "presentation": "sober wording, headline against body",
}


def render(report: Report) -> str:
    """The page as text."""
    policy = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta",
            http_equiv="Content-Security-Policy",
            content=f"default-src 'none'; style-src 'sha256-{policy}'; base-uri 'none';"
            " form-action 'none'",
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", "Source audit"),
        element("style", raw(CSS)),
    )
    numbers = {d.id: f"d{n}" for n, d in enumerate(report.documents, 1)}
    body = element(
        "body",
        element("header", element("h1", "Source audit"), _answer(report)),
        element(
            "main",
            _check_first(report, numbers),
            _sources(report, numbers),
            _conflicts(report, numbers),
            _copies(report, numbers),
            _documents(report, numbers),
            _not_read(report),
        ),
        _footer(report),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _answer(report: Report) -> Html:
    files, documents = report.summary.files, report.summary.documents
    totals = report.summary.totals
    cards = [
        (
            f"{count(documents.audited, 'document')} audited",
            f"{documents.found:,} found = {documents.audited:,} audited"
            f" + {documents.skipped:,} skipped + {documents.failed:,} failed",
        ),
        (
            f"{count(files.read, 'file')} read",
            f"{files.found:,} found = {files.read:,} read + {files.skipped:,} skipped"
            f" + {files.failed:,} failed",
        ),
        (
            f"{count(totals.clusters, 'cluster')} of copies",
            f"{count(totals.clustered, 'document')} in them",
        ),
        (
            f"{count(totals.conflicts, 'conflict')} of statements",
            count(totals.corroborations, "corroboration"),
        ),
        (
            f"{count(totals.severe, 'place')} to stop at",
            f"{count(totals.findings, 'finding')} in all",
        ),
    ]
    gate = report.summary.gate
    return join(
        element("p", report.summary.sentence, class_="lead"),
        element(
            "nav",
            [
                element("a", label, href=f"#{place}")
                for place, label in (
                    ("check-first", "Check first"),
                    ("sources", "Sources"),
                    ("conflicts", "Conflicting facts"),
                    ("copies", "Copies"),
                    ("documents", "Texts"),
                    ("not-read", "Not read"),
                )
            ],
            aria_label="Parts of this report",
        ),
        element(
            "div",
            [element("div", element("b", top), element("span", below)) for top, below in cards],
            class_="counts",
        ),
        _gate(gate) if gate.limits else None,
    )


def _gate(gate: model.Gate) -> Html:
    word, tone = ("passed", "good") if gate.passed else ("failed", "bad")
    return element(
        "div",
        element(
            "p", "Gate ", element("span", word, class_=f"tag {tone}"), " ", ", ".join(gate.limits)
        ),
        element("ul", [element("li", failure) for failure in gate.failed]) if gate.failed else None,
    )


def _section(place: str, title: str, why: str, *children: object) -> Html:
    return element(
        "section",
        element("h2", title, id=f"{place}-title"),
        element("p", why, class_="why"),
        *children,
        id=place,
        aria_labelledby=f"{place}-title",
    )


def _link(document: str, numbers: dict[str, str]) -> Html:
    number = numbers.get(document)
    return element("a", document, href=f"#{number}") if number else element("span", document)


def _check_first(report: Report, numbers: dict[str, str]) -> Html:
    found = checks(report, SHOWN_CHECKS)
    texts = {d.id: d.text for d in report.documents}
    return _section(
        "check-first",
        "Check first",
        "What costs a reader most if it is wrong, with the words to look at.",
        element(
            "ol",
            [
                element(
                    "li",
                    element("b", name),
                    ": ",
                    check.why,
                    " (",
                    _link(check.document, numbers),
                    ")",
                    _quoted(check, texts),
                )
                for check, name in found
            ],
        )
        if found
        else element("p", "Nothing stands out."),
    )


def _quoted(check: model.CheckFirst, texts: dict[str, str | None]) -> Html:
    before, quote, after = around(texts.get(check.document), check)
    return element("blockquote", before, element("mark", quote, class_="s2"), after)


def _sources(report: Report, numbers: dict[str, str]) -> Html:
    rows = []
    for source in report.sources:
        borrowed = "–" if source.borrowed_share is None else f"{source.borrowed_share:.0%}"
        rows.append(
            element(
                "tr",
                element("th", source.name, scope="row"),
                element("td", f"{source.documents:,}", class_="n"),
                element("td", f"{source.effective:,.1f}", class_="n"),
                element("td", borrowed, class_="n"),
                element("td", _range(source.scores.reliability), class_="range"),
                element("td", _range(source.scores.language), class_="range"),
                class_="source",
            )
        )
        rows.append(element("tr", element("td", _reasons(source, numbers), colspan=6)))
    head = element(
        "tr",
        [
            element("th", label, scope="col", class_="n" if number else None)
            for label, number in (
                ("Source", False),
                ("Texts", True),
                ("Own", True),
                ("Borrowed", True),
                ("Reliability", False),
                ("Language", False),
            )
        ],
    )
    table = element(
        "div",
        element(
            "table",
            element(
                "caption",
                "Scores run from 0 to 100 with the likely range (90 %). Own: texts counted so that"
                " a copy of another's text adds nothing. No score is given on too little evidence.",
            ),
            element("thead", head),
            element("tbody", rows),
        ),
        class_="scroll",
    )
    return _section(
        "sources",
        "Sources",
        "Reliability and language quality are two scores and never mixed.",
        table if rows else element("p", "No source was scored in this run."),
    )


def _range(score: model.Score) -> Html:
    if score.value is None:
        words = {"insufficient": "too little evidence", "not_applicable": "does not apply"}
        return element("span", words.get(score.state, score.state), class_="none")
    low = score.value if score.low is None else score.low
    high = score.value if score.high is None else score.high
    picture = element(
        "svg",
        element("rect", class_="track", x=0, y=3, width=100, height=2),
        element("rect", class_="likely", x=f"{low:.1f}", y=2, width=f"{high - low:.1f}", height=4),
        element("rect", class_="value", x=f"{min(score.value, 99):.1f}", y=0, width=1, height=8),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"{score.value:.0f}, likely {low:.0f} to {high:.0f}",
    )
    return join(element("b", f"{score.value:.0f}"), f" ({low:.0f}–{high:.0f})", picture)


def _reasons(source: model.Source, numbers: dict[str, str]) -> Html:
    parts = [
        element(
            "li",
            f"{name.capitalize()}: ",
            _range_words(getattr(source.scores, name)),
            f" — {SCORE_WORDS[name]}",
        )
        for name in model.Scores.__struct_fields__
    ]
    adds = [
        element("li", f"{c.hundredths / 100:+.2f} {c.score}: {c.why}")
        for c in sorted(
            source.contributions, key=lambda c: (c.score, -abs(c.hundredths), c.measure)
        )
        if c.hundredths
    ]
    checks = [
        element("li", c.why, " (", _link(c.document, numbers), ")", element("blockquote", c.quote))
        for c in source.check_first
    ]
    return element(
        "details",
        element("summary", f"why, and what to check at {source.name}"),
        element("ul", parts),
        join(element("p", "What makes up the scores, in points:"), element("ul", adds))
        if adds
        else None,
        join(element("p", "Check first:"), element("ul", checks)) if checks else None,
    )


def _range_words(score: model.Score) -> str:
    if score.value is None:
        return score.state.replace("_", " ")
    return f"{score.value:.0f} ({score.low or 0:.0f}–{score.high or 0:.0f})"


def _conflicts(report: Report, numbers: dict[str, str]) -> Html:
    events = [e for e in report.events if any(c.verdict in CONFLICTS for c in e.comparisons)]
    others = [e for e in report.events if e not in events]
    return _section(
        "conflicts",
        "Conflicting facts",
        "Statements of one event that differ. Copies of one text count as one witness.",
        [_event(event, numbers) for event in events]
        or element("p", "No statements in conflict were seen."),
        element(
            "details",
            element("summary", f"{len(others):,} events without conflict: agreed, or not the same"),
            [_event(event, numbers) for event in others[:100]],
        )
        if others
        else None,
    )


def _event(event: model.Event, numbers: dict[str, str]) -> Html:
    clashes = [c for c in event.comparisons if c.verdict in CONFLICTS]
    others = [c for c in event.comparisons if c.verdict not in CONFLICTS]
    rest: object = [_comparison(c, numbers) for c in others]
    if clashes and others:
        label = f"{len(others)} other comparisons of this event: agreed, or not the same"
        rest = element("details", element("summary", label), rest)
    return element(
        "article",
        element("h3", event.label),
        element("p", count(event.independent_sources, "independent source"), class_="why"),
        _timeline(event.claims, numbers),
        [_comparison(c, numbers) for c in clashes],
        rest,
    )


def _timeline(claims: Sequence[model.EventClaim], numbers: dict[str, str]) -> Html | None:
    dated = sorted(
        (c for c in claims if c.claim.date),
        key=lambda c: (c.claim.date.from_ or c.claim.date.value or "", c.document),  # type: ignore[union-attr]
    )
    if len(dated) < 2:
        return None
    return element(
        "div",
        [
            join(
                element("span", c.claim.date.value, class_="when"),  # type: ignore[union-attr]
                element("span", f"“{c.quote}” ", _link(c.document, numbers)),
            )
            for c in dated[:20]
        ],
        class_="three",
    )


def _comparison(comparison: model.Comparison, numbers: dict[str, str]) -> Html:
    words, tone = VERDICT_WORDS[comparison.verdict]
    return element(
        "div",
        element(
            "p",
            element("span", words, class_=f"tag {tone}".strip()),
            f" {comparison.kind}: {comparison.why} ",
            element("span", f"confidence {comparison.confidence:.2f}", class_="none"),
        ),
        element(
            "div",
            [
                element(
                    "div",
                    element("div", _link(side.document, numbers), class_="when"),
                    f"“{side.quote}”",
                    class_="side",
                )
                for side in (comparison.a, comparison.b)
            ],
            class_="two",
        ),
    )


def _copies(report: Report, numbers: dict[str, str]) -> Html:
    texts = {d.id: d.text for d in report.documents if d.text is not None}
    return _section(
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
            _link(first.document, numbers),
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
        element(
            "p", _link(pair.a, numbers), " and ", _link(pair.b, numbers), ": ", "; ".join(told)
        ),
        element("ul", facts) if facts else None,
        element(
            "details",
            element("summary", "side by side"),
            side_by_side(pair, texts.get(pair.a), texts.get(pair.b)),
        )
        if pair.a in texts and pair.b in texts and pair.passages
        else None,
    )


def _documents(report: Report, numbers: dict[str, str]) -> Html:
    found: dict[str, list[model.Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.document, []).append(finding)
    return _section(
        "documents",
        "Texts",
        "Each text with what was seen in it. Red: an editor stops; amber: small but clear.",
        [_document(d, found.get(d.id, []), numbers[d.id]) for d in report.documents],
    )


def _document(document: model.Document, found: list[model.Finding], number: str) -> Html:
    told = [document.source or "no source", count(document.words, "word")]
    if document.language:
        told.append(document.language.code)
    if document.published.value or document.published.from_:
        when = document.published.value or f"{document.published.from_}–{document.published.to}"
        told.append(f"{when} ({document.published.method})")
    if document.translation and document.translation.verdict != "none":
        told.append(f"reads as {document.translation.verdict}")
    if document.not_examined:
        told.append(f"not examined: {', '.join(document.not_examined)}")
    if document.state != "audited":
        told.append(f"{document.state}: {document.reason}")
    serious = sum(f.severity == 3 for f in found)
    return element(
        "details",
        element(
            "summary",
            element("h3", document.title or document.id),
            " ",
            element("span", count(len(found), "finding"), class_="tag bad" if serious else "tag"),
        ),
        element("p", f"{document.id} · ", " · ".join(told), class_="why"),
        element("div", annotated(document.text, found, number), class_="article")
        if document.text is not None
        else None,
        element(
            "ol",
            [
                element(
                    "li",
                    element("b", f.rule.replace("-", " ")),
                    ": ",
                    f.message,
                    " — “",
                    f.quote[:300],
                    "” ",
                    element("span", f"confidence {f.confidence:.2f}", class_="none"),
                    id=f"{number}-{n}",
                )
                for n, f in enumerate(found, 1)
            ],
        )
        if found
        else None,
        id=number,
    )


def _not_read(report: Report) -> Html:
    skipped = [d for d in report.documents if d.state == "skipped"]
    truncated = {k: v for k, v in report.truncated.items() if v}
    return _section(
        "not-read",
        "Not read",
        "Everything found is audited, skipped or failed; nothing is dropped in silence.",
        element(
            "ul", [element("li", element("b", e.input), f": {e.reason}") for e in report.errors]
        )
        if report.errors
        else element("p", "Every input could be read."),
        element("ul", [element("li", element("b", d.id), f": {d.reason}") for d in skipped[:200]])
        if skipped
        else None,
        element(
            "ul", [element("li", f"Not shown: {v:,} {k}") for k, v in sorted(truncated.items())]
        )
        if truncated
        else None,
    )


def _footer(report: Report) -> Html:
    run = report.run
    return element(
        "footer",
        f"{run.tool} · scores by {run.formula} · rules {run.rules} · settings {run.settings} ·"
        f" report format {report.schema_version} · inputs: {', '.join(run.inputs)}",
    )
