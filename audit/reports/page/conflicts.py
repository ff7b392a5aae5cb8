"""Which facts differ: each event with the days its claims give, and both quotes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit import model
from audit.model import CONFLICTS, Report
from audit.reports.markup import Html, count, element, join
from audit.reports.page.parts import Pile, cut, folded, looked_for, section, sentence

VERDICT_WORDS = {
    "conflict": ("conflict", "bad"),
    "class-mismatch": ("same day, named otherwise", "bad"),
    "disputed": ("disputed", "warn"),
    "update": ("updated", ""),
    "wording": ("other words", ""),
    "coexists": ("no conflict", ""),
    "corroborates": ("agree", "good"),
}
QUIET_EVENTS = 100  # events without conflict shown
SHOWN_SIDES = 6  # texts named for one quote
SHOWN_DAYS = 20  # lines of a timeline


@dataclass
class Opposed:
    """Comparisons of the same two quotes, which copies may bring many times, as one."""

    first: model.Comparison
    a: list[str]
    b: list[str]


def conflicts(report: Report, pile: Pile) -> Html:
    """Events whose statements differ, then, folded, those that agree or are not the same."""
    if not looked_for(report, "facts"):
        return section("conflicts", "Conflicting facts", "Facts were not compared in this run.")
    clashing = [e for e in report.events if any(c.verdict in CONFLICTS for c in e.comparisons)]
    ids = {e.id for e in clashing}
    quiet = [e for e in report.events if e.id not in ids]
    return section(
        "conflicts",
        "Conflicting facts",
        "Statements of one event that differ, side by side. Copies of one text count as one"
        " witness.",
        [_event(event, pile) for event in clashing]
        or element("p", "No statements in conflict were seen."),
        folded(
            f"{count(len(quiet), 'event')} without conflict: agreed, or not the same",
            [_event(event, pile) for event in quiet[:QUIET_EVENTS]],
            element("p", f"and {len(quiet) - QUIET_EVENTS:,} more in the JSON report", class_="why")
            if len(quiet) > QUIET_EVENTS
            else None,
        )
        if quiet
        else None,
    )


def _event(event: model.Event, pile: Pile) -> Html:
    opposed = together(event.comparisons)
    clashes = [o for o in opposed if o.first.verdict in CONFLICTS]
    others = [_comparison(o, pile) for o in opposed if o.first.verdict not in CONFLICTS]
    rest: object = others
    if clashes and others:
        label = f"{count(len(others), 'more comparison')} of this event: agreed, or not the same"
        rest = folded(label, others)
    return element(
        "article",
        element("h3", sentence(cut(event.label, 160)), id=pile.places[event.id], dir="auto"),
        element("p", count(event.independent_sources, "independent source"), class_="why"),
        _timeline(event.claims, pile),
        [_comparison(o, pile) for o in clashes],
        rest,
    )


def together(comparisons: Sequence[model.Comparison]) -> list[Opposed]:
    """The comparisons, those of the same two quotes as one, in order of the first of them."""
    found: dict[tuple[str, ...], Opposed] = {}
    for c in comparisons:
        key = (c.verdict, c.kind, *sorted((c.a.quote, c.b.quote)))
        one = found.setdefault(key, Opposed(c, [], []))
        turned = c.a.quote != one.first.a.quote
        for listed, side in ((one.a, c.b if turned else c.a), (one.b, c.a if turned else c.b)):
            if side.document not in listed:
                listed.append(side.document)
    return list(found.values())


def _comparison(opposed: Opposed, pile: Pile) -> Html:
    first = opposed.first
    words, tone = VERDICT_WORDS[first.verdict]
    return element(
        "div",
        element(
            "p",
            element("span", words, class_=f"tag {tone}".strip()),
            " ",
            element("span", first.why, dir="auto"),
            element("span", f" {first.kind}, confidence {first.confidence:.0%}", class_="none"),
        ),
        element(
            "div",
            [
                element(
                    "div", pile.quote(names[0], side.quote), _told_by(names, pile), class_="side"
                )
                for side, names in ((first.a, opposed.a), (first.b, opposed.b))
            ],
            class_="two",
        ),
        class_="against",
    )


def _told_by(names: Sequence[str], pile: Pile) -> Html:
    more = len(names) - SHOWN_SIDES
    return element(
        "p",
        [join(", " if n else "", pile.link(name)) for n, name in enumerate(names[:SHOWN_SIDES])],
        f" and {more:,} more" if more > 0 else None,
        class_="why",
    )


def _timeline(claims: Sequence[model.EventClaim], pile: Pile) -> Html | None:
    """The days that claims give, in order: what is said of each, and by which texts."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for claim in claims:
        when = claim.claim.date
        if when is not None:
            key = (when.from_ or when.value, when.value, claim.quote)
            listed = told.setdefault(key, [])
            if claim.document not in listed:
                listed.append(claim.document)
    if len({value for _, value, _ in told}) < 2:
        return None
    lines = sorted(told)
    return element(
        "dl",
        [
            join(
                element("dt", value),
                element("dd", pile.quote(told[key][0], quote), _told_by(told[key], pile)),
            )
            for key in lines[:SHOWN_DAYS]
            for _, value, quote in (key,)
        ],
        element("dd", f"and {len(lines) - SHOWN_DAYS:,} more", class_="why")
        if len(lines) > SHOWN_DAYS
        else None,
        class_="days",
    )
