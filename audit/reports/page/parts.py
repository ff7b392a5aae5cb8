"""What the parts of the page have in common: sections, links to texts, quotes in their language."""

from __future__ import annotations

from dataclasses import dataclass

from audit import model
from audit.model import Report
from audit.reports.markup import Html, element

_NAMES = """ar Arabic bg Bulgarian bn Bengali ca Catalan cs Czech da Danish de German el Greek
en English es Spanish et Estonian fa Persian fi Finnish fr French he Hebrew hi Hindi hr Croatian
hu Hungarian id Indonesian it Italian ja Japanese ko Korean lt Lithuanian lv Latvian nl Dutch
no Norwegian pl Polish pt Portuguese ro Romanian ru Russian sk Slovak sl Slovene sr Serbian
sv Swedish th Thai tr Turkish uk Ukrainian ur Urdu vi Vietnamese zh Chinese""".split()
LANGUAGES = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))


@dataclass(frozen=True)
class Pile:
    """What is looked up in the texts and events of a report, by id."""

    texts: dict[str, model.Document]
    places: dict[str, str]  # the anchor of a text or an event on the page

    def link(self, name: str, label: str | None = None) -> Html:
        """A text's id, or a label, that leads to where it stands on the page."""
        place = self.places.get(name)
        shown = cut(label or name, 90)
        if place is None:
            return element("span", shown, class_="id", dir="auto")
        return element("a", shown, href=f"#{place}", class_="id", dir="auto")

    def words(self, name: str) -> str | None:
        """The text of a document, where the report carries it."""
        document = self.texts.get(name)
        return document.text if document else None

    def language(self, name: str) -> str | None:
        """The language a text is written in, where it is not the page's own."""
        document = self.texts.get(name)
        code = document.language.code if document and document.language else "en"
        return None if code in ("en", "und") else code

    def quote(self, name: str, *words: object) -> Html:
        """Words of a text, in its language and its direction of writing."""
        return element("blockquote", *words, lang=self.language(name), dir="auto")


def pile(report: Report) -> Pile:
    """The texts and events of a report, and where each stands on its page."""
    places = {e.id: f"e{n}" for n, e in enumerate(report.events, 1)}
    audited = (d for d in report.documents if d.state == "audited")
    places |= {d.id: f"d{n}" for n, d in enumerate(audited, 1)}
    return Pile({d.id: d for d in report.documents}, places)


def section(place: str, title: str, why: str, *children: object) -> Html:
    """One part of the page, with its heading and a line on what it tells."""
    return element(
        "section",
        element("h2", title, id=f"{place}-title"),
        element("p", why, class_="why") if why else None,
        *children,
        id=place,
        aria_labelledby=f"{place}-title",
    )


def folded(label: object, *children: object) -> Html:
    """What is shown when a reader asks for it."""
    return element("details", element("summary", label), *children)


def cut(text: str, most: int) -> str:
    """Text of at most so many characters, its end replaced by an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def language_name(code: str) -> str:
    """The English name of a language, else its code."""
    if code == "und":
        return "an unknown language"
    return LANGUAGES.get(code, f"the language {code}")


def looked_for(report: Report, part: str) -> bool:
    """Whether a part was run; reports that do not say ran them all."""
    return not report.run.parts or part in report.run.parts
