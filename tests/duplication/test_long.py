"""A long document costs its length: four times the text takes four times as long, not sixteen."""

import random
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from audit.duplication import pairs
from audit.duplication.align import align
from audit.duplication.fingerprint import fingerprint
from audit.duplication.passages import passages
from audit.duplication.relate import COPIED
from audit.tokens import Text
from tests.duplication.test_copies import word

SIZES = (50_000, 200_000)  # characters
LINE = "The mayor of Tessaly opened the bridge over the Varde at noon.\n"


def prose(size: int) -> str:
    pick = random.Random(1)
    known = [word(pick) for _ in range(5000)]
    return " ".join(pick.choices(known, k=size // 7))[:size]


def script(first: int, last: int, stop: str) -> Callable[[int], str]:
    def write(size: int) -> str:
        points = np.random.default_rng(1).integers(first, last, size)
        points[::40] = ord(stop)
        return "".join(map(chr, points.tolist()))

    return write


TEXTS: dict[str, Callable[[int], str]] = {
    "prose": prose,
    "one word": lambda size: "a " * (size // 2),
    "one line": lambda size: LINE * (size // len(LINE)),
    "one letter": lambda size: "a" * size,
    "Chinese": script(0x4E00, 0x9000, "。"),
    "Japanese": script(0x3042, 0x3090, "。"),
    "Thai": script(0xE01, 0xE2E, " "),
    "Arabic": script(0x628, 0x649, " "),
}


def near(text: str) -> str:
    """The text with a word put in after every 5,000 characters, and its middle moved."""
    parts = [text[at : at + 5000] for at in range(0, len(text), 5000)]
    parts[len(parts) // 3], parts[len(parts) // 2] = parts[len(parts) // 2], parts[len(parts) // 3]
    return " novum ".join(parts)


def spent(a: str, b: str) -> float:
    began = time.process_time()
    fingerprint([a, b], 0)
    share = np.array([0.7])
    pairs.judged([a, b], np.array([0]), np.array([1]), np.array([COPIED]), share, share, share)
    passages(a, b)
    return time.process_time() - began


@pytest.mark.parametrize("kind", TEXTS)
def test_time_grows_with_the_length(kind):
    short, long = (TEXTS[kind](size) for size in SIZES)
    spent(short, near(short))  # compiles, and fills the table of characters
    once = min(spent(short, near(short)) for _ in range(2))
    assert spent(long, near(long)) < 9 * once + 0.5


@pytest.mark.parametrize("kind", ["prose", "Chinese", "Japanese", "Thai"])
def test_long_near_copies_share_nearly_all(kind):
    text = TEXTS[kind](SIZES[0])
    shared = passages(text, near(text))
    assert sum(p.a.end - p.a.start for p in shared) > 0.9 * len(text.rstrip())


def test_aligning_characters_takes_bytes_not_objects():
    """Some 40 bytes a character; a tuple and a string for each took nearly 300."""
    text = TEXTS["Chinese"](SIZES[1])
    one, two = Text(text), Text(near(text))
    many = len(one.words) + len(two.words)
    tracemalloc.start()
    align(one, two)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert many > 0 and peak < 80 * (len(one.raw) + len(two.raw))
