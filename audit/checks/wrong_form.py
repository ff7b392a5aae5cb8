"""Forms of words that never stand after the small word before them."""

from audit.checks import Check
from audit.language.forms import wrong_forms

CHECK = Check(
    title="Form that does not follow",
    why="A form that edited English never has after this word (“would triggered”, “they dogs”): "
    "nobody read the sentence again, or its writer is not at home in the language.",
    group="language",
    find=wrong_forms,
)
