"""Which facts differ: each event with the days its claims give, and both quotes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit import model
from audit.judged import comparison_id
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
SHOWN_LINES = 20  # lines of who says what
SHOWN_PAIRS = 3  # pairs of conflicting statements shown unfolded, surest first


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
    clashes.sort(key=lambda o: -o.first.confidence)
    others = [_comparison(o, pile) for o in opposed if o.first.verdict not in CONFLICTS]
    rest: object = others
    if clashes and others:
        label = f"{count(len(others), 'more comparison')} of this event: agreed, or not the same"
        rest = folded(label, others)
    more = [_comparison(o, pile) for o in clashes[SHOWN_PAIRS:]]
    kinds = sorted({o.first.kind for o in clashes}) or ["date"]
    return element(
        "article",
        element("h3", sentence(cut(event.label, 160)), id=pile.places[event.id], dir="auto"),
        element("p", count(event.independent_sources, "independent source"), class_="why"),
        [_says(event.claims, kind, pile) for kind in kinds],
        [_comparison(o, pile) for o in clashes[:SHOWN_PAIRS]],
        folded(f"{count(len(more), 'more pair')} of these statements in conflict", more)
        if more
        else None,
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
            element(
                "span",
                f" {first.kind}, confidence {first.confidence:.0%}, id {comparison_id(first)[:8]}",
                class_="none",
            ),
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


def _says(claims: Sequence[model.EventClaim], kind: str, pile: Pile) -> Html | None:
    """Who says what: the days, numbers or states that claims give, in order, with their quotes."""
    told: dict[tuple[str | float, str, str], list[str]] = {}
    for one in claims:
        stated = _stated(one.claim, kind)
        if stated is not None:
            listed = told.setdefault((*stated, one.quote), [])
            if one.document not in listed:
                listed.append(one.document)
    if len({order for order, _, _ in told}) < 2:
        return None
    lines: list[Html] = []
    last = None
    for order, label, quote in sorted(told)[:SHOWN_LINES]:
        names = told[order, label, quote]
        lines.append(element("dt", label if label != last else ""))
        lines.append(element("dd", pile.quote(names[0], quote), _told_by(names, pile)))
        last = label
    more = len(told) - SHOWN_LINES
    if more > 0:
        lines += [element("dt", ""), element("dd", f"and {more:,} more", class_="why")]
    return element("dl", lines, class_="days")


def _stated(claim: model.Claim, kind: str) -> tuple[str | float, str] | None:
    """What a claim says that may differ from another: how it sorts, and its words."""
    if kind == "date":
        when = claim.date
        return (when.from_ or when.value, when.value) if when else None
    if kind == "number":
        return (claim.value.value, claim.value.text) if claim.value else None
    if kind in ("status", "negation"):
        return claim.status, claim.status
    return None
