"""Two texts alone: what they are to each other, whichever way round."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.duplication.compare import compare_texts
from audit.duplication.credit import credits
from audit.duplication.fold import shingles
from audit.duplication.story import Story, follows, rewritten, told
from audit.tokens import Text
from tests.duplication.test_copies import article, edited

NEWS = (
    "The ferry company Norrlinjen will cut its night route to Hollen in October. "
    "Director Marit Olsen told 240 employees on Tuesday that passenger numbers fell by 18 percent. "
    "The union Havfolk called the decision hasty and asked for talks before the winter. "
    "Mayor Jon Varga of Hollen said islanders depend on the boat to reach the hospital in Varde. "
    "A petition with 3,100 signatures was handed to the county governor last week. "
    "Norrlinjen received 12 million crowns in subsidies in 2019, according to county records."
)
REWORDED = (
    "Night boats to Hollen are to stop in October, says the ferry operator Norrlinjen. "
    "On Tuesday, 240 employees heard from director Marit Olsen of 18 percent fewer passengers. "
    "Havfolk, the union, thinks this decision is hasty; it wants talks before winter comes. "
    "According to Jon Varga, mayor of Hollen, islanders get to the Varde hospital by this boat. "
    "Last week the county governor was given a petition that carried 3,100 signatures. "
    "County records show that subsidies of 12 million crowns went to Norrlinjen in 2019."
)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (NEWS, NEWS.upper(), "identical"),
        (article(1), edited(article(1), 1), "copy"),
        (article(1), article(1)[: len(article(1)) // 4], "partial-copy"),
        (NEWS, REWORDED, "reworded-copy"),
        (article(1), article(2), "independent"),
        (NEWS, "", "independent"),
        ("", "", "independent"),
    ],
)
def test_relations(a, b, relation):
    there, back = compare_texts(a, b), compare_texts(b, a)
    assert there.relation == back.relation == relation
    assert there.similarity == back.similarity
    assert (there.contained.a, there.contained.b) == (back.contained.b, back.contained.a)


def test_a_short_text_is_said_to_be():
    assert compare_texts("Rain at noon.", NEWS).short
    assert not compare_texts(REWORDED, NEWS).short


@settings(max_examples=40, deadline=None)  # the first call compiles
@given(st.text(max_size=150), st.text(max_size=150))
def test_similarity_is_symmetric_and_that_of_the_shingles(a, b):
    found = compare_texts(a, b)
    one, two = set(shingles(a)), set(shingles(b))
    assert found.similarity == compare_texts(b, a).similarity
    assert found.similarity == pytest.approx(len(one & two) / len(one | two) if one | two else 1.0)


def test_order_tells_a_rewrite_from_another_report():
    assert told(Story(Text(NEWS)), Story(Text(REWORDED))).follows
    turned = " ".join(reversed(REWORDED.split(". ")))
    assert not told(Story(Text(NEWS)), Story(Text(turned))).follows


def test_what_is_asked_first_of_a_rewrite_changes_no_answer():
    changes = {"Norrlinjen": "Kvistfly", "Hollen": "Sundby", "Varde": "Ostra", "Jon": "Lise",
               "Olsen": "Brekke", "Havfolk": "Landsam", "2": "7", "3": "4", "1": "6"}  # fmt: skip
    texts = []
    for text in (NEWS, REWORDED):
        other = text
        for name, instead in changes.items():
            other = other.replace(name, instead)
        texts += [text, f"{text} {other}", " ".join(reversed(f"{text} {other}".split(". ")))]
    stories = [Story(Text(text)) for text in (*texts, article(3), "Short. And odd.", "")]
    told_of = [(told(a, b), rewritten(a, b), follows(a, b)) for a in stories for b in stories]
    for found, again, followed in told_of:
        assert (found.rewritten, found.follows) == (again, followed)
    assert len({(found.rewritten, found.follows) for found, _, _ in told_of}) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"VARDE (Reuters) - {NEWS}", "Reuters"),
        (f"{NEWS} (AFP)", "AFP"),
        (f"This article was originally published by The Varde Post. {NEWS}", "Varde Post"),
        (f"{NEWS}\nSource: Hollen Gazette", "Hollen Gazette"),
        (f"{NEWS}\nCopyright 2020 The Associated Press. All rights reserved.", "Associated Press"),
    ],
)
def test_credit_lines(text, name):
    ((span, who),) = credits(Text(text))
    assert who == name and text[span.start : span.end] == span.text


def test_no_credit_where_an_agency_is_only_mentioned():
    assert not credits(Text(f"Olsen told Reuters the route had to go. {NEWS}"))
