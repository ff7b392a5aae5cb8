"""The day of publication: metadata, head, address, wording, and dates that cannot be."""

from __future__ import annotations

import pytest

from audit import model, rules
from audit.facts.dates import dates
from audit.facts.heads import head_day
from audit.facts.impossible import contradicts, no_such_day, wrong_weekday
from audit.facts.published import published
from audit.tokens import Text

RULES = rules.load()


def told(text: str, given: str | None = None, url: str | None = None) -> tuple[str | None, ...]:
    when = published(Text(text), given=given, url=url, title=None)
    return when.value, when.from_, when.to, when.method


@pytest.mark.parametrize(
    "given",
    [
        "2019-07-12",
        "2019-07-12T10:00:00+02:00",
        "20190712",
        "July 12th, 2019 at 5 pm",
        "Fri, 12 Jul 2019 10:00:00 GMT",
        "1562925600",
        "25/12/2019",
    ],
)
def test_metadata_forms(given: str) -> None:
    day = "2019-12-25" if "/" in given else "2019-07-12"
    assert told("Nothing.", given) == (day, day, day, "metadata")


def test_metadata_that_leaves_room() -> None:
    assert told("Nothing.", "2019-07") == ("2019-07", "2019-07-01", "2019-07-31", "metadata")
    assert told("Nothing.", "03/04/2020") == (None, "2020-03-04", "2020-04-03", "metadata")
    assert told("Nothing.", "soon") == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("PORT VENN, July 12, 2019 (Wire) - The ferry sank.", "dateline"),
        ("Published: 12 July 2019 10:30\nThe ferry sank.", "header"),
        ("Ferry sinks\n\nFriday, July 12, 2019\n\nThe ferry sank.", "header"),
    ],
)
def test_head(text: str, method: str) -> None:
    assert told(text) == ("2019-07-12", "2019-07-12", "2019-07-12", method)


@pytest.mark.parametrize(
    "text",
    [
        "Ferry sinks off Venn\nFri Jul 12 2019, 01:19 hrs The ferry sank on Thursday.",
        "Ferry sinks off Venn July 12, 2019 03:57 PM The Venn line on Thursday said it sank.",
        "Ferry sinks off Venn\n9:13 AM PDT July 12, 2019\nThe ferry sank.",
        "Ferry sinks off Venn\nFRIDAY, JULY 12TH, 2019 AT 10:40 AM\nThe ferry sank.",
        "Ferry sinks off Venn\nUpdated 07/12/2019 01:03 PM\n12/07/2019 was a Friday.",
        "Ferry sinks off Venn\n12 July 2019 Last updated at 13:38 GMT\nThe ferry sank.",
        "Ferry sinks off Venn\nPosted 2019 - 07 - 12\nThe ferry sank.",
        "Ferry sinks off Venn\n\nBy Ada Venn, Venn Evening Mail, 12 July 2019\n\nThe ferry sank.",
        "PORT VENN, Wales, July 12, 2019 /Wire/ -- The ferry sank.",
        "PORT VENN - July 12, 2019 - The ferry sank.",
        "http: / / www. venn. test / 2019 / jul / 12 / ferry - sinks. html\nThe ferry sank.",
        "https://www.venn.test/2019/07/12/ferry-sinks\nThe ferry sank.",
    ],
)
def test_stamps_bylines_and_links_at_the_head(text: str) -> None:
    low, high = told(text)[1:3]
    if "07/12/" in text and "http" not in text:  # or the 7th of December
        assert (low, high) == ("2019-07-12", "2019-12-07")
    else:
        assert (low, high) == ("2019-07-12", "2019-07-12")


@pytest.mark.parametrize(
    "text",
    [
        "The ferry that sank on July 12, 2019 at 7:37 a.m. was raised.",
        "The ferry sank on July 12, 2019 at 7:37 AM off Venn, where it lies.",
        "The ferry of July 12, 2019 and its crew\nIt was raised from the sea.",
        "Venn v Lorn\nVenn Park\nFriday, 12 July\n2019 GMT\nVenn have a new keeper.",
        "Ada Venn in Port Venn, Wales, July 12, 2019. (Ben Orm/Wire)\nShe will not stand again.",
    ],
)
def test_the_day_of_an_event_is_none_of_publication(text: str) -> None:
    assert told(text)[0] is None


@pytest.mark.parametrize(
    ("text", "month", "number"),
    [
        ("Ferry sinks\n\nPORT VENN, Wales, Feb. 24 (Wire) - The ferry sank.", 2, 24),
        ("Ferry sinks PORT VENN, Feb 24: The ferry sank.", 2, 24),
        ("Ferry sinks\nPort Venn, 24 February. The ferry sank.", 2, 24),
        ("Ferry sinks\nVenn News, Sunday, 24 February, 14:05 GMT\nThe ferry sank.", 2, 24),
        ("Ferry sinks\nUpdated: Feb 24\nThe ferry sank.", 2, 24),
    ],
)
def test_a_dispatch_tells_the_day_without_the_year(text: str, month: int, number: int) -> None:
    found = head_day(Text(text))
    assert found and (found.year, found.month, found.number) == (None, month, number)
    assert told(text)[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "The ferry will be raised on Feb. 24, officials said.",
        "Ferry of February 24: what is known of it so far\nIt was raised.",
        "The ferry line of Venn wants to sail again\nfrom Feb 24 to Mar 3 at the latest.",
        "Nothing is said of a day.",
    ],
)
def test_a_day_that_is_told_of_is_not_the_heads(text: str) -> None:
    assert head_day(Text(text)) is None


def test_address() -> None:
    assert told("Nothing.", url="https://a.test/2019/jul/12/ferry")[0] == "2019-07-12"
    assert told("Nothing.", url="https://a.test/2019/07/ferry-1200")[0] == "2019-07"
    assert told("Nothing.", url="https://a.test/ferry-4012020")[0] is None
    assert told("Nothing.", url="https://a.test/2019/07/5-ferries-that-sank")[0] == "2019-07"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Last year, in July 2019, the ferry sank.", "2020-01-01", "2020-12-31"),
        ("The ferry sank in 2019, last year.", "2020-01-01", "2020-12-31"),
        ("Three years ago, in 2015, it was built.", "2018-01-01", "2018-12-31"),
        ("Tolls came this past December of 2020.", "2021-01-01", "2021-11-30"),
    ],
)
def test_wording(text: str, low: str, high: str) -> None:
    assert told(text) == (None, low, high, "inference")


def test_past_event_is_a_lower_bound() -> None:
    assert told("The ferry was sold on 3 May 2017.") == (None, "2017-05-03", None, "mentions")
    assert told("The ferry will be sold on 3 May 2017.") == (None, None, None, None)
    assert told("On 3 May 2017, they'll sell the ferry.") == (None, None, None, None)


def test_another_mans_now_is_not_ours() -> None:
    assert told('"Last year, in 2015, we sank," he said.') == (None, None, None, None)


def test_contradicted_by_wording() -> None:
    text = Text("Last year, in July 2017, it sank. It was raised on 3 May 2021.")
    day = model.Published("2020-03-18", "2020-03-18", "2020-03-18", "metadata")
    quotes = [text.raw[r.start : r.end] for r in contradicts(text, day)]
    assert quotes == ["Last year, in July 2017", "3 May 2021"]
    fits = model.Published("2018-03-18", "2018-03-18", "2018-03-18", "metadata")
    assert [text.raw[r.start : r.end] for r in contradicts(text, fits)] == ["3 May 2021"]


def test_impossible_days_and_weekdays() -> None:
    day = model.Published("2020-03-18", "2020-03-18", "2020-03-18", "metadata")
    text = Text(
        "From June 31 to Feb. 29, 2019, but not on Feb. 29, 2020. "
        "On Friday, July 12, 2020 and on Friday, July 12, 2019."
    )
    found = dates(text, day, RULES)
    assert [text.raw[r.start : r.end] for r in no_such_day(found)] == ["June 31", "Feb. 29, 2019"]
    wrong = [text.raw[r.start : r.end] for r in wrong_weekday(found, day)]
    assert wrong == ["Friday, July 12, 2020"]


def test_a_note_a_post_and_a_caption_may_be_later_than_their_text() -> None:
    day = model.Published("2031-03-02", "2031-03-02", "2031-03-02", "metadata")
    for said in (
        "Correction: this article was corrected on May 4, 2031, to mend a name.",
        "A post shared by Ilse Marn (@ilsemarn) on May 4, 2031 at 4:32pm PDT",
        "The mayor opened the new ferry on May 4, 2031 in Kell. (Photo by Bo Carr)",
    ):
        assert list(contradicts(Text(said), day)) == [], said
    assert list(contradicts(Text("The mayor opened the new ferry on May 4, 2031 in Kell."), day))


def test_a_count_of_years_that_does_not_fit_may_be_a_slip() -> None:
    text = Text("The board met three years ago, in 2019, and found the dam safe.")
    day = model.Published("2025-02-03", "2025-02-03", "2025-02-03", "metadata")
    (told,) = contradicts(text, day)
    assert "counts back from 2022: one of the two is wrong" in told.message
    (told,) = contradicts(Text("Last year, in 2019, the board met."), day)
    assert "an older text" in told.message
