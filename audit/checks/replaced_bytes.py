"""Characters that were lost on the way to us. Found by reading.noticed."""

from audit.checks import Check
from audit.reading import noticed

CHECK = Check(
    title="Lost characters",
    why=(
        "A � stands where bytes could not be decoded. Names, amounts and quotation marks may be"
        " gone with them, and what is lost cannot be checked."
    ),
    group="reading",
    find=noticed.lost,
)
