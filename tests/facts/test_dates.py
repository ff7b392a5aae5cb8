"""Time expressions: spans, TIMEX3 values and the days they cover, relative to 18 March 2020."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import model, rules
from audit.facts.calendar import covers, easter
from audit.facts.dates import dates
from audit.tokens import Text

RULES = rules.load()
WEDNESDAY = model.Published("2020-03-18", "2020-03-18", "2020-03-18", "metadata")


def values(text: str, published: model.Published = WEDNESDAY) -> dict[str, str]:
    return {t.text: t.value for t in dates(Text(text), published, RULES)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pact of 12 July 2019 lapsed.", {"12 July 2019": "2019-07-12"}),
        ("It opened on Sept. 4, 2018.", {"Sept. 4, 2018": "2018-09-04"}),
        ("It opened on 2018-09-04.", {"2018-09-04": "2018-09-04"}),
        ("The mine closed in May 2016.", {"May 2016": "2016-05"}),
        ("You may go. He may come in May.", {"May": "2020-05"}),
        ("Orla Venn said on Friday that it was over.", {"Friday": "2020-03-13"}),
        ("The council will vote on Friday.", {"Friday": "2020-03-20"}),
        ("Tuesday's vote was close.", {"Tuesday": "2020-03-17"}),
        ("He left last Monday evening.", {"last Monday evening": "2020-03-16TEV"}),
        ("The fair began in January.", {"January": "2020-01"}),
        ("The fair began in November.", {"November": "2019-11"}),
        ("On January 15 people met in Lorn.", {"January 15": "2020-01-15"}),
        ("It began in January 15, they said.", {"January 15": "2020-01-15"}),
        ("The lease expires Sept. 30.", {"Sept. 30": "2020-09-30"}),
        ("It was signed on Friday, July 12.", {"Friday, July 12": "2019-07-12"}),
        ("It fell yesterday and rose today.", {"yesterday": "2020-03-17", "today": "2020-03-18"}),
        ("They met two years ago.", {"two years ago": "2018"}),
        ("Last week it rained.", {"Last week": "2020-W11"}),
        ("Next month it opens.", {"Next month": "2020-04"}),
        ("over the past three months", {"the past three months": "P3M"}),
        ("within at least 72 hours", {"at least 72 hours": "PT72H"}),
        ("a two-hour show", {"two-hour": "PT2H"}),
        ("for an hour and a half", {"an hour and a half": "PT1H30M"}),
        ("They waited for several days.", {"several days": "PXD"}),
        ("in the mid-1970s", {"the mid-1970s": "197"}),
        ("in the 19th century", {"the 19th century": "18"}),
        ("at 10:30 a.m. Tuesday", {"10:30 a.m. Tuesday": "2020-03-17T10:30"}),
        ("at 0600 GMT", {"0600 GMT": "2020-03-18T06:00"}),
        ("every two weeks", {"every two weeks": "P2W"}),
        ("It is printed daily.", {"daily": "P1D"}),
        ("third-quarter profit", {"third-quarter": "2019-Q3"}),
        ("the fourth quarter of 2018", {"the fourth quarter of 2018": "2018-Q4"}),
        ("in the first half of 2017", {"the first half of 2017": "2017-H1"}),
        ("It is now closed and will soon open.", {"now": "PRESENT_REF", "soon": "FUTURE_REF"}),
        ("on Christmas Eve", {"Christmas Eve": "2019-12-24"}),
        ("on Labor Day, 2018", {"Labor Day, 2018": "2018-09-03"}),
        ("this past December of 2020", {"this past December of 2020": "2020-12"}),
        ("the winter of 2015", {"the winter of 2015": "2015-WI"}),
        ("nineteen ninety-six", {"nineteen ninety-six": "1996"}),
        ("between March and May 2015", {"March": "2015-03", "May 2015": "2015-05"}),
        ("the day before yesterday", {"the day before yesterday": "2020-03-16"}),
        ("from 9/11 on", {"9/11": "2001-09-11"}),
    ],
)
def test_value_of_an_expression(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 63-year-old driver fled.",
        "A crowd of 1,900 came.",
        "1900 people came.",
        "They paid $2000 for it.",
        "Protesters set off on a march for peace.",
        "He is in his 30s.",
        "Three quarters of its grain is imported.",
        "The S-400 and the F-16 are weapons.",
        "In January 15 people died in the pass.",
    ],
)
def test_no_expression(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("in July 2019", "2019-07-01", "2019-07-31"),
        ("in late 2018", "2018-07-02", "2018-12-31"),
        ("earlier this year", "2020-01-01", "2020-03-18"),
        ("over the past two weeks", "2020-03-04", "2020-03-18"),
        ("last weekend", "2020-03-14", "2020-03-15"),
        ("a few years ago", None, None),
        ("for two weeks", None, None),
    ],
)
def test_days_covered(text: str, low: str | None, high: str | None) -> None:
    (timex,) = dates(Text(text), WEDNESDAY, RULES)
    assert (timex.from_, timex.to) == (low, high)


def test_narrative_goes_on_from_the_last_day_told() -> None:
    text = "They sailed on 3 May 2017. Two days later they sank. The following month none came."
    assert values(text) == {
        "3 May 2017": "2017-05-03",
        "Two days later": "2017-05-05",
        "The following month": "2017-06",
    }


def test_unknown_publication_leaves_x() -> None:
    found = values("On Friday, in July and last year, and on May 3.", model.Published())
    assert found == {
        "Friday": "XXXX-WXX-5",
        "July": "XXXX-07",
        "last year": "XXXX",
        "May 3": "XXXX-05-03",
    }


def test_year_of_publication_is_enough_for_years() -> None:
    known = model.Published(None, "2020-01-01", "2020-12-31", "inference")
    assert values("Last year it rained.", known) == {"Last year": "2019"}


def test_easter() -> None:
    assert [easter(y).isoformat() for y in (1998, 2019, 2024)] == [
        "1998-04-12",
        "2019-04-21",
        "2024-03-31",
    ]


def test_weeks_and_seasons_cover_days() -> None:
    week, winter = covers("2020-W01"), covers("2015-WI")
    assert week and winter
    assert [d.isoformat() for d in (*week, *winter)] == [
        "2019-12-30",
        "2020-01-05",
        "2015-12-01",
        "2016-02-29",
    ]
    assert covers("XXXX-07") is None
    assert covers("2019-02-30") is None


WORDS = st.sampled_from(
    "12 July 2019 last year the first quarter two days ago Friday morning next week , . - 's \n\n "
    "3 p.m. GMT every of in a and to between mid- early Sept. 31 \ud800 ٣ 1990s X 99999999".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_any_text_gives_sound_spans(parts: list[str]) -> None:
    text = " ".join(parts)
    last = 0
    for timex in dates(Text(text), WEDNESDAY, RULES):
        assert text[timex.start : timex.end] == timex.text
        assert last <= timex.start < timex.end
        assert timex.from_ is None or timex.to is None or timex.from_ <= timex.to
        last = timex.end
