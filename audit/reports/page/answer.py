"""The top of the page: the answer in one sentence, the counts, the gate, what to check first."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element, join
from audit.reports.order import around, checks
from audit.reports.page.parts import link, section

SHOWN_CHECKS = 12


def answer(report: Report) -> Html:
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


def check_first(report: Report, numbers: dict[str, str]) -> Html:
    found = checks(report, SHOWN_CHECKS)
    texts = {d.id: d.text for d in report.documents}
    return section(
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
                    link(check.document, numbers),
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
