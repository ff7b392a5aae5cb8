"""What is connected with what, by pairs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

_T = TypeVar("_T", bound=Any)


def homes(pairs: Iterable[tuple[_T, _T]]) -> dict[_T, _T]:
    """The least of all that each of these is connected with, by union and path halving."""
    first: dict[_T, _T] = {}

    def root(one: _T) -> _T:
        while first.setdefault(one, one) != one:
            first[one] = first[first[one]]
            one = first[one]
        return one

    for a, b in pairs:
        one, two = sorted((root(a), root(b)))
        first[two] = one
    return {one: root(one) for one in sorted(first)}
