"""British and American spelling in one article."""

from audit.checks import Check
from audit.language.tokenpatterns import mixed_spelling

CHECK = Check(
    title="British and American spelling mixed",
    why="A house keeps to one spelling; two in one article show text put together from several.",
    group="language",
    find=mixed_spelling,
)
