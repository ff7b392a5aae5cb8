"""Each text with what was seen in it, and what was not read."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element
from audit.reports.page.parts import section
from audit.reports.passages import annotated


def texts(report: Report, numbers: dict[str, str]) -> Html:
    found: dict[str, list[model.Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.document, []).append(finding)
    return section(
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


def not_read(report: Report) -> Html:
    skipped = [d for d in report.documents if d.state == "skipped"]
    truncated = {k: v for k, v in report.truncated.items() if v}
    return section(
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
