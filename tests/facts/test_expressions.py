"""The grammar of time expressions: a search passes over no letter that one begins with."""

from __future__ import annotations

import re
from itertools import islice, product

from audit.facts.expressions import GRAMMAR, PATTERN

LETTERS = "YdnwhfFaosBkMDuUqQPKcWAzESH9yLlCXTtvebGg~xZjRVINrOi&p$%-,.01|"
EVERY = re.compile("|".join(f"(?:{shape})(?P<{name}>)" for name, shape, _ in GRAMMAR))


def test_the_search_finds_what_the_entries_alone_find() -> None:
    for length in (1, 2, 3):
        step = 11 if length == 3 else 1  # a prime to the number of letters
        for some in islice(product(LETTERS, repeat=length), 0, None, step):
            letters = "".join(some)
            found, every = PATTERN.search(letters), EVERY.search(letters)
            assert (found is None) == (every is None), letters
            if found and every:
                name = found.lastgroup or ""
                told = found.start(), found.end(name), name
                assert told == (*every.span(), every.lastgroup), letters
