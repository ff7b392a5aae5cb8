"""How far each source can be leaned on: its scores with their ranges, and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element, join
from audit.reports.order import ranked
from audit.reports.page.answer import checked
from audit.reports.page.parts import Pile, cut, folded, section

SCORE_WORDS = {
    "reliability": "how far a reader can lean on what it publishes",
    "language": "how well it is written; never part of reliability",
    "originality": "how much of it is its own",
    "consistency": "do its facts agree with others' and with themselves",
    "sourcing": "does it say who said so",
    "presentation": "sober wording, headline against body",
}
SHOWN = 25  # sources shown unfolded, or all that have a score
COLUMNS = (
    ("Source", None),
    ("Texts", "n"),
    ("Own", "n wide"),
    ("Borrowed", "n wide"),
    ("Reliability", None),
    ("Language", None),
)


def sources(report: Report, pile: Pile) -> Html:
    """The table of sources, those with a score first, with what each score is made of."""
    found = ranked(report.sources)
    shown = max(SHOWN, sum(s.scores.reliability.value is not None for s in found))
    rest = found[shown:]
    return section(
        "sources",
        "Sources",
        "Reliability and language quality are two scores and never mixed.",
        element(
            "p",
            "Scores run from 0 to 100; in brackets and as a bar, the range that is likely (90 %)."
            " Where two ranges overlap, the two sources cannot be told apart. Own: texts counted"
            " so that a copy of another’s text adds nothing. Borrowed: the share of its words"
            " that stood elsewhere first.",
            class_="why",
        )
        if found
        else None,
        _table(found[:shown], pile, "Sources and their scores")
        if found
        else element("p", "No source was scored in this run."),
        folded(
            f"{count(len(rest), 'more source')}, none of them with a score for reliability",
            _table(rest, pile, "More sources"),
        )
        if rest
        else None,
    )


def _table(found: Sequence[model.Source], pile: Pile, caption: str) -> Html:
    head = [element("th", label, scope="col", class_=kind) for label, kind in COLUMNS]
    return element(
        "div",
        element(
            "table",
            element("caption", caption, class_="unseen"),
            element("thead", element("tr", head)),
            element("tbody", [_rows(source, pile) for source in found]),
        ),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _rows(source: model.Source, pile: Pile) -> Html:
    borrowed = "–" if source.borrowed_share is None else f"{source.borrowed_share:.0%}"
    told = source.contributions or source.check_first or source.alone
    return join(
        element(
            "tr",
            element("th", cut(source.name, 90), scope="row", dir="auto"),
            element("td", f"{source.documents:,}", class_="n"),
            element("td", f"{source.effective:,.1f}", class_="n wide"),
            element("td", borrowed, class_="n wide"),
            element("td", _range(source.scores.reliability), class_="range"),
            element("td", _range(source.scores.language), class_="range"),
            class_="source" if told else None,
        ),
        element("tr", element("td", _reasons(source, pile), colspan=6), class_="more")
        if told
        else None,
    )


def _range(score: model.Score) -> Html:
    if score.value is None:
        return element("span", _without(score), class_="none")
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


def _without(score: model.Score) -> str:
    words = {"insufficient": "too little evidence", "not_applicable": "does not apply"}
    return words.get(score.state, score.state)


def _reasons(source: model.Source, pile: Pile) -> Html:
    rest = ("originality", "consistency", "sourcing", "presentation")
    scores = [(name, getattr(source.scores, name)) for name in model.Scores.__struct_fields__]
    given = [(name, score) for name, score in scores if name in rest or score.value is not None]
    parts = [
        element(
            "li",
            element("b", f"{name.capitalize()}: {_words(score)}"),
            f" ({SCORE_WORDS[name]})",
            _contributions(source, name),
        )
        for name, score in given
    ]
    first = [element("li", checked(check, pile)) for check in source.check_first]
    alone = "1 grave claim stands" if source.alone == 1 else f"{source.alone:,} grave claims stand"
    label = "Reasons, and what to check first" if first else "Reasons"
    return folded(
        join(label, element("span", f" at {source.name}", class_="unseen")),
        element("ul", parts, class_="scores"),
        element("p", f"{alone} alone, with no named source and told by nobody else.")
        if source.alone
        else None,
        join(element("p", "Check first:"), element("ol", first)) if first else None,
    )


def _contributions(source: model.Source, score: str) -> Html | None:
    """What a score is the sum of, largest first."""
    made = [c for c in source.contributions if c.score == score and c.hundredths]
    if not made:
        return None
    rows = [
        element("tr", element("td", _points(c.hundredths), class_="n"), element("td", c.why))
        for c in sorted(made, key=lambda c: (-abs(c.hundredths), c.measure))
    ]
    note = "Rates are a 1,000 words; those of headlines, a headline." if len(made) > 4 else None
    return folded(
        "what it is the sum of",
        element("p", note, class_="why") if note else None,
        element("table", element("tbody", rows), class_="sum"),
    )


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:+.2f}".replace("-", "−")


def _words(score: model.Score) -> str:
    if score.value is None:
        return _without(score)
    return f"{score.value:.0f} ({score.low or 0:.0f}–{score.high or 0:.0f})"
