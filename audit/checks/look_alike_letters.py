"""Letters of another alphabet inside words. Found by duplication.disguise."""

from audit.checks import Check
from audit.duplication import disguise

CHECK = Check(
    title="Look-alike letters",
    why=(
        "Nobody types a word with letters of two alphabets. It is done by machine, so that a"
        " search for copies or a filter does not find the text."
    ),
    group="duplication",
    find=disguise.look_alikes,
)
