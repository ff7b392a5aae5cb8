"""What the audit does not rest on: what could not be read, was left out, or was not examined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from audit.model import Report
from audit.reports.markup import Html, count, element
from audit.reports.order import CUT
from audit.reports.page.parts import Pile, cut, folded, language_name, looked_for, section

SHOWN = 200
PART_WORDS = {
    "duplication": "copies",
    "facts": "facts",
    "language": "language",
    "scores": "scores of sources",
}
# What Document.not_examined names, as an editor says it.
GROUP_WORDS = {
    "grammar": "grammar",
    "mt": "slips of translation",
    "spin": "swapped synonyms",
    "residue": "leftovers of scraping",
    "orthography": "spelling",
    "semantic": "sense",
    "attribution": "wording of attributions",
    "ai": "leftovers of writing programs",
    "facts": "facts",
    "sourcing": "sourcing",
    "presentation": "presentation",
    "copies": "copies in part: too short to be held against others, unless identical",
}


def unread(report: Report, pile: Pile) -> Html:
    """Everything the counts on top of the page leave out, each with its reason."""
    left = [(e.input, e.reason) for e in report.skipped]
    left += [(d.id, d.reason or "") for d in report.documents if d.state == "skipped"]
    return section(
        "not-read",
        "Not read, not examined",
        "Everything found is audited, skipped or failed; nothing is dropped in silence.",
        element("h3", "Could not be read"),
        _listed((e.input, e.reason) for e in report.errors)
        or element("p", "Every input could be read."),
        element("h3", "Left out") if left else None,
        _listed(left),
        element("h3", "Not examined"),
        element("ul", [element("li", line) for line in _not_examined(report)])
        if _not_examined(report)
        else element("p", "All texts were examined for everything."),
    )


def _listed(entries: Iterable[tuple[str, str]]) -> Html | None:
    rows = [
        element("li", element("b", cut(name, 200), dir="auto"), f": {reason}")
        for name, reason in entries
    ]
    if len(rows) > SHOWN:
        label = f"{count(len(rows) - SHOWN, 'more entry', 'more entries')}"
        rest = element("li", folded(label, element("ul", rows[SHOWN:])))
        rows = [*rows[:SHOWN], rest]
    return element("ul", rows) if rows else None


def _not_examined(report: Report) -> list[str]:
    """A line for each part that was not run, each language and length, each list that was cut."""
    lines = [
        f"{words.capitalize()}: not asked for in this run."
        for part, words in PART_WORDS.items()
        if not looked_for(report, part)
    ]
    groups: Counter[tuple[str, tuple[str, ...]]] = Counter()
    short = 0
    for document in report.documents:
        short += "copies" in document.not_examined
        rest = tuple(name for name in document.not_examined if name != "copies")
        if rest and document.language:
            groups[document.language.code, rest] += 1
    for (code, names), number in sorted(groups.items()):
        told = ", ".join(GROUP_WORDS.get(name, name) for name in names)
        lines.append(f"{count(number, 'text')} in {language_name(code)}: no rules for {told}.")
    if short:
        lines.append(f"{count(short, 'text')}: {GROUP_WORDS['copies']}.")
    if looked_for(report, "facts"):
        lines += _long(report)
    for name, number in sorted(report.truncated.items()):
        if number:
            lines.append(f"{number:,} {CUT.get(name, name)}.")
    return lines


def _long(report: Report) -> list[str]:
    """Texts whose words the page does not show."""
    hidden = sum(d.state == "audited" and d.text is None for d in report.documents)
    shown = sum(d.text is not None for d in report.documents)
    if not hidden or not shown:
        return []
    return [
        f"{count(hidden, 'text')} examined but not printed here; {shown:,} with most to see are."
    ]
