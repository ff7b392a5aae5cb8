"""Two documents with one id. Found by reading.identity while ids are given."""

from audit.checks import Check
from audit.reading import identity

CHECK = Check(
    title="Repeated id",
    why=(
        "Two documents of the input have the same id. One of them may be a version of the"
        " other, or a list may have been joined wrongly; both are kept, the second as id~2."
    ),
    group="reading",
    find=identity.rename,
    by="reading",
)
