"""Bytes of any encoding become text, and what was lost on the way is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reading import encoding

WESTERN = (
    "The mayor of Île-aux-Pins said the café’s licence – worth €4,000 – was “not for sale”."
    " André Löfgren, who runs it, called the señora’s offer naïve…"
)
POLISH = (
    "Minister powiedział w środę, że most zostanie zamknięty przed końcem miesiąca. Mieszkańcy"
    " żądają, aby rząd zapłacił za objazd, bo dojazd do pracy zajmuje im teraz dwie godziny."
)
RUSSIAN = (
    "Министр сказал в среду, что мост будет закрыт до конца месяца. Жители требуют, чтобы власти"
    " заплатили за объезд, потому что дорога на работу занимает теперь два часа."
)
JAPANESE = "市議会は月曜日、港の拡張計画を承認した。工事は来年の春に始まる予定だという。" * 3


@pytest.mark.parametrize(
    ("text", "codec", "origin"),
    [
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "utf-8-sig", "utf-8, byte-order mark"),
        (WESTERN, "utf-16", "utf-16-le, byte-order mark"),
        (WESTERN, "utf-16-le", "utf-16-le, detected"),
        (WESTERN, "utf-16-be", "utf-16-be, detected"),
        (WESTERN, "cp1252", "windows-1252, detected"),
        (RUSSIAN, "cp1251", "windows-1251, detected"),
        (POLISH, "utf-8", "utf-8"),
    ],
)
def test_what_can_be_known_is_decoded_and_said(text: str, codec: str, origin: str) -> None:
    decoded = encoding.decode(text.encode(codec))
    assert (decoded.text, decoded.origin) == (text, origin)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(POLISH, "iso8859-2"), (RUSSIAN, "koi8-r"), (JAPANESE, "cp932"), (JAPANESE, "euc-jp")],
)
def test_other_scripts_are_detected_from_enough_text(text: str, codec: str) -> None:
    assert encoding.decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<meta charset="iso-8859-2">', "iso8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250"),
        ('<meta charset="iso-2022-jp">', "iso2022_jp"),
    ],
)
def test_what_a_page_declares_is_believed(declaration: str, codec: str) -> None:
    text = {"koi8-r": RUSSIAN, "iso2022_jp": JAPANESE}.get(codec, POLISH)
    page = f"{declaration}<p>{text}</p>"
    decoded = encoding.decode(page.encode(codec), declares=True)
    assert decoded.text == page
    assert decoded.origin.endswith(", declared")


def test_utf_8_that_is_declared_something_else_is_still_utf_8() -> None:
    page = f'<meta charset="iso-8859-1"><p>{WESTERN}</p>'
    assert encoding.decode(page.encode(), declares=True).text == page


def test_a_declaration_that_does_not_hold_is_passed_over() -> None:
    page = f'<meta charset="utf-8"><p>{WESTERN}</p>'
    assert encoding.decode(page.encode("cp1252"), declares=True).text == page
    for name in ("rot13", "utf-16", "nonsense", "undefined", "unicode_escape", "utf-7", "idna"):
        page = f'<meta charset="{name}"><p>plain \\x41 +AGE-</p>'
        assert encoding.decode(page.encode(), declares=True).text == page


def test_utf_8_with_lost_bytes_stays_utf_8() -> None:
    content = POLISH.encode()
    at = content.index("ś".encode())
    decoded = encoding.decode(content[:at] + b"\xff" + content[at + 2 :])
    assert decoded.text == POLISH.replace("ś", "\ufffd", 1)
    assert decoded.origin == "utf-8, detected"


def test_only_line_ends_and_the_mark_are_changed() -> None:
    given = "\ufeffOne\r\nTwo\rThree\n\u00a0Four\u2028Five\x0bSix \t\n\n"
    assert encoding.decode(given.encode()).text == (
        "One\nTwo\nThree\n\u00a0Four\u2028Five\x0bSix \t\n\n"
    )


@given(st.text().filter(lambda t: "\r" not in t and not t.startswith("\ufeff")))
def test_any_text_in_utf_8_is_kept(text: str) -> None:
    content = text.encode("utf-8", "replace")
    if encoding.binary(content) is None and "\x00" not in text:
        assert encoding.decode(content).text == content.decode()


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_that_can_be_stored(content: bytes) -> None:
    decoded = encoding.decode(content, declares=True)
    assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text
    assert decoded == encoding.decode(content, declares=True)
    encoding.binary(content)


@given(st.text(st.characters(exclude_categories=())))
def test_surrogates_are_joined_or_replaced(text: str) -> None:
    whole = encoding.whole(text)
    assert whole.encode("utf-8").decode("utf-8") == whole  # a lone one would raise
    if not any("\ud800" <= c <= "\udfff" for c in text):
        assert whole == text


def test_a_surrogate_pair_is_one_character() -> None:
    assert encoding.whole("\ud83d\ude00!\ud83d") == "😀!\ufffd"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)), "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive or an office document"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x00\x01\x02\x03", "binary data"),
        (b"A line with one\x00 NUL in it, which is text all the same.", None),
        ("Plain text".encode("utf-16"), None),
        ("Plain text without a mark".encode("utf-16-le"), None),
        ("Текст".encode("koi8-r"), None),
        (b"", None),
    ],
)
def test_binary_data_is_told_from_text(content: bytes, what: str | None) -> None:
    assert encoding.binary(content) == what


def test_a_binary_file_is_an_error_and_an_empty_one_is_skipped(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b" \n\t\n")
    (tmp_path / "d.jsonl").write_bytes(b"")
    (tmp_path / "e.html").write_bytes(b"")
    (tmp_path / "f.html").write_bytes(b"<html><body></body></html>")
    result = read()
    assert [(e.input, e.reason) for e in result.errors] == [
        ("a.txt", "it is binary data, not text")
    ]
    assert (result.files.found, result.files.failed, result.files.skipped) == (6, 1, 1)
    assert [result[name]["skipped"] for name in ("b.txt", "c.txt", "e.html", "f.html")] == [
        "empty",
        "empty",
        "empty",
        "the page holds no article",
    ]


def test_surrogates_in_json_are_replaced_and_found(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "half \\ud83d of it", "title": "\\udc00"}\n')
    document = read()["a.jsonl#1"]
    assert document["text"] == "half \ufffd of it"
    assert document["title"] == "\ufffd"
