"""Characters shown in the wrong encoding. Found by reading.noticed."""

from audit.checks import Check
from audit.reading import noticed

CHECK = Check(
    title="Mangled characters",
    why=(
        "Text such as â€™ was stored in one encoding and read in another. Nobody looked at the"
        " page before it was published, or the text was lifted from elsewhere by a machine."
    ),
    group="reading",
    find=noticed.mangled,
)
