"""A picture of a page in real headless Chromium: ``python -m tests.browser.shot PAGE PNG``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def browse(page: Path, *arguments: str, size: str = "1200,2400") -> subprocess.CompletedProcess:
    """Opens a page without a network and waits until it is drawn."""
    program = chromium()
    assert program, "Chromium is not installed"
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                f"--user-data-dir={profile}",
                f"--window-size={size}",
                *arguments,
                page.resolve().as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )


if __name__ == "__main__":
    size = sys.argv[3] if len(sys.argv) > 3 else "1200,2400"
    browse(Path(sys.argv[1]), f"--screenshot={Path(sys.argv[2]).resolve()}", size=size)
