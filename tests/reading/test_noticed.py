"""Lost, mangled and unseen characters are found where they stand, and nothing else is."""

from __future__ import annotations

import pytest

from audit import model
from audit.article import Article
from audit.checks import catalogue
from audit.rules import Rules
from audit.tokens import Text

RULES = Rules(patterns=(), checks={}, scoring={}, facts={}, digest="")


def _found(check: str, text: str) -> list[model.Finding]:
    article = Article(
        id="a",
        source=None,
        title=None,
        text=Text(text),
        language=model.Language(code="en", confidence=1.0),
        published=model.Published(),
    )
    findings = list(catalogue()[check].find(article, RULES))
    assert all(text[f.start : f.end] == f.quote for f in findings)
    return findings


def test_lost_characters_have_their_offsets() -> None:
    (one, two) = _found("replaced-bytes", "The caf\ufffd cost \ufffd\ufffd4.")
    assert (one.start, one.end, two.start, two.end) == (7, 8, 14, 16)
    assert "2 characters were lost" in two.message


@pytest.mark.parametrize(
    "text",
    ["It’s “late” – très café…", "naïve Ärger, ¿señor?", "€5 – 10 °C", "à la carte", "Привет"],
)
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_text_read_in_a_wrong_encoding_is_found(text: str, wrong: str) -> None:
    mangled = "".join(
        bytes([byte]).decode(wrong, "ignore") or chr(byte)
        for byte in f"He said: {text} ok".encode()
    )
    assert _found("mojibake", mangled)
    assert _found("mojibake", f"He said: {text} ok") == []


@pytest.mark.parametrize(
    "text",
    [
        "À Paris, l’ÉTÉ est là ; « VOILÀ » dit-il, CAFÉ : 3 €.",
        "SÃO PAULO, AMANHÃ: não",
        "Ångström, Ðorđe, Ñandú, âge, Â, Ã",
        "plain text, nothing else",
        "тест Ð и Ñ",
    ],
)
def test_letters_with_accents_are_no_mojibake(text: str) -> None:
    assert _found("mojibake", text) == []


def test_what_was_meant_is_said() -> None:
    assert "“’”" in _found("mojibake", "Itâ€™s late")[0].message


def test_windows_1252_shown_as_latin_1_is_found() -> None:
    (one,) = _found("mojibake", "it\x92s late")
    assert (one.start, one.end, one.severity) == (2, 3, 2)
    assert "“’”" in one.message


def test_a_stray_sign_before_a_pound_is_small() -> None:
    (one,) = _found("mojibake", "It cost Â£4.")
    assert (one.quote, one.severity) == ("Â£", 1)


def test_control_characters_are_found_but_not_tabs_and_line_ends() -> None:
    (one, two) = _found("control-characters", "a\x00\x01b\tc\nd\u202ee")
    assert (one.start, one.end, two.quote) == (1, 3, "\u202e")


def test_many_are_counted_and_few_are_shown() -> None:
    findings = _found("replaced-bytes", "\ufffd " * 1000)
    assert len(findings) == 20
    assert "1000 such places" in findings[0].message


def test_every_reading_check_is_in_the_catalogue() -> None:
    reading = {name for name, check in catalogue().items() if check.group == "reading"}
    assert reading == {"replaced-bytes", "mojibake", "control-characters", "repeated-id"}
