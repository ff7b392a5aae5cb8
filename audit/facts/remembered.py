"""What is worked out of single words, remembered: most words of a text were met before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_MOST = 1 << 15  # words that are remembered


class Remembered(dict[str, _T]):
    """What a function makes of each word, worked out when a word is met first.

    ``list(map(memory.__getitem__, words))`` then takes no Python step a word. It is emptied when
    it holds ``most`` words, so that no input makes it grow. Pure memory: the same word always
    gives the same.
    """

    __slots__ = ("most", "work")

    def __init__(self, work: Callable[[str], _T], most: int = _MOST) -> None:
        super().__init__()
        self.work, self.most = work, most

    def __missing__(self, word: str) -> _T:
        if len(self) >= self.most:
            self.clear()
        made = self[word] = self.work(word)
        return made
