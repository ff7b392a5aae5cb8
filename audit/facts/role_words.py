"""What one person of a report is: words that name one such person, where a text tells of no other.

"The driver, 47", "the suspect, a 61-year-old man". No word is among them of which most reports have
several: leaders, players, mothers.
"""

from __future__ import annotations

ROLES = frozenset(
    """driver motorist pilot copilot co-pilot captain skipper gunman gunwoman shooter attacker
    assailant killer bomber perpetrator suspect accused defendant mayor""".split()
)

# Before such a word: another one than the one without.
ANOTHER = frozenset(
    "deputy vice former ex acting assistant second third other another rival late then".split()
)
