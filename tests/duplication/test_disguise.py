"""Disguised words are told; honest text in any script is not."""

import pytest

from audit import model, rules
from audit.article import Article
from audit.duplication.disguise import hidden_characters, look_alikes
from audit.tokens import Text

RULES = rules.load()
PLAIN = "The ferry to Hollen Island sails twice a day from June, the harbour board said."


def article(text: str) -> Article:
    return Article(
        id="a",
        source=None,
        title=None,
        text=Text(text),
        language=model.Language("en", 1.0),
        published=model.Published(),
    )


def test_look_alike_letters_are_quoted_where_they_stand():
    text = PLAIN.replace("Island", "Islаnd").replace("harbour", "hаrbоur")
    found = list(look_alikes(article(text), RULES))
    assert [f.quote for f in found] == ["Islаnd", "hаrbоur"]
    assert all(
        text[f.start : f.end] == f.quote and "Cyrillic and Latin" in f.message for f in found
    )


def test_hidden_characters_are_quoted_where_they_stand():
    text = PLAIN.replace("ferry", "fer\u200bry").replace("twice", "t\u2060wice")
    assert [f.quote for f in hidden_characters(article(text), RULES)] == [
        "fer\u200bry",
        "t\u2060wice",
    ]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "Über die Brücke bei Łódź fährt der Zug nach Århus, sagte Frau Šimková.",
        "Мэр Пётр Орлов открыл мост. Компания IBM и завод АЗС-5 участвовали.",
        "Ο δήμαρχος άνοιξε τη γέφυρα στις 3 Μαρτίου.",
        "می‌خواهم و نمی‌خواهم بروم به کتاب‌خانه",
        "The 5µm film, the αβ-test and the kΩ meter were shown on the soft\u00adware page.",
        "\u200bA page that begins \u200b with invisible spaces \u200b between words.",
    ],
)
def test_honest_text_is_left_alone(text):
    assert not list(look_alikes(article(text), RULES))
    assert not list(hidden_characters(article(text), RULES))
