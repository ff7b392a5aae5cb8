"""What a copy changed and what it did not, on a text of our own."""

import time

import pytest

from audit import rules as rulebook
from audit.duplication.align import align
from audit.facts.altered import altered
from audit.model import Altered
from audit.tokens import Text

RULES = rulebook.load()
STORY = (
    "The harbour of Port Salmo was closed on Tuesday after two ferries collided on March 4, 2011. "
    "About 1,200 passengers were taken off by boat, and 35 percent of them were treated at "
    "the Larkin Hospital. \u201cWe did not see the other ship until it was too late,\u201d said "
    "Mara Quill, the captain. The ministry said it was unable to name a cause. The owner has not "
    "paid the fine of $19 million. The harbour colour code is red. Nobody at the U.S. embassy was "
    "hurt."
)


def changed(was: str, now: str) -> list[Altered]:
    assert STORY.count(was) == 1
    a, b = Text(STORY), Text(STORY.replace(was, now))
    found = altered(a, b, align(a, b), RULES)
    for one in found:
        assert a.raw[one.a.start : one.a.end] == one.a.text
        assert b.raw[one.b.start : one.b.end] == one.b.text
    mirrored = altered(b, a, align(b, a), RULES)
    assert [x.kind for x in mirrored] == [x.kind for x in found]
    return found


@pytest.mark.parametrize(
    ("was", "now", "kind", "left", "right"),
    [
        ("Tuesday", "Friday", "date", "Tuesday", "Friday"),
        ("March", "August", "date", "March", "August"),
        ("March 4", "March 14", "date", "4", "14"),
        ("2011", "2013", "date", "2011", "2013"),
        ("1,200", "2,100", "number", "1,200", "2,100"),
        ("35 percent", "53%", "number", "35", "53"),
        ("two ferries", "three ferries", "number", "two", "three"),
        ("$19 million", "$19 billion", "number", "million", "billion"),
        ("Mara Quill", "Tessa Holm", "name", "Mara Quill", "Tessa Holm"),
        ("Larkin Hospital", "Larkin Agency", "name", "Hospital", "Agency"),
        ("did not see", "did see", "negation", "not see", "see"),
        ("has not paid", "has paid", "negation", "not paid", "paid"),
        ("was closed", "was not closed", "negation", "closed", "not closed"),
        ("until it", "wonderful it", "quote", "until", "wonderful"),
        ("other ship", "other island", "quote", "ship", "island"),
    ],
)
def test_a_changed_fact_is_shown_on_both_sides(
    was: str, now: str, kind: str, left: str, right: str
) -> None:
    (found,) = changed(was, now)
    assert found.kind == kind
    assert (found.a.text, found.b.text) == (left, right)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("1,200", "1200"),
        ("1,200", "1 ,200"),
        ("two ferries", "2 ferries"),
        ("35 percent", "35%"),
        ("$19 million", "$19m"),
        ("did not see", "didn't see"),
        ("was unable to name", "could not name"),
        ("U.S.", "US"),
        ("colour", "color"),
        ("harbour of", "harbor of"),
        ("\u201cWe", '"We'),
        ("March 4, 2011", "4 March 2011"),
        ("ministry said", "ministry stated"),
        ("About", "Around"),
        ("taken off by boat", "taken  off, by boat"),
        ("Mara Quill", "Captain Mara Quill"),
        ("Mara", "Marah"),
        (" The ministry said it was unable to name a cause.", ""),
        ("The harbour of", "SHARE THIS ARTICLE\n\nThe harbour of"),
        ("was hurt.", "was hurt.\n\nSign up for our newsletter"),
    ],
)
def test_cosmetic_edits_change_nothing(was: str, now: str) -> None:
    assert changed(was, now) == []


def test_a_scan_is_no_altered_copy() -> None:
    words = ["Harbour", "Captain", "Ministry", "Ferries", "Passengers", "Hospital", "Embassies"]
    clean = " ".join(f"It was then that the {w} of Salmo spoke up at last." for w in words)
    garbled = clean
    for word in words:
        garbled = garbled.replace(word, word[:2] + "rn" + word[3:])
    a, b = Text(clean), Text(garbled)
    assert altered(a, b, align(a, b), RULES) == []


@pytest.mark.parametrize("raw", ["", "\ud800\x00", "not " * 4000, '"not" ' * 2000])
def test_hostile_input(raw: str) -> None:
    began = time.process_time()
    a, b = Text(raw), Text(raw[: len(raw) // 2] + "x 7 " + raw)
    altered(a, b, align(a, b), RULES)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("https://x.example/2017/07/17/port-salmo/", "https://y.example/2017/04/29/salmo-port/"),
        ("The owner didn't pay.", "The owner didn\u00e2\u20ac\u2122t pay."),  # mangled
        ("Getty Images\n\nSalmo, 17:00", "Read also: No cause was found\n\nShare"),
    ],
)
def test_what_stands_round_an_article_is_no_fact(was: str, now: str) -> None:
    a, b = (Text(f"{head}\n\n{STORY}") for head in (was, now))
    assert altered(a, b, align(a, b), RULES) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("It was 30 miles from port.", "It was 48 km from port."),
        ("It sailed at 4:00 p.m. with a band.", "It sailed at 4 p.m. with a band."),
        ("It came at 6:10 with a band.", "It came two hours on with a band."),
    ],
)
def test_a_unit_or_a_clock_is_no_changed_number(was: str, now: str) -> None:
    a, b = (Text(f"{STORY} {tail}") for tail in (was, now))
    assert [x.kind for x in altered(a, b, align(a, b), RULES)] == []


def test_one_person_under_either_name_is_no_other() -> None:
    tail = " Mara Quill commanded it. The ship of Quill was late."
    a, b = Text(STORY + tail), Text(STORY + tail.replace("of Quill", "of Mara"))
    assert altered(a, b, align(a, b), RULES) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Posted March 3, 2011 6:07 PM GMT", "Friday, March 11, 2011 at 4:10 PM GMT"),
        ("Updated 9:06 AM", "Updated 03 / 14 / 2011 01:03 PM"),
        ("First posted 6:44 PM ET", "Published Friday 5:55 PM EDT"),
    ],
)
def test_when_a_page_was_put_out_is_no_fact_of_it(was: str, now: str) -> None:
    a, b = (Text(f"{head} {STORY}") for head in (was, now))
    assert altered(a, b, align(a, b), RULES) == []


def test_the_same_number_as_a_fraction() -> None:
    tails = [
        f" The tug came after {n} hours of waiting." for n in ("4.5", "4 1/2", "4\u00bd", "5.5")
    ]
    texts = [Text(STORY + tail) for tail in tails]
    kinds = [len(altered(texts[0], b, align(texts[0], b), RULES)) for b in texts]
    assert kinds == [0, 0, 0, 1]


def test_in_a_copy_written_anew_in_part_a_change_stands_between_like_words() -> None:
    was = (
        "Crews searched the northern breakwater all night, Captain Lindqvist said from Vellmar. "
        "Relatives waited beside the customs house with blankets. "
    )
    now = (
        "By dawn nobody had been found at Port Oster, although divers from Hamre were still busy. "
        "A chapel stayed open. "
    )
    a, b = Text(was + STORY), Text(now + STORY.replace("Mara Quill", "Tessa Holm"))
    found = altered(a, b, align(a, b), RULES)
    assert [(one.kind, one.a.text) for one in found] == [("name", "Mara Quill")]


def test_a_rank_before_one_name_and_the_name_of_an_account_are_no_names_of_a_copy() -> None:
    tails = (" %s Mara sailed at noon.", " It came late. \u2014 %s Holm (@maraholm)")
    words = (("Ferry", "MV"), ("Ada", "Sleepless"))
    for tail, (was, now) in zip(tails, words, strict=True):
        a, b = (Text(f"{STORY} The ferry was new.{tail % word}") for word in (was, now))
        assert altered(a, b, align(a, b), RULES) == [], tail


def test_a_headline_of_its_own_is_no_changed_name() -> None:
    a, b = (Text(f"{head} {STORY}") for head in ("Salmo ferries halted.", "Larkin sees halt."))
    assert altered(a, b, align(a, b), RULES) == []
