"""Dates are read where one day can be meant, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reading import days


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("2020-03-01", "2020-03-01"),
        (" 2020-03-01 ", "2020-03-01"),
        ("2020-03-01T10:00:00Z", "2020-03-01T10:00:00+00:00"),
        ("2020-03-01 10:00:00+0200", "2020-03-01T10:00:00+02:00"),
        ("2020-03-01T10:00", "2020-03-01T10:00:00"),
        ("2020-03-01T10:00:00.123456-05:00", "2020-03-01T10:00:00-05:00"),
        ("2020-03", "2020-03"),
        ("2020", "2020"),
        ("20200301", "2020-03-01"),
        ("2020/3/1", "2020-03-01"),
        ("Sun, 01 Mar 2020 10:00:00 GMT", "2020-03-01T10:00:00+00:00"),
        ("Sun, 01 Mar 2020 10:00:00 -0500", "2020-03-01T10:00:00-05:00"),
        ("March 1, 2020", "2020-03-01"),
        ("Sunday, March 1st, 2020", "2020-03-01"),
        ("Published: Mar. 1, 2020 at 9:30 am", "2020-03-01"),
        ("1 March 2020", "2020-03-01"),
        ("1. März 2020", "2020-03-01"),
        ("1er mars 2020", "2020-03-01"),
        ("1 de marzo de 2020", "2020-03-01"),
        ("25/03/2020", "2020-03-25"),
        ("03/25/2020", "2020-03-25"),
        ("04/04/2020", "2020-04-04"),
        ("01.03.2020", "2020-03-01"),
        ("1583056800", "2020-03-01T10:00:00+00:00"),
        ("1583056800000", "2020-03-01T10:00:00+00:00"),
    ],
)
def test_a_date_is_read(given: str, value: str) -> None:
    assert days.normal(given)[0] == value
    assert days.normal(given)[2] >= 0.9


@pytest.mark.parametrize(
    "given",
    [
        "03/04/2020",
        "3-4-2020",
        "03/04/20",
        "2020-02-30",
        "February 30, 2020",
        "2020-13-01",
        "yesterday",
        "Sunday",
        "12345",
        "0",
        "",
        "March 2020 issue",
        "May the 4th",
        "99/99/9999",
        "x" * 100000,
    ],
)
def test_what_could_be_several_days_or_none_stays_unknown(given: str) -> None:
    value, how, sure = days.normal(given)
    assert (value, sure) == (None, 0.0)
    assert how


def test_the_reason_quotes_what_was_given() -> None:
    assert days.normal("03/04/2020")[1] == "“03/04/2020” could be two days"


@given(st.text(max_size=60) | st.from_regex(r"[0-9/., -]{4,20}"))
def test_anything_may_stand_there(given: str) -> None:
    value, _, sure = days.normal(given)
    assert (value is None) == (sure == 0.0)


@given(st.dates())
def test_iso_dates_are_kept(day: object) -> None:
    given = str(day)
    assert days.normal(given)[0] == (given if "1400" <= given < "2201" else None)
