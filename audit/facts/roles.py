"""Who did what to whom, where: the roles English word order gives the phrases round a trigger."""

from __future__ import annotations

from audit.facts.claim_words import (
    AUX,
    DETERMINERS,
    GOVERNORS,
    HEADS,
    PREP,
    PRONOUNS,
    SAYING,
    TELLS,
    adverb,
)
from audit.facts.phrases import Reader, left_of, phrase_of, right_of, stops
from audit.facts.sentence import Phrase
from audit.facts.triggers import Trigger


def verb_roles(r: Reader, i: int, trigger: Trigger) -> dict[str, Phrase | None]:
    low, gap = r.s.low, r.s.gap
    roles: dict[str, Phrase | None] = {}
    j = i - 1
    passive = False
    while j >= 0 and gap[j + 1] != 2:
        word = low[j]
        if word in ("be", "is", "are", "was", "were", "been", "being", "get", "got", "gets"):
            passive = passive or participle(r, i)
        elif not (word in AUX or word in GOVERNORS or adverb(word)):
            break
        if gap[j] and word not in AUX:
            break
        j -= 1
    passive = passive or (low[i + 1 + len(trigger.tail) : i + 2 + len(trigger.tail)] == ["by"])
    subject, relative = subject_of(r, i, j)
    if not passive and participial(r, i):
        subject = subject or left_of(r, i - 1)
        passive = subject is not None and subject.last == i - 1
    after = i + 1 + len(trigger.tail)
    while after <= r.n and (adverb(low[after]) or low[after] in ("back", "out")):
        after += 1
    obj = None
    if after <= r.n and not gap[after] and not passive:
        obj = right_of(r, after)
    if passive:
        roles["theme"] = subject
    elif relative and subject is not None and obj is None:
        roles["agent"], roles["theme"] = subject, relative
    elif trigger.event in r.lex.themes and (obj is None or trigger.event == "resignation"):
        roles["theme"] = subject
    else:
        roles["agent"], roles["theme"] = subject, obj
    prepositions(r, obj.last + 1 if obj else after, roles, passive, trigger)
    # "imposed sanctions on Turkey": the object names the event, the theme follows it.
    theme = roles.get("theme")
    if "on" in roles and (theme is None or theme.head in HEADS):
        roles["theme"] = roles["on"]
    roles.pop("on", None)
    return roles


def participial(r: Reader, i: int) -> bool:
    """Whether a verb behind a comma tells what was done to the thing before it: "the Ulla, built
    in 1987 in Turku, "."""
    if i == 0 or r.s.gap[i] != 1 or not participle(r, i):
        return False
    return r.s.low[i][-2:] in ("ed", "lt") and r.s.low[i + 1 : i + 2] in (["in"], ["at"], ["on"])


def participle(r: Reader, i: int) -> bool:
    word = r.s.low[i]
    return not word.endswith("ing") and not (word.endswith("s") and not word.endswith("ss"))


_DID_NOT = frozenset("refused refuses declined declines failed fails".split())  # to do it


def finite(r: Reader, i: int) -> bool:
    before = set(r.s.low[max(0, i - 4) : i])
    word = r.s.low[i]
    if word.endswith("ing"):
        return False
    if word in r.lex.bases:
        if r.s.low[i - 1 : i] == ["to"] and i > 1 and r.s.low[i - 2] in _DID_NOT:
            return True
        return bool(before & {"did", "didn't", "do", "does", "doesn't", "don't"})
    return not before & {"to", "if", "being", "having"}


def subject_of(r: Reader, i: int, j: int) -> tuple[Phrase | None, Phrase | None]:
    """The subject left of a verb group that begins after token j; and, in a relative clause
    with a subject of its own ("which Turkey acquired"), the phrase it is about."""
    low, gap = r.s.low, r.s.gap
    if j < 0:
        return None, None
    if low[j] in ("which", "that", "who") and not gap[j + 1]:
        return left_of(r, j - 1) if j else None, None
    if low[j] in ("and", "but", "or", "then") or gap[j + 1]:
        if gap[j + 1] == 1 and low[j] not in ("and", "but", "or"):
            # A comma closes an aside: "Acme, a maker of pumps, bought".
            k = j
            while k > 0 and not gap[k]:
                k -= 1
            name = next((n for n in r.names if r.s.at(n.start) == k), None)
            if name is not None and r.s.at(name.end - 1) == j and " " in name.text:
                return left_of(r, j), None  # "the mayor of Lorn, Ida Voss, was"
            aside = k > 0 and j - k < 8 and not clausal(r, k, j)
            if aside and not (r.s.low[i].endswith("ing")):
                found = left_of(r, k - 1)
                if found:
                    return found, None
        return main_phrase(r, i), None
    if low[j] in PRONOUNS:
        return stands_for(r, j), antecedent(r, j)
    phrase = left_of(r, j)
    if phrase is None:
        return main_phrase(r, i), None
    return phrase, antecedent(r, phrase.first)


def stands_for(r: Reader, j: int) -> Phrase | None:
    """What a subject pronoun stands for: at the head of a sentence, "it" is what the sentence
    before is about, "he" who is in it; in "Acme denied that it", the one who denies."""
    low = r.s.low
    if j == 0 and low[j] in ("it", "he", "she"):
        return Phrase(j, j, r.it.names, r.it.head) if r.it else None
    if low[j] not in ("it", "he", "she", "they"):
        return None
    k = j - 1 - (j > 0 and low[j - 1] == "that")
    while k > 0 and j - k < 7 and (k in r.s.dated or low[k] == "on") and not r.s.gap[k]:
        k -= 1
    if k <= 0 or low[k] not in TELLS or any(r.s.gap[k : j + 1]):
        return None
    k -= 1
    while k > 0 and (low[k] in AUX or adverb(low[k])):
        k -= 1
    phrase = left_of(r, k)
    return phrase if phrase and phrase.names else None


def antecedent(r: Reader, first: int) -> Phrase | None:
    low = r.s.low
    k = first - 1
    while k >= 0 and low[k] in DETERMINERS and low[k] != "that":
        k -= 1
    if k > 0 and low[k] in ("which", "that", "whom"):
        if low[k - 1] in SAYING or (k > 1 and low[k - 1] in PREP):
            return None
        return left_of(r, k - 1)
    return None


def clausal(r: Reader, first: int, last: int) -> bool:
    return any(r.s.low[k] in ("that", "which") for k in range(first, last + 1))


def main_phrase(r: Reader, i: int) -> Phrase | None:
    """The sentence's first noun phrase with a name that follows no preposition."""
    for name in r.names:
        at = r.s.at(name.start)
        if at >= i:
            return None
        k = at
        while k > 0 and not r.s.gap[k] and not stops(r, k - 1):
            k -= 1
        if k > 0 and r.s.low[k - 1] in PREP and not r.s.gap[k]:
            continue
        return right_of(r, k)
    return None


def prepositions(
    r: Reader, at: int, roles: dict[str, Phrase | None], passive: bool, trigger: Trigger
) -> None:
    """Roles that prepositions to the right give, up to the end of the clause."""
    low, gap = r.s.low, r.s.gap
    for _ in range(6):
        while at <= r.n and (at in r.s.dated or low[at] in ("back", "earlier", "later")):
            at += 1
        if at > r.n or gap[at] == 2 or (gap[at] == 1 and low[at] not in ("by", "in")):
            return
        word = low[at]
        if word not in PREP:
            return
        phrase = None if at + 1 > r.n else right_of(r, at + 1)
        if phrase is None:
            at += 1
            continue
        if word == "by":
            key = "agent" if passive or not trigger.verb else "place"
            if key == "agent":
                roles.setdefault(key, phrase)
        elif word in ("from", "to", "with"):
            roles.setdefault("partner", phrase)
        elif word in ("on", "against", "for") and word != "for":
            roles.setdefault("on", phrase)
        elif word in ("in", "at", "near", "across", "outside", "off") and phrase.names:
            roles.setdefault("place", phrase)
        elif word == "of" and not trigger.verb:
            roles.setdefault("theme", phrase)
        elif word == "between":
            roles.setdefault("agent", phrase)
        at = phrase.last + 1


def noun_roles(r: Reader, i: int, trigger: Trigger) -> dict[str, Phrase | None]:
    roles: dict[str, Phrase | None] = {}
    low = r.s.low
    j = i - 1
    while j >= 0 and i - j < 8 and not r.s.gap[j + 1]:
        if stops(r, j) or low[j] == "of":
            break
        j -= 1
    owner = next((k for k in range(i - 1, j, -1) if r.s.owns[k]), None)
    of = low[i + 1 : i + 2] == ["of"]  # "the court's arrest of Voss": the owner acts
    subject_is_theme = trigger.event in r.lex.themes or (trigger.event in r.lex.suffered and not of)
    if owner is not None:
        phrase = left_of(r, owner)
        roles["theme" if subject_is_theme else "agent"] = phrase
        if owner + 1 <= i - 1:
            rest = phrase_of(r, owner + 1, i - 1)
            if rest and any(n.kind != "actor" for n in rest.names):
                roles["theme"] = rest
    elif j + 1 <= i - 1:
        phrase = phrase_of(r, j + 1, i - 1)
        if phrase and phrase.names:
            actors = [n for n in phrase.names if n.kind == "actor"]
            others = [n for n in phrase.names if n.kind != "actor"]
            if actors:
                at = r.s.at(actors[0].start)
                roles["agent"] = phrase_of(r, at, r.s.at(actors[0].end - 1))
            if others and trigger.event in r.lex.makers and others[0].kind != "code":
                at = r.s.at(others[0].start)
                roles.setdefault("agent", phrase_of(r, at, r.s.at(others[0].end - 1)))
            elif others:
                at = r.s.at(others[0].start)
                roles["theme"] = phrase_of(r, at, i - 1)
    # A named noun phrase goes on with its own prepositions: "purchase of", "attack on".
    at = i + 1
    if at <= r.n and low[at] not in PREP and (at not in r.s.dated):
        # "the first delivery arrived in July": the verb after the noun carries its place.
        k = at
        while k <= r.n and k < at + 4 and low[k] not in PREP and not r.s.gap[k]:
            k += 1
        at = k
    prepositions(r, at, roles, True, trigger)
    if roles.get("on") and not roles.get("theme"):
        roles["theme"] = roles["on"]
    roles.pop("on", None)
    return roles
