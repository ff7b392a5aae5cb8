"""Two organizations are counted where only one was named."""

from audit.checks import Check
from audit.language.tokenpatterns import one_body_named

CHECK = Check(
    title="“Both organizations”, one named",
    why="A country was taken for an organization: no person wrote, or read, this sentence.",
    group="language",
    find=one_body_named,
)
