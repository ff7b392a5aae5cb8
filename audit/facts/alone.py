"""Grave claims that no named source answers for: they rest on the one text that makes them.

A charge, an arrest or a death told of a named person in the text's own voice or laid on nobody
("sources say") stands alone until an independent document tells of it too: where a pile is
compared, those that are told elsewhere are left out (``standing``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import polars as pl

from audit import model
from audit.article import Article, Remark
from audit.rules import Rules
from audit.tokens import Text

CHECK = "stands-alone"
# Classes of what is told of a person and does harm if it is wrong.
GRAVE = frozenset("death injury arrest charge verdict sentence dismissal".split())
MOST = 5  # remarks on one text: claims laid on an unnamed source first
NEAR = 400  # days before publication: what is older is background
# Two capitalised words at least, of which the last is no word that opens a sentence.
_NAME = re.compile(r"[A-Z][\w'.-]+(?: [A-Z][\w'.-]+)+$(?<! The)(?<! A)(?<! An)(?<! In)(?<! It)")
_BODY = re.compile(
    r"\b(?:States|Union|City|University|Court|Party|Navy|Army|House|Church|School|Nations|County"
    r"|Department|Committee|Council|Police|Service|Street|Island|State|Korea|Kingdom|World|PAC"
    r"|Images|Photos?|Press|Media|News|Bank|Group|Company|Association)\b"
)
HEAD = 600  # characters in which a text tells its news: what comes later is mostly background
NEXT = 300  # characters before and after a sentence in which one who answers is looked for
# What is told in passing is held to be known: "after Vrba was fired", "Vrba, who died in May".
_PASSING = re.compile(
    r"\b(?:since|after|when|while|before|until|till|because|if|as|how|where|who|whose|despite"
    r"|than|like)\b[^,.;]*$",
    re.IGNORECASE,
)
# The same behind the name: "Vrba is back after being acquitted".
_AFTER_BEING = re.compile(
    r"\b(?:after|before|since|despite|following|for) (?:being|having)\b|\bhaving been\b"
)
# What readers are held to know, and what is told of a story: "in Sunday's episode Vrba died".
_KNOWN = re.compile(
    r"\b(?:of course|famously|infamously|episode|season finale|storyline|sitcom|character)\b"
)
_WHO = re.compile(r",? who(?:se)?\b")
# Who answers for what is on record: a charge that a court or the police are told of beside it.
_RECORD = re.compile(
    r"\b(?:police|prosecut\w+|courts?|judges?|jur(?:y|ors)|sheriff|attorneys?|authorities|officials?"
    r"|indictment|affidavit|complaint|deputies|troopers|FBI|tribunal|magistrates?"
    r"|according to (?:the )?charges|charges (?:filed|say|allege)|charging documents?)\b",
    re.IGNORECASE,
)
_ON_RECORD = frozenset("arrest charge verdict sentence".split())
# Somebody answers for a sentence, though nobody was found: "he was fired, the Verl Echo reports".
_ANSWERS = re.compile(
    r"\b(?:reports|reported|according to|said|says|told|confirmed|announced)\b", re.IGNORECASE
)
_OFFICE = re.compile(r"(?i)\b(?:spokes\w+|officials?|police)\b")  # who can be asked again
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_ROLE = re.compile(r"\b(?:of|for|with|against|to|by|in|at|from|near) (?=[A-Z])")
# Headlines over one who is dead, whom the text remembers: the death is no news of its own.
_MOURNS = re.compile(
    r"(?i)\b(?:mourn\w*|tributes?|remember\w*|obituar\w+|farewell|funeral|memorial|legacy|eulog\w+"
    r"|late)\b"
)
_TELLS = re.compile(r",? (?:who |[^,.;]{1,40}, )?(?:was|were|is|has|had|have|been|[a-z]+ed)\b")
# No verb of somebody ("Vrba's arrest"), or one of another sense ("came prepared and executed").
_NOUN = re.compile(
    r"'s? [a-z]+$|^(?:the )?[a-z-]+s? of |(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )executed$"
)
_CERTAIN = {"anonymous": 0.8, "vague": 0.7, None: 0.6}
_WHY = {
    "anonymous": "rests on a source that is not named",
    "vague": "rests on nobody who could be asked",
    None: "no source is given",
}


def unsourced(article: Article, rules: Rules) -> Iterator[Remark]:
    """The grave claims of a text, of somebody named, that no named source answers for."""
    settings = rules.facts["events"]
    found: list[tuple[float, Remark]] = []
    told: set[tuple[str, str]] = set()
    for claim in article.claims:
        if claim.event not in GRAVE or claim.status != "asserted":
            continue
        weight = float(settings["weights"].get(claim.event, 1.0))
        who = _whom(claim, article.text)
        kind = _kind(article, claim)
        if who is None or kind == "named" or _old(claim, article) or (claim.event, who) in told:
            continue
        if _in_passing(claim, article.text) or (
            kind != "anonymous" and _background(claim, article)
        ):
            continue
        told.add((claim.event, who))
        label = settings["class"].get(claim.event, {}).get("label", claim.event)
        sure = _CERTAIN[kind]
        why = f"{str(label).capitalize()} ({who}): {_WHY[kind]}."
        found.append((-sure * weight, Remark(claim.start, claim.end, why, sure)))
    found.sort(key=lambda one: (one[0], one[1].start))
    yield from sorted((one for _, one in found[:MOST]), key=lambda one: one.start)


def _whom(claim: model.Claim, text: Text) -> str | None:
    """The person by full name of whom a verb tells: "Vrba was arrested", not "Vrba's arrest"."""
    quote = text.plain[claim.start : claim.end]
    role = claim.roles.theme
    if role is None or not _NAME.match(role.name) or _BODY.search(role.name):
        return None
    if role.text.split()[-1:] != role.name.split()[-1:] or _IN_ROLE.search(role.text):
        return None  # "the Ilse Marn affair", "the lawyer of Ilse Marn"
    tells = role.start >= claim.start and _TELLS.match(text.plain, role.end, claim.end)
    return role.name if tells and not _NOUN.search(quote) else None


def _kind(article: Article, claim: model.Claim) -> str | None:
    """Who answers for a claim: "named" (a pronoun stands for one), "anonymous", "vague" or None.
    A cue without a source ("was reportedly fired") lays it on nobody."""
    if claim.attribution is None:
        return None
    one = article.attributions[claim.attribution]
    if one.source is None or one.kind == "vague":
        return "vague"
    said = article.text.plain[one.source.start : one.source.end]
    return "anonymous" if one.kind == "anonymous" and not _OFFICE.search(said) else "named"


def _in_passing(claim: model.Claim, text: Text) -> bool:
    """Whether a claim stands in a clause of time or reason, after "who", or in a quotation."""
    theme = claim.roles.theme
    start, end = text.sentence_at(claim.start)
    if theme is None or _PASSING.search(text.plain, start, theme.start):
        return True
    line = text.plain.rfind("\n", 0, claim.start) + 1
    if _AFTER_BEING.search(text.plain, theme.end, claim.end) or _KNOWN.search(
        text.plain, start, end
    ):
        return True
    quoted = text.plain.count('"', line, claim.start) % 2 == 1
    return quoted or _WHO.match(text.plain, theme.end, end) is not None


def _background(claim: model.Claim, article: Article) -> bool:
    """Whether a claim is not the news of its text, or something near it answers for it: told below
    the head, of one who is mourned, with a record or a named source beside it."""
    text = article.text
    start, end = text.sentence_at(claim.start)
    if claim.start >= HEAD or (claim.event == "death" and _MOURNS.search(article.title or "")):
        return True
    if claim.event in _ON_RECORD and _RECORD.search(text.plain, max(0, start - NEXT), end + NEXT):
        return True
    if _ANSWERS.search(text.plain, start, end):
        return True
    return any(
        one.cue is not None
        and start - NEXT <= one.cue.start < end + NEXT
        and one.kind in ("named", "institution")
        for one in article.attributions
    )


def _old(claim: model.Claim, article: Article) -> bool:
    """Whether a claim is dated long before its document: background, which many have told."""
    when, told = claim.date, article.published.from_
    if told is None:
        return False
    if when is None or when.to is None:
        text = article.text
        years = _YEAR.findall(text.plain, text.sentence_at(claim.start)[0], claim.end)
        return bool(years) and int(max(years)) < int(told[:4]) - 1
    return (date.fromisoformat(told[:10]) - date.fromisoformat(when.to[:10])).days > NEAR


def standing(
    findings: pl.DataFrame, events: Iterable[model.Event], source_of: Mapping[str, str | None]
) -> pl.DataFrame:
    """The findings of a run without those of this check whose claim does not stand alone: two
    independent sources tell of its event, or two sources make the same claim."""
    told = {
        (one.document, one.claim.start)
        for event in events
        if event.independent_sources > 1
        for one in event.claims
    }
    rows = findings.filter(pl.col("rule") == CHECK).select("id", "document", "start", "message")
    mine = [
        (key, document, start, message.partition(":")[0])
        for key, document, start, message in rows.iter_rows()
    ]
    makers: dict[str, set[str]] = {}
    for _, document, _, claimed in mine:
        makers.setdefault(claimed, set()).add(source_of.get(document) or document)
    gone = {
        key
        for key, document, start, claimed in mine
        if (document, start) in told or len(makers[claimed]) > 1
    }
    return findings.filter(~pl.col("id").is_in(sorted(gone)))
