"""Set expressions in which a program swapped a word for a synonym."""

from audit.checks import Check
from audit.language.expressions import broken_expressions

CHECK = Check(
    title="Broken set expression",
    why="A term such as “human rights” has one form; with a synonym in it nobody knows what is "
    "meant, and the rest of the text was likely spun as well.",
    group="language",
    find=broken_expressions,
)
