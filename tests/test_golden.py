"""The views of the report over samples/, pinned: a person reads the diff before it is committed.

``pytest tests/test_golden.py --update-golden`` writes them anew. What makes
a diff long and says little is left out: most texts, readability, and the digest of the rules.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from audit import rules
from audit.model import Report
from audit.reports import html, schema, spreadsheet, terminal, write
from tests.conftest import GOLDEN, Ran

Golden = Callable[[str, bytes], None]
ANNOTATED = ("coast-post/dam.html", "valley-now/tyre-reactions.md")


@pytest.fixture(scope="module")
def short(ran: Ran) -> Report:
    """The report with the texts of two documents only."""
    return msgspec.structs.replace(
        ran.report,
        run=msgspec.structs.replace(ran.report.run, rules="the digest of the rules"),
        documents=[
            msgspec.structs.replace(
                document,
                readability={},
                text=document.text if document.id in ANNOTATED else None,
            )
            for document in ran.report.documents
        ],
    )


def test_the_json_report(short: Report, golden: Golden) -> None:
    golden("report.json", write.dumps(short))


def test_the_page(short: Report, golden: Golden) -> None:
    """One tag a line, so that a diff can be read."""
    golden("report.html", html.render(short).replace("><", ">\n<").encode())


def test_the_terminal_summary(short: Report, golden: Golden) -> None:
    golden("terminal.txt", terminal.render(short).encode())


def test_the_spreadsheet(short: Report, golden: Golden) -> None:
    golden("report.csv", spreadsheet.render(short).replace("\r\n", "\n").encode())


def test_the_schema(golden: Golden) -> None:
    golden("schema.json", schema.dumps().encode())


def test_the_report_names_the_rules_it_used(ran: Ran) -> None:
    assert ran.report.run.rules == rules.load().digest


def test_golden_files_can_be_read_by_a_person() -> None:
    files = [path for path in GOLDEN.iterdir() if not path.name.startswith("old-")]
    assert len(files) == 5
    assert all(path.stat().st_size < 300_000 for path in files)
