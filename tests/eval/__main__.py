"""``python -m tests.eval [NAME…] [--gate] [--json FILE]``: how well the product does its job.

Each module of this folder measures one kind of labelled data in ``../shared/data`` and pins
FLOORS (at least) and CEILINGS (at most). A floor is only ever raised, a ceiling only lowered.
Without the data (a user's machine) this says so and is left out; in CI (CI=true) it must run.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"


def modules() -> list[str]:
    """The names of the modules that measure something."""
    names = sorted(m.name for m in iter_modules([str(Path(__file__).parent)]))
    return [n for n in names if n != "__main__" and hasattr(_load(n), "measure")]


def _load(name: str):
    return import_module(f"tests.eval.{name}")


def main(arguments: list[str]) -> int:
    gate = "--gate" in arguments
    place = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    names = [a for a in arguments if not a.startswith("--") and a != place] or modules()
    if not DATA.is_dir():
        print("evaluation left out: the labelled data is not on this machine")
        return 1 if os.environ.get("CI") else 0
    figures: dict[str, float] = {}
    broken: list[str] = []
    for name in names:
        module = _load(name)
        began = time.process_time()
        found = module.measure(DATA)
        figures.update(found)
        print(f"\n{name}  ({time.process_time() - began:.0f} s of processor time)")
        floors, ceilings = getattr(module, "FLOORS", {}), getattr(module, "CEILINGS", {})
        for key, value in found.items():
            bound = ""
            if key in floors:
                bound = f"floor {floors[key]:g}"
            elif key in ceilings:
                bound = f"ceiling {ceilings[key]:g}"
            bad = (key in floors and value < floors[key]) or (
                key in ceilings and value > ceilings[key]
            )
            print(f"  {key:<52} {value:>9.4f}  {bound}{'  BROKEN' if bad else ''}")
            if bad:
                broken.append(key)
        for key in {*floors, *ceilings} - set(found):
            broken.append(key)
            print(f"  {key:<52} {'absent':>9}  BROKEN")
    if place:
        Path(place).write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    print(f"\n{len(figures)} figures, {len(broken)} below their floor or above their ceiling")
    return 1 if gate and broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
