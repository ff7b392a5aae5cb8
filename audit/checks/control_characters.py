"""Characters that cannot be seen. Found by reading.noticed."""

from audit.checks import Check
from audit.reading import noticed

CHECK = Check(
    title="Control characters",
    why=(
        "Characters that cannot be seen come from careless copying; those that turn the"
        " direction of writing can make a text read differently from what it says."
    ),
    group="reading",
    find=noticed.controls,
)
