"""How a comparison is put in words: the event, its days and numbers, and which ones are kept."""

from __future__ import annotations

from collections.abc import Iterable

from audit import model
from audit.facts import events
from audit.facts.open_verbs import is_open, label
from audit.facts.sides import Side
from audit.facts.statement import Statement
from audit.rules import Rules

LIMIT = 60  # comparisons kept of one pair of documents, surest first
_MONTHS = (
    "January February March April May June July August September October November December".split()
)

# What ties two claims to one event (the parts of events.Identity), as an editor says it.
TIES = {
    "theme": "what it is about",
    "head": "what it is about",
    "thing": "what it is about",
    "sole": "told once in either text",
    "focus": "what the texts are about",
    "subject": "what the text is about",
    "agent": "who did it",
    "partner": "the other side",
    "place": "the place",
    "qualifier": "which one of several",
    "trigger": "the word for it",
    "context": "names in the sentence",
    "story": "the story",
}


def name_of(statement: Statement, rules: Rules) -> str:
    return class_of(statement.claim.event, rules)


def class_of(event: str, rules: Rules) -> str:
    """What a class of events is called."""
    if is_open(event):
        return label(event)
    entry = rules.facts["events"]["class"].get(event, {})
    return str(entry.get("label", event.replace("-", " ")))


def label_of(x: Side, y: Side, rules: Rules) -> str:
    """The event in words: "purchase (Turkey, S-400, Russia)"."""
    who: list[str] = []
    for side in (x, y):
        roles = side.statement.claim.roles
        for role in (roles.agent, roles.theme, roles.partner, roles.place):
            said = proper(role.name) if role is not None else ""
            if said and said not in who:
                who.append(said)
    name = name_of(x.statement, rules)
    return f"{name} ({', '.join(who[:4])})" if who else name


def proper(name: str) -> str:
    """The words of a role's name that are a name: "United States" of "United States relation"."""
    words = name.split()
    last = max((i for i, w in enumerate(words) if not w[:1].islower()), default=-1)
    begins = bool(words) and (words[0][:1].isupper() or words[0] in _INNER)
    kept = words[: last + 1] if begins else []
    ends = next((i for i, w in enumerate(kept) if w[:1].islower() and w not in _INNER), len(kept))
    return " ".join(kept[:ends])


_INNER = frozenset("of the and de la le van von der den del al for bin".split())


def when_of(side: Side) -> str:
    days = events.days(side.statement)
    when = side.statement.claim.date
    if when is None:
        return "undated"
    if days is None:
        return when.text
    first, last = days
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month) and first.day == 1 and last.day >= 28:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return when.text


def number_of(quantity: model.Quantity) -> str:
    bound = {"at_least": "at least ", "at_most": "at most ", "about": "about "}
    unit = quantity.unit or ""
    if unit == "year" and quantity.value != 1:
        unit = "years"
    return f"{bound.get(quantity.bound, '')}{figure(quantity.value)} {unit}".strip()


def figure(value: float) -> str:
    """A number as an editor writes it: "410 million", "12,500", "2.5"."""
    for power, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if power <= abs(value) < 1000 * power:
            return f"{value / power:.6g} {word}"
    return f"{value:,.0f}" if value == round(value) and abs(value) < 1e6 else f"{value:.6g}"


def ties_of(same: events.Identity) -> str:
    """What two claims have in common, in words: "who did it, the story"."""
    named = (TIES.get(name) for name, weight in same.parts if weight > 0)
    return ", ".join(dict.fromkeys(name for name in named if name))


def made_of(
    x: Side, y: Side, kind: str, verdict: str, confidence: float, why: str
) -> model.Comparison:
    return model.Comparison(
        x.statement.claim.event,
        kind,  # type: ignore[arg-type]
        why[:1].upper() + why[1:],
        round(min(0.99, confidence), 3),
        x.quote(),
        y.quote(),
        verdict,  # type: ignore[arg-type]
    )


def _twice(c: model.Comparison, found: Iterable[model.Comparison]) -> bool:
    """Whether a surer comparison, or one that says more than that both can hold, is of the same
    two numbers: a toll is compared by what caused it, and by the words beside it."""
    if c.kind != "number":
        return False
    return any(
        o is not c
        and o.kind == "number"
        and o.event == c.event
        and _meet(o.a, c.a)
        and _meet(o.b, c.b)
        and _weight(o) > _weight(c)
        for o in found
    )


def _meet(a: model.Quote, b: model.Quote) -> bool:
    """Whether half of the shorter quote lies in the other: numbers of one list stand in quotes that
    have a word between them in common."""
    both = min(a.end, b.end) - max(a.start, b.start)
    return 2 * both >= min(a.end - a.start, b.end - b.start)


def _weight(c: model.Comparison) -> tuple[bool, float, int, int]:
    return (c.verdict != "coexists", c.confidence, -c.a.start, -c.b.start)


def best(found: list[model.Comparison], most: int = LIMIT) -> list[model.Comparison]:
    """Each difference once, by its surest pair of quotes; the surest ``most`` of them."""
    kept: dict[tuple[str, ...], model.Comparison] = {}
    for one in sorted(found, key=lambda c: (-c.confidence, c.a.start, c.b.start)):
        reason = one.why.partition(" (" if one.kind == "identity" else ". In")[0]
        kept.setdefault((one.verdict, one.kind, one.event, reason), one)
    kept_once = [c for c in kept.values() if not _twice(c, kept.values())]
    surest = sorted(kept_once, key=lambda c: (c.verdict not in model.CONFLICTS, -c.confidence))
    return sorted(surest[:most], key=lambda c: (c.a.start, c.b.start, c.kind, c.verdict))
