"""Repeated sentence: what stands twice by mistake."""

from audit.checks import Check
from audit.language.repeats import repeated_sentence

CHECK = Check(
    title="Repeated sentence",
    why="A sentence that comes again word for word is a caption, a pull quote or a page put "
    "together from pieces: readers get it twice.",
    group="language",
    find=repeated_sentence,
)
