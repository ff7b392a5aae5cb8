"""Durations as numbers that can be compared: "34 years in prison", "a five-week trial"."""

from __future__ import annotations

import re

from audit import model

SLOT = "duration"
_VALUE = re.compile(r"P(T)?(\d+(?:\.\d+)?)([YMWDHS])")
_UNITS = {
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "TH": "hour",
    "TM": "minute",
    "TS": "second",
}
_BOUNDS = (
    (
        re.compile(r"^(?:at least|more than|over|no less than|a minimum of|upwards? of)\b", re.I),
        "at_least",
    ),
    (
        re.compile(r"^(?:up to|at most|less than|under|no more than|just under|within)\b", re.I),
        "at_most",
    ),
    (
        re.compile(
            r"^(?:about|around|some|nearly|almost|roughly|approximately|close to"
            r"|as (?:long|many) as)\b|\bdecades?\b|-plus\b|\bor so$",
            re.I,
        ),
        "about",
    ),
)


def durations(dates: list[model.Timex]) -> list[model.Quantity]:
    """The durations among time expressions as quantities of the slot ``duration``, by unit; vague
    ones ("several years"), and those of two units, are left out."""
    found = []
    for one in dates:
        told = _VALUE.fullmatch(one.value) if one.type == "DURATION" else None
        unit = _UNITS.get(f"{told[1] or ''}{told[3]}") if told else None
        if told is None or unit is None:
            continue
        bound = next((kind for pattern, kind in _BOUNDS if pattern.search(one.text)), "exact")
        found.append(
            model.Quantity(
                one.start,
                one.end,
                one.text,
                SLOT,
                float(told[2]),
                unit=unit,
                bound=bound,  # type: ignore[arg-type]
            )
        )
    return found
