"""Documents a second and peak memory: ``python -m tests.bench [NAME] …``, one of NAMES.

The machine is noisy, so speeds are told as ratios against a peer run in the same call.
"""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("stages", "duplication", "index", "language", "facts")


def main(arguments: list[str]) -> int:
    name = arguments[0] if arguments and not arguments[0].startswith("-") else "stages"
    if name not in NAMES:
        print(f"no such bench: {name}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    rest = arguments[1:] if arguments and arguments[0] == name else arguments
    return int(import_module(f"tests.bench.{name}").main(rest) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
