"""Which of many patterns can match in which sentence: one walk over the bytes, in compiled code.

All strings of all steps (``audit.language.required``) stand in one automaton (Aho and Corasick
1975); each that is met moves the patterns that wait for it a step on. None that matches is left
out; what is let through is a small number, on which RE2 decides.

Reading the patterns takes a second or two, so that a sieve is kept in the folder where numba keeps
the compiled walk, by what it was made of; where that cannot be written to, it is made each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from audit.language import automaton, required
from audit.language.required import (
    ANY,
    BEGIN,
    BLANK,
    EDGE,
    EITHER,
    END,
    FIRST,
    FOLD,
    NEXT,
    PLACES,
    SYMBOLS,
    WORD,
    Step,
)

_CODE = {symbol: at for at, symbol in enumerate(SYMBOLS)}
_SYMBOL = np.array([_CODE[symbol] for symbol in FOLD], np.uint8)  # of each byte
_IN_WORD = np.array([symbol in WORD for symbol in SYMBOLS])
_SPACE = _CODE[BLANK]
_IS_CAPITAL = np.array([chr(byte).isupper() and byte < 128 for byte in range(256)])
# Letters that are one with an ASCII letter where RE2 does not look at case, and yet end a word
# for it: long s, Kelvin. A sentence with one of them is let through whole.
_LIKE_ASCII = ("\u017f".encode(), "\u212a".encode())
SEARCH = 60.0  # times that what it takes to look at a step goes into a search by RE2
_KEPT = 8  # sieves that are kept: a language and a state of the rules each
_USUAL = 16  # patterns that can match in a sentence, for which there is room at first
LONG = 10  # symbols of a string that are looked at


class Sieve(NamedTuple):
    """The automaton and the steps, as arrays."""

    moves: Any  # state after a symbol; those in which no string ends come first
    met: Any  # by other state: where the strings that end there begin in ``strings``
    strings: Any  # length, what it asks of its surroundings, where its steps begin and end
    steps: Any  # step, its gap, and the pattern that is told when it is met or -1: a step follows
    size: Any  # steps, patterns, states in which no string ends


def prepared(patterns: Sequence[str], sample: Sequence[bytes]) -> tuple[list[int], Sieve]:
    """Which of the patterns require something, and their sieve: kept, or made and kept."""
    place = _place()
    if not place:
        return _made(patterns, sample)
    parts = [Path(file).read_bytes() for file in (__file__, required.__file__, automaton.__file__)]
    made_of = repr((patterns, sample)).encode("utf-8", "replace")
    digest = hashlib.sha256(b"\0".join([*parts, made_of])).hexdigest()[:16]
    kept = Path(place) / f"sieve-{digest}.npz"
    with contextlib.suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
        held = dict(np.load(kept, allow_pickle=False))
        return held["needy"].tolist(), Sieve(*(held[name] for name in Sieve._fields))
    needy, run = _made(patterns, sample)
    with contextlib.suppress(OSError):
        older = sorted(kept.parent.glob("sieve-*.npz"), key=lambda path: path.stat().st_mtime)
        for path in older[: 1 - _KEPT]:
            path.unlink(missing_ok=True)
        with NamedTemporaryFile(dir=kept.parent, prefix="sieve-", delete=False) as beside:
            np.savez(beside, needy=np.array(needy, np.int64), **run._asdict())
        os.replace(beside.name, kept)
    return needy, run


def _place() -> str | None:
    """The folder where numba keeps the compiled walk."""
    return automaton.walk.stats.cache_path


def _made(patterns: Sequence[str], sample: Sequence[bytes]) -> tuple[list[int], Sieve]:
    needs = [required.required(pattern) for pattern in patterns]
    run = sieve([need for need in needs if need], sample)
    return [at for at, need in enumerate(needs) if need], run


def sieve(patterns: Sequence[list[list[Step]]], sample: Sequence[bytes]) -> Sieve:
    """The sieve of patterns, each as alternatives of steps.

    Of each alternative those steps are kept that save more than they cost in the sentences of
    ``sample``.
    """
    return _built(_pruned(patterns, _built(patterns), sample))


def _pruned(
    patterns: Sequence[list[list[Step]]], whole: Sieve, sample: Sequence[bytes]
) -> list[list[list[Step]]]:
    """The same with the rarest steps only, and with the beginnings of long strings."""
    counts = np.zeros(whole.size[0], np.int64)
    ends = np.cumsum(np.fromiter(map(len, sample), np.int64, len(sample)))
    data = np.frombuffer(b"".join(sample), np.uint8)
    automaton.count(data, ends, _SYMBOL, _IN_WORD, *whole, counts)
    rates = iter((counts / max(len(sample), 1)).tolist())
    return [[_rarest(steps, [next(rates) for _ in steps]) for steps in one] for one in patterns]


def _rarest(steps: list[Step], rates: list[float]) -> list[Step]:
    kept: list[int] = []
    odds = 1.0
    for at in sorted(range(len(steps)), key=rates.__getitem__):
        odd = rates[at] / (1 + rates[at])  # that a sentence holds it
        if not kept or odds * (1 - odd) * SEARCH > rates[at]:
            kept.append(at)
            odds *= odd
    found: list[Step] = []
    gap = FIRST
    for at, step in enumerate(steps):
        gap = step.gap if gap in (FIRST, NEXT) else min(ANY, gap + max(step.gap, 0))
        if at in kept:
            strings, cut = _shortened(step.strings)
            found.append(Step(strings, gap if found else FIRST))
            gap = cut
        else:
            gap = min(ANY, max(gap, 0) + max(string.count(BLANK) for string in step.strings))
    return found


def _built(patterns: Sequence[list[list[Step]]]) -> Sieve:
    places: dict[str, list[int]] = {}
    gaps: list[int] = []
    told: list[int] = []
    for pattern, alternatives in enumerate(patterns):
        for steps in alternatives:
            for step in steps:
                for string in step.strings:
                    places.setdefault(string, []).append(len(gaps))
                gaps.append(step.gap)
                told.append(-1)
            told[-1] = pattern
    strings = sorted(places)
    inner = ["".join(c for c in string if c not in PLACES) for string in strings]
    data = np.array([_CODE[c] for one in inner for c in one], np.uint8)
    lengths = np.array([len(one) for one in inner], np.int32)
    counts = [len(places[one]) for one in strings]
    ends = np.cumsum(counts)
    asked = [_asked(one) for one in strings]
    entries = [(step, gaps[step], told[step]) for one in strings for step in places[one]]
    about = np.array([lengths, asked, ends - counts, ends], np.int32).T.copy()
    moves, met, last = automaton.automaton(data, lengths, len(SYMBOLS))
    loud = np.diff(met) > 0
    order = np.argsort(loud, kind="stable")
    moves = np.argsort(order)[moves[order]]
    small = np.uint16 if len(moves) <= 1 << 16 else np.int32  # a row of one line of the cache
    return Sieve(
        moves.astype(small),
        np.append(met[:-1][loud], met[-1]),
        about[last],
        np.array(entries, np.int32).reshape(-1, 3),
        np.array([len(gaps), len(patterns), len(loud) - loud.sum()]),
    )


def _shortened(strings: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Strings without what is beyond LONG symbols; how many blanks were cut at most, or NEXT."""
    cut = NEXT
    found = set()
    for string in strings:
        inner = string.strip(PLACES)
        left = string[: string.index(inner[0])]
        if len(inner) > LONG:
            cut = max(cut, inner.count(BLANK, LONG))
            string = left + inner[:LONG]
        found.add(string)
    return tuple(sorted(found)), cut


def _asked(string: str) -> int:
    small = 0 if string[0] == EITHER else automaton.SMALL
    string = string.removeprefix(EITHER)
    left = automaton.BEGIN if string[0] == BEGIN else automaton.LEFT if string[0] == EDGE else 0
    right = automaton.END if string[-1] == END else automaton.RIGHT if string[-1] == EDGE else 0
    return small | left | right


def candidates(run: Sieve, sentences: Sequence[bytes]) -> tuple[list[int], list[int]]:
    """Which patterns can match in which sentence: pairs of indices, by sentence."""
    joined = b"".join(sentences)
    every: list[int] = []  # sentences that any pattern may match in
    if not joined.isascii() and any(letter in joined for letter in _LIKE_ASCII):
        every = [at for at, s in enumerate(sentences) if any(one in s for one in _LIKE_ASCII)]
    ends = np.cumsum(np.fromiter(map(len, sentences), np.int64, len(sentences)))
    data = np.frombuffer(joined, np.uint8)
    room = 256 + _USUAL * len(sentences)
    while True:
        lines, patterns = np.empty(room, np.int32), np.empty(room, np.int32)
        count = automaton.walk(
            data, ends, _SYMBOL, _IN_WORD, _IS_CAPITAL, _SPACE, *run, lines, patterns
        )
        if count <= room:
            break
        room = count
    lines, patterns = lines[:count], patterns[:count]
    if every:
        other = ~np.isin(lines, every)
        size = int(run.size[1])
        lines = np.append(lines[other], np.repeat(every, size))
        patterns = np.append(patterns[other], np.tile(np.arange(size), len(every)))
    return lines.tolist(), patterns.tolist()
