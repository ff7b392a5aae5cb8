"""An editor's own facts, or a ClaimReview dump from disk, set against what documents claim.

Own facts are CSV or JSON rows of ``subject``, ``event`` (an id or label of an event class, or a
verb), ``date`` (2017, 2017-03 or 2017-03-09) or ``number``, and ``link``. ClaimReview entries
(schema.org) are matched by the words of the claim reviewed.
"""

from __future__ import annotations

import calendar
import csv
import difflib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.article import Article
from audit.facts.names import aliases, same
from audit.facts.open_verbs import PREFIX
from audit.facts.stems import stem
from audit.facts.telling import class_of
from audit.model import AuditError, Claim, Finding, Roles
from audit.rules import Rules

REVIEWED = 0.8  # share of a reviewed claim's words that a sentence must have
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True)
class Reference:
    """One known fact; ``text`` is the claim that a ClaimReview is about, with its ``verdict``."""

    subject: str = ""
    event: str = ""
    date: str | None = None
    number: float | None = None
    link: str = ""
    text: str = ""
    verdict: str = ""


def load(path: str, rules: Rules) -> list[Reference]:
    """The facts of a CSV (commas, semicolons or tabs) or JSON file. Raises AuditError where a row
    cannot be used: an event that no claim can have would never be found.

    ClaimReview entries are taken from wherever they stand: a feed, a list of list items, a graph,
    lists in lists; what stands beside them (publishers, pages) is passed over.
    """
    try:
        content = Path(path).read_text("utf-8-sig")
        if path.lower().endswith(".csv"):
            head = content.partition("\n")[0]
            mark = max(",;\t", key=head.count)
            rows: list[Any] = list(csv.DictReader(content.splitlines(), delimiter=mark))
        else:
            loaded = json.loads(content)
            rows = list(_reviews(loaded)) or (loaded if isinstance(loaded, list) else [loaded])
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or error
        raise AuditError(f"{path}: cannot be read as reference facts: {why}") from error
    return [_reference(row, path, n, rules) for n, row in enumerate(rows, 1)]


def _reviews(loaded: Any) -> Iterator[dict[str, Any]]:
    """The ClaimReview entries of JSON-LD, in their order, however they are nested."""
    waiting = [loaded]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("claimReviewed"):
                yield one
                continue
            one = list(one.values())
        if isinstance(one, list):
            waiting.extend(reversed(one))


def _first(value: Any) -> Any:
    """The first of a list, or what is no list: JSON-LD lets any value be one or several."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def _reference(row: Any, path: str, n: int, rules: Rules) -> Reference:
    if not isinstance(row, dict):
        raise AuditError(f"{path}: row {n} is no record of subject, event, date, number, link")
    if row.get("claimReviewed"):
        rating, link = _first(row.get("reviewRating")) or {}, _first(row.get("url"))
        if not isinstance(rating, dict):
            rating = {"alternateName": rating}
        verdict = _first(rating.get("alternateName")) or _first(rating.get("ratingValue"))
        return Reference(
            link=str(link if isinstance(link, str) else ""),
            text=str(_first(row["claimReviewed"])),
            verdict=str(verdict or ""),
        )
    when, number = row.get("date") or None, row.get("number")
    if when is not None and not _DATE.match(str(when)):
        raise AuditError(f"{path}: row {n}: date {when!r} is not like 2017, 2017-03 or 2017-03-09")
    try:
        value = float(number) if number not in (None, "") else None
    except (TypeError, ValueError) as error:
        raise AuditError(f"{path}: row {n}: number {number!r} is no number") from error
    if not row.get("subject") or not row.get("event") or (when is None and value is None):
        has = ", ".join(str(key) for key in row if row[key]) or "nothing"
        raise AuditError(f"{path}: row {n} needs subject, event, and date or number; it has {has}")
    _event(str(row["event"]), path, n, rules)
    return Reference(
        str(row["subject"]),
        str(row["event"]),
        str(when) if when is not None else None,
        value,
        str(row.get("link") or ""),
    )


def _event(event: str, path: str, n: int, rules: Rules) -> None:
    """Refuses an event that is no class, no label of one, and no verb that could open one."""
    classes = rules.facts["events"]["class"]
    known = sorted({*classes, *(str(entry.get("label", name)) for name, entry in classes.items())})
    name = event.casefold()
    if name in known:
        return
    near = difflib.get_close_matches(name, known, 1, 0.75)
    if near:
        raise AuditError(f"{path}: row {n}: no event {event!r}; do you mean {near[0]!r}?")
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*(?: (?:out|up|off|down|away|over))?", name):
        raise AuditError(
            f"{path}: row {n}: no event {event!r}; it is a verb (evacuate) or one of "
            f"{', '.join(known)}"
        )


def findings(article: Article, known: Sequence[Reference], rules: Rules) -> Iterator[Finding]:
    """What a document claims otherwise than the reference facts, and reviewed claims it repeats."""
    for reference in known:
        if reference.text:
            yield from _reviewed(article, reference)
            continue
        for claim in article.claims:
            if _about(claim, reference, rules) and (told := _differs(claim, reference)):
                yield _finding(
                    article,
                    claim.start,
                    claim.end,
                    f"Own facts: {reference.subject}, {reference.event}: "
                    f"{reference.date or f'{reference.number:g}'}; here {told}.",
                    reference.link,
                    0.8,
                )


def _about(claim: Claim, reference: Reference, rules: Rules) -> bool:
    event = reference.event.casefold()
    names = (claim.event, claim.event.removeprefix(PREFIX), class_of(claim.event, rules))
    if event not in names or claim.status != "asserted":
        return False
    subject = aliases(rules).get(reference.subject, reference.subject)
    return any(same(role, subject) for role in _names(claim.roles))


def _names(roles: Roles) -> list[str]:
    filled = (roles.agent, roles.theme, roles.partner, roles.place)
    return [role.name for role in filled if role is not None]


def _differs(claim: Claim, reference: Reference) -> str | None:
    """What the claim gives instead, None where it agrees or says nothing."""
    if reference.date is not None and claim.date is not None:
        first, last = _days(reference.date)
        when = claim.date
        if when.from_ and when.to and (when.to[:10] < first or when.from_[:10] > last):
            return when.text
    value = claim.value
    if reference.number is not None and value is not None:
        low, high = value.value, value.value_to or value.value
        if value.bound == "at_least":
            high = float("inf")
        elif value.bound == "at_most":
            low = float("-inf")
        if not low <= reference.number <= high:
            return value.text
    return None


def _days(value: str) -> tuple[str, str]:
    match = _DATE.match(value)
    if match is None:
        raise AuditError(f"date {value!r} is not like 2017, 2017-03 or 2017-03-09")
    year, month, day = match.groups()
    if day:
        return value, value
    if month:
        last = calendar.monthrange(int(year), min(12, max(1, int(month))))[1]
        return f"{year}-{month}-01", f"{year}-{month}-{last:02}"
    return f"{year}-01-01", f"{year}-12-31"


def _reviewed(article: Article, reference: Reference) -> Iterator[Finding]:
    wanted = {stem(w) for w in re.findall(r"\w[\w'-]{3,}", reference.text)}
    if len(wanted) < 4:
        return
    for start, end in article.text.sentences:
        words = {stem(w) for w in re.findall(r"\w[\w'-]{3,}", article.text.plain[start:end])}
        if len(wanted & words) >= REVIEWED * len(wanted):
            verdict = f" ({reference.verdict})" if reference.verdict else ""
            yield _finding(
                article, start, end, f"This claim was reviewed{verdict}.", reference.link, 0.7
            )
            return


def _finding(
    article: Article, start: int, end: int, message: str, link: str, confidence: float
) -> Finding:
    return Finding(
        document=article.id,
        rule="differs-from-reference",
        family="reference",
        group="facts",
        severity=3,
        start=start,
        end=end,
        quote=article.text.raw[start:end],
        message=f"{message} {link}".strip(),
        confidence=confidence,
    )
