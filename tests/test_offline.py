"""Nothing is downloaded, ever: the main job runs where every connection is refused."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Ran, environment

# Refuses connections and names, and says so where a test can read it: also in workers.
GUARD = """
import os, socket
def refuse(*given, **more):
    with open(os.environ["ASKED_THE_NETWORK"], "a") as file:
        file.write(repr(given[-1:]) + "\\n")
    raise OSError("the network is refused")
for name in ("connect", "connect_ex", "sendto", "sendmsg"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse)
"""
RUN = ("-m", "audit", "run", str(SAMPLES), "--jobs", "2")


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_the_main_job_asks_nothing_of_the_network(ran: Ran, tmp_path: Path) -> None:
    """With a home of its own, so that nothing that was fetched before can help, or is written."""
    guard, home, asked = tmp_path / "guard", tmp_path / "home", tmp_path / "asked"
    guard.mkdir()
    home.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    env = environment(HOME=str(home), XDG_CACHE_HOME=str(home), ASKED_THE_NETWORK=str(asked))
    env["PYTHONPATH"] = f"{guard}:{env['PYTHONPATH']}"
    probe = "import socket; socket.create_connection(('192.0.2.1', 80))"
    refused = subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True)
    assert b"the network is refused" in refused.stderr, "the guard is on"
    asked.unlink()
    place = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, *RUN, "--output", f"json:{place}", "--output", f"html:{tmp_path}/r.html"],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not asked.exists()
    assert listed(home) == []
    report, expected = json.loads(place.read_text()), ran.report.to_dict()
    assert report["summary"] == expected["summary"]
    assert report["findings"] == expected["findings"]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
def test_the_main_job_runs_in_a_machine_without_a_network(tmp_path: Path) -> None:
    """Below Python too: a namespace of its own, where not even this machine answers."""
    apart = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*apart, "true"], capture_output=True).returncode:
        pytest.skip("unshare may not be used here")
    done = subprocess.run(
        [*apart, sys.executable, "-m", "audit", "run", str(SAMPLES / "meridian-wire"), "-q"],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")


class _References(HTMLParser):
    """Everything a browser would fetch or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        fetching = ("src", "href", "srcset", "data", "action", "poster", "background", "xlink:href")
        self.found += [value or "" for name, value in attrs if name in fetching]


def test_the_page_refers_to_nothing_outside_itself(ran: Ran) -> None:
    page = (ran.folder / "report.html").read_text("utf-8")
    parser = _References()
    parser.feed(page)
    assert parser.found and all(place.startswith("#") for place in parser.found)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & parser.tags
    style = "".join(re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL))
    assert style and "url(" not in style and "@import" not in style
    assert "default-src 'none'" in html.unescape(page)


def test_no_path_of_this_machine_is_in_any_output(ran: Ran) -> None:
    for path in ran.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for place in (SAMPLES.parent, ran.folder, Path.home()):
                assert str(place).encode() not in content or len(str(place)) < 4, path.name
