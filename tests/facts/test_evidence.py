"""A short statement against a short text."""

from __future__ import annotations

import pytest

import audit
from audit import model
from audit.facts.compare import Doc, compare_documents
from audit.facts.extract import extract
from audit.rules import Rules, load
from audit.tokens import Text


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def kinds(a: str, b: str, rules: Rules) -> set[str]:
    docs = []
    for key, raw in (("a", a), ("b", b)):
        text = Text(raw)
        facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
        docs.append(Doc(key, text, facts))
    found = compare_documents(docs[0], docs[1], rules)
    return {c.kind for c in found if c.verdict in model.CONFLICTS}


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (
            "Lantern Row was released in 2011.",
            "Lantern Row is a 2014 drama film by Ida Voss.",
            "date",
        ),
        ("Ida Voss was born in 1971.", "Ida Voss (3 May 1964 - 9 June 2010) was a poet.", "date"),
        ("The mill opened in June.", "The mill was opened on 4 October 1902.", "date"),
        (
            "Lorn is the fourth largest town of Vesk.",
            "Lorn is Vesk's sixth largest town.",
            "number",
        ),
        ("The choir has 40 singers.", "Founded in Lorn, the choir has 65 singers.", "number"),
        ("The song peaked at number three.", "The song peaked at number one in Vesk.", "number"),
        ("Ida Voss never acted in films.", "Voss acted in several films by her son.", "negation"),
        ("The mill is not a museum.", "The mill is a museum of weaving in Lorn.", "negation"),
        ("Ida Voss failed to win a seat.", "Ida Voss won a seat in Lorn.", "negation"),
        ("Ida Voss was unable to ever win a Kara prize.", "Voss won two Kara prizes.", "negation"),
        (
            "Karel Vrba and Ida Voss have yet to write a play together.",
            "Voss wrote three plays with her neighbour Karel Vrba.",
            "negation",
        ),
        (  # the "None" and the "Little" of names deny nothing
            "Keeper of None could never be called an opera.",
            "Keeper of None is an opera about Little Lorn.",
            "negation",
        ),
        (
            "Ida Voss has only been in one film.",
            "Voss is known for her roles in Lantern Row and The Mill House.",
            "number",
        ),
        ("Lorn is the third largest town of Vesk.", "Lorn is the largest town of Vesk.", "number"),
        (
            "The population of Lorn has decreased since 1950.",
            "The population of Lorn has increased since 1950.",
            "negation",
        ),
    ],
)
def test_what_cannot_both_be_right(a: str, b: str, kind: str, rules: Rules) -> None:
    assert kind in kinds(a, b, rules)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The mill opened in October 1902.", "On 4 October 1902 the mill was opened in Lorn."),
        ("Only residents of Lorn may vote.", "In Lorn, Karel Vrba was born. He has a dog."),
        ("Lorn is the largest town of Vesk.", "Lorn is one of the largest towns of Vesk."),
        ("Lantern Row was shown on May 7, 2018.", "Lantern Row was shown on May 7 in Lorn."),
        ("About 9 million people live there.", "Some 9m people live there, the census says."),
        ("The choir does not sing on Sundays.", "The choir doesn't sing on Sundays."),
        ("That is not surprising.", "Nor is that surprising to anyone in Lorn."),
        (
            "The fifth season came in 2018, after the fourth season.",
            "It was renewed for a fifth season in 2018; others had a second season.",
        ),
        ("Voss paints about 1500 hours a year.", "Voss is a painter from Lorn."),
        ("It was painted around 1500.", "The panel dates from 1497-1503."),
    ],
)
def test_what_can_both_be_right(a: str, b: str, rules: Rules) -> None:
    assert kinds(a, b, rules) == set()


def test_long_texts_are_documents_not_statements(rules: Rules) -> None:
    filler = "The town council of Lorn met in the old hall and spoke of roads and water. " * 30
    a = f"Lantern Row was shown in 2011. {filler}"
    b = f"Lantern Row was shown at last. {filler} The council met in 2014."
    assert kinds(a, b, rules) == set()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A third of Lorn's staff left.", "Two thirds of the staff left after the flood in Lorn."),
        ("Only 20 percent of voters backed the plan.", "It was backed by 62 per cent of voters."),
        ("Ida Voss was 34 when she became mayor.", "Voss became mayor at the age of 41."),
        ("The match lasted 90 minutes.", "The match, which lasted 120 minutes, ended in a draw."),
        ("Exports doubled last year.", "Exports tripled in the course of the year."),
        ("The quintet toured Vesk.", "The sextet toured Vesk in 2004."),
        ("Karel Vrba won the cup twice.", "Vrba won the cup three times."),
        ("The series ran for five years.", "The series ran from 1994 to 2006."),
        ("Lorn is the most populous town.", "Lorn is the second most populous town of Vesk."),
        ("The Mill was Ida Voss's debut novel.", "The Mill is the third novel by Ida Voss."),
        ("The film grossed less than $100 million.", "The film grossed over $100 million."),
        ("Vesk has a population of 2 million.", "About 5.4 million people live in Vesk."),
        ("Lorn United finished second.", "Lorn United finished fourth in the league."),
        ("Lorn United won the final 3-1.", "Lorn United won the final 2-0."),
        ("The committee meets once a year.", "The committee meets every month."),
        ("The peak is 5,000 feet high.", "At 8,611 m the peak is the highest of Vesk."),
        ("The fire killed dozens.", "The fire killed three people."),
        ("A majority of members backed it.", "A minority of the members backed it."),
        ("The play has one act.", "The play is in three acts."),
    ],
)
def test_quantities_of_many_kinds_differ(a: str, b: str, rules: Rules) -> None:
    assert "number" in kinds(a, b, rules)
    assert "number" in kinds(b, a, rules)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Two thirds of the residents left.", "Some 66 percent of the residents left Lorn."),
        ("Half of the staff resigned.", "In Lorn 50 percent of the staff resigned."),
        ("The series ran for twelve years.", "The series ran from 1994 to 2006."),
        ("The plan was backed by most of the voters.", "62 per cent of voters backed the plan."),
        ("Seven in ten people own a phone.", "70 percent of people in Lorn own a phone."),
        ("The plant employs at least 600 people.", "The plant employs 650 people."),
        ("The river is about 310 km long.", "With 312,000 metres, the river is the longest."),
        ("The fire killed dozens of people.", "The fire killed 47 people."),
        ("Three of the miners survived.", "Three of the twelve miners survived."),
        ("The reserve covers 550 square kilometres.", "The reserve covers 55,000 hectares."),
        ("He was sentenced to 24 months.", "He was sentenced to two years for fraud."),
    ],
)
def test_one_quantity_in_two_wordings(a: str, b: str, rules: Rules) -> None:
    assert not kinds(a, b, rules)
    assert not kinds(b, a, rules)


def test_a_date_joined_by_and_belongs_to_its_own_object(rules: Rules) -> None:
    text = "Voss was led into the Vesk Hall in 1996 and the Lorn House of Song in 2005."
    assert kinds("Voss was led into the Lorn House of Song in 1996.", text, rules) == {"date"}
    assert not kinds("Voss was led into the Lorn House of Song in 2005.", text, rules)
    assert kinds("The king left Lorn in 652.", "The king left Lorn in the year 622.", rules)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The council rejected the bridge.", "The council voted in favour of the bridge."),
        ("Sales fell in May.", "Sales climbed in May."),
        ("The plan was praised by critics.", "Critics panned the plan."),
        ("Vesk supports the treaty.", "Vesk opposes the treaty."),
        ("The strike began on Monday.", "The strike ended on Monday."),
        ("The mayor confirmed the sale.", "The mayor denied the sale."),
        ("The show was renewed.", "The show was cancelled after a year."),
        ("Smoking is allowed in bars.", "Smoking is banned in bars."),
        ("The party gained seats.", "The party lost seats."),
    ],
)
def test_a_word_and_its_opposite(a: str, b: str, rules: Rules) -> None:
    assert "negation" in kinds(a, b, rules)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The council approved the bridge.", "It approved the bridge and rejected a tunnel."),
        ("The strike began on Monday.", "The strike began on Monday and ended on Friday."),
        ("The film was praised by critics.", "Critics praised the film; viewers panned it."),
        ("Voss plays the hero.", "Voss plays the hero and Vrba the villain."),
        ("The drug is legal.", "The drug, long illegal, is now legal."),
    ],
)
def test_an_opposite_beside_the_word_itself_is_none(a: str, b: str, rules: Rules) -> None:
    assert not kinds(a, b, rules)
    assert not kinds(b, a, rules)


def test_what_is_denied_of_one_day_and_stated_of_another_is_no_conflict() -> None:
    one = "The council of Lorn did not approve the budget on Friday."
    two = "The council of Lorn approved the budget on Thursday."
    made = audit.compare(
        {"text": one, "published": "2024-03-15"}, {"text": two, "published": "2024-03-15"}
    )
    assert not [c for c in made["comparisons"] if c["kind"] == "negation"]


def test_what_an_earlier_text_denies_may_since_have_happened() -> None:
    no = {"text": "The council of Lorn has not approved the budget.", "published": "2024-03-12"}
    yes = {"text": "The council of Lorn approved the budget.", "published": "2024-03-15"}
    assert not [c for c in audit.compare(no, yes)["comparisons"] if c["verdict"] == "conflict"]
    late = {**no, "published": "2024-03-16"}
    assert [c for c in audit.compare(late, yes)["comparisons"] if c["verdict"] == "conflict"]
