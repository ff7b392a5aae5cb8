"""“His” where the only person is a woman."""

from audit.checks import Check
from audit.language.tokenpatterns import pronoun_gender

CHECK = Check(
    title="Pronoun of the wrong gender",
    why="A translation from a language with one word for “his” and “her” guesses; the reader "
    "loses who is meant.",
    group="language",
    find=pronoun_gender,
)
