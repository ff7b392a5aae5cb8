"""``python -m tests.eval [NAME…] [--gate] [--json FILE]``: how well the product does its job.

Each module of this folder measures one kind of labelled data in ``../shared/data`` and pins
FLOORS (at least) and CEILINGS (at most). A floor is only ever raised, a ceiling only lowered.
Modules run side by side, each in a process of its own. Without the data (a user's machine) this
says so and is left out; in CI (CI=true) it must run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"


def modules() -> list[str]:
    """The names of the modules that measure something, read from their files, not imported."""
    folder = Path(__file__).parent
    names = sorted(m.name for m in iter_modules([str(folder)]) if m.name != "__main__")
    return [n for n in names if "\ndef measure(" in (folder / f"{n}.py").read_text("utf-8")]


def _load(name: str) -> Any:
    return import_module(f"tests.eval.{name}")


def _measured(name: str) -> tuple[str, dict[str, float], float, str]:
    """One module's figures, from a process of its own."""
    command = [sys.executable, "-m", "tests.eval", "--only", name]
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return name, {}, time.monotonic() - began, done.stderr[-2000:]
    return name, json.loads(done.stdout.splitlines()[-1]), time.monotonic() - began, ""


def _parser() -> argparse.ArgumentParser:
    known = modules()
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval", description="How well the product does its job."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"what to measure, all by default: {', '.join(known)}",
    )
    parser.add_argument(
        "--gate", action="store_true", help="exit 1 where a figure is off its bound"
    )
    parser.add_argument("--json", metavar="FILE", help="write the figures there, by name")
    parser.add_argument("--only", choices=known, help=argparse.SUPPRESS)  # one, in this process
    return parser


def main(arguments: list[str]) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.only:
        print(json.dumps(_load(asked.only).measure(DATA)))
        return 0
    if wrong := sorted({*asked.names} - {*modules()}):
        parser.error(
            f"nothing is measured by the name {wrong[0]}; there are {', '.join(modules())}"
        )
    place, names = asked.json, asked.names or modules()
    if not DATA.is_dir():
        print("evaluation left out: the labelled data is not on this machine")
        return 1 if os.environ.get("CI") else 0
    figures: dict[str, float] = {}
    broken: list[str] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, found, seconds, error in pool.map(_measured, names):
            figures.update(found)
            print(f"\n{name}  ({seconds:.0f} s)", flush=True)
            if error:
                print(error)
                broken.append(name)
            broken += _told(name, found)
    if place:
        Path(place).write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    print(f"\n{len(figures)} figures, {len(broken)} below their floor or above their ceiling")
    return 1 if asked.gate and broken else 0


def _told(name: str, found: dict[str, float]) -> list[str]:
    """Prints the figures of one module; returns those that broke their bound or are absent."""
    module = _load(name)
    floors, ceilings = getattr(module, "FLOORS", {}), getattr(module, "CEILINGS", {})
    broken = []
    for key, value in found.items():
        bound, bad = "", False
        if key in floors:
            bound, bad = f"floor {floors[key]:g}", value < floors[key]
        elif key in ceilings:
            bound, bad = f"ceiling {ceilings[key]:g}", value > ceilings[key]
        print(f"  {key:<52} {value:>9.4f}  {bound}{'  BROKEN' if bad else ''}")
        if bad:
            broken.append(key)
    for key in sorted({*floors, *ceilings} - set(found)):
        print(f"  {key:<52} {'absent':>9}  BROKEN")
        broken.append(key)
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
