"""Which words of one text are which words of another: an alignment that survives moved paragraphs.

Runs of words that both texts share are found on seeds of a few words, the heaviest ordered chain
of them is kept, with long runs that moved elsewhere; what lies between two neighbours is
compared word by word. The time grows with the length of the texts, not with their product.
The file is long because seeds, chain and the gaps between runs are one computation.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from itertools import chain, pairwise

import numpy as np

from audit.duplication.units import code_points, columns, units, unspaced
from audit.tokens import Text

Op = tuple[str, int, int, int, int]
Block = tuple[int, int, int]  # start in a, start in b, length, in words

SEED = 5  # words a run must share to be seen without neighbours
MOVED = 8  # words a run must have to be believed out of order
REPEATED = 8  # a seed that occurs more often in either text is no seed
LOOKED_UP = 1 << 18  # seeds looked up at once
AREA = 250_000  # gaps with more pairs of words than this are seeded again, not compared
_PLACE = 0xFFFFFFFF


def align(a: Text, b: Text) -> list[Op]:
    """What was done to the words of ``a`` to give ``b``.

    Returns ``(op, a_start, a_end, b_start, b_end)`` with op equal, replace, insert or delete, in
    characters of ``raw``, each span from the start of a word to the end of a word. Words are equal
    where they differ in case and typography only. Every word of ``a`` lies in exactly one
    equal, replace or delete, every word of ``b`` in exactly one equal, replace or insert. Ops
    are ordered by their place in ``a``; a passage that moved has its ``b`` span out of order.
    The empty side of an insert or delete is the offset where its words would stand.
    """
    spans_a, spans_b = units(a), units(b)
    dense = len(spans_a) > len(a.words) or len(spans_b) > len(b.words)
    ids_a, words_a = _known(a, spans_a, dense)
    ids_b, words_b = _known(b, spans_b, dense)
    number = {word: -1 - n for n, word in enumerate(dict.fromkeys(chain(words_a, words_b)))}
    for ids, words in ((ids_a, words_a), (ids_b, words_b)):
        ids[ids < 0] = np.fromiter(map(number.__getitem__, words), np.int32, len(words))
    found = _ops(ids_a, ids_b)
    here, there = columns(spans_a), columns(spans_b)
    return [
        (op, *_characters(*here, i, i2, len(a.raw)), *_characters(*there, j, j2, len(b.raw)))
        for op, i, i2, j, j2 in found
    ]


def _known(text: Text, spans: np.ndarray, dense: bool) -> tuple[np.ndarray, list[str]]:
    """What units are known by: the code point of one that stands for a word (where one of the texts
    has such, ``dense``), else -1; and the others, in lower case."""
    if not dense:
        return np.full(len(spans), -1, np.int32), text.lower
    lowered = text.plain.lower()
    if len(lowered) != len(text.plain):  # a few capitals lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.plain)
    points = code_points(lowered)[spans[:, 0]].astype(np.int32)
    words = ~unspaced(points)
    points[words] = -1
    return points, [lowered[start:end] for start, end in spans[words].tolist()]


def _characters(
    starts: memoryview, ends: memoryview, start: int, end: int, size: int
) -> tuple[int, int]:
    if end > start:
        return starts[start], ends[end - 1]
    at = starts[start] if start < len(starts) else (ends[-1] if len(ends) else size)
    return at, at


def _ops(a: np.ndarray, b: np.ndarray) -> list[Op]:
    """The alignment in words."""
    blocks = _blocks(a, b, SEED if min(len(a), len(b)) >= 4 * SEED else 2)
    if not blocks:  # short, or so repetitive that no seed is rare: what they begin and end with
        size = min(len(a), len(b))
        other = np.flatnonzero(a[:size] != b[:size])
        head = int(other[0]) if len(other) else size
        rest = size - head
        other = np.flatnonzero(a[len(a) - rest :][::-1] != b[len(b) - rest :][::-1])
        tail = int(other[0]) if len(other) else rest
        ends = [(0, 0, head), (len(a) - tail, len(b) - tail, tail)]
        blocks = [block for block in ends if block[2]]
    blocks = _fill(a, b, blocks)
    order_b = sorted(blocks, key=lambda x: x[1])
    rank = {block: n for n, block in enumerate(order_b)}
    ops: list[Op] = []
    inserted: set[int] = set()  # gaps of b, by the rank of the block after them, already told

    def gap(n: int) -> tuple[int, int]:
        start = order_b[n - 1][1] + order_b[n - 1][2] if n else 0
        return start, (order_b[n][1] if n < len(order_b) else len(b))

    at = 0
    before = -1
    for block in [*blocks, None]:
        start = block[0] if block else len(a)
        here = rank[block] if block else len(order_b)
        follows = here == before + 1
        lo, hi = gap(here) if follows else (0, 0)
        if follows and hi > lo:
            inserted.add(here)
            ops.append(("replace" if start > at else "insert", at, start, lo, hi))
        elif start > at:
            place = order_b[before][1] + order_b[before][2] if before >= 0 else 0
            ops.append(("delete", at, start, place, place))
        if block:
            ops.append(("equal", start, start + block[2], block[1], block[1] + block[2]))
            at = start + block[2]
            before = here
    for n in range(len(order_b) + 1):
        lo, hi = gap(n)
        if hi > lo and n not in inserted:
            place = order_b[n - 1][0] + order_b[n - 1][2] if n else 0
            ops.append(("insert", place, place, lo, hi))
    return sorted(ops, key=lambda op: (op[1], op[2], op[3]))


def _blocks(a: np.ndarray, b: np.ndarray, seed: int) -> list[Block]:
    """Shared runs of at least ``seed`` words that do not overlap, in order of ``a``."""
    if len(a) < seed or len(b) < seed:
        return []
    met = _meetings(_grams(a, seed), _grams(b, seed), len(b))
    if not len(met):
        return []
    first = np.flatnonzero(np.diff(met, prepend=-2) != 1)
    size = np.diff(np.append(first, len(met))) + seed - 1
    at_a = met[first] & _PLACE
    at_b = at_a - ((met[first] >> 32) - len(b))
    runs = sorted(
        zip(at_a.tolist(), at_b.tolist(), size.tolist(), strict=True),
        key=lambda x: (-x[2], x[0], x[1]),
    )
    return _ordered(_tiles(runs, len(a), len(b), seed))


def _grams(ids: np.ndarray, size: int) -> np.ndarray:
    """A hash of every run of ``size`` words."""
    with np.errstate(over="ignore"):
        total = np.zeros(len(ids) - size + 1, np.uint64)
        mixed = (ids.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        for n in range(size):
            total = total * np.uint64(0xBF58476D1CE4E5B9) + mixed[n : n + len(total)]
            total ^= total >> np.uint64(31)
    return total


def _meetings(a: np.ndarray, b: np.ndarray, size: int) -> np.ndarray:
    """All places where a rare value of ``a`` stands in ``b``, as one number each, ascending: how
    far ahead of that it is, plus ``size``, then its place in ``a`` in 32 bits.

    Values are looked up in their order, some at a time: each place costs some 20 bytes.
    """
    (order_a, a), (order_b, b) = _ranked(a), _ranked(b)
    found = [np.empty(0, np.int64)]
    for start in range(0, len(a), LOOKED_UP):
        some = a[start : start + LOOKED_UP]
        low = np.searchsorted(b, some, "left")
        many = np.searchsorted(b, some, "right") - low
        own = np.searchsorted(a, some, "right") - np.searchsorted(a, some, "left")
        which = np.flatnonzero((many > 0) & (many <= REPEATED) & (own <= REPEATED))
        many = many[which]
        at_a = np.repeat(order_a[start + which], many).astype(np.int64)
        within = np.arange(len(at_a)) - np.repeat(np.cumsum(many) - many, many)
        at_b = order_b[np.repeat(low[which], many) + within]
        found.append((at_a - at_b + size << 32) + at_a)
    met = np.concatenate(found)
    met.sort()
    return met


def _ranked(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of values in ascending order of these, and the values so."""
    order = np.argsort(values, kind="stable").astype(np.int32)
    return order, values[order]


def _tiles(runs: list[Block], size_a: int, size_b: int, least: int) -> list[Block]:
    """The longest runs first, each cut back to what is still free on both sides."""
    used_a, used_b = np.zeros(size_a, bool), np.zeros(size_b, bool)
    tiles: list[Block] = []
    for i, j, size in runs:
        taken = used_a[i : i + size] | used_b[j : j + size]
        if taken.any():
            free = np.flatnonzero(np.diff(np.concatenate(([1], taken, [1])).astype(np.int8)))
            start, stop = max(pairwise(free), key=_free_length(taken), default=(0, 0))
            if stop - start < least or taken[start]:
                continue
            i, j, size = i + int(start), j + int(start), int(stop - start)
        used_a[i : i + size] = True
        used_b[j : j + size] = True
        tiles.append((i, j, size))
    return sorted(tiles)


def _free_length(taken: np.ndarray):  # type: ignore[no-untyped-def]
    return lambda edge: 0 if taken[edge[0]] else int(edge[1] - edge[0])


def _ordered(blocks: list[Block]) -> list[Block]:
    """The heaviest chain that is in order in both texts, and long runs out of order."""
    ends: list[int] = []  # chain ends in b, ascending, with ascending weights
    weights: list[int] = []
    tails: list[int] = []
    back = [-1] * len(blocks)
    for n, (_, j, size) in enumerate(blocks):
        k = bisect_left(ends, j + 1) - 1
        weight = size + (weights[k] if k >= 0 else 0)
        back[n] = tails[k] if k >= 0 else -1
        end = j + size
        k = bisect_left(ends, end)
        if k and weights[k - 1] >= weight:
            continue
        stop = k
        while stop < len(ends) and weights[stop] <= weight:
            stop += 1
        ends[k:stop], weights[k:stop], tails[k:stop] = [end], [weight], [n]
    chain: set[int] = set()
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.add(at)
        at = back[at]
    return [block for n, block in enumerate(blocks) if n in chain or block[2] >= MOVED]


def _fill(a: np.ndarray, b: np.ndarray, blocks: list[Block]) -> list[Block]:
    """The blocks with the words that neighbours enclose, or that adjoin a moved run."""
    starts_b = sorted(j for _, j, _ in blocks)
    ends_b = sorted(j + size for _, j, size in blocks)
    found = list(blocks)
    free_b = np.ones(len(b), bool)
    for _, j, size in blocks:
        free_b[j : j + size] = False

    def compare(i: int, i2: int, j: int, j2: int, keep: str) -> None:
        """Match words of two gaps; ``keep`` says which side is anchored: both, left or right."""
        while j < j2 and not free_b[j]:
            j += 1
        while j2 > j and not free_b[j2 - 1]:
            j2 -= 1
        if i >= i2 or j >= j2 or not free_b[j:j2].all():
            return
        if (i2 - i) * (j2 - j) > AREA:
            if keep != "both":
                return
            matches = [m for m in _blocks(a[i:i2], b[j:j2], 2)]
            matches = _chain_only(matches)
        else:
            matcher = SequenceMatcher(None, a[i:i2].tolist(), b[j:j2].tolist(), autojunk=False)
            matches = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
        if keep != "both":
            matches = _near(matches, keep, i2 - i, j2 - j)
        for x, y, size in matches:
            found.append((i + x, j + y, size))
            free_b[j + y : j + y + size] = False

    edges: list[Block] = [(0, 0, 0), *blocks, (len(a), len(b), 0)]
    for left, right in pairwise(edges):
        i, i2 = left[0] + left[2], right[0]
        if i >= i2:
            continue
        j = left[1] + left[2]
        n = bisect_left(starts_b, j)
        after = starts_b[n] if n < len(starts_b) else len(b)
        if after == right[1]:
            compare(i, i2, j, after, "both")
            continue
        compare(i, i2, j, after, "left")
        used = max((x + size for x, _, size in found if i <= x < i2), default=i)
        n = bisect_left(ends_b, right[1] + 1) - 1
        compare(used, i2, ends_b[n] if n >= 0 else 0, right[1], "right")
    return sorted(found)


def _chain_only(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if not kept or block[1] >= kept[-1][1] + kept[-1][2]:
            kept.append(block)
    return kept


def _near(matches: list[Block], side: str, size_a: int, size_b: int) -> list[Block]:
    """Those matches that adjoin the anchored side of a gap, a few edited words between."""
    kept: list[Block] = []
    if side == "left":
        i = j = 0
        for x, y, size in matches:
            if x - i > 3 or y - j > 3:
                break
            kept.append((x, y, size))
            i, j = x + size, y + size
    else:
        i, j = size_a, size_b
        for x, y, size in reversed(matches):
            if i - x - size > 3 or j - y - size > 3:
                break
            kept.append((x, y, size))
            i, j = x, y
    return kept
