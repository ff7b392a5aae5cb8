"""The report as one HTML page: readable without scripts, safe whatever the articles hold.

The page carries no script and loads nothing: its content policy forbids both. The order is an
editor's: the answer, what to check first, the sources, conflicting facts, copies, the texts with
their findings, what was not read or examined, and how the report came about.
"""

from __future__ import annotations

import base64
import hashlib

from audit.model import Report
from audit.reports.markup import Html, element, join, raw
from audit.reports.page.answer import answer, check_first
from audit.reports.page.conflicts import conflicts
from audit.reports.page.copies import copies
from audit.reports.page.parts import cut, pile, section
from audit.reports.page.sources import sources
from audit.reports.page.texts import texts
from audit.reports.page.unread import unread
from audit.reports.style import CSS


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
        element("title", _title(report)),
        element("style", raw(CSS)),
    )
    known = pile(report)
    body = element(
        "body",
        element("header", element("h1", "Source audit"), answer(report)),
        element(
            "main",
            check_first(report, known),
            sources(report, known),
            conflicts(report, known),
            copies(report, known),
            texts(report, known),
            unread(report, known),
            _run(report),
        ),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _title(report: Report) -> str:
    inputs = ", ".join(report.run.inputs[:3])
    return cut(f"Source audit of {inputs}", 120) if inputs else "Source audit"


def _run(report: Report) -> Html:
    run = report.run
    told = (
        ("Tool", run.tool),
        ("Inputs", cut(", ".join(run.inputs), 400)),
        ("Parts", ", ".join(run.parts) or "all"),
        ("Scores by", f"formula {run.formula}"),
        ("Rules", f"digest {run.rules}"),
        ("Settings", f"digest {run.settings}"),
        ("Report", f"format {report.schema_version}"),
    )
    return section(
        "run",
        "This run",
        "The same inputs, rules and settings give the same report, byte for byte.",
        element(
            "dl",
            [join(element("dt", name), element("dd", value, dir="auto")) for name, value in told],
            class_="run",
        ),
    )
