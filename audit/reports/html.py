"""The report as one HTML page: readable without scripts, safe whatever the articles hold.

The page carries no script and loads nothing: its content policy forbids both. The order is an
editor's: the answer, what to check first, the sources, conflicting facts, copies, the texts with
their findings, and what was not read.
"""

from __future__ import annotations

import base64
import hashlib

from audit.model import Report
from audit.reports.markup import Html, element, raw
from audit.reports.page.answer import answer, check_first
from audit.reports.page.conflicts import conflicts
from audit.reports.page.copies import copies
from audit.reports.page.sources import sources
from audit.reports.page.texts import not_read, texts
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
        element("title", "Source audit"),
        element("style", raw(CSS)),
    )
    numbers = {d.id: f"d{n}" for n, d in enumerate(report.documents, 1)}
    body = element(
        "body",
        element("header", element("h1", "Source audit"), answer(report)),
        element(
            "main",
            check_first(report, numbers),
            sources(report, numbers),
            conflicts(report, numbers),
            copies(report, numbers),
            texts(report, numbers),
            not_read(report),
        ),
        _footer(report),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _footer(report: Report) -> Html:
    run = report.run
    return element(
        "footer",
        f"{run.tool} · scores by {run.formula} · rules {run.rules} · settings {run.settings} ·"
        f" report format {report.schema_version} · inputs: {', '.join(run.inputs)}",
    )
