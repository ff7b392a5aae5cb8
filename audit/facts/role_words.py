"""What one person of a report is: a word that names one such person where a text tells of no other.

"The driver, 47", "the suspect, a 61-year-old man".
"""

from __future__ import annotations

ROLES = frozenset(
    """driver motorist pilot copilot co-pilot captain skipper gunman gunwoman shooter attacker
    assailant killer murderer bomber perpetrator suspect accused defendant leader founder owner
    mayor president candidate challenger striker forward midfielder defender goalkeeper winger
    player singer actor actress priest pastor preacher prophet guru teacher coach chairman
    chairwoman gambler bride groom widow mother father""".split()
)
