"""What a quantity of a short text is: its record, the words of numbers, units and bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.facts.stems import is_content, stem
from audit.tokens import Text

NUMBER_WORDS = {
    **{w: n for n, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split())},
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "single": 1, "solo": 1,
    "sole": 1, "lone": 1, "pair": 2, "couple": 2, "both": 2,
    "duo": 2, "trio": 3, "quartet": 4, "quintet": 5, "sextet": 6, "septet": 7, "octet": 8,
    "duology": 2, "trilogy": 3, "tetralogy": 4, "quadrilogy": 4, "pentalogy": 5,
    "twins": 2, "triplets": 3, "quadruplets": 4,
}  # fmt: skip
ORDINALS = {
    w: n + 1
    for n, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split()
    )
} | {"debut": 1, "inaugural": 1, "maiden": 1, "thirtieth": 30, "fiftieth": 50, "hundredth": 100}
BOUNDS = (
    ("more", re.compile(r"(?:(?<!no )(?<!not )more than|over|above|exceeding|at least|upwards of"
                        r"|(?:no|not) (?:less|fewer) than|greater than|minimum of|beyond)$")),
    ("less", re.compile(r"(?:less than|fewer than|under|below|up to|at most|(?:no|not) more than"
                        r"|maximum of|as many as)$")),
    ("about", re.compile(r"(?:about|around|approximately|nearly|almost|roughly|some|estimated|an"
                         r"|circa|close to)$")),
)  # fmt: skip
# What measures: the kind, and how much of its base unit one is (days, metres, square metres,
# kilograms, kilometres an hour, litres).
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("percent", "percentage"), ("share", 1.0)),
    **dict.fromkeys(("minute", "minutes"), ("span", 1 / 1440)),
    **dict.fromkeys(("hour", "hours"), ("span", 1 / 24)),
    **dict.fromkeys(("day", "days"), ("span", 1.0)),
    **dict.fromkeys(("week", "weeks"), ("span", 7.0)),
    **dict.fromkeys(("month", "months"), ("span", 30.44)),
    **dict.fromkeys(("year", "years"), ("span", 365.25)),
    **dict.fromkeys(("decade", "decades"), ("span", 3652.5)),
    **dict.fromkeys(("century", "centuries"), ("span", 36525.0)),
    **dict.fromkeys(("mm", "millimetres", "millimeters"), ("length", 1e-3)),
    **dict.fromkeys(("cm", "centimetres", "centimeters"), ("length", 1e-2)),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("length", 1.0)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), ("length", 1e3)),
    **dict.fromkeys(("foot", "feet", "ft"), ("length", 0.3048)),
    **dict.fromkeys(("inch", "inches"), ("length", 0.0254)),
    **dict.fromkeys(("mile", "miles", "mi"), ("length", 1609.34)),
    **dict.fromkeys(("km2", "sqkm"), ("area", 1e6)),
    **dict.fromkeys(("hectare", "hectares", "ha"), ("area", 1e4)),
    **dict.fromkeys(("acre", "acres"), ("area", 4046.9)),
    **dict.fromkeys(("kg", "kilogram", "kilograms", "kilos", "kilo"), ("mass", 1.0)),
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons"), ("mass", 1e3)),
    **dict.fromkeys(("pound", "pounds", "lb", "lbs"), ("mass", 0.4536)),
    **dict.fromkeys(("kmh", "km/h"), ("speed", 1.0)),
    **dict.fromkeys(("mph",), ("speed", 1.609)),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), ("volume", 1.0)),
    **dict.fromkeys(("degrees", "degree"), ("degrees", 1.0)),
    **dict.fromkeys(("times",), ("times", 1.0)),
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number, what kind it is, and the stems of what it counts. ``spread`` holds where it may
    lie, where the words leave it open ("dozens", "most")."""

    start: int
    end: int
    value: float
    kind: str
    heads: frozenset[str]
    context: frozenset[str] = frozenset()
    bound: str = ""
    only: bool = False
    spread: tuple[float, float] | None = None


def bound_of(plain: str, at: int) -> str:
    """What the words right before a number leave open: more, less, about or nothing."""
    tail = " ".join(plain[max(0, at - 40) : at].lower().replace("$", " ").split()[-3:])
    return next((b for b, pattern in BOUNDS if pattern.search(tail)), "")


def around(text: Text, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the words of a sentence before and after a place, eight at most."""
    first, last = text.sentence_at(start)
    before = re.findall(r"[^\W\d_]+", text.plain[max(first, start - 90) : start].lower())[-8:]
    after = re.findall(r"[^\W\d_]+", text.plain[end : min(last, end + 60)].lower())[:6]
    return (frozenset(stem(w) for w in before if is_content(w)),
            frozenset(stem(w) for w in after if is_content(w)))  # fmt: skip
