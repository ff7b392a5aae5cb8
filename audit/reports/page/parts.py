"""What the parts of the page have in common: a section, and a link to a text."""

from __future__ import annotations

from audit.reports.markup import Html, element


def section(place: str, title: str, why: str, *children: object) -> Html:
    return element(
        "section",
        element("h2", title, id=f"{place}-title"),
        element("p", why, class_="why"),
        *children,
        id=place,
        aria_labelledby=f"{place}-title",
    )


def link(document: str, numbers: dict[str, str]) -> Html:
    number = numbers.get(document)
    return element("a", document, href=f"#{number}") if number else element("span", document)
