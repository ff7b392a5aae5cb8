"""``python -m tests.eval [NAME…] [--gate] [--json FILE]``: how well the product does its job.

Each module of this folder measures one kind of labelled data in ``../shared/data`` and pins
FLOORS (at least) and CEILINGS (at most). A floor is only ever raised, a ceiling only lowered.
Modules run side by side, each in a process of its own. Without the data (a user's machine) this
says so and is left out; in CI (CI=true) it must run.
"""

from __future__ import annotations

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
    """The names of the modules that measure something."""
    names = sorted(m.name for m in iter_modules([str(Path(__file__).parent)]))
    return [n for n in names if n != "__main__" and hasattr(_load(n), "measure")]


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


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--only"]:
        print(json.dumps(_load(arguments[1]).measure(DATA)))
        return 0
    place = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    names = [a for a in arguments if not a.startswith("--") and a != place] or modules()
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
    return 1 if "--gate" in arguments and broken else 0


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
