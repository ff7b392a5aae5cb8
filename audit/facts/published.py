"""When a document was published: what its metadata, head, address and wording tell, as a range."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_tz

from audit import model
from audit.facts.calendar import MONTH, MONTHS, covers, day, last_of
from audit.facts.numbers import CARDINALS
from audit.tokens import Text, plain

_NAMES = "|".join([*MONTHS, "sept", *(name[:3] for name in MONTHS if name != "may")])
_ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d*)?\s*$")
_DAY = rf"(?:(?P<m1>{_NAMES})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
_DAY += rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_NAMES})\.?,?\s+(?P<y2>\d{{4}})"
_DAY += r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d))"
_FULL = re.compile(rf"\b{_DAY}", re.I)
_LABEL = re.compile(
    r"(?:published|posted|updated|last updated|created|date|publication date|first published|"
    r"issued|released|filed)\b\W{0,3}(?:on|at|in)?\b",
    re.I,
)
_DATELINE = re.compile(r"[A-Z][A-Z .,'()/-]{2,60}[,.:(\s-]*$")
_PLACE = re.compile(r"[A-Z][\w.' ]{1,40}(?:,\s[A-Z][\w.' ]{1,30})?\s*[,(-]\s*$")
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-](?P<m>0?[1-9]|1[0-2]|"
    + "|".join(name[:3] for name in MONTHS)
    + r")(?:[/_-](?P<d>0?[1-9]|[12]\d|3[01])(?![\d]))?(?=[/_.-]|$)"
    r"|(?<!\d)(?P<y8>(?:19|20)\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d)",
    re.I,
)
_WHEN = rf"(?:(?:in|on|of|by|around|late|early|mid)[\s-]+)*(?:(?P<d>\d{{1,2}})\s+)?(?P<m>{_NAMES})?"
_WHEN += r"\.?\s*(?:(?P<e>\d{1,2}),)?\s*(?:of\s+)?(?P<y>(?:19|20)\d\d)\b(?!\s*[-%])"
_SAID = re.compile(
    rf"\b(?:(?P<last>last year)|(?P<next>next year)|(?P<this>this year)"
    rf"|(?P<n>\d{{1,2}}|{'|'.join(w for w in CARDINALS if w != 'zero')}) years? ago"
    rf"|(?P<past>this past|this|last|next) (?P<pm>{_NAMES})\b)"
    rf"(?:,\s*|\s*\(|\s+-+\s*|\s+)(?=in\b|on\b|of\b|by\b|late|early|mid|{_NAMES}|\d)" + _WHEN,
    re.I,
)
_EARLIER = re.compile(
    rf"\b{_WHEN}\s*(?:,|\(|-+)\s*(?:(?P<last>last year)|(?P<this>this year)|(?P<next>next year))\b",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEICTIC = re.compile(r"(?i)year|this|last|next")
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|announced|signed|began|took|came|made|killed|held|met|died|"
    r"became|arrived|received|started|reported|ended|happened|occurred|(?!need\b)[a-z]{3,}ed)\b"
)
_HEAD = 600
_SPAN = 60_000  # characters read for inference: the rest of a longer text is not looked at


def published(
    text: Text, *, given: str | None, url: str | None, title: str | None
) -> model.Published:
    """When a text appeared: ``value`` where it is known, else the days ``from`` .. ``to``.

    ``method`` says what told: metadata, header, dateline, url, or inference (wording such as
    "last year, in July 2019"; a past event gives only a ``from``). Null throughout where nothing
    does. ``given`` is read in ISO 8601, RFC 2822 and written-out forms.
    """
    found = _given(given) if given else None
    if found is None:
        found = _header(text)
    if found is None and url:
        found = _url(url)
    if found is None or found.value is None or len(found.value) < 10:
        said = inferred(text, title)
        if found is None:
            return said or model.Published()
        if said:
            found = _narrowed(found, said)
    return found


def inferred(text: Text, title: str | None = None) -> model.Published | None:
    """What the wording alone tells of the day of publication; None where it tells nothing.

    Sentences that tie a deictic to a year ("last year, in July 2019") give a range; where only
    past events are dated the latest of them is the lower bound, with the method "mentions".
    """
    body = text.plain[:_SPAN]
    ranges: list[tuple[date, date]] = []
    years = [m.start() for m in _YEAR.finditer(body)]
    for at in years:
        window = max(0, at - 60), min(len(body), at + 30)
        if not _DEICTIC.search(body, *window):
            continue
        for pattern in (_SAID, _EARLIER):
            for match in pattern.finditer(body, *window):
                span = _tied(match) if match.start("y") == at else None
                if span and not _quoted(body, match.start()):
                    ranges.append(span)
    if ranges:
        low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
        if low <= high:
            return model.Published(None, low.isoformat(), high.isoformat(), "inference")
        return None
    latest = _latest_past(body, years)
    if latest:
        return model.Published(None, latest.isoformat(), None, "mentions")
    return None


def _quoted(body: str, at: int) -> bool:
    """Whether a place stands inside quotation marks, where now is another's now."""
    line = body.rfind("\n", 0, at) + 1
    return body.count('"', max(line, at - 600), at) % 2 == 1


def _tied(match: re.Match[str]) -> tuple[date, date] | None:
    """The days on which a wording such as "last year, in 2019" can have been written."""
    groups = match.groupdict()
    year = int(groups["y"])
    if not 1900 <= year <= 2200:
        return None
    month = MONTH.get((groups.get("m") or "").lower())
    shift = None
    if groups.get("last"):
        shift = 1
    elif groups.get("next"):
        shift = -1
    elif groups.get("this"):
        shift = 0
    elif groups.get("n"):
        text = groups["n"].lower()
        shift = int(text) if text.isdigit() else CARDINALS[text]
    if shift is not None:
        low = date(year + shift, 1, 1)
        if shift == 0 and month and not re.search("later|by", match.group(), re.I):
            number = int(groups.get("d") or groups.get("e") or 1)
            low = day(year, month, number) or date(year, month, 1)
            ahead = "next" in match.group().lower()
            if ahead:
                return None
            return date(year, 1, 1), date(year, 12, 31)
        return low, date(year + shift, 12, 31)
    named = MONTH.get((groups.get("pm") or "").lower())
    if not named:
        return None
    word = groups["past"].lower()
    if word == "next":
        end = date(year, named, 1)
        return date(year - 1, named, 1), end
    start = date(year, named, 1)
    return start, date(year + 1, named, last_of(year + 1, named))


def _latest_past(body: str, years: list[int]) -> date | None:
    """The latest full date that a sentence in the past tense gives to what it tells."""
    latest: date | None = None
    for at in years:
        match = _FULL.search(body, max(0, at - 24), at + 11)
        when = _day_of(match) if match else None
        if match is None or when is None or (latest and when <= latest):
            continue
        low = max(0, match.start() - 400)
        start = max(body.rfind(". ", low, match.start()), body.rfind("\n", low, match.start())) + 1
        stop = body.find(". ", match.end(), match.end() + 300)
        sentence = body[max(start, match.start() - 300) : stop if stop > 0 else match.end() + 100]
        if _PAST.search(sentence) and not re.search(
            r"\b(?:will|until|till|by|due|expire\w*|scheduled|planned|next|through|to)\b\W*$"
            r"|\b(?:will|scheduled|planned|expected|due)\b",
            body[max(start, match.start() - 120) : match.start()],
        ):
            latest = when
    return latest


def _narrowed(known: model.Published, said: model.Published) -> model.Published:
    """A known range (a month, a year) cut to what the wording allows, where they meet."""
    if not (known.from_ and known.to):
        return known
    low = max(known.from_, said.from_ or known.from_)
    high = min(known.to, said.to or known.to)
    return model.Published(known.value, low, high, known.method) if low <= high else known


def _known(when: date, method: str) -> model.Published:
    return model.Published(when.isoformat(), when.isoformat(), when.isoformat(), method)


def _given(given: str) -> model.Published | None:
    """Metadata as a date, month or year; None where it cannot be read."""
    given = plain(given[:200])
    found = _ISO.match(given)
    compact = _COMPACT.match(given)
    if compact:
        when = day(*(int(part) for part in compact.groups()))
        if when:
            return _known(when, "metadata")
    if found:
        value = "-".join(part for part in found.groups() if part)
        covered = covers(value)
        if covered:
            low, high = (d.isoformat() for d in covered)
            return model.Published(value, low, high, "metadata")
        return None
    written = _FULL.search(given)
    when = _day_of(written) if written else None
    if when:
        return _known(when, "metadata")
    mail = parsedate_tz(given)
    when = day(mail[0], mail[1], mail[2]) if mail else None
    if when:
        return _known(when, "metadata")
    slashed = re.match(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", given)
    if slashed:
        first, second, year = (int(part) for part in slashed.groups())
        when = day(year, second, first) if first > 12 or "." in given else None
        when = when or (day(year, first, second) if second > 12 or first == second else None)
        if when:
            return _known(when, "metadata")
        choices = [d for d in (day(year, first, second), day(year, second, first)) if d]
        if choices:
            low, high = min(choices).isoformat(), max(choices).isoformat()
            return model.Published(None, low, high, "metadata")
    return None


def _day_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    for n in "123":
        if groups[f"y{n}"]:
            month = groups[f"m{n}"].lower()
            number = int(month) if month.isdigit() else MONTH[month]
            return day(int(groups[f"y{n}"]), number, int(groups[f"d{n}"]))
    return None


def _header(text: Text) -> model.Published | None:
    """A date in the head of a text: after a label, in a dateline, or alone on its line."""
    head = text.plain[:_HEAD]
    for match in _FULL.finditer(head):
        when = _day_of(match)
        if when is None or not 1900 <= when.year <= 2200:
            continue
        start = head.rfind("\n", 0, match.start()) + 1
        before = head[start : match.start()]
        stop = head.find("\n", match.end())
        after = head[match.end() : stop if stop >= 0 else len(head)]
        if _LABEL.search(before[-40:]):
            return _known(when, "header")
        if (
            start + len(before) < 90
            and _DATELINE.match(before)
            and re.match(r"\s*(?:\([^)]{2,40}\)|[-:.)]|$)", after)
        ):
            return _known(when, "dateline")
        alone = re.sub(r"\d{1,2}[:.]\d\d|[ap]\.?m\.?|[A-Z]{2,4}\b|\W", "", before + after)
        weekday = re.sub(r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day", "", alone)
        if len(weekday) <= 3:
            return _known(when, "header")
        if _PLACE.fullmatch(before) and re.match(r"\s*(?:\([A-Z][^)]{1,40}\)\s*)?-+\s", after):
            return _known(when, "dateline")
    return None


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
