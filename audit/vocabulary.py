"""Strings met in texts, each with a number, so that what is known of one is worked out once.

A compiled loop looks up the strings at places of an array of code points in an open-addressing
table; numbers go by order of first appearance, whatever the hashes. What is asked of words then is
a column by number: ``vocabulary.column(of, bool)[numbers]``. A vocabulary lives as long as a text
that was read with it; who reads begins a new one where it is ``full``.
"""

# Compiled by numba: no annotations inside.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np

from audit.compiled import compiled, mix

_WORDS, _LETTERS = 200_000, 4_000_000  # more than so many of either, and a vocabulary is full
_COLUMNS = 100  # that are kept of a vocabulary
# Of this process alone: nobody can write words whose hashes meet. No result rests on it.
_KEY = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)
_SHORT = 7  # characters of a string that is its own mark
_HASHED = np.uint64(1 << 63)  # set in the marks of others


class Vocabulary:
    """The strings, by number, and columns of what is known of them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._table: tuple[Any, ...] = (
            np.zeros((1 << 12, 2), np.uint64),  # by hash: the string's mark, its number + 1
            np.zeros((1 << 11) + 1, np.int64),  # where each string begins in the next
            np.empty(1 << 14, np.uint32),  # the code points of all strings
        )
        self._columns: dict[Callable[[str], Any], np.ndarray] = {}
        self._known: dict[Callable[[str], Any], int] = {}
        self._lists: dict[Callable[[str], Any], list[Any]] = {}
        self._lock = Lock()

    @property
    def full(self) -> bool:
        return len(self.words) > _WORDS or int(self._table[1][len(self.words)]) > _LETTERS

    def numbers(self, points: Any, starts: Any, ends: Any) -> np.ndarray:
        """The numbers (int32) of the strings at these places of an array of code points."""
        found = np.empty(len(starts), np.int32)
        with self._lock:
            if not _known(points, starts, ends, _KEY, found, *self._table):
                count, *table = _add(
                    points, starts, ends, _KEY, len(self.words), found, *self._table
                )
                self._table = tuple(table)
                self._learn(count)
        return found

    def _learn(self, count: int) -> None:
        bounds = self._table[1][len(self.words) : count + 1]
        new = self._table[2][bounds[0] : bounds[-1]].tobytes().decode("utf-32-le", "surrogatepass")
        self.words += [new[a:b] for a, b in pairwise((bounds - bounds[0]).tolist())]

    def column(self, of: Callable[[str], Any], dtype: Any, width: int | None = None) -> np.ndarray:
        """What ``of`` says of each string, by number; of ``width`` values each where given.

        ``of`` must be the same function each time: it is called once a string.
        """
        if self._known.get(of) == len(self.words):  # most often
            held = self._columns.get(of)
            if held is not None:
                return held
        with self._lock:
            done, count = self._known.get(of, 0), len(self.words)
            held = self._columns.get(of)
            if held is None and len(self._columns) >= _COLUMNS:  # of rules that were used once
                oldest = next(iter(self._columns))
                del self._columns[oldest]
                self._known.pop(oldest, None)
            if held is None or len(held) < count:
                wider = np.zeros((max(1 << 12, 2 * count), *([width] if width else [])), dtype)
                if held is not None:
                    wider[:done] = held[:done]
                held = self._columns[of] = wider
            if done < count:
                held[done:count] = [of(word) for word in self.words[done:count]]
                self._known[of] = count
            return held

    def list(self, of: Callable[[str], Any]) -> list[Any]:
        """The same as a list, of whatever kind."""
        with self._lock:
            held = self._lists.setdefault(of, [])
            held.extend(map(of, self.words[len(held) :]))
        return held


@compiled
def _mark(points, start, end, key):
    """A short string of Latin letters itself, with its length; of others a hash, and a bit."""
    size = end - start
    if size <= _SHORT:
        mark = np.uint64(size)
        every = np.uint64(0)
        for at in range(start, end):
            mark = mark << np.uint64(8) | np.uint64(points[at])
            every |= np.uint64(points[at])
        if every < np.uint64(256):
            return mark
    mark = key
    for at in range(start, end):
        mark = (mark ^ np.uint64(points[at])) * key
    return mix(mark) | _HASHED


@compiled
def _number(points, start, end, mark, table, bounds, pool):
    """The number of a string, -1 where it has none yet."""
    mask = np.uint64(len(table) - 1)
    at = mix(mark) & mask
    while table[at, 1]:
        if table[at, 0] == mark:
            found = np.int64(table[at, 1]) - 1
            if mark < _HASHED:
                return found
            if bounds[found + 1] - bounds[found] == end - start:
                other = bounds[found]
                here = start
                while here < end and points[here] == pool[other]:
                    here += 1
                    other += 1
                if here == end:
                    return found
        at = (at + np.uint64(1)) & mask
    return -1


@compiled
def _known(points, starts, ends, key, found, table, bounds, pool):
    """Writes the numbers of strings; whether all have one."""
    every = True
    for at in range(len(starts)):
        mark = _mark(points, starts[at], ends[at], key)
        found[at] = _number(points, starts[at], ends[at], mark, table, bounds, pool)
        every &= found[at] >= 0
    return every


@compiled
def _add(points, starts, ends, key, count, found, table, bounds, pool):
    """Gives a number, from ``count`` on, to each string without one; count and table after it."""
    for at in range(len(starts)):
        if found[at] >= 0:
            continue
        start, end = starts[at], ends[at]
        mark = _mark(points, start, end, key)
        found[at] = _number(points, start, end, mark, table, bounds, pool)
        if found[at] >= 0:
            continue
        found[at] = count
        stop = bounds[count] + end - start
        if stop > len(pool):
            wider = np.empty(2 * stop, np.uint32)
            wider[: bounds[count]] = pool[: bounds[count]]
            pool = wider
        pool[bounds[count] : stop] = points[start:end]
        bounds[count + 1] = stop
        count += 1
        _place(table, mark, np.uint64(count))
        if count + 1 == len(bounds):
            bounds = np.append(bounds, np.zeros(count, np.int64))
            before, table = table, np.zeros((2 * len(table), 2), np.uint64)
            for slot in range(len(before)):
                if before[slot, 1]:
                    _place(table, before[slot, 0], before[slot, 1])
    return count, table, bounds, pool


@compiled
def _place(table, mark, after):
    mask = np.uint64(len(table) - 1)
    at = mix(mark) & mask
    while table[at, 1]:
        at = (at + np.uint64(1)) & mask
    table[at, 0] = mark
    table[at, 1] = after
