"""When a document was published: what its metadata, head, address and wording tell, as a range."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_tz

import msgspec

from audit import model
from audit.facts.calendar import MONTH, MONTHS, covers, day
from audit.facts.heads import head_day
from audit.facts.wording import FULL, day_of, evidence
from audit.tokens import Text, plain

_ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T\d*)?\s*$")
_LABEL = re.compile(
    r"(?:published|posted|updated|created|date|issued|released|filed|immediate release)\b"
    r"\W{0,3}(?:on|at|in)?\b",
    re.IGNORECASE,
)
# Before a day in figures, which may be of anything: "filed (11/22/1993)".
_POSTED = re.compile(r"\b(?:published|posted|updated|date)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-](?P<m>0?[1-9]|1[0-2]|"
    + "|".join(name[:3] for name in MONTHS)
    + r")(?:(?:[_-]|(?=/\d\d?(?:[/_.]|$))/)(?P<d>0?[1-9]|[12]\d|3[01])(?![\d]))?(?=[/_.-]|$)"
    r"|(?<!\d)(?P<y8>(?:19|20)\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_HEAD = 600
# A clock beside a day makes a stamp ("Nov 12, 2007 03:57 PM", "6:04 PM EST 4/19/2007"): prose says
# "at" between them, unless it is a stamp that says it in capitals, or on a line of its own.
_CLOCK = r"\d{1,2}(?::\d\d(?::\d\d)?(?P<m>\s?[AaPp]\.?[Mm]\b)?|\.\d\d\s?[AP]M\b)(?![\d:])"
_CLOCK_AFTER = re.compile(rf"[\s,|./-]{{1,4}}(?:(?P<at>at|@|AT)\s)?{_CLOCK}")
_CLOCK_BEFORE = re.compile(rf"\b{_CLOCK}(?:\s[A-Z]{{2,4}})?[\s,|-]{{1,3}}(?:[A-Za-z]{{3,9}},?\s)?$")
_SLASHED = re.compile(r"(?<![\d/.])\d{1,2}/\d{1,2}/\d{4}(?![\d/])")
_UPDATED = re.compile(r"\s*(?:Last )?(?i:updated)\b")
_ON = re.compile(r"[a-z]\s+(?:on|since|until|by|of|dated|from)\s+(?:[A-Za-z]{3,9},?\s)?$")
# Some crawls part every sign from its neighbours: "2007 - 11 - 12", "03: 57 PM".
_PARTED = re.compile(r"(?<=\d) ?([-/:]) ?(?=\d)")
_LINK = re.compile(r"\s*(https?: ?/ ?/[^\n]{0,240})")
_JOINT = re.compile(r" ?([/_.-]) ?")
_YEAR = re.compile(r"\d{4}")


def published(
    text: Text, *, given: str | None, url: str | None, title: str | None
) -> model.Published:
    """When a text appeared: ``value`` where it is known, else the days ``from`` .. ``to``.

    ``method`` says what told: metadata, header, dateline, url, inference (wording such as "last
    year, in July 2019") or mentions (a dated past event gives only a ``from``). Null throughout
    where nothing does. ``given`` is read in ISO 8601, RFC 2822, seconds since 1970 and
    written-out forms. The title tells nothing of its own yet.
    """
    found = _given(given) if given else None
    if found is None:
        found = _header(text)
    if found is None:
        found = _opening(text)
    if found is None or found.value is None:
        address = _url(url) if url else _linked(text)
        found = _narrowed(found, address) if found and address else found or address
    if found is None:
        return inferred(text) or model.Published()
    if found.value is None or len(found.value) < 10:
        said = inferred(text)
        return _narrowed(found, said) if said else found
    return found


def inferred(text: Text) -> model.Published | None:
    """What the wording alone tells of the day of publication; None where it tells nothing.

    Sentences that tie a deictic to a year ("last year, in July 2019") give a range; where only
    past events are dated the latest of them is the lower bound, with the method "mentions".
    """
    found = evidence(text)
    ends = [e.high for e in found if e.high]
    if ends:
        low, high = max(e.low for e in found if e.high), min(ends)
        if low > high:
            return None
        return model.Published(None, low.isoformat(), high.isoformat(), "inference")
    if found:
        return model.Published(None, max(e.low for e in found).isoformat(), None, "mentions")
    return None


def _narrowed(known: model.Published, said: model.Published) -> model.Published:
    """A known range (a month, a year) cut to what the wording allows, where they meet."""
    if not (known.from_ and known.to):
        return known
    low = max(known.from_, said.from_ or known.from_)
    high = min(known.to, said.to or known.to)
    value = low if low == high else known.value
    return model.Published(value, low, high, known.method) if low <= high else known


def _known(when: date, method: str) -> model.Published:
    return model.Published(when.isoformat(), when.isoformat(), when.isoformat(), method)


def _given(given: str) -> model.Published | None:
    """Metadata as a date, month or year; None where it cannot be read."""
    given = plain(given[:200])
    compact = _COMPACT.match(given)
    when = day(*(int(part) for part in compact.groups())) if compact else None
    if when:
        return _known(when, "metadata")
    found = _ISO.match(given)
    if found:
        value = "-".join(part for part in found.groups() if part)
        covered = covers(value)
        if covered is None:
            return None
        low, high = (d.isoformat() for d in covered)
        return model.Published(value, low, high, "metadata")
    seconds = re.fullmatch(r"\s*([0-9]{9,10})(?:[0-9]{3})?\s*", given)
    if seconds:
        return _known(datetime.fromtimestamp(int(seconds[1]), UTC).date(), "metadata")
    written = FULL.search(given)
    when = day_of(written) if written else None
    if when is None:
        mail = parsedate_tz(given)
        when = day(mail[0], mail[1], mail[2]) if mail else None
    return _known(when, "metadata") if when else _slashed(given)


def _slashed(given: str) -> model.Published | None:
    """03/04/2020: a day where only one reading is possible, else the two days as a range."""
    found = re.match(r"\s*([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})\b", given)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    readings = {day(year, second, first), day(year, first, second)} - {None}
    if found[2] == ".":
        readings = {day(year, second, first)} - {None}
    days = sorted(d for d in readings if d)
    if not days:
        return None
    if len(days) == 1:
        return _known(days[0], "metadata")
    return model.Published(None, days[0].isoformat(), days[-1].isoformat(), "metadata")


def _header(text: Text) -> model.Published | None:
    """A date in the head of a text: after a label, or beside a clock."""
    head = text.plain[:_HEAD]
    if not _YEAR.search(head):  # every date there is one with a year
        return None
    head = _PARTED.sub(r"\1", head)
    for match in FULL.finditer(head):
        when = day_of(match)
        if when is None or not 1900 <= when.year <= 2200:
            continue
        start = head.rfind("\n", 0, match.start()) + 1
        before = head[start : match.start()]
        stop = head.find("\n", match.end())
        after = head[match.end() : stop if stop >= 0 else len(head)]
        if len(before) <= 60 and len(after) <= 80 and _LABEL.search(before[-40:]):
            return _known(when, "header")
        if _UPDATED.match(after) or _stamped(before[-40:], after):
            return _known(when, "header")
    for match in _SLASHED.finditer(head):
        before, after = head[max(0, match.start() - 40) : match.start()], head[match.end() :]
        if _POSTED.search(before.rpartition("\n")[2]) or _stamped(before, after):
            read = _slashed(match[0])
            return read and msgspec.structs.replace(read, method="header")
    return None


def _opening(text: Text) -> model.Published | None:
    """A day with its year that a dispatch opens with, or that stands beside names only."""
    told = head_day(text)
    when = day(told.year, told.month, told.number) if told and told.year else None
    return _known(when, "dateline" if told and told.dispatch else "header") if when else None


def _stamped(before: str, after: str) -> bool:
    """Whether a clock beside a day makes it a stamp: "Nov 12, 2007 03:57 PM"; in "died on July 2,
    2013 at 7:37 a.m." it does not."""
    clock = _CLOCK_AFTER.match(after)
    if clock is None:
        return _CLOCK_BEFORE.search(before) is not None
    if clock["at"] in (None, "AT"):
        return True
    return not _ON.search(before) and (clock["m"] or "").strip() in ("AM", "PM")


def _linked(text: Text) -> model.Published | None:
    """What the address tells that a crawl put at the head of a text."""
    link = _LINK.match(text.plain, 0, _HEAD)
    return _url(_JOINT.sub(r"\1", link[1]).partition(" ")[0]) if link else None


def _url(url: str) -> model.Published | None:
    """A date in the path of an address: a day, or a month."""
    path = re.sub(r"^\w+://[^/]*", "", url[:2000]).partition("?")[0]
    for match in _ADDRESS.finditer(path):
        groups = match.groupdict()
        if groups["y8"]:
            when = day(int(groups["y8"]), int(groups["m8"]), int(groups["d8"]))
            if when:
                return _known(when, "url")
            continue
        month = groups["m"].lower()
        number = int(month) if month.isdigit() else MONTH[month]
        if groups["d"]:
            when = day(int(groups["y"]), number, int(groups["d"]))
            if when:
                return _known(when, "url")
        value = f"{groups['y']}-{number:02d}"
        covered = covers(value)
        if covered:
            low, high = (d.isoformat() for d in covered)
            return model.Published(value, low, high, "url")
    return None
