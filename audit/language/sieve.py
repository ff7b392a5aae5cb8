"""Which of many patterns can match in which sentence: one walk over the bytes, in compiled code.

All strings of all steps (``audit.language.required``) stand in one automaton (Aho and Corasick
1975); each that is met moves the patterns that wait for it a step on. None that matches is left
out; what is let through is a small number, on which RE2 decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit

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
_LEFT, _RIGHT, _BEGIN, _END, _SMALL = 1, 2, 4, 8, 16  # what a string asks of its surroundings


# Letters that are one with an ASCII letter where RE2 does not look at case: long s, Kelvin.
_LIKE_ASCII = {"\u017f".encode(): b"s", "\u212a".encode(): b"k"}
SEARCH = 200.0
LONG = 12  # symbols of a string that are looked at


class Sieve(NamedTuple):
    """The automaton and the steps, as arrays."""

    moves: Any  # state after a symbol
    met: Any  # by state: where the strings that end there begin in ``strings``
    strings: Any  # length, what it asks of its surroundings, where its steps begin and end
    steps: Any  # step, its gap, and the pattern that is told when it is met or -1: a step follows
    size: Any  # steps, patterns


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
    _count(np.frombuffer(b"".join(sample), np.uint8), ends, _SYMBOL, _IN_WORD, *whole[:4], counts)
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
    moves, met, last = _automaton(data, lengths, len(SYMBOLS))
    small = np.uint16 if len(moves) <= 1 << 16 else np.int32  # a row of one line of the cache
    return Sieve(
        moves.astype(small),
        met,
        about[last],
        np.array(entries, np.int32).reshape(-1, 3),
        np.array([len(gaps), len(patterns)]),
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
    small = 0 if string[0] == EITHER else _SMALL
    string = string.removeprefix(EITHER)
    left = _BEGIN if string[0] == BEGIN else _LEFT if string[0] == EDGE else 0
    right = _END if string[-1] == END else _RIGHT if string[-1] == EDGE else 0
    return small | left | right


@njit(cache=True, nogil=True)
def _automaton(data, lengths, symbols):  # type: ignore[no-untyped-def]
    """The moves of the automaton of strings, and the strings that end in each state."""
    most = len(data) + 1
    moves = np.full((most, symbols), -1, np.int32)
    own = np.full(most, -1, np.int32)  # the last string that ends in a state
    before = np.full(len(lengths), -1, np.int32)  # and the string before it
    states = 1
    at = 0
    for string in range(len(lengths)):
        state = 0
        for _ in range(lengths[string]):
            symbol = data[at]
            at += 1
            if moves[state, symbol] < 0:
                moves[state, symbol] = states
                states += 1
            state = moves[state, symbol]
        before[string] = own[state]
        own[state] = string
    # Breadth first: states that are often come to stand together.
    order = np.empty(states, np.int32)
    named = np.empty(states, np.int32)
    order[0] = named[0] = 0
    head, tail = 0, 1
    while head < tail:
        for symbol in range(symbols):
            following = moves[order[head], symbol]
            if following >= 0:
                order[tail] = following
                named[following] = tail
                tail += 1
        head += 1
    after = np.empty((states, symbols), np.int32)
    back = np.zeros(states, np.int32)
    met = np.zeros(states + 1, np.int32)
    for state in range(states):
        count = met[back[state] + 1] - met[back[state]] if state else 0
        string = own[order[state]]
        while string >= 0:
            count += 1
            string = before[string]
        met[state + 1] = met[state] + count
        for symbol in range(symbols):
            following = moves[order[state], symbol]
            shorter = after[back[state], symbol] if state else 0
            if following < 0:
                after[state, symbol] = shorter
            else:
                after[state, symbol] = named[following]
                back[named[following]] = shorter
    ends = np.empty(met[states], np.int32)
    for state in range(1, states):
        place = met[state]
        string = own[order[state]]
        while string >= 0:
            ends[place] = string
            place += 1
            string = before[string]
        shorter = back[state]
        for other in range(met[shorter], met[shorter + 1]):
            ends[place] = ends[other]
            place += 1
    return after, met, ends


@njit(cache=True, nogil=True)
def _count(  # type: ignore[no-untyped-def]
    data, line_ends, symbol_of, in_word, moves, met, strings, steps, counts
):  # fmt: skip
    """Adds up how often each step is met, whatever was met before."""
    begin = 0
    for line in range(len(line_ends)):
        end = line_ends[line]
        state = 0
        for at in range(begin, end):
            state = moves[state, symbol_of[data[at]]]
            for place in range(met[state], met[state + 1]):
                start, after, ask = at + 1 - strings[place, 0], at + 1, strings[place, 1]
                if ask & _LEFT and start > begin and in_word[symbol_of[data[start - 1]]]:
                    continue
                if ask & _RIGHT and after < end and in_word[symbol_of[data[after]]]:
                    continue
                if (ask & _BEGIN and start != begin) or (ask & _END and after != end):
                    continue
                for which in range(strings[place, 2], strings[place, 3]):
                    counts[steps[which, 0]] += 1
        begin = end


def candidates(run: Sieve, sentences: Sequence[bytes]) -> tuple[list[int], list[int]]:
    """Which patterns can match in which sentence: pairs of indices, by sentence."""
    joined = b"".join(sentences)
    if not joined.isascii() and any(letter in joined for letter in _LIKE_ASCII):
        for letter, like in _LIKE_ASCII.items():
            sentences = [sentence.replace(letter, like) for sentence in sentences]
        joined = b"".join(sentences)
    ends = np.cumsum(np.fromiter(map(len, sentences), np.int64, len(sentences)))
    data = np.frombuffer(joined, np.uint8)
    room = 256
    while True:
        lines, patterns = np.empty(room, np.int32), np.empty(room, np.int32)
        count = _walk(data, ends, _SYMBOL, _IN_WORD, _IS_CAPITAL, _SPACE, *run, lines, patterns)
        if count <= room:
            return lines[:count].tolist(), patterns[:count].tolist()
        room = count


@njit(cache=True, nogil=True)
def _walk(  # type: ignore[no-untyped-def]
    data, line_ends, symbol_of, in_word, capital, space,
    moves, met, strings, steps, size, lines, patterns,
):  # fmt: skip
    """Writes the pairs of line and pattern, as many as there is room for; how many they are."""
    found = 0
    reached = np.full(size[0], -1, np.int32)  # the line a step was last met in
    earliest = np.empty(size[0], np.int32)  # and there: the end of its first string,
    latest = np.empty(size[0], np.int32)  # of its last,
    history = np.empty(size[0], np.uint64)  # and a bit for each end, by distance from the last
    passed = np.full(size[1], -1, np.int32)  # the line a pattern was last told in
    blanks = np.zeros(len(data) + 1, np.int32)
    capitals = np.zeros(len(data) + 1, np.int32)
    begin = 0
    for line in range(len(line_ends)):
        end = line_ends[line]
        state = 0
        for at in range(begin, end):
            symbol = symbol_of[data[at]]
            after = at + 1
            blanks[after] = blanks[at] + (symbol == space)
            capitals[after] = capitals[at] + capital[data[at]]
            state = moves[state, symbol]
            for place in range(met[state], met[state + 1]):
                start = after - strings[place, 0]
                ask = strings[place, 1]
                if ask:
                    if ask & _SMALL and capitals[after] != capitals[start]:
                        continue
                    if ask & _LEFT and start > begin and in_word[symbol_of[data[start - 1]]]:
                        continue
                    if ask & _RIGHT and after < end and in_word[symbol_of[data[after]]]:
                        continue
                    if (ask & _BEGIN and start != begin) or (ask & _END and after != end):
                        continue
                for which in range(strings[place, 2], strings[place, 3]):
                    step = steps[which, 0]
                    gap = steps[which, 1]
                    if gap != FIRST:
                        before = step - 1
                        if reached[before] != line:
                            continue
                        if gap == NEXT:
                            back = latest[before] - start
                            if back < 0 or back > 63:
                                continue
                            if not (history[before] >> np.uint64(back)) & np.uint64(1):
                                continue
                        elif earliest[before] > start or (
                            gap < ANY
                            and latest[before] <= start
                            and blanks[start] - blanks[latest[before]] > gap
                        ):
                            continue
                    pattern = steps[which, 2]
                    if pattern >= 0:
                        if passed[pattern] != line:
                            passed[pattern] = line
                            if found < len(lines):
                                lines[found] = line
                                patterns[found] = pattern
                            found += 1
                    elif reached[step] != line:
                        reached[step] = line
                        earliest[step] = latest[step] = after
                        history[step] = 1
                    else:
                        ahead = after - latest[step]
                        kept = history[step] << np.uint64(ahead) if ahead < 64 else np.uint64(0)
                        history[step] = kept | np.uint64(1)
                        latest[step] = after
        begin = end
    return found
