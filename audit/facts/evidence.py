"""A short statement against a short text on the same matter: can both be right?

Where one of two texts is a sentence or two, there is no story to find events in; the two are
given as being of one matter. What is compared is every date, every number with what it counts,
and whether what one denies the other states. Words are matched by stem, so that a synonym is
never taken for a difference.
"""

from __future__ import annotations

from audit import model
from audit.facts.evidence_dates import dates_differ
from audit.facts.evidence_denials import denials
from audit.facts.evidence_numbers import counts_differ
from audit.facts.opposites import opposites
from audit.tokens import Text

STATEMENT = 45  # words of the shorter text, at most
EVIDENCE = 280  # words of the longer one, at most


def applies(a: Text, b: Text) -> bool:
    """Whether two texts are short enough to be set against each other as they stand."""
    short, long = sorted((len(a.words), len(b.words)))
    return 3 <= short <= STATEMENT and long <= EVIDENCE


def against(
    a: tuple[str, Text, list[model.Timex]],
    b: tuple[str, Text, list[model.Timex]],
    first: int | None = None,
) -> list[model.Comparison]:
    """What a short text and another one, each (id, text, dates), state differently or alike.
    first: below 0 where ``a`` appeared before ``b``, above where after; what an earlier text denies
    may since have happened."""
    found = [
        *dates_differ(a, b),
        *counts_differ(a, b),
        *(denials(a, b, False) if (first or 0) >= 0 else ()),
        *(denials(b, a, True) if (first or 0) <= 0 else ()),
        *opposites(a, b),
    ]
    return sorted(found, key=lambda c: (c.a.start, c.b.start, c.kind))[:12]
