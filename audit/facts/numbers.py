"""Numbers as English writes them, in digits or words."""

from __future__ import annotations

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS: dict[str, int] = {
    **{word: n for n, word in enumerate(_UNITS)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    "fourty": 40,
}
SCALES: dict[str, int] = {
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
    "million": 10**6,
    "millions": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "trillion": 10**12,
    "trillions": 10**12,
    "mn": 10**6,
    "bn": 10**9,
    "dozen": 12,
    "dozens": 12,
    "score": 20,
    "scores": 20,
}
_FIRST = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
ORDINALS: dict[str, int] = {
    **{word: n for n, word in enumerate(_FIRST, 1)},
    "twentieth": 20,
    "twenty-first": 21,
    "thirtieth": 30,
    "thirty-first": 31,
}
_NTH_TENS = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
ORDINALS.update(_NTH_TENS)


def digits(text: str) -> float | None:
    """The value of a number in digits: 1,200.5, 170,000, 6.1; None where it is none."""
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return None


def words(tokens: list[str]) -> float | None:
    """The value of a number given as lower-case tokens: twenty three, two thousand, 1.2 million.

    Hyphens and ``and`` between the words are skipped. None where a token is no number.
    """
    total, part, seen = 0.0, 0.0, False
    for token in tokens:
        if token in ("-", "and"):
            continue
        if token in ("a", "an"):
            part, seen = part or 1.0, True
        elif token in CARDINALS:
            part, seen = part + CARDINALS[token], True
        elif token in SCALES:
            scale = SCALES[token]
            if scale in (100, 12, 20):
                part = (part or 1.0) * scale
            else:
                total += (part or 1.0) * scale
                part = 0.0
            seen = True
        elif "/" in token:
            top, _, bottom = token.partition("/")
            if not top.isdigit() or not bottom.isdigit() or not int(bottom):
                return None
            part, seen = part + int(top) / int(bottom), True
        else:
            value = digits(token)
            if value is None:
                return None
            part, seen = part + value, True
    return total + part if seen else None


def spoken_year(tokens: list[str]) -> int | None:
    """A year said in words: nineteen ninety six, two thousand five, twenty ten."""
    plain = [t for t in tokens if t not in ("-", "and")]
    if not plain or any(t not in CARDINALS and t not in ("hundred", "thousand") for t in plain):
        return None
    if "thousand" in plain or "hundred" in plain:
        value = words(plain)
        return int(value) if value is not None and 1000 <= value <= 2100 else None
    if len(plain) < 2 or not 11 <= CARDINALS[plain[0]] <= 20:
        return None
    rest = sum(CARDINALS[t] for t in plain[1:])
    year = CARDINALS[plain[0]] * 100 + rest
    return year if 10 <= rest <= 99 and 1100 <= year <= 2099 else None
