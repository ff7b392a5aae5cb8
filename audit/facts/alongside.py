"""Numbers that have what they count elsewhere: "a crew of 22", "five-bedroom", "7.6 and 7.4"."""

from __future__ import annotations

from bisect import bisect_right

from audit import model
from audit.facts.counting import Number, Page, gap, plural
from audit.facts.numerals import NUMBER, read
from audit.facts.plurals import singular
from audit.tokens import Text

# Slot, unit, first token, end token; as in audit.facts.slots.
Placed = tuple[str, str | None, int, int]
_MEASURES = frozenset(
    "measured measuring measures measure registered registering registers".split()
)
_VOTES = 100  # that a name stands before, at least
_SETTLED, _CROWD = 200, 20  # inhabitants of a place, and people who march, at least
_AGAIN, _LIKE = 90, 5.0  # characters back to a number of the same, and how many times one the other
_NUMBER_OF = 9  # tokens back from a number to "the number of"
_REACH = 14  # tokens back from a reading to the quake it is of
_FAR, _EARLIER, _AFTER = 25, 60, 8  # back in the sentence, and in the one before; and on from it
_FELT = 2.5  # no weaker quake is told of without its unit
_SHARED = frozenset(("magnitude", "percentage", "distance", "money", "area", "weight"))


def of_group(page: Page, lead: int, first: int, last: int, number: Number) -> Placed | None:
    """ "A crew of 22", "a family of five": people, where no noun follows."""
    words = page.words
    if lead < 2 or words[lead - 1] != "of" or number.value < 2:
        return None
    group = words[lead - 2]
    if group in page.lex.words["settled"] and _alone(page, last) and number.value >= _SETTLED:
        return "count:inhabitant", None, first, last  # "a town of 43,700"
    if page.plain[page.starts[lead - 2]].isupper():  # the Group of Seven
        return None
    if group not in page.lex.words["group"] or (last < len(words) and words[last] == "-"):
        return None
    return ("count:crew" if group == "crew" else "count:person"), None, first, last


def told_apart(page: Page, lead: int, first: int, last: int, number: Number) -> Placed | None:
    """A bare number whose noun is told elsewhere: "20,000 march", "put the turnout at 35,000", "put
    the number of villages damaged at 330", "employs about 150", "15,000 who live there"."""
    words, lex = page.words, page.lex
    at = last
    while at < len(words) and words[at] in ("had", "have", "has", "who", "were", "are"):
        at += 1
    deed = words[at] if at < len(words) else ""
    if number.value >= _CROWD and (
        deed in lex.words["gathers"]
        or (deed, *words[at + 1 : at + 2]) in (("took", "part"), ("taken", "part"))
        or (deed == "turned" and words[at + 1 : at + 2] == ["out"])
    ):
        return "count:person", None, first, last
    lives = tuple(words[last : last + 2]) in (("who", "live"), ("who", "lived"))
    if lives and number.value >= _SETTLED:
        return "count:inhabitant", None, first, last
    if lead < 2 or number.value < 2 or not _alone(page, last):
        return None
    before = words[lead - 1]
    if before in lex.words["employs"]:
        return "count:employee", None, first, last
    if before == "counted" and number.value >= _SETTLED:
        return "count:person", None, first, last
    if before not in ("at", "of", "to", "was", "is", "as", "reached", "exceeded", "topped"):
        return None
    if words[lead - 2] in lex.words["crowd"]:
        return "count:person", None, first, last
    for back in range(lead - 2, max(0, lead - _NUMBER_OF), -1):
        if words[back] in (".", "|", ";"):
            return None
        if words[back : back + 2] == ["number", "of"] and back + 2 < lead:
            noun = words[back + 2]
            if page.letters[back + 2] in "0j" and not plural(page, back + 2):
                noun = words[back + 3] if back + 3 < lead and plural(page, back + 3) else ""
            hollow = noun in lex.words["hollow"] or noun in lex.states
            return (f"count:{singular(noun)}", None, first, last) if noun and not hollow else None
    return None


def joined(page: Page, first: int, last: int, number: Number) -> Placed | None:
    """ "A five-bedroom house", "the 22-member crew": the noun joined to a number."""
    words = page.words
    if words[last : last + 1] != ["-"] or gap(page, last) or last + 1 >= len(words):
        return None
    noun = words[last + 1]
    if gap(page, last + 1) or noun not in page.lex.words["joined"] or number.value < 2:
        return None
    if words[last + 2 : last + 3] == ["-"] and not gap(page, last + 2):
        return None
    return f"count:{singular(noun)}", None, first, last + 2


def shaking(page: Page, first: int, last: int, number: Number) -> Placed | None:
    """A quake's reading without its unit: "measured 5.8", "a 5.8 quake", "another of 5.1"."""
    raw = page.plain[page.starts[first] : page.ends[last - 1]]
    if not (2 <= number.value < 10) or "." not in raw:
        return None
    words, quake = page.words, page.lex.words["quake"]
    after = words[last] if last < len(words) else ""
    if after in quake:
        return "magnitude", None, first, last
    if page.letters[last : last + 1] in ("%", "h", "$", "u", "U", "-") or after in page.lex.measure:
        return None
    at = first
    for _ in range(2):  # "measuring 7.6 and 7.4"
        if at > 1 and words[at - 1] in ("and", "to") and page.letters[at - 2] in "nd":
            at -= 2
    at -= at > 0 and words[at - 1] in ("at", "a", "about", "around")
    if at and words[at - 1] in _MEASURES and _told(page, at - 1, max(-1, at - _REACH)):
        return "magnitude", None, first, last
    if len(raw) != 3 or number.value < _FELT or not _alone(page, last):
        return None
    # "A quake of 6.4", "corrected from 6.0 to 6.1": nothing else of quakes has one decimal place.
    close = _told(page, first - 1, max(-1, first - _FAR)) or _named(page, last)
    told = close or ((
        words[max(0, first - 2) : first] in (["one", "of"], ["another", "of"], [",", "of"])
        or words[max(0, first - 1) : first] in (["measured"], ["a"], ["registered"])
    ) and _told(page, first - 1, max(-1, first - _EARLIER), 4))  # fmt: skip
    sure = told and not quake.isdisjoint(words)  # a shock alone may be to the market
    return ("magnitude", None, first, last) if sure else None


def _told(page: Page, first: int, last: int, sentences: int = 1) -> bool:
    """Whether a quake is told of from a token back to another, within so many sentences."""
    words = page.words
    for at in range(first, last, -1):
        word = words[at]
        if word in page.lex.words["quake"] or word in page.lex.words["seismic"]:
            return True
        if word in (".", "|"):
            sentences -= 1
            if not sentences:
                return False
    return False


def _named(page: Page, last: int) -> bool:
    """Whether a sentence goes on to name a quake soon after a number."""
    for word in page.words[last : last + _AFTER]:
        if word in (".", "|"):
            return False
        if word in page.lex.words["quake"] or word in page.lex.words["seismic"]:
            return True
    return False


def _alone(page: Page, last: int) -> bool:
    """Whether a number stands for itself: no noun follows."""
    if last >= len(page.words):
        return True
    word = page.words[last]
    return (
        page.letters[last] in ".,|1&-iTO"
        or word in page.lex.words["stop"]
        or word in ("close", "respectively")
    )


def listed(page: Page, first: int, last: int) -> tuple[int, int, Number] | None:
    """The number after "and" or "or" that a number shares a unit with: "7.6 and 7.5 magnitude"."""
    if page.words[last : last + 1] not in (["and"], ["or"]):
        return None
    match = NUMBER.match(page.letters, last + 1)
    number = read(page, match.start(), match.end()) if match else None
    if number is None or page.letters[first] not in "dn" or page.letters[last + 1] not in "dn":
        return None
    return number.first, number.last, number


def shares(placed: Placed | None) -> bool:
    """Whether a unit is one that the number before has as well."""
    return placed is not None and placed[0] in _SHARED


def again(
    page: Page, text: Text, bare: list[Number], found: list[model.Quantity]
) -> list[model.Quantity]:
    """What bare numbers count where the number before them in the sentence was of things or votes,
    of about their size: "7,914 votes for Rojas and 7,702 for Ossa"."""
    if not bare:
        return []
    made = []
    known = sorted(found, key=lambda q: q.start)
    starts = [q.start for q in known]
    for number in bare:
        first, last = number.first, number.last
        start, end = page.starts[first], page.ends[last - 1]
        at = bisect_right(starts, start) - 1
        before = known[at] if at >= 0 else None
        if before is None or before.end > start or start - before.end > _AGAIN:
            continue
        if not before.slot.startswith(("count:", "votes")) or min(number.value, before.value) < 2:
            continue
        low, high = sorted((number.value, before.value))
        if not first or not _goes_on(page, first, last, number):
            continue
        opens = bisect_right(page.starts, before.end)
        if high > _LIKE * low or not {".", "|"}.isdisjoint(page.letters[opens:first]):
            continue
        if (at + 1 < len(known) and known[at + 1].start < end) or not _alone(page, last):
            continue
        made.append(
            model.Quantity(
                start,
                end,
                text.raw[start:end],
                before.slot,
                number.value,
                unit=before.unit,
                bound=number.bound,  # type: ignore[arg-type]
            )
        )
    return made


def _goes_on(page: Page, first: int, last: int, number: Number) -> bool:
    """Whether a bare number may count what the one before it does: "his has ten", "and Vrba 7,702";
    no age, no chromosome, no row of a list."""
    words = page.words
    if last < len(words) and page.letters[last] in "-1":
        return False  # "two- and three-dimensional", "the three “Ps”"
    if not {"aged", "ages", "between"}.isdisjoint(words[max(0, first - 4) : first]):
        return False
    named = page.plain[page.starts[first - 1]].isupper() and number.value >= _VOTES
    return named or words[first - 1] in page.lex.words["goes_on"]
