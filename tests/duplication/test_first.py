"""Who had a text first, where no date tells it: what was done to the text does, or nothing."""

import numpy as np
import pytest

from audit.duplication.editing import made
from audit.duplication.first import edited
from audit.model import First
from tests.duplication.test_copies import edited as changed
from tests.duplication.test_copies import find
from tests.duplication.test_roundups import story


def first(texts: dict[str, str]) -> dict | None:
    (found,) = find(texts).clusters["first"]
    return found


def made_from(mine: str, other: str) -> bool:
    (found,), _ = made([mine, other], np.array([0]), np.array([1]))
    return bool(found)


@pytest.mark.parametrize("more", ["", " ...", "\u2026", " Read more", " [\u2026] Continue reading"])
def test_a_text_that_breaks_off_in_mid_sentence_was_made_from_the_whole(more):
    whole = story(1, 30)
    cut = " ".join(whole.split()[:300])
    assert first({"a": cut + more, "b": whole}) == {
        "document": "b",
        "basis": "editing",
        "certainty": 0.9,
    }


def test_a_text_that_ends_with_a_sentence_of_the_other_tells_nothing():
    """One was cut by a careful hand, or the other went on with the story."""
    whole = story(1, 30)
    assert first({"a": part(whole, 20), "b": whole}) is None


def part(text: str, sentences: int) -> str:
    return ". ".join(text.split(". ")[:sentences]) + "."


def test_a_text_around_which_something_foreign_stands_was_there_before():
    foreign = story(9, 9).split(". ")
    wrapped = f"{'. '.join(foreign[:4])}. {story(1, 30)} {'. '.join(foreign[4:])}"
    assert first({"a": wrapped, "b": story(1, 30)}) == {
        "document": "b",
        "basis": "containment",
        "certainty": 0.65,
    }


def test_a_missing_full_stop_before_what_was_added_is_no_cut():
    text = story(1, 30).rstrip(".")
    found = first({"a": text, "b": f"{text} {story(9, 9).lower()}"})
    assert found is None or found["document"] == "a"


def test_letters_in_disguise_show_a_copy():
    text = story(1, 20)
    hidden = text.replace("a", "\u0430")
    assert made_from(hidden, text) and not made_from(text, hidden)
    assert not made_from("Мэр открыл мост." * 9, "Мэр открыл мосты." * 9)
    assert first({"a": hidden, "b": text})["document"] == "b"


def test_edits_alone_tell_nothing():
    text = story(1, 30)
    assert first({"a": changed(text, 1), "b": text}) is None


def test_where_a_text_ends():
    text = "The mayor opened the bridge over the Tessaly at noon, and the band played on."
    assert made_from(text[:60], text) and not made_from(text, text)
    assert not made_from(text[:-1], text)  # its full stop alone is missing
    assert not made_from("At noon.", text) and not made_from("", "")
    assert not made_from("Nobody came to see the bridge opened over the river", text)


def test_a_translated_version_is_not_the_first():
    pairs = [{"translated": "b"}, {"translated": "c"}, {"translated": None}]
    assert edited(None, ["a", "b", "c"], pairs) == First("a", "editing", 0.9)
    assert edited(None, ["a", "b", "c"], pairs[:1]) is None
    weak, sure = First("b", "containment", 0.65), First("b", "date", 0.95)
    assert edited(weak, ["a", "b"], pairs[:1]) == First("a", "editing", 0.9)
    assert edited(sure, ["a", "b"], pairs[:1]) == sure
    assert edited(weak, ["a", "b"], []) == weak
