"""The top of the page: the answer in one sentence, then in four counts, the gate, what to check."""

from __future__ import annotations

from collections import Counter

from audit import model
from audit.model import CONFLICTS, Report
from audit.reports.markup import Html, count, element, join
from audit.reports.order import around, checks
from audit.reports.page.parts import Pile, looked_for, section, sentence

SHOWN_CHECKS = 12
PLACES = (
    ("check-first", "Check first"),
    ("sources", "Sources"),
    ("conflicts", "Conflicting facts"),
    ("copies", "Copies"),
    ("texts", "Texts"),
    ("not-read", "Not read, not examined"),
    ("run", "This run"),
)
# What a text reads as; a second language is no fault, and is told with the text.
TRANSLATION_WORDS = {
    "spun": "spun",
    "back-translated": "translated and back",
    "machine-translated": "machine-translated",
    "template": "filled in from a template",
}


def answer(report: Report) -> Html:
    """The four questions, answered in a line each, and how much was read for it."""
    files, documents = report.summary.files, report.summary.documents
    gate = report.summary.gate
    return join(
        element("p", report.summary.sentence, class_="lead"),
        element(
            "nav",
            element(
                "ul", [element("li", element("a", s, href=f"#{place}")) for place, s in PLACES]
            ),
            aria_label="Parts of this report",
        ),
        element(
            "dl",
            _copies(report),
            _language(report),
            _facts(report),
            _sources(report),
            class_="counts",
        ),
        element(
            "p",
            f"Documents: {documents.found:,} found = {documents.audited:,} audited"
            f" + {documents.skipped:,} skipped + {documents.failed:,} failed."
            f" Files: {files.found:,} found = {files.read:,} read"
            f" + {files.skipped:,} skipped + {files.failed:,} failed. ",
            element("a", "What was not read, and why", href="#not-read"),
            class_="why",
        ),
        _gate(gate) if gate.limits else None,
    )


def _card(place: str, title: str, top: str, *below: str | None) -> Html:
    return element(
        "div",
        element("dt", element("a", title, href=f"#{place}")),
        element("dd", element("b", top), [element("span", line) for line in below if line]),
    )


def _copies(report: Report) -> Html:
    totals = report.summary.totals
    if not looked_for(report, "duplication"):
        return _card("copies", "Copies", "not looked for", "in this run")
    told = sum(cluster.first is not None for cluster in report.clusters)
    return _card(
        "copies",
        "Copies",
        count(totals.clusters, "cluster") if totals.clusters else "none seen",
        f"{count(totals.clustered, 'text')} in them; who had it first is known"
        f" {'in ' + str(told) if told else 'in none'}"
        if totals.clusters
        else None,
    )


def _language(report: Report) -> Html:
    if not looked_for(report, "language"):
        return _card("texts", "Language", "not looked at", "in this run")
    slips = [f for f in report.findings if f.group == "language"]
    severe = {f.document for f in slips if f.severity >= 3}
    verdicts = Counter(
        TRANSLATION_WORDS[d.translation.verdict]
        for d in report.documents
        if d.translation and d.translation.verdict in TRANSLATION_WORDS
    )
    told = ", ".join(f"{n:,} {name}" for name, n in sorted(verdicts.items()))
    least = "at least " if report.truncated.get("findings") else ""
    return _card(
        "texts",
        "Language",
        f"{least}{count(len(severe), 'text')} to stop at" if severe else "no text to stop at",
        f"{least}{count(len(slips), 'slip or leftover', 'slips and leftovers')} in all",
        f"reads as: {told}" if told else None,
    )


def _facts(report: Report) -> Html:
    totals = report.summary.totals
    if not looked_for(report, "facts"):
        return _card("conflicts", "Facts", "not compared", "in this run")
    events = sum(any(c.verdict in CONFLICTS for c in e.comparisons) for e in report.events)
    return _card(
        "conflicts",
        "Facts",
        f"{count(events, 'event')} stated in conflict" if events else "no conflict seen",
        f"{count(totals.conflicts, 'pair')} of statements differ" if events else None,
        f"{count(totals.corroborations, 'pair')} agree" if totals.corroborations else None,
    )


def _sources(report: Report) -> Html:
    if not looked_for(report, "scores"):
        return _card("sources", "Sources", "not scored", "in this run")
    values = sorted(
        score.value for s in report.sources if (score := s.scores.reliability).value is not None
    )
    rest = len(report.sources) - len(values)
    told = (
        f"reliability {values[0]:.0f}"
        + (f" to {values[-1]:.0f}" if f"{values[0]:.0f}" != f"{values[-1]:.0f}" else "")
        if values
        else None
    )
    return _card(
        "sources",
        "Sources",
        f"{len(values):,} of {len(report.sources):,} scored",
        told,
        f"too little evidence, or not in English: {rest:,}" if rest else None,
    )


def _gate(gate: model.Gate) -> Html:
    word, tone = ("passed", "good") if gate.passed else ("failed", "bad")
    return element(
        "div",
        element(
            "p", "Gate ", element("span", word, class_=f"tag {tone}"), " ", ", ".join(gate.limits)
        ),
        element("ul", [element("li", failure) for failure in gate.failed]) if gate.failed else None,
        [element("p", f"{limit}: no source has this score.") for limit in gate.untested],
        class_="gate",
    )


def check_first(report: Report, pile: Pile) -> Html:
    """What is worth an editor's next minutes over all sources, each with its quote."""
    found = checks(report, SHOWN_CHECKS)
    return section(
        "check-first",
        "Check first",
        "What costs a reader most if it is wrong, with the words to look at.",
        element("ol", [element("li", checked(check, pile, name)) for check, name in found])
        if found
        else element("p", "Nothing stands out."),
    )


def checked(check: model.CheckFirst, pile: Pile, source: str | None = None) -> Html:
    """One thing to check: why, the quote among its words, and where all of it stands."""
    before, quote, after = around(pile.words(check.document), check)
    event = pile.places.get(check.event or "")
    return join(
        element("p", sentence(check.why), class_="what", dir="auto"),
        pile.quote(check.document, before, element("mark", quote, class_="s2"), after),
        element(
            "p",
            pile.link(check.document),
            f" · {source}" if source and not check.document.startswith(source) else None,
            join(" · ", element("a", "both statements", href=f"#{event}")) if event else None,
            class_="why",
        ),
    )
