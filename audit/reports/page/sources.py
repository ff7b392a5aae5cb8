"""How far each source can be leaned on: its scores with their ranges, and what they are made of."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, element, join
from audit.reports.page.parts import link, section

SCORE_WORDS = {
    "reliability": "how far a reader can lean on what it publishes",
    "language": "how well it is written; never part of reliability",
    "originality": "how much of it is its own",
    "consistency": "do its facts agree with others' and with themselves",
    "sourcing": "does it say who said so",
    "presentation": "sober wording, headline against body",
}


def sources(report: Report, numbers: dict[str, str]) -> Html:
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
    return section(
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
        element("li", c.why, " (", link(c.document, numbers), ")", element("blockquote", c.quote))
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
