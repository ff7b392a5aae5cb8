"""Invisible characters inside words. Found by duplication.disguise."""

from audit.checks import Check
from audit.duplication import disguise

CHECK = Check(
    title="Hidden characters in words",
    why=(
        "Characters without width inside words keep a search from finding the text, while a"
        " reader sees nothing. They are put there to pass a copy off as new."
    ),
    group="duplication",
    find=disguise.hidden_characters,
)
