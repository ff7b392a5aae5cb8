"""Claims joined to events by what their comparisons say, and who vouches for each event.

Copies are one witness, and so are documents that quote one agency."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from audit import model
from audit.facts.agencies import agency_in
from audit.facts.claim_pairs import Stand
from audit.facts.connected import homes
from audit.facts.telling import class_of, proper
from audit.rules import Rules

CLAIMS = 40  # claims listed of one event
_LINKS = ("conflict", "class-mismatch", "disputed", "update", "corroborates", "wording")
# What an event is told by, of the verdicts on its claims.
ORDER = ("conflict", "class-mismatch", "disputed", "update", "corroborates", "coexists", "wording")


def events_of(
    found: list[tuple[model.Comparison, Stand, Stand]],
    groups: Mapping[str, str],
    rules: Rules,
) -> list[model.Event]:
    """Claims joined by comparisons that say they are of one event."""
    stands: dict[tuple[str, int, int, str], Stand] = {}
    linked = []
    for made, a, b in found:
        keys = [_claim_key(s) for s in (a, b)]
        stands.update(zip(keys, (a, b), strict=True))
        if made.verdict in _LINKS and made.confidence >= 0.6:
            linked.append((keys[0], keys[1]))
    home = homes(linked)
    inside: dict[tuple[str, int, int, str], list[model.Comparison]] = {}
    beside: dict[tuple[str, int, int, str], dict[tuple[str, int, int, str], Stand]] = {}
    for made, a, b in found:
        key = _claim_key(a)
        home_of = home.get(key, key)
        inside.setdefault(home_of, []).append(made)
        # What coexists with the event is shown with it, and counts for no witness of it.
        beside.setdefault(home_of, {})[_claim_key(b)] = b
    members: dict[tuple[str, int, int, str], list[Stand]] = {}
    for key in sorted(stands):
        members.setdefault(home.get(key, key), []).append(stands[key])
    out = []
    for key in sorted(inside):
        claims = members[key]
        shown = {_claim_key(s): s for s in claims} | beside[key]
        comparisons = inside[key]
        verdict = min((c.verdict for c in comparisons), key=ORDER.index)
        digest = hashlib.sha256("|".join(map(str, key)).encode("utf-8", "replace")).hexdigest()
        out.append(
            model.Event(
                id=f"e{digest[:12]}",
                label=_label(claims, rules),
                claims=[
                    model.EventClaim(s.document, s.source, s.claim, s.quote)
                    for s in sorted(
                        shown.values(),
                        key=lambda s: (s.published or "9", s.document, s.claim.start),
                    )
                ][:CLAIMS],
                verdict=verdict,
                comparisons=comparisons[:CLAIMS],
                independent_sources=independent(claims, groups),
            )
        )
    return out


def _claim_key(stand: Stand) -> tuple[str, int, int, str]:
    return (stand.document, stand.claim.start, stand.claim.end, stand.claim.event)


def independent(claims: Iterable[Stand], groups: Mapping[str, str]) -> int:
    """How many independent sources vouch for claims. A source counts once: a text it shares with
    others adds nothing where the source speaks for itself too."""
    told: dict[str, set[str]] = {}
    for stand in claims:
        told.setdefault(witness(stand, groups), set()).add(stand.source or stand.document)
    alone = {name.removeprefix("source ") for name in told if name.startswith("source ")}
    return sum(name.startswith("source ") or not told[name] <= alone for name in told)


def witness(stand: Stand, groups: Mapping[str, str]) -> str:
    """Who vouches for a claim: the agency it is ascribed to, or that its document is by; else the
    cluster of copies its document is in, else its source, else the document."""
    agency = agency_in(stand.speaker or "") or stand.agency
    if agency:
        return f"agency {agency}"
    group = groups.get(stand.document)
    return f"copies {group}" if group else f"source {stand.source or stand.document}"


def _label(claims: Iterable[Stand], rules: Rules) -> str:
    """What an event is called: its class, or what is counted, and the names most claims share."""
    claims = list(claims)
    event = Counter(s.claim.event for s in claims).most_common(1)[0][0]
    who: Counter[str] = Counter()
    for stand in claims:
        roles = stand.claim.roles
        for role in (roles.agent, roles.theme, roles.partner, roles.place):
            if role is not None and (said := proper(role.name)):
                who[said] += 1
    top: list[str] = []
    for said in sorted(who, key=lambda n: (-who[n], len(n), n)):
        if len(top) < 3 and not any(said.split()[-1] == t.split()[-1] for t in top):
            top.append(said)
    name = class_of(event, rules)
    counted = Counter(s.claim.value.slot for s in claims if s.claim.value is not None)
    if event == "count" and counted:
        slot = min(counted, key=lambda c: (-counted[c], c))
        thing = slot.removeprefix("count:")
        name = f"number: {thing.replace('_', ' ')}" if thing != slot else f"number ({slot})"
    return f"{name}: {', '.join(top)}" if top else name
