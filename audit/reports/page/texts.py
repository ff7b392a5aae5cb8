"""Each text with what was seen in it, marked in place; texts without a finding are only listed."""

from __future__ import annotations

from audit import model
from audit.model import Report
from audit.reports.markup import Html, count, element, join
from audit.reports.page.answer import TRANSLATION_WORDS
from audit.reports.page.parts import Pile, cut, folded, language_name, section, sentence
from audit.reports.page.unread import GROUP_WORDS
from audit.reports.passages import annotated

SHOWN_QUOTE = 300
METHODS = {
    "metadata": "by its metadata",
    "header": "by its header",
    "dateline": "by its dateline",
    "url": "by its address",
    "inference": "by its wording",
    "mentions": "by the latest day it tells of",
}
READS = {**TRANSLATION_WORDS, "second-language": "written in a second language"}


def texts(report: Report, pile: Pile) -> Html:
    """The texts that were audited: those to stop at, those with findings, then the others."""
    found: dict[str, list[model.Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.document, []).append(finding)
    audited = [d for d in report.documents if d.state == "audited"]
    told = sorted(
        (d for d in audited if d.id in found),
        key=lambda d: (not any(f.severity == 3 for f in found[d.id]), d.id),
    )
    plain = [d for d in audited if d.id not in found]
    return section(
        "texts",
        "Texts",
        "Each text with what was seen in it. Red: an editor stops; amber: small but clear; grey:"
        " counts only in numbers.",
        [_text(d, found[d.id], pile) for d in told],
        folded(
            f"{count(len(plain), 'text')} in which nothing was found",
            [_text(d, [], pile) for d in plain],
        )
        if plain
        else None,
        element("p", "No text was audited.") if not audited else None,
    )


def _text(document: model.Document, found: list[model.Finding], pile: Pile) -> Html:
    number = pile.places[document.id]
    serious = sum(f.severity == 3 for f in found)
    tag = element(
        "span",
        count(len(found), "finding") + (f", {serious:,} to stop at" if serious else ""),
        class_="tag bad" if serious else "tag",
    )
    title = document.title or document.id
    return folded(
        join(
            element(
                "h3", cut(title, 200), lang=pile.language(document.id), dir="auto", class_="title"
            ),
            " ",
            tag if found else None,
            element("span", f" {document.source or ''}", class_="none")
            if document.source
            else None,
        ),
        element("p", document.id, " · ", " · ".join(_told(document)), class_="why", id=number),
        element(
            "div",
            annotated(document.text, found, number),
            class_="article",
            lang=pile.language(document.id),
            dir="auto",
        )
        if document.text is not None
        else element("p", "The text is not part of this report.", class_="why"),
        element("ol", [_finding(f, number, n) for n, f in enumerate(found, 1)]) if found else None,
    )


def _told(document: model.Document) -> list[str]:
    """What is known of a text as a whole."""
    told = [count(document.words, "word")]
    if document.language:
        told.append(f"in {language_name(document.language.code)}")
    when = document.published
    if when.value or when.from_ or when.to:
        told.append(f"published {_when(when)} ({METHODS.get(when.method or '', when.method)})")
    if document.author:
        told.append(f"by {cut(document.author, 80)}")
    if document.translation and document.translation.verdict != "none":
        told.append(f"reads as {READS[document.translation.verdict]}")
    if document.not_examined:
        words = (GROUP_WORDS.get(name, name) for name in document.not_examined)
        told.append(f"not examined: {', '.join(words)}")
    return told


def _when(when: model.Published) -> str:
    if when.value:
        return when.value
    if when.from_ and when.to:
        return f"from {when.from_} to {when.to}"
    return f"on {when.from_} or later" if when.from_ else f"on {when.to} or earlier"


def _finding(finding: model.Finding, number: str, n: int) -> Html:
    return element(
        "li",
        element("b", sentence(finding.rule.replace("-", " "))),
        ": ",
        finding.message,
        " ",
        element("q", cut(finding.quote, SHOWN_QUOTE), dir="auto"),
        element(
            "span", f" confidence {finding.confidence:.0%}, id {finding.id[:8]}", class_="none"
        ),
        id=f"{number}-{n}",
    )
