"""The numbers of a text: where they stand, what they amount to, and which are only parts of names.

A number is found in the letters of ``audit.facts.scan``. One that is part of a name, a date, a
time, a score, an address or a list is none. The file is long because a number ends where the
next sign shows that it does, so that reading it and telling what it is no part of go together.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from audit.facts import numbers
from audit.facts.counting import Number, Page, breaks, gap, is_person, plural

# Every repeat is bounded, so that no run of letters makes a search quadratic. Letters no number
# begins with are passed over before any shape is tried.
NUMBER = re.compile(
    r"(?=[dnYwahkfFq])(?:"
    r"Fah{1,3}|Fa|a?qOah{1,3}|w&aFh{1,3}|[dnY](?:,[dnY]){1,6}(?:\.[dnY])?h?|[dnY]\.[dnY]h?|[dnY]-?f|[dnY]h{0,3}"
    r"|w(?:-?w)?h{1,3}(?:&?w(?:-?w)?h{0,3}){0,4}|w(?:-?w)?|ah{1,3}(?:&w(?:-?w)?h{0,3})?"
    r"|(?:kO?)?h{1,3}(?:Oh{1,3}){0,2}|f)"
)


SMALL = {"dozen": 24, "dozens": 24, "score": 40, "scores": 40, "hundreds": 200}
SMALL |= {"thousands": 2000, "millions": 2_000_000, "billions": 2_000_000_000}


CODES = frozenset("eur usd gbp chf rs sfr dkr skr nkr ksh".split())  # of currencies, before sums
_SUFFIX = {"m": 10**6, "bn": 10**9, "k": 10**3, "mn": 10**6, "tn": 10**12, "b": 10**9}


def numbers_in(page: Page) -> list[Number]:
    """The numbers of a page in order, without those in time expressions and names."""
    found = []
    at = 0
    while match := NUMBER.search(page.letters, at):
        number = read(page, *match.span())
        at = max(number.last, match.start() + 1) if number else match.start() + 1
        if number and not _dated(page, number) and not _label(page, number):
            found.append(number)
    return found


def _dated(page: Page, number: Number) -> bool:
    """Whether a number lies in a time expression."""
    start, end = page.starts[number.first], page.ends[number.last - 1]
    at = bisect_right(page.busy_starts, end - 1) - 1
    return at >= 0 and page.busy[at][1] > start


def read(page: Page, first: int, last: int) -> Number | None:
    letters, words = page.letters, page.words
    shape = letters[first:last]
    if shape[0] in "dnY":
        return _digits(page, first, last, shape)
    if shape == "Fa":  # "half a tonne"
        measured = last < len(words) and page.lex.measure.get(words[last], ("",))[0] == "weight"
        return Number(first, last, 0.5) if measured else None
    if "F" in shape or "q" in shape:
        return _half(page, first, last, shape)
    if shape[0] in "kh":
        plain = [w for w in words[first:last] if w not in ("of", "few", "several", "couple")]
        value = 1.0
        for word in plain:
            if word == "tens":
                value *= 20
            elif value == 1.0 and shape[0] == "h" and word in SMALL:
                value = float(SMALL[word])
            else:
                value *= numbers.SCALES.get(word, 1)
        if words[first] == "dozen" and words[max(0, first - 2) : first] in (
            ["half", "-"],
            ["half", "a"],
        ):
            return Number(first - 2, last, 6.0)
        if words[first] == "dozen" and words[max(0, first - 1)] in ("the", "these", "those"):
            return Number(first, last, 12.0)
        if shape[0] == "k":
            value *= 2 if "couple" in words[first:last] else 3
        elif first and words[first - 1] == "of" and first > 1 and words[first - 2] == "tens":
            return Number(first - 2, last, 20.0 * value / 2, "at_least")
        elif words[first] in ("hundred", "thousand", "million", "billion", "trillion"):
            return None
        return Number(first, last, value, "at_least")
    if shape == "f":
        value_f = numbers.words(words[first:last])
        return None if value_f is None else Number(first, last, value_f)
    if shape == "ww" and not _spoken(page, first):
        return Number(first, first + 1, float(numbers.CARDINALS.get(words[first], 0)))
    value_w = numbers.words([w for w in words[first:last] if w != "or"])
    if value_w is None or "or" in words[first:last] or "to" in words[first:last]:
        return None
    return Number(first, last, value_w, scaled="h" in shape)


def _spoken(page: Page, first: int) -> bool:
    """Whether two number words are one number without its hyphen: "thirty seven"."""
    tens, units = (numbers.CARDINALS.get(w, 0) for w in page.words[first : first + 2])
    return 20 <= tens <= 90 and 1 <= units <= 9 and gap(page, first + 1) == " "


def _half(page: Page, first: int, last: int, shape: str) -> Number | None:
    """Half a million, a quarter of a million, one and a half million."""
    value = 0.25 if "q" in shape else 0.5
    if "q" in shape and page.words[last - shape.count("h") - 3] != "quarter":
        return None
    if shape[0] == "w":
        value += numbers.words([page.words[first]]) or 0.0
    for word in page.words[last - shape.count("h") : last]:
        value *= numbers.SCALES.get(word, 1)
    return Number(first, last, value, scaled=True)


def _digits(page: Page, first: int, last: int, shape: str) -> Number | None:
    """A number in digits, with what a tokeniser or a translation engine broke put together."""
    words = page.words
    end = first + 1
    whole = words[first]
    while end + 1 < last and shape[end - first] == "," and gap(page, end) == "":
        group = words[end + 1]
        spaced = bool(gap(page, end + 1))
        if not (spaced and len(group) == 3 and group.isdigit() and len(whole) <= 3 * end):
            break
        if len(words[first]) > 3 or not _thousands(page, first, end + 1, group):
            break
        whole += group
        end += 2
    if end == first + 1 and _comma_of_decimals(page, first, end):
        whole += "." + words[end + 1]
        end += 2
    elif _STOPS.fullmatch(whole):
        whole = whole.replace(".", "")
    broken = end + 1 < last and shape[end - first] == "." and gap(page, end) == ""
    broken = broken and gap(page, end + 1) == " " and words[end + 1].isdigit()
    if broken and _decimal(page, first, end):
        whole += "." + words[end + 1]
        end += 2
    if end < last and shape[end - first] in "-f":
        fraction = numbers.words([words[last - 1]]) if shape[-1] == "f" else None
        if fraction is not None and fraction < 1:
            return Number(first, last, (numbers.digits(whole) or 0.0) + fraction)
    value = numbers.digits(whole) if len(whole) <= 24 else None
    if value is None:
        return None
    scaled = False
    while end < len(words) and page.letters[end] == "h" and _scales(words[end]):
        value *= numbers.SCALES[words[end]]
        end += 1
        scaled = True
    if end < len(words) and words[end] in ("dozen",):
        value *= 12
        end += 1
    glued = not scaled and end < len(words) and not gap(page, end) and words[end] in _SUFFIX
    money = first and page.letters[first - 1] == "$"
    if glued and (money or page.plain[page.starts[end]].islower()):
        value *= _SUFFIX[words[end]]
        end += 1
        scaled = True
    return Number(first, end, value, scaled=scaled)


# As most of Europe writes thousands: "19.900 tons", "1.250.000 euros".
_STOPS = re.compile(r"[1-9]\d{0,2}(?:\.\d00|(?:\.\d{3}){2,})")


def _scales(word: str) -> bool:
    """Whether a word multiplies the digits before it: "38 million", and "38 millions"."""
    return word not in SMALL or word in ("millions", "billions")


def _comma_of_decimals(page: Page, first: int, comma: int) -> bool:
    """Whether a comma stands for the point, as in most of Europe: "3,5 million"."""
    words, letters = page.words, page.letters
    if words[comma : comma + 1] != [","] or gap(page, comma) or comma + 2 >= len(words):
        return False
    fine = words[comma + 1]
    return (
        fine.isdigit()
        and len(fine) < 3
        and not gap(page, comma + 1)
        and words[first].isdigit()
        and (
            letters[comma + 2] == "%"
            or words[comma + 2] == "percents"
            or (letters[comma + 2] == "h" and _scales(words[comma + 2]))
        )
    )


def _thousands(page: Page, first: int, at: int, group: str) -> bool:
    """Whether ", 000" goes on the number before it and is no next item of a list."""
    if group.endswith("00"):
        return True
    if first and page.letters[first - 1] == "$":
        return True
    after = page.letters[at + 1 : at + 2]
    before = page.letters[max(0, first - 2) : first]
    return after not in (",", "&") and "," not in before and "M" not in before and after == "0"


def _decimal(page: Page, first: int, dot: int) -> bool:
    """Whether a full stop with a space after it is a broken decimal point."""
    after = " ".join(page.words[dot + 2 : dot + 5])
    before = " ".join(page.words[max(0, first - 3) : first])
    return bool(
        re.match(
            r"(?:- )?(?:magnitude|percent|per cent|%|million|billion|trillion|on the|-)", after
        )
        or re.search(r"magnitude(?: of)?(?: -)?$|\$$", before)
    )


def _label(page: Page, number: Number) -> bool:
    """Whether a number is part of a name, a code, a score, a clock time, an address, a list."""
    first, last = number.first, number.last
    start, end = page.starts[first], page.ends[last - 1]
    plain, words, letters = page.plain, page.words, page.letters
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    if last < len(words) and breaks(page, last) and _of_a_line(page, first, last):
        return True
    if not plain[start].isdigit():
        return words[max(0, first - 2) : first] in (["mother", "of"], ["father", "of"]) or (
            first > 0 and words[first - 1] == "no"
        )
    if before.isalpha() or before in "_#@/=&'":
        return True
    if before == "-" and start > 1 and (plain[start - 2].isalnum() or plain[start - 2] == "."):
        # S-400, 555-1234, 3-2: the second half of something, save in ranges (10-15 people).
        return not _range_before(page, first)
    if before in ".:," and start > 1 and plain[start - 2].isdigit():
        return True
    if after.isalpha() and not (last < len(words) and words[last] in page.lex.measure):
        return not (first and letters[first - 1] == "$")
    if after in "/_@=\\" or (after == ":" and plain[end + 1 : end + 2].isdigit()):
        return True
    if after == "-" and end + 1 < len(plain):
        tail = plain[end + 1 : end + 12]
        if tail[0].isdigit():
            return not _range_after(page, last)
        if tail[0].isupper() and not re.match(r"[Yy]ear|[Mm]agnitude|[A-Z][a-z]+\b", tail):
            return True
    if first and letters[first - 1] == "-" and gap(page, first) and gap(page, first - 1):
        pass
    previous = words[first - 1] if first else ""
    if previous == "of" and first > 1 and words[first - 2] in ("mother", "father"):
        return True
    if previous == "." and first > 1 and words[first - 2] in ("no", "nos", "vol", "fig", "p"):
        return True
    if previous in page.lex.words.get("label", ()) and not _counts(page, last):
        # "the injured number 1,246"
        return previous != "number" or first < 2 or words[first - 2] not in page.lex.states
    if previous in CODES and gap(page, first) in ("", " "):
        return False
    if "," in words[first]:
        return False  # "for Voss, and for Vrba 7,702": no name has a comma
    if first and _named_before(page, first) and not _sure(page, last):
        return True
    if first > 1 and words[first - 1] == "-" and _code_before(page, first):
        return True
    opens = not first or "\n" in gap(page, first) or letters[first - 1] == "|"
    return opens and last < len(words) and words[last] in (".", ")") and not number.scaled


def _of_a_line(page: Page, first: int, last: int) -> bool:
    """Whether a number at a line's end belongs to its line, and not to the headline below: a
    page's or a menu's, alone on its line, or the end of an address."""
    if bound_before(page, first)[1]:
        return False
    if not first or "\n" in gap(page, first):
        return page.plain[page.starts[first]].isdigit()
    spaced = page.letters[first - 1] == "-" and gap(page, first) != ""
    return spaced and page.words[last] in SMALL


def _counts(page: Page, at: int) -> bool:
    """Whether a unit, a plural noun or the word "people" stands at a token."""
    if at >= len(page.words):
        return False
    word = page.words[at]
    return (
        page.letters[at] in "%$h"
        or word in page.lex.measure
        or word in page.lex.currency
        or word in page.lex.states
        or plural(page, at)
    )


def _sure(page: Page, at: int) -> bool:
    """Whether a number is one of a unit, a scale or people, whatever name stands before it."""
    if at >= len(page.words):
        return False
    word = page.words[at]
    return (
        page.letters[at] in "%$h-"
        or word in page.lex.measure
        or word in page.lex.currency
        or word in page.lex.states
        or word in ("votes", "seats")
        or is_person(page, at)
    )


def _code_before(page: Page, first: int) -> bool:
    """Whether a spaced code stands before a number: "CN - 235", "AK - 47"."""
    raw = page.plain[page.starts[first - 2] : page.ends[first - 2]]
    return raw.isupper() and raw.isalpha() and len(raw) <= 4 and "\n" not in gap(page, first)


def _named_before(page: Page, at: int) -> bool:
    """Whether a capitalised word that opens no sentence stands right before a token."""
    if at < 2 or page.letters[at - 1] not in "0":
        return False
    raw = page.plain[page.starts[at - 1]]
    opens = page.letters[at - 2] == "|" or page.words[at - 2] in (".", '"', "!", "?", ":", "'")
    return raw.isupper() and not opens and "\n" not in gap(page, at - 1)


def _range_before(page: Page, first: int) -> bool:
    return (
        first >= 2
        and page.letters[first - 1] == "-"
        and page.letters[first - 2] in "dnY"
        and (_counts(page, first + 1) or page.letters[max(0, first - 3)] == "$")
        and (first < 3 or page.letters[first - 3] != "-")
    )


def _range_after(page: Page, last: int) -> bool:
    return page.letters[last + 1 : last + 2] in ("d", "n", "Y") and _counts(page, last + 2)


def upper(page: Page, last: int) -> Number | None:
    """The second number of a range: 10-15, 10 to 15, between 10 and 15."""
    letters, words = page.letters, page.words
    if last + 1 >= len(words):
        return None
    joined = words[last] in ("-", "to", "or")
    if words[last] == "and":
        back = max(0, last - 7)
        joined = "between" in words[back:last]
    if not joined:
        return None
    at = last + 1
    if letters[at] == "$":
        at += 1
    match = NUMBER.match(letters, at)
    if not match:
        return None
    return read(page, match.start(), match.end())


def bound_before(page: Page, first: int) -> tuple[int, str | None]:
    """The first token of a bound's words before a number, and the bound they set."""
    at = first
    if at and page.letters[at - 1] == "$":
        at -= 1
        if at and page.words[at - 1] in ("us", "a", "c", "hk") and not gap(page, at):
            at -= 1
    for size in (3, 2, 1):
        if at >= size:
            phrase = " ".join(page.words[at - size : at])
            kind = page.lex.bounds.get(phrase)
            if kind and not (phrase in ("over", "under", "above") and _score(page, at)):
                return at - size, kind
    return first, None


def _score(page: Page, at: int) -> bool:
    return at >= 2 and page.letters[at - 2] in "dnY"
