"""Repeated words: what stands twice by mistake."""

from audit.checks import Check
from audit.language.repeats import repeated_words

CHECK = Check(
    title="Repeated words",
    why="Words that stand twice in a row were put together by a program or never read again.",
    group="language",
    find=repeated_words,
)
