"""Whether this installation can do its work, in one line a matter."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path

NAMED = (
    "datasketch",
    "google-re2",
    "langdetect",
    "msgspec",
    "numba",
    "numpy",
    "polars",
    "py3langid",
    "textstat",
    "trafilatura",
    "typer",
)
# Those whose own dependencies have been seen to be missing after a clean install.
IMPORTED = ("datasketch", "numba", "polars", "re2", "textstat", "trafilatura")


def examine() -> tuple[list[str], bool]:
    """Lines of what was looked at, and whether all that an audit needs is in order."""
    lines: list[str] = []
    healthy = True

    def say(good: bool, text: str, needed: bool = True) -> None:
        nonlocal healthy
        healthy &= good or not needed
        lines.append(f"{'ok' if good else 'no':<4}{text}")

    say(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} (3.11 or newer)")
    here = Path(__file__).parent
    spec = find_spec("audit")
    ours = spec is not None and spec.origin is not None and Path(spec.origin).parent == here
    say(
        ours,
        "the imported package audit is ours" + ("" if ours else f", not {spec and spec.origin}"),
    )
    for name in NAMED:
        try:
            say(True, f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            say(False, f"{name} is not installed")
    for name in IMPORTED:
        try:
            import_module(name)
        except Exception as error:
            say(False, f"{name} cannot be imported: {error}")
    try:
        from audit import rules

        loaded = rules.load()
        say(bool(loaded.patterns), f"rules {loaded.digest}, {len(loaded.patterns)} patterns")
    except Exception as error:
        say(False, f"rules: {error}")
    spark = find_spec("pyspark") is not None
    say(spark, "pyspark, for --engine spark: pip install 'source-audit[spark]'", needed=False)
    java = shutil.which("java") is not None or bool(os.environ.get("JAVA_HOME"))
    say(java, "Java, for --engine spark", needed=False)
    say(True, f"{os.cpu_count() or 1} cores")
    return lines, healthy
