"""How a verdict on a whole text is told: by how many slips bear it out, and which."""

from __future__ import annotations

from collections.abc import Sequence

from audit import model

# What hangs on it, and what is said; before any single slip in the text.
VERDICTS = {
    "machine-translated": (0.5, "The text reads as machine-translated"),
    "spun": (0.55, "The text reads as spun: another's text with its words exchanged"),
    "template": (0.4, "The text reads as filled in from a template"),
    "back-translated": (0.5, "The text reads as translated to and fro"),
    "second-language": (0.35, "The text reads as written in a second language"),
}
SURE = 0.8  # how sure a verdict on a text is that was given
# Slips that quoted posts and the collecting of a page leave as often as a writer does.
LEFT = frozenset({"broken-before-small-letter", "decapitalised-name"})
SHOWN = 3  # slips that are quoted
QUOTED = 60  # characters of each


def told(verdict: str, slips: Sequence[model.Finding]) -> tuple[float, model.Finding, str]:
    """What hangs on a verdict, the slip that shows it best, and the reason: how many clear slips
    there are, some of them quoted, and what is said of the best."""
    weight, said = VERDICTS[verdict]
    found = sorted(slips, key=_rank)
    best = found[0]
    if len(found) == 1:
        return weight, best, f"{said}. {best.message}"
    quotes = list(dict.fromkeys(_short(" ".join(one.quote.split())) for one in found))
    shown = [f"“{quote}”" for quote in quotes[:SHOWN]]
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    more = "such as " if len(found) > len(shown) else ""
    why = f"{said}; {len(found)} clear slips, {more}{listed}. On the first: {best.message}"
    return weight, best, why


def _rank(finding: model.Finding) -> tuple[bool, int, float, int, str]:
    """What shows best how a text reads: marks of translating and spinning before plain slips."""
    plain = finding.family not in ("mt", "spin") or finding.rule in LEFT
    return plain, -finding.severity, -finding.confidence, finding.start, finding.id


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
