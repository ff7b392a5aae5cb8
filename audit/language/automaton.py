"""The compiled loops of the sieve: an automaton of strings, and the walks over sentences by it.

The automaton is that of Aho and Corasick (1975): a state a beginning of a string, a move a symbol.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from audit.language.required import ANY, FIRST, NEXT

_ABREAST = 8  # stretches of lines that are walked side by side
_STRETCH = 16_384  # bytes of lines whose states are held at once
LEFT, RIGHT, BEGIN, END, SMALL = 1, 2, 4, 8, 16  # what a string asks of its surroundings


@njit(cache=True, nogil=True)
def automaton(data, lengths, symbols):  # type: ignore[no-untyped-def]
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
def count(  # type: ignore[no-untyped-def]
    data, line_ends, symbol_of, in_word, moves, met, strings, steps, size, counts
):  # fmt: skip
    """Adds up how often each step is met, whatever was met before."""
    quiet = size[2]
    begin = 0
    for line in range(len(line_ends)):
        end = line_ends[line]
        state = 0
        for at in range(begin, end):
            state = moves[state, symbol_of[data[at]]]
            if state < quiet:
                continue
            for place in range(met[state - quiet], met[state - quiet + 1]):
                start, after, ask = at + 1 - strings[place, 0], at + 1, strings[place, 1]
                if ask & LEFT and start > begin and in_word[symbol_of[data[start - 1]]]:
                    continue
                if ask & RIGHT and after < end and in_word[symbol_of[data[after]]]:
                    continue
                if (ask & BEGIN and start != begin) or (ask & END and after != end):
                    continue
                for which in range(strings[place, 2], strings[place, 3]):
                    counts[steps[which, 0]] += 1
        begin = end


@njit(cache=True, nogil=True)
def _states(data, line_ends, first, last, symbol_of, moves, states):  # type: ignore[no-untyped-def]
    """Writes the state after each byte of some lines.

    Several stretches of them are walked side by side: the next state is mostly far in memory, and
    the processor fetches those of all stretches at once.
    """
    begin = line_ends[first - 1] if first else 0
    size = line_ends[last - 1] - begin
    at, stop = np.empty(_ABREAST, np.int64), np.empty(_ABREAST, np.int64)
    now = np.zeros(_ABREAST, np.int64)
    opens = np.zeros(size + 1, np.bool_)  # whether a line begins with a byte
    stretch = 0
    at[0] = 0
    for line in range(first, last):
        start = (line_ends[line - 1] if line else 0) - begin
        opens[start] = True
        while stretch + 1 < _ABREAST and start >= (stretch + 1) * size // _ABREAST:
            stop[stretch] = start
            stretch += 1
            at[stretch] = start
    stop[stretch] = size
    longest = 0
    for one in range(stretch + 1):
        longest = max(longest, stop[one] - at[one])
    for _ in range(longest):
        for one in range(stretch + 1):
            here = at[one]
            if here < stop[one]:
                state = 0 if opens[here] else now[one]
                state = np.int64(moves[state, symbol_of[data[begin + here]]])
                now[one] = state
                states[here] = state
                at[one] = here + 1


@njit(cache=True, nogil=True)
def walk(  # type: ignore[no-untyped-def]
    data, line_ends, symbol_of, in_word, capital, space,
    moves, met, strings, steps, size, lines, patterns,
):  # fmt: skip
    """Writes the pairs of line and pattern, as many as there is room for; how many they are."""
    found = 0
    quiet = size[2]
    reached = np.full(size[0], -1, np.int32)  # the line a step was last met in
    earliest = np.empty(size[0], np.int32)  # and there: the end of its first string,
    latest = np.empty(size[0], np.int32)  # of its last,
    history = np.empty(size[0], np.uint64)  # and a bit for each end, by distance from the last
    passed = np.full(size[1], -1, np.int32)  # the line a pattern was last told in
    longest = begin = most = first = told = 0
    for line in range(len(line_ends)):
        longest = max(longest, line_ends[line] - begin)
        begin = line_ends[line]
        if begin - first >= _STRETCH or line + 1 == len(line_ends):
            most, first = max(most, begin - first), begin
    states = np.empty(most, np.int32)
    first = 0  # of the lines whose states are told, in bytes
    blanks = np.zeros(longest + 1, np.int32)  # before each place of a line
    capitals = np.zeros(longest + 1, np.int32)
    begin = 0
    for line in range(len(line_ends)):
        end = line_ends[line]
        if line == told:
            first = begin
            while told < len(line_ends) and (
                told == line or line_ends[told - 1] - begin < _STRETCH
            ):
                told += 1
            _states(data, line_ends, line, told, symbol_of, moves, states)
        for at in range(begin, end):
            symbol = symbol_of[data[at]]
            after = at + 1
            blanks[after - begin] = blanks[at - begin] + (symbol == space)
            capitals[after - begin] = capitals[at - begin] + capital[data[at]]
            state = states[at - first]
            if state < quiet:
                continue
            for place in range(met[state - quiet], met[state - quiet + 1]):
                start = after - strings[place, 0]
                ask = strings[place, 1]
                if ask:
                    if ask & SMALL and capitals[after - begin] != capitals[start - begin]:
                        continue
                    if ask & LEFT and start > begin and in_word[symbol_of[data[start - 1]]]:
                        continue
                    if ask & RIGHT and after < end and in_word[symbol_of[data[after]]]:
                        continue
                    if (ask & BEGIN and start != begin) or (ask & END and after != end):
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
                            and blanks[start - begin] - blanks[latest[before] - begin] > gap
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
