"""The numbers of one text, each with what it counts and how it is bounded.

A number is found in the letters of ``audit.facts.scan`` and then placed by its neighbours: signs
and units first, then what happened to the people it counts, then the noun it stands before. One
that is part of a name, a date, a time, a score, an address or a list is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from audit import model
from audit.facts import numbers
from audit.facts.lexicon import built
from audit.facts.scan import Tokens, scan
from audit.rules import Rules
from audit.tokens import Text

# Every repeat is bounded, so that no run of letters makes a search quadratic.
_NUMBER = re.compile(
    r"[dnY](?:,[dnY]){1,6}(?:\.[dnY])?h?|[dnY]\.[dnY]h?|[dnY]-?f|[dnY]h{0,3}"
    r"|w(?:-?w)?h{1,3}(?:&?w(?:-?w)?h{0,3}){0,4}|w(?:-w)?|ah{1,3}"
    r"|(?:kO?)?h{1,3}(?:Oh{1,3}){0,2}|f"
)
_NOBODY = re.compile(r"(?i)\b(no one|nobody|none|no (?:[a-z]{1,20} )?[a-z]{1,20})\b")
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "feet": "foot",
    "mice": "mouse",
    "teeth": "tooth",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "thieves": "thief",
    "criteria": "criterion",
    "crises": "crisis",
    "cattle": "cattle",
    "series": "series",
    "species": "species",
}
_IE = frozenset(
    "calories movies cookies rookies zombies selfies prairies hippies hoodies brownies ties pies "
    "eateries smoothies freebies newbies walkie-talkies birdies bogeys".split()
)
_SMALL = {"dozen": 24, "dozens": 24, "score": 40, "scores": 40, "hundreds": 200}
_SMALL |= {"thousands": 2000, "millions": 2_000_000, "billions": 2_000_000_000}
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class _People:
    """The words of one slot of people, as tuples of tokens by their first or last one."""

    slot: str
    state: dict[str, list[tuple[str, ...]]]  # by first word
    act: dict[str, list[tuple[str, ...]]]  # by last word
    noun: frozenset[str]
    toll: dict[str, list[tuple[str, ...]]]  # by last word
    needs_person: frozenset[str]


@dataclass(frozen=True)
class _Lexicon:
    people: tuple[_People, ...]
    states: frozenset[str]
    bounds: dict[str, str]
    currency: dict[str, str]
    measure: dict[str, tuple[str, str]]
    words: dict[str, frozenset[str]]


@dataclass(frozen=True)
class _Number:
    """A number's tokens ``first`` .. ``last`` (half-open) and its value."""

    first: int
    last: int
    value: float
    bound: str = "exact"
    scaled: bool = False


def quantities(
    text: Text, rules: Rules, dates: list[model.Timex] | None = None
) -> list[model.Quantity]:
    """The quantities of a text in order. Numbers inside a time expression of ``dates`` are left out.

    ``slot`` is killed, injured, missing, arrested, displaced, infected, kidnapped, rescued, money,
    age, magnitude, percentage, distance, weight, area, volume, speed, temperature, power, votes,
    or ``count:`` and the singular of the noun counted. ``unit`` is an ISO 4217 code for money
    (``USD/100`` for cents), %, pp, or the unit's symbol; null for counts.
    """
    tokens = scan(text.plain, rules)
    lex = built(rules, _lexicon)
    reader = _Reader(text, tokens, lex, dates or [])
    found: list[model.Quantity] = []
    for number in reader.numbers():
        quantity = reader.quantity(number)
        if quantity and not (found and quantity.start < found[-1].end):
            found.append(quantity)
    found.extend(reader.nobody())
    found.sort(key=lambda q: (q.start, q.end))
    return found


def singular(noun: str) -> str:
    """The singular of a plural noun, by rule."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if noun in _IE:
        return noun[:-1]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def _lexicon(rules: Rules) -> _Lexicon:
    table: dict[str, Any] = rules.facts.get("quantities", {})

    def keyed(entries: list[str], last: bool) -> dict[str, list[tuple[str, ...]]]:
        by: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(entry.split())
            by.setdefault(parts[-1] if last else parts[0], []).append(parts)
        return by

    people = tuple(
        _People(
            slot,
            keyed(entry.get("state", []), False),
            keyed(entry.get("act", []), True),
            frozenset(entry.get("noun", [])),
            keyed(entry.get("toll", []), True),
            frozenset(entry.get("needs_person", [])),
        )
        for slot, entry in table.get("people", {}).items()
    )
    return _Lexicon(
        people=people,
        states=frozenset(word for entry in people for word in entry.state),
        bounds={
            phrase: kind for kind, items in table.get("bounds", {}).items() for phrase in items
        },
        currency=dict(table.get("currency", {})),
        measure={
            word: (slot, unit)
            for slot, units in table.get("measures", {}).items()
            for word, unit in units.items()
        },
        words={kind: frozenset(items) for kind, items in table.get("words", {}).items()},
    )


class _Reader:
    """One text's numbers and their neighbours."""

    def __init__(self, text: Text, tokens: Tokens, lex: _Lexicon, dates: list[model.Timex]) -> None:
        self.text = text
        self.lex = lex
        self.words = tokens.words
        self.letters = tokens.letters
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.plain = tokens.text
        self.busy = [(d.start, d.end) for d in dates]
        self.busy_starts = [b[0] for b in self.busy]

    # ---- finding numbers ----

    def numbers(self) -> list[_Number]:
        found = []
        for match in _NUMBER.finditer(self.letters):
            first, last = match.span()
            number = self._read(first, last)
            if number and not self._dated(number) and not self._label(number):
                found.append(number)
        return found

    def _dated(self, number: _Number) -> bool:
        """Whether a number lies in a time expression."""
        start, end = self.starts[number.first], self.ends[number.last - 1]
        at = bisect_right(self.busy_starts, end - 1) - 1
        return at >= 0 and self.busy[at][1] > start

    def _gap(self, at: int) -> str:
        """What stands before a token, back to the one before it."""
        return self.plain[self.ends[at - 1] : self.starts[at]] if at else ""

    def _read(self, first: int, last: int) -> _Number | None:
        letters, words = self.letters, self.words
        shape = letters[first:last]
        if shape[0] in "dnY":
            return self._digits(first, last, shape)
        if shape[0] in "kh":
            plain = [w for w in words[first:last] if w not in ("of", "few", "several", "couple")]
            value = 1.0
            for word in plain:
                if word == "tens":
                    value *= 20
                elif value == 1.0 and shape[0] == "h" and word in _SMALL:
                    value = float(_SMALL[word])
                else:
                    value *= numbers.SCALES.get(word, 1)
            if words[first] == "dozen" and words[max(0, first - 2) : first] in (
                ["half", "-"],
                ["half", "a"],
            ):
                return _Number(first - 2, last, 6.0)
            if shape[0] == "k":
                value *= 2 if "couple" in words[first:last] else 3
            elif first and words[first - 1] == "of" and first > 1 and words[first - 2] == "tens":
                return _Number(first - 2, last, 20.0 * value / 2, "at_least")
            elif words[first] in ("hundred", "thousand", "million", "billion", "trillion"):
                return None
            return _Number(first, last, value, "at_least")
        if shape == "f":
            value_f = numbers.words(words[first:last])
            return None if value_f is None else _Number(first, last, value_f)
        value_w = numbers.words([w for w in words[first:last] if w != "or"])
        if value_w is None or "or" in words[first:last] or "to" in words[first:last]:
            return None
        return _Number(first, last, value_w, scaled="h" in shape)

    def _digits(self, first: int, last: int, shape: str) -> _Number | None:
        """A number in digits, with what a tokeniser or a translation engine broke put together."""
        words = self.words
        end = first + 1
        whole = words[first]
        while end + 1 < last and shape[end - first] == "," and self._gap(end) == "":
            group = words[end + 1]
            spaced = bool(self._gap(end + 1))
            if not (spaced and len(group) == 3 and group.isdigit() and len(whole) <= 3 * end):
                break
            if len(words[first]) > 3 or not self._thousands(first, end + 1, group):
                break
            whole += group
            end += 2
        if end + 1 < last and shape[end - first] == "." and self._gap(end) == "":
            if self._gap(end + 1) == " " and words[end + 1].isdigit() and self._decimal(first, end):
                whole += "." + words[end + 1]
                end += 2
        if end < last and shape[end - first] in "-f":
            fraction = numbers.words([words[last - 1]]) if shape[-1] == "f" else None
            if fraction is not None and fraction < 1:
                return _Number(first, last, (numbers.digits(whole) or 0.0) + fraction)
        value = numbers.digits(whole) if len(whole) <= 24 else None
        if value is None:
            return None
        scaled = False
        while end < len(words) and self.letters[end] == "h" and words[end] not in _SMALL:
            value *= numbers.SCALES[words[end]]
            end += 1
            scaled = True
        if end < len(words) and words[end] in ("dozen",):
            value *= 12
            end += 1
        glued = not scaled and end < len(words) and not self._gap(end) and words[end] in _SUFFIX
        money = first and self.letters[first - 1] == "$"
        if glued and (money or self.plain[self.starts[end]].islower()):
            value *= _SUFFIX[words[end]]
            end += 1
            scaled = True
        return _Number(first, end, value, scaled=scaled)

    def _thousands(self, first: int, at: int, group: str) -> bool:
        """Whether ", 000" goes on the number before it and is no next item of a list."""
        if group.endswith("00"):
            return True
        if first and self.letters[first - 1] == "$":
            return True
        after = self.letters[at + 1 : at + 2]
        before = self.letters[max(0, first - 2) : first]
        return after not in (",", "&") and "," not in before and "M" not in before and after == "0"

    def _decimal(self, first: int, dot: int) -> bool:
        """Whether a full stop with a space after it is a broken decimal point."""
        after = " ".join(self.words[dot + 2 : dot + 5])
        before = " ".join(self.words[max(0, first - 3) : first])
        return bool(
            re.match(
                r"(?:- )?(?:magnitude|percent|per cent|%|million|billion|trillion|on the|-)", after
            )
            or re.search(r"magnitude(?: of)?(?: -)?$|\$$", before)
        )

    # ---- what is no quantity ----

    def _label(self, number: _Number) -> bool:
        """Whether a number is part of a name, a code, a score, a clock time, an address, a list."""
        first, last = number.first, number.last
        start, end = self.starts[first], self.ends[last - 1]
        plain, words, letters = self.plain, self.words, self.letters
        before = plain[start - 1] if start else " "
        after = plain[end] if end < len(plain) else " "
        if not plain[start].isdigit():
            return words[max(0, first - 2) : first] in (["mother", "of"], ["father", "of"]) or (
                first > 0 and words[first - 1] == "no"
            )
        if before.isalpha() or before in "_#@/=&'":
            return True
        if before == "-" and start > 1 and (plain[start - 2].isalnum() or plain[start - 2] == "."):
            # S-400, 555-1234, 3-2: the second half of something, save in ranges (10-15 people).
            return not self._range_before(first)
        if before in ".:," and start > 1 and plain[start - 2].isdigit():
            return True
        if after.isalpha() and not (last < len(words) and words[last] in self.lex.measure):
            return not (first and letters[first - 1] == "$")
        if after in "/_@=\\" or (after == ":" and plain[end + 1 : end + 2].isdigit()):
            return True
        if after == "-" and end + 1 < len(plain):
            tail = plain[end + 1 : end + 12]
            if tail[0].isdigit():
                return not self._range_after(last)
            if tail[0].isupper() and not re.match(r"[Yy]ear|[Mm]agnitude|[A-Z][a-z]+\b", tail):
                return True
        if first and letters[first - 1] == "-" and self._gap(first) and self._gap(first - 1):
            pass
        previous = words[first - 1] if first else ""
        if previous == "of" and first > 1 and words[first - 2] in ("mother", "father"):
            return True
        if previous == "." and first > 1 and words[first - 2] in ("no", "nos", "vol", "fig", "p"):
            return True
        if previous in self.lex.words.get("label", ()) and not self._counts(last):
            return True
        if first and self._named_before(first) and not self._sure(last):
            return True
        if first > 1 and words[first - 1] == "-" and self._code_before(first):
            return True
        opens = not first or "\n" in self._gap(first) or letters[first - 1] == "|"
        return opens and last < len(words) and words[last] in (".", ")") and not number.scaled

    def _counts(self, at: int) -> bool:
        """Whether a unit, a plural noun or the word "people" stands at a token."""
        if at >= len(self.words):
            return False
        word = self.words[at]
        return (
            self.letters[at] in "%$h"
            or word in self.lex.measure
            or word in self.lex.currency
            or word in self.lex.states
            or self._plural(at)
        )

    def _sure(self, at: int) -> bool:
        """Whether a number is one of a unit, a scale or people, whatever name stands before it."""
        if at >= len(self.words):
            return False
        word = self.words[at]
        return (
            self.letters[at] in "%$h-"
            or word in self.lex.measure
            or word in self.lex.currency
            or word in self.lex.states
            or self._is_person(at)
        )

    def _code_before(self, first: int) -> bool:
        """Whether a spaced code stands before a number: "CN - 235", "AK - 47"."""
        raw = self.plain[self.starts[first - 2] : self.ends[first - 2]]
        return raw.isupper() and raw.isalpha() and len(raw) <= 4 and "\n" not in self._gap(first)

    def _named_before(self, at: int) -> bool:
        """Whether a capitalised word that opens no sentence stands right before a token."""
        if at < 2 or self.letters[at - 1] not in "0":
            return False
        raw = self.plain[self.starts[at - 1]]
        opens = self.letters[at - 2] == "|" or self.words[at - 2] in (".", '"', "!", "?", ":", "'")
        return raw.isupper() and not opens and "\n" not in self._gap(at - 1)

    def _range_before(self, first: int) -> bool:
        return (
            first >= 2
            and self.letters[first - 1] == "-"
            and self.letters[first - 2] in "dnY"
            and (self._counts(first + 1) or self.letters[max(0, first - 3)] == "$")
            and (first < 3 or self.letters[first - 3] != "-")
        )

    def _range_after(self, last: int) -> bool:
        return self.letters[last + 1 : last + 2] in ("d", "n", "Y") and self._counts(last + 2)

    # ---- slots ----

    def quantity(self, number: _Number) -> model.Quantity | None:
        first, last = number.first, number.last
        value_to: float | None = None
        bound = number.bound
        upper = self._upper(last)
        if upper:
            value_to, bound, last = upper.value, "between", upper.last
            if upper.scaled and not number.scaled:
                scale = upper.value / (numbers.digits(self.words[upper.first]) or upper.value)
                number = _Number(number.first, number.last, number.value * scale)
            if value_to <= number.value:
                return None
        lead, kind = self._bound(first)
        if value_to is not None and first and self.words[first - 1] == "between":
            lead = first - 1
        if kind and bound == "exact":
            bound = kind
        if bound == "exact" and last < len(self.words):
            tail = self.words[last : last + 2]
            if tail == ["or", "more"] or tail[:1] == ["+"] or tail == ["-", "plus"]:
                bound = "at_least"
                last += len(tail) if tail[0] != "+" else 1
            elif tail in (["or", "so"], ["or so"]) or tail[:1] == ["or so"]:
                bound = "about"
                last += 1 if tail[0] == "or so" else 2
        placed = self._measured(first, last, number) or self._person(lead, first, last)
        placed = placed or self._counted(first, last, number)
        if placed is None:
            return None
        slot, unit, begin, stop = placed
        begin = min(begin, lead)
        start, end = self.starts[begin], self.ends[stop - 1]
        value = number.value
        return model.Quantity(
            start=start,
            end=end,
            text=self.text.raw[start:end],
            slot=slot,
            value=value,
            value_to=value_to,
            unit=unit,
            bound=bound,  # type: ignore[arg-type]
        )

    def _upper(self, last: int) -> _Number | None:
        """The second number of a range: 10-15, 10 to 15, between 10 and 15."""
        letters, words = self.letters, self.words
        if last + 1 >= len(words):
            return None
        joined = words[last] in ("-", "to")
        if words[last] == "and":
            back = max(0, last - 7)
            joined = "between" in words[back:last]
        if not joined:
            return None
        at = last + 1
        if letters[at] == "$":
            at += 1
        match = _NUMBER.match(letters, at)
        if not match:
            return None
        return self._read(match.start(), match.end())

    def _bound(self, first: int) -> tuple[int, str | None]:
        """The first token of a bound's words before a number, and the bound they set."""
        at = first
        if at and self.letters[at - 1] == "$":
            at -= 1
            if at and self.words[at - 1] in ("us", "a", "c", "hk") and not self._gap(at):
                at -= 1
        for size in (3, 2, 1):
            if at >= size:
                phrase = " ".join(self.words[at - size : at])
                kind = self.lex.bounds.get(phrase)
                if kind and not (phrase in ("over", "under", "above") and self._score(at)):
                    return at - size, kind
        return first, None

    def _score(self, at: int) -> bool:
        return at >= 2 and self.letters[at - 2] in "dnY"

    def _measured(
        self, first: int, last: int, number: _Number
    ) -> tuple[str, str | None, int, int] | None:
        """Money, percentages, magnitudes, ages, votes and units of measure."""
        words, letters, lex = self.words, self.letters, self.lex
        size = len(words)
        begin = first
        if first and letters[first - 1] == "$":
            begin = first - 1
            sign = self.plain[self.starts[begin]]
            code = lex.currency.get(sign, "USD")
            if begin and words[begin - 1] in ("us", "a", "c", "hk") and not self._gap(begin):
                begin -= 1
                code = lex.currency.get(words[begin] + "$", code)
            return "money", code, begin, last
        after = words[last] if last < size else ""
        at = last + 1 if after == "-" and last + 1 < size else last
        word = words[at] if at < size else ""
        if word in ("%", "percent") or (word == "per" and words[at + 1 : at + 2] == ["cent"]):
            stop = at + (2 if word == "per" else 1)
            if words[stop : stop + 1] and words[stop] in ("point", "points"):
                return "percentage", "pp", begin, stop + 1
            return "percentage", "%", begin, stop
        if word == "percentage" and words[at + 1 : at + 2] and words[at + 1].startswith("point"):
            return "percentage", "pp", begin, at + 2
        if word == "magnitude" or word == "richter":
            return "magnitude", None, begin, at + 1
        for size in (1, 2, 3):
            if first >= size and words[first - size] == "magnitude":
                if not {",", ".", ";"} & set(words[first - size : first]):
                    return "magnitude", None, first - size, last
                break
        if word == "on" and words[at + 1 : at + 3] == ["the", "richter"]:
            return "magnitude", None, begin, last
        if number.value <= 130 and number.value == int(number.value):
            age = self._age(first, last)
            if age:
                return age
        named = " ".join(words[at : at + 2])
        if named in lex.currency:
            return "money", lex.currency[named], begin, at + 2
        if word in lex.currency and letters[at] != "$":
            code = lex.currency[word]
            if code.isupper():
                return "money", code, begin, at + 1
        if word == "of" and words[at + 1 : at + 2] and letters[last - 1] == "h":
            code = lex.currency.get(words[at + 1], "")
            if code.isupper():
                return "money", code, begin, at + 2
        if begin and words[begin - 1] in ("eur", "usd", "gbp", "chf", "rs"):
            return "money", lex.currency[words[begin - 1]], begin - 1, last
        if word == "square" and words[at + 1 : at + 2] and words[at + 1] in lex.measure:
            return "area", lex.measure[words[at + 1]][1] + "2", begin, at + 2
        if word == "cubic" and words[at + 1 : at + 2] and words[at + 1] in lex.measure:
            return "volume", lex.measure[words[at + 1]][1] + "3", begin, at + 2
        if word in lex.measure and not (at > last and self._gap(at)):
            slot, unit = lex.measure[word]
            stop = at + 1
            if slot == "weight" and unit == "lb" and number.scaled:
                return "money", "GBP", begin, stop
            if slot == "distance" and words[stop : stop + 2] == ["per", "hour"]:
                return "speed", unit + "/h", begin, stop + 2
            if slot == "temperature":
                scale = words[stop] if stop < size else ""
                scales = {
                    "celsius": "°C",
                    "centigrade": "°C",
                    "fahrenheit": "°F",
                    "c": "°C",
                    "f": "°F",
                }
                if scale in scales:
                    return slot, scales[scale], begin, stop + 1
            if word in ("foot", "meter", "metre", "mile") and number.value != 1 and at == last:
                return slot, unit, begin, stop
            return slot, unit, begin, stop
        if word in ("votes", "vote"):
            return "votes", None, begin, at + 1
        return None

    def _age(self, first: int, last: int) -> tuple[str, str | None, int, int] | None:
        """63-year-old, aged 63, 63 years old; a name, its age between commas."""
        words, letters = self.words, self.letters
        tail = words[last : last + 6]
        if tail[:2] == ["-", "year"] and "old" in tail[2:4] + [t for t in tail if t == "olds"]:
            stop = last + tail.index("old") + 1
            return "age", "year", first, stop
        if tail[:2] in (["years", "old"], ["year", "old"]) or tail[:3] == ["years", "of", "age"]:
            return "age", "year", first, last + (3 if tail[1] == "of" else 2)
        if first and words[first - 1] in ("aged", "age"):
            return "age", "year", first - 1, last
        if (
            first > 1
            and letters[first - 1] == ","
            and last < len(words)
            and words[last] in (",", ".")
            and self.plain[self.starts[first]].isdigit()
            and self._gap(first) == " "
            and self.plain[self.starts[first - 2]].isupper()
            and letters[first - 2] == "0"
            and words[first - 2] not in self.lex.currency
            and words[last + 1 : last + 2] != [","]
            and int(words[first]) >= 5
        ):
            return "age", "year", first, last
        return None

    def _person(self, lead: int, first: int, last: int) -> tuple[str, str | None, int, int] | None:
        """Slots of people: by the state told after them, the act before them, or their noun."""
        words, lex = self.words, self.lex
        after = self._after(last)
        if after:
            return after[0], None, first, after[1]
        for entry in lex.people:
            if last < len(words) and words[last] in entry.noun:
                return entry.slot, None, first, last + 1
            if (
                last + 1 < len(words)
                and words[last + 1] in entry.noun
                and self.letters[last] in "0j"
                and words[last] not in lex.words["stop"]
            ):
                return entry.slot, None, first, last + 2
        return self._before(lead, first, last)

    def _after(self, last: int) -> tuple[str, int] | None:
        """The slot and end of "24 (people were) killed", "12 of the dead"."""
        words, letters, lex = self.words, self.letters, self.lex
        size = len(words)
        person, aux, stop = lex.words["person"], lex.words["aux"], lex.words["stop"]
        at, nouns, helped, noun_end = last, 0, False, last
        while at < size and at < last + 9:
            word = words[at]
            if word in lex.states:
                for entry in lex.people:
                    for phrase in entry.state.get(word, ()):
                        end = at + len(phrase)
                        if tuple(words[at:end]) != phrase:
                            continue
                        if not helped and nouns and self._acts(at, end):
                            return None
                        if not helped and not nouns and self._modifies(word, end):
                            continue
                        return entry.slot, end if not helped else noun_end or last
                return None
            if word in ("of", "the", "those", "them") and nouns == 0 and at < last + 3:
                at += 1
                continue
            if word in ("was", "is", "has") and nouns and words[last - 1] != "one":
                if words[last - 1] not in ("1",) and self._plural(at - 1):
                    return None
            if word in aux:
                helped = helped or word not in ("also", "still", "as", "to")
            elif helped or letters[at] in "|,.$%" or word in stop or not word.isalpha():
                if word == "-" and not helped and not self._gap(at):
                    return None
                return None
            else:
                nouns += 1
                noun_end = at + 1
                if nouns > 4 and word not in person:
                    return None
            at += 1
        return None

    def _acts(self, at: int, end: int) -> bool:
        """Whether a verb after a noun is active: what follows is its object."""
        if end >= len(self.words):
            return False
        if self.words[at] in ("dead", "missing", "homeless", "died", "die", "dying", "perished"):
            return False
        following = self.words[end]
        capital = self.plain[self.starts[end]].isupper()
        return (
            self.letters[end] in "dnYwhaTB"
            or following in self.lex.words["object"]
            or (capital and self.letters[end] == "0")
        )

    def _modifies(self, word: str, end: int) -> bool:
        """Whether a state right after a number only modifies a noun: "two missing words"."""
        if word in ("dead", "killed", "injured", "hurt", "wounded", "dying"):
            return False
        return end < len(self.words) and self._plural(end) and not self._is_person(end)

    def _is_person(self, at: int) -> bool:
        return self.words[at] in self.lex.words["person"]

    def _before(self, lead: int, first: int, last: int) -> tuple[str, str | None, int, int] | None:
        """ "killing 24", "death toll rose to 27", "the dead included 3 children"."""
        words, lex = self.words, self.lex
        stop, noun = self._noun(last)
        at = lead
        while at and words[at - 1] in ("another", "the", "other", "a", "all", "these"):
            at -= 1
        previous = words[at - 1] if at else ""
        human = noun is None or noun in lex.words["person"] or words[first] != "one"
        for entry in lex.people:
            for phrase in entry.act.get(previous, ()):
                if tuple(words[at - len(phrase) : at]) != phrase:
                    continue
                if phrase[0] in entry.needs_person and noun not in lex.words["person"]:
                    continue
                if noun in _THINGS or self._counts_thing(last):
                    continue
                if human:
                    return entry.slot, None, first, stop
        back = at
        while back and back > at - 6 and words[back - 1] in lex.words["link"]:
            back -= 1
        if back == at and previous not in ("toll", ":"):
            return None
        for entry in lex.people:
            for size in (0, 1, 2, 3, 4):
                # The toll's own words, with its "from the quake" between it and its verb.
                here = back - size
                if here <= 0 or (size and words[here] in (".", ",", "|")):
                    break
                for phrase in entry.toll.get(words[here - 1], ()):
                    if tuple(words[here - len(phrase) : here]) == phrase:
                        return entry.slot, None, first, stop
        return None

    def _counts_thing(self, at: int) -> bool:
        if at >= len(self.words):
            return False
        word = self.words[at]
        return word in self.lex.measure or self.letters[at] in "%uUq"

    # ---- counted nouns ----

    def _breaks(self, at: int) -> bool:
        """Whether a new line with a capital begins at a token: a headline's end."""
        return "\n" in self._gap(at) and self.plain[self.starts[at]].isupper()

    def _plural(self, at: int) -> bool:
        word = self.words[at]
        if word in self.lex.words["plural"] or word in self.lex.words["person"]:
            return True
        return (
            len(word) > 3
            and word[-1] == "s"
            and word[-2:] not in ("ss", "us", "is")
            and word.isalpha()
            and not self.plain[self.starts[at] : self.ends[at]].isupper()
            and word not in self.lex.words["hollow"]
            and word not in self.lex.words["stop"]
        )

    def _noun(self, last: int) -> tuple[int, str | None]:
        """Where the noun phrase after a number ends, and its head: the first plural there."""
        words, letters, lex = self.words, self.letters, self.lex
        at = last
        while at < len(words) and at < last + 6:
            word = words[at]
            if (word in lex.states and at > last) or self._breaks(at):
                break
            if letters[at] in "0jSPEHxhZ~U" and word not in lex.words["stop"]:
                if self._plural(at):
                    end = at + 1
                    if end < len(words) and letters[end] == "p":
                        return last, None
                    # The head may come later: "12 sports clubs".
                    if (
                        end < len(words)
                        and letters[end] == "0"
                        and words[end] not in lex.words["stop"]
                        and self._plural(end)
                        and words[end] not in _VERBS
                        and (word not in lex.words["person"] or word in ("other", "police"))
                        and not self._breaks(end)
                    ):
                        return end + 1, words[end]
                    return end, word
                at += 1
            elif (word == "-" and not self._gap(at) and at > last) or (
                letters[at] in "MD" and at > last - 1 and not self._gap(at).count("\n")
            ):
                at += 1
            else:
                break
        return last, None

    def _counted(
        self, first: int, last: int, number: _Number
    ) -> tuple[str, str | None, int, int] | None:
        """``count:`` and the head noun; for a part of a total, the total's noun."""
        words, letters, lex = self.words, self.letters, self.lex
        at = last
        if at < len(words) and words[at] == "-" and not self._gap(at):
            return None
        if first > 2 and words[first - 1] in ("in", "of", "-") and self._ratio(first):
            return None
        if words[at : at + 2] == ["of", "the"] or words[at : at + 2] == ["of", "its"]:
            at += 2
            match = _NUMBER.match(letters, at)
            if match:
                at = match.end()
            elif words[first] == "one":
                return None
        elif words[at : at + 1] == ["of"] and letters[first] in "hka":
            at += 1
        stop, noun = self._noun(at)
        if noun is None:
            if number.value == 1 and words[last : last + 1] and self._is_person(last):
                return f"count:{singular(words[last])}", None, first, last + 1
            return None
        if noun in lex.words["hollow"] or noun in lex.measure:
            return None
        if words[first] == "one" and number.value == 1:
            return None
        return f"count:{singular(noun)}", None, first, stop

    def _ratio(self, first: int) -> bool:
        """Whether a number ends a ratio: one in five, one out of three, seven-in-ten."""
        before = self.words[first - 3 : first]
        return (
            (before[2] == "in" and self.letters[first - 2] in "dnwY")
            or before[1:] == ["out", "of"]
            or before == ["-", "in", "-"]
        )

    def nobody(self) -> list[model.Quantity]:
        """ "No one was killed", "no deaths": nought, as a quantity."""
        found = []
        for match in _NOBODY.finditer(self.plain):
            end = match.end()
            at = bisect_right(self.starts, match.start()) - 1
            words = self.words
            stop = at
            while stop < len(words) and self.starts[stop] < end:
                stop += 1
            for entry in self.lex.people:
                if words[stop - 1] in entry.noun and stop - at <= 3:
                    found.append(self._nought(at, stop, entry.slot))
                    break
            else:
                low = match.group().lower()
                rest = at + (2 if low.startswith("no ") else 1)
                after = self._after(rest)
                if after and (low in ("no one", "nobody", "none") or self._is_person(rest - 1)):
                    found.append(self._nought(at, rest, after[0]))
        return found

    def _nought(self, first: int, last: int, slot: str) -> model.Quantity:
        start, end = self.starts[first], self.ends[last - 1]
        return model.Quantity(
            start=start, end=end, text=self.text.raw[start:end], slot=slot, value=0.0
        )


_SUFFIX = {"m": 10**6, "bn": 10**9, "k": 10**3, "mn": 10**6, "tn": 10**12, "b": 10**9}
_GLUED = frozenset(
    {"m", "bn", "k", "mn", "km", "kg", "mp", "kp", "ft", "b", "tn", "mm", "cm", "mw"}
)
_THINGS = frozenset("homes houses buildings cars jobs points goals dogs cats birds cattle".split())
_VERBS = frozenset("says is has was does goes gives takes makes comes leaves includes".split())
