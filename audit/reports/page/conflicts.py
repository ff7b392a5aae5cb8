"""Which facts differ: each event with the days its claims give, and both quotes side by side."""

from __future__ import annotations

from collections.abc import Sequence

from audit import model
from audit.model import CONFLICTS, Report
from audit.reports.markup import Html, count, element, join
from audit.reports.page.parts import link, section

VERDICT_WORDS = {
    "conflict": ("stated in conflict", "bad"),
    "class-mismatch": ("same day, named otherwise", "bad"),
    "disputed": ("disputed", "warn"),
    "update": ("updated", ""),
    "wording": ("other words", ""),
    "coexists": ("no conflict", ""),
    "corroborates": ("corroborated", "good"),
}


def conflicts(report: Report, numbers: dict[str, str]) -> Html:
    events = [e for e in report.events if any(c.verdict in CONFLICTS for c in e.comparisons)]
    others = [e for e in report.events if e not in events]
    return section(
        "conflicts",
        "Conflicting facts",
        "Statements of one event that differ. Copies of one text count as one witness.",
        [_event(event, numbers) for event in events]
        or element("p", "No statements in conflict were seen."),
        element(
            "details",
            element("summary", f"{len(others):,} events without conflict: agreed, or not the same"),
            [_event(event, numbers) for event in others[:100]],
        )
        if others
        else None,
    )


def _event(event: model.Event, numbers: dict[str, str]) -> Html:
    clashes = [c for c in event.comparisons if c.verdict in CONFLICTS]
    others = [c for c in event.comparisons if c.verdict not in CONFLICTS]
    rest: object = [_comparison(c, numbers) for c in others]
    if clashes and others:
        label = f"{len(others)} other comparisons of this event: agreed, or not the same"
        rest = element("details", element("summary", label), rest)
    return element(
        "article",
        element("h3", event.label),
        element("p", count(event.independent_sources, "independent source"), class_="why"),
        _timeline(event.claims, numbers),
        [_comparison(c, numbers) for c in clashes],
        rest,
    )


def _timeline(claims: Sequence[model.EventClaim], numbers: dict[str, str]) -> Html | None:
    dated = sorted(
        (c for c in claims if c.claim.date),
        key=lambda c: (c.claim.date.from_ or c.claim.date.value or "", c.document),  # type: ignore[union-attr]
    )
    if len(dated) < 2:
        return None
    return element(
        "div",
        [
            join(
                element("span", c.claim.date.value, class_="when"),  # type: ignore[union-attr]
                element("span", f"“{c.quote}” ", link(c.document, numbers)),
            )
            for c in dated[:20]
        ],
        class_="three",
    )


def _comparison(comparison: model.Comparison, numbers: dict[str, str]) -> Html:
    words, tone = VERDICT_WORDS[comparison.verdict]
    return element(
        "div",
        element(
            "p",
            element("span", words, class_=f"tag {tone}".strip()),
            f" {comparison.kind}: {comparison.why} ",
            element("span", f"confidence {comparison.confidence:.2f}", class_="none"),
        ),
        element(
            "div",
            [
                element(
                    "div",
                    element("div", link(side.document, numbers), class_="when"),
                    f"“{side.quote}”",
                    class_="side",
                )
                for side in (comparison.a, comparison.b)
            ],
            class_="two",
        ),
    )
