"""What a text says happened: the event, who did what to whom, where, when, how many.

No parser and no model. A trigger (a verb or noun of rules/facts/events.toml) opens a claim; its
roles are the noun phrases that English word order puts round it: active and passive, relative
clauses ("which Turkey acquired"), nominal phrases ("Turkey's purchase of"), headlines. Dates and
quantities go to the trigger they stand nearest to, within the clause.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from audit import model
from audit.facts.claim_amounts import build, is_price, price_of, toll_of
from audit.facts.claim_words import CARRIED_OUT, TOLLS
from audit.facts.deal_objects import about, struck, with_what
from audit.facts.deals import deal, money, told
from audit.facts.denials import denials
from audit.facts.merging import merged
from audit.facts.modality import status as status_of
from audit.facts.names import Name
from audit.facts.open_verbs import (
    DAYS,
    days_of,
    is_open,
    named,
    open_of,
    open_triggers,
    worth,
)
from audit.facts.phrases import Reader
from audit.facts.previous import PERSONAL, Previous
from audit.facts.roles import noun_roles, verb_roles
from audit.facts.sentence import owners, sentence_of
from audit.facts.statement import Statement
from audit.facts.ties import date_of, value_of
from audit.facts.triggers import Trigger, lexicon
from audit.rules import Rules
from audit.tokens import Text


def statements(
    text: Text,
    found: list[Name],
    dates: list[model.Timex],
    quantities: list[model.Quantity],
    attributions: list[model.Attribution],
    rules: Rules,
) -> list[Statement]:
    """The claims of an English text, in order of their triggers; ``found`` are its names."""
    lex = lexicon(rules)
    codes = [n for n in found if n.kind == "code"]  # the 90s of "KV-90s" are no decade
    if codes:
        dates = [d for d in dates if not any(n.start < d.start < n.end + 2 for n in codes)]
    said = sorted(
        (span.start, span.end, index)
        for index, attribution in enumerate(attributions)
        for span in attribution.content
    )
    out: list[Statement] = []
    also = [q.start for q in quantities if q.slot in TOLLS]
    subject = deal(text, found)
    if subject is not None:
        also += [q.start for q in quantities if money(q.slot)]
    previous = Previous(text, found, subject)
    known = [name.start for name in found]
    begun = [timex.start for timex in dates]
    counted = [quantity.start for quantity in quantities]
    opening, verbs = text.where(lex.opens), text.where(open_of(rules).verb)
    starts = [start for start, _ in text.sentences]
    openers = _by_sentence(text, opening)
    verbal = _by_sentence(text, verbs)
    opened = openers.keys() | {bisect_right(starts, offset) - 1 for offset in also} - {-1}
    bounds = (*text.openings, len(text.lower))
    owned = owners(text)
    for nth in sorted({*opened, *_dated(text, dates, verbal, starts, opened)}):
        start, end = text.sentences[nth]
        first, last = bounds[nth], bounds[nth + 1]
        if first == last or last - first > 400:
            continue
        timexes = dates[bisect_left(begun, start) : bisect_left(begun, end)]
        amounts = quantities[bisect_left(counted, start) : bisect_left(counted, end)]
        near = found[bisect_left(known, start) : bisect_left(known, end)]
        inside = [name for name in near if name.end <= end]
        if not inside and not timexes and not amounts:
            continue
        sentence = sentence_of(text, owned, start, end, first, last)
        before: list[int] = []
        it = None
        if subject is not None or sentence.low[0] in ("it", *PERSONAL):
            before, it = previous.of(start, sentence.low[0])
        for timex in timexes:
            a, b = sentence.at(timex.start), sentence.at(timex.end - 1)
            sentence.dated.update(range(max(a, 0), b + 1))
        reader = Reader(
            text,
            sentence,
            lex,
            inside,
            timexes,
            amounts,
            said,
            rules,
            it,
            subject if subject and told(text.plain, (start, end), before, subject) else None,
            openers.get(nth, []),
            verbal.get(nth, []),
        )
        made = read(reader) if nth in opened else []
        out.extend(sorted([*made, *_open(reader)], key=lambda s: s.trigger))
    out.extend(denials(text, out, said))
    return _sole(out)


def _sole(made: list[Statement]) -> list[Statement]:
    """Claims of a thing without a name, marked where the text has no two that differ: "the dump
    opens in May" where nothing else is said to open, or to open at another time."""
    told: dict[tuple[str, str], set[tuple[str, float | str]]] = {}
    for one in made:
        if one.head is not None and not one.nominal:
            differ = told.setdefault((one.claim.event, one.head), set())
            if one.claim.date is not None:
                differ.add(("date", one.claim.date.value))
            if one.claim.value is not None:
                differ.add(("number", one.claim.value.value))
    return [
        msgspec.structs.replace(one, sole=True)
        if one.head is not None
        and not (one.nominal or one.theme or is_open(one.claim.event))
        and len(differ := told[one.claim.event, one.head]) == len({kind for kind, _ in differ})
        else one
        for one in made
    ]


def _open(r: Reader) -> list[Statement]:
    """The claims of a sentence whose verbs are in no class, where they can be compared."""
    if not (r.names and r.verbs):
        return []
    found = (statement_of(r, i, trigger) for i, trigger in open_triggers(r))
    return [one for one in found if one is not None]


def _by_sentence(text: Text, places: list[int]) -> dict[int, list[int]]:
    """Those of the words at these places that stand in each sentence, counted from its first."""
    found: dict[int, list[int]] = {}
    openings = text.openings
    for at in places:
        nth = bisect_right(openings, at) - 1
        if nth >= 0:
            found.setdefault(nth, []).append(at - openings[nth])
    return found


def _dated(
    text: Text,
    dates: list[model.Timex],
    verbs: dict[int, list[int]],
    starts: list[int],
    opened: set[int],
) -> list[int]:
    """The other sentences with a day and a verb that can open a class of its own."""
    days = [timex.start for timex in dates if days_of(timex) <= DAYS]
    held = {bisect_right(starts, at) - 1 for at in days} - opened - {-1}
    openings, lower = text.openings, text.lower
    return [n for n in held if any(lower[openings[n] + at][-2:] != "'s" for at in verbs.get(n, ()))]


def read(r: Reader) -> list[Statement]:
    out: list[Statement] = []
    used: set[int] = set()
    for index, trigger in r.triggers:
        made = statement_of(r, index, trigger)
        if made is not None:
            out.append(made)
            if made.claim.value is not None:
                used.add(made.claim.value.start)
    for quantity in r.quantities:
        if quantity.slot in TOLLS and quantity.start not in used:
            out.append(toll_of(r, quantity))
        elif r.deal and money(quantity.slot) and is_price(r, quantity):
            out.append(price_of(r, quantity, r.deal))
    return merged(out)


def statement_of(r: Reader, i: int, trigger: Trigger) -> Statement | None:
    roles = verb_roles(r, i, trigger) if trigger.verb else noun_roles(r, i, trigger)
    if trigger.converse:
        roles["agent"], roles["partner"] = roles.get("partner"), roles.get("agent")
    opens = is_open(trigger.event)
    things = r.lex.things.get(trigger.lemma) if trigger.verb else None
    if struck(trigger, roles.get("theme")):
        return None
    roles["theme"] = about(r, i, trigger, roles.get("theme"))
    given = roles["theme"]
    if given is not None and trigger.verb and (got := with_what(r, trigger, given)) is not given:
        roles["theme"], roles["partner"] = got, given  # "supplied Norway with ships"
    if opens and roles.get("theme") is None:
        roles["theme"] = roles.pop("agent", None)
    if things is not None:  # "the first parts arrived": the subject is what was delivered
        told = [p for p in (roles.pop("agent", None), roles.pop("theme", None)) if p is not None]
        subject = next((p for p in told if p.last < i), None)
        if subject is None or things.isdisjoint(
            (subject.head, *r.s.low[subject.first : subject.last])
        ):
            return None
        roles["theme"] = subject
    if opens and not named(roles):
        return None
    start, end = r.s.spans[i][0], r.s.spans[min(i + len(trigger.tail), r.n)][1]
    last = max((p.last for p in roles.values() if p is not None and p.first > i), default=i)
    date = date_of(r, i, trigger.verb, last)
    value = value_of(r, i, trigger, roles.get("theme"))
    if date is None and value is None and not any(p and p.names for p in roles.values()):
        return None
    if opens and not worth(r, i, roles, date, value):
        return None
    status, cue = status_of(r.text, start, end, r.rules)
    if trigger.event == "rejection" and status == "denied":
        status = "asserted"
    status = wished(r, i, trigger, status)
    made = build(r, i, trigger, roles, date, value, status, start, end)
    if status == "denied" and cue is not None:  # the words that deny it are what is quoted
        claim = msgspec.structs.replace(
            made.claim, start=min(made.claim.start, cue.start), end=max(made.claim.end, cue.end)
        )
        made = msgspec.structs.replace(made, claim=claim)
    return made


def wished(r: Reader, i: int, trigger: Trigger, status: model.Status) -> model.Status:
    """What should be, and bare infinitives that nothing says were carried out, are no facts."""
    if not trigger.verb or status not in ("asserted", "negated"):
        return status
    before = r.s.low[max(0, i - 4) : i]
    if any(word in ("should", "must", "ought", "shouldn't", "mustn't") for word in before):
        return "proposed"
    if status == "asserted" and before[-1:] == ["to"] and not set(before) & CARRIED_OUT:
        return "considered"
    return status
