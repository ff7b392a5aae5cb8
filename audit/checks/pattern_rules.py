"""What the rules of rules/language see: slips of translation, grammar, spinning; residue."""

from audit.checks import Check
from audit.language.patterns import find

CHECK = Check(
    title="Pattern rules",
    why="An exact phrase that an editor would stop at tells more than a score of the whole text.",
    group="language",
    find=find,
)
