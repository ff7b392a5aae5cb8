"""What the sentence before another one leaves for "it", "he" or "she" to stand for."""

from __future__ import annotations

from bisect import bisect_left

from audit.facts.claim_words import SPEECH
from audit.facts.deals import Deal
from audit.facts.names import Name, within
from audit.facts.plurals import singular
from audit.facts.sentence import It
from audit.tokens import Text

PERSONAL = ("he", "she")


def _person(name: Name) -> bool:
    """Whether a name can be a person's: of two words or more, as far as its text gives it whole."""
    return name.kind == "name" and " " in name.name and not name.text.isupper()


class Previous:
    """What the sentence before another one leaves for a pronoun to stand for."""

    def __init__(self, text: Text, found: list[Name], subject: Deal | None) -> None:
        self.text, self.found, self.subject = text, found, subject
        self.starts = [start for start, _ in text.sentences]

    def of(self, start: int, pronoun: str) -> tuple[list[int], It | None]:
        """The starts of the three sentences before the one at ``start``, and what a pronoun is
        there: "it" is the text's deal, or a name that opens the sentence before; "he" and "she"
        the only one in it who can be a person."""
        at = bisect_left(self.starts, start) - 1
        near = self.starts[max(0, at - 2) : at + 1]
        if at < 0:
            return near, None
        span = self.text.sentences[at]
        if pronoun in PERSONAL:
            people = {name.name: name for name in within(self.found, *span) if _person(name)}
            one = next(iter(people.values())) if len(people) == 1 else None
            return near, It(singular(one.text.split()[-1]), (one,)) if one else None
        if self.subject is not None and span[0] in self.subject.sentences:
            return near, It(self.subject.head, ())
        if "\n" in self.text.plain[span[1] : start]:
            return near, None
        for name in within(self.found, *span)[:1]:
            lead = self.text.plain[span[0] : name.start]
            after = self.text.plain[name.end : name.end + 14].split()[:1]
            if lead in ("", "The ", "the ") and (not after or after[0] not in SPEECH):
                return near, It(singular(name.text.split()[-1]), (name,))
        return near, None
