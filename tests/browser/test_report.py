"""The HTML report in real headless Chromium: drawn whole, without a script, without a complaint."""

import pytest

from audit.reports import html
from tests.browser.shot import browse, chromium
from tests.reports.conftest import EVIL, report  # noqa: F401

pytestmark = pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")


def test_the_page_is_drawn_under_its_own_content_policy(report, tmp_path):  # noqa: F811
    page = tmp_path / "report.html"
    page.write_text(html.render(report), "utf-8")
    done = browse(page, "--dump-dom")
    assert "Content Security Policy" not in done.stderr
    assert "CONSOLE" not in done.stderr
    assert EVIL.split("\x1b")[0].replace("<", "&lt;").replace(">", "&gt;") in done.stdout
    assert done.stdout.count('class="likely"') == 2


def test_the_stylesheet_is_applied(report, tmp_path):  # noqa: F811
    page = tmp_path / "report.html"
    picture = tmp_path / "report.png"
    page.write_text(html.render(report), "utf-8")
    browse(page, f"--screenshot={picture}", size="800,600")
    assert picture.stat().st_size > 20_000


def test_a_style_that_is_not_ours_is_refused(report, tmp_path):  # noqa: F811
    page = tmp_path / "report.html"
    page.write_text(html.render(report).replace("<main>", "<main style='color:red'>"), "utf-8")
    assert "Content Security Policy" in browse(page, "--dump-dom").stderr
