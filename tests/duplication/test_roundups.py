"""What is put together from several stories, or written by one form, is in no cluster."""

import random
from itertools import combinations

import pytest

from tests.duplication.test_copies import clusters, edited, find, relations, word

JOINTS = "the a of in for with by from and to near".split()


def story(seed: int, sentences: int = 20) -> str:
    """A story whose words come back in all of it, as those of a story do."""
    pick = random.Random(seed)
    matter = [word(pick) + word(pick) for _ in range(60)]
    lines = []
    for _ in range(sentences):
        words = [pick.choice(JOINTS) if n % 2 else pick.choice(matter) for n in range(14)]
        lines.append(" ".join(words).capitalize() + ".")
    return " ".join(lines)


def part(seed: int, first: int, last: int) -> str:
    return ". ".join(story(seed).split(". ")[first:last]).rstrip(".") + "."


@pytest.mark.parametrize("share", [0.55, 0.7, 0.8])
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_round_up_that_one_story_dominates(share, place):
    """Also where only that one is known, in a single copy, and stands first."""
    text = story(1, 40)
    rest = story(2, round(40 * (1 - share) / share))
    whole = f"{text} {rest}" if place == "first" else f"{rest} {text}"
    found = find({"story": text, "whole": whole})
    assert clusters(found) == []
    assert set(relations(found).values()) <= {"partial-copy", "round-up"}
    assert found.groups == {"story": "story", "whole": "story"}


def test_a_story_cut_short_is_a_copy_of_the_whole():
    """What is left out goes with the rest, so the whole is not put together from two."""
    text = story(1, 40)
    words = text.split()
    texts = {f"cut{n}": " ".join(words[: len(words) * n // 10]) for n in (5, 6, 8)}
    found = find({"whole": text, **texts})
    assert clusters(found) == [["cut5", "cut6", "cut8", "whole"]]


def test_many_prints_of_a_text_are_no_round_ups_for_one_that_holds_half_of_it():
    whole = f"{story(1, 30)} {story(2, 15)}"
    texts = {f"w{n}": edited(whole, n, 0.02) for n in range(4)}
    found = find({**texts, "part": story(1, 30)})
    assert set(texts) <= set(clusters(found)[0])


def bulletin(seed: int) -> str:
    pick = random.Random(seed)
    n = [pick.randint(11, 99) for _ in range(8)]
    return (
        f"The harbour office of Tessaly reports a high water of {n[0]} inches at the north lock"
        f" and of {n[1]} inches at the old mill, where the gates stood open for {n[2]} minutes in"
        f" the night. Pilots counted {n[3]} barges upstream and {n[4]} barges below the weir, and"
        f" fog kept the ferry at its berth until {n[5]} past the hour. The dredger will work from"
        f" buoy {n[6]} to the customs pier, and vessels drawing more than {n[7]} feet must wait for"
        " the pilot. Masters are asked to keep their lamps lit and to answer the harbour radio."
    )


def test_reports_by_one_form_are_no_copies_of_each_other():
    texts = {f"b{n}": bulletin(n) for n in range(5)}
    found = find(texts)
    assert clusters(found) == []
    assert relations(found) == dict.fromkeys(combinations(sorted(texts), 2), "boilerplate")
    assert found.groups == {}


def test_a_report_by_a_form_that_was_printed_twice_is_a_copy():
    """Though one number was changed, and words were."""
    text = bulletin(1)
    number = next(w for w in text.split() if w.isdigit())
    changed = edited(text.replace(f" {number} ", " 10 ", 1), 3, 0.03)
    found = find({"b": text, "again": changed, **{f"b{n}": bulletin(n) for n in range(2, 6)}})
    assert clusters(found) == [["again", "b"]]


def test_a_long_notice_that_many_print_is_no_part_of_a_story():
    """However long: a list of countries in a form, terms of use."""
    notice = story(99, 14)
    texts = {f"n{n}": f"{story(n, 14 + n)} {notice}" for n in range(9)}
    found = find(texts)
    assert clusters(found) == [] and found.groups == {}
    assert set(relations(found).values()) == {"boilerplate"}


def test_a_long_passage_that_two_have_is_a_part_of_a_story():
    passage = story(99, 14)
    found = find({f"n{n}": f"{story(n, 16)} {passage}" for n in range(2)})
    assert relations(found) == {("n0", "n1"): "partial-copy"} and clusters(found) == []


def test_prints_of_one_round_up_are_copies_of_each_other():
    """And of none of its stories; another round-up with one of them is no print of it."""
    texts = {f"s{n}": story(n) for n in range(1, 5)}
    texts["all"] = " ".join(texts[f"s{n}"] for n in (1, 2, 3))
    texts["again"] = edited(texts["all"], 1, 0.02)
    texts["other"] = f"{texts['s4']} {texts['s1']}"
    found = find(texts)
    assert clusters(found) == [["again", "all"]]
    assert relations(found)["again", "all"] == "copy"
    assert relations(found)["all", "s2"] == "round-up"


def test_a_story_under_the_furniture_of_its_outlet_is_a_copy():
    """Though notes of that outlet are mostly furniture: what many hold is no second story."""
    head, foot = part(50, 0, 2), part(50, 2, 6)
    texts = {"story": story(1, 20), "print": f"{head} {story(1, 20)} {foot}"}
    texts |= {f"note{n}": f"{head} {story(60 + n, 5)} {foot}" for n in range(5)}
    found = find(texts)
    assert clusters(found) == [["print", "story"]]
    assert relations(found)["print", "story"] == "copy"


def test_furniture_that_nobody_else_has_makes_no_round_up():
    """Copies of the story all stand at one place in it, as they would in a round-up."""
    text = story(1, 12)
    texts = {f"print{n}": edited(text, n, 0.02) for n in range(3)}
    texts["page"] = f"{part(50, 0, 2)} {text} {part(51, 0, 3)}"
    assert clusters(find(texts)) == [["page", "print0", "print1", "print2"]]


def test_a_copy_that_lost_its_first_part_is_a_copy():
    """What the other puts before it goes with it: nothing was put together."""
    text = story(1, 30)
    assert clusters(find({"whole": text, "rest": part(1, 8, 30)})) == [["rest", "whole"]]
