"""Per-source scores: what the evidence says of a source, with a likely range, or nothing.

Every score is a sum of contributions in hundredths of a point, each with its reason, and no
score is given on less than the minimum evidence of rules/scoring.toml. Reliability is made of
presentation, sourcing, originality and consistency; language quality is a score of its own and
adds nothing to it. Copies of others' text say nothing of how a source reports: documents count
by the share of their text that is the source's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from audit import model
from audit.rules import Rules

NAMED = 20  # findings a contribution names
LEAST_WEIGHT = 1e-9  # documents; less is none
LIKELY = 1.645  # standard errors on each side of a 90 % range of a normal distribution


@dataclass(frozen=True)
class Evidence:
    """What one audited document adds to the scores of its source.

    own: share of its text that is its own (0..1). signals: rates, as scoring.signals measures
    them; empty in languages that have none. slips: language findings weighted by severity, a
    1,000 words. conflicts, supported: statements in conflict with, or carried by, independent
    documents, each weighted by confidence. findings: ids of findings by what they count for.
    """

    document: str
    source: str
    words: int
    own: float
    borrowed: float
    signals: Mapping[str, float]
    slips: float | None
    conflicts: float
    supported: float
    findings: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class _Sum:
    """One score in the making: its parts, in points."""

    score: str
    parts: list[tuple[str, float, str, list[str]]] = field(default_factory=list)

    def add(self, measure: str, points: float, why: str, findings: Sequence[str] = ()) -> None:
        self.parts.append((measure, points, why, sorted(findings)[:NAMED]))

    def total(self) -> float:
        return sum(points for _, points, _, _ in self.parts)

    def contributions(self) -> list[model.Contribution]:
        """The parts in hundredths, with the part that keeps the sum within 0..100."""
        made = [
            model.Contribution(self.score, name, round(points * 100), why, findings)
            for name, points, why, findings in self.parts
        ]
        total = sum(c.hundredths for c in made)
        clamped = min(max(total, 0), 10000)
        if clamped != total:
            made.append(
                model.Contribution(
                    self.score, "scale", clamped - total, "a score stays between 0 and 100"
                )
            )
        return made


def score(
    evidence: Iterable[Evidence], checks: Mapping[str, Sequence[model.CheckFirst]], rules: Rules
) -> list[model.Source]:
    """The sources of the evidence, each with its six scores.

    evidence: in order of source and document, so that one source is held at a time.
    """
    return [
        _source(name, list(rows), list(checks.get(name, ())), rules.scoring)
        for name, rows in groupby(evidence, key=attrgetter("source"))
    ]


def _source(
    name: str, rows: list[Evidence], checks: list[model.CheckFirst], settings: dict[str, Any]
) -> model.Source:
    effective = sum(row.own for row in rows)
    words = sum(row.words for row in rows)
    borrowed = sum(row.borrowed * row.words for row in rows) / words if words else None
    least = settings["minimum"]
    enough = effective >= least["documents"] and (
        sum(row.own * row.words for row in rows) >= least["words"]
    )
    made: dict[str, tuple[model.Score, list[model.Contribution]]] = {}
    original = _originality(rows, borrowed, settings)
    consistent = _consistency(rows, settings)
    areas = {area: _area(area, rows, settings) for area in ("presentation", "sourcing")}
    for area, (sums, error) in areas.items():
        measured = any(row.signals for row in rows)
        made[area] = _made(sums, error, enough, measured)
    made["originality"] = _made(*original, len(rows) >= least["documents"], borrowed is not None)
    compared = sum(row.conflicts + row.supported for row in rows)
    made["consistency"] = _made(*consistent, compared >= least["compared"], compared > 0)
    made["language"] = _made(*_language(rows, settings), enough, _written(rows))
    made["reliability"] = _made(
        *_reliability(rows, borrowed, compared, settings), enough, any(row.signals for row in rows)
    )
    scores = model.Scores(**{key: made[key][0] for key in model.Scores.__struct_fields__})
    return model.Source(
        id=name,
        name=name,
        documents=len(rows),
        effective=round(effective, 2),
        borrowed_share=None if borrowed is None else round(borrowed, 4),
        scores=scores,
        contributions=[c for key in model.Scores.__struct_fields__ for c in made[key][1]],
        check_first=checks[: settings["shown"]["check_first"]],
    )


def _made(
    sums: _Sum, error: float, enough: bool, applies: bool
) -> tuple[model.Score, list[model.Contribution]]:
    """A score of its parts, or the reason there is none; the error is one standard error."""
    if not applies:
        return model.Score(None, None, None, "not_applicable"), []
    if not enough:
        return model.Score(None, None, None, "insufficient"), []
    contributions = sums.contributions()
    value = sum(c.hundredths for c in contributions) / 100
    reach = LIKELY * error
    low, high = max(0.0, value - reach), min(100.0, value + reach)
    return model.Score(value, round(low, 2), round(high, 2), "scored"), contributions


def _mean(values: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Weighted mean and its standard error, from (value, weight)."""
    total = sum(weight for _, weight in values)
    if total < LEAST_WEIGHT:
        return 0.0, math.inf
    mean = sum(value * weight for value, weight in values) / total
    if len(values) < 2:
        return mean, math.inf
    spread = sum(weight * (value - mean) ** 2 for value, weight in values) / total
    counted = total**2 / sum(weight**2 for _, weight in values)
    return mean, math.sqrt(spread / max(counted - 1, 0.5))


def standing(value: float, measure: Mapping[str, Any]) -> float:
    """How far a rate is from the usual, in units of its usual spread, at most ``cap`` away."""
    cap = measure.get("cap", 2.5)
    return max(-cap, min(cap, (value - measure["centre"]) / measure["scale"]))


def _measures(
    rows: Sequence[Evidence], settings: dict[str, Any], area: str | None = None
) -> list[tuple[dict[str, Any], float, list[tuple[float, float]]]]:
    """Each measure with its mean standing and the standing of each document, by weight."""
    found = []
    for measure in settings["measure"]:
        if area is not None and measure["area"] != area:
            continue
        values = [
            (standing(row.signals[measure["signal"]], measure), row.own)
            for row in rows
            if measure["signal"] in row.signals and row.own > 0
        ]
        if values:
            found.append((measure, _mean(values)[0], values))
    return found


def _linear(
    sums: _Sum, rows: Sequence[Evidence], settings: dict[str, Any], area: str | None, factor: float
) -> float:
    """Adds the measures' points to a sum; returns the standard error over documents."""
    measures = _measures(rows, settings, area)
    for measure, mean, _ in measures:
        signal = measure["signal"]
        seen = _mean([(r.signals[signal], r.own) for r in rows if signal in r.signals])[0]
        sums.add(
            signal,
            factor * measure["points"] * mean,
            f"{measure['name']}: {seen:.3g}, usual {measure['centre']:.3g}",
        )
    totals: dict[int, tuple[float, float]] = {}
    for measure, _, values in measures:
        for at, (value, weight) in enumerate(values):
            before = totals.get(at, (0.0, weight))[0]
            totals[at] = (before + factor * measure["points"] * value, weight)
    return _mean(list(totals.values()))[1] if totals else math.inf


def _area(area: str, rows: Sequence[Evidence], settings: dict[str, Any]) -> tuple[_Sum, float]:
    """Presentation or sourcing: 50 is usual, 20 points are one usual spread between sources."""
    sums = _Sum(area)
    sums.add("usual", 50.0, "where a usual source stands")
    return sums, _linear(sums, rows, settings, area, settings["area"][area]["factor"])


def _originality(
    rows: Sequence[Evidence], borrowed: float | None, settings: dict[str, Any]
) -> tuple[_Sum, float]:
    sums = _Sum("originality")
    sums.add("own text", 100.0, "all of its text counted as its own")
    share = borrowed or 0.0
    ids = [i for row in rows for i in row.findings.get("copies", ())]
    sums.add("borrowed", -100.0 * share, f"{share:.0%} of its text stood elsewhere first", ids)
    error = 100 * math.sqrt(max(share * (1 - share), 0.25 / (len(rows) + 4)) / (len(rows) + 4))
    return sums, error


def _consistency(rows: Sequence[Evidence], settings: dict[str, Any]) -> tuple[_Sum, float]:
    """The share of compared statements that hold: a beta distribution over a weak prior."""
    prior = settings["consistency"]
    good = sum(row.supported for row in rows)
    bad = sum(row.conflicts for row in rows)
    base = prior["supported"] / (prior["supported"] + prior["conflicts"])
    n = good + bad + prior["supported"] + prior["conflicts"]
    value = (good + prior["supported"]) / n
    with_support = (good + prior["supported"]) / (n - bad)
    sums = _Sum("consistency")
    sums.add("prior", 100 * base, "what is assumed before anything was compared")
    sums.add("supported", 100 * (with_support - base), f"{good:.1f} statements carried by others")
    ids = [i for row in rows for i in row.findings.get("conflicts", ())]
    sums.add("conflicts", 100 * (value - with_support), f"{bad:.1f} statements in conflict", ids)
    return sums, 100 * math.sqrt(value * (1 - value) / (n + 1))


def _written(rows: Sequence[Evidence]) -> bool:
    return any(row.slips is not None for row in rows)


def _language(rows: Sequence[Evidence], settings: dict[str, Any]) -> tuple[_Sum, float]:
    """100 less the slips; a half is lost at the number of slips that rules/scoring.toml names."""
    half = settings["language"]["half"]
    values = [
        (100 * half / (half + row.slips), row.own or 0.05) for row in rows if row.slips is not None
    ]
    mean, error = _mean(values)
    sums = _Sum("language")
    sums.add("clean", 100.0, "a text without a slip")
    ids = [i for row in rows for i in row.findings.get("language", ())]
    rate = _mean([(row.slips, row.own or 0.05) for row in rows if row.slips is not None])[0]
    sums.add("slips", mean - 100.0, f"{rate:.1f} slips a 1,000 words, weighted by harm", ids)
    return sums, error


def _reliability(
    rows: Sequence[Evidence], borrowed: float | None, compared: float, settings: dict[str, Any]
) -> tuple[_Sum, float]:
    fitted = settings["reliability"]
    sums = _Sum("reliability")
    sums.add("usual", fitted["base"], "where a usual source stands")
    error = _linear(sums, rows, settings, None, 1.0)
    if borrowed:
        sums.add(
            "borrowed",
            -fitted["borrowed"] * borrowed,
            f"{borrowed:.0%} of its text stood elsewhere first",
            [i for row in rows for i in row.findings.get("copies", ())],
        )
    if compared:
        bad = sum(row.conflicts for row in rows)
        sums.add(
            "conflicts",
            -fitted["conflicts"] * bad / (compared + fitted["compared"]),
            f"{bad:.1f} of {compared:.1f} compared statements in conflict",
            [i for row in rows for i in row.findings.get("conflicts", ())],
        )
    return sums, math.hypot(error, fitted["residual"])
