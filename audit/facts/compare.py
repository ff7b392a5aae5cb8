"""What two claims are to each other: conflict, update, two steps of one story, or the same thing.

Every verdict rests on event identity (audit/facts/events.py) and on one difference: of days, of
numbers, of status, or of the name given to the event. It names both quotes and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit import model
from audit.facts import events, evidence, tolls
from audit.facts.events import Identity, Story
from audit.facts.extract import Facts
from audit.facts.statement import Statement
from audit.rules import Rules
from audit.tokens import Text

LIMIT = 60  # comparisons kept of one pair of documents, surest first
WITHIN = 0.35  # likeness lent to two claims of one document: it tells of many events
SURE = 0.6  # identity from which a difference is called a conflict
_DONE = ("asserted",)
_AHEAD = ("planned", "considered", "proposed", "threatened", "predicted")
_AGAINST = ("denied", "negated")
# Counts that grow as news comes in: a later, higher one is an update.
_GROWING = frozenset(
    "killed injured missing arrested displaced evacuated infected cases rescued".split()
)
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True)
class Doc:
    """A document to compare: its id, text and facts."""

    id: str
    text: Text
    facts: Facts


@dataclass(frozen=True)
class Side:
    """One claim of a pair with the document round it."""

    document: str
    words: str  # of the claim, as in the text
    statement: Statement
    story: Story
    published: model.Published
    speaker: str | None

    def quote(self) -> model.Quote:
        claim = self.statement.claim
        return model.Quote(claim.start, claim.end, self.document, self.words)


def compare_documents(a: Doc, b: Doc, rules: Rules) -> list[model.Comparison]:
    """What the claims of two documents are to each other; of one document with itself where both
    are the same. Sorted by place in ``a``; at most LIMIT, the surest."""
    left, right = sides(a, rules), (None if a.id == b.id else sides(b, rules))
    if right is None:
        pairs: Iterator[tuple[Side, Side]] = (
            (x, y) for i, x in enumerate(left) for y in left[i + 1 :]
        )
        likeness = WITHIN
    else:
        pairs = ((x, y) for x in left for y in right)
        likeness = (
            events.alike(left[0].story, right[0].story, events.actors(rules))
            if left and right
            else 0.0
        )
    found = []
    if right is not None and evidence.applies(a.text, b.text):
        found = evidence.against((a.id, a.text, a.facts.dates), (b.id, b.text, b.facts.dates))
    if right is not None and left and right:
        found.extend(_tolls(a, b, left, right, likeness, rules))
    for x, y in pairs:
        made = compare(x, y, likeness, rules)
        if made is not None:
            found.append(made)
    return best(found)


def sides(doc: Doc, rules: Rules) -> list[Side]:
    """The claims of a document, each with what its document lends it."""
    known = events.actors(rules)
    story = events.story((name.name for name in doc.facts.names), known)
    return [
        Side(
            doc.id,
            doc.text.raw[s.claim.start : s.claim.end],
            s,
            story,
            doc.facts.published,
            _speaker(doc, s),
        )
        for s in doc.facts.statements
    ]


def _speaker(doc: Doc, statement: Statement) -> str | None:
    index = statement.claim.attribution
    if index is None:
        return None
    source = doc.facts.attributions[index].source
    return doc.text.plain[source.start : source.end] if source else None


def compare(x: Side, y: Side, likeness: float, rules: Rules) -> model.Comparison | None:
    """The verdict on two claims, or None where they have nothing to do with each other.

    One sentence, word for word, in two documents is one statement: if it says "Thursday" in
    documents of two weeks, one has it from the other, and that is no conflict.
    """
    made = _verdict(x, y, likeness, rules)
    copied = x.document != y.document and x.words.split() == y.words.split()
    if copied and made is not None and made.verdict in model.CONFLICTS:
        return None
    return made


def _verdict(x: Side, y: Side, likeness: float, rules: Rules) -> model.Comparison | None:
    one, two = x.statement, y.statement
    if x.document == y.document and one.trigger == two.trigger:
        return None
    if one.claim.event == two.claim.event:
        same = events.identity(one, two, likeness, x.story, y.story, rules)
        return (
            _numbers(x, y, same, rules)
            or _parts(x, y, same, rules)
            or _dates(x, y, same, rules)
            or _status(x, y, same, rules)
            or _both(x, y, same, rules)
        )
    if _chain(one, two, rules) is not None or _mistaken(one, two, rules):
        same = events.identity(one, two, likeness, x.story, y.story, rules)
        return _steps(x, y, same, rules)
    return None


# Verdicts ------------------------------------------------------------------------------------


def _numbers(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    a, b = x.statement.claim.value, y.statement.claim.value
    if a is None or b is None or a.slot != b.slot or same.probability < 0.5:
        return None
    if a.slot in tolls.TOLLS:
        return None  # audit/facts/tolls.py: totals of the main event only
    if (a.unit or "") != (b.unit or "") or a.slot in ("age", "percentage", "duration"):
        return None
    what = _label(x, y, rules)
    if compatible(a, b):
        return _made(x, y, "number", "corroborates", same.probability,
                     f"Both give {_number(a)} for {what}.")  # fmt: skip
    if not _anchored(same) or (events.gap(x.statement, y.statement) or 0) > 0:
        return None
    ratio = max(a.value, b.value) / max(1e-9, min(a.value, b.value))
    if ratio > 3 and not 900 < ratio < 1100:
        return None  # another amount of the same deal; a thousandfold is a slip of the unit
    return _clash(x, y, "number", same, f"{what}: {_number(a)} against {_number(b)}", rules)


def _tolls(
    a: Doc, b: Doc, left: list[Side], right: list[Side], likeness: float, rules: Rules
) -> list[model.Comparison]:
    counts = [tolls.tolls(d.text, d.facts.statements, d.facts.published) for d in (a, b)]
    both = [
        [(next(s for s in found if s.statement is t.statement), t) for t in c]
        for found, c in zip((left, right), counts, strict=True)
    ]
    causes = (tolls.cause(a.facts.statements), tolls.cause(b.facts.statements))
    known = events.actors(rules)
    leads = (
        tolls.lead(a.text, a.facts.names, counts[0]) - known,
        tolls.lead(b.text, b.facts.names, counts[1]) - known,
    )
    return [c for c, _, _ in compare_tolls(both[0], both[1], causes, leads, likeness, rules)]


def compare_tolls(
    left: list[tuple[Side, tolls.Toll]],
    right: list[tuple[Side, tolls.Toll]],
    causes: tuple[str | None, str | None],
    leads: tuple[frozenset[str], frozenset[str]],
    likeness: float,
    rules: Rules,
) -> list[tuple[model.Comparison, Side, Side]]:
    """The totals two reports give of what both take for their main event, set side by side.

    causes, leads: the main cause and the names at the head of either report."""
    if not left or not right:
        return []
    days = tolls.apart(left[0][0].published, right[0][0].published)
    if not tolls.one_event(causes[0], causes[1], likeness, days):
        return []
    if leads[0] and leads[1] and not events.meet(*leads):
        return []
    sure = min(0.95, 0.55 + 0.5 * likeness)
    same = Identity(sure, (("story", likeness), ("main event", 1.0)))
    out = []
    steady = causes[0] is not None and causes[0] == causes[1] and causes[0] not in tolls.ONGOING
    for x, one in left:
        for y, two in right:
            if tolls.comparable(one, two, 60.0 if steady else 3.0):
                made = _count(x, y, one.value, two.value, same, rules)
                if made is not None:
                    out.append((made, x, y))
    return out


def _count(
    x: Side, y: Side, a: model.Quantity, b: model.Quantity, same: Identity, rules: Rules
) -> model.Comparison | None:
    what = f"{a.slot}, main event"
    if compatible(a, b):
        return _made(x, y, "number", "corroborates", same.probability,
                     f"Both give {_number(a)} ({what}).")  # fmt: skip
    why = f"{what}: {_number(a)} against {_number(b)}"
    if (a.value == 1) != (b.value == 1) and a.slot != "magnitude":
        return _made(x, y, "number", "coexists", same.probability * 0.6,
                     f"{why}; the one may be a first report, or one among the others.")  # fmt: skip
    order = _order(x.published, y.published)
    if order:
        early, late = (a, b) if order < 0 else (b, a)
        if late.value >= early.value:
            return _made(x, y, "number", "update", same.probability,
                         f"{why}; the higher count was published later.")  # fmt: skip
    return _clash(x, y, "number", same, why, rules)


def _dates(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    a, b = events.days(x.statement), events.days(y.statement)
    if a is None or b is None or same.probability < 0.5:
        return None
    left, right = x.statement.claim, y.statement.claim
    what = _label(x, y, rules)
    ahead = (left.status in _AHEAD) + (right.status in _AHEAD)
    if left.status in _AGAINST or right.status in _AGAINST:
        return None
    if not _anchored(same):
        return None
    if events.gap(x.statement, y.statement) == 0:
        if ahead:
            return None
        return _made(x, y, "date", "corroborates", same.probability,
                     f"Both date {what} alike: {_when(x)} and {_when(y)}.")  # fmt: skip
    if ahead == 1:
        coming = x if left.status in _AHEAD else y
        if coming.statement.nominal or _loose(x, y, rules):
            return None
        return _made(x, y, "date", "coexists", same.probability,
                     f"{what}: one looks ahead to {_when(x if left.status in _AHEAD else y)}, "
                     f"the other reports {_when(y if left.status in _AHEAD else x)}.")  # fmt: skip
    if _loose(x, y, rules) or "subject" in {name for name, _ in same.parts}:
        return None
    if same.has("focus") and not (same.has("partner") or same.has("qualifier")):
        return None
    why = f"{what}: {_when(x)} against {_when(y)}; the days do not meet"
    if ahead == 2 and (_order(x.published, y.published) or 0) != 0:
        return _made(x, y, "date", "update", same.probability,
                     f"{why}; the plan was reported again later.")  # fmt: skip
    return _clash(x, y, "date", same, why, rules)


_OFFSET = re.compile(r"\b(?:later|earlier|after|before|following|previous|ago|same)\b", re.I)


def _loose(x: Side, y: Side, rules: Rules) -> bool:
    """Whether two dates are too loosely known to clash: of something that lasts, counted from
    another day ("a week later"), with a year or a week that the text does not give."""
    entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
    if entry.get("lasts"):
        return True
    gap = events.gap(x.statement, y.statement) or 0
    for side in (x, y):
        text = side.statement.claim.date.text if side.statement.claim.date else ""
        if _OFFSET.search(text):
            return True
        if not re.search(r"\d{4}", text) and gap > 200:
            return True
        if not re.search(r"\d", text) and (5 < gap < 9 or gap <= 1):
            return True  # "last Sunday": this week's or the one before; or the night between
        if side.statement.claim.date and side.statement.claim.date.type == "TIME" and gap <= 1:
            return True
    return False


def _parts(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """First batch against second batch: alike, and two events."""
    if not (same.has("other qualifier") or same.has("one qualifier")):
        return None
    if not (same.has("theme") or same.has("focus")) or same.has("other agent"):
        return None
    left, right = x.statement.claim, y.statement.claim
    dated = left.date is not None or right.date is not None
    if not dated and left.status == right.status:
        return None
    names = [q or "the one before" for q in (left.qualifier, right.qualifier)]
    sure = 0.6 + 0.1 * (left.date is not None) + 0.1 * (right.date is not None)
    return _made(x, y, "identity", "coexists", sure,
                 f"Two events, not one: {names[0]} and {names[1]} ({_label(x, y, rules)}).",
                 )  # fmt: skip


def _status(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    left, right = x.statement.claim.status, y.statement.claim.status
    if left == right or same.probability < SURE or not _anchored(same):
        return None
    what = _label(x, y, rules)
    gap = events.gap(x.statement, y.statement)
    alike = x.statement.lemma[:5] == y.statement.lemma[:5]
    if (left in _AGAINST or right in _AGAINST) and not alike:
        return None
    if left in _AGAINST or right in _AGAINST:
        if (left in _AGAINST and right in _AGAINST) or (gap or 0) > 0:
            return None
        against, other = (left, right) if left in _AGAINST else (right, left)
        entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
        if entry.get("lasts") or (x.statement.nominal and y.statement.nominal):
            return None
        if against == "denied":
            return _made(x, y, "status", "disputed", same.probability * 0.8,
                         f"{what}: {other} in one place, denied in the other.")  # fmt: skip
        if other != "asserted" or not (x.statement.finite and y.statement.finite):
            return None
        agents = bool(x.statement.agent) + bool(y.statement.agent)
        if not same.has("theme") or agents == 1 or (agents == 2 and not same.has("agent")):
            return None
        return _clash(
            x, y, "negation", same, f"{what}: said to have happened, and not to have", rules
        )
    if left in _DONE or right in _DONE:
        ahead = left if left in _AHEAD else right
        if (x if left == ahead else y).statement.nominal or same.probability < 0.86:
            return None
        if (
            rules.facts["events"]["class"].get(x.statement.claim.event, {}).get("repeats")
            == "often"
        ):
            return None
        return _made(x, y, "status", "coexists", same.probability * 0.7,
                     f"{what}: first {ahead}, then reported as done.")  # fmt: skip
    return None


def _both(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """Two documents that report one event, with nothing to set against each other."""
    if x.document == y.document or same.probability < 0.85 or not _anchored(same):
        return None
    one, two = x.statement, y.statement
    if one.claim.status not in _DONE or two.claim.status not in _DONE:
        return None
    if (events.gap(one, two) or 0) > 0 or not (one.finite or two.finite):
        return None
    if not same.has("theme") or not (same.has("agent") or not (one.agent or two.agent)):
        return None
    entry = rules.facts["events"]["class"].get(one.claim.event, {})
    if entry.get("repeats") == "often":
        return None
    return _made(x, y, "identity", "corroborates", same.probability * 0.9,
                 f"Both report the {_label(x, y, rules)}.")  # fmt: skip


def _steps(x: Side, y: Side, same: Identity, rules: Rules) -> model.Comparison | None:
    """Claims of two classes: steps of one chain, or one date under two names."""
    one, two = x.statement, y.statement
    if same.probability < 0.5 or not (same.has("theme") or same.has("focus")):
        return None
    if one.claim.status not in _DONE or two.claim.status not in _DONE:
        return None
    gap = events.gap(one, two)
    if gap is None or same.has("other agent") or same.has("other partner"):
        return None
    a, b = _name(one, rules), _name(two, rules)
    fine = _fine(one) and _fine(two)
    if gap == 0 and fine and _mistaken(one, two, rules) and x.document != y.document:
        return _made(x, y, "identity", "class-mismatch", min(0.9, same.probability * 0.9),
                     f"Both speak of {_when(x)}: one calls it the {a}, the other calls that date "
                     f"the {b} ({_label(x, y, rules)}).")  # fmt: skip
    order = _chain(one, two, rules)
    if order is None or gap == 0:
        return None
    if "life" in _chains(one, two, rules) and not same.has("theme"):
        return None
    first, then = (x, y) if order < 0 else (y, x)
    start, end = events.days(first.statement), events.days(then.statement)
    if start and end and start[1] <= end[0]:
        return _made(x, y, "date", "coexists", same.probability,
                     f"Two steps of one matter, in their order: {_name(first.statement, rules)} "
                     f"{_when(first)}, {_name(then.statement, rules)} {_when(then)}.")  # fmt: skip
    return None


def _clash(
    x: Side, y: Side, kind: str, same: Identity, why: str, rules: Rules
) -> model.Comparison | None:
    """A difference that cannot both hold: of two documents, or of two speakers.

    In one document it takes what hardly happens twice, dated in full: a text that tells a thing
    with two dates mostly tells two things."""
    if same.probability < SURE:
        return None
    if x.document == y.document and not _once(x, y, kind, rules):
        return None
    parts = ", ".join(name for name, weight in same.parts if weight > 0 and name != "rare")
    if x.speaker and y.speaker and _two(x.speaker, y.speaker):
        return _made(x, y, kind, "disputed", same.probability * 0.85,
                     f"{why}. Two speakers differ: {x.speaker} and {y.speaker}.")  # fmt: skip
    return _made(x, y, kind, "conflict", same.probability * 0.9, f"{why}. In common: {parts}.")


def _once(x: Side, y: Side, kind: str, rules: Rules) -> bool:
    entry = rules.facts["events"]["class"].get(x.statement.claim.event, {})
    rare = entry.get("repeats") == "rare" or bool(entry.get("once"))
    dates = [s.statement.claim.date for s in (x, y)]
    full = all(d is not None and re.search(r"\d{4}", d.text) for d in dates)
    asserted = x.statement.claim.attribution is None and y.statement.claim.attribution is None
    return kind == "date" and rare and full and asserted


def _two(a: str, b: str) -> bool:
    """Whether two speakers are surely two: both named, with no name in common."""
    left, right = (set(re.findall(r"\b[A-Z][\w'-]{2,}", text)) for text in (a, b))
    return bool(left and right) and not left & right


# What they rest on ---------------------------------------------------------------------------


def compatible(a: model.Quantity, b: model.Quantity) -> bool:
    """Whether two numbers for one thing can both be meant.

    Equal, or within a tenth of each other where one is rounded ("about", "more than 200").
    """
    low, high = sorted((a, b), key=lambda q: q.value)
    if low.value_to is not None and low.value <= high.value <= low.value_to:
        return True
    if high.value == low.value:
        return True
    if _rounded(low.value, high.value) or _rounded(high.value, low.value):
        return True
    if a.bound == b.bound == "exact":
        return False
    slack = 1.5 if low.bound == "at_least" and high.bound != "at_least" else 1.1
    return high.value <= low.value * slack


def _rounded(coarse: float, fine: float) -> bool:
    """Whether a number of one to three figures is another one rounded: 13 billion for 13.2."""
    if coarse < 10 or coarse <= 0:
        return False
    figures = len(f"{coarse:.0f}".rstrip("0"))
    return figures <= 3 and f"{coarse:.{max(0, figures - 1)}e}" == f"{fine:.{figures - 1}e}"


_AGAINST_IT = frozenset(
    ("other theme", "other agent", "other place", "other qualifier", "one qualifier", "far apart")
)


def _anchored(same: Identity) -> bool:
    """Whether something specific ties two claims: a named theme, or agent and place or partner."""
    has = {name for name, _ in same.parts}
    if has & _AGAINST_IT:
        return False
    if "theme" in has or has >= {"thing", "head"}:
        return True
    if "focus" in has:
        return "agent" in has or "partner" in has or "qualifier" in has
    if "subject" in has and "qualifier" in has:
        return True
    if "other head" in has:
        return False
    return "agent" in has and bool(has & {"partner", "place"})


def _chain(one: Statement, two: Statement, rules: Rules) -> int | None:
    """Below 0 where the first claim's class comes before the second's in a chain of events."""
    for chain in rules.facts["events"].get("chains", {}).values():
        if one.claim.event in chain and two.claim.event in chain:
            return int(chain.index(one.claim.event) - chain.index(two.claim.event))
    return None


def _chains(one: Statement, two: Statement, rules: Rules) -> list[str]:
    table = rules.facts["events"].get("chains", {})
    return [n for n, c in table.items() if one.claim.event in c and two.claim.event in c]


def _mistaken(one: Statement, two: Statement, rules: Rules) -> bool:
    table = rules.facts["events"].get("mistaken", {})
    a, b = one.claim.event, two.claim.event
    return b in table.get(a, []) or a in table.get(b, [])


def _fine(statement: Statement) -> bool:
    days = events.days(statement)
    return days is not None and (days[1] - days[0]).days <= 31


def _order(a: model.Published, b: model.Published) -> int | None:
    """Below 0 where ``a`` appeared before ``b``; None where that cannot be told."""
    if not (a.from_ and a.to and b.from_ and b.to):
        return None
    if a.to < b.from_:
        return -1
    if b.to < a.from_:
        return 1
    return 0 if a.from_ == a.to == b.from_ == b.to else None


# Words -----------------------------------------------------------------------------------------


def _name(statement: Statement, rules: Rules) -> str:
    entry = rules.facts["events"]["class"].get(statement.claim.event, {})
    return str(entry.get("label", statement.claim.event.replace("-", " ")))


def _label(x: Side, y: Side, rules: Rules) -> str:
    """The event in words: "purchase (Turkey, S-400, Russia)"."""
    who: list[str] = []
    for side in (x, y):
        roles = side.statement.claim.roles
        for role in (roles.agent, roles.theme, roles.partner, roles.place):
            if role is not None and role.name not in who and role.name[:1].isupper():
                who.append(role.name)
    name = _name(x.statement, rules)
    return f"{name} ({', '.join(who[:4])})" if who else name


def _when(side: Side) -> str:
    days = events.days(side.statement)
    when = side.statement.claim.date
    if days is None or when is None:
        return "undated"
    first, last = days
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month) and first.day == 1 and last.day >= 28:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return when.text


def _number(quantity: model.Quantity) -> str:
    bound = {"at_least": "at least ", "at_most": "at most ", "about": "about "}
    return f"{bound.get(quantity.bound, '')}{quantity.value:g} {quantity.unit or ''}".strip()


def _made(
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


def best(found: list[model.Comparison], most: int = LIMIT) -> list[model.Comparison]:
    """Each difference once, by its surest pair of quotes; the surest ``most`` of them."""
    kept: dict[tuple[str, ...], model.Comparison] = {}
    for one in sorted(found, key=lambda c: (-c.confidence, c.a.start, c.b.start)):
        reason = one.why.partition(" (" if one.kind == "identity" else ". In")[0]
        kept.setdefault((one.verdict, one.kind, one.event, reason), one)
    surest = sorted(kept.values(), key=lambda c: (c.verdict not in model.CONFLICTS, -c.confidence))
    return sorted(surest[:most], key=lambda c: (c.a.start, c.b.start, c.kind, c.verdict))
